"""Rows of replications kept in a folder: a SQLite file with one writer, so that an interrupted series goes on.

One transaction for each chunk that comes back: whatever ends this process, every row on disk is whole.
Rows are known by scenario, seed, version, measures and replication; none is played twice. A folder holds replications of one
scenario, or all points of one study.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from math import isnan, nan
from pathlib import Path
from types import TracebackType
from typing import Any

from sim import outside
from sim.errors import FolderError
from sim.replications import replicate
from sim.scenario.schema import Scenario
from sim.worker import Row

FILE, TABLE = "runs.sqlite", "replications.csv"
OURS = 0x6E617664  # "navd": SQLite's mark of whose file this is
FORMAT = 2
MOST = 2**32  # replications of one seed
PATIENCE = 2.0  # s to wait for another who reads or writes the file
_SCHEMA = f"""
PRAGMA application_id = {OURS};
PRAGMA user_version = {FORMAT};
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE series (series INTEGER PRIMARY KEY, scenario TEXT NOT NULL, seed TEXT NOT NULL, version TEXT NOT NULL,
                     measures TEXT NOT NULL, UNIQUE (scenario, seed, version, measures));
CREATE TABLE replications (series INTEGER, replication INTEGER, fingerprint TEXT NOT NULL, fault TEXT,
                           PRIMARY KEY (series, replication));
CREATE TABLE measures (series INTEGER, replication INTEGER, measure TEXT, key TEXT, value,
                       PRIMARY KEY (series, replication, measure, key));
CREATE TABLE outcomes (series INTEGER, replication INTEGER, serial TEXT, result TEXT NOT NULL, reason TEXT NOT NULL,
                       PRIMARY KEY (series, replication, serial));
"""  # value without a type: a count stays a count
_TABLES = ("replications", "measures", "outcomes")


def resume(
    plan: Scenario,
    seed: int,
    count: int,
    folder: str | Path,
    *,
    measures: Iterable[str] = (),
    finished: Callable[[int], None] | None = None,
    **how: Any,
) -> list[Row]:
    """Plays those replications of 0 to count - 1 that a folder does not hold yet; gives the rows of all.

    finished: told how many there are whenever some more are on disk. how: passed on to `replicate`.
    Replications that failed are tried again. Raises FolderError for a folder that cannot be written, holds
    something else or another scenario, or that another navdrill is writing to; and what `replicate` raises.
    """
    measures = tuple(measures)
    with Archive(folder, *about(plan)) as archive:
        series = archive.series(plan.digest, seed, measures)
        done = archive.done(series, count)
        if finished is not None:
            finished(len(done))

        def keep(rows: list[Row]) -> None:
            archive.add(series, rows)
            done.update(row.replication for row in rows)
            if finished is not None:
                finished(len(done))

        if len(done) < count:
            replicate(plan, seed, count, measures=measures, skip=tuple(done), finished=keep, **how)
        rows = archive.rows(series, count)
        archive.export(TABLE, table(rows, seed))
    return rows


def about(plan: Scenario) -> tuple[str, str, str]:
    """What an archive says of a scenario: its title, its digest, and all of it."""
    return plan.exercise, plan.digest, json.dumps(plan.written(), ensure_ascii=False)


class Archive:
    """The rows of one scenario or study in a folder, locked against other writers while it is open.

    title, digest, content: what it is of; a folder with something of another digest is refused. kind: `scenario` or `study`.
    Raises FolderError.
    """

    def __init__(
        self, folder: str | Path, title: str, digest: str, content: str, kind: str = "scenario"
    ) -> None:
        self.folder = Path(folder)
        self._path = self.folder / FILE
        with self._told():
            _claim(self.folder)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
            try:
                self._open(kind, {"title": title, f"{kind}_digest": digest, kind: content})
            except BaseException:
                self._database.close()
                raise

    def _open(self, kind: str, about: dict[str, str]) -> None:
        run = self._database.execute
        run("PRAGMA locking_mode = EXCLUSIVE")  # from the first transaction to the end
        run("PRAGMA journal_mode = DELETE")
        run("BEGIN EXCLUSIVE")
        mark = run("PRAGMA application_id").fetchone()[0]
        if mark == 0 and not run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _SCHEMA.split(";"):
                run(statement)
            self._database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            mark = OURS
        if mark != OURS:
            raise FolderError(f"{self._path} is not navdrill's; choose another --out")
        form = run("PRAGMA user_version").fetchone()[0]
        if form != FORMAT:
            raise FolderError(
                f"{self._path} has format {form}; this navdrill reads {FORMAT}; choose another --out"
            )
        held = dict(run("SELECT key, value FROM about"))
        if held.get(f"{kind}_digest") != about[f"{kind}_digest"]:
            raise FolderError(
                f"{self.folder} holds replications of another {kind}, {held.get('title')!r} as it was then; "
                "choose another --out"
            )
        run("COMMIT")

    def series(self, scenario: str, seed: int, measures: Iterable[str] = ()) -> int:
        """The number under which rows of a scenario, by its digest, and a seed are kept; with this version and these measures."""
        key = (scenario, str(seed), outside.version(), json.dumps(sorted(measures)))
        with self._told():
            run = self._database.execute
            run("INSERT OR IGNORE INTO series (scenario, seed, version, measures) VALUES (?, ?, ?, ?)", key)
            where = "(scenario, seed, version, measures) = (?, ?, ?, ?)"
            found: int = run(f"SELECT series FROM series WHERE {where}", key).fetchone()[0]
        return found

    def done(self, series: int, count: int) -> set[int]:
        """Which replications below count are there and did not fail."""
        asked = "SELECT replication FROM replications WHERE series = ? AND replication < ? AND fault IS NULL"
        return {number for (number,) in self._database.execute(asked, (series, count))}

    def add(self, series: int, rows: list[Row]) -> None:
        """Puts rows on disk, all or none; in place of those of the same replications."""
        with self._told(), self._transaction():
            write = self._database.executemany
            for table in _TABLES:
                write(
                    f"DELETE FROM {table} WHERE series = ? AND replication = ?",
                    ((series, row.replication) for row in rows),
                )
            write("INSERT INTO replications VALUES (?, ?, ?, ?)",
                  ((series, row.replication, row.fingerprint, row.fault) for row in rows))  # fmt: skip
            write("INSERT INTO measures VALUES (?, ?, ?, ?, ?)",
                  ((series, row.replication, *value) for row in rows for value in values(row)))  # fmt: skip
            write("INSERT INTO outcomes VALUES (?, ?, ?, ?, ?)",
                  ((series, row.replication, serial, *outcome)
                   for row in rows for serial, outcome in row.outcomes.items()))  # fmt: skip

    def rows(self, series: int, count: int) -> list[Row]:
        """The rows below count, in order."""
        return read_rows(self._database, series, count)

    def export(self, name: str, text: str) -> Path:
        """Writes a file beside the archive, whole or not at all."""
        part, path = self.folder / (name + ".part"), self.folder / name
        with self._told():
            with part.open("w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        return path

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong with the disk or the file, as a sentence."""
        try:
            yield
        except sqlite3.OperationalError as reason:
            if "locked" in str(reason):
                raise FolderError(
                    f"another navdrill is at work in {self.folder}; wait for it, or choose another --out"
                ) from None
            raise FolderError(f"cannot write the replications to {self.folder}: {reason}") from None
        except sqlite3.DatabaseError as reason:
            raise FolderError(f"{self._path} cannot be read: {reason}; choose another --out") from None
        except FolderError:
            raise
        except OSError as reason:
            raise FolderError(f"cannot write the replications to {self.folder}: {reason.strerror}") from None

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, broken: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()


def read_archive(folder: Path) -> tuple[dict[str, str], list[tuple[str, list[Row]]]]:
    """What an archive says of itself, and the rows it has: of the newest series of a scenario, or of each point of a study, with a title.

    Raises FolderError for what is no archive, or is at work.
    """
    path = folder / FILE
    if not path.is_file():
        raise FolderError(f"{folder} holds no replications: there is no {FILE} in it")
    try:
        with closing(
            sqlite3.connect(f"file:{path.resolve().as_posix()}?mode=ro", uri=True, timeout=PATIENCE)
        ) as database:
            about = dict(database.execute("SELECT key, value FROM about"))
            newest = "SELECT max(series) FROM series WHERE scenario = ?"
            if "study" in about:
                points = json.loads(about["study"])["points"]
                sides = [
                    (", ".join(f"{name} {value}" for name, value in point["values"].items()), point["digest"])
                    for point in points
                ]
            else:
                sides = [(about["title"], about["scenario_digest"])]
            held = []
            for title, digest in sides:
                series = database.execute(newest, (digest,)).fetchone()[0]
                held.append((title, [] if series is None else read_rows(database, series, MOST)))
    except sqlite3.OperationalError as reason:
        busy = "locked" in str(reason)
        raise FolderError(
            f"another navdrill is at work in {folder}; wait for it"
            if busy
            else f"cannot read {path}: {reason}"
        ) from None
    except sqlite3.DatabaseError as reason:
        raise FolderError(f"{path} cannot be read: {reason}") from None
    return about, held


def read_rows(database: sqlite3.Connection, series: int, count: int) -> list[Row]:
    """The rows of a series below count, in order."""
    key, run = (series, count), database.execute
    where = "FROM {} WHERE series = ? AND replication < ? ORDER BY replication, rowid"
    found = {number: Row(number, fingerprint, {}, {}, fault) for number, fingerprint, fault in
             run(f"SELECT replication, fingerprint, fault {where.format('replications')}", key)}  # fmt: skip
    for number, measure, name, value in run(
        f"SELECT replication, measure, key, value {where.format('measures')}", key
    ):
        value = nan if value is None else value
        if name == "":
            found[number].measures[measure] = value
        else:
            several = found[number].measures.setdefault(measure, {})
            several |= {} if name is None else {name: value}
    for number, serial, result, reason in run(
        f"SELECT replication, serial, result, reason {where.format('outcomes')}", key
    ):
        found[number].outcomes[serial] = result, reason
    return list(found.values())


def values(row: Row) -> Iterator[tuple[str, str | None, float | None]]:
    """The measures of a row one by one: measure, key ('' for the exercise as a whole), value or None.

    A measure that could have been of many things and was of none has one line, without a key.
    """
    for measure, value in row.measures.items():
        found = value if isinstance(value, dict) else {"": value}
        for key, each in found.items():
            yield measure, key, None if isnan(each) else each
        if not found:
            yield measure, None, None


def table(rows: list[Row], seed: int) -> str:
    """Rows as CSV, one for each replication: a measure of a serial is `score_share.15`, its outcome `result.15`."""
    lines = []
    for row in rows:
        line: dict[str, Any] = {"seed": seed, "replication": row.replication, "fingerprint": row.fingerprint,
                                "fault": row.fault}  # fmt: skip
        line |= {
            f"{measure}.{key}" if key else measure: value
            for measure, key, value in values(row)
            if key is not None
        }
        for serial, (result, reason) in row.outcomes.items():
            line |= {f"result.{serial}": result, f"reason.{serial}": reason}
        lines.append(line)
    columns = dict.fromkeys(name for line in lines for name in line)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def _claim(folder: Path) -> None:
    """Refuses a folder with something in it, but no archive."""
    if folder.is_dir() and not (folder / FILE).exists() and any(folder.iterdir()):
        raise FolderError(f"{folder} is not empty and holds no replications; choose another --out")
