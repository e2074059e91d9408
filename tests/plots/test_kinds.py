"""What holds for every kind of picture."""

import pytest

from sim import shelves
from sim.plots import _style

KINDS = shelves.names("plots")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_draws_a_run_without_serials(kind, quiet):
    """Whatever a run has not, there is a figure that names the exercise."""
    figure = shelves.module("plots", kind).draw(quiet)
    assert any("Small: " in text.get_text() for text in figure.texts)


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("timeline", "tracks", "serials")])
def test_saved_pictures_are_the_same_twice(kind, suffix, gunnery_day, tmp_path):
    """The same run gives the same bytes, drawn and saved anew, and none of them a date."""
    for name in ("one", "two"):
        _style.save(shelves.module("plots", kind).draw(gunnery_day), tmp_path / f"{name}.{suffix}")
    made = (tmp_path / f"one.{suffix}").read_bytes()
    assert made == (tmp_path / f"two.{suffix}").read_bytes()
    assert b"dc:date" not in made
    assert b"CreationDate" not in made


def test_common_sensors_have_looks_of_their_own():
    """Neither two marks nor two colours are alike, and a sensor never heard of gets another."""
    looks = _style.sensor_looks(
        ["radar", "lookout", "sonar", "dipping-sonar", "esm", "diver-sonar", "magnetic"]
    )
    assert (
        len(looks)
        == len({mark for mark, _ in looks.values()})
        == len({colour for _, colour in looks.values()})
    )
    assert looks["radar"] == _style.sensor_looks(["radar"])["radar"]
