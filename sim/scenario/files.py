"""Where scenarios and fact sheets are: as given, beside another file, or among those that come with the package."""

from __future__ import annotations

from pathlib import Path

from sim.errors import Fault, ScenarioError, unknown
from sim.scenario.facts import PACKAGE, SEEDS
from sim.scenario.tree import read_text

SCENARIOS = (
    PACKAGE / "scenarios",
    PACKAGE.parent / "scenarios",
)  # installed; beside the package in a checkout


def shipped() -> list[str]:
    """The names of the scenarios that come with the package."""
    return sorted(shipped_files())


def shipped_files() -> dict[str, Path]:
    """Those scenarios by name, with their files; some stand in folders of their own, like `lessons`."""
    return {path.stem: path for folder in SCENARIOS for path in sorted(folder.rglob("*.yaml"))}


def find(path: str | Path) -> Path:
    """The file meant, whatever folders there are of that name: as given, or a scenario that comes with the package (`gunnery_day`, `lessons/crowded_sea`)."""
    given = Path(path)
    if given.suffix or is_file(given):
        return given
    there = shipped_files().get(given.name)
    folders = given.parts[:-1]
    if there is None or (len(folders) == 1 and there.parent.name not in (*folders, "scenarios")):
        return given
    return there


def text_of(path: str | Path) -> tuple[Path, str]:
    """The file meant and what it holds. Raises ScenarioError, with the nearest name for one that is none."""
    found = find(path)
    if not (found.suffix or is_there(found)):
        beside = found.with_name(f"{found.name}.yaml")
        if is_file(beside):
            message = f"no scenario called {found.name!r}. Did you mean {beside.as_posix()!r}?"
        else:
            message = unknown("scenario", found.name, shipped())
        raise ScenarioError([Fault(found.as_posix(), 0, 0, "", message)])
    return found, read_text(found)


def locate_facts(name: str, folder: Path) -> Path | None:
    """The file a scenario's `facts:` means: beside the scenario, else among the seeds; None when there is none."""
    places = (folder / name, *(seeds / Path(name).name for seeds in SEEDS))
    return next((path for path in places if is_file(path)), None)


def is_there(path: Path) -> bool:
    """Whether there is a file or a folder; never an error, however odd the name."""
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long for any disk, or with a NUL in it
        return False


def is_file(path: Path) -> bool:
    """Whether there is a file."""
    return is_there(path) and path.is_file()
