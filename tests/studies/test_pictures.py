"""`navdrill plot` of replications and studies."""

import pytest
from small_study import study

from sim.archive import resume
from sim.scenario.overrides import read_with
from sim.studies.sweep import sweep


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    """Three replications of a lesson."""
    found = tmp_path_factory.mktemp("pictures") / "series"
    resume(read_with("communications", ()), 5, 3, found, workers=1)
    return found


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A study of four points."""
    found = tmp_path_factory.mktemp("pictures") / "study"
    sweep(study(replications=2), found, workers=1)
    return found


def test_replications_are_drawn_with_bands(invoke, series, tmp_path):
    code, out, _ = invoke(
        "plot",
        str(series),
        "timeline",
        "cooperation",
        "--runs",
        "2",
        "--format",
        "svg",
        "--out",
        str(tmp_path),
    )
    assert 0 == code
    assert [f"{tmp_path.as_posix()}/{name}.svg" for name in ("timeline", "cooperation")] == out.splitlines()
    assert (tmp_path / "timeline.svg").read_bytes().startswith(b"<?xml")


def test_pictures_go_beside_the_replications_and_these_go_on(invoke, series):
    code, out, _ = invoke("plot", str(series), "utilisation")
    assert 0 == code
    assert f"{series.as_posix()}/utilisation.png" == out.strip()
    assert len(resume(read_with("communications", ()), 5, 3, series, workers=1)) == 3


def test_a_study_is_drawn_as_a_study_and_a_point_with_bands(invoke, swept, tmp_path):
    code, out, _ = invoke("plot", str(swept), "distribution", "--out", str(tmp_path))
    assert (0, f"{tmp_path.as_posix()}/distribution.png") == (code, out.strip())
    code, out, _ = invoke("plot", f"{swept}@1", "timeline", "--out", str(tmp_path))
    assert (0, f"{tmp_path.as_posix()}/timeline-point1.png") == (code, out.strip())


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("tracks", "'tracks' is a picture of one run; of many runs there are"),
        ("timelin", "Did you mean 'timeline'"),
    ],
)
def test_a_kind_there_is_not_is_told_before_anything_is_played(invoke, series, kinds, said):
    code, out, err = invoke("plot", str(series), kinds)
    assert (2, "") == (code, out)
    assert said in err


def test_a_picture_of_runs_is_not_one_of_a_study(invoke, swept):
    code, _, err = invoke("plot", str(swept), "timeline")
    assert 2 == code
    assert f"like {swept}@0" in err
