"""Night passage: silence, slips as a Poisson process, and stations kept by eye, against closed forms."""

from math import exp, fsum, sqrt

import pytest
from small_exercise import living, played, scenario, serial

from sim.drills._keeping import Keeping, keeping_error, squared
from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import station_keeping
from sim.quantities import KNOT
from sim.runs import Run
from sim.units.ship import CASUALTY

ROLES = "{guide: Alpha, ships: [Bravo, Golf, Hotel]}"


def night(**more):
    """A passage by the small exercise's ships."""
    return serial(1, "night-passage", **{"duration": "3 h", "roles": ROLES, "lapses": "1e-9 /h"} | more)


def test_the_integral_of_a_square_is_that_of_many_samples():
    """|r|^2 T + r.v T^2 + |v|^2 T^3 / 3 against 100,000 samples at the middle of each step."""
    step = 300.0 / 100_000
    samples = fsum(
        ((100.0 - 2.0 * t) ** 2 + (-40.0 + 0.5 * t) ** 2) * step
        for t in ((each + 0.5) * step for each in range(100_000))
    )

    assert pytest.approx(samples, rel=1e-9) == squared(100.0, -40.0, -2.0, 0.5, 300.0)


def test_keeping_counts_every_leg_of_both():
    """A ship that lies still while the guide opens at 5 m/s, then closes: 0 to 500 m and back is 500 / sqrt(3) rms."""
    exercise = living()
    ship, guide = exercise.units["Bravo"], exercise.units["Alpha"]
    guide.steer(0.0, 0.0)
    (x, y), (u, v) = ship.position, guide.position
    found = []

    def go():
        keeping = Keeping(ship, guide, (x - u, y - v))
        for speed in (5.0, -5.0):
            guide.steer(speed, 0.0)
            yield exercise.env.timeout(100.0)
        keeping.end()
        found.append((keeping.rms, keeping.seconds))
        guide.steer(5.0, 5.0)
        yield exercise.env.timeout(50.0)
        found.append((keeping.rms, keeping.seconds))

    exercise.env.process(go())
    exercise.env.run(until=400.0)

    assert [(pytest.approx(500.0 / sqrt(3.0)), pytest.approx(200.0))] * 2 == found
    assert not ship.watchers
    assert not guide.watchers


def test_errors_in_station_are_those_on_paper():
    """Root mean square V T sqrt(2/3 (sc^2 + ss^2)) for ships that correct every T; far below the best speed.

    The first spells of each station begin with the miss of the change before: stations of four hours make that little.
    """
    squares = seconds = 0.0
    plan = scenario(night(duration="8 h", evolution="7 h", course_error="2 deg", speed_error="3 %", by_eye="1.5",
                          correct="3 min", spacing="1000 yd"), ends="2023-07-21 06:00 +08:00")  # fmt: skip
    for seed in range(4):
        log = Exercise(plan, seed).run()
        for record in log.of("station-kept"):
            if record.details["kept_s"] > 6 * 3600.0:
                squares += record.details["rms_m"] ** 2 * record.details["kept_s"]
                seconds += record.details["kept_s"]
    paper = keeping_error(12 * KNOT, 1.5 * 0.0349066, 1.5 * 0.03, 180.0)

    assert seconds > 10 * 6 * 3600.0
    assert pytest.approx(paper, rel=0.06) == sqrt(squares / seconds)


def test_worse_handling_keeps_worse_stations():
    """With the same draws, by eye is never better than by radar; without errors the station is kept."""
    found = [station_keeping.measure(played(night(by_eye=factor, evolution="90 min")))["1"]
             for factor in ("0.5", "1", "2")]  # fmt: skip
    still = played(night(course_error="0 deg", speed_error="0 %", evolution="90 min"))

    assert found == sorted(found)
    assert 1e-3 > station_keeping.measure(still)["1"]


def test_all_are_silent_from_order_to_finex():
    """No radar contact is gained by a ship in company while she is silent, and each radiates again after."""
    exercise = living(night())
    log = exercise.run()
    off = {record.unit: record.time for record in log.of("emission-control") if record.details["silent"]}
    on = {record.unit: record.time for record in log.of("emission-control") if not record.details["silent"]}
    names = {"Alpha", "Bravo", "Golf", "Hotel"}

    assert names == off.keys() == on.keys()
    assert all(exercise.units[name].radiates for name in names)
    assert not [record for record in log.of("contact") if record.details["sensor"] == "radar"
                and record.unit in names and off[record.unit] < record.time < on[record.unit]]  # fmt: skip


def test_slips_are_a_poisson_process():
    """At 0.3 an hour, four ships and three hours: a night without one has the chance exp(-3.6 and the order's minutes)."""
    plan = scenario(night(lapses="0.3 /h", evolution="90 min"))
    counts = []
    for seed in range(40):
        run = Run(plan, seed, 0, Exercise(plan, seed).run())
        counts.append(len(list(run.log.of("emission"))))
    mean = sum(counts) / len(counts)

    assert abs(mean - 3.6) < 4 * sqrt(3.6 / len(counts))
    assert sum(count == 0 for count in counts) <= 40 * exp(-3.6) + 4 * sqrt(40 * exp(-3.6))


def test_finex_in_the_middle_ends_silence_and_watch():
    """A guide who breaks down for good: she drops out, nobody stays silent, nobody looks at her legs."""
    exercise = living(night(lapses="5 /h"))

    def fail():
        yield exercise.env.timeout(3 * 3600.0)
        guide = exercise.units["Alpha"]
        guide.down["propulsion"] = exercise.log.write(
            CASUALTY, exercise.env.now, unit="Alpha", equipment="propulsion"
        )
        guide.stop()
        exercise.news.ring()

    exercise.env.process(fail())
    log = exercise.run()

    assert [] == [unit.name for unit in exercise.units.values() if not unit.radiates]
    assert [] == [name for name in ("Alpha", "Bravo", "Golf", "Hotel") if exercise.units[name].watchers]
    assert max(record.time for record in log.of("station-kept")) <= max(
        record.time for record in log.of("finex")
    )


@pytest.mark.parametrize(("said", "fault"), [
    ({"correct": "3"}, "serials.0.correct: '3' has no unit"),
    ({"lapses": "-1 /h"}, "serials.0.lapses"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(night(**said))
