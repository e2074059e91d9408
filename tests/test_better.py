"""Better is never worse: means of measures under common random numbers, for each drill in at least one way."""

import pytest
from lessons import means

from sim import shelves

# A lesson, what is said in it, from worse to better, and the measure that must not fall, or must not rise (-1). The reach of shots is not
# among them: what a ship has ready limits her before that does, and earlier shots are not better ones.
BETTER = [
    ("air_defence", "single_shot: {} %", (40, 60, 80), "raiders-stopped", 1),
    ("anchorage_defence", "guard_speed: {} kn", (12, 18, 25), "raiders-stopped", 1),
    ("small_craft_defence", "aim_error: {} mrad", (12, 6, 2), "boats-stopped", 1),
    ("convoy_escort", "met_at: {} m", (300, 1000, 2000), "raiders-stopped", 1),
    ("mine_disposal", "aim_error: {} mrad", (12, 6, 2), "shots-fired", -1),
    ("search_and_rescue", "target: {}", ("person-in-water", "life-raft"), "survivors-recovered", 1),
    ("asw_search", "sea_state: {}", (5, 3, 1), "submarines-found", 1),
    ("helicopter_operations", "sea_state: {}", (4, 3, 1), "landings-done", 1),
    ("intruder_expulsion", "heeds_box: {} %", (20, 60, 100), "intruders-expelled", 1),
    ("coastal_strike", "clock_error: {} s", (20, 8, 1), "strikes-coordinated", 1),
    ("boarding", "sea_state: {}", (5, 3, 1), "searches-done", 1),
    ("surface_gunnery", "string_error: {} %", (1.2, 0.6, 0.1), "gunnery-hits", 1),
    ("surface_gunnery", "range: {} km", (8, 6, 4), "gunnery-hits", 1),
    ("air_gunnery", "aim_error: {} mrad", (12, 6, 2), "presentations-hit", 1),
    ("coastal_gunnery", "standard: {} m", (50, 100, 200), "shore-hits", 1),
    ("communications", "standard: {} min", (3, 5, 8), "signals-in-time", 1),
    ("formation_manoeuvres", "course_error: {} deg", (4, 2, 0.5), "station-error", -1),
    ("replenishment", "abort_slight: {} %", (60, 30, 1), "fuel-delivered", 1),
    ("night_passage", "course_error: {} deg", (6, 2, 0.5), "station-error", -1),
    ("ceremony", "course_error: {} deg", (4, 2, 0.5), "abeam-error", -1),
    ("asw_prosecution", "sea_state: {}", (5, 3, 1), "submarines-ousted", 1),
    ("photo_formation", "course_error: {} deg", (4, 2, 0.5), "stations-kept", 1),
    ("sea_patrol", "take_fuel_at: {} %", (30, 60, 70), "lowest-bunkers", 1),
    ("shadowing", "identify: {} min", (240, 60, 5), "zone-shadowed", 1),
]  # fmt: skip
NOTHING = {
    "evolution",
    "air-patrol-cover",
    "air-patrol",
    "scramble",
}  # measures nothing; is asked for fighters, which are no parameter, in tests of its own
NAMES = [f"{each[0]}-{each[1].partition(':')[0]}" for each in BETTER]
PAIRS = pytest.mark.parametrize(("name", "said", "values", "measure", "sign"), BETTER, ids=NAMES)


def test_every_drill_is_asked():
    asked = {each[0].replace("_", "-") for each in BETTER}
    assert asked | NOTHING == set(shelves.names("drills"))


@PAIRS
def test_better_is_never_worse_in_the_mean(name, said, values, measure, sign):
    found = [sign * each for each in means(name, said, values, measure, 6)]
    assert found == sorted(found)


@pytest.mark.slow
@PAIRS
def test_better_is_never_worse_over_many_seeds(name, said, values, measure, sign):
    """And in the end it is better."""
    found = [sign * each for each in means(name, said, values, measure, 80)]
    assert found == sorted(found)
    assert found[-1] > found[0]
