"""Meridians and parallels in a frame of the exercise plane."""

from __future__ import annotations

from math import ceil, floor

import numpy as np

from sim.geodesy import Plane
from sim.plots._chart import Frame, angle, stride

POINTS = 21  # along one line of the graticule; it is nearly straight


def graticule(plane: Plane, frame: Frame) -> list[tuple[str, list[tuple[float, float]]]]:
    """Meridians and parallels in a frame, each with its name, as places on the plane, m."""
    edge = [
        plane.to_earth(x, y)
        for x in np.linspace(frame.west, frame.east, POINTS)
        for y in (frame.south, frame.north)
    ]
    edge += [
        plane.to_earth(x, y)
        for y in np.linspace(frame.south, frame.north, POINTS)
        for x in (frame.west, frame.east)
    ]
    latitudes = [latitude for latitude, _ in edge]
    longitudes = [
        plane.longitude + turned(longitude - plane.longitude) for _, longitude in edge
    ]  # on over the date line
    south, north, west, east = min(latitudes), max(latitudes), min(longitudes), max(longitudes)
    step = stride(south, north)
    found = []
    for number in range(ceil(west / step), floor(east / step) + 1):
        longitude = turned(number * step)
        along = [plane.to_plane(float(each), longitude) for each in np.linspace(south, north, POINTS)]
        found.append((angle(longitude, "EW"), along))
    for number in range(ceil(south / step), floor(north / step) + 1):
        along = [
            plane.to_plane(number * step, turned(float(each))) for each in np.linspace(west, east, POINTS)
        ]
        found.append((angle(number * step, "NS"), along))
    return found


def turned(degrees: float) -> float:
    """A longitude, or a difference of two, as -180 up to 180 deg."""
    return (degrees + 180.0) % 360.0 - 180.0
