"""What a study's folder holds, read back without the experiment's file."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.archive import FILE, read_rows
from sim.errors import FolderError
from sim.studies.experiment import Experiment, Point
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
    path = Path(folder) / FILE
    if not path.is_file():
        raise FolderError(f"{folder} holds no study: there is no {FILE} in it")
    try:
        database = sqlite3.connect(f"file:{path.resolve().as_posix()}?mode=ro", uri=True, timeout=2.0)
        try:
            about = dict(database.execute("SELECT key, value FROM about"))
            if "study" not in about:
                raise FolderError(
                    f"{folder} holds replications of one scenario, not a study: read its replications.csv"
                )
            content = json.loads(about["study"])
            asked = Experiment.model_validate(content["experiment"])
            points, rows = [], []
            for each in content["points"]:
                points.append(Point(each["number"], each["values"], tuple(each["shares"])))
                found = database.execute("SELECT max(series) FROM series WHERE scenario = ? AND seed = ?",
                                         (each["digest"], str(asked.seed))).fetchone()[0]  # fmt: skip
                rows.append([] if found is None else read_rows(database, found, asked.replications))
        finally:
            database.close()
    except sqlite3.OperationalError as reason:
        if "locked" in str(reason):
            raise FolderError(f"another navdrill is at work in {folder}; wait for it") from None
        raise FolderError(f"cannot read {path}: {reason}") from None
    except sqlite3.DatabaseError as reason:
        raise FolderError(f"{path} cannot be read: {reason}") from None
    return Results(
        Path(folder),
        asked,
        tuple(points),
        content["note"],
        content["structure"],
        table_of(points, asked.seed, rows),
    )
