"""The log as text: one JSON object a line, CSV, Parquet; written kind by kind in columns, and read back.

Floats are written in the fewest digits that read back to the last bit, by pydantic's own JSON writer, which is
ten times as fast as `repr`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from math import nan
from typing import Any

import numpy as np
from pydantic_core import from_json, to_json

from sim.errors import FolderError
from sim.log import Kind, Log

COLUMNS = ("number", "time", "serial", "unit", "other", "x", "y", "cause")  # of every kind's table
_NAMES = ("serial", "unit", "other")
_HOLE = "\0"  # where a value goes in a pattern; JSON text never holds this letter
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
    return _split(_numbers(values).replace("NaN", "null"))


def cells(column: np.ndarray) -> list[str]:
    """A column of a log as cells of a CSV file; nobody is an empty one."""
    values = column.tolist()
    if column.dtype != object:
        return _split(_numbers(values).replace("NaN", "nan"))
    names = {name: _cell(name) for name in dict.fromkeys(values)}
    return [names[name] for name in values]


def _cell(name: str | None) -> str:
    if name is None:
        return ""
    return '"' + name.replace('"', '""') + '"' if _QUOTED_IN_CSV & set(name) else name


def _numbers(values: list[float]) -> str:
    """Numbers as text with commas between."""
    return to_json(values, inf_nan_mode="constants")[1:-1].decode()


def _split(text: str) -> list[str]:
    return text.split(",") if text else []


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records of one kind in columns; details: what each says beside the common columns, as JSON without braces."""

    word: str
    table: dict[str, np.ndarray]
    details: list[str]


def sheets(log: Log) -> list[Sheet]:
    """A log kind by kind, as `lines` and `parquet` take it."""
    found, quoted = [], Quoted()
    for schema in log.kinds():
        table = log.table(schema.word)
        pattern = ", ".join(f"{_key(name)}: \0" for name, _ in schema.columns)
        columns = [texts(table[name], quoted) for name, _ in schema.columns]
        details = list(_filled(pattern, columns)) if columns else [""] * len(table["number"])
        found.append(Sheet(schema.word, table, details))
    return found


def lines(sheets: list[Sheet]) -> str:
    """Every record as a JSON object on a line of its own, in order."""
    numbers: list[int] = []
    found: list[str] = []
    quoted = Quoted()
    for sheet in sheets:
        table = sheet.table
        at, places = _places(table, quoted)
        pattern = (f'{{"n": \0, "t": \0, "kind": {_key(sheet.word)}, "serial": \0, "unit": \0, "other": \0, '
                   f'"at": {at}, "cause": \0{", " if sheet.details[0] else ""}\0}}\n')  # fmt: skip
        columns = [*(texts(table[name], quoted) for name in ("number", "time", *_NAMES)), *places,
                   _split(_numbers(table["cause"].tolist()).replace("-1", "null")), sheet.details]  # fmt: skip
        numbers += table["number"].tolist()
        found += _filled(pattern, columns)
    ordered = [""] * len(found)
    for number, line in zip(numbers, found, strict=True):
        ordered[number] = line
    return "".join(ordered)


def _filled(pattern: str, columns: list[list[str]]) -> Iterator[str]:
    """A pattern with each row of some columns in its holes; twice as fast as the operator %."""
    first, *rest = pattern.split(_HOLE)
    pieces: list[Iterable[str]] = [repeat(first)]
    for column, piece in zip(columns, rest, strict=True):
        pieces += [column, repeat(piece)]
    return map("".join, zip(*pieces, strict=False))  # strict would wait for what is repeated for ever


def _places(table: dict[str, np.ndarray], quoted: Quoted) -> tuple[str, list[list[str]]]:
    """How a line says where, and the columns for it; most kinds always have a place, or never."""
    nowhere = np.isnan(table["x"])
    if nowhere.all():
        return "null", []
    columns = [texts(table["x"], quoted), texts(table["y"], quoted)]
    if not nowhere.any():
        return "[\0, \0]", columns
    return "\0", [["null" if x == "null" else f"[{x}, {y}]" for x, y in zip(*columns, strict=True)]]


def _key(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


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


def parquet(sheets: list[Sheet]) -> bytes | None:
    """The records as a Parquet file with their details as JSON text; None when pyarrow is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # an optional extra of 170 MB
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        return None
    if not sheets:
        return None
    words = np.repeat(
        np.array([each.word for each in sheets], dtype=object), [len(each.details) for each in sheets]
    )
    rows = {name: np.concatenate([each.table[name] for each in sheets]) for name in COLUMNS} | {"kind": words}
    order = np.argsort(rows["number"])
    rows = {name: column[order] for name, column in rows.items()}
    details = [text for each in sheets for text in each.details]
    nowhere, names = np.isnan(rows["x"]), ["kind", *_NAMES]
    arrays = {
        "n": pa.array(rows["number"]), "t_s": pa.array(rows["time"]),
        **{name: pa.array(rows[name], pa.string()) for name in names},
        "x_m": pa.array(rows["x"], mask=nowhere), "y_m": pa.array(rows["y"], mask=nowhere),
        "cause": pa.array(rows["cause"], mask=rows["cause"] < 0),
        "details": pa.array(["{" + details[at] + "}" for at in order.tolist()], pa.string()),
    }  # fmt: skip
    file = io.BytesIO()
    pq.write_table(pa.table(arrays), file, use_dictionary=names)  # the rest hardly repeats
    return file.getvalue()
