"""Shelves: folders of kinds found by file name, so that a new kind is one new file.

`drill: surface-gunnery` is `sim/drills/surface_gunnery.py`. Class shelves (sensors, units, drills) hold in each
file a class named after it (`SurfaceGunnery`); function shelves (measures, plots) hold the agreed function, and the
shelf of cases what its chapters declare.
Files that start with an underscore belong to the shelf itself. Kinds from outside the package stand beside the package's own
(`outside`); what they declare is looked at when they are first used, since nobody tests them here.
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

SHELVES = ("sensors", "units", "drills", "measures", "plots", "bands", "cases", "designs", "figures")
BASES = {
    "drills": ("_drill", "Drill"),
    "sensors": ("_sensor", "Sensor"),
}  # of class shelves, where kinds may come from outside
AGREED = {
    "measures": ("OF", "UNIT", "measure"),
    "plots": ("draw",),
    "bands": ("draw",),
}  # what a file on a function shelf holds
PICTURES = {
    "plots": "one run",
    "bands": "many runs",
    "figures": "a study",
}  # shelves of pictures, and of what they are


@cache
def names(shelf: str) -> tuple[str, ...]:
    """What a shelf holds, in alphabetical order, read from its file names; imports none of them.

    Raises UnknownKind with the nearest shelf, KindsError when a kind from outside has the name of one of the package's.
    """
    if shelf not in SHELVES:
        raise UnknownKind(unknown("shelf", shelf, SHELVES))
    folders = list(importlib.import_module(f"sim.{shelf}").__path__)
    own = [each.name.replace("_", "-") for each in pkgutil.iter_modules(folders) if each.name[0] != "_"]
    for name, path in outside.kinds(shelf).items():
        if name in own:
            there = Path(folders[0]) / f"{name.replace('-', '_')}.py"
            raise KindsError(f"{path}: {shelf[:-1]} {name!r} is one of navdrill's own, in {there}")
        own.append(name)
    return tuple(sorted(own, key=lambda name: name.replace("-", "_")))


def use(*folders: str | Path) -> None:
    """Puts folders of kinds from outside beside the package's own. Raises KindsError."""
    before = outside.named()
    outside.use(*folders)
    if outside.named() != before:
        names.cache_clear()


def module(shelf: str, name: str) -> ModuleType:
    """The file of a kind. Raises UnknownKind with the nearest name, KindsError when a file from outside breaks."""
    if name not in names(shelf):
        raise UnknownKind(unknown(shelf[:-1], name, names(shelf)))
    path = outside.kinds(shelf).get(name)
    if path is None:
        return importlib.import_module(f"sim.{shelf}.{name.replace('-', '_')}")
    found = outside.load(path)
    for each in AGREED.get(shelf, ()):
        if not hasattr(found, each):
            raise KindsError(f"{path}:1: a {shelf[:-1]} needs {', '.join(AGREED[shelf])}; there is no {each}")
    return found


def pictures() -> dict[str, tuple[str, ...]]:
    """Every picture there is, and the shelves it stands on, in alphabetical order."""
    found: dict[str, tuple[str, ...]] = {}
    for shelf in PICTURES:
        for name in names(shelf):
            found[name] = (*found.get(name, ()), shelf)
    return dict(sorted(found.items()))


def picture(shelf: str, name: str) -> ModuleType:
    """The file of a picture. Raises UnknownKind with the nearest name, or with what else it is a picture of."""
    others = [PICTURES[each] for each in pictures().get(name, ())]
    if others and name not in names(shelf):
        there = ", ".join(names(shelf))
        raise UnknownKind(
            f"{name!r} is a picture of {' and '.join(others)}; of {PICTURES[shelf]} there are: {there}"
        )
    if name not in names(shelf):
        raise UnknownKind(unknown(f"picture of {PICTURES[shelf]}", name, names(shelf)))
    return module(shelf, name)


def kind(shelf: str, name: str) -> Any:
    """The class of a kind on a class shelf.

    Raises UnknownKind with the nearest name, KindsError when a file from outside does not hold it.
    """
    home, wanted = module(shelf, name), "".join(word.capitalize() for word in name.split("-"))
    return _sound(shelf, home, wanted) if outside.is_outside(home) else getattr(home, wanted)


@cache
def _sound(shelf: str, home: ModuleType, wanted: str) -> Any:
    """A class from outside, once it has been seen to be what its shelf holds and to declare itself well."""
    found: Any = getattr(home, wanted, None)
    base, of = BASES[shelf]
    kind, path = getattr(importlib.import_module(f"sim.{shelf}.{base}"), of), str(home.__file__)
    line = outside.line_of(path, wanted)
    is_one = isinstance(found, type) and issubclass(found, kind)
    if not is_one:
        raise KindsError(f"{path}:{line}: holds no class {wanted} that is a {of}")
    told = next(found.faults(), None)
    if told is not None:
        raise KindsError(f"{path}:{line}: {wanted}: {told}")
    return found


def summary(shelf: str, name: str) -> str:
    """The first line of a kind's docstring."""
    found = module(shelf, name)
    return (found.__doc__ or "").strip().split("\n", 1)[0]
