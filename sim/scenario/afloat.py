"""Checks that what belongs at sea is at sea: ships not on land, and water in every area."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin

from sim.errors import Fault
from sim.geodesy import Plane
from sim.scenario.places import Place
from sim.scenario.schema import Area, Scenario
from sim.scenario.tree import Path_, Tree
from sim.water.land import all_on_land, on_land

AROUND = 24  # corners of the polygon that stands for a circle
ASHORE = ("helicopter", "aircraft", "target", "site")  # families that may stand on land


def dry_ships(tree: Tree, scenario: Scenario) -> Iterator[Fault]:
    """Ships placed on land: at the place of their group, or at that of their force when a group has none."""
    for name, force in scenario.forces.items():
        groups = [group for group in force.units if scenario.platforms[group.platform].family not in ASHORE]
        if force.at is not None and any(group.at is None for group in groups):
            yield from _dry(tree, ("forces", name, "at"), force.at)
        for index, group in enumerate(force.units):
            if group.at is not None and group in groups:
                yield from _dry(tree, ("forces", name, "units", index, "at"), group.at)


def dry_area(tree: Tree, path: Path_, area: Area, plane: Plane) -> Iterator[Fault]:
    """An area without any water in it; one that lies across the coast is good for shooting at the shore."""
    if area.centre is not None and area.radius is not None:
        x, y = plane.to_plane(area.centre.latitude, area.centre.longitude)
        if not on_land(area.centre.latitude, area.centre.longitude):
            return
        turns = [2.0 * pi * number / AROUND for number in range(AROUND)]
        reach = area.radius.value
        corners = [plane.to_earth(x + reach * sin(turn), y + reach * cos(turn)) for turn in turns]
        place, middle, at = "centre", "centre", (area.centre.latitude, area.centre.longitude)
    elif area.box is not None:
        low, high = area.box
        corners = [(low.latitude, low.longitude), (low.latitude, high.longitude),
                   (high.latitude, high.longitude), (high.latitude, low.longitude)]  # fmt: skip
        place, middle, at = (
            "box",
            "middle",
            ((low.latitude + high.latitude) / 2.0, (low.longitude + high.longitude) / 2.0),
        )
    else:
        corners = [(each.latitude, each.longitude) for each in area.corners or ()]
        place, middle, at = "corners", "first corner", corners[0]
    if all_on_land(corners):
        yield tree.fault((*path, place), f"has no water in it; {_nearest_water(*at)} of its {middle}")


def _dry(tree: Tree, path: Path_, place: Place) -> Iterator[Fault]:
    if on_land(place.latitude, place.longitude):
        yield tree.fault(path, f"is on land; {_nearest_water(place.latitude, place.longitude)}")


def _nearest_water(lat: float, lon: float) -> str:
    from sim.water.shore import nearest_water_said  # noqa: PLC0415  # NumPy, without which a good scenario is checked

    return nearest_water_said(lat, lon)
