"""Shelves: folders of kinds found by file name, so that a new kind is one new file.

`drill: surface-gunnery` is `sim/drills/surface_gunnery.py`. Class shelves (sensors, units, drills) hold in each
file a class named after it (`SurfaceGunnery`); function shelves (measures, plots) hold the agreed function, and the
shelf of cases what its chapters declare.
Files that start with an underscore belong to the shelf itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Any

from sim.errors import UnknownKind, unknown

SHELVES = ("sensors", "units", "drills", "measures", "plots", "cases")


@cache
def names(shelf: str) -> tuple[str, ...]:
    """What a shelf holds, in alphabetical order, read from its file names; imports none of them.

    Raises UnknownKind with the nearest shelf.
    """
    if shelf not in SHELVES:
        raise UnknownKind(unknown("shelf", shelf, SHELVES))
    folders = importlib.import_module(f"sim.{shelf}").__path__
    found = sorted(each.name for each in pkgutil.iter_modules(folders) if each.name[0] != "_")
    return tuple(name.replace("_", "-") for name in found)


def module(shelf: str, name: str) -> ModuleType:
    """The file of a kind. Raises UnknownKind with the nearest name."""
    if name not in names(shelf):
        raise UnknownKind(unknown(shelf[:-1], name, names(shelf)))
    return importlib.import_module(f"sim.{shelf}.{name.replace('-', '_')}")


def kind(shelf: str, name: str) -> Any:
    """The class of a kind on a class shelf. Raises UnknownKind with the nearest name."""
    return getattr(module(shelf, name), "".join(word.capitalize() for word in name.split("-")))


def summary(shelf: str, name: str) -> str:
    """The first line of a kind's docstring."""
    found = module(shelf, name)
    return (found.__doc__ or "").strip().split("\n", 1)[0]
