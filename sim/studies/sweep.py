"""A study, played: every point as often as asked, by whoever plays; kept in a folder, and gone on with.

Replication k of every point has the same luck (common random numbers), so that points can be compared in pairs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.archive import Archive
from sim.replications import Job, play_all
from sim.studies.experiment import Study
from sim.studies.table import CSV, Table, table_of
from sim.worker import Row


def sweep(
    study: Study, folder: str | Path, *, finished: Callable[[int], None] | None = None, **how: Any
) -> Table:  # fmt: skip
    """Plays what a folder does not hold yet of a study; gives the table of all of it, which it also writes there.

    finished: told how many runs are on disk whenever some more are. how: passed on to `play_all`: workers, executor, chunk.
    Runs that failed are tried again. Raises FolderError for a folder that cannot be written, holds something else or
    another study, or that another navdrill is writing to; and what `play_all` raises.
    """
    asked = study.experiment
    measures = study.measures
    with Archive(folder, asked.experiment, study.digest, content(study), "study") as archive:
        series = [archive.series(packed.digest, study.seed_of(point), measures)
                  for point, packed in zip(study.points, study.packed, strict=True)]  # fmt: skip
        jobs, done, same = list[Job](), 0, set[int]()
        for point, packed, number in zip(study.points, study.packed, series, strict=True):
            held = archive.done(number, asked.replications)
            left = [each for each in range(asked.replications) if each not in held]
            if number in same:
                left = []  # the same scenario as at a point before
            else:
                done += len(held)
            same.add(number)
            jobs.append(Job(packed.plan, study.seed_of(point), left, f"point {point.number}, "))
        if finished is not None:
            finished(done)

        def keep(place: int, rows: list[Row]) -> None:
            nonlocal done
            archive.add(series[place], rows)
            done += sum(row.fault is None for row in rows)
            if finished is not None:
                finished(done)

        if any(job.numbers for job in jobs):
            play_all(jobs, keep, measures=measures, limit=asked.limit, **how)
        rows = [archive.rows(number, asked.replications) for number in series]
        table = table_of(study.points, [study.seed_of(point) for point in study.points], rows)
        archive.export(CSV, table.csv())
    return table


def content(study: Study) -> str:
    """What the archive keeps of a study: enough to read its table without the experiment's file."""
    asked = study.experiment
    return json.dumps(
        {"experiment": asked.model_dump(mode="json"), "scenario": study.tree.data, "file": study.file, "note": study.note,
         "structure": study.structure, "points": [{"number": point.number, "values": point.values, "shares": point.shares,
         "digest": packed.digest} for point, packed in zip(study.points, study.packed, strict=True)]},
        ensure_ascii=False, default=str,
    )  # fmt: skip
