"""Safety: who comes too near to firing ships stops the serial at that very moment, is told to open, and then it goes on."""

import json
from math import hypot, radians, tan
from pathlib import Path

import pytest
from small_exercise import living, scenario, serial

from sim.errors import ScenarioError
from sim.geometry import crossing_times
from sim.runs import Run
from sim.safety import REASON, _out_of
from sim.scenario.read import read_tree
from sim.scenario.tree import plant

NMI = 1852.0
AHEAD = 30.0  # s, as declared
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
    assert check.time == pytest.approx(began + enters - AHEAD, abs=1e-3)
    assert check.details["range_m"] > 1.5 * NMI > check.details["cpa_m"]
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


def test_one_who_has_opened_and_is_too_near_again_is_told_again():
    """Alpha follows her while she opens: once she lies still she is told a second time, and the serial goes on in the end."""
    exercise, alpha, golf = shooting()
    (x, y) = alpha.position
    golf.motion.place(exercise.env.now, x - 0.5 * NMI, y)
    golf.steer(0.0, 0.0)
    while golf.motion.speed == 0.0:
        exercise.env.step()
    alpha.steer(golf.motion.vx, golf.motion.vy)
    while golf.motion.speed > 0.0:
        exercise.env.step()
    alpha.steer(0.0, 0.0)
    exercise.run()
    told = [
        r
        for r in exercise.log.of("order")
        if (r.other, r.details["words"]) == ("Golf", "open and keep clear")
    ]
    assert len(told) == 2
    (x, y), (u, v) = alpha.position, golf.position
    assert hypot(u - x, v - y) >= 1.5 * NMI
    assert [record for record in exercise.log.of("resume") if record.details["reason"] == "safety"]


def test_one_among_the_ships_of_a_serial_opens_from_all_of_them():
    """To where she has room to each, and not from one of them into the way of the next."""
    place, room = (300.0, 400.0), 1000.0
    ships = [living().units["Alpha"], living().units["Golf"]]
    for ship, at in zip(ships, ((0.0, 0.0), (600.0, 900.0)), strict=True):
        ship.motion.place(0.0, *at)
    x, y = _out_of(ships, place, room)
    distances = [hypot(x - u, y - v) for u, v in (ship.position for ship in ships)]
    assert min(distances) == pytest.approx(room)
    assert (x, y) != place


def test_rules_of_nothing_watch_nothing():
    exercise, *_ = shooting(safety=OFF)
    exercise.run()
    assert list(exercise.log.of("check-fire")) == []


def test_ships_of_the_serial_do_not_stop_it_themselves():
    """In their stations 200 yards apart, corrected again and again."""
    exercise = living(
        serial(1, "photo-formation", roles="{guide: Alpha, ships: [Bravo, Golf, Hotel]}", spacing="200 yd"),
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
    assert all(record.details["range_m"] > NMI > record.details["cpa_m"] for record in found)


def gunnery(begins, **more):
    """Alpha fires at a floating target 5 km north of her; Hotel, who waits for her turn, is put elsewhere and has been told to steer."""
    shoot = serial(
        1,
        "surface-gunnery",
        area="range",
        duration="2 h",
        roles="{firing: [Alpha, Hotel]}",
        range="5 km",
        **more,
    )
    exercise = living(
        shoot, safety="{least_cpa: 0 m, danger_area: 0 m, aircraft_clear: 0 m, danger_arc: 5 deg, why: Test.}"
    )
    live = exercise.conductor.serials["1"]
    while not live.lines.laid:
        exercise.env.step()
    (line,) = live.lines.laid
    begins(exercise, line)
    return exercise, live, line


def place(unit, line, along, across):
    """Puts a unit so far along a line of fire and to the right of it, m."""
    (x, y), (u, v) = line.ship.position, line.target.position
    far = hypot(u - x, v - y)
    ex, ey = (u - x) / far, (v - y) / far
    unit.motion.place(unit.exercise.env.now, x + along * ex + across * ey, y + along * ey - across * ex)
    return ex, ey


def test_a_ship_of_the_serial_across_the_line_of_fire_stops_it_until_she_is_clear():
    def across(exercise, line):
        hotel = exercise.units["Hotel"]
        ex, ey = place(hotel, line, 3000.0, -1500.0)
        hotel.steer(8.0 * ey, -8.0 * ex)

    exercise, _, line = gunnery(across)
    began, own = exercise.env.now, line.ship.motion
    assert own.speed == 0.0  # she and her target lie still: the sector does as well
    exercise.run()
    half = 3000.0 * tan(radians(5.0))
    check = next(iter(exercise.log.of("check-fire")))
    assert (check.unit, check.other, check.details["rule"]) == ("Alpha", "Hotel", "danger-sector")
    assert check.time == pytest.approx(began + (1500.0 - half) / 8.0 - AHEAD, abs=0.5)
    resume = next(record for record in exercise.log.of("resume") if record.details["reason"] == "safety")
    assert resume.time == pytest.approx(began + (1500.0 + half) / 8.0, abs=0.5)
    fired = [record.time for record in exercise.log.of("round") if record.unit == "Alpha"]
    assert not [time for time in fired if check.time <= time < resume.time]
    assert [time for time in fired if time > resume.time]
    assert exercise.conductor.serials["1"].result == "completed"


def test_one_who_lies_in_the_line_of_fire_is_told_to_clear_it_before_the_first_round():
    exercise, _, line = gunnery(
        lambda exercise, line: (place(exercise.units["Golf"], line, 7000.0, 100.0), live_again(exercise))
    )
    exercise.run()
    check = next(iter(exercise.log.of("check-fire")))
    assert (check.other, check.details["rule"]) == ("Golf", "danger-sector")
    told = next(
        record for record in exercise.log.of("order") if record.details["words"] == "open and keep clear"
    )
    assert told.other == "Golf"
    resume = next(record for record in exercise.log.of("resume") if record.details["reason"] == "safety")
    assert min(record.time for record in exercise.log.of("round")) >= resume.time
    (x, y), (u, v), (a, b) = line.ship.position, line.target.position, exercise.units["Golf"].position
    assert abs((a - x) * (v - y) - (b - y) * (u - x)) / hypot(u - x, v - y) > 7000.0 * tan(radians(5.0))


def live_again(exercise):
    """Whoever was moved by hand is looked at again."""
    for unit in exercise.units.values():
        unit.tell()


def test_an_aircraft_near_the_line_of_fire_stops_it_and_one_over_another_place_does_not():
    for off, stops in ((500.0, True), (6000.0, False)):
        shoot = serial(
            1, "surface-gunnery", area="range", duration="2 h", roles="{firing: [Alpha]}", range="5 km"
        )
        exercise = living(
            shoot,
            safety="{least_cpa: 0 m, danger_area: 0 m, aircraft_clear: 0.5 nmi, danger_arc: 0 deg, why: Test.}",
        )
        kilo = exercise.units["Kilo"]
        exercise.env.process(kilo.sortie((60e3, 0.0), 7200.0, "2", None))  # in the air, far off
        live = exercise.conductor.serials["1"]
        while not live.lines.laid:
            exercise.env.step()
        (line,) = live.lines.laid
        assert kilo.is_out
        ex, ey = place(kilo, line, 4000.0, off)
        kilo.steer(10.0 * ex, 10.0 * ey)
        exercise.run()
        rules = {record.details["rule"] for record in exercise.log.of("check-fire") if record.other == "Kilo"}
        assert ("line-of-fire" in rules) == stops


def test_ships_that_are_close_by_design_do_not_stop_their_serial():
    """Alongside a tanker at 55 m, with a rule of 200 yards among the ships of the serial."""
    rules = "{company_cpa: 200 yd, why: Test.}"
    ras = serial(
        1, "replenishment", roles="{tanker: Tango, customers: [Golf, Hotel]}", safety=rules, duration="3 h"
    )
    exercise = living(ras)
    exercise.run()
    assert list(exercise.log.of("alongside"))
    assert list(exercise.log.of("check-fire")) == []


def test_ships_that_proceed_together_nearer_than_that_do_not_stop_it():
    """Abeam of each other at 80 yards, course and speed the same, with a rule of 100."""
    plain = serial(1, "evolution", roles="{units: [Alpha, Golf]}", safety="{company_cpa: 100 yd, why: Test.}")
    exercise = living(plain)
    live = exercise.conductor.serials["1"]
    while live.comex is None:
        exercise.env.step()
    exercise.env.run(until=exercise.env.now + 600.0)
    alpha, golf = exercise.units["Alpha"], exercise.units["Golf"]
    assert alpha.motion.speed > 0.0
    (x, y), own = alpha.position, alpha.motion
    side = 73.0 / own.speed
    golf.motion.place(exercise.env.now, x + own.vy * side, y - own.vx * side)
    golf.steer(0.0, 0.0)
    golf.steer(own.vx, own.vy)
    exercise.env.run(until=exercise.env.now + 900.0)
    assert alpha.distance_to(golf.position) == pytest.approx(73.0)
    assert [record for record in exercise.log.of("check-fire") if record.details["range_m"] < 72.0] == []
    assert REASON not in live.holds


def test_two_ships_of_a_serial_that_would_pass_too_near_stop_it_until_they_have_passed():
    """In company, one of them steered across the other's bow, 50 yards off."""
    plain = serial(
        1,
        "evolution",
        roles="{units: [Alpha, Golf]}",
        safety="{company_cpa: 100 yd, ahead: 1 min, why: Test.}",
    )
    exercise = living(plain)
    live = exercise.conductor.serials["1"]
    while live.comex is None:
        exercise.env.step()
    exercise.env.run(until=exercise.env.now + 600.0)  # all have been told, and are on a leg of half an hour
    alpha, golf = exercise.units["Alpha"], exercise.units["Golf"]
    x, y = alpha.position
    alpha.steer(0.0, 0.0)
    golf.motion.place(exercise.env.now, x - 2000.0, y + 45.0)
    golf.steer(10.0, 0.0)
    began = exercise.env.now
    exercise.env.run(until=began + 600.0)
    check = next(iter(exercise.log.of("check-fire")))
    assert check.details["rule"] == "company-cpa"
    assert check.details["cpa_m"] == pytest.approx(45.0)
    assert check.details["tcpa_s"] == pytest.approx(began + 200.0 - check.time)
    half = (91.44**2 - 45.0**2) ** 0.5
    assert check.time == pytest.approx(began + (2000.0 - half) / 10.0 - 60.0, abs=0.01)
    resume = next(record for record in exercise.log.of("resume") if record.details["reason"] == "safety")
    assert resume.time == pytest.approx(began + (2000.0 + half) / 10.0, abs=0.01)


def test_a_serial_s_own_rules_come_before_its_scenario_s_and_these_before_its_drill_s():
    drills = serial(1, "formation-manoeuvres", roles="{guide: Alpha, ships: [Bravo, Golf, Hotel]}")
    own = serial(2, "formation-manoeuvres", roles="{guide: Alpha, ships: [Bravo, Golf, Hotel]}", comex="10:00",
                 safety="{least_cpa: 400 yd, why: Test.}")  # fmt: skip
    first, second = scenario(drills, own, safety="{least_cpa: 200 yd, ahead: 1 min, why: Test.}").serials
    yards = [(each.safety.least_cpa.value / 0.9144, each.safety.company_cpa.value / 0.9144, each.safety.ahead.value)
             for each in (first, second)]  # fmt: skip
    assert yards == [pytest.approx((200.0, 100.0, 60.0)), pytest.approx((400.0, 100.0, 60.0))]
    (stated,) = scenario(drills, safety="{company_cpa: 50 yd, why: Test.}").serials
    assert stated.safety.company_cpa.value == pytest.approx(50 * 0.9144)


def test_a_scenario_written_out_and_read_again_has_the_same_rules():
    plan = scenario(serial(1, "formation-manoeuvres", roles="{guide: Alpha, ships: [Bravo, Golf, Hotel]}"))
    again = read_tree(plant(json.dumps(plan.written()), "again.json"), Path())
    assert again.serials[0].safety == plan.serials[0].safety
    assert again.digest == plan.digest


def test_the_nearest_pass_is_measured():
    """Alpha lies still; Golf of the same serial passes her at 700 m, as in the record of it."""
    plain = serial(1, "evolution", roles="{units: [Alpha, Golf]}", duration="1 h")
    exercise = living(plain)
    live = exercise.conductor.serials["1"]
    for number, name in enumerate(("Bravo", "Hotel", "Tango", "Tug")):
        exercise.units[name].motion.place(0.0, 60e3, 9e3 * number)
    while live.comex is None:
        exercise.env.step()
    exercise.env.run(until=exercise.env.now + 600.0)  # all have been told, and are on a leg of half an hour
    alpha, golf = exercise.units["Alpha"], exercise.units["Golf"]
    x, y = alpha.position
    alpha.steer(0.0, 0.0)
    golf.motion.place(exercise.env.now, x - 2000.0, y + 700.0)
    golf.steer(10.0, 0.0)
    live.finex_due = exercise.env.now + 400.0
    exercise.news.ring()
    exercise.run()
    run = Run(exercise.plan, 0, 0, exercise.log)
    assert run.measures("least_cpa")["least_cpa"] == {"1": pytest.approx(700.0)}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{danger_arc: 120 deg}", "must be at most"),
        ("{least_cpa: -1 m}", "must be at least"),
        ("{leest_cpa: 1 m}", "Did you mean 'least_cpa'?"),
    ],
)
def test_rules_that_cannot_be_are_told_at_the_serial(said, told):
    with pytest.raises(ScenarioError, match=r"serials\.0\.safety") as wrong:
        scenario(serial(1, "evolution", roles="{units: [Alpha]}", safety=said))
    assert told in str(wrong.value)
