"""Replications of a folder played again, for what their rows do not keep: a run's log.

A row has the fingerprint of its run, so what is played again is the same run or it is refused.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sim.archive import FILE, read_archive
from sim.errors import FolderError, NavdrillError, ScenarioError
from sim.log import Log
from sim.replications import Job, play_all
from sim.runs import Run
from sim.scenario.read import find, read_tree
from sim.scenario.schema import Scenario
from sim.scenario.tree import Tree, plant
from sim.studies.experiment import Experiment, Point, Study, seed_at
from sim.worker import Row, packed

USUAL = 30  # runs played again when nobody says how many: enough for the middle half, few enough to wait for


class Series(NamedTuple):
    """What a folder or a point of it holds. title: of the scenario, or what the point is."""

    title: str
    plan: Scenario
    seed: int
    rows: list[Row]


def is_archive(said: str | Path) -> bool:
    """Whether a folder, or FOLDER@POINT, holds replications."""
    folder, _ = _parted(said)
    return (folder / FILE).is_file()


def series(said: str | Path) -> Series:
    """The replications in a folder, or at FOLDER@POINT of a study, with the plan that was played. Raises FolderError."""
    folder, point = _parted(said)
    about, held = read_archive(folder)
    if "study" not in about:
        title, rows = held[0]
        return Series(title, _scenario(folder, about), _seed(folder, about["scenario_digest"]), rows)
    if point is None or point >= len(held):
        raise FolderError(f"{folder} is a study of {len(held)} points; say which, like {folder}@0")
    title, rows = held[point]
    content = json.loads(about["study"])
    asked, at = Experiment.model_validate(content["experiment"]), content["points"][point]
    place = Point(at["number"], at["values"], tuple(at["shares"]))
    return Series(title, _point(folder, content, asked, place, at["digest"]), seed_at(asked, place), rows)


def again(
    found: Series, count: int = USUAL, finished: Callable[[int], None] | None = None, workers: int = 1
) -> list[Run]:
    """Plays the first so many of them that did not fail, by so many workers: the same runs by any number.

    finished: told how many are done. Raises FolderError when there is none, or one comes out otherwise than it did;
    NavdrillError when one breaks.
    """
    good = {row.replication: row for row in found.rows if row.fault is None}
    numbers = list(good)[:count]
    if not numbers:
        raise FolderError(f"{found.title}: no replication has been played yet")
    logs: dict[int, Log] = {}

    def keep(_: int, rows: list[Row]) -> None:
        for row in rows:
            logs[row.replication] = _same_log(found, good[row.replication], row)
        if finished is not None:
            finished(len(logs))

    play_all([Job(packed(found.plan), found.seed, numbers)], keep, workers=workers, logs=True)
    return [Run(found.plan, found.seed, number, logs[number]) for number in numbers]


def _same_log(found: Series, was: Row, now: Row) -> Log:
    """The log of a replication played again. Raises NavdrillError when it is not the one that was played."""
    if now.log is None:
        raise NavdrillError(f"{found.title}: {now.fault}")
    if now.fingerprint != was.fingerprint:
        raise FolderError(
            f"{found.title}: replication {was.replication} comes out otherwise than when it was played "
            f"(fingerprint {now.fingerprint[:12]}, was {was.fingerprint[:12]}); it was another version of navdrill: play it again into another folder"
        )
    return now.log


def _parted(said: str | Path) -> tuple[Path, int | None]:
    folder, _, point = str(said).rpartition("@")
    return (Path(folder), int(point)) if folder and point.isdigit() else (Path(said), None)


def _scenario(folder: Path, about: dict[str, str]) -> Scenario:
    plan = read_tree(plant(about["scenario"], (folder / FILE).as_posix()), folder)
    return _same(folder, plan, about["scenario_digest"])


def _point(
    folder: Path, content: dict[str, object], asked: Experiment, point: Point, digest: str
) -> Scenario:
    """The plan of a point, from the scenario as the study keeps it; facts and what it extends stand where they did."""
    file = Path(str(content["file"]))
    beside = file.parent / asked.scenario
    said = beside if beside.suffix and beside.exists() else Path(asked.scenario)
    scenario = find(said)
    tree: Tree = plant(json.dumps(content["scenario"], ensure_ascii=False), said.as_posix())
    try:
        return _same(
            folder, Study(file.as_posix(), asked, tree, scenario.parent, (point,), "", {}).plan(point), digest
        )
    except ScenarioError as wrong:
        raise FolderError(
            f"{folder}: the scenario of point {point.number} cannot be read again from here: {wrong.faults[0]}"
        ) from None


def _same(folder: Path, plan: Scenario, digest: str) -> Scenario:
    if plan.digest != digest:
        raise FolderError(
            f"{folder}: the scenario reads otherwise than when it was played; a data sheet or fact sheet has changed since: play it again"
        )
    return plan


def _seed(folder: Path, digest: str) -> int:
    """That of the newest series, whose rows are read."""
    with closing(
        sqlite3.connect(f"file:{(folder / FILE).resolve().as_posix()}?mode=ro", uri=True)
    ) as database:
        found = database.execute(
            "SELECT seed FROM series WHERE scenario = ? ORDER BY series DESC", (digest,)
        ).fetchone()
    if found is None:
        raise FolderError(f"{folder}: no replication has been played yet")
    return int(found[0])
