"""The replay's data are the run: places in closed form, contacts, serials, weather and events."""

import math
import random
from collections import Counter
from itertools import pairwise

import pytest
from small_exercise import played, serial

from sim.affiliation import PASSING, signs
from sim.geodesy import Plane
from sim.plots._chart import Frame
from sim.plots._paths import SHIPS, paths
from sim.report._captions import QUIET
from sim.report._labels import Room
from sim.report._map import SHAPE, SYMBOL, WIDE, Chart, _ships, panels
from sim.report._reach import reaches
from sim.report._replay import TENTHS, _grid, content, targets, turns
from sim.scenario.roles import muster

ROUNDED = 1.5  # m; two ends of a way are told in whole metres


@pytest.fixture(scope="module")
def data(foul):
    return foul[2].data


def unpacked(flat):
    """A way as (s, m, m)."""
    found, at = [], [0, 0, 0]
    for k in range(0, len(flat), 3):
        at = [one + more for one, more in zip(at, flat[k : k + 3], strict=True)]
        found.append((at[0] / TENTHS, at[1], at[2]))
    return found


def place(ways, time):
    """Where a unit is by the data of the replay; None while it is nowhere."""
    for way in ways:
        for (t, x, y), (t2, x2, y2) in pairwise(way):
            if t <= time < t2:
                share = (time - t) / (t2 - t)
                return x + (x2 - x) * share, y + (y2 - y) * share
    return None


def test_places_are_those_of_the_legs(data, foul_weather):
    """At any time of a leg, its record's place and velocity say where the unit is; so does the replay, to its rounding."""
    ways = {unit[0]: [unpacked(flat) for flat in unit[4]] for unit in data["units"]}
    own = {each.name for each in muster(foul_weather.plan)}
    legs = [record for record in foul_weather.log.of("leg") if record.unit in own]
    draws = random.Random(1)
    seen = 0
    for leg, after in pairwise(sorted(legs, key=lambda record: (record.unit, record.number))):
        if leg.unit != after.unit or after.time - leg.time < 2.0 or not draws.random() < 0.2:
            continue
        time = draws.uniform(leg.time + 1.0, after.time - 1.0)
        here = place(ways[leg.unit], time)
        if here is None:  # it had landed by then
            continue
        vx, vy = leg.details["vx_m_per_s"], leg.details["vy_m_per_s"]
        there = leg.at[0] + vx * (time - leg.time), leg.at[1] + vy * (time - leg.time)
        assert math.dist(here, there) <= ROUNDED + math.hypot(vx, vy) / TENTHS
        seen += 1
    assert seen > 100


def test_ways_are_told_in_differences():
    assert [15, 1, 2, 10, -4, 5] == turns([(1.5, 1.2, 2.0), (2.5, -3.0, 7.0)])
    assert [(1.5, 1, 2), (2.5, -3, 7)] == unpacked([15, 1, 2, 10, -4, 5])


def test_contacts_are_all_there(data, foul_weather):
    """Each gain of a contact of somebody on the map, with the time it was lost."""
    names = [unit[0] for unit in data["units"]]
    sensors = data["contacts"]["sensors"]
    told = {(names[unit], names[rows[k]], sensors[rows[k + 1]], rows[k + 2])
            for unit, rows in data["contacts"]["of"] for k in range(0, len(rows), 4)}  # fmt: skip
    wanted = {
        (record.unit, record.other, record.details["sensor"], round(record.time))
        for record in foul_weather.log.of("contact")
    }
    assert wanted
    assert wanted == told
    lost = {
        (record.unit, record.other, record.details["sensor"], round(record.time))
        for record in foul_weather.log.of("lost")
    }
    ends = {(names[unit], names[rows[k]], sensors[rows[k + 1]], rows[k + 3])
            for unit, rows in data["contacts"]["of"] for k in range(0, len(rows), 4)}  # fmt: skip
    assert lost <= ends


def test_events_are_the_log_without_the_quiet_kinds(data, foul_weather):
    wanted = [(round(record.time, 1), record.kind) for record in foul_weather.log if record.kind not in QUIET]
    assert wanted == [(each[0], each[5]) for each in data["events"]]
    assert {"comex", "finex", "outcome", "hold", "check-fire", "launched"} <= {kind for _, kind in wanted}


def test_serials_have_their_plans_and_times(data, foul_weather):
    for number, title, planned, actual, result, _ in data["serials"]:
        told = foul_weather.outcomes[number].details
        assert (foul_weather.serial(number).title, result) == (title, told["result"])
        assert round(told["planned_s"]) == planned[0][0]
        assert (actual is None) == math.isnan(told["comex_s"])
        if actual is not None:
            assert [round(told["comex_s"]), round(told["finex_s"])] == actual


def test_parts_are_assignments(data, foul_weather):
    """Each assignment of a unit has its end: release, or dropping out."""
    names, numbers = [unit[0] for unit in data["units"]], [each[0] for each in data["serials"]]
    told = {(names[unit], numbers[serial_], role, since) for unit, serial_, role, since, _ in data["parts"]}
    wanted = {(record.unit, record.serial, record.details["role"], round(record.time)) for record in foul_weather.log.of("assigned")
              if record.unit in names}  # fmt: skip
    assert told <= wanted
    assert {key[:3] for key in wanted} == {key[:3] for key in told}


def test_a_target_is_there_from_its_launch_to_its_last_record(foul_weather):
    out = {record.unit: record for record in foul_weather.log.of("target")}
    last, over = {}, {}
    for record in foul_weather.log:
        last |= {record.unit: record.time, record.other: record.time}
        if record.kind in ("finex", "outcome"):
            over.setdefault(record.serial, record.time)
    found = targets(foul_weather)
    assert found
    for path in found:
        (way,) = path.pieces
        assert way[0, 0] == out[path.unit].time
        assert way[-1, 0] in (last[path.unit], over[out[path.unit].serial])


def test_positions_between_the_crossings_of_the_grid():
    """Nearly linear: within 20 m over 900 km, at the latitude of the exercise."""
    plane, frame = Plane(40.0, 134.0), Frame(-450e3, -450e3, 450e3, 450e3)
    grid = _grid(plane, frame)
    draws, n = random.Random(2), grid["cells"]
    for _ in range(200):
        u, v = draws.uniform(0, n - 1e-6), draws.uniform(0, n - 1e-6)
        i, j = int(u), int(v)
        lat, lon = (
            sum(values[(j + dj) * (n + 1) + i + di] * (u - i if di else 1 - u + i) * (v - j if dj else 1 - v + j)
                for di in (0, 1) for dj in (0, 1)) / 1e4
            for values in (grid["latitude"], grid["longitude"])
        )  # fmt: skip
        x, y = plane.to_plane(lat, lon)
        assert math.dist((x, y), (-450e3 + 900e3 * u / n, -450e3 + 900e3 * v / n)) < 40.0


def test_circles_shrink_in_fog(foul_weather):
    """A lookout sees as far as the weather lets her; a radar loses range to the sea, and never to fog."""
    sheets = list(dict.fromkeys(each.platform.platform for each in muster(foul_weather.plan)))
    found = reaches(foul_weather, sheets)
    told = {word: ranges for word, _, ranges in found["of"][0]}
    sights = [record.details["visibility_m"] for record in foul_weather.log.of("weather")]
    assert min(told["lookout"]) <= min(sights) < max(told["lookout"])
    assert len(found["since"]) == len(told["lookout"]) == len(told["radar"])
    seas = {round(record.time): record.details["sea_state"] for record in foul_weather.log.of("weather")}
    by_sea = {}
    for since, radar in zip(found["since"], told["radar"], strict=True):
        by_sea.setdefault(seas[max(each for each in seas if each <= since)], set()).add(radar)
    assert all(len(each) == 1 for each in by_sea.values())
    ranges = [max(by_sea[sea]) for sea in sorted(by_sea)]
    assert len(ranges) > 2
    assert ranges == sorted(ranges, reverse=True)


def test_too_many_contacts_are_left_out(foul_weather, monkeypatch):
    monkeypatch.setattr("sim.report._replay.MOST_CONTACTS", 10)
    assert content(foul_weather, paths(foul_weather))["contacts"] is None


def test_too_many_events_lose_their_commonest_kinds(foul_weather, monkeypatch):
    """As few kinds as it takes, and the replay is told which."""
    whole = content(foul_weather, paths(foul_weather))
    assert [] == whole["untold"]
    counts = Counter(each[5] for each in whole["events"])
    commonest = counts.most_common(1)[0]
    monkeypatch.setattr("sim.report._replay.MOST_EVENTS", len(whole["events"]) - 1)
    fewer = content(foul_weather, paths(foul_weather))
    assert [commonest[0]] == fewer["untold"]
    assert len(whole["events"]) - commonest[1] == len(fewer["events"])


def test_casualties_and_silence_have_their_ends(data, foul_weather):
    """What fails is out of order until it works again; who is told to be silent is until told otherwise."""
    names = [unit[0] for unit in data["units"]]
    failed = sorted(
        (record.unit, record.details["equipment"], round(record.time))
        for record in foul_weather.log.of("casualty")
    )
    assert failed
    assert failed == sorted((names[unit], thing, since) for unit, thing, since, _ in data["down"])
    mended = {
        (record.unit, record.details["equipment"], round(record.time))
        for record in foul_weather.log.of("repaired")
    }
    assert mended <= {(names[unit], thing, until) for unit, thing, _, until in data["down"]}
    silenced = {record.unit for record in foul_weather.log.of("emission-control") if record.details["silent"]}
    assert silenced == {names[unit] for unit, _, _ in data["silent"]}


def test_a_quiet_day_has_nothing_to_show():
    run = played(serial(1, roles="{units: {any: ship}}"))
    found = content(run, paths(run))
    assert ([], [], run.plan.length) == (found["down"], found["silent"], found["length"])


def test_units_have_the_symbols_of_the_charts(data, foul_weather):
    """Frame, icon and affiliation of each; whoever is unknown to the muster is passing by."""
    known = signs(foul_weather)
    for unit in data["units"]:
        sign = known.get(unit[0], PASSING)
        assert [sign.frame, sign.icon, sign.affiliation] == data["signs"][unit[5]]
    assert {"friend", "hostile", "neutral"} == {each[2] for each in data["signs"]}


def test_the_map_has_a_symbol_for_each_ship_where_the_run_leaves_her(foul_weather):
    """On the near map, with her name, in the colour of her force."""
    found = paths(foul_weather)
    near, _ = panels(foul_weather, found)
    chart = Chart(near.shaped(SHAPE))
    known = signs(foul_weather)
    ships = [path for path in found if path.group in SHIPS]
    drawn = str(_ships(foul_weather, chart, ships, Room(WIDE, chart.high)))
    assert ships
    for path in ships:
        x, y = chart.at(*path.end)
        place = list(foul_weather.plan.forces).index(path.force)
        sign = known[path.unit]
        assert (f'<g class="symbol force-{place}" transform="translate({x:.1f} {y:.1f}) scale({SYMBOL:g})"><title>{path.unit}</title>'
                f'<path class="{sign.affiliation}" d="{sign.frame}"/><path class="icon" d="{sign.icon}"/></g>') in drawn  # fmt: skip
