"""The log: typed records in columns, each with the record that caused it, and a fingerprint of them all.

Nothing above the log measures anything else; nothing in it is ever changed. Times are seconds since the
exercise begins, places metres on the exercise plane.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np

NOBODY = -1  # code of an empty name; number of an absent cause
NOWHERE = float("nan")

Column: TypeAlias = Literal["number", "count", "text"]
_CODES: dict[Column, str] = {"number": "d", "count": "q", "text": "i"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its word, what it says, and the columns it adds to the common ones.

    columns: name to column type; the unit is in the name (`range_m`, `delay_s`).
    """

    word: str
    doc: str
    columns: tuple[tuple[str, Column], ...] = ()


def kind(word: str, doc: str, **columns: Column) -> Kind:
    """Declares a kind of record; to be called once, where the records are written."""
    return Kind(word, doc, tuple(columns.items()))


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the log, as `Log` gives it back. at: (x, y) m or None. cause: number of a record or None."""

    number: int
    time: float
    kind: str
    serial: str | None
    unit: str | None
    other: str | None
    at: tuple[float, float] | None
    cause: int | None
    details: Mapping[str, Any]


class Log:
    """Appends records; gives them back one by one or as columns by kind."""

    def __init__(self) -> None:
        self._times, self._kinds = array("d"), array("h")
        self._serials, self._units, self._others = array("i"), array("i"), array("i")
        self._x, self._y = array("d"), array("d")
        self._causes, self._rows = array("q"), array("q")
        self._names: list[str] = []
        self._codes: dict[str | None, int] = {None: NOBODY}
        self._schemas: list[Kind] = []
        self._schema_codes: dict[str, int] = {}
        self._details: list[list[array[Any]]] = []
        self._members: list[array[int]] = []

    def __len__(self) -> int:
        return len(self._times)

    def write(
        self,
        kind: Kind,
        time: float,
        *,
        serial: str | None = None,
        unit: str | None = None,
        other: str | None = None,
        at: tuple[float, float] | None = None,
        cause: int | None = None,
        **details: float | int | str | None,
    ) -> int:
        """Appends a record and gives its number. Raises KeyError when a declared column is missing or unknown."""
        row = [details.pop(name) for name, _ in kind.columns]
        if details:
            raise KeyError(f"{kind.word} has no column {next(iter(details))!r}")
        number = len(self._times)
        schema = self._schema_codes.get(kind.word)
        if schema is None:
            schema = self._declare(kind)
        columns = self._details[schema]
        for value, (_, column), values in zip(row, kind.columns, columns, strict=True):
            values.append(self._code(value) if column == "text" else value)  # type: ignore[arg-type]
        code = self._code
        self._times.append(time)
        self._kinds.append(schema)
        self._serials.append(code(serial))
        self._units.append(code(unit))
        self._others.append(code(other))
        x, y = at if at is not None else (NOWHERE, NOWHERE)
        self._x.append(x)
        self._y.append(y)
        self._causes.append(NOBODY if cause is None else cause)
        self._rows.append(len(self._members[schema]))
        self._members[schema].append(number)
        return number

    def _declare(self, kind: Kind) -> int:
        schema = self._schema_codes[kind.word] = len(self._schemas)
        self._schemas.append(kind)
        self._details.append([array(_CODES[column]) for _, column in kind.columns])
        self._members.append(array("q"))
        return schema

    def _code(self, name: str | None) -> int:
        found = self._codes.get(name)
        if found is None:
            found = self._codes[name] = len(self._names)
            self._names.append(name)  # type: ignore[arg-type]
        return found

    def _name(self, code: int) -> str | None:
        return None if code == NOBODY else self._names[code]

    def __getitem__(self, number: int) -> Record:
        if number < 0:
            raise IndexError(number)
        schema, row = self._kinds[number], self._rows[number]
        details: dict[str, Any] = {}
        for (name, column), values in zip(self._schemas[schema].columns, self._details[schema], strict=True):
            details[name] = self._name(values[row]) if column == "text" else values[row]
        x, y, cause = self._x[number], self._y[number], self._causes[number]
        return Record(
            number, self._times[number], self._schemas[schema].word, self._name(self._serials[number]),
            self._name(self._units[number]), self._name(self._others[number]),
            None if isnan(x) else (x, y), None if cause == NOBODY else cause, details,
        )  # fmt: skip

    def __iter__(self) -> Iterator[Record]:
        return (self[number] for number in range(len(self)))

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of record in this log, in the order they first appeared."""
        return tuple(self._schemas)

    def of(self, *words: str) -> Iterator[Record]:
        """The records of some kinds, in order."""
        members = [self._members[self._schema_codes[word]] for word in words if word in self._schema_codes]
        numbers = members[0] if len(members) == 1 else sorted(number for each in members for number in each)
        return (self[number] for number in numbers)

    def table(self, word: str) -> dict[str, np.ndarray]:
        """All records of a kind as columns: number, time, serial, unit, other, x, y, cause and its own."""
        import numpy as np  # noqa: PLC0415  # reading a scenario declares kinds of record, and needs no arrays

        if word not in self._schema_codes:
            return {}
        schema = self._schema_codes[word]
        numbers = np.asarray(self._members[schema], dtype=np.int64)
        names = np.array([*self._names, None], dtype=object)
        found: dict[str, np.ndarray] = {
            "number": numbers,
            "time": np.asarray(self._times)[numbers],
            "serial": names[np.asarray(self._serials)[numbers]],
            "unit": names[np.asarray(self._units)[numbers]],
            "other": names[np.asarray(self._others)[numbers]],
            "x": np.asarray(self._x)[numbers],
            "y": np.asarray(self._y)[numbers],
            "cause": np.asarray(self._causes)[numbers],
        }
        for (name, column), values in zip(self._schemas[schema].columns, self._details[schema], strict=True):
            found[name] = names[np.asarray(values)] if column == "text" else np.array(values)
        return found

    def chain(self, number: int) -> list[Record]:
        """A record and what caused it, back to its root cause."""
        found = [self[number]]
        while found[-1].cause is not None:
            found.append(self[found[-1].cause])
        return found

    def fingerprint(self) -> str:
        """A digest of every record, the same wherever and however the same run was made."""
        digest = hashlib.sha256()
        for schema in self._schemas:
            digest.update(repr((schema.word, schema.columns)).encode())
        digest.update(repr(self._names).encode())
        columns = (self._times, self._kinds, self._serials, self._units, self._others, self._x, self._y,
                   self._causes)  # fmt: skip
        for column in columns:
            digest.update(_portable(column))
        for details in self._details:
            for values in details:
                digest.update(_portable(values))
        return digest.hexdigest()


def _portable(column: array[Any]) -> bytes:
    """A column's bytes, little-endian whatever the machine, with one bit pattern for 'nowhere'."""
    import numpy as np  # noqa: PLC0415

    values = np.asarray(column)
    if values.dtype.kind == "f":
        values = np.where(np.isnan(values), np.nan, values)
    return values.astype(values.dtype.newbyteorder("<")).tobytes()
