"""Shelves: folders of kinds found by file name, so that a new kind is one new file.

`drill: surface-gunnery` is `sim/drills/surface_gunnery.py`. Class shelves (sensors, units, drills) hold in each
file a class named after it (`SurfaceGunnery`); function shelves (measures, plots) hold the agreed function, and the
shelf of cases what its chapters declare.
Files that start with an underscore belong to the shelf itself. Kinds from outside the package stand beside the package's own
(`outside`).
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from sim import outside
from sim.errors import KindsError, UnknownKind, unknown

BASES = {
    "drills": ("_drill", "Drill"),
    "sensors": ("_sensor", "Sensor"),
}  # what a kind from outside must be one of
SHELVES = ("sensors", "units", "drills", "measures", "plots", "cases")


@cache
def names(shelf: str) -> tuple[str, ...]:
    """What a shelf holds, in alphabetical order, read from its file names; imports none of them.

    Raises UnknownKind with the nearest shelf, KindsError when a kind from outside has the name of one of the package's.
    """
    if shelf not in SHELVES:
        raise UnknownKind(unknown("shelf", shelf, SHELVES))
    folders = importlib.import_module(f"sim.{shelf}").__path__
    own = [each.name.replace("_", "-") for each in pkgutil.iter_modules(folders) if each.name[0] != "_"]
    for name, path in outside.kinds(shelf).items():
        if name in own:
            raise KindsError(f"{path}: {shelf[:-1]} {name!r} is one of navdrill's own")
        own.append(name)
    return tuple(sorted(own, key=lambda name: name.replace("-", "_")))


def use(*folders: str | Path) -> None:
    """Puts folders of kinds from outside beside the package's own. Raises KindsError."""
    outside.use(*folders)
    names.cache_clear()


def module(shelf: str, name: str) -> ModuleType:
    """The file of a kind. Raises UnknownKind with the nearest name."""
    if name not in names(shelf):
        raise UnknownKind(unknown(shelf[:-1], name, names(shelf)))
    path = outside.kinds(shelf).get(name)
    return (
        importlib.import_module(f"sim.{shelf}.{name.replace('-', '_')}")
        if path is None
        else outside.load(path)
    )


def kind(shelf: str, name: str) -> Any:
    """The class of a kind on a class shelf.

    Raises UnknownKind with the nearest name, KindsError when a file from outside does not hold it.
    """
    home, wanted = module(shelf, name), "".join(word.capitalize() for word in name.split("-"))
    found = getattr(home, wanted, None)
    base = BASES.get(shelf)
    if base is not None and home.__name__.startswith(outside.PRIVATE):
        of = getattr(importlib.import_module(f"sim.{shelf}.{base[0]}"), base[1])
        if not (isinstance(found, type) and issubclass(found, of)):
            raise KindsError(f"{home.__file__}:1: holds no class {wanted} that is a {base[1]}")
    return found if found is not None else getattr(home, wanted)


def summary(shelf: str, name: str) -> str:
    """The first line of a kind's docstring."""
    found = module(shelf, name)
    return (found.__doc__ or "").strip().split("\n", 1)[0]
