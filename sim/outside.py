"""Kinds from outside the package: folders laid out like its shelves, named by the user or by installed packages.

A folder holds `drills/towing.py`, `measures/tows.py` and so on. Folders come from NAVDRILL_KINDS, which the option `--kinds` and
`sim.kinds` extend (so that workers inherit them), and from entry points of the group `navdrill.kinds`. Their code is run when a
kind is used, so only name folders you trust.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import sys
import traceback
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from sim.errors import KindsError

FOLDERS, GROUP = "NAVDRILL_KINDS", "navdrill.kinds"
PRIVATE = "navdrill_kinds"  # files of two folders never share a module's name


def use(*folders: str | Path) -> None:
    """Adds folders of kinds, for this process and those it begins. Raises KindsError where there is no folder."""
    known = [each for each in os.environ.get(FOLDERS, "").split(os.pathsep) if each]
    for folder in folders:
        whole = str(Path(folder).resolve())
        if not Path(whole).is_dir():
            raise KindsError(f"{folder}: no such folder of kinds")
        if whole not in known:
            known.append(whole)
    if known:
        os.environ[FOLDERS] = os.pathsep.join(known)
    _installed.cache_clear()


def folders() -> list[Path]:
    """All folders of kinds, those named first."""
    named = [Path(each) for each in os.environ.get(FOLDERS, "").split(os.pathsep) if each]
    for folder in named:
        if not folder.is_dir():
            raise KindsError(f"{FOLDERS}: {folder} is no folder")
    return [*named, *(folder for folder in _installed() if folder not in named)]


@cache
def _installed() -> tuple[Path, ...]:
    """Folders of installed packages that say they hold kinds."""
    from importlib.metadata import entry_points  # noqa: PLC0415  # reads all that is installed

    found = []
    for entry in entry_points(group=GROUP):
        try:
            spec = importlib.util.find_spec(entry.value)
        except ImportError as wrong:
            raise KindsError(f"entry point {entry.name!r} of {GROUP}: {wrong}") from None
        if spec is None or not spec.submodule_search_locations:
            raise KindsError(f"entry point {entry.name!r} of {GROUP}: {entry.value} is no package")
        found += [Path(each) for each in spec.submodule_search_locations]
    return tuple(found)


def kinds(shelf: str) -> dict[str, Path]:
    """The files of a shelf, by the name of their kind. Raises KindsError when two folders have one of a name."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in sorted((folder / shelf).glob("[!_]*.py")):
            name = path.stem.replace("_", "-")
            if name in found:
                raise KindsError(f"{path}: {shelf[:-1]} {name!r} is also in {found[name]}")
            found[name] = path
    return found


def load(path: Path) -> ModuleType:
    """The module of a file. Raises KindsError with the line at which it breaks."""
    try:
        return importlib.import_module(_module(path))
    except Exception as wrong:  # whatever the user's code does
        raise KindsError(f"{path}:{_line(wrong, path)}: {type(wrong).__name__}: {wrong}") from None


def _module(path: Path) -> str:
    """The private name of a file's module: what it declares can be pickled, and found again by a worker."""
    return f"{PRIVATE}.{hashlib.blake2b(str(path).encode(), digest_size=6).hexdigest()}_{path.stem}"


class _Finder:
    """Finds the modules of outside kinds by their private names."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """As the import system asks."""
        if name == PRIVATE:
            return ModuleSpec(PRIVATE, None, is_package=True)
        if not name.startswith(f"{PRIVATE}."):
            return None
        files = (file for folder in folders() for file in folder.glob("*/*.py"))
        return next((spec_from_file_location(name, file) for file in files if _module(file) == name), None)


sys.meta_path.append(_Finder)


def _line(wrong: Exception, path: Path) -> int:
    """The last line of the file itself that led to an error."""
    if isinstance(wrong, SyntaxError) and wrong.filename == str(path):
        return wrong.lineno or 1
    lines = [
        frame.lineno for frame in traceback.extract_tb(wrong.__traceback__) if frame.filename == str(path)
    ]
    return (lines[-1] if lines else 1) or 1


def digest() -> str:
    """Fixed by every file of every folder; empty when there are none."""
    found = hashlib.blake2b(digest_size=6)
    files = [path for folder in folders() for path in sorted(folder.rglob("*.py"))]
    for path in files:
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest() if files else ""
