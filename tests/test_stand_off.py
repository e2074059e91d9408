"""Formations stand fast while a ship passing by is nearer than their stand-off, to the exact moment."""

from math import sqrt

import pytest
from small_exercise import clock, living, played, result, serial, words

from sim.quantities import NAUTICAL_MILE
from sim.runs import Run
from sim.voyages import Leg, Voyage

NOBODY = "{fishing: {platform: fishing-boat, density: 0 per 1000 nmi2, heed: 0 %, answer: 20 min}}"
STEADY = {
    "drill": "evolution",
    "roles": "{units: [Alpha, Bravo]}",
    "leg": "6 h",
    "speed": "10 kn",
    "stand_off": "1 nmi",
}
CALM = "{sea_state: 2, visibility: 10 nmi, wind: 4 m/s}"


def exercise_with(*plans):
    """An exercise in which nobody passes by but who is put there."""
    return living(*plans, traffic=NOBODY)


def pass_ahead(exercise, ships, moment, off, speed=1.0, across=True, heeds=False, name="fishing 1"):
    """Puts a ship in the way of others at a moment: she appears `off` m ahead of the first, crossing or lying."""
    exercise.env.run(until=moment)
    (x, y), leg = exercise.units[ships[0]].position, exercise.units[ships[0]].motion
    ux, uy = leg.vx / leg.speed, leg.vy / leg.speed
    vx, vy = (uy * speed, -ux * speed) if across else (0.0, 0.0)
    way = Leg(moment, moment + 6 * 3600.0, x + ux * off, y + uy * off, vx, vy)
    exercise.traffic.expect("fishing", name, Voyage(heeds, (way,)))
    return way


def inside(ship, way, radius):
    """When a ship on her present leg and another on her way are nearer than a radius: the roots, by hand."""
    leg = ship.motion
    dx, dy = way.x - leg.at(way.start)[0], way.y - leg.at(way.start)[1]
    vx, vy = way.vx - leg.vx, way.vy - leg.vy
    a, b, c = vx * vx + vy * vy, dx * vx + dy * vy, dx * dx + dy * dy - radius * radius
    root = b * b - a * c
    if root <= 0:
        return None
    return way.start + (-b - sqrt(root)) / a, way.start + (-b + sqrt(root)) / a


def holds(log, number="1", reason="traffic"):
    """(from, to) of the holds of a serial for a reason."""
    begun = [
        record for record in log.of("hold") if (record.serial, record.details["reason"]) == (number, reason)
    ]
    ended = [
        record for record in log.of("resume") if (record.serial, record.details["reason"]) == (number, reason)
    ]
    return [(one.time, other.time) for one, other in zip(begun, ended, strict=True)]


@pytest.mark.parametrize("across", [True, False], ids=["crossing", "lying"])
def test_the_hold_lasts_from_the_first_metre_too_near_to_the_last(across):
    """From when the nearer ship comes within a mile to when the farther opens again, as on paper."""
    exercise = exercise_with(serial(1, duration="3 h", **STEADY))
    way = pass_ahead(exercise, ["Alpha"], clock(8, 20), 6000.0, across=across)
    spans = [inside(exercise.units[name], way, NAUTICAL_MILE) for name in ("Alpha", "Bravo")]
    spans = [span for span in spans if span is not None]
    log = exercise.run()

    assert spans
    ((since, until),) = holds(log)
    assert pytest.approx(min(enters for enters, _ in spans), abs=2e-3) == since
    assert pytest.approx(max(leaves for _, leaves in spans), abs=2e-3) == until
    (record,) = log.of("close-quarters")
    assert ("fishing 1", NAUTICAL_MILE) == (record.other, record.details["stand_off_m"])
    assert "completed" == next(iter(log.of("outcome"))).details["result"]


def test_the_time_on_hold_is_made_good():
    """FINEX comes as much later as the serial stood fast; the hold leads back to whoever came too near."""
    exercise = exercise_with(serial(1, duration="3 h", **STEADY))
    pass_ahead(exercise, ["Alpha"], clock(8, 20), 6000.0)
    run = Run(exercise.plan, 0, 0, exercise.run())
    ((since, until),) = holds(run.log)
    (comex,), (finex,) = run.log.of("comex"), run.log.of("finex")

    assert pytest.approx(3 * 3600 + until - since, abs=0.01) == finex.time - comex.time
    assert {"traffic": pytest.approx((until - since) / 60)} == run.measures("holds")["holds"]
    hold = next(record for record in run.log.of("hold") if record.details["reason"] == "traffic")
    assert ["hold", "close-quarters", "sighted"] == [record.kind for record in run.log.chain(hold.number)]


@pytest.mark.parametrize(
    ("stand_off", "off", "heeds"), [("0 nmi", 6000.0, False), ("1 nmi", 6000.0, True), ("1 nmi", -9e3, False)]
)
def test_nobody_is_held_for_who_keeps_off(stand_off, off, heeds):
    """A stand-off of nothing, one who heeds warnings, and one who is past already."""
    exercise = exercise_with(serial(1, duration="3 h", **STEADY | {"stand_off": stand_off}))
    pass_ahead(exercise, ["Alpha"], clock(8, 20), off, heeds=heeds)

    assert [] == holds(exercise.run())


def test_the_hold_follows_those_who_alter():
    """A vessel that turns away before she is near is no trouble; a formation that turns away ends the hold."""
    exercise = exercise_with(serial(1, duration="3 h", **STEADY))
    way = pass_ahead(exercise, ["Alpha"], clock(8, 20), 6000.0, across=False)
    enters = min(
        span[0] for name in ("Alpha", "Bravo") if (span := inside(exercise.units[name], way, NAUTICAL_MILE))
    )
    exercise.env.run(until=enters + 60.0)
    assert "traffic" in exercise.conductor.serials["1"].holds
    for name in ("Alpha", "Bravo"):
        leg = exercise.units[name].motion
        exercise.units[name].steer(-leg.vx, -leg.vy)
    log = exercise.run()

    ((since, until),) = holds(log)
    assert pytest.approx(enters, abs=2e-3) == since
    assert pytest.approx(enters + 120.0, abs=4e-3) == until


def test_a_vessel_that_alters_in_time_is_no_trouble():
    """Her next leg is known to herself alone; the lookout reckons with it once she is on it."""
    exercise = exercise_with(serial(1, duration="3 h", **STEADY))
    exercise.env.run(until=clock(8, 20))
    (x, y), leg = exercise.units["Alpha"].position, exercise.units["Alpha"].motion
    ux, uy = leg.vx / leg.speed, leg.vy / leg.speed
    place = x + ux * 8000.0, y + uy * 8000.0
    best = exercise.plan.platforms["fishing-boat"].max_speed.value
    assert best > leg.speed * 0.9
    legs = (Leg(clock(8, 20), clock(8, 21), *place, 0.0, 0.0),
            Leg(clock(8, 21), clock(8, 21) + 6 * 3600, *place, uy * best, -ux * best))  # fmt: skip
    spans = [inside(exercise.units[name], legs[1], NAUTICAL_MILE) for name in ("Alpha", "Bravo")]
    still = [inside(exercise.units[name], legs[0], NAUTICAL_MILE) for name in ("Alpha", "Bravo")]
    exercise.traffic.expect("fishing", "fishing 1", Voyage(False, legs))
    found = holds(exercise.run())

    assert any(still)
    assert len(found) == any(spans)


def test_it_does_not_matter_who_else_looks_again():
    """News and records of others between do not move the hold by a bit."""
    spans = []
    for extra in (
        (),
        (
            serial(
                2, drill="communications", comex="08:10", duration="30 min", roles="{ships: [Golf, Hotel]}"
            ),
        ),
    ):
        exercise = exercise_with(serial(1, duration="3 h", **STEADY), *extra)
        pass_ahead(exercise, ["Alpha"], clock(8, 20), 6000.0)
        spans.append(holds(exercise.run()))

    assert spans[0] == spans[1]


def test_a_ship_that_drops_out_is_not_kept_clear_of():
    """The lookout forgets her at once."""
    exercise = exercise_with(
        serial(1, duration="3 h", **STEADY | {"roles": "{units: {names: [Alpha, Bravo], least: 1}}"})
    )
    way = pass_ahead(exercise, ["Alpha"], clock(8, 20), 6000.0, across=False)
    enters, _ = inside(exercise.units["Alpha"], way, NAUTICAL_MILE)
    exercise.env.run(until=enters + 30.0)
    live = exercise.conductor.serials["1"]
    for name in ("Alpha", "Bravo"):
        if live.holds and exercise.units[name] in live.ships():
            exercise.units[name].stop()
            live.drop_out(exercise.units[name], "units", "casualty", None)
    exercise.env.run(until=enters + 31.0)

    assert "traffic" not in live.holds


def test_too_long_a_hold_ends_the_serial():
    """The conductor's patience counts from the first moment, and the reason is traffic."""
    exercise = exercise_with(serial(1, duration="3 h", **STEADY, late="{hold: 5 min, then: skip}"))
    pass_ahead(exercise, ["Alpha"], clock(8, 20), 6000.0, across=False)
    run = Run(exercise.plan, 0, 0, exercise.run())

    assert "traffic" == result(run, "1")[1]
    ((since, until),) = holds(run.log)
    assert pytest.approx(300.0, abs=0.01) == until - since
    assert ["outcome", "hold", "close-quarters", "sighted"] == words(run, "1")


FORMATION = serial(
    1, "formation-manoeuvres", duration="2 h", roles="{guide: Alpha, ships: [Bravo, Golf, Hotel]}"
)
ALONGSIDE = serial(1, "replenishment", duration="3 h", roles="{tanker: Tango, customers: [Golf, Hotel]}")
FLEET = (
    "{squid: {platform: fishing-boat, heed: 0 %, answer: 6 min, fleet: {ground: sea, boats: 60, size: 5, radius: 4 nmi,"
    " leg: {low: 20 min, mode: 40 min, high: 1 h}, working: {low: 0 kn, mode: 2 kn, high: 4 kn}, shift: 20 %}}}"
)


@pytest.mark.parametrize("plan", [serial(1, duration="2 h", roles="{units: [Alpha, Bravo]}"), FORMATION, ALONGSIDE],
                         ids=["evolution", "formation", "replenishment"])  # fmt: skip
@pytest.mark.parametrize("seed", range(3))
def test_holds_are_the_moments_too_near_by_brute_force(plan, seed):
    """Among sixty boats: looked at every 10 s, whoever is too near finds the serial on hold, and nobody else does."""
    exercise = living(plan, traffic=FLEET, environment=CALM, seed=seed)
    live, slack, near_looks = exercise.conductor.serials["1"], 1.0, 0
    time = 0.0
    while time < clock(13):
        time += 10.0
        exercise.env.run(until=time)
        if live.comex is None or live.result is not None or live.comex > time - 1.0:
            continue
        nearest = min(
            exercise.referee.distance(ship, vessel)
            for ship in live.ships()
            for vessel in exercise.traffic.present.values()
        )
        if abs(nearest - NAUTICAL_MILE) > slack:
            near_looks += nearest < NAUTICAL_MILE
            assert (nearest < NAUTICAL_MILE) == ("traffic" in live.holds), (time, nearest)
    assert near_looks


def test_a_formation_gives_the_same_log_step_by_step():
    """With boats all round, whether the clock is stepped or runs through."""
    runs = []
    for tick in (None, 60.0):
        exercise = living(FORMATION, traffic=FLEET)
        if tick is not None:
            exercise.tick = tick
            while exercise.running:
                exercise.step()
        else:
            exercise.run()
        runs.append(exercise.log.fingerprint())
    assert runs[0] == runs[1] == played(FORMATION, traffic=FLEET).fingerprint
