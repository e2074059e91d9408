"""The conductor's rules, each in an exercise small enough to foretell."""

from math import hypot, isnan

import pytest
from small_exercise import PLATFORMS, SECTIONS, clock, living, played, result, serial, words

from sim.runs import Run, play
from sim.scenario.numbers import Number
from sim.units.ship import CASUALTY, REPAIRED
from sim.voyages import Leg, Voyage
from sim.weather import WEATHER

FRIGATES = "{units: {any: frigate}}"
SHOOT = {"drill": "surface-gunnery", "area": "range", "roles": "{firing: [Alpha, Golf]}"}
LONG = {"duration": "{low: 1 h, mode: 1 h, high: 3 h}"}


def late(minutes, then="skip"):
    """Patience, as a file writes it."""
    return f"{{hold: {minutes} min, then: {then}}}"


def comex(run, number):
    """When a serial began, s."""
    return run.outcomes[number].details["comex_s"]


def finex(run, number):
    """When it ended, s."""
    return run.outcomes[number].details["finex_s"]


def breaks(exercise, name, equipment, at, mended=None):
    """A defect of one ship at a time, mended at another or never."""
    ship = exercise.units[name]

    def life():
        yield exercise.env.timeout(at)
        failed = exercise.log.write(
            CASUALTY, ship.now, serial=ship.booked, unit=name, at=ship.position, equipment=equipment
        )
        ship.down[equipment] = failed
        if equipment == "propulsion":
            ship.stop(failed)
        exercise.news.ring()
        if mended is not None:
            yield exercise.env.timeout(mended - at)
            del ship.down[equipment]
            exercise.log.write(REPAIRED, ship.now, unit=name, at=ship.position, cause=failed, equipment=equipment,
                               down_s=mended - at)  # fmt: skip
            exercise.news.ring()

    exercise.env.process(life())


def weather(exercise, *changes):
    """Fixed weather that changes at stated times: (time, name, value)."""

    def turn():
        for time, name, value in changes:
            yield exercise.env.timeout(time - exercise.env.now)
            setattr(exercise.weather, name, value)
            exercise.weather.record = exercise.log.write(WEATHER, exercise.env.now, sea_state=exercise.weather.sea_state,
                                                         visibility_m=exercise.weather.visibility, wind_m_per_s=4.0)  # fmt: skip
            exercise.news.ring()

    exercise.env.process(turn())


def run_of(exercise):
    """Plays what has been prepared, and gives its run."""
    return Run(exercise.plan, 0, 0, exercise.run())


def of(run, *kinds, serial=None):
    """Records of some kinds, of one serial if stated."""
    return [record for record in run.log.of(*kinds) if serial in (None, record.serial)]


# ------------------------------------------------------------------------------------------ time and order


def test_a_serial_starts_on_the_minute():
    """Nothing in the way: COMEX as planned, FINEX after its duration."""
    run = played(serial(1, roles=FRIGATES))

    assert ("completed", "") == result(run, "1")
    assert clock(8) == comex(run, "1")
    assert clock(9) == finex(run, "1")
    assert ["outcome", "finex", "comex", "granted", "call"] == words(run, "1")


def test_an_over_run_makes_the_next_late_and_is_its_cause():
    """The next serial's ships and area are with the first; its chain leads through the first's COMEX."""
    run = played(serial(1, roles=FRIGATES, duration="{low: 119 min, mode: 119 min, high: 120 min}"),
                 serial(2, comex="10:00", area="other", roles=FRIGATES, late=late(90)))  # fmt: skip
    over = living(serial(1, roles=FRIGATES, duration="{low: 60 min, mode: 60 min, high: 3 h}"),
                  serial(2, comex="09:00", area="other", roles=FRIGATES, late=late(150)))  # fmt: skip
    over.conductor.serials["1"].duration = 7200.0
    chain = run_of(over)

    assert ("completed", "") == result(run, "2")
    assert ("completed", "over-run") == result(chain, "2")
    assert clock(10) <= comex(chain, "2") <= clock(11)
    causes = chain.why("2")
    assert ["outcome", "hold"] == [record.kind for record in causes[:2]]
    assert ("comex", "1") in [(record.kind, record.serial) for record in causes]


@pytest.mark.parametrize("then", ["skip", "shorten"])
def test_patience_ends_at_the_deadline(then):
    """What cannot start so late is cancelled at that minute, for what was in its way."""
    exercise = living(
        serial(1, roles=FRIGATES, **LONG), serial(2, comex="09:00", roles=FRIGATES, late=late(40, then))
    )
    exercise.conductor.serials["1"].duration = 7200.0
    run = run_of(exercise)

    assert ("cancelled", "over-run") == result(run, "2")
    assert clock(9, 40) == run.outcomes["2"].time
    assert isnan(comex(run, "2"))
    assert ("comex", "1") in [(record.kind, record.serial) for record in run.why("2")]


def test_a_shortened_serial_keeps_its_planned_finex():
    """Late by half an hour it still ends when the plan says; not so a serial that may run its full length."""
    found = {}
    for then in ("shorten", "skip"):
        exercise = living(serial(1, roles=FRIGATES, **LONG),
                          serial(2, comex="09:00", duration="2 h", roles=FRIGATES, late=late(60, then)))  # fmt: skip
        exercise.conductor.serials["1"].duration = 5400.0
        found[then] = run_of(exercise)

    assert ("shortened", "over-run") == result(found["shorten"], "2")
    assert clock(11) == finex(found["shorten"], "2")
    assert ("completed", "over-run") == result(found["skip"], "2")
    assert comex(found["skip"], "2") + 7200 == finex(found["skip"], "2")


def test_an_alternate_is_tried_at_its_time_and_place():
    """Put off with the reason, started at the alternate, its lateness told as such."""
    exercise = living(serial(1, roles=FRIGATES, **LONG),
                      serial(2, comex="09:00", roles=FRIGATES, late=late(20, "alternate"),
                             alternates="[{comex: 20 Jul 13:00, area: other}]"))  # fmt: skip
    exercise.conductor.serials["1"].duration = 7200.0
    run = run_of(exercise)

    assert ("completed", "postponed") == result(run, "2")
    assert clock(13) == comex(run, "2")
    assert "other" == of(run, "comex", serial="2")[0].details["area"]
    put_off = of(run, "postponed")[0]
    assert ("over-run", clock(13)) == (put_off.details["reason"], put_off.details["comex_s"])
    assert ["outcome", "postponed", "hold"] == words(run, "2")[:3]


def test_the_last_alternate_gone_the_serial_is_cancelled():
    """Two attempts, both in fog; the outcome names it."""
    exercise = living(serial(1, roles=FRIGATES, limits="{visibility: 2 nmi}", late=late(20, "alternate"),
                             alternates="[{comex: 20 Jul 10:00}]"))  # fmt: skip
    weather(exercise, (clock(7), "visibility", 500.0))
    run = run_of(exercise)

    assert ("cancelled", "fog") == result(run, "1")
    assert clock(10, 20) == run.outcomes["1"].time
    assert ["outcome", "hold", "weather"] == words(run, "1")


def test_after_waits_however_the_other_went():
    """Even for one that is cancelled."""
    exercise = living(serial(1, comex="08:00", duration="50 min", roles="{units: [Alpha]}", limits="{visibility: 2 nmi}", late=late(100)),
                      serial(2, comex="09:00", area="other", roles="{units: [Golf]}", after="[1]", late=late(60)))  # fmt: skip
    weather(exercise, (clock(7), "visibility", 500.0))
    run = run_of(exercise)

    assert ("cancelled", "fog") == result(run, "1")
    assert ("completed", "over-run") == result(run, "2")
    assert clock(9, 40) < comex(run, "2")
    assert "weather" == words(run, "2")[-1]


def test_requires_gives_up_when_the_other_was_not_done():
    """With the other's outcome as the cause."""
    exercise = living(serial(1, duration="50 min", roles="{units: [Alpha]}", limits="{visibility: 2 nmi}", late=late(10)),
                      serial(2, comex="09:00", roles="{units: [Golf]}", requires="[1]"))  # fmt: skip
    weather(exercise, (clock(7), "visibility", 500.0))
    run = run_of(exercise)

    assert ("cancelled", "prerequisite") == result(run, "2")
    assert ["outcome", "outcome", "hold", "weather"] == words(run, "2")


def test_priority_goes_first_when_something_falls_free():
    """Both wait for one area; the essential one gets it though it is later in the file."""
    exercise = living(serial(1, area="other", roles="{units: [Alpha]}", **LONG),
                      serial(2, comex="09:05", area="other", duration="50 min", roles="{units: [Bravo]}", priority="optional", late=late(240)),
                      serial(3, comex="10:00", area="other", roles="{units: [Golf]}", priority="essential", late=late(240)))  # fmt: skip
    exercise.conductor.serials["1"].duration = 3600.0 * 3
    run = run_of(exercise)

    assert clock(11) <= comex(run, "3") < finex(run, "3") <= comex(run, "2")
    assert ("completed", "over-run") == result(run, "2")


def test_crossed_wishes_do_not_lock():
    """Two serials that want each other's ships, area and resource: one after the other, both carried out."""
    run = played(serial(1, area="other", roles="{units: [Alpha, Golf]}", late=late(240), resources="{tugs: 1}"),
                 serial(2, comex="09:00", area="other", duration="50 min", roles="{units: [Golf, Alpha]}", late=late(240),
                        resources="{tugs: 1}"),
                 serial(3, comex="10:00", area="range", duration="50 min", roles="{units: [Bravo, Hotel]}", resources="{tugs: 1}"),
                 resources="{tugs: 1}")  # fmt: skip

    assert {"completed"} == {result(run, number)[0] for number in "123"}
    assert finex(run, "1") <= comex(run, "2")


def test_a_shared_thing_is_waited_for():
    """One set of targets serves one shoot at a time, though ships and areas are free."""
    exercise = living(serial(1, area="range", roles="{units: [Alpha]}", resources="{tugs: 1}", **LONG),
                      serial(2, comex="09:00", area="other", roles="{units: [Golf]}", resources="{tugs: 1}", late=late(120)),
                      resources="{tugs: 1}")  # fmt: skip
    exercise.conductor.serials["1"].duration = 5400.0
    run = run_of(exercise)

    assert ("completed", "over-run") == result(run, "2")
    assert finex(run, "1") <= comex(run, "2")


def test_endex_in_the_middle():
    """What runs is ended and judged by what it has achieved; what waits is cancelled; nobody stays booked."""
    exercise = living(serial(1, comex="16:00", duration="2 h", roles="{units: [Alpha]}"),
                      serial(2, comex="16:30", duration="1 h", roles="{units: [Bravo]}", limits="{visibility: 2 nmi}", late=late(240)))  # fmt: skip
    exercise.conductor.serials["1"].duration = 3 * 3600.0
    weather(exercise, (clock(7), "visibility", 500.0))
    run = run_of(exercise)

    assert ("shortened", "endex") == result(run, "1")
    assert pytest.approx(2 / 3) == run.outcomes["1"].details["share"]
    assert ("cancelled", "endex") == result(run, "2")
    assert 1 == len(of(run, "finex"))
    assert [None] * len(exercise.units) == [unit.booked for unit in exercise.units.values()]
    assert "endex" == run.log[len(run.log) - 1].kind


# ------------------------------------------------------------------------------------------ weather and daylight


@pytest.mark.parametrize(("limit", "name", "bad", "good", "reason"), [
    ("{visibility: 2 nmi}", "visibility", 500.0, 18520.0, "fog"),
    ("{sea_state: 4}", "sea_state", 6, 2, "sea"),
    ("{wind: 10 m/s}", "wind", 15.0, 4.0, "wind"),
])  # fmt: skip
def test_bad_weather_before_comex_holds_until_it_clears(limit, name, bad, good, reason):
    """COMEX at the minute the weather is back within the limits."""
    exercise = living(serial(1, roles=FRIGATES, limits=limit, late=late(60)))
    weather(exercise, (clock(7), name, bad), (clock(8, 40), name, good))
    run = run_of(exercise)

    assert ("completed", reason) == result(run, "1")
    assert clock(8, 40) == comex(run, "1")
    assert ["outcome", "hold", "weather"] == words(run, "1")
    assert clock(7) == run.why("1")[-1].time


@pytest.mark.parametrize(("limit", "name", "bad", "good", "reason"), [
    ("{visibility: 2 nmi}", "visibility", 500.0, 18520.0, "fog"),
    ("{sea_state: 4}", "sea_state", 6, 2, "sea"),
    ("{wind: 10 m/s}", "wind", 15.0, 4.0, "wind"),
])  # fmt: skip
def test_bad_weather_in_the_middle_stops_the_clock(limit, name, bad, good, reason):
    """Twenty minutes of hold make FINEX twenty minutes later; more than the patience end the serial."""
    short = living(serial(1, duration="2 h", roles=FRIGATES, limits=limit, late=late(60)))
    weather(short, (clock(9), name, bad), (clock(9, 20), name, good))
    long = living(serial(1, duration="2 h", roles=FRIGATES, limits=limit, late=late(60)))
    weather(long, (clock(9), name, bad), (clock(11), name, good))
    held, ended = run_of(short), run_of(long)

    assert ("completed", "") == result(held, "1")
    assert clock(10, 20) == finex(held, "1")
    assert ("shortened", reason) == result(ended, "1")
    assert clock(10) == finex(ended, "1")
    assert pytest.approx(0.5) == ended.outcomes["1"].details["share"]
    assert ["outcome", "hold", "weather"] == words(ended, "1")


def test_two_kinds_of_bad_weather_are_held_apart():
    """Fog that stays while the sea rises and falls keeps its own clock."""
    exercise = living(
        serial(1, duration="3 h", roles=FRIGATES, limits="{visibility: 2 nmi, sea_state: 4}", late=late(60))
    )
    weather(
        exercise,
        (clock(9), "visibility", 500.0),
        (clock(9, 30), "sea_state", 6),
        (clock(9, 40), "sea_state", 2),
    )
    run = run_of(exercise)

    assert "fog" == result(run, "1")[1]
    assert clock(10) == finex(run, "1")


def test_a_serial_by_day_waits_for_sunrise_and_ends_at_sunset():
    """Begun when the sun is up, cut when it sets; the sun is the cause."""
    night = {"begins": "2023-07-20 00:00 +08:00", "ends": "2023-07-20 22:00 +08:00"}
    dawn = living(
        serial(1, comex="03:00", roles=FRIGATES, limits="{daylight: required}", late=late(300)), **night
    )
    dusk = living(
        serial(
            1, comex="17:15", duration="2 h", roles=FRIGATES, limits="{daylight: required}", late=late(60)
        ),
        **night,
    )
    sunrise = next(time for time, word in dawn.daylight._turns if word == "sunrise")
    sunset = next(time for time, word in dawn.daylight._turns if word == "sunset")
    morning, evening = run_of(dawn), run_of(dusk)

    assert ("completed", "daylight") == result(morning, "1")
    assert pytest.approx(sunrise, abs=0.1) == comex(morning, "1")
    assert "daylight" == result(evening, "1")[1]
    assert pytest.approx(sunset, abs=0.1) == finex(evening, "1")
    assert "sun" == words(evening, "1")[-1]


def test_too_little_daylight_left_is_no_start():
    """Half the planned duration must be left of the day."""
    night = {"begins": "2023-07-20 06:00 +08:00", "ends": "2023-07-20 22:00 +08:00"}
    run = played(
        serial(
            1, comex="18:00", duration="2 h", roles=FRIGATES, limits="{daylight: required}", late=late(60)
        ),
        **night,
    )

    assert ("cancelled", "daylight") == result(run, "1")


# ------------------------------------------------------------------------------------------ casualties


def test_a_defect_mended_within_the_grace_is_waited_for():
    """Twenty minutes of repair delay the start by what is left of them; all take part."""
    exercise = living(serial(1, **SHOOT))
    breaks(exercise, "Golf", "main-gun", clock(7, 50), clock(8, 15))
    run = run_of(exercise)

    assert ("completed", "") == result(run, "1")  # a quarter of an hour is on time
    assert clock(8, 15) == comex(run, "1")
    assert {"Alpha", "Golf"} == {record.unit for record in of(run, "string")}
    assert ["casualty"] == [record.details["reason"] for record in of(run, "hold")]


def test_a_defect_not_mended_brings_a_substitute():
    """Half an hour after it failed another frigate takes her place, and steams to the range first."""
    exercise = living(
        serial(1, **(SHOOT | {"roles": "{firing: {names: [Alpha, Golf, Hotel], least: 2, most: 2}}"}))
    )
    breaks(exercise, "Golf", "main-gun", clock(7, 40))
    run = run_of(exercise)

    assert "completed" == result(run, "1")[0]
    assert [("Hotel", "Golf")] == [(record.unit, record.other) for record in of(run, "substituted")]
    assert clock(8, 10) == of(run, "substituted")[0].time
    assert clock(8, 10) <= comex(run, "1")
    assert {"Alpha", "Hotel"} == {record.unit for record in of(run, "string")}
    assert "casualty" == run.log.chain(of(run, "dropped-out")[0].number)[1].kind


def test_without_a_substitute_the_serial_goes_without():
    """As long as the drill makes sense with those who are left."""
    exercise = living(serial(1, **SHOOT))
    breaks(exercise, "Golf", "main-gun", clock(7, 50))
    run = run_of(exercise)

    assert ("completed", "casualty") == result(run, "1")
    assert clock(8, 20) == comex(run, "1")
    assert {"Alpha"} == {record.unit for record in of(run, "string")}
    assert "casualty" == words(run, "1")[-1]


def test_a_ship_out_of_order_before_the_call_is_gone_without_after_the_grace():
    """The request names her; half an hour after the planned start the others are granted without her."""
    exercise = living(serial(1, **SHOOT, late=late(90)))
    breaks(exercise, "Golf", "main-gun", clock(6, 10))
    run = run_of(exercise)

    assert "completed" == result(run, "1")[0]
    assert clock(8, 30) <= comex(run, "1") <= clock(9, 15)
    assert "casualty" == words(run, "1")[-1]


def test_a_serial_that_cannot_go_without_is_cancelled():
    """The only tanker, the guide, more ships than are left."""
    exercise = living(
        serial(1, **(SHOOT | {"roles": "{firing: {names: [Alpha, Golf], least: 2}}"}), late=late(90))
    )
    breaks(exercise, "Golf", "main-gun", clock(7, 50))
    run = run_of(exercise)

    assert ("cancelled", "casualty") == result(run, "1")
    assert clock(9, 30) == run.outcomes["1"].time
    assert "casualty" == words(run, "1")[-1]
    assert [None] * len(exercise.units) == [unit.booked for unit in exercise.units.values()]


def test_a_rig_and_a_close_in_gun_are_defects_too():
    """Equipment is told by its own word, `rig`, where the role asks for what it serves, `replenishment-rig`."""
    tanker = living(
        serial(1, "replenishment", duration="3 h", roles="{tanker: Tango, customers: [Alpha]}", late=late(40))
    )
    breaks(tanker, "Tango", "rig", clock(7, 50))
    guns = living(serial(1, "air-gunnery", area="range", roles="{firing: [Alpha]}", late=late(40)))
    breaks(guns, "Alpha", "close-in", clock(7, 50))

    assert ("cancelled", "casualty") == result(run_of(tanker), "1")
    assert ("cancelled", "casualty") == result(run_of(guns), "1")


def test_a_defect_in_the_middle_is_mended_or_the_ship_drops_out():
    """Within the grace her turn waits; after it she is out, and the shoot ends with what the others did."""
    mended, broken = (living(serial(1, duration="2 h", **SHOOT)) for _ in range(2))
    breaks(mended, "Golf", "main-gun", clock(8, 1), clock(8, 25))
    breaks(broken, "Golf", "main-gun", clock(8, 1))
    good, bad = run_of(mended), run_of(broken)

    assert ("completed", "") == result(good, "1")
    assert ("shortened", "casualty") == result(bad, "1")
    assert ["Golf"] == [record.unit for record in of(bad, "dropped-out")]
    assert 0.5 == bad.outcomes["1"].details["share"]
    assert "casualty" == words(bad, "1")[-1]


def test_a_ship_stopped_on_her_way_comes_when_she_is_mended():
    """She goes on to her station, and the serial waits for her."""
    exercise = living(serial(1, area="range", roles="{units: [Alpha, Golf]}", late=late(90)))
    breaks(exercise, "Golf", "propulsion", clock(7, 35), clock(7, 55))
    run = run_of(exercise)

    assert "completed" == result(run, "1")[0]
    ship = of(run, "comex")[0]
    place = [record.at for record in run.log.of("leg") if record.unit == "Golf" and record.time <= ship.time][
        -1
    ]
    assert hypot(place[0] - ship.at[0], place[1] - ship.at[1]) < 15 * 1852


# ------------------------------------------------------------------------------------------ aircraft


def sheet(text):
    """The platforms with another helicopter."""
    kept = [line for line in PLATFORMS.splitlines() if "copter" not in line]
    return "\n" + "\n".join(kept) + f"\n  copter: {{like: ka-27, {text}}}\n"


AIR = {"roles": "{units: [Alpha], aircraft: {names: [Kilo, Lima], least: 1, most: 1}}", "late": late(60)}


def test_aircraft_are_on_task_at_comex():
    """Told early enough for launch and flight."""
    run = played(serial(1, **AIR))

    assert ("completed", "") == result(run, "1")
    assert clock(8) == comex(run, "1")
    assert of(run, "on-task")[0].time < clock(8)
    assert finex(run, "1") <= of(run, "landed")[0].time


def test_late_aircraft_are_waited_for_and_blamed():
    """An essential one until the deadline; its late start is the cause."""
    run = played(
        serial(1, **AIR), platforms=sheet("serviceability: 100 %, late_start: {chance: 100 %, delay: 50 min}")
    )

    assert ("completed", "aircraft") == result(run, "1")
    assert of(run, "on-task")[0].time == comex(run, "1")
    assert ["outcome", "hold", "delayed"] == words(run, "1")[:3]


def test_aircraft_that_are_not_essential_are_waited_for_half_an_hour():
    """Then the serial goes on without them."""
    optional = AIR | {"roles": "{units: [Alpha], aircraft: {names: [Kilo], least: 0}}"}
    run = played(
        serial(1, **optional),
        platforms=sheet("serviceability: 100 %, late_start: {chance: 100 %, delay: 100 min}"),
    )

    assert ("completed", "aircraft") == result(run, "1")
    assert clock(8, 30) == comex(run, "1")


def test_unserviceable_aircraft_are_replaced_or_missed():
    """Another of the same role if it passes; else the serial gives up, and the failed check is the cause."""
    exercise = living(serial(1, **AIR))
    exercise.units["Kilo"].platform = exercise.units["Kilo"].platform.model_copy(
        update={"serviceability": Number(0.0, "share")}
    )
    replaced = run_of(exercise)
    none = played(
        serial(1, **AIR), platforms=sheet("serviceability: 0 %, late_start: {chance: 0 %, delay: 50 min}")
    )

    assert "completed" == result(replaced, "1")[0]
    assert [("Lima", "Kilo")] == [(record.unit, record.other) for record in of(replaced, "substituted")]
    assert ("cancelled", "aircraft") == result(none, "1")
    assert "unserviceable" in words(none, "1")


def test_helicopters_wait_for_flying_weather():
    """Their own limits, not the serial's, keep them on deck; the weather is the root."""
    exercise = living(serial(1, **AIR))
    weather(exercise, (clock(6, 30), "visibility", 500.0), (clock(8, 20), "visibility", 18520.0))
    run = run_of(exercise)

    assert ("completed", "aircraft") == result(run, "1")
    assert clock(8, 40) <= comex(run, "1")  # twenty minutes to launch
    assert ["outcome", "hold", "grounded", "weather"] == words(run, "1")


def test_an_aircraft_that_would_not_come_home_is_not_sent():
    """Farther than half its endurance it cannot take part."""
    forces = SECTIONS["forces"].replace("{platform: jet,", "{platform: z-20,")
    run = played(serial(1, roles="{units: [Alpha], aircraft: {names: [Juliet, Mike], least: 1}}"), forces=forces,
                 bases="{field: {at: 45-00N 134-00E}}")  # fmt: skip

    assert ("cancelled", "aircraft") == result(run, "1")
    assert [] == of(run, "launched")


def test_a_mended_aircraft_is_offered_without_other_news():
    """An hour after its failed check it can be had, though nothing else happens."""
    exercise = living(
        serial(
            1, comex="08:00", roles="{units: [Alpha], aircraft: {names: [Kilo], least: 1}}", late=late(120)
        )
    )
    kilo, checks = exercise.units["Kilo"], []
    check = kilo.check

    def first_fails(serial, cause=None):
        checks.append(exercise.env.now)
        kilo.draw = lambda purpose, probability: len(checks) > 1
        return check(serial, cause)

    kilo.check = first_fails
    run = run_of(exercise)

    assert 2 == len(checks)
    assert checks[0] + 3600 == checks[1]
    assert ("completed", "aircraft") == result(run, "1")


# ------------------------------------------------------------------------------------------ the range


def stranger(exercise, at, toward, speed, answer=60.0, heeds=False):
    """A ship passing by, appearing at a time on the rim of the range, on a course through its middle."""
    centre, radius = exercise.areas["range"].centre, exercise.areas["range"].radius
    x, y = centre[0] - toward[0] * (radius + 9000), centre[1] - toward[1] * (radius + 9000)
    leg = Leg(at, at + 6 * 3600.0, x, y, toward[0] * speed, toward[1] * speed)
    exercise.traffic.expect("fishing", f"fishing {at:.0f}", Voyage(heeds, (leg,)))


NOBODY = "{fishing: {platform: fishing-boat, density: 0 per 1000 nmi2, heed: 0 %, answer: 20 min}}"


def test_a_stranger_in_the_range_holds_the_start():
    """She is called, alters away from the middle, and the shoot starts when she has left."""
    exercise = living(serial(1, **SHOOT, late=late(180)), traffic=NOBODY)
    stranger(exercise, clock(6, 1), (1.0, 0.0), 4.0)
    run = run_of(exercise)

    assert ("completed", "foul-range") == result(run, "1")
    called, fouled = of(run, "called")[0], of(run, "fouled")[0]
    assert ["outcome", "hold", "fouled", "called", "sighted"] == words(run, "1")
    turned = next(record for record in run.log.of("leg") if record.cause == called.number)
    assert called.time + 1200 == turned.time
    centre = exercise.areas["range"].centre
    away = (turned.at[0] - centre[0], turned.at[1] - centre[1])
    assert away[0] * turned.details["vx_m_per_s"] + away[1] * turned.details["vy_m_per_s"] > 0
    assert fouled.time < comex(run, "1")


def test_a_stranger_in_the_middle_of_a_shoot_stops_the_firing():
    """Check fire while she is inside, no slot lost by it, and on again when she has cleared."""
    exercise = living(serial(1, duration="2 h", **SHOOT, late=late(180)), traffic=NOBODY)
    stranger(exercise, clock(8, 9) - 9000 / 5.0, (0.0, 1.0), 5.0)
    run = run_of(exercise)
    fouled, lifted = of(run, "fouled")[0].time, of(run, "resume")[-1].time

    assert clock(8) < fouled
    assert "completed" == result(run, "1")[0]
    assert [] == [record for record in of(run, "round") if fouled <= record.time < lifted]
    assert [record for record in of(run, "round") if record.time >= lifted]
    assert 2 == len(of(run, "string"))


def test_a_stranger_who_heeds_warnings_is_no_trouble():
    """She keeps clear by herself."""
    exercise = living(serial(1, **SHOOT), traffic=NOBODY)
    stranger(exercise, clock(6, 1), (1.0, 0.0), 4.0, heeds=True)

    assert ("completed", "") == result(run_of(exercise), "1")


def test_a_fouled_range_that_is_given_up_is_no_breach_at_the_alternate():
    """The hold of the first attempt is lifted with it."""
    exercise = living(
        serial(1, **SHOOT, late=late(10, "alternate"), alternates="[{comex: 20 Jul 14:00}]"), traffic=NOBODY
    )
    stranger(exercise, clock(6, 20), (1.0, 0.0), 4.0)
    run = run_of(exercise)

    assert ("completed", "postponed") == result(run, "1")
    assert "foul-range" == of(run, "postponed")[0].details["reason"]
    assert run.measures("score")["score"]["1"] > 0


# ------------------------------------------------------------------------------------------ reasons

ROOTS = {
    "fog": ("weather",), "sea": ("weather",), "wind": ("weather",), "casualty": ("casualty",),
    "foul-range": ("sighted",), "traffic": ("sighted",),
}  # fmt: skip


@pytest.mark.parametrize("first", [0, 30])
def test_every_reason_in_the_main_scenario_has_its_root(main_plan, first):
    """What is late, cut or cancelled for weather, casualty, light or a foul range leads back to just that."""
    for seed in range(first, first + 30):
        run = play(main_plan, seed)
        for number, outcome in run.outcomes.items():
            reason, chain = outcome.details["reason"], run.why(number)
            if reason in ROOTS:
                assert chain[-1].kind in ROOTS[reason], (seed, number, chain)
            elif reason == "daylight":  # the sun, or what kept the serial until then
                assert chain[1].kind in ("sun", "hold", "postponed")
            elif reason == "over-run":
                assert any(record.serial not in (None, number) for record in chain), (seed, number, chain)
            elif reason == "aircraft":
                told = {
                    record.kind for record in chain
                }  # of itself, or of who kept the ships it was to fly for
                is_own = bool(
                    told & {"delayed", "unserviceable", "grounded", "launched", "landed", "off-task"}
                )
                is_late = any(record.serial not in (None, number) for record in chain)
                assert is_own or is_late, (seed, number, chain)
            elif reason == "postponed":
                assert "postponed" == chain[1].kind
