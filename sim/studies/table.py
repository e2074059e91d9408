"""The tidy table of a study: a row for each run, with its point, the factors' values, its measures and outcomes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import shelves
from sim.archive import values
from sim.errors import FolderError
from sim.worker import with_unit

if TYPE_CHECKING:
    from sim.studies.experiment import Point
    from sim.worker import Row

CSV = "runs.csv"
KEYS = ("point", "replication", "seed", "fingerprint", "fault")


@dataclass(frozen=True)
class Table:
    """Rows of runs, in the order of points and replications.

    points: the values of each factor by point. measures: columns with numbers, `lateness_min.15` for that of serial 15. outcomes:
    columns `result.15`, `reason.15`.
    """

    seeds: dict[int, int]
    points: dict[int, dict[str, Any]]
    shares: dict[int, tuple[float, ...]]
    rows: list[tuple[int, Row]]
    measures: dict[str, list[float]]
    outcomes: dict[str, list[str]]

    @property
    def factors(self) -> list[str]:
        """Their names."""
        return list(next(iter(self.points.values()), {}))

    def column(self, name: str) -> list[float]:
        """A measure by its name, with or without its unit; not a number where a run has none. Raises KeyError."""
        return self.measures[self.named(name)]

    def named(self, name: str) -> str:
        """The column of a measure that may be named without its unit: `hit_rate`, `score.15`. Raises KeyError."""
        asked, _, key = name.replace("-", "_").partition(".")
        for measure in (
            asked,
            *([with_unit(asked)] if asked.replace("_", "-") in shelves.names("measures") else []),
        ):
            column = f"{measure}.{key}" if key else measure
            if column in self.measures:
                return column
        raise KeyError(name)

    def at(self, point: int, name: str) -> list[float]:
        """A measure of all runs of a point, in the order of replications."""
        column = self.column(name)
        return [column[at] for at, (number, _) in enumerate(self.rows) if number == point]

    @property
    def faults(self) -> list[tuple[int, Row]]:
        """Runs that failed."""
        return [(point, row) for point, row in self.rows if row.fault is not None]

    def header(self) -> list[str]:
        """Names of the columns."""
        return [*KEYS[:3], *self.factors, *self.measures, *self.outcomes, *KEYS[3:]]

    def lines(self) -> Iterator[list[Any]]:
        """Rows as lists, in the order of the header; None where there is nothing."""
        for at, (point, row) in enumerate(self.rows):
            numbers = (column[at] for column in self.measures.values())
            yield [point, row.replication, self.seeds[point], *self.points[point].values(),
                   *(None if isnan(number) else number for number in numbers),
                   *(column[at] or None for column in self.outcomes.values()), row.fingerprint, row.fault]  # fmt: skip

    def csv(self) -> str:
        """All of it as CSV, the same to the last byte whoever played."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header())
        writer.writerows(["" if each is None else each for each in line] for line in self.lines())
        return text.getvalue()

    def schema(self) -> list[tuple[str, str, str]]:
        """Each column: its name, its type, what it is."""
        about = {"point": "point of the design, from 0", "replication": "from 0; the same luck at every point",
                 "seed": "of all chance", "fingerprint": "digest of the run's log", "fault": "why the run gave nothing"}  # fmt: skip
        kinds = {"point": "whole", "replication": "whole", "seed": "whole"}
        for name in self.factors:
            numeric = all(_number(values[name]) is not None for values in self.points.values())
            kinds[name], about[name] = ("number" if numeric else "text"), "factor"
        for name in self.measures:
            kinds[name], about[name] = "number", "measure with its unit"
        for name in self.outcomes:
            about[name] = "how a serial ended, or what kept it longest"
        return [(name, kinds.get(name, "text"), about[name]) for name in self.header()]

    def parquet(self, path: Path) -> None:
        """Writes it as Parquet. Raises FolderError without pyarrow, or where it cannot be written."""
        try:
            import pyarrow as arrow  # noqa: PLC0415
            from pyarrow import parquet  # noqa: PLC0415
        except ImportError:
            raise FolderError("Parquet takes pyarrow: pip install 'navdrill[parquet]'") from None
        lines = list(self.lines())
        arrays = {}
        for at, (name, kind, _) in enumerate(self.schema()):
            column = [line[at] for line in lines]
            if kind == "text":
                arrays[name] = arrow.array(
                    [None if each is None else str(each) for each in column], arrow.string()
                )
            elif kind == "whole":
                arrays[name] = arrow.array(column, arrow.int64())
            else:
                arrays[name] = arrow.array(
                    [None if each is None else _number(each) for each in column], arrow.float64()
                )
        try:
            parquet.write_table(arrow.table(arrays), path)
        except OSError as reason:
            raise FolderError(f"cannot write {path}: {reason.strerror or reason}") from None


def _number(given: Any) -> float | None:
    try:
        return float(given)
    except (TypeError, ValueError):
        return None


def table_of(points: Sequence[Point], seeds: Sequence[int], found: Sequence[Sequence[Row]]) -> Table:
    """The table of rows by point."""
    rows = [(point.number, row) for point, each in zip(points, found, strict=True) for row in each]
    measures: dict[str, list[float]] = {}
    said: dict[str, tuple[list[str], list[str]]] = {}
    for at, (_, row) in enumerate(rows):
        for measure, key, value in values(row):
            if key is not None:
                name = f"{measure}.{key}" if key else measure
                if name not in measures:
                    measures[name] = [nan] * len(rows)
                measures[name][at] = nan if value is None else value
        for serial, (result, reason) in row.outcomes.items():
            if serial not in said:
                said[serial] = [""] * len(rows), [""] * len(rows)
            results, reasons = said[serial]
            results[at], reasons[at] = result, reason
    outcomes = {f"{kind}.{serial}": column for serial, both in said.items()
                for kind, column in zip(("result", "reason"), both, strict=True)}  # fmt: skip
    return Table({point.number: seed for point, seed in zip(points, seeds, strict=True)}, {point.number: point.values for point in points}, {point.number: tuple(point.shares) for point in points},
                 rows, dict(sorted(measures.items())), dict(sorted(outcomes.items(), key=_by_serial)))  # fmt: skip


def _by_serial(item: tuple[str, Any]) -> tuple[int, str]:
    name, _, serial = item[0].partition(".")
    return (int(serial) if serial.isdigit() else 10**9), serial + name
