"""The run folder: everything a run left behind, in files that any tool opens, and back again.

`run.json` is the manifest and is written last: a folder without it is not a run. `scenario.json` is the whole
scenario as played, `records.jsonl` the log; the tables and pictures can all be made anew from these two.
"""

from __future__ import annotations

import csv
import io
import json
import os
import platform
from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib import metadata
from math import isnan
from pathlib import Path
from typing import Any

from sim import shelves
from sim.errors import FolderError
from sim.log import Kind, Log
from sim.measures.score import mark
from sim.runs import Run
from sim.scenario.read import read
from sim.scenario.roles import muster

FORMAT = 1
_PACKAGES = ("mesa", "simpy", "numpy", "pydantic", "ruamel.yaml")
_OURS = ("run.json", "scenario.json", "records.jsonl", "records.parquet", "legs.csv", "serials.csv", "units.csv",
         "measures.csv")  # fmt: skip


def save(run: Run, folder: str | Path, command: str = "") -> Path:
    """Writes a run folder; gives its path.

    Raises FolderError when the place cannot be written or holds something that is not a run.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        present = [each.name for each in folder.iterdir()]
        if present and "run.json" not in present and not set(present) <= set(_OURS):
            raise FolderError(f"{folder} is not empty and holds no run; choose another --out")
        tables = {
            "serials.csv": _csv(serial_rows(run)),
            "units.csv": _csv(unit_rows(run)),
            "measures.csv": _csv(measure_rows(run)),
            "legs.csv": _csv(leg_rows(run)),
        }
        _write(folder / "scenario.json", json.dumps(run.plan.written(), indent=1, ensure_ascii=False))
        _write(folder / "records.jsonl", "".join(_lines(run.log)))
        for name, text in tables.items():
            _write(folder / name, text)
        _parquet(run, folder / "records.parquet")
        _write(folder / "run.json", json.dumps(manifest(run, command), indent=1, ensure_ascii=False))
    except OSError as reason:
        if isinstance(reason, FolderError):
            raise
        raise FolderError(f"cannot write the run to {folder}: {reason.strerror}") from None
    return folder


def manifest(run: Run, command: str = "") -> dict[str, Any]:
    """What a run is: scenario, seed, fingerprint, outcome, and the versions it was made with."""
    return {
        "navdrill": FORMAT,
        "version": metadata.version("navdrill") if _installed("navdrill") else "source",
        "exercise": run.plan.exercise,
        "scenario_digest": run.plan.digest,
        "seed": run.seed,
        "replication": run.replication,
        "fingerprint": run.fingerprint,
        "records": len(run.log),
        "kinds": [
            {"word": each.word, "doc": each.doc, "columns": dict(each.columns)} for each in run.log.kinds()
        ],
        "headline": {name: _plain(value) for name, value in headline(run).items()},
        "command": command,
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in _PACKAGES if _installed(name)},
    }


def load(folder: str | Path) -> Run:
    """A run from its folder. Raises FolderError when it is not one, or not whole."""
    folder = Path(folder)
    try:
        about = json.loads((folder / "run.json").read_text("utf-8"))
        lines = (folder / "records.jsonl").read_text("utf-8").splitlines()
    except FileNotFoundError as missing:
        raise FolderError(
            f"{folder} is not a run folder: no {Path(str(missing.filename)).name} in it"
        ) from None
    except (OSError, ValueError) as reason:
        raise FolderError(f"cannot read the run in {folder}: {reason}") from None
    if len(lines) != about["records"]:
        raise FolderError(
            f"{folder}: records.jsonl has {len(lines)} of {about['records']} records; the run is torn"
        )
    plan = read(folder / "scenario.json")
    run = Run(plan, about["seed"], about["replication"], _log(about["kinds"], lines))
    if run.fingerprint != about["fingerprint"]:
        raise FolderError(f"{folder}: records.jsonl does not match the fingerprint in run.json")
    return run


def headline(run: Run) -> dict[str, Any]:
    """The measures of the exercise as a whole."""
    names = [name for name in shelves.names("measures") if shelves.module("measures", name).OF == "exercise"]
    return run.measures(*(name.replace("-", "_") for name in names))


def serial_rows(run: Run) -> Iterator[dict[str, Any]]:
    """One row for each serial: planned, actual, outcome, reason, score."""
    found = run.measures("lateness", "technical", "score", "gunnery_hits", "presentations_hit", "shore_hits")
    areas = {record.serial: record.details["area"] for record in run.log.of("comex")}
    for number, record in run.outcomes.items():
        serial, details = run.serial(number), record.details
        score = found["score"][number]
        yield {
            "serial": number,
            "title": serial.title,
            "drill": serial.drill,
            "area": areas.get(number, serial.area),
            "planned_comex": clock(run, details["planned_s"]),
            "comex": clock(run, details["comex_s"]),
            "planned_finex": clock(run, serial.planned_finex),
            "finex": clock(run, details["finex_s"]),
            "result": details["result"],
            "reason": details["reason"],
            "late_min": _round(found["lateness"].get(number)),
            "share": _round(details["share"], 3),
            "technical": _round(found["technical"].get(number), 3),
            "score": _round(score, 3),
            "mark": mark(score),
            "gunnery_hit_rate": _round(found["gunnery_hits"].get(number), 3),
            "presentations_hit_rate": _round(found["presentations_hit"].get(number), 3),
            "shore_hit_rate": _round(found["shore_hits"].get(number), 3),
        }


def unit_rows(run: Run) -> Iterator[dict[str, Any]]:
    """One row for each unit: what it is and what it did."""
    found = run.measures("distance", "fuel", "rounds", "sorties", "unit_utilisation")
    for unit in muster(run.plan):
        flies = unit.platform.family in ("helicopter", "aircraft")
        yield {
            "unit": unit.name,
            "force": unit.force,
            "platform": unit.platform.platform,
            "family": unit.platform.family,
            "distance_nmi": _round(found["distance"].get(unit.name, 0.0)),
            "fuel_t": None if flies else _round(found["fuel"].get(unit.name, 0.0)),
            "rounds": found["rounds"].get(unit.name, 0),
            "sorties": found["sorties"].get(unit.name, 0) if flies else None,
            "utilisation_share": _round(found["unit_utilisation"].get(unit.name, 0.0), 4),
        }


def measure_rows(run: Run) -> Iterator[dict[str, Any]]:
    """Every measure in long form: what it is of, the value, the unit."""
    for name in shelves.names("measures"):
        module = shelves.module("measures", name)
        value = module.measure(run)
        for key, each in value.items() if isinstance(value, dict) else [("", value)]:
            row = {"measure": name.replace("-", "_"), "of": module.OF, "key": key}
            yield row | {"value": _plain(each), "unit": module.UNIT}


def leg_rows(run: Run) -> Iterator[dict[str, Any]]:
    """Every leg of every unit: exact tracks are rebuilt from these."""
    for record in run.log.of("leg"):
        x, y = record.at or (float("nan"), float("nan"))
        yield {"time_s": record.time, "unit": record.unit, "serial": record.serial, "x_m": x, "y_m": y,
               **record.details}  # fmt: skip


def clock(run: Run, seconds: float) -> str | None:
    """A time of the run on the exercise's own clock; None for never."""
    if isnan(seconds):
        return None
    return (run.plan.begins + timedelta(seconds=round(seconds))).isoformat(sep=" ")


def _lines(log: Log) -> Iterator[str]:
    for record in log:
        line = {
            "n": record.number, "t": record.time, "kind": record.kind, "serial": record.serial, "unit": record.unit,
            "other": record.other, "at": record.at, "cause": record.cause,
            **{name: _plain(value) for name, value in record.details.items()},
        }  # fmt: skip
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _log(kinds: list[dict[str, Any]], lines: list[str]) -> Log:
    schemas = {
        each["word"]: Kind(each["word"], each["doc"], tuple(each["columns"].items())) for each in kinds
    }
    log = Log()
    for line in lines:
        given = json.loads(line)
        schema = schemas[given["kind"]]
        details = {
            name: float("nan") if given[name] is None and column == "number" else given[name]
            for name, column in schema.columns
        }
        at = None if given["at"] is None else (given["at"][0], given["at"][1])
        log.write(schema, given["t"], serial=given["serial"], unit=given["unit"], other=given["other"], at=at,
                  cause=given["cause"], **details)  # fmt: skip
    return log


def _parquet(run: Run, path: Path) -> None:
    """The records with their details as JSON text, when pyarrow is installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # an optional extra of 170 MB
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        return
    rows: dict[str, list[Any]] = {key: [] for key in ("n", "t_s", "kind", "serial", "unit", "other", "x_m", "y_m",
                                                      "cause", "details")}  # fmt: skip
    for record in run.log:
        x, y = record.at or (None, None)
        details = json.dumps(
            {name: _plain(value) for name, value in record.details.items()}, ensure_ascii=False
        )
        for key, value in zip(rows, (record.number, record.time, record.kind, record.serial, record.unit,
                                     record.other, x, y, record.cause, details), strict=True):  # fmt: skip
            rows[key].append(value)
    part = path.with_name(path.name + ".part")
    pq.write_table(pa.table(rows), part)
    os.replace(part, path)


def _write(path: Path, text: str) -> None:
    """Writes whole or not at all: a torn file would read as a short one."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    rows, text = list(rows), io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue()


def _plain(value: Any) -> Any:
    """A value JSON can hold: what is not a number becomes null."""
    return None if isinstance(value, float) and isnan(value) else value


def _round(value: float | None, digits: int = 1) -> float | None:
    return None if value is None or isnan(value) else round(float(value), digits)


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


__all__ = ["clock", "headline", "leg_rows", "load", "manifest", "measure_rows", "save",
           "serial_rows", "unit_rows"]  # fmt: skip
