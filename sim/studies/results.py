"""What a study's folder holds, read back without the experiment's file."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.archive import read_archive
from sim.errors import FolderError
from sim.studies.experiment import Experiment, Point, seed_at
from sim.studies.table import Table, table_of


@dataclass(frozen=True)
class Results:
    """A study's experiment and its table. structure: what an analysis of the design needs. missing: runs not played yet."""

    folder: Path
    experiment: Experiment
    points: tuple[Point, ...]
    note: str
    structure: dict[str, Any]
    table: Table

    @property
    def missing(self) -> int:
        """How many runs there are still to play."""
        good = sum(row.fault is None for _, row in self.table.rows)
        return len(self.points) * self.experiment.replications - good


def load(folder: str | Path) -> Results:
    """The results in a folder, whole or not. Raises FolderError for what is no study's."""
    with _undisturbed():
        return _load(folder)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for garbage meanwhile: a hundred thousand rows are none, and looking through them again and again takes longer than reading."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _load(folder: str | Path) -> Results:
    about, held = read_archive(Path(folder))
    if "study" not in about:
        raise FolderError(
            f"{folder} holds replications of one scenario, not a study: read its replications.csv"
        )
    content = json.loads(about["study"])
    asked = Experiment.model_validate(content["experiment"])
    points = [Point(each["number"], each["values"], tuple(each["shares"])) for each in content["points"]]
    rows = [[row for row in found if row.replication < asked.replications] for _, found in held]
    table = table_of(points, [seed_at(asked, point) for point in points], rows)
    return Results(Path(folder), asked, tuple(points), content["note"], content["structure"], table)
