"""navdrill: agent-based simulation of naval exercises.

    import sim

    plan = sim.load("scenarios/northern_interaction_2023.yaml")
    run = sim.run(plan, seed=7)
    print(run.measures("serials_completed", "hit_rate"))
    sim.draw("timeline", run).savefig("timeline.png")

Names are looked up when first used, so that `import sim` stays light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from sim.accounts import Account
    from sim.runs import Run
    from sim.scenario.schema import Scenario
    from sim.studies.table import Table
    from sim.worker import Row

__version__ = "0.1.0"
__all__ = [
    "Exercise",
    "Run",
    "Scenario",
    "ScenarioError",
    "animate",
    "draw",
    "kinds",
    "load",
    "load_run",
    "load_runs",
    "replicate",
    "run",
    "save",
    "sweep",
    "why",
]

_HOMES = {
    "Exercise": "sim.exercise",
    "Run": "sim.runs",
    "Scenario": "sim.scenario.schema",
    "ScenarioError": "sim.errors",
}


def load(path: str | Path, values: Mapping[str, Any] | None = None) -> Scenario:
    """A scenario from its file, or from one that comes with navdrill by its name.

    values: others than the file has, by path: `{"environment.sea_state": 5, "serials.12.comex": "21 Jul 16:00"}`.
    Raises ScenarioError with every fault and its place.
    """
    if values is None:
        return importlib.import_module("sim.scenario.read").read(path)
    tree = importlib.import_module("sim.scenario.read").planted(path)
    return importlib.import_module("sim.scenario.overrides").with_values(tree, values)


def kinds(*folders: str | Path) -> None:
    """Has drills, measures, sensors, plots and bands of your own found in folders laid out like the package's shelves.

    To be called before anything else of navdrill is used; it runs what is in them. Raises KindsError.
    """
    importlib.import_module("sim.shelves").use(*folders)


def run(plan: Scenario | str | Path, seed: int = 0, replication: int = 0) -> Run:
    """Plays an exercise once; plan: a scenario, or the path of one."""
    scenario = plan if hasattr(plan, "serials") else load(plan)  # type: ignore[arg-type, unused-ignore]
    return importlib.import_module("sim.runs").play(scenario, seed, replication)


def replicate(plan: Scenario | str | Path, seed: int = 0, count: int = 20, **how: Any) -> list[Row]:
    """Plays replications 0 to count - 1 of a seed; a row for each, with its measures and outcomes.

    how: as `sim.replications.replicate` takes it, like `workers=2`, `measures=["serials_completed"]`.
    """
    scenario = plan if hasattr(plan, "serials") else load(plan)  # type: ignore[arg-type, unused-ignore]
    return importlib.import_module("sim.replications").replicate(scenario, seed, count, **how)


def sweep(
    experiment: str | Path,
    folder: str | Path,
    replications: int | None = None,
    points: int | None = None,
    **how: Any,
) -> Table:
    """Plays the study of an experiment's file into a folder, or what is left of it; gives its table.

    replications, points: instead of what the file says. how: as `sim.studies.sweep.sweep` takes it, like `workers=2`.
    Raises ScenarioError, FolderError.
    """
    home = importlib.import_module("sim.studies.experiment")
    study = home.read_experiment(experiment, replications=replications, points=points)
    return importlib.import_module("sim.studies.sweep").sweep(study, folder, **how)


def draw(kind: str, run: Run | Sequence[Run]) -> Figure:
    """A picture of a run: `timeline`, `tracks`, `cooperation` and whatever else is on the shelf; of many runs one with bands.

    Raises UnknownKind with the nearest name, ValueError of no run at all.
    """
    if hasattr(run, "log"):
        return importlib.import_module("sim.shelves").picture("plots", kind).draw(run)
    runs = list(run)
    if not runs:
        raise ValueError("a picture of many runs needs one at least")
    return importlib.import_module("sim.shelves").picture("bands", kind).draw(runs)


def animate(run: Run, path: str | Path, **how: Any) -> Path:
    """Writes a film of a run, `.gif`, or `.mp4` where there is ffmpeg.

    how: `serial="4"`, `begin="21 Jul 16:05"`, `end`, `area`, `region`, `speed` (s of the exercise in a second), `fps`, `size` (px), as
    `sim.animation.film.film` takes them. Raises FilmError, AccountError or FolderError.
    """
    films = importlib.import_module("sim.animation.film")
    saved: Path = films.film(run, **how).save(path)
    return saved


def save(run: Run, folder: str | Path, command: str = "") -> Path:
    """Writes a run folder. Raises FolderError."""
    return importlib.import_module("sim.store").save(run, folder, command)


def load_run(folder: str | Path) -> Run:
    """A run from its folder. Raises FolderError."""
    return importlib.import_module("sim.store").load(folder)


def load_runs(folder: str | Path, count: int = 30, workers: int = 1) -> list[Run]:
    """Runs of a folder of replications, or of FOLDER@POINT of a study: the first so many, played again by so many processes.

    A script that asks for more than one does so under `if __name__ == "__main__":`. Raises FolderError.
    """
    again = importlib.import_module("sim.studies.again")
    found: list[Run] = again.again(again.series(folder), count, workers=workers)
    return found


def why(run: Run, what: str) -> list[Account]:
    """Why a serial, a unit or a moment of a run came to what it did: chains of causes in sentences.

    what: a serial's number, a unit's name, or a time like '21 Jul 16:05'. Raises AccountError.
    """
    found: list[Account] = importlib.import_module("sim.accounts").why(run, what)
    return found


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
