"""Boarding: phases that add up, a search by size and party, orders heeded or not, and the sea that says no."""

from collections import Counter
from math import hypot

import pytest
from scipy import stats
from small_exercise import living, played, result, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.geometry import intercept, velocity
from sim.measures import boarding_time, searches_done
from sim.quantities import KNOT
from sim.units.target import Target

FIXED = {"heave_to": "5 min", "man_boat": "10 min", "climb": "4 min", "search": "80 s", "heeds": "100 %"}


def boarding(merchant=None, ship="Alpha", **more):
    """A frigate boards."""
    roles = f"{{boarding: {ship}" + (f", merchant: {merchant}" if merchant else "") + "}"
    said = {"duration": "6 h", "roles": roles, **FIXED}
    return serial(1, "boarding", **said | more)


def at(log, word):
    """When the only record of a kind was written."""
    (record,) = log.of(word)
    return record.time


def test_its_phases_add_up():
    """Heave to, man the boat, cross, climb, search and back, each to the second; the boat at 20 kn over 500 yd."""
    run = played(boarding())
    crossing = 500 * 0.9144 / (20 * KNOT)
    search = 180.0 * 80.0 / 8

    assert at(run.log, "hove-to") - at(run.log, "hailed") == pytest.approx(300.0)
    assert at(run.log, "boat-away") - at(run.log, "hove-to") == pytest.approx(600.0)
    assert at(run.log, "boarded") - at(run.log, "boat-away") == pytest.approx(crossing + 240.0, abs=0.01)
    assert at(run.log, "ship-searched") - at(run.log, "boarded") == pytest.approx(search)
    assert at(run.log, "boat-back") - at(run.log, "ship-searched") == pytest.approx(crossing, abs=0.01)
    (back,) = run.log.of("boat-back")
    assert {"1": back.details["taken_s"]} == boarding_time.measure(run)
    assert {"1": 1.0} == searches_done.measure(run)
    assert ("completed", "") == result(run, "1")


def test_she_comes_up_by_the_maneuvering_board():
    """From the moment she is held, the time to her beam is that of a change of station on a ship under way."""
    exercise = living(boarding(bears="90 deg"))
    while not (found := list(exercise.log.of("detected"))):
        exercise.env.step()
    ship, merchant = (
        exercise.units["Alpha"],
        next(agent for agent in exercise.agents if isinstance(agent, Target)),
    )
    (x, y), (u, v), (ex, ey) = ship.position, merchant.position, velocity(merchant.heading, 1.0)
    side = 457.2 if (x - u) * ey - (y - v) * ex >= 0.0 else -457.2
    vx, vy = merchant.motion.vx, merchant.motion.vy
    paper = intercept(u + side * ey - x, v - side * ex - y, vx, vy, ship.max_speed)

    assert at(exercise.run(), "on-her-beam") - found[0].time == pytest.approx(paper.time, abs=0.01)
    assert hypot(vx, vy) == pytest.approx(12 * KNOT)


@pytest.mark.parametrize(("team", "seconds"), [("6", 2400.0), ("8", 1800.0), ("12", 1200.0)])
def test_a_larger_party_searches_faster(team, seconds):
    (searched,) = played(boarding(team=team)).log.of("ship-searched")

    assert pytest.approx(seconds) == searched.details["search_s"]
    assert 0.0 <= searched.details["after_s"] <= seconds


def test_a_unit_can_play_the_merchant_ship():
    """She opens, is found and stopped, and is searched by her own length."""
    run = played(boarding(merchant="Tango"))
    (searched,) = run.log.of("ship-searched")

    assert "Tango" == searched.other
    assert searched.details["search_s"] == pytest.approx(run.plan.platforms["tanker"].length.value * 10.0)
    assert not [record for record in run.log.of("target") if "merchant" in record.unit]
    assert ("completed", "") == result(run, "1")


def test_orders_to_heave_to_are_heeded_by_their_chance():
    """Three orders at one half: 1/2, 1/4, 1/8, and 1/8 broken off; 160 runs, chi-squared at one in ten thousand."""
    plan = scenario(boarding(heeds="50 %", orders="3", heave_to="1 min", man_boat="1 s", search="1 s"))
    seen = Counter()
    for seed in range(160):
        log = Exercise(plan, seed).run()
        seen[len(list(log.of("hailed"))) if list(log.of("hove-to")) else 0] += 1
    paper = {1: 0.5, 2: 0.25, 3: 0.125, 0: 0.125}
    statistic = sum((seen[number] - 160 * chance) ** 2 / (160 * chance) for number, chance in paper.items())

    assert statistic < stats.chi2(3).isf(1e-4)


def test_who_does_not_heave_to_is_not_boarded():
    run = played(boarding(heeds="0 %", orders="2"))

    assert 2 == len(list(run.log.of("hailed")))
    assert [] == list(run.log.of("boat-away"))
    assert ["she does not heave to"] == [
        record.details["reason"] for record in run.log.of("boarding-broken-off")
    ]
    assert ({"1": 0.0}, {}) == (searches_done.measure(run), boarding_time.measure(run))
    assert "stopped" == result(run, "1")[0]


def test_no_boat_is_lowered_in_a_rough_sea():
    """It is waited for as long as is said, then she is let go."""
    rough = {"environment": "{sea_state: 5, visibility: 10 nmi, wind: 4 m/s}"}
    run = played(boarding(limits="{sea_state: 6}", wait_for_sea="20 min"), **rough)
    (told,), (broken_off,) = run.log.of("no-boat"), run.log.of("boarding-broken-off")

    assert 5 == told.details["sea_state"]
    assert pytest.approx(1200.0) == broken_off.time - told.time
    assert [] == list(run.log.of("boat-away"))


def test_who_is_not_found_in_time_is_let_go():
    """She is not held after one second, and no longer looked for."""
    run = played(boarding(find_in="1 s"))

    assert ["not found"] == [record.details["reason"] for record in run.log.of("boarding-broken-off")]
    assert [] == list(run.log.of("on-her-beam"))


def test_what_was_hidden_is_found_by_its_chance():
    """60 %, 100 runs, within four standard errors; likelier is never found less, with the same draws."""
    found = {}
    for share in (30, 60):
        plan = scenario(boarding(finds=f"{share} %", man_boat="1 s", search="1 s"))
        found[share] = [
            next(Exercise(plan, seed).run().of("ship-searched")).details["found"] for seed in range(100)
        ]

    assert abs(sum(found[60]) - 60) < 4 * (100 * 0.6 * 0.4) ** 0.5
    assert all(less <= more for less, more in zip(found[30], found[60], strict=True))


@pytest.mark.parametrize(("said", "fault"), [
    ({"target": "floating-mine"}, "serials.0.target: 'floating-mine' has no length to be searched"),
    ({"boat": "floating-mine"}, "serials.0.boat: 'floating-mine' does not move"),
    ({"team": "0"}, "serials.0.team"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(boarding(**said))
