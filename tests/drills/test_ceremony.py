"""Ceremony: a column forms, steams past the reviewing ship, and each salutes abeam; against two straight tracks."""

import itertools
from math import sqrt

import pytest
from small_exercise import living, played, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import abeam_error, pass_error, passes_kept

EXACT = {"course_error": "0 deg", "speed_error": "0 %"}
YARD, NMI, KNOT = 0.9144, 1852.0, 1852.0 / 3600.0


def review(**more):
    """Three ships past Alpha."""
    said = {
        "duration": "90 min",
        "comex": "10:00",
        "roles": "{reviewing: Alpha, column: [Bravo, Golf, Hotel]}",
    }
    return serial(1, "ceremony", **said | more)


def test_without_errors_each_passes_as_ordered():
    """At the distance, to the second, in the order of the column; spacing over the difference of speeds apart."""
    run = played(review(**EXACT))
    passed = list(run.log.of("passed"))

    assert ["Bravo", "Golf", "Hotel"] == [record.unit for record in passed]
    assert all(pytest.approx(300 * YARD, abs=1.0) == record.details["abeam_m"] for record in passed)
    assert 1.0 > pass_error.measure(run)["1"]
    assert 1.0 > abeam_error.measure(run)["1"]
    assert 1.0 == passes_kept.measure(run)["1"]
    apart = [late.time - soon.time for soon, late in itertools.pairwise(passed)]
    assert [pytest.approx(500 * YARD / (6 * KNOT), abs=0.5)] * 2 == apart


def test_an_error_of_course_misses_by_its_cross_track():
    """The distance abeam is off by run-up x closing ratio x error, one standard deviation: sixty passes of the last ship.

    Relative run R at difference of speeds w, own speed V: she is V R / w of her own way from abeam, so s = s_course V R / w.
    """
    plan = scenario(review(speed_error="0 %", course_error="0.5 deg"))
    off = []
    for seed in range(40):
        off += [record.details["abeam_m"] - 300 * YARD for record in Exercise(plan, seed).run().of("passed")
                if record.details["place"] == 1]  # fmt: skip
    paper = 0.5 * 3.141592653589793 / 180 * 12 * NMI / 6
    sd = sqrt(sum(each * each for each in off) / len(off))

    assert 40 == len(off)
    assert abs(sd / paper - 1.0) < 4 / sqrt(2 * 40)


def test_careless_helmsmen_pass_less_well():
    """With the same draws, a larger error of course never passes nearer to what was ordered."""
    found = [abeam_error.measure(played(review(speed_error="0 %", course_error=f"{error} deg")))["1"]
             for error in (0.2, 0.5, 1, 2)]  # fmt: skip

    assert found == sorted(found)


def test_finex_in_the_middle_leaves_nobody_under_way():
    """Too little time to pass: stopped, all lie still and are free."""
    exercise = living(review(duration="25 min", run_up="2 nmi"))
    log = exercise.run()
    ships = [exercise.units[name] for name in ("Alpha", "Bravo", "Golf", "Hotel")]

    assert list(log.of("formed-up"))
    assert all(ship.motion.speed == 0.0 and ship.booked is None and not ship.watchers for ship in ships)


@pytest.mark.parametrize(("said", "fault"), [
    ({"pass_speed": "5 kn"}, "serials.0.pass_speed: the column is no faster than the reviewing ship"),
    ({"abeam": "300"}, "serials.0.abeam: '300' has no unit"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(review(**said))
