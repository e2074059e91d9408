"""Safety: who comes too near to firing ships stops the serial at that very moment, is told to open, and then it goes on."""

from math import hypot

import pytest
from small_exercise import living, serial

from sim.geometry import crossing_times

NMI = 1852.0
OFF = "{least_cpa: 0 m, danger_area: 0 m, aircraft_clear: 0 m}"


def shooting(**more):
    """Alpha fires at air targets; Golf, who has no part in it, has been placed 4 nmi west of her and comes on."""
    shoot = serial(
        1, "air-gunnery", area="range", duration="2 h", roles="{firing: [Alpha]}", presentations="8"
    )
    exercise = living(shoot, **{"safety": None, **more})
    live = exercise.conductor.serials["1"]
    while live.comex is None:
        exercise.env.step()
    alpha, golf = exercise.units["Alpha"], exercise.units["Golf"]
    x, y = alpha.position
    golf.motion.place(exercise.env.now, x - 4 * NMI, y + 500.0)
    golf.steer(8.0, 0.0)
    return exercise, alpha, golf


def test_a_ship_across_the_range_stops_the_firing_at_the_limit_and_is_sent_away():
    exercise, alpha, golf = shooting()
    began, own = exercise.env.now, alpha.motion
    (x, y), (u, v) = alpha.position, golf.position
    enters, _ = crossing_times(u - x, v - y, 8.0 - own.vx, -own.vy, 1.5 * NMI)
    exercise.run()
    check, *_ = exercise.log.of("check-fire")
    assert (check.unit, check.other, check.details["rule"]) == ("Alpha", "Golf", "danger-area")
    assert check.time == pytest.approx(began + enters, abs=1e-3)
    assert check.details["range_m"] == pytest.approx(1.5 * NMI, abs=0.1)
    hold = next(record for record in exercise.log.of("hold") if record.details["reason"] == "safety")
    resume = next(record for record in exercise.log.of("resume") if record.details["reason"] == "safety")
    assert hold.cause == check.number
    assert [r for r in exercise.log.of("burst") if hold.time < r.time < resume.time] == []
    assert [r for r in exercise.log.of("burst") if r.time > resume.time]
    told = next(
        record for record in exercise.log.of("order") if record.details["words"] == "open and keep clear"
    )
    assert (told.other, told.cause) == ("Golf", check.number)
    (x, y), (u, v) = alpha.position, golf.position
    assert hypot(u - x, v - y) >= 1.5 * NMI


def test_rules_of_nothing_watch_nothing():
    exercise, *_ = shooting(safety=OFF)
    exercise.run()
    assert list(exercise.log.of("check-fire")) == []


def test_ships_of_the_serial_do_not_stop_it_themselves():
    """Seven ships in company, a mile apart and nearer."""
    exercise = living(
        serial(
            1, "formation-manoeuvres", roles="{guide: Alpha, ships: [Bravo, Golf, Hotel]}", spacing="200 yd"
        ),
        safety=None,
    )
    exercise.run()
    assert [r for r in exercise.log.of("check-fire") if r.other in ("Alpha", "Bravo", "Golf", "Hotel")] == []


def test_ships_that_lie_still_together_are_no_danger_to_each_other():
    """All begin at one place; nobody is on hold for ever."""
    exercise = living(serial(1, "communications", roles="{ships: [Alpha, Golf]}", signals="3"), safety=None)
    exercise.run()
    held = [
        record.details["held_s"]
        for record in exercise.log.of("resume")
        if record.details["reason"] == "safety"
    ]
    assert sum(held) < 1800.0
    assert next(exercise.log.of("outcome")).details["result"] == "completed"


def test_a_wider_rule_never_stops_it_less():
    stops = []
    for limit in ("0.5 nmi", "1.5 nmi", "3 nmi"):
        exercise, *_ = shooting(safety=f"{{danger_area: {limit}}}")
        exercise.run()
        stops.append(
            sum(r.details["held_s"] for r in exercise.log.of("resume") if r.details["reason"] == "safety")
        )
    assert stops == sorted(stops)
    assert stops[-1] > 0.0


def test_an_aircraft_that_flies_over_firing_ships_stops_it_while_it_is_near():
    exercise, alpha, golf = shooting()
    golf.stop()
    mike = exercise.units["Mike"]
    exercise.env.process(mike.sortie(alpha.position, exercise.env.now + 600.0, "2", None))
    exercise.run()
    found = [record for record in exercise.log.of("check-fire") if record.other == "Mike"]
    assert found
    assert {record.details["rule"] for record in found} == {"aircraft-clear"}
    assert all(record.details["range_m"] == pytest.approx(NMI, abs=1.0) for record in found)
