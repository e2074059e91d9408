"""Kinds from outside the package: folders laid out like its shelves, named by the user or by installed packages.

A folder holds `drills/towing.py`, `measures/tows.py` and so on. Folders come from NAVDRILL_KINDS, which the option `--kinds` and
`sim.kinds` extend (so that workers inherit them), and from entry points of the group `navdrill.kinds`; never from a scenario, which is
read without a thought. Their code is run when a kind is used, so only name folders you trust.

Each folder is a package of a private name: its files may import from each other (`from ._rig import Rig`), and those of two
folders never share a module.
"""

from __future__ import annotations

import ast
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
from sim.packages import own_version

FOLDERS, GROUP = "NAVDRILL_KINDS", "navdrill.kinds"
PRIVATE = "navdrill_kinds"  # under which all their modules stand
SHELVES = ("drills", "measures", "sensors", "plots", "bands")  # that can be added to


def use(*folders: str | Path) -> None:
    """Adds folders of kinds, for this process and those it begins. Raises KindsError where one cannot be used."""
    known = list(named())
    before = len(known)
    for folder in folders:
        whole = str(Path(folder).resolve())
        _usable(Path(whole), str(folder))
        if whole in known:
            continue
        if "sim.scenario.sheets" in sys.modules and any((Path(whole) / "sensors").glob("[!_]*.py")):
            raise KindsError(
                f"{folder}: brings sensors, so it must be named before anything of navdrill is used"
            )
        known.append(whole)
    if len(known) > before:
        os.environ[FOLDERS] = os.pathsep.join(known)
        forget()


def forget() -> None:
    """Looks anew at what the environment and the folders say."""
    for found in (folders_used, _installed, kinds):
        found.cache_clear()
    importlib.invalidate_caches()


def _usable(folder: Path, said: str) -> None:
    if not folder.is_dir():
        raise KindsError(f"{said}: no such folder of kinds")
    if os.pathsep in str(folder):
        raise KindsError(f"{said}: has {os.pathsep!r} in its path, which stands between folders in {FOLDERS}")
    if not any((folder / shelf).is_dir() for shelf in SHELVES):
        raise KindsError(f"{said}: is no folder of kinds; it holds none of {', '.join(SHELVES)}")


def named() -> tuple[str, ...]:
    """The folders that were named, not those of installed packages."""
    said = os.environ.get(FOLDERS, "").split(os.pathsep)
    return tuple(str(Path(each).resolve()) for each in said if each)


@cache
def folders_used() -> tuple[Path, ...]:
    """All folders of kinds, those named first. Raises KindsError."""
    found = [Path(each) for each in named()]
    for folder in found:
        _usable(folder, f"{FOLDERS}: {folder}")
    return tuple(dict.fromkeys([*found, *_installed()]))


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
        found += [Path(each).resolve() for each in spec.submodule_search_locations]
    return tuple(found)


@cache
def kinds(shelf: str) -> dict[str, Path]:
    """The files of a shelf, by the name of their kind. Raises KindsError when two folders have one of a name."""
    found: dict[str, Path] = {}
    for folder in folders_used() if shelf in SHELVES else ():
        for path in sorted((folder / shelf).glob("[!_]*.py")):
            name = path.stem.replace("_", "-")
            if name in found:
                raise KindsError(f"{path}: {shelf[:-1]} {name!r} is also in {found[name]}")
            found[name] = path
    return found


def load(path: Path) -> ModuleType:
    """The module of a kind's file. Raises KindsError with the file and line at which it breaks."""
    try:
        return importlib.import_module(f"{_package(path.parents[1])}.{path.parent.name}.{path.stem}")
    except (Exception, SystemExit) as wrong:  # whatever the user's code does
        file, line = _broke(wrong, path)
        said = wrong.msg if isinstance(wrong, SyntaxError) else str(wrong)
        raise KindsError(f"{file}:{line}: {type(wrong).__name__}: {said}") from None


def is_outside(module: ModuleType) -> bool:
    """Whether a module is of a kind from outside."""
    return module.__name__.startswith(f"{PRIVATE}.")


def line_of(path: str | Path, name: str) -> int:
    """The line of a file at which a name is defined or assigned; 1 where it is nowhere."""
    for node in ast.parse(Path(path).read_bytes()).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if getattr(node, "name", None) == name or name in [getattr(each, "id", None) for each in targets]:
            return node.lineno
    return 1


def _package(folder: Path) -> str:
    """The private name of a folder: what its files declare can be pickled, and found again by a worker."""
    return f"{PRIVATE}.of_{hashlib.blake2b(str(folder).encode(), digest_size=6).hexdigest()}"


class _Finder:
    """Finds the packages of folders by their private names; what is in them Python finds by itself."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """As the import system asks."""
        if name == PRIVATE:
            return ModuleSpec(PRIVATE, None, is_package=True)
        if name.count(".") != 1 or not name.startswith(f"{PRIVATE}."):
            return None
        folder = next((each for each in folders_used() if _package(each) == name), None)
        if folder is None:
            return None
        if (folder / "__init__.py").is_file():
            return spec_from_file_location(name, folder / "__init__.py")
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
        return spec


sys.meta_path.append(_Finder)


def _broke(wrong: BaseException, path: Path) -> tuple[str, int]:
    """The last file and line of a folder that led to an error."""
    folder = str(path.parents[1]) + os.sep
    if isinstance(wrong, SyntaxError) and (wrong.filename or "").startswith(folder):
        return wrong.filename or "", wrong.lineno or 1
    frames = [each for each in traceback.extract_tb(wrong.__traceback__) if each.filename.startswith(folder)]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else (str(path), 1)


def digest() -> str:
    """Fixed by the code of every folder: its own files, its shelves and packages. Empty when there are none."""
    found = hashlib.blake2b(digest_size=6)
    for folder in folders_used():
        inner = sorted(
            {*(each.parent for each in folder.glob("*/__init__.py")), *(folder / each for each in SHELVES)}
        )
        files = [*folder.glob("*.py"), *(file for each in inner for file in each.rglob("*.py"))]
        for name, file in sorted((each.relative_to(folder).as_posix(), each) for each in files):
            found.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest() if folders_used() else ""


def version() -> str:
    """Of all the code that results come from: navdrill's own, and of kinds from outside what is in them."""
    kinds = digest()
    return f"{own_version()}+kinds.{kinds}" if kinds else own_version()
