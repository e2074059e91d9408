"""The log as text: one JSON object a line, CSV, Parquet; written kind by kind in columns, and read back.

Floats are written in the fewest digits that read back to the last bit, by pydantic's own JSON writer, which is
ten times as fast as `repr`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from math import nan
from typing import Any

import numpy as np
from pydantic_core import from_json, to_json

from sim.errors import FolderError
from sim.log import Kind, Log

COLUMNS = ("number", "time", "serial", "unit", "other", "x", "y", "cause")  # of every kind's table
FIELDS = ("n", "t", "serial", "unit", "other", "at", "cause")  # of every line, beside the kind
_KIND_AT = 2  # where among the fields of a line the kind stands
_NAMES = ("serial", "unit", "other")
_QUOTED_IN_CSV = frozenset(',"\r\n')


class Quoted(dict[str | None, str]):
    """Names as JSON text, each put into quotes once."""

    def __missing__(self, name: str | None) -> str:
        text = self[name] = "null" if name is None else json.dumps(name, ensure_ascii=False)
        return text


def texts(column: np.ndarray, quoted: Quoted) -> list[str]:
    """A column of a log as JSON text, a piece for each record; what is not a number is null."""
    values = column.tolist()
    if column.dtype == object:
        return [quoted[name] for name in values]
    return ["null" if each == "NaN" else each for each in _numbers(values)]


def cells(column: np.ndarray) -> list[str]:
    """A column of a log as cells of a CSV file; nobody is an empty one."""
    values = column.tolist()
    if column.dtype != object:
        return [each.lower() for each in _numbers(values)]
    names = {name: _cell(name) for name in set(values)}
    return [names[name] for name in values]


def _cell(name: str | None) -> str:
    if name is None:
        return ""
    return '"' + name.replace('"', '""') + '"' if _QUOTED_IN_CSV & set(name) else name


def _numbers(values: list[float]) -> list[str]:
    text = to_json(values, inf_nan_mode="constants")[1:-1].decode()
    return text.split(",") if text else []


def lines(log: Log) -> str:
    """Every record as a JSON object on a line of its own, in order."""
    found, quoted = [""] * len(log), Quoted()
    for schema in log.kinds():
        table = log.table(schema.word)
        columns = _common(table, quoted) + [texts(table[name], quoted) for name, _ in schema.columns]
        fields = [f"{_key(name)}: %s" for name in (*FIELDS, *dict(schema.columns))]
        fields.insert(_KIND_AT, f'"kind": {_key(schema.word)}')
        line = "{" + ", ".join(fields) + "}\n"
        for number, text in zip(table["number"].tolist(), map(line.__mod__, zip(*columns, strict=True)), strict=True):
            found[number] = text
    return "".join(found)


def _common(table: dict[str, np.ndarray], quoted: Quoted) -> list[list[str]]:
    """The columns every kind has, without the kind itself."""
    places = zip(texts(table["x"], quoted), texts(table["y"], quoted), strict=True)
    at = ["null" if x == "null" else f"[{x}, {y}]" for x, y in places]
    causes = [str(cause) if cause >= 0 else "null" for cause in table["cause"].tolist()]
    return [texts(table["number"], quoted), texts(table["time"], quoted),
            *(texts(table[name], quoted) for name in _NAMES), at, causes]  # fmt: skip


def _key(word: str) -> str:
    """A word as it stands in the pattern of a line."""
    return json.dumps(word, ensure_ascii=False).replace("%", "%%")


def read_lines(lines: list[str], kinds: list[dict[str, Any]], source: str) -> Log:
    """The log whose records these lines are; kinds: what the manifest says of them.

    Raises FolderError with the line that cannot be read; source: the folder, for that sentence.
    """
    log, number = Log(), 0
    try:
        schemas = {each["word"]: _schema(each) for each in kinds}
        objects = _objects(lines)
        for number in range(1, len(lines) + 1):  # noqa: B007  # told below
            given = next(objects)
            schema, holes = schemas[given.pop("kind")]
            for name in holes:
                if given[name] is None:
                    given[name] = nan
            del given["n"]
            at = given.pop("at")
            log.write(schema, given.pop("t"), at=None if at is None else (at[0], at[1]), **given)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as reason:
        place = f"records.jsonl:{number}" if number else "the kinds of record in run.json"
        raise FolderError(f"{source}: {place} cannot be read: {type(reason).__name__}: {reason}") from None
    return log


def _schema(given: dict[str, Any]) -> tuple[Kind, tuple[str, ...]]:
    """A kind of record, and the columns in which null stands for what is not a number."""
    columns = tuple(given["columns"].items())
    return Kind(given["word"], given["doc"], columns), tuple(name for name, of in columns if of == "number")


def _objects(lines: list[str]) -> Iterator[Any]:
    """What stands on each line: read in one piece when it can be, else line by line up to the bad one."""
    try:
        found = from_json("[" + ",".join(lines) + "]")
    except ValueError:
        found = []
    return iter(found) if len(found) == len(lines) else map(json.loads, lines)


def parquet(log: Log) -> bytes | None:
    """The records as a Parquet file with their details as JSON text; None when pyarrow is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # an optional extra of 170 MB
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        return None
    tables, details, quoted = [], [], Quoted()
    for schema in log.kinds():
        table = log.table(schema.word)
        tables.append(table | {"kind": np.full(len(table["number"]), schema.word, dtype=object)})
        columns = [texts(table[name], quoted) for name, _ in schema.columns]
        pattern = "{" + ", ".join(f"{_key(name)}: %s" for name, _ in schema.columns) + "}"
        details += map(pattern.__mod__, zip(*columns, strict=True)) if columns else ["{}"] * len(table["number"])
    names = ("number", "time", "kind", *_NAMES, "x", "y", "cause")
    rows = {name: np.concatenate([table[name] for table in tables]) for name in names}
    order = np.argsort(rows["number"])
    rows = {name: column[order] for name, column in rows.items()}
    nowhere = np.isnan(rows["x"])
    arrays = {
        "n": pa.array(rows["number"]), "t_s": pa.array(rows["time"]),
        **{name: pa.array(rows[name], pa.string()) for name in ("kind", *_NAMES)},
        "x_m": pa.array(rows["x"], mask=nowhere), "y_m": pa.array(rows["y"], mask=nowhere),
        "cause": pa.array(rows["cause"], mask=rows["cause"] < 0),
        "details": pa.array([details[at] for at in order.tolist()], pa.string()),
    }  # fmt: skip
    file = io.BytesIO()
    pq.write_table(pa.table(arrays), file)
    return file.getvalue()
