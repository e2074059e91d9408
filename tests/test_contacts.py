"""Contacts: exact times of entry and exit at engine level, whom each sensor sees, looks, fog, and areas."""

from importlib.util import find_spec
from math import cos, hypot, isclose, pi, radians, sin, sqrt

import numpy as np
import pytest

from sim.audit import Audit
from sim.exercise import Exercise
from sim.kernels import VARIABLE
from sim.quantities import KNOT, NAUTICAL_MILE
from sim.scenario.read import read
from tests.small_exercise import SECTIONS, SOUND, living, played, scenario, serial

NMI = NAUTICAL_MILE
DEFINITE = (
    "{antenna: 1000 m, instrumented: 12 nmi, look: 0 s, chance: 100 %}"  # finds what is in range, at once
)
BLIND = "radar: , lookout: , sonar: "


def platforms(**sensors):
    """Sheets of a seeing `watcher` and a blind `mark`, both as fast as anyone wishes."""
    seeing = ", ".join(
        f"{name}: {said}"
        for name, said in ({"radar": DEFINITE, "lookout": "", "sonar": ""} | sensors).items()
    )
    more = f"max_speed: 900 m/s, cruise_speed: 10 kn, guns: [], equipment: {{propulsion: {SOUND}}}"
    return (f"\n  watcher: {{like: type-054a, {more}, sensors: {{{seeing}}}}}\n"
            f"  mark: {{like: type-054a, {more}, sensors: {{{BLIND}}}}}\n"
            f"  boat: {{like: type-054a, family: submarine, {more}, sensors: {{{BLIND}}}}}\n")  # fmt: skip


def forces(marks=1, platform="mark"):
    return f"""
  blue: {{name: Blue, flagship: Alpha, at: 40-00N 134-00E, units: [{{platform: watcher, names: [Alpha]}}]}}
  red:
    name: Red
    flagship: Golf
    at: 40-01N 134-01E
    units: [{{platform: mark, names: [Golf]}}, {{platform: {platform}, count: {marks}}}]"""


def two(marks=0, platform="mark", sensors=None, **changes):
    """An exercise of a watcher and a mark, and as many more marks."""
    content = {
        "forces": forces(marks, platform),
        "platforms": platforms(**(sensors or {})),
        "bases": None,
        "areas": None,
    }
    return living(**content | changes)


def put(unit, x, y, vx=0.0, vy=0.0):
    """A unit somewhere else from the beginning, on a course, m and m/s."""
    unit.motion.place(0.0, x, y)
    unit.steer(vx, vy)
    unit.exercise.contacts.turn(unit.presence)


def told(exercise, *kinds):
    """(kind, time, other) of the contacts of a run."""
    log = exercise.run()
    return [(record.kind, record.time, record.other) for record in log.of(*(kinds or ("contact", "lost")))]


def test_kin_07_time_inside_a_cookie_cutter():
    """REQ-KIN-07: 12 nmi, closest at 7 nmi, relative 16 kn, 20 nmi before that at the start."""
    exercise = two()
    put(exercise.units["Alpha"], 0.0, 0.0, 0.0, 4 * KNOT)
    put(exercise.units["Golf"], 7 * NMI, 20 * NMI, 0.0, -12 * KNOT)
    (_, enter, _), (_, leave, _) = told(exercise)

    assert isclose(0.640825353449 * 3600, enter, rel_tol=1e-9)
    assert isclose(1.85917464655 * 3600, leave, rel_tol=1e-9)
    assert isclose(1.2183492931 * 3600, leave - enter, rel_tol=1e-9)


def test_kin_01_closest_approach_is_where_contacts_turn_to_opening():
    """REQ-KIN-01: the middle of the stay is the time of closest approach, and half of it gives the distance."""
    exercise = two()
    put(exercise.units["Alpha"], 0.0, 0.0, 0.0, 15 * KNOT)
    bearing = radians(45.0)
    put(exercise.units["Golf"], 10 * NMI * sin(bearing), 10 * NMI * cos(bearing), -20 * KNOT, 0.0)
    (_, first, _), (_, leave, _) = told(exercise)
    speed, closest = 25 * KNOT, 23.7587878479 * 60

    assert 0.0 == first
    assert isclose(
        1.41421356237 * NMI, sqrt((12 * NMI) ** 2 - (speed * (leave - closest)) ** 2), rel_tol=1e-6
    )


def test_inside_at_the_start_is_a_contact_at_once_and_says_so():
    """Whoever comes later is not called initial."""
    exercise = two(marks=1)
    put(exercise.units["Golf"], 5 * NMI, 0.0)
    put(exercise.units["mark 1"], 20 * NMI, 0.0, -10 * KNOT, 0.0)
    put(exercise.units["Alpha"], 0.0, 0.0)
    log = exercise.run()
    found = {record.other: (record.time, record.details["initial"]) for record in log.of("contact")}

    assert (0.0, 1) == found["Golf"]
    assert isclose(0.8 * 3600, found["mark 1"][0])
    assert 0 == found["mark 1"][1]
    assert [] == [record for record in log.of("lost") if record.other == "Golf"]


@pytest.mark.parametrize(("offset", "seen"), [(12.0 - 1e-6, True), (12.0, False), (12.5, False)])
def test_a_touch_is_no_contact(offset, seen):
    """A tangent enters and leaves at the same moment; a millimetre nearer is a stay."""
    exercise = two()
    put(exercise.units["Alpha"], 0.0, 0.0)
    put(exercise.units["Golf"], offset * NMI, 30 * NMI, 0.0, -15 * KNOT)

    assert seen == bool(told(exercise))


def test_equal_velocities_never_cross():
    """In company inside range: one contact; outside: none."""
    for away, wanted in ((11.9, 1), (12.1, 0)):
        exercise = two()
        put(exercise.units["Alpha"], 0.0, 0.0, 3.0, 4.0)
        put(exercise.units["Golf"], away * NMI, 0.0, 3.0, 4.0)

        assert wanted == len(told(exercise))


def test_each_sees_in_its_own_range():
    """A contact is the observer's: the other, blind, has none."""
    exercise = two()
    put(exercise.units["Alpha"], 0.0, 0.0)
    put(exercise.units["Golf"], NMI, 0.0)
    exercise.run()

    assert {"Alpha"} == {record.unit for record in exercise.log.of("contact")}


def test_a_record_says_where_the_target_was():
    """Its place, the range, and what caused a loss: the contact."""
    exercise = two()
    put(exercise.units["Alpha"], 0.0, 0.0)
    put(exercise.units["Golf"], 3 * NMI, 30 * NMI, 0.0, -15 * KNOT)
    log = exercise.run()
    gained, lost = [next(log.of(kind)) for kind in ("contact", "lost")]

    for record in (gained, lost):
        assert isclose(12 * NMI, record.details["range_m"], rel_tol=1e-9)
        assert isclose(12 * NMI, hypot(*record.at), rel_tol=1e-9)
    assert gained.number == lost.cause
    assert "radar" == lost.details["sensor"]


def test_a_submarine_is_for_sonars_only():
    """Neither radar nor lookout sees it; sonar hears nobody else."""
    everything = {"lookout": "{eye: 20 m, look: 0 s, chance: 100 %}",
                  "sonar": "{figure_of_merit: 80 dB, per_sea_state: 0 dB, look: 0 s, chance: 100 %}"}  # fmt: skip
    exercise = two(marks=1, platform="boat", sensors=everything)
    put(exercise.units["Alpha"], 0.0, 0.0)
    put(exercise.units["Golf"], 4000.0, 0.0)
    put(exercise.units["boat 1"], 0.0, 5800.0)
    exercise.run()

    assert [("lookout", "Golf"), ("radar", "Golf"), ("sonar", "boat 1")] == sorted(
        (record.details["sensor"], record.other) for record in exercise.log.of("contact"))  # fmt: skip


def test_looks_delay_a_contact_by_a_geometric_number():
    """REQ-SEN-07 at engine level: g = 0.08 a look every 60 s, mean wait for the first find 12.5 looks less the phase.

    400 marks that all come into range at once; 4 standard errors of sqrt(1 - g) / g looks.
    """
    exercise = two(
        marks=400, sensors={"radar": "{antenna: 1000 m, instrumented: 12 nmi, look: 60 s, chance: 8 %}"}
    )
    put(exercise.units["Alpha"], 0.0, 0.0)
    for number in range(1, 401):
        bearing = 2 * pi * number / 400
        put(
            exercise.units[f"mark {number}"],
            15 * NMI * sin(bearing),
            15 * NMI * cos(bearing),
            -3 * KNOT * sin(bearing),
            -3 * KNOT * cos(bearing),
        )
    put(exercise.units["Golf"], 100 * NMI, 0.0)
    exercise.run()
    times = np.array([record.time for record in exercise.log.of("contact")])
    first_look = times.min() - 60.0 * round((times.min() - 3600.0) // 60.0)
    looks = np.round((times - first_look) / 60.0) + 1

    assert 400 == len(times)
    assert np.allclose((times - times.min()) % 60.0 % 60.0, 0.0, atol=1e-6) or np.allclose(
        (times - times.min()) / 60.0, np.round((times - times.min()) / 60.0), atol=1e-6
    )
    assert abs(looks.mean() - 12.5) < 4 * sqrt(1 - 0.08) / 0.08 / sqrt(400)


def test_fog_takes_contacts_and_gives_them_back():
    """What the lookouts of one ship hold follows the visibility, at the hour it changes."""
    season = """{season:
  {season: own, title: Own, basis: assumed, why: test, source: [], sea_state: {persistence: 8 h, states: [{code: 2, share: 1, height: 0.3 m, wind: 4 m/s}]},
   visibility: {persistence: 2 h, states: [{name: clear, share: 0.5, range: 10 nmi}, {name: fog, share: 0.5, range: 0.5 nmi}]}}}"""
    sensors = {"radar": "", "lookout": "{eye: 20 m, look: 0 s, chance: 100 %, by_night: 10 nmi}"}
    exercise = two(sensors=sensors, environment=season.replace("\n", " "))
    put(exercise.units["Alpha"], 0.0, 0.0)
    put(exercise.units["Golf"], 5 * NMI, 0.0)
    log = exercise.run()
    weather = [(record.time, record.details["visibility_m"] > 5 * NMI) for record in log.of("weather")]
    seen = [(record.time, record.kind == "contact") for record in log.of("contact", "lost")]

    assert len(weather) > 2
    assert (weather if weather[0][1] else weather[1:]) == seen


def test_tracks_are_what_a_unit_holds_now():
    """Gained and not lost yet, at any moment of the exercise; asking changes nothing."""
    exercise = two(marks=1)
    put(exercise.units["Alpha"], 0.0, 0.0)
    put(exercise.units["Golf"], 3 * NMI, 30 * NMI, 0.0, -15 * KNOT)
    put(exercise.units["mark 1"], NMI, 0.0)
    first = [exercise.contacts.tracks(exercise.units["Alpha"])]
    for hours in (1.0, 2.0, 4.0):
        exercise.env.run(until=hours * 3600.0)
        first.append(exercise.contacts.tracks(exercise.units["Alpha"]))
    log = exercise.run()
    gained = {record.other: record.time for record in log.of("contact")}

    assert [[], ["mark 1"], ["Golf", "mark 1"], ["mark 1"]] == [
        [track.target for track in held] for held in first
    ]
    assert gained == {track.target: track.since for track in first[2]}
    assert {"radar"} == {track.sensor for track in first[2]}
    assert [] == exercise.contacts.tracks(exercise.units["Golf"])


def test_own_force_is_not_watched():
    """A unit is told where its own are; it looks for everybody else."""
    run = played(serial(1, roles="{units: {any: ship}}"))
    force = {unit: name for name, units in (("blue", ("Alpha", "Bravo", "Tug", "Kilo", "Lima")),
                                            ("red", ("Golf", "Hotel", "Tango", "Juliet", "Mike"))) for unit in units}  # fmt: skip

    assert list(run.log.of("contact"))
    assert all(force[record.unit] != force.get(record.other) for record in run.log.of("contact"))


def test_settling_more_often_changes_nothing():
    """Nor does driving the exercise in steps: the log is the same to the last bit."""
    plan = scenario(
        serial(1, roles="{units: {any: ship}, aircraft: [Kilo, Juliet]}"),
        serial(2, comex="10:00", roles="{units: {any: ship}}"),
    )
    once, often = Exercise(plan, 3), Exercise(plan, 3, tick=431.0)
    while often.running:
        often.step()
        often.contacts.settle()

    assert once.run().fingerprint() == often.log.fingerprint()
    assert len(list(once.log.of("contact", "lost", "entered", "left"))) > 20


def test_an_idle_stranger_changes_nobody_elses_contacts():
    """Looks are drawn for each pair: the others find each other when they did before."""

    def contacts(extra):
        plan = scenario(serial(1, roles="{units: {names: [Alpha, Golf, Hotel]}, aircraft: [Kilo]}"), forces=SECTIONS["forces"].replace(
            "[Golf, Hotel]", f"[Golf, Hotel{extra}]"))  # fmt: skip
        log = Exercise(plan, 3).run()
        return [
            (each.kind, each.time, each.unit, each.other)
            for each in log.of("contact", "lost")
            if "Zulu" not in (each.unit, each.other)
        ]

    assert contacts("") == contacts(", Zulu")
    assert contacts("")


def test_nothing_is_missed_that_a_step_would_see():
    """An audit by steps of the small exercise: what it sees is among the exact entries, each no later than the step's."""
    audit = Audit()
    Exercise(
        scenario(serial(1, roles="{units: {any: ship}, aircraft: [Kilo, Juliet]}")), 5, audit=audit
    ).run()
    findings = audit.stepped(1.0)

    assert ["lookout", "radar"] == [each.sensor for each in findings]
    assert [0, 0] == [each.unforeseen for each in findings]
    assert all(each.entries > 0 and each.latest <= 1.0 for each in findings)


WIDTH = 10.0  # nmi across which tracks are laid, more than the sweep width
MARKS = 400


@pytest.mark.parametrize(("step_nmi", "wanted"), [(4, 7.652892), (1, 7.979118), (10, 5.026548)])
def test_srch_13_what_steps_miss(step_nmi, wanted):
    """REQ-SRCH-13 at engine level: definite range 4 nmi, 1,600 tracks at even distances, steps at random phases.

    The exact width to half a track's distance; the stepped one within 4 standard errors of its binomial count.
    """
    exact = stepped = 0
    rng = np.random.default_rng(13)
    speed = 20 * KNOT
    for part in range(4):
        audit = Audit()
        plan = scenario(
            forces=forces(MARKS),
            platforms=platforms(radar=DEFINITE.replace("12 nmi", "4 nmi")),
            bases=None,
            areas=None,
        )
        exercise = Exercise(plan, part, audit=audit)
        put(exercise.units["Alpha"], 0.0, 0.0)
        put(exercise.units["Golf"], 100 * NMI, 0.0)
        for number in range(MARKS):
            across = WIDTH * ((number * 4 + part + 0.5) / (4 * MARKS) - 0.5)
            put(
                exercise.units[f"mark {number + 1}"],
                across * NMI,
                (20 + 20 * rng.random()) * NMI,
                0.0,
                -speed,
            )
        exercise.run()
        finding = audit.stepped(step_nmi * NMI / speed)[0]
        exact += finding.entries
        stepped += finding.entries - finding.missed
    tracks = 4 * MARKS
    share = wanted / WIDTH

    assert abs(8.0 - WIDTH * exact / tracks) <= WIDTH / tracks
    assert abs(share - stepped / tracks) <= 4 * sqrt(share * (1 - share) / tracks)


def test_air_03_zone_crossing():
    """REQ-AIR-03 at engine level: a box of 200 by 120 km, from (-50, 20) km on 075 at 9 km/min."""
    exercise = two(areas="{zone: {box: [40-00N 134-00E, 41-04.836N 136-22.7E], uses: [zone]}}")
    (west, south), (east, north) = exercise.areas["zone"].points[0], exercise.areas["zone"].points[2]
    speed, course = 150.0, radians(75.0)
    put(exercise.units["Golf"], 500e3, 500e3)
    put(exercise.units["Alpha"], west - 50e3, south + 20e3, speed * sin(course), speed * cos(course))
    log = exercise.run()
    entered, left = [
        next(each for each in log.of(kind) if each.unit == "Alpha") for kind in ("entered", "left")
    ]

    assert isclose(5.75153433561 * 60, entered.time, rel_tol=1e-9)
    assert isclose((east - west + 50e3) / (speed * sin(course)), left.time, rel_tol=1e-9)
    assert isclose(28.7576716781 * 60, left.time, rel_tol=5e-3)  # the box in degrees is not quite 200 km wide
    assert isclose(east, left.at[0])
    assert "zone" == entered.details["area"]
    assert entered.number == left.cause
    assert north > left.at[1]


def test_a_concave_area_is_entered_as_often_as_it_is():
    """A track across a horseshoe: in, out, in, out, at exact times; one that starts inside is said so."""
    corners = "[40-00N 134-00E, 40-00N 134-30E, 40-20N 134-30E, 40-20N 134-20E, 40-10N 134-20E, 40-10N 134-10E, 40-20N 134-10E, 40-20N 134-00E]"
    exercise = two(areas=f"{{shoe: {{corners: {corners}}}}}")
    put(exercise.units["Golf"], 5e3, 5e3)
    put(exercise.units["Alpha"], -20e3, 28e3, 10.0, 0.0)
    log = exercise.run()
    rows = [
        (record.kind, record.details.get("initial"))
        for record in log.of("entered", "left")
        if record.unit == "Alpha"
    ]

    assert [("entered", 0), ("left", None)] * 2 == rows
    assert [1] == [record.details["initial"] for record in log.of("entered") if record.unit == "Golf"]
    for record in log.of("entered", "left"):
        if record.unit == "Alpha":
            shape, (x, y) = exercise.areas["shoe"], record.at
            assert shape.contains(x, y)
            assert not (shape.contains(x - 1.0, y) and shape.contains(x + 1.0, y))


def test_many_legs_are_settled_on_the_way(monkeypatch):
    """Memory stays small in a long exercise; the records are the same."""
    monkeypatch.setattr("sim.contacts.MANY_LEGS", 10)
    plan = scenario(serial(1, roles="{units: {any: ship}}"))
    few = Exercise(plan, 3).run().fingerprint()
    monkeypatch.undo()

    assert few == Exercise(plan, 3).run().fingerprint()


@pytest.mark.skipif(find_spec("numba") is None, reason="needs the extra `compiled`")
@pytest.mark.parametrize("name", ["gunnery_day", "small"])
def test_compiled_or_not_makes_no_difference(name, monkeypatch):
    """A whole exercise has the same fingerprint with the compiled kernels and without."""
    small = scenario(serial(1, roles="{units: {any: ship}, aircraft: [Kilo, Juliet]}"))
    plan = read(name) if name != "small" else small
    found = []
    for switch in ("0", "1"):
        monkeypatch.setenv(VARIABLE, switch)
        log = Exercise(plan, 7).run()
        found.append(log.fingerprint())

    assert found[0] == found[1]
    assert list(log.of("contact"))


def test_who_vanishes_as_it_is_settled_is_lost_in_the_next():
    """Settled at that very moment or only at the end: the same log."""
    logs = []
    for often in (False, True):
        exercise = two()
        put(exercise.units["Alpha"], 0.0, 0.0)
        put(exercise.units["Golf"], 3 * NMI, 0.0)
        exercise.env.run(until=600.0)
        golf = exercise.units["Golf"]
        exercise.contacts.vanish(golf.presence)
        for until in (900.0, 1500.0) if often else ():
            exercise.contacts.settle()
            exercise.env.run(until=until)
        logs.append(exercise.run())

    assert logs[0].fingerprint() == logs[1].fingerprint()
    assert [600.0] == [record.time for record in logs[1].of("lost")]


@pytest.mark.parametrize("often", [(), (1200.0, 1800.0, 2400.0, 2500.0)])
def test_a_silent_ship_sees_nothing_by_radar(often):
    """Off at 20 minutes, on at 40: the contact is lost and gained at those moments, how often it settles or not."""
    exercise = two(ends="2023-07-20 07:00 +08:00")
    alpha, golf = (exercise.units[name] for name in ("Alpha", "Golf"))
    put(alpha, 0.0, 0.0)
    put(golf, 5 * NMI, 0.0)

    def control():
        for seconds, on in ((1200.0, False), (1200.0, True)):
            yield exercise.env.timeout(seconds)
            alpha.radiates = on

    def settling():
        for time in often:
            yield exercise.env.timeout(time - exercise.env.now)
            exercise.contacts.settle()

    exercise.env.process(control())
    exercise.env.process(settling())
    log = exercise.run()
    found = [(record.kind, record.time) for record in log.of("contact", "lost")
             if (record.unit, record.other, record.details["sensor"]) == ("Alpha", "Golf", "radar")]  # fmt: skip

    assert [("contact", 0.0), ("lost", 1200.0), ("contact", 2400.0)] == found


def test_silence_takes_nothing_from_the_lookout_nor_from_others():
    """Only what radiates is silent: eyes see on, and a silent ship is seen as before."""
    exercise = two(sensors={"lookout": "{look: 0 s, chance: 100 %}"})
    alpha, golf = (exercise.units[name] for name in ("Alpha", "Golf"))
    put(alpha, 0.0, 0.0)
    put(golf, 3 * NMI, 0.0)
    alpha.radiates = golf.radiates = False
    log = exercise.run()

    assert {"lookout"} == {record.details["sensor"] for record in log.of("contact") if record.unit == "Alpha"}
