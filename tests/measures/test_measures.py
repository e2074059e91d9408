"""Each measure against the same number counted out by hand from the records."""

import math
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from sim import shelves
from sim.errors import UnknownKind
from sim.runs import play
from sim.scenario.read import read
from sim.scenario.roles import muster

NAMES = shelves.names("measures")
OF = ("exercise", "serial", "unit", "area", "reason", "pair")
QUARTER = 15 * 60  # s


def shares(pairs):
    """Good over all by key, where there is any."""
    total, good = Counter(), Counter()
    for key, part, whole in pairs:
        total[key] += whole
        good[key] += part
    return {key: good[key] / total[key] for key in total if total[key]}


def same(expected, found):
    """Equal but for rounding, in any order of the keys."""
    if isinstance(expected, dict):
        assert expected.keys() == found.keys()
    assert expected == pytest.approx(found, nan_ok=True)


@pytest.mark.parametrize("name", NAMES)
def test_each_says_what_it_gives(name, run):
    module = shelves.module("measures", name)
    value = module.measure(run)

    assert module.OF in OF
    assert module.UNIT
    assert isinstance(value, dict) == (module.OF != "exercise")
    known = {
        "serial": {serial.serial for serial in run.plan.serials},
        "unit": {unit.name for unit in muster(run.plan)},
        "area": set(run.plan.areas),
    }
    if module.OF in known:
        assert value.keys() <= known[module.OF]
    for each in value.values() if isinstance(value, dict) else [value]:
        assert type(each) in (int, float)
        if module.UNIT == "share":
            assert 0 <= each <= 1 + 1e-12


@pytest.mark.parametrize("name", NAMES)
def test_each_bears_a_run_in_which_nothing_happened(name, silent):
    value = shelves.module("measures", name).measure(silent)

    assert value in ({}, 0) or math.isnan(value) if not isinstance(value, dict) else not any(
        part and not math.isnan(part) for key, part in value.items() if name != "ammunition-left"
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_is_asked_twice_alike(name, run):
    measure = shelves.module("measures", name).measure

    assert str(measure(run)) == str(measure(run))


def test_measures_with_no_names_gives_all(run):
    assert [name.replace("-", "_") for name in NAMES] == list(run.measures())
    assert {"serials_completed", "hit-rate"} == set(run.measures("serials_completed", "hit-rate"))


def test_an_unknown_measure_gets_the_nearest(run):
    with pytest.raises(UnknownKind, match=r"no measure called 'hit-rat'. Did you mean 'hit-rate'?"):
        run.measures("hit_rat")


@pytest.mark.parametrize(
    ("name", "kind", "part", "whole"),
    [
        ("gunnery-hits", "string", "hits", "fired"),
        ("shore-hits", "shore-string", "inside", "fired"),
        ("presentations-hit", "presentation", "hit", None),
        ("fuel-delivered", "transfer", "fuel_t", "wanted_t"),
    ],
)
def test_shares_by_serial(name, kind, part, whole, run, ask):
    same(shares((each.serial, each.details[part], each.details[whole] if whole else 1) for each in run.log
                if each.kind == kind), ask(name)(run))  # fmt: skip


def test_hits_come_from_rounds(run, ask):
    """The strings count what the rounds for effect did."""
    effect = [each for each in run.log if each.kind == "round" and each.details["phase"] == "effect"]

    same(shares((each.serial, each.details["hit"], 1) for each in effect), ask("gunnery-hits")(run))
    same(sum(each.details["hit"] for each in effect) / len(effect), ask("hit-rate")(run))


def test_signals_in_time(exercise_with, ask):
    exercise = exercise_with("signal")
    standard = {
        each.serial: each.parameters.standard.value
        for each in exercise.plan.serials
        if each.drill == "communications"
    }
    expected = shares(
        (each.serial, each.details["taken_s"] <= standard[each.serial], 1)
        for each in exercise.log.of("signal")
    )

    assert expected
    same(expected, ask("signals-in-time")(exercise))


def test_stations_kept(exercise_with, ask):
    exercise = exercise_with("station")
    tolerance = {each.serial: each.parameters.tolerance.value for each in exercise.plan.serials
                 if hasattr(each.parameters, "tolerance")}  # fmt: skip
    expected = shares((each.serial, each.details["error_m"] <= tolerance[each.serial], 1)
                      for each in exercise.log.of("station"))  # fmt: skip

    assert expected
    same(expected, ask("stations-kept")(exercise))


def test_serials_completed_and_on_time(run, ask):
    outcomes = [each.details for each in run.log if each.kind == "outcome"]

    assert sum(each["result"] in ("completed", "shortened") for each in outcomes) == ask("serials-completed")(
        run
    )
    assert sum(each["comex_s"] <= each["planned_s"] + QUARTER for each in outcomes) == ask("serials-on-time")(
        run
    )


def test_lateness(run, ask):
    same({each.serial: (each.details["comex_s"] - each.details["planned_s"]) / 60 for each in run.log
          if each.kind == "outcome" and each.details["comex_s"] == each.details["comex_s"]}, ask("lateness")(run))  # fmt: skip


def test_rounds(run, ask):
    fired = Counter()
    for each in run.log:
        if each.kind in ("round", "shore-round"):
            fired[each.unit] += 1
        elif each.kind in ("burst", "shots", "warning-shots"):
            fired[each.unit] += each.details["rounds"]

    same(dict(fired), ask("rounds")(run))


def test_ammunition_left(run, ask):
    fired = ask("rounds")(run)
    carried = {unit.name: sum(round(gun.mounts.value) * round(gun.magazine.value) for gun in unit.platform.guns)
               for unit in muster(run.plan)}  # fmt: skip

    same({name: (carried[name] - fired.get(name, 0)) / carried[name] for name in carried if carried[name]},
         ask("ammunition-left")(run))  # fmt: skip


def test_sorties(run, ask):
    same(dict(Counter(each.unit for each in run.log if each.kind == "launched")), ask("sorties")(run))


def test_distance(run, ask):
    """Each leg lasts until the next, until the landing, or until the end."""
    enlisted = {unit.name for unit in muster(run.plan)}
    legs = defaultdict(list)
    for each in run.log:
        if each.kind in ("leg", "landed") and each.unit in enlisted:
            speed = math.hypot(*list(each.details.values())[:2]) if each.kind == "leg" else 0.0
            legs[each.unit].append((each.time, speed))
    expected = {
        unit: sum(speed * (end - start) for (start, speed), (end, _) in
                  zip(own, [*own[1:], (run.plan.length, 0.0)], strict=True)) / 1852
        for unit, own in legs.items()
    }  # fmt: skip

    same(expected, ask("distance")(run))


def test_distance_is_what_the_places_say(exercise, ask):
    """A ship's way from place to place is as long as her legs, since legs are straight."""
    found = ask("distance")(exercise)
    ship = exercise.plan.forces["russia"].flagship
    places = [each.at for each in exercise.log.of("leg") if each.unit == ship]
    way = sum(math.dist(one, other) for one, other in pairwise(places)) / 1852

    assert way == pytest.approx(found[ship], rel=1e-6)


def test_fuel(run, ask):
    """Burnt: first reading less last, plus what was taken over."""
    readings, taken = defaultdict(list), Counter()
    for each in run.log:
        if each.kind == "fuel":
            readings[each.unit].append((each.details["fuel_t"], each.details["capacity_t"]))
        elif each.kind == "transfer":
            taken[each.unit] += each.details["fuel_t"]
    ships = [unit.name for unit in muster(run.plan) if unit.platform.family not in ("helicopter", "aircraft")]

    same({unit: own[0][0] - own[-1][0] + taken[unit] for unit, own in readings.items()}, ask("fuel")(run))
    same({unit: own[-1][0] / own[-1][1] for unit, own in readings.items()}, ask("fuel-left")(run))
    assert sorted(ships) == sorted(readings)
    assert all(burnt >= 0 for burnt in ask("fuel")(run).values())


def test_unit_utilisation(run, ask):
    """Minute by minute: is the unit assigned?"""
    spells = defaultdict(list)
    for each in run.log:
        if each.kind == "assigned":
            spells[each.unit].append([each.time, run.plan.length])
        elif (
            each.kind in ("released", "dropped-out")
            and spells[each.unit]
            and spells[each.unit][-1][1] == run.plan.length
        ):
            spells[each.unit][-1][1] = each.time

    same({unit: sum(end - start for start, end in own) / run.plan.length for unit, own in spells.items() if own},
         ask("unit-utilisation")(run))  # fmt: skip


def test_area_utilisation(run, ask):
    """Second by second, at the times that matter: is any serial under way there?"""
    spans = defaultdict(list)
    finex = {each.serial: each.time for each in run.log if each.kind == "finex"}
    for each in run.log:
        if each.kind == "comex" and each.details["area"]:
            spans[each.details["area"]].append((each.time, finex.get(each.serial, run.plan.length)))
    expected = {}
    for area in run.plan.areas:
        edges = sorted({edge for span in spans[area] for edge in span})
        busy = sum(end - start for start, end in pairwise(edges)
                   if any(a <= start and end <= b for a, b in spans[area]))  # fmt: skip
        expected[area] = busy / run.plan.length

    same(expected, ask("area-utilisation")(run))


def test_orders(run, ask):
    sent = [each for each in run.log if each.kind == "order"]
    again = [each for each in run.log if each.kind == "repeated"]
    told = [each.details for each in run.log if each.kind == "acknowledged"]
    across = [each["delay_s"] for each in told if each["across"]]

    same(dict(Counter(each.unit for each in sent + again)), ask("orders")(run))
    same(sum(each.details["across"] for each in sent) / len(sent), ask("cross-national-share")(run))
    same(sum(across) / len(across), ask("cooperation-delay")(run))
    same(sum(each["sendings"] > 1 for each in told) / len(told), ask("repeated-orders")(run))


def test_cooperation_graph(run, ask):
    """An edge for each record that names units of two navies that obey one staff in its serial, but for seeing; the density is over all pairs there could be."""
    force = {unit.name: unit.force for unit in muster(run.plan)}
    ordered = {(each.serial, name) for each in run.log.of("order") for name in (each.unit, each.other)}
    edges = Counter(frozenset((each.unit, each.other)) for each in run.log
                    if each.kind not in ("contact", "lost") and each.unit in force and each.other in force and force[each.unit] != force[each.other]
                    and {(each.serial, each.unit), (each.serial, each.other)} <= ordered)  # fmt: skip
    sizes = Counter(force.values())
    possible = math.comb(len(force), 2) - sum(math.comb(size, 2) for size in sizes.values())
    found = ask("interactions")(run)

    assert len(edges) == len(found)
    assert edges == {frozenset(pair.split(" - ")): count for pair, count in found.items()}
    same(len(edges) / possible, ask("cooperation")(run))


def test_opponents_do_not_work_together(ask):
    """Alert fighters find, intercept and shadow bombers, which are no part of their serial: no pair of theirs. The bombers, who fly together, are one."""
    found = play(read("scramble"), 0)
    named = [
        each
        for each in found.log.of("detected", "intercepted", "scrambled")
        if each.other.startswith(("Tu-95MS", "H-6K"))
    ]
    assert {"detected", "intercepted", "scrambled"} == {each.kind for each in named}
    assert {} == ask("interactions")(found)
    assert 0.0 == ask("cooperation")(found)

    joint = play(read("joint_air_patrol_2023"), 7)
    force = {unit.name: unit.force for unit in muster(joint.plan)}
    assert {("china", "russia")} == {
        tuple(sorted(force[name] for name in pair.split(" - "))) for pair in ask("interactions")(joint)
    }


def test_holds(exercise, ask):
    """A resume record says how long its hold was; holds of serials given up end with them."""
    expected = Counter()
    for each in exercise.log.of("resume"):
        expected[each.details["reason"]] += each.details["held_s"] / 60
    found = ask("holds")(exercise)

    assert found.keys() >= expected.keys()
    assert all(found[reason] >= minutes - 1e-9 for reason, minutes in expected.items())
    if sum(1 for _ in exercise.log.of("hold")) == sum(1 for _ in exercise.log.of("resume")):
        same(dict(expected), found)
