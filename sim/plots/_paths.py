"""Where everything was: the exact paths of all units, rebuilt from the legs in the log."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.affiliation import group
from sim.log import Record
from sim.runs import Run
from sim.scenario.roles import muster

PASSING = "passing"  # group of the ships that belong to nobody
SHIPS, FLIERS = ("warship", "auxiliary"), ("helicopter", "aircraft")
STOPS = (
    "leg",
    "launched",
    "landed",
    "sighted",
    "gone",
    "fuel",
)  # kinds of record that say where a unit is on its path


class Path(NamedTuple):
    """One unit's way. pieces: (n, 3) of time s, x m, y m; one for a ship, one for each flight or visit of others.

    group: warship, auxiliary, helicopter, aircraft, or passing. force: None for those passing by.
    """

    unit: str
    group: str
    force: str | None
    pieces: tuple[NDArray[np.float64], ...]

    @property
    def end(self) -> tuple[float, float]:
        """Where it was last, m."""
        return float(self.pieces[-1][-1, 1]), float(self.pieces[-1][-1, 2])


def paths(run: Run) -> list[Path]:
    """The paths of all units in the order of the file, then of ships passing by as they came; targets have none.

    Straight between the places of the records. Whoever still moves when the log ends goes on to its last second.
    """
    known: list[tuple[str, str, str | None]] = [
        (each.name, group(each.platform), each.force) for each in muster(run.plan)
    ]
    # A ferry is sighted at each of her visits, and is still one ship.
    known += dict.fromkeys((record.unit or "", PASSING, None) for record in run.log.of("sighted"))
    flies = {name: group in FLIERS for name, group, _ in known}
    pieces: dict[str, list[list[tuple[float, float, float]]]] = {name: [] for name in flies}
    velocity: dict[str, tuple[float, float]] = {}
    for record in run.log.of(*STOPS):
        name, kind = record.unit or "", record.kind
        if name not in flies or record.at is None:
            continue
        stop, under_way = (record.time, *record.at), pieces[name]
        if kind in ("launched", "sighted") or (not under_way and not flies[name]):
            under_way.append([stop])
        elif name in velocity and kind != "fuel" and under_way[-1][-1] != stop:
            under_way[-1].append(stop)
        if kind in ("landed", "gone"):
            velocity.pop(name, None)
        elif kind == "leg":
            velocity[name] = record.details["vx_m_per_s"], record.details["vy_m_per_s"]
        else:
            velocity.setdefault(name, (0.0, 0.0))
    for name, (vx, vy) in velocity.items():
        time, x, y = pieces[name][-1][-1]
        left = run.plan.length - time
        pieces[name][-1].append((run.plan.length, x + vx * left, y + vy * left))
    return [
        Path(name, group, force, tuple(np.array(piece) for piece in pieces[name]))
        for name, group, force in known
        if pieces[name]
    ]


def clipped(path: Path, begin: float, end: float) -> Path:
    """The part of a path between two times, s."""
    pieces = []
    for piece in path.pieces:
        since, until = max(begin, piece[0, 0]), min(end, piece[-1, 0])
        if since < until:
            inside = piece[(piece[:, 0] > since) & (piece[:, 0] < until), 0]
            times = np.concatenate(([since], inside, [until]))
            pieces.append(
                np.column_stack([times, *(np.interp(times, piece[:, 0], piece[:, k]) for k in (1, 2))])
            )
    return path._replace(pieces=tuple(pieces))


def target_path(name: str, rows: list[Record], end: float) -> Path:
    """The way of a target from its legs, up to FINEX or the last that is told of it."""
    legs = [record for record in rows if record.unit == name and record.kind in ("target", "leg")]
    last = max(record.time for record in rows)
    stops = [(record.time, *(record.at or (0.0, 0.0))) for record in legs]
    moving = legs[-1].kind == "leg" and (legs[-1].details["vx_m_per_s"] or legs[-1].details["vy_m_per_s"])
    if moving and min(last, end) > stops[-1][0]:
        time, x, y = stops[-1]
        more = min(last, end) - time
        stops.append(
            (
                time + more,
                x + legs[-1].details["vx_m_per_s"] * more,
                y + legs[-1].details["vy_m_per_s"] * more,
            )
        )
    if len(stops) == 1:
        stops *= 2
    return Path(name, "target", None, (np.array(stops),))


def flights(found: list[Path]) -> dict[tuple[str, str], NDArray[np.float64]]:
    """The legs flown by each group of each force, each once however often it was flown; (n, 2, 2) m.

    All begin at their northern end, so that the dashes of two forces on one route can stand side by side.
    """
    legs: dict[tuple[str, str], dict[tuple[tuple[float, float], ...], None]] = {}
    for path in found:
        if path.group in FLIERS:
            mine = legs.setdefault((path.group, path.force or ""), {})
            for piece in path.pieces:
                ends = [(float(x), float(y)) for _, x, y in piece]
                for leg in pairwise(ends):
                    mine[tuple(sorted(leg, key=lambda end: (-end[1], end[0])))] = None
    return {key: np.array(list(mine)).reshape(-1, 2, 2) for key, mine in legs.items()}
