"""Places worth a mark on the chart: areas, where serials began, and where something went wrong."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.geodesy import Plane
from sim.quantities import NAUTICAL_MILE
from sim.runs import Run
from sim.scenario.schema import Area

SAME = NAUTICAL_MILE  # places nearer than this are one on the chart
Outline: TypeAlias = tuple[NDArray[np.float64], float | None]


class Place(NamedTuple):
    """Where serials began, m, in the order they began."""

    x: float
    y: float
    serials: tuple[str, ...]


class Trouble(NamedTuple):
    """What went wrong, when, s, and where, m. kind: fouled or casualty. unit: who
    fouled or suffers. what: the serial or the equipment.
    """

    kind: str
    time: float
    x: float
    y: float
    unit: str
    what: str


def beginnings(run: Run) -> list[Place]:
    """The places of COMEX, each with its serials."""
    found: list[Place] = []
    for record in run.log.of("comex"):
        if record.at is None or record.serial is None:
            continue
        x, y = record.at
        near = next((i for i, each in enumerate(found) if np.hypot(each.x - x, each.y - y) < SAME), None)
        if near is None:
            found.append(Place(x, y, (record.serial,)))
        else:
            found[near] = found[near]._replace(serials=(*found[near].serials, record.serial))
    return found


def troubles(run: Run) -> list[Trouble]:
    """Fouled ranges and casualties, as they came."""
    found = []
    for record in run.log.of("fouled", "casualty"):
        if record.at is not None:
            fouled = record.kind == "fouled"
            what = f"serial {record.serial}" if fouled else record.details["equipment"]
            found.append(
                Trouble(
                    record.kind,
                    record.time,
                    record.at[0],
                    record.at[1],
                    (record.other if fouled else record.unit) or "",
                    what,
                )
            )
    return found


def outline(area: Area, plane: Plane) -> Outline:
    """The corners (n, 2) of an area, m; or its centre (1, 2) and its radius."""
    if area.centre is not None and area.radius is not None:
        return np.array([plane.to_plane(area.centre.latitude, area.centre.longitude)]), area.radius.value
    if area.box is not None:
        (west, south), (east, north) = (plane.to_plane(each.latitude, each.longitude) for each in area.box)
        return np.array([(west, south), (east, south), (east, north), (west, north)]), None
    return np.array([plane.to_plane(each.latitude, each.longitude) for each in area.corners or ()]), None
