"""What the replay needs of a run, as short lists of whole numbers: ways, weather, serials, contacts, events.

A way is the list of its turns, each the difference from the one before: tenths of a second, metres east, metres north.
Between two turns a unit goes straight at one speed, so its place at any time follows in closed form.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np

from sim import shelves
from sim.affiliation import PASSING, signs
from sim.daylight import altitude
from sim.geodesy import Plane
from sim.plots._chart import Frame, coast
from sim.plots._clock import spells
from sim.plots._paths import Path
from sim.plots._places import outline
from sim.plots._rows import rows
from sim.report._captions import QUIET, said
from sim.report._graticule import graticule
from sim.report._map import panels
from sim.report._reach import reaches
from sim.runs import Run
from sim.scenario.roles import muster
from sim.scoreboard import REASONS

TENTHS = 10.0  # of a second, in which turns are told
SUN = 600.0  # s between two heights of the sun
GRAIN = 20.0  # m; corners of a coast are told in steps of so much
CELLS = 40  # of the grid from which places are named, along each side
MOST_CONTACTS = 40_000  # beyond which contacts are left out, so that the page stays small
MOST_EVENTS = 15_000  # beyond which kinds with many records are left out, the commonest first
SCREEN = 2.0  # width over height of what most screens show of the map
WIDER = 0.5  # of the size of the far frame, that the coast goes on beyond it


def content(run: Run, found: list[Path]) -> dict[str, Any]:
    """All of it, ready for JSON."""
    near, far = panels(run, found)
    plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
    units = [*found, *targets(run)]
    number = {path.unit: place for place, path in enumerate(units)}
    forces = list(run.plan.forces)
    sheets = {each.name: each.platform.platform for each in muster(run.plan)}
    known = signs(run)
    kept = list(dict.fromkeys(known.get(path.unit, PASSING) for path in units))
    platforms = list(dict.fromkeys(sheets.values()))
    serials = {each.serial: place for place, each in enumerate(run.plan.serials)}
    zone = run.plan.begins.utcoffset() or timedelta()
    untold = _untold(run)
    wide = _wider(far.shaped(SCREEN))
    return {
        "exercise": run.plan.exercise,
        "begins": round(run.plan.begins.timestamp()),
        "zone": round(zone.total_seconds()),
        "length": run.plan.length,
        "forces": [each.name for each in run.plan.forces.values()],
        "platforms": [[run.plan.platforms[name].title, run.plan.platforms[name].family] for name in platforms],
        "signs": [[each.frame, each.icon, each.affiliation] for each in kept],
        "reach": reaches(run, platforms),
        "units": [
            [path.unit, path.group, forces.index(path.force) if path.force in forces else -1,
             platforms.index(sheets[path.unit]) if path.unit in sheets else -1, [turns(piece) for piece in path.pieces],
             kept.index(known.get(path.unit, PASSING))]
            for path in units
        ],
        "views": [_whole(near), _whole(far)],
        "areas": [_area(run, name, plane) for name in run.plan.areas],
        "coast": {"grain": GRAIN, "rings": [ring for shore in coast(plane, wide) if (ring := _ring(shore))]},
        "grid": _grid(plane, wide),
        "lines": [[name, [round(each) for point in points for each in point]] for name, points in graticule(plane, wide)],
        "weather": [[round(each.start), each.sea_state, round(each.visibility), round(each.wind, 1)] for each in spells(run)],
        "sun": {"step": SUN, "altitude": _sun(run)},
        "serials": [_serial(row) for row in rows(run)],
        "parts": list(_parts(run, number, serials)),
        "fuel": _fuel(run, number),
        "down": list(_spans(run, number, "casualty", "repaired", "equipment")),
        "silent": list(_silent(run, number)),
        "contacts": _contacts(run, number),
        "events": list(_events(run, number, serials, untold)),
        "untold": untold,
    }  # fmt: skip


def turns(piece: Any) -> list[int]:
    """One way as differences: tenths of a second, metres, metres, and so on from turn to turn."""
    whole = np.rint(np.asarray(piece) * (TENTHS, 1.0, 1.0)).astype(np.int64)
    return [int(each) for each in np.diff(whole, axis=0, prepend=0).ravel()]


def targets(run: Run) -> list[Path]:
    """The ways of targets, from when they are put out to the last record that tells of them, or their FINEX.

    One that is flown past without a leg in the log is left out: where it was is not known.
    """
    sheets = {record.unit or "": record for record in run.log.of("target")}
    if not sheets:
        return []
    stops: dict[str, list[tuple[float, float, float]]] = {name: [] for name in sheets}
    speed: dict[str, tuple[float, float]] = {}
    last: dict[str, float] = {}
    over: dict[str | None, float] = {}
    for record in run.log:
        if record.kind in ("finex", "outcome"):
            over.setdefault(record.serial, record.time)
        for name in (record.unit, record.other):
            if name in stops:
                last[name] = record.time
        if record.unit in stops and record.kind in ("target", "leg") and record.at is not None:
            here = (record.time, *record.at)
            if not stops[record.unit] or stops[record.unit][-1] != here:
                stops[record.unit].append(here)
            if record.kind == "leg":
                speed[record.unit] = record.details["vx_m_per_s"], record.details["vy_m_per_s"]
    found = []
    for name, record in sheets.items():
        still = run.plan.platforms[record.details["platform"]].max_speed.value == 0.0
        if not stops[name] or not (name in speed or still):
            continue
        end = last[name] if last[name] > stops[name][-1][0] else over.get(record.serial, run.plan.length)
        time, x, y = stops[name][-1]
        vx, vy = speed.get(name, (0.0, 0.0))
        if end > time:
            stops[name].append((end, x + vx * (end - time), y + vy * (end - time)))
        if len(stops[name]) > 1:
            found.append(Path(name, "target", None, (np.array(stops[name]),)))
    return found


def _whole(frame: Frame) -> list[int]:
    return [round(each) for each in frame]


def _wider(frame: Frame) -> Frame:
    across, up = WIDER * (frame.east - frame.west) / 2, WIDER * (frame.north - frame.south) / 2
    return Frame(frame.west - across, frame.south - up, frame.east + across, frame.north + up)


def _area(run: Run, name: str, plane: Plane) -> list[Any]:
    points, radius = outline(run.plan.areas[name], plane)
    corners = [round(float(each)) for point in points for each in point]
    return [run.plan.areas[name].title or name, corners, None if radius is None else round(radius)]


def _ring(shore: Any) -> list[int]:
    """A ring as differences in steps of GRAIN; nothing when it is smaller than a step."""
    whole = np.rint(np.asarray(shore) / GRAIN).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=0)
    kept = steps[1:][(steps[1:] != 0).any(axis=1)]
    if len(kept) < 2:
        return []
    return [int(each) for each in (*steps[0], *kept.ravel())]


def _grid(plane: Plane, frame: Frame) -> dict[str, Any]:
    """Latitude and longitude, in ten-thousandths of a degree, at the crossings of a grid; between them it is nearly linear."""
    x = np.linspace(frame.west, frame.east, CELLS + 1)
    y = np.linspace(frame.south, frame.north, CELLS + 1)
    earth = [plane.to_earth(float(one), float(other)) for other in y for one in x]
    first = earth[0][1]
    return {
        "frame": [float(round(each)) for each in frame], "cells": CELLS,
        "latitude": [round(1e4 * lat) for lat, _ in earth],
        "longitude": [round(1e4 * (first + (lon - first + 180.0) % 360.0 - 180.0)) for _, lon in earth],
    }  # fmt: skip


def _sun(run: Run) -> list[float]:
    datum, begins = run.plan.datum, run.plan.begins
    count = int(run.plan.length // SUN) + 2
    return [
        round(altitude(datum.latitude, datum.longitude, begins + timedelta(seconds=SUN * each)), 1)
        for each in range(count)
    ]


def _serial(row: Any) -> list[Any]:
    actual = None if row.actual is None else [round(row.actual.start), round(row.actual.end)]
    holds = [
        [round(each.start), round(each.end), REASONS.get(each.reason, each.reason)] for each in row.holds
    ]
    return [
        row.serial,
        row.title,
        [[round(each.start), round(each.end)] for each in row.attempts],
        actual,
        row.result,
        holds,
    ]


def _parts(run: Run, number: dict[str, int], serials: dict[str, int]) -> Iterator[list[Any]]:
    """Who is given to which serial: unit, serial, role, from, to."""
    given: dict[tuple[str, str], tuple[float, str]] = {}
    for record in run.log.of("assigned", "released", "dropped-out"):
        key = record.unit or "", record.serial or ""
        if record.kind == "assigned":
            given[key] = record.time, record.details["role"]
        elif key in given and key[0] in number:
            since, role = given.pop(key)
            yield [number[key[0]], serials[key[1]], role, round(since), round(record.time)]
    for (unit, serial), (since, role) in given.items():
        if unit in number:
            yield [number[unit], serials[serial], role, round(since), round(run.plan.length)]


def _fuel(run: Run, number: dict[str, int]) -> list[list[Any]]:
    """Of each ship: unit, capacity in t, and time and tonnes in turn."""
    found: dict[str, list[Any]] = {}
    for record in run.log.of("fuel"):
        if record.unit in number:
            mine = found.setdefault(record.unit, [number[record.unit], round(record.details["capacity_t"])])
            mine += [round(record.time), round(record.details["fuel_t"], 1)]
    return list(found.values())


def _spans(run: Run, number: dict[str, int], begins: str, ends: str, what: str) -> Iterator[list[Any]]:
    """From one kind of record to the other, of the same unit and thing."""
    since: dict[tuple[str | None, str], float] = {}
    for record in run.log.of(begins, ends):
        key = record.unit, record.details[what]
        if record.kind == begins:
            since[key] = record.time
        elif key in since and record.unit in number:
            yield [number[record.unit], key[1], round(since.pop(key)), round(record.time)]
    yield from (
        [number[unit], thing, round(start), round(run.plan.length)]
        for (unit, thing), start in since.items()
        if unit in number
    )


def _silent(run: Run, number: dict[str, int]) -> Iterator[list[int]]:
    """Emission control: unit, from, to."""
    since: dict[str, float] = {}
    for record in run.log.of("emission-control"):
        unit = record.unit or ""
        if record.details["silent"]:
            since.setdefault(unit, record.time)
        elif unit in since and unit in number:
            yield [number[unit], round(since.pop(unit)), round(record.time)]
    yield from (
        [number[unit], round(start), round(run.plan.length)]
        for unit, start in since.items()
        if unit in number
    )


def _contacts(run: Run, number: dict[str, int]) -> dict[str, Any] | None:
    """Of each observer: target, sensor, from, to, one contact after the other. None when there are too many."""
    gained = run.log.table("contact")
    if gained and len(gained["number"]) > MOST_CONTACTS:
        return None
    sensors = list(shelves.names("sensors"))
    held: dict[tuple[str, str, str], float] = {}
    found: dict[int, list[int]] = {}

    def note(key: tuple[str, str, str], until: float) -> None:
        unit, other, sensor = key
        if unit in number and other in number and sensor in sensors:
            row = [number[other], sensors.index(sensor), round(held.pop(key)), round(until)]
            found.setdefault(number[unit], []).extend(row)

    for record in run.log.of("contact", "lost"):
        key = record.unit or "", record.other or "", record.details["sensor"]
        if record.kind == "contact":
            held.setdefault(key, record.time)
        elif key in held:
            note(key, record.time)
    for key in list(held):
        note(key, run.plan.length)
    return {"sensors": sensors, "of": [[unit, each] for unit, each in found.items()]}


def _untold(run: Run) -> list[str]:
    """Kinds of record left out of the events: none, or as many of the commonest as make them too many."""
    counts = {
        each.word: sum(1 for _ in run.log.of(each.word)) for each in run.log.kinds() if each.word not in QUIET
    }
    left: list[str] = []
    while sum(counts.values()) > MOST_EVENTS:
        left.append(max(counts, key=lambda word: counts[word]))
        del counts[left[-1]]
    return left


def _events(
    run: Run, number: dict[str, int], serials: dict[str, int], untold: list[str]
) -> Iterator[list[Any]]:
    """What is told as it happens: time, serial, unit, x, y, kind, words; -1 and null for none."""
    kinds = {each.word: each for each in run.log.kinds()}
    for record in run.log.of(*(word for word in kinds if word not in QUIET and word not in untold)):
        x, y = (None, None) if record.at is None else (round(record.at[0]), round(record.at[1]))
        yield [round(record.time, 1), serials.get(record.serial or "", -1), number.get(record.unit or "", -1), x, y,
               record.kind, said(record, kinds[record.kind])]  # fmt: skip
