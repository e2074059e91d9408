"""What every drill on the shelf must do, asked of its lesson: play, end whenever it is told to, leave nothing behind."""

import gc
import os
from dataclasses import replace
from math import hypot
from pathlib import Path

import pytest
import simpy
from invariants import check

from sim import shelves
from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.runs import play
from sim.scenario.read import read, read_tree
from sim.scenario.schema import Serial
from sim.scenario.tree import plant
from sim.setting import RESERVE
from sim.units.aircraft import Aircraft
from sim.units.ship import Ship
from sim.units.target import Target

LESSONS = Path(__file__).parents[2] / "scenarios" / "lessons"
DRILLS = shelves.names("drills")


def lesson(drill):
    """Its scenario."""
    return LESSONS / f"{drill.replace('-', '_')}.yaml"


def fog(exercise):
    """Dense fog from now on."""
    exercise.weather._sight = [10.0] * len(exercise.weather._sight)
    exercise.weather.visibility = 10.0
    exercise.news.ring()


def cripple(live):
    """No ship of the serial can move any more."""
    for ship in live.ships():
        ship.down["propulsion"] = live.last
        ship.stop(live.last)
        ship.tell()
    live.exercise.news.ring()


CHANGES = {
    "finex": lambda live: setattr(live, "finex_due", live.now + 1.0),
    "fog": lambda live: fog(live.exercise),
    "casualty": cripple,
}


def left_behind(exercise):
    """What a serial that is over must not leave."""
    found = [f"process of {live.number}" for live in exercise.conductor.serials.values()
             for process in live._processes if process.is_alive]  # fmt: skip
    found += [f"hold of {live.number}" for live in exercise.conductor.serials.values() if live.holds]
    found += [f"vigil of {live.number}" for live in exercise.conductor.serials.values() if live._vigils]
    found += [f"{unit.name} booked" for unit in exercise.units.values() if unit.booked is not None]
    found += [f"{unit.name} watched" for unit in exercise.units.values() if unit.watchers]
    found += [f"{unit.name} silent" for unit in exercise.units.values() if not unit.radiates]
    found += [f"target {agent.name}" for agent in exercise.agents if isinstance(agent, Target)]
    return found


@pytest.mark.parametrize("drill", DRILLS)
def test_it_has_a_lesson_that_uses_it(drill):
    assert drill in {serial.drill for serial in read(lesson(drill)).serials}


@pytest.mark.parametrize("drill", DRILLS)
def test_its_parameters_do_not_hide_what_every_serial_says(drill):
    """A key of that name would be read twice, as both."""
    own = set(shelves.kind("drills", drill).Parameters.model_fields) - set(Serial.model_fields)
    declared = set(shelves.kind("drills", drill).Parameters.model_fields) - {
        "basis",
        "why",
        "source",
        "facts",
    }
    assert own == declared


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("drill", DRILLS)
def test_its_lesson_keeps_the_books(drill, seed):
    exercise = Exercise(read(lesson(drill)), seed)
    exercise.run()
    check(exercise)
    assert left_behind(exercise) == []


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("drill", DRILLS)
def test_broken_off_in_the_middle_it_leaves_nothing(drill, change):
    """FINEX, fog that does not lift and a casualty of every ship, at three moments after COMEX."""
    for after in (60.0, 1200.0, 2700.0):
        exercise = Exercise(read(lesson(drill)), 3)
        live = exercise.conductor.serials["1"]
        while live.comex is None and live.result is None:
            exercise.env.step()
        exercise.env.run(until=exercise.env.now + after)
        if live.result is None:
            CHANGES[change](live)
        exercise.run()
        assert live.result is not None
        assert left_behind(exercise) == []


def flies(drill):
    """Whether aircraft are in its lesson."""
    plan = read(lesson(drill))
    groups = [group for force in plan.forces.values() for group in force.units]
    return any(plan.platforms[group.platform].family in ("aircraft", "helicopter") for group in groups)


@pytest.mark.parametrize("drill", [drill for drill in DRILLS if flies(drill)])
def test_short_of_fuel_its_aircraft_go_home_and_nobody_orders_them_about(drill):
    """They come off task after so long, whatever they are at, and every leg from then on is flown because of that."""
    recalled = 0
    for seed, spare in enumerate((120.0, 600.0, 600.0, 1500.0, 1500.0, 2400.0) * 2):
        exercise = Exercise(read(lesson(drill)), seed)
        middle = exercise.conductor.serials["1"].centre
        for unit in exercise.units.values():
            if isinstance(unit, Aircraft) and unit.platform.endurance is not None:
                way = 2.0 * unit.distance_to(middle) / unit.cruise_speed
                short = replace(unit.platform.endurance, value=way + RESERVE + spare)
                unit.platform = unit.platform.model_copy(update={"endurance": short})
        exercise.run()
        check(exercise)
        assert left_behind(exercise) == []
        going = {}
        for record in exercise.log.of("off-task", "leg", "landed"):
            if record.kind == "off-task":
                going[record.unit] = record.number
                recalled += 1
            elif record.kind == "landed":
                going.pop(record.unit, None)
            elif record.unit in going and hypot(record.details["vx_m_per_s"], record.details["vy_m_per_s"]):
                assert record.cause == going[record.unit], record
    assert recalled


def under_way(exercise):
    """The drills' own generators of an exercise that still wait for something, by their names."""
    processes = (each for each in gc.get_objects() if type(each) is simpy.Process)
    codes = (each._generator.gi_code for each in processes if each.env is exercise.env and each.is_alive)
    inner = [code for code in codes if f"{os.sep}sim{os.sep}" in code.co_filename]
    return [
        code.co_name
        for code in inner
        if f"{os.sep}drills{os.sep}" in code.co_filename or code.co_name == "_until_interrupted"
    ]


@pytest.mark.parametrize("drill", DRILLS)
def test_a_minute_after_its_end_none_of_its_processes_waits(drill):
    """Also none that it did not begin by `serial.start`, and none that waits for what never comes."""
    exercise = Exercise(read(lesson(drill)), 3)
    live = exercise.conductor.serials["1"]
    while live.comex is None and live.result is None:
        exercise.env.step()
    exercise.env.run(until=exercise.env.now + 1200.0)
    if live.result is None:
        assert under_way(exercise)
        live.finex_due = exercise.env.now + 1.0
        exercise.news.ring()
    exercise.env.run(until=exercise.env.now + 60.0)
    assert live.result is not None
    assert under_way(exercise) == []
    exercise.forget()


@pytest.mark.parametrize("drill", DRILLS)
def test_cancelled_while_its_units_come_it_leaves_nothing(drill):
    """No ship can move any more ten minutes before COMEX, and whoever could take her place neither."""
    exercise = Exercise(read(lesson(drill)), 3)
    live = exercise.conductor.serials["1"]
    exercise.env.run(until=live.plan.comex.value - 600.0)
    for unit in exercise.units.values():
        if isinstance(unit, Ship):
            unit.down["propulsion"] = live.last
            unit.stop(live.last)
            unit.tell()
    exercise.news.ring()
    exercise.run()
    roles = shelves.kind("drills", drill).roles.values()
    if any(not role.optional and role.family == ("ship",) for role in roles):
        assert live.result == "cancelled"
    assert live.result is not None
    assert left_behind(exercise) == []


@pytest.mark.parametrize("drill", DRILLS)
def test_the_same_seed_gives_the_same_log(drill):
    plan = read(lesson(drill))
    assert play(plan, 5).fingerprint == play(plan, 5).fingerprint


@pytest.mark.parametrize("drill", DRILLS)
def test_its_technical_measure_is_a_share(drill):
    found = shelves.module("measures", "technical").measure(play(read(lesson(drill)), 4))
    assert found
    assert all(0.0 <= value <= 1.0 for value in found.values())


EVERY = {
    "lateness",
    "score",
    "technical",
    "check-fires",
    "least-cpa",
    "finish-lateness",
    "slack",
    "criticality",
}  # measures of any serial, whatever its drill


@pytest.mark.parametrize("drill", DRILLS)
def test_it_names_the_measures_that_read_what_it_records(drill):
    """All that say something of a run of its lesson; so `navdrill show` lists them."""
    run, kind = play(read(lesson(drill)), 4), shelves.kind("drills", drill)
    mine = {serial.serial for serial in run.plan.serials if serial.drill == drill}
    modules = {name: shelves.module("measures", name) for name in shelves.names("measures")}
    given = {
        name for name, module in modules.items() if module.OF == "serial" and mine & set(module.measure(run))
    }
    assert given - EVERY - {kind.technical} <= set(kind.measures)
    assert list(kind.faults()) == []


@pytest.mark.parametrize("drill", DRILLS)
def test_roles_nobody_can_take_are_refused_at_their_line(drill):
    """Each role that must be filled, given to a unit of the wrong kind."""
    text = lesson(drill).read_text(encoding="utf-8")
    roles = shelves.kind("drills", drill).roles
    role = next(name for name, each in roles.items() if not each.optional)
    line = next(
        number for number, each in enumerate(text.splitlines(), 1) if each.strip().startswith(f"{role}:")
    )
    broken = "\n".join(
        f"      {role}: Nobody" if number == line else each
        for number, each in enumerate(text.splitlines(), 1)
    )
    with pytest.raises(ScenarioError) as told:
        read_tree(plant(broken, "broken.yaml"), LESSONS)
    assert f"broken.yaml:{line}:" in str(told.value)


BAD = [
    ("mine-disposal", "spacing: 5 nmi (4 .. 6 nmi)", "do not fit the sector"),
    ("small-craft-defence", "run_in: 4 km (3 .. 4.5 km)", "within the range of the main guns"),
    ("air-defence", "begins: 10 km (9 .. 11 km)", "within the range of the simulated missiles"),
    ("anchorage-defence", "protected: 4 nmi (3 .. 5 nmi)", "inside the waters they protect"),
    ("convoy-escort", "begins: 2 nmi (1 .. 3 nmi)", "inside the screen"),
    ("asw-search", "run: 3 kn (2 .. 4 kn)", "slower than she is quiet"),
    ("search-and-rescue", "spacing: 20 nmi (15 .. 25 nmi)", "leaves where anybody can be"),
    ("intruder-expulsion", "steps: [call, ramming]", "'ramming' is no step"),
    ("photo-formation", "formation: circle", "diamond"),
    ("night-passage", "lapses: 3", "/h"),
    ("helicopter-operations", "wave_off: 140 %", "100 %"),
    ("coastal-strike", "missile_speed: 280", "kn"),
    ("boarding", "boat: canoe", "canoe"),
    ("ceremony", "abeam: -3 yd", "more than 0"),
    ("air-patrol-cover", "on_station: 0", "at least 1"),
    ("asw-prosecution", "attack_succeeds: 2", "100 %"),
    ("air-patrol", "late_join: 5 (1 .. 5)", "counted from 0"),
    ("scramble", "against: [nobody]", "no force is called"),
    ("sea-patrol", "take_fuel_at: 90 % (80 .. 95 %)", "lies between"),
    ("shadowing", "against: [nobody]", "no force is called"),
]


@pytest.mark.parametrize(("drill", "said", "told"), BAD, ids=[drill for drill, _, _ in BAD])
def test_bad_parameters_are_refused_at_their_line(drill, said, told):
    """Whatever the lesson says for that key is replaced; the fault is told with its line and what is wanted."""
    key = said.partition(":")[0]
    lines = [
        each
        for each in lesson(drill).read_text(encoding="utf-8").splitlines()
        if not each.startswith(f"    {key}:")
    ]
    place = next(number for number, each in enumerate(lines) if each.startswith("    late:"))
    lines.insert(place, f"    {said}")
    with pytest.raises(ScenarioError) as found:
        read_tree(plant("\n".join(lines), "broken.yaml"), LESSONS)
    assert f"broken.yaml:{place + 1}:" in str(found.value)
    assert told in str(found.value)
