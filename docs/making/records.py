"""The reference of what a run leaves behind: its folder, its tables, and each kind of record in its log."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable

from making.markdown import literal, page, section, table
from sim import shelves, store, tables
from sim.log import Kind, declared
from sim.runs import Run, play
from sim.scenario.read import read

FOLDER = {
    "run.json": "the manifest: scenario digest, seed, replication, fingerprint, headline measures, the kinds of record, versions, the command that repeats it",
    "scenario.json": "the scenario as it was played, whole and resolved; it may be played again like any other",
    "records.jsonl": "the log: every record as a JSON object on a line of its own, in order",
    "records.parquet": "the same as one table, where pyarrow is there (`pip install 'navdrill[parquet]'`); what only some kinds say is JSON in the column `details`",
    "serials.csv": "a row for each serial",
    "units.csv": "a row for each unit",
    "measures.csv": "every measure in long form",
    "legs.csv": "every leg of every unit; exact tracks are rebuilt from these",
    "report.html": "from `navdrill report`",
    "replay.html": "from `navdrill report --replay-only`",
    "report.md": "from `navdrill report --markdown`",
    "animation.gif": "from `navdrill animate`",
}
COLUMNS = {
    "serials.csv": {
        "serial": "its number", "title": "in words", "drill": "its kind", "area": "where it happened, or was to", "planned_comex": "on the scenario's own clock",
        "comex": "when it began; empty when it never did", "planned_finex": "planned COMEX and planned duration", "finex": "when it ended",
        "result": "completed, shortened, stopped or cancelled", "reason": "what held it up longest, or ended it; empty when nothing did",
        "late_min": "COMEX after its planned time", "share": "of its purpose achieved", "technical": "how well it was done, 0 to 1, by the measure of its drill",
        "score": "0 to 1", "mark": "the score in a word", "gunnery_hit_rate": "share of rounds for effect at a target on the water that hit",
        "presentations_hit_rate": "share of presentations of an air target that were hit", "shore_hit_rate": "share of rounds for effect at a target ashore that hit",
    },
    "units.csv": {
        "unit": "its name", "force": "whose", "platform": "its data sheet", "family": "ship, helicopter, ...", "distance_nmi": "sailed or flown",
        "fuel_t": "burnt; empty for aircraft", "rounds": "fired", "sorties": "flown; empty for ships", "utilisation_share": "of the exercise that it was in a serial",
    },
    "measures.csv": {
        "measure": "its name", "of": "exercise, serial, unit, area, ...", "key": "which one; empty for the exercise", "value": "empty where there is none", "unit": "of the value",
    },
    "legs.csv": {
        "time_s": "since the exercise begins", "unit": "who", "serial": "in which, if in one", "x_m": "east of the datum", "y_m": "north of it",
        "vx_m_per_s": "from then on, to the east", "vy_m_per_s": "to the north",
    },
}  # fmt: skip
COMMON = {
    "n": ("number", "its place in the log, from 0"), "t": ("time", "s since the exercise begins"), "kind": ("kind", "its word, below"),
    "serial": ("serial", "of which serial; null for none"), "unit": ("unit", "who"), "other": ("other", "with whom, or what"),
    "at": ("x, y", "where, m east and north of the datum"), "cause": ("cause", "the number of the record that caused it; -1 in tables for none"),
}  # fmt: skip
PLAYED = "communications"  # a small scenario, for the columns of the tables


def run_folder() -> str:
    """The page of the run folder."""
    run = play(read(PLAYED), 1)
    tables = [
        section(name, table(("column", "what"), described(name, columns)))
        for name, columns in written(run).items()
    ]
    return page("The run folder", "What `navdrill run` leaves behind, and `sim.save` writes; `sim.load_run` reads it again. CSV files have their "
                "unit in the column name. How to open them: [tables](../how/tables.md). The pictures are named by their kind.",
                section("Files", table(("file", "what"), ((literal(name), FOLDER[name]) for name in (*store.FILES, *store.REPORTS, store.FILM))),
                        "A run may be written over another. Pictures, reports and the film of the one before go with it, and `navdrill run` says which; they "
                        "stay when it is the same run again, by the same command and versions. Other files are left alone."), *tables,
                section("The folder of replications and of studies", "See [replications](../how/replications.md#what-is-in-the-folder) and "
                        "[studies](../how/studies.md)."))  # fmt: skip


def written(run: Run) -> dict[str, list[str]]:
    """The columns of each table."""
    rows = {
        "serials.csv": tables.serial_rows,
        "units.csv": tables.unit_rows,
        "measures.csv": tables.measure_rows,
    }
    found = {name: list(next(make(run))) for name, make in rows.items()}
    return found | {"legs.csv": tables.leg_lines(run).partition("\n")[0].split(",")}


def described(name: str, columns: Iterable[str]) -> list[tuple[str, str]]:
    """Columns with their words. Raises KeyError for one that has none."""
    return [(literal(each), COLUMNS[name][each]) for each in columns]


def records() -> str:
    """The page of records, by the part of the model that writes them."""
    common = table(
        ("in records.jsonl", "in tables", "what"),
        ((literal(key), literal(column), what) for key, (column, what) in COMMON.items()),
    )
    parts = [
        section(title, table(("record", "what", "columns of its own"), map(one, kinds)))
        for title, kinds in homes().items()
    ]
    return page("Records", "A run is its log: typed records, each with the record that caused it. Nothing else is kept, and every measure, picture and "
                "report is read from it. `run.log.of(\"comex\")` gives records of a kind in Python, `run.log.table(\"comex\")` its columns.",
                section("Every record", "What all of them say:", common), *parts)  # fmt: skip


def one(kind: Kind) -> tuple[str, str, str]:
    """A kind of record and what it says besides; counts and texts are marked, all else are numbers."""
    marks = {"number": "", "count": " (whole)", "text": " (text)"}
    return (
        literal(kind.word),
        kind.doc,
        ", ".join(f"{literal(name)}{marks[column]}" for name, column in kind.columns),
    )


def homes() -> dict[str, list[Kind]]:
    """The kinds of record by the drill, or the part of the exercise, that writes them."""
    importlib.import_module("sim.exercise")
    for name in shelves.names("drills"):
        shelves.module("drills", name)
    found: dict[str, list[Kind]] = {}
    for kind in declared():
        module = next((name for name, each in sorted(sys.modules.items()) if name.startswith("sim.") and kind in [
            value for value in vars(each).values() if isinstance(value, Kind)]), None)  # fmt: skip
        if module is None:
            continue  # declared by somebody from outside
        shelf = module.split(".")[1]
        title = "Drills" if shelf == "drills" else "Units" if shelf == "units" else "The exercise"
        found.setdefault(title, []).append(kind)
    return {title: found[title] for title in ("The exercise", "Units", "Drills")}
