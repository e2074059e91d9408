"""Factors: their values, where they stand in a scenario, and what is left out of it."""

import copy

import pytest
from pydantic import ValidationError

from sim.scenario.tree import plant
from sim.studies.factors import Factor, take_out, there

TREE = plant("""\
navdrill: 1
environment: {sea_state: 2, wind: 5 m/s (2 .. 9 m/s)}
forces:
  blue:
    units:
      - {platform: frigate, names: [Alpha, Bravo]}
      - {platform: copter, names: [Kilo, Lima], embarked: [Alpha, Bravo]}
serials:
  - {serial: 4, drill: evolution, roles: {ships: [Alpha, Bravo]}}
  - {serial: 12, drill: evolution, after: [4], requires: [4, 7], roles: {ships: {names: [Bravo], least: 1}}}
""", "scenario.yaml")  # fmt: skip


def factor(**said):
    return Factor.model_validate({"path": "a"} | said)


def without(name):
    found = copy.deepcopy(TREE.data)
    assert take_out(found, name)
    return found


def test_levels_share_out_the_unit_interval():
    words = [factor(levels=["a", "b", "c"]).word(share) for share in (0.0, 0.33, 0.34, 0.66, 0.67, 0.999)]
    assert words == ["a", "a", "b", "b", "c", "c"]


def test_a_range_goes_from_its_low_to_its_high_end_in_its_own_unit():
    assert [factor(low="2 kn", high="12 kn").word(share) for share in (0.0, 0.5, 1.0)] == [
        "2 kn",
        "7 kn",
        "12 kn",
    ]
    assert factor(low="0.05", high="0.3").word(0.5) == "0.175"


def test_a_range_over_two_units_is_said_in_si():
    """30 s to 10 min: the middle is 315 s."""
    assert factor(low="30 s", high="10 min").word(0.5) == "315 s"


def test_whole_numbers_are_as_likely_each():
    words = [
        factor(low="1", high="4", whole=True).word(share)
        for share in (0.01, 0.24, 0.26, 0.49, 0.51, 0.76, 0.99)
    ]
    assert words == ["1", "1", "2", "2", "3", "4", "4"]


def test_a_mode_makes_the_range_triangular():
    """Half of a triangle 0, 0, 1 lies below 1 - sqrt(1/2)."""
    assert float(factor(low="0", high="1", mode="0").word(0.5)) == pytest.approx(1 - 0.5**0.5, abs=1e-6)


def test_a_label_means_its_level():
    hunters = factor(levels=[["Alpha"], ["Alpha", "Bravo"]], labels=["one", "two"])
    assert [hunters.meant(hunters.word(share)) for share in (0.0, 0.9)] == [["Alpha"], ["Alpha", "Bravo"]]


@pytest.mark.parametrize(("said", "wanted"), [
    ({"path": None}, "says nothing that varies"),
    ({}, "has no values; write 'levels: \\[1, 3, 5\\]'"),
    ({"levels": []}, "empty list"),
    ({"levels": ["1"], "low": "1", "high": "2"}, "levels and a range"),
    ({"low": "5 kn", "high": "2 kn"}, "not above '5 kn'"),
    ({"low": "5 kn", "high": "20 min"}, "of different kinds"),
    ({"low": "calm", "high": "rough"}, "'calm' is not a number"),
    ({"low": "1", "high": "3", "mode": "7"}, "the mode '7' is not between"),
    ({"levels": ["1", "2"], "labels": ["one"]}, "1 labels for 2 levels"),
    ({"without": "4"}, "'without' goes alone"),
])  # fmt: skip
def test_what_makes_no_factor_is_refused(said, wanted):
    with pytest.raises(ValidationError, match=wanted):
        factor(**said)


def test_a_serial_left_out_is_waited_for_by_nobody():
    found = without("4")
    assert [each["serial"] for each in found["serials"]] == ["12"]
    assert "after" not in found["serials"][0]
    assert found["serials"][0]["requires"] == ["7"]


def test_a_unit_left_out_is_named_nowhere():
    found = without("Bravo")
    assert found["forces"]["blue"]["units"][0]["names"] == ["Alpha"]
    assert found["forces"]["blue"]["units"][1] == {
        "platform": "copter",
        "names": ["Kilo"],
        "embarked": ["Alpha"],
    }  # hers too
    assert found["serials"][0]["roles"]["ships"] == ["Alpha"]
    assert "Bravo" not in str(found)


def test_who_is_not_there_cannot_be_left_out():
    assert there(TREE.data, "Kilo")
    assert not there(TREE.data, "Zulu")
    assert not take_out({"serials": None, "forces": {"blue": None}}, "Zulu")
