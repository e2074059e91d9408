"""A sea patrol counts true lengths, takes fuel when somebody is low, and leaves behind whom nobody can help."""

from pathlib import Path

import pytest

from sim.geodesy import distance
from sim.measures import distance_made_good, lowest_bunkers, replenishments, route_sailed, time_in_straits
from sim.runs import play
from sim.scenario.read import read_tree
from sim.scenario.tree import plant

LESSONS = Path(__file__).parents[2] / "scenarios" / "lessons"
ALL = "ships: [Qiqihar, Rizhao, Admiral Tributs, Gremyashchiy, Taihu]"


def lesson(*changes):
    """The lesson, with some of its text replaced."""
    text = (LESSONS / "sea_patrol.yaml").read_text(encoding="utf-8")
    for said, instead in changes:
        assert said in text
        text = text.replace(said, instead)
    return read_tree(plant(text, "lesson.yaml"), LESSONS)


def test_over_an_ocean_the_way_and_its_time_are_those_of_the_earth():
    """One ship, 1,500 miles over the Pacific, where the plane is too long: distance over speed to the second, and the geodesic's length."""
    route = "route: [40-40N 135-00E (±10 nmi), 41-00N 136-40E (±10 nmi), 39-40N 136-20E (±10 nmi)]"
    plan = lesson((ALL, "ships: [Taihu]"), (route, "route: [40-00N 165-00E (±10 nmi), 52-00N 172-00E (±10 nmi)]"),
                  ("datum:\n", "reach: {value: 1700 nmi, low: 1600 nmi, high: 1800 nmi, basis: assumed, why: Far.}\ndatum:\n"),
                  ("N 134-0", "N 150-0"), ("N 133-58", "N 149-58"),
                  ("{low: 22 h, mode: 24 h, high: 26 h}", "{low: 240 h, mode: 250 h, high: 260 h}"), ("ends: 2023-07-29", "ends: 2023-08-10"))  # fmt: skip
    run = play(plan, 5)
    legs = [record.details["run_m"] for record in run.log.of("way-point")]
    (told,) = run.log.of("sailed")

    assert legs[1] - legs[0] == pytest.approx(distance(40.0, 165.0, 52.0, 172.0), abs=1.0)
    assert told.details["taken_s"] == pytest.approx(told.details["planned_m"] / (12 * 1852 / 3600), abs=1.0)
    assert distance_made_good.measure(run)["1"] == told.details["planned_m"]


def test_fuel_is_taken_at_the_threshold_and_the_lowest_comes_first():
    """The corvette has 62 per cent; at 60 all who are below 85 are served, and the group sails on meanwhile."""
    run = play(lesson(), 7)
    begins, ends = run.log.of("ras")
    first = [record.unit for record in run.log.of("alongside")][:2]

    assert begins.details["lowest"] == pytest.approx(0.60, abs=0.002)
    assert "Gremyashchiy" in first  # two come up at a time
    assert ends.details["served"] == replenishments.measure(run)["1"] >= 3
    assert lowest_bunkers.measure(run)["1"] == pytest.approx(0.60, abs=0.01)
    assert route_sailed.measure(run)["1"] == 1.0


def test_without_an_auxiliary_she_is_left_at_the_second_threshold_and_the_others_go_on():
    """One with 16 per cent."""
    run = play(
        lesson(
            (ALL, "ships: [Qiqihar, Gremyashchiy]"), ("fuel: 62 % (61 .. 64 %)", "fuel: 16 % (15 .. 17 %)")
        ),
        7,
    )
    (dropped,) = run.log.of("dropped-out")

    assert (dropped.unit, dropped.details["reason"]) == ("Gremyashchiy", "fuel")
    assert not list(run.log.of("ras"))
    assert route_sailed.measure(run)["1"] == 1.0
    assert next(iter(run.log.of("sailed"))).details["detached"] == 1


def test_time_in_straits_is_that_of_the_leader_in_the_areas_named():
    """From the middle of a circle of 15 miles outwards, at 12 knots."""
    run = play(lesson(("    late: {hold", "    straits: [waters]\n    late: {hold")), 7)

    assert 3600.0 < time_in_straits.measure(run)["1"] < 1.4 * 3600.0


@pytest.mark.parametrize(("said", "fault"), [
    ("route: [40-00S 134-00E (±20 nmi)]", "nmi from the datum; at most 2000"),
    ("route: []", "at least one place"),
    ("straits: [nowhere]", "no area is called 'nowhere'"),
])  # fmt: skip
def test_bad_parameters_are_refused(said, fault):
    """With what is wanted."""
    key = said.partition(":")[0]
    lines = [
        each
        for each in (LESSONS / "sea_patrol.yaml").read_text(encoding="utf-8").splitlines()
        if not each.startswith(f"    {key}:")
    ]
    place = next(number for number, each in enumerate(lines) if each.startswith("    late:"))
    lines.insert(place, f"    {said}")
    with pytest.raises(ValueError, match=fault):
        read_tree(plant("\n".join(lines), "lesson.yaml"), LESSONS)
