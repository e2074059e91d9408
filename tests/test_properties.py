"""What must hold in every exercise holds in many: over seeds, and over plans changed a little."""

from functools import cache

import invariants
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_exercise import MAIN, PLATFORMS, scenario, serial

from sim.exercise import Exercise
from sim.scenario.read import read, read_tree
from sim.scenario.tree import plant

GUNNERY_DAY = MAIN.parent / "gunnery_day.yaml"
SEEDS = st.integers(0, 2**31)


def often(examples):
    """So many examples, however long each takes; the same ones in every run."""
    return settings(max_examples=examples, deadline=None, derandomize=True, database=None,
                    suppress_health_check=[HealthCheck.too_slow])  # fmt: skip


SHAKY = "{mtbf: 8 h, mttr: 40 min}"
CROWDED = PLATFORMS.replace("{mtbf: 1e9 h, mttr: 1 h}", SHAKY).replace("serviceability: 100 %", "serviceability: 70 %").replace(
    "chance: 0 %", "chance: 30 %"
)  # fmt: skip
TRADES = """
  fishing: {{platform: fishing-boat, density: {density} per 1000 nmi2, heed: {heed} %, answer: 6 min}}
  passage:
    platform: merchant-ship
    heed: {heed} %
    answer: 4 min
    lane: {{along: [39-30N 133-20E, 40-02N 134-00E, 40-10N 134-40E], width: 6 nmi, rate: {density} per day, speed: {{low: 9 kn, mode: 12 kn, high: 15 kn}}}}
  packet:
    platform: ferry
    heed: {heed} %
    answer: 4 min
    ferry: {{ends: [40-40N 134-05E, 39-40N 133-55E], departs: 20 Jul 07:00, every: 150 min}}
  squid:
    platform: fishing-boat
    heed: {heed} %
    answer: {{low: 5 min, mode: 15 min, high: 40 min}}
    fleet: {{ground: other, boats: {density}, size: {{low: 2, mode: 5, high: 9}}, radius: 3 nmi, leg: {{low: 20 min, mode: 1 h, high: 2 h}}, working: {{low: 0 kn, mode: 1 kn, high: 3 kn}}, shift: 20 %, night: 30 %}}
"""


def busy(hold, then, gap):
    """Nine serials of every drill in twelve hours that compete for four frigates, two areas and one set of targets."""
    late = f"{{hold: {hold} min, then: {then}}}"
    again = "[{comex: 20 Jul 16:30}, {area: other}]" if then == "alternate" else "[]"
    length = "{low: 30 min, mode: 50 min, high: 2.5 h}"
    shoot = {
        "duration": length,
        "area": "range",
        "late": late,
        "alternates": again,
        "resources": "{target-set: 1}",
    }

    def at(number):
        minutes = 8 * 60 + 30 + gap * number
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    return (
        serial(1, comex=at(0), duration=length, roles="{units: {any: frigate, least: 2}, aircraft: {any: helicopter, least: 1}}",
               late=late, alternates=again),
        serial(2, "surface-gunnery", comex=at(1), roles="{firing: {any: frigate, least: 2}, towing: Tug, spotter: {any: copter}}",
               priority="essential", **shoot),
        serial(3, "air-gunnery", comex=at(2), roles="{firing: [Golf, Hotel]}", **shoot),
        serial(4, "coastal-gunnery", comex=at(3), roles="{firing: [Bravo], spotter: {names: [Kilo, Lima, Hotel], least: 1, most: 1}}",
               **shoot),
        serial(5, "communications", comex=at(3), duration="50 min", area=None, late=late, alternates=again,
               roles="{ships: {any: ship, least: 3}}", after="[2]"),
        serial(6, "formation-manoeuvres", comex=at(4), duration=length, late=late, alternates=again, roles="{guide: Golf, ships: {any: frigate, but: [Golf], least: 2}}"),
        serial(7, "replenishment", comex=at(5), duration="2 h", late=late, alternates=again,
               roles="{tanker: Tango, customers: {any: frigate, least: 1, most: 3}}"),
        serial(8, comex=at(6), duration="50 min", area="other", roles="{units: [Alpha], aircraft: {names: [Juliet, Mike], least: 1}}", late=late, alternates=again,
               requires="[1]", priority="optional", limits="{visibility: 3 nmi, daylight: required}"),
        serial(9, comex="16:55", roles="{units: {any: warship, least: 2}}", late=late,
               alternates="[{area: other}]"),
    )  # fmt: skip


@cache
def crowded(hold, then, gap, density, heed):
    """The crowded day, read once."""
    return scenario(*busy(hold, then, gap), environment="{season: sea-of-japan-july}", platforms="\n" + CROWDED,
                    traffic=TRADES.format(density=density, heed=heed), resources="{target-set: 1}")  # fmt: skip


@often(60)
@given(seed=SEEDS, hold=st.sampled_from([0, 20, 45, 90]), then=st.sampled_from(["skip", "shorten", "alternate"]),
       gap=st.sampled_from([50, 60, 75]), density=st.sampled_from([0, 15, 60]), heed=st.sampled_from([0, 70]))  # fmt: skip
def test_a_crowded_day_keeps_the_books(seed, hold, then, gap, density, heed):
    """Nine serials, shaky equipment, July weather and passing traffic: every invariant holds."""
    exercise = Exercise(crowded(hold, then, gap, density, heed), seed)
    exercise.run()

    invariants.check(exercise)


@often(25)
@given(
    seed=SEEDS,
    density=st.sampled_from([0, 1, 20]),
    sea=st.integers(0, 6),
    ends=st.sampled_from(["10:20", "12:05", "14:00"]),
)
def test_a_gunnery_day_keeps_the_books(seed, density, sea, ends):
    """Any traffic, any sea, cut short or not."""
    text = GUNNERY_DAY.read_text(encoding="utf-8")
    changed = text.replace("density: 1 per", f"density: {density} per").replace(
        "(0.5 .. 2 per 1000 nmi2)", "(0 .. 20 per 1000 nmi2)"
    )
    changed = changed.replace(
        "season: sea-of-japan-july", f"season: sea-of-japan-july\n  sea_state: {sea} (0 .. 9)"
    )
    exercise = Exercise(read_tree(plant(changed, "day.yaml"), GUNNERY_DAY.parent), seed)
    if ends != "14:00":
        exercise.plan = exercise.plan.model_copy(
            update={"ends": exercise.plan.ends.replace(hour=int(ends[:2]), minute=int(ends[3:]))}
        )
        exercise = Exercise(exercise.plan, seed)
    exercise.run()

    invariants.check(exercise)


@pytest.mark.parametrize("seed", range(2))
def test_the_crowded_sea_keeps_the_books(seed):
    """Five serials among a thousand ships on lanes, ferries and in fleets."""
    exercise = Exercise(read("crowded_sea"), seed)
    exercise.run()

    invariants.check(exercise)


@pytest.mark.parametrize("seed", range(12))
def test_the_main_scenario_keeps_the_books(main_plan, seed):
    """Four days, twenty-one serials."""
    exercise = Exercise(main_plan, seed)
    exercise.run()

    invariants.check(exercise)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 900, 50))
def test_the_main_scenario_keeps_the_books_over_many_seeds(main_plan, first):
    """Fifty replications at a time."""
    for seed in range(first, first + 50):
        exercise = Exercise(main_plan, seed)
        exercise.run()
        invariants.check(exercise)


@pytest.mark.slow
@often(800)
@given(seed=SEEDS, hold=st.sampled_from([0, 5, 20, 40, 60, 120]), then=st.sampled_from(["skip", "shorten", "alternate"]),
       gap=st.sampled_from([50, 55, 65, 75]), density=st.sampled_from([0, 5, 50, 100]), heed=st.sampled_from([0, 50]))  # fmt: skip
def test_many_crowded_days_keep_the_books(seed, hold, then, gap, density, heed):
    """The crowded day over a wide range of plans."""
    test_a_crowded_day_keeps_the_books.hypothesis.inner_test(seed, hold, then, gap, density, heed)


def test_reading_is_not_playing():
    """A plan is played again and again and stays what it was."""
    plan = read(GUNNERY_DAY)
    before = plan.digest
    first, second = Exercise(plan, 1).run(), Exercise(plan, 1).run()

    assert before == plan.digest
    assert first.fingerprint() == second.fingerprint()
