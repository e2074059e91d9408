"""The exercise: one clock, one log, whoever drives it."""

import ast
import gc
import os
import subprocess
import sys
import weakref
from pathlib import Path

import mesa
import pytest
from small_exercise import MAIN, PLATFORMS, SECTIONS, living, played, scenario, serial
from test_floors import FLOORS, HOUSE, PROGRAMME

import sim
from sim.errors import RunError
from sim.exercise import Exercise
from sim.log import Log
from sim.scenario.read import read_tree
from sim.scenario.tree import plant
from sim.setting import Bell, when
from sim.units.aircraft import Aircraft
from sim.units.ship import Ship

ROOT = Path(sim.__file__).parent.parent
PLAN = (
    serial(1, roles="{units: {any: frigate}, aircraft: [Kilo]}"),
    serial(2, "surface-gunnery", comex="10:00", area="range", roles="{firing: [Alpha, Golf], towing: Tug}"),
    serial(
        3, "replenishment", comex="13:00", duration="3 h", roles="{tanker: Tango, customers: [Alpha, Bravo]}"
    ),
)
TRAFFIC = "{fishing: {platform: fishing-boat, density: 20 per 1000 nmi2, heed: 50 %, answer: 6 min}}"
WEATHER = "{season: sea-of-japan-july}"


def test_the_same_seed_gives_the_same_log():
    """Seed and replication fix every draw; another of either gives another exercise."""
    one = played(*PLAN, traffic=TRAFFIC, environment=WEATHER, seed=5)

    assert one.fingerprint == played(*PLAN, traffic=TRAFFIC, environment=WEATHER, seed=5).fingerprint
    assert one.fingerprint != played(*PLAN, traffic=TRAFFIC, environment=WEATHER, seed=6).fingerprint
    assert (
        one.fingerprint
        != played(*PLAN, traffic=TRAFFIC, environment=WEATHER, seed=5, replication=1).fingerprint
    )


@pytest.mark.parametrize("tick", [60.0, 600.0, 7.3, 1e6])
def test_steps_give_the_log_of_a_run(tick):
    """Whatever the tick, and whether or not it divides the length."""
    plan = scenario(*PLAN, traffic=TRAFFIC, environment=WEATHER)
    exercise = Exercise(plan, 3, tick=tick)
    while exercise.running:
        exercise.step()

    assert Exercise(plan, 3).run().fingerprint() == exercise.log.fingerprint()
    assert plan.length == exercise.env.now
    exercise.step()  # once over it stays over
    assert plan.length == exercise.env.now


@pytest.mark.parametrize("tick", [600.0, 3600.0])
def test_steps_give_the_log_of_a_run_in_the_main_scenario(main_plan, tick):
    """Four days in steps are four days."""
    exercise = Exercise(main_plan, 1, tick=tick)
    while exercise.running:
        exercise.step()

    assert Exercise(main_plan, 1).run().fingerprint() == exercise.log.fingerprint()


def test_events_at_one_time_keep_their_order():
    """REQ-STA-15: of 1,000 processes that wait for one moment the first to wait is the first to go on."""
    exercise, order = living(*PLAN), []

    def wait(number):
        yield exercise.env.timeout(100.0)
        order.append(number)

    for number in range(1000):
        exercise.env.process(wait(number))
    exercise.run()

    assert list(range(1000)) == order


def test_ticks_do_not_add_up_their_roundings():
    """REQ-STA-15: 36,000 ticks of 0.1 s end at 3,600 s exactly."""
    exercise = living(begins="2023-07-20 06:00 +08:00", ends="2023-07-20 08:00 +08:00")
    exercise.tick = 0.1
    for _ in range(36_000):
        exercise.step()

    assert 3600.0 == exercise.env.now


@pytest.mark.parametrize(
    ("now", "time"), [(0.1, 0.3), (3.7, 27_000.1), (91_224.123, 302_400.7), (5.0, 4.0), (5.0, 5.0)]
)
def test_when_strikes_to_the_last_bit(now, time):
    """A moment is the same from wherever it is waited for; one that has passed is now."""
    env = living().env
    env.run(until=now)
    env.run(until=when(env, time))

    assert max(now, time) == env.now


def test_nobody_hears_a_bell_twice():
    """Whoever waits is woken once by each ring; a ring nobody waits for is lost."""
    env = living().env
    bell, heard = Bell(env), []

    def listen():
        while True:
            yield bell.rung
            heard.append(env.now)

    def ring():
        bell.ring()
        yield env.timeout(1.0)
        bell.ring()
        bell.ring()
        yield env.timeout(1.0)
        bell.ring()

    env.process(ring())
    env.process(listen())
    env.run(until=5.0)

    assert [1.0, 2.0] == heard


def test_mesa_sees_the_agents():
    """Units, staffs and the conductor are Mesa agents; those passing by come and go."""
    exercise = living(*PLAN)

    assert list(exercise.units.values()) == [unit for unit in exercise.agents if getattr(unit, "name", None)]
    assert ["Alpha", "Bravo", "Tug", "Golf", "Hotel", "Tango"] == [
        ship.name for ship in exercise.agents_by_type[Ship]
    ]
    assert 2 == len(exercise.agents_by_type[Aircraft])
    before = len(exercise.agents)
    exercise.run()
    assert before == len(exercise.agents)  # targets are gone again


def test_a_mesa_data_collector_works():
    """Model and agent reporters are asked at each step."""
    exercise = living(*PLAN)
    collector = mesa.DataCollector(
        model_reporters={"fuel": lambda model: sum(ship.bunkers for ship in model.agents_by_type[Ship])},
        agenttype_reporters={Ship: {"booked": "booked"}},
    )
    while exercise.running:
        exercise.step()
        collector.collect(exercise)

    fuel = collector.get_model_vars_dataframe()["fuel"]
    assert 72 == len(fuel)
    assert fuel.iloc[30] < fuel.iloc[0]
    assert {"1", "2", "3"} <= set(collector.get_agenttype_vars_dataframe(Ship)["booked"])


def test_the_model_is_freed():
    """A sweep of thousands keeps none of them."""
    exercise = living(*PLAN, traffic=TRAFFIC)
    exercise.run()
    gone = weakref.ref(exercise)
    del exercise
    gc.collect()

    assert gone() is None


def test_a_fault_inside_says_when_and_in_which_run(monkeypatch):
    """Seconds, seed and replication, and what it was: enough to play it again."""
    exercise = living(*PLAN, seed=4, replication=2)

    def breaks():
        yield exercise.env.timeout(90.0)
        raise ValueError("boom")

    exercise.env.process(breaks())
    with pytest.raises(RunError, match=r"90 s .*seed 4, replication 2.*ValueError: boom"):
        exercise.run()


HASHES = """
import sim
from sim.exercise import Exercise
plan = sim.load({path!r})
print(sim.run(plan, 2).fingerprint)
"""


def test_hash_seeds_change_nothing():
    """The order of sets and dicts of strings reaches neither a draw nor a record."""
    found = set()
    for value in ("0", "1", "random"):
        environment = os.environ | {"PYTHONHASHSEED": value, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", HASHES.format(path=str(MAIN))], env=environment, check=True,
                              capture_output=True, text=True)  # fmt: skip
        found.add(done.stdout)

    assert 1 == len(found)


def test_floats_are_summed_alike_on_every_python():
    """From Python 3.12 on `sum` rounds floats otherwise than before: on the way to a record it is `fsum`."""
    core = [path for floor, _, modules, _ in FLOORS if floor <= PROGRAMME for each in modules.split()
            for path in ([*(HOUSE / each).glob("*.py")] if each.endswith("/") else [HOUSE / f"{each}.py"])]  # fmt: skip
    shown = {
        "board.py",
        "sheets.py",
        "chart.py",
    }  # whole numbers; shares that are to add up to one, near enough
    assert len(core) > 100
    for path in core:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
                assert path.name in shown, f"{path.name}:{node.lineno}: sum"


IDLER = """
      - {platform: idler, names: [Idler]}"""
RESTLESS = "  idler: {like: sea-tug, equipment: {propulsion: {mtbf: 40 min, mttr: 7 min}}}\n"


def others(log, name):
    """All records but those of one unit, causes counted among those kept."""
    kept, found = {}, []
    for record in log:
        if name in (record.unit, record.other) or record.kind == "passed-at":  # she may be whom they passed
            continue
        kept[record.number] = len(found)
        cause = None if record.cause is None else kept[record.cause]
        found.append((record.time, record.kind, record.serial, record.unit, record.other, record.at, cause,
                      repr(record.details)))  # fmt: skip
    return found


@pytest.mark.parametrize("seed", range(4))
def test_an_idle_ship_changes_nobody_else(seed):
    """A unit in no role that breaks down all day leaves every record of all others as it was, to the last bit."""
    changes = {"traffic": TRAFFIC, "environment": WEATHER, "platforms": "\n" + PLATFORMS + RESTLESS}
    plan = (PLAN[0].replace("any: frigate", "any: warship"), *PLAN[1:])
    with_her = SECTIONS["forces"].replace("[Tug]}", "[Tug]}" + IDLER)

    alone = played(*plan, seed=seed, **changes)
    together = played(*plan, seed=seed, forces=with_her, **changes)

    assert len(alone.log) < len(together.log)
    assert others(alone.log, "Idler") == others(together.log, "Idler")


@pytest.mark.parametrize("seed", range(6))
def test_an_idle_ship_changes_nobody_else_in_the_main_scenario(seed):
    """Four days, the same to the last bit. Without rules of safety: she would be in the way."""
    rules = "least_cpa: 0 m (0 .. 1 m), danger_area: 0 m (0 .. 1 m), danger_arc: 0 deg (0 .. 1 deg), aircraft_clear: 0 m (0 .. 1 m)"
    unsafe = f"\nsafety: {{{rules}, why: None.}}\n"
    text = MAIN.read_text(encoding="utf-8") + unsafe
    sheet = "\nplatforms:\n" + RESTLESS.replace("40 min", "40 min (30 .. 50 min)").replace(
        "7 min", "7 min (5 .. 9 min)"
    ).replace("}}}", "}}, why: Restless.}")
    entry = "      - platform: idler\n        names: [Idler]\n        count: 1 (0 .. 1)\n        why: She waits.\n"
    more = text.replace("but: [Sea tug", "but: [Sea tug, Idler")
    more = more.replace("      - platform: ka-27\n", entry + "      - platform: ka-27\n", 1)

    alone = Exercise(read_tree(plant(text, "main.yaml"), MAIN.parent), seed).run()
    together = Exercise(read_tree(plant(more + sheet, "main.yaml"), MAIN.parent), seed).run()

    assert len(alone) < len(together)
    assert others(alone, "Idler") == others(together, "Idler")


def test_an_exercise_without_serials_passes():
    """Only time goes by: it begins, it ends."""
    log = living().run()

    assert isinstance(log, Log)
    assert "startex" == log[0].kind
    assert "endex" == log[len(log) - 1].kind
