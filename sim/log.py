"""The log: typed records packed in rows by kind, each with the record that caused it, and a fingerprint of them all.

Nothing above the log measures anything else; nothing in it is ever changed. Times are seconds since the
exercise begins, places metres on the exercise plane.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from math import isnan
from operator import attrgetter
from struct import error
from typing import TYPE_CHECKING, Any

from sim.rows import COMMON, NOBODY, Codes, Column, Kind, Rows

if TYPE_CHECKING:
    import numpy as np

NOWHERE = (float("nan"), float("nan"))
_NAMES = ("serial", "unit", "other")
_TAKEN = (
    "number",
    *COMMON,
    "n",
    "t",
    "kind",
    "at",
)  # what every record says already, in tables and in lines


_DECLARED: dict[str, Kind] = {}


def kind(word: str, doc: str, **columns: Column) -> Kind:
    """Declares a kind of record; to be called once, where the records are written.

    Raises ValueError when the word already stands for another kind, or a column has the name of a common one.
    """
    taken = next((name for name in columns if name in _TAKEN), None)
    if taken is not None:
        raise ValueError(f"record {word!r} cannot have a column {taken!r}: every record has one of that name")
    made = Kind(word, doc, tuple(columns.items()))
    if _DECLARED.setdefault(word, made) != made:
        raise ValueError(f"record {word!r} is declared twice, as {_DECLARED[word].doc!r} and as {doc!r}")
    return made


def declared() -> tuple[Kind, ...]:
    """Every kind of record that what has been imported so far may write, by its word."""
    return tuple(_DECLARED[word] for word in sorted(_DECLARED))


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
    """Takes records; gives them back one by one or as columns by kind.

    Records are written as they happen; only `extend` brings some in afterwards, which `seal` then puts in
    their places. Until then numbers may change, and with them causes, which follow.
    """

    def __init__(self) -> None:
        self._codes = Codes()
        self._rows: dict[str, Rows] = {}
        self._kinds: list[Rows] = []
        self._order = bytearray()  # the kind of each record

    def __len__(self) -> int:
        return len(self._order)

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
        rows = self._rows.get(kind.word)
        if rows is None:
            rows = self._declare(kind)
        form = rows.form
        if tuple(details) == form.names:  # in the order declared, as nearly always
            values: list[Any] = [*details.values()]
        else:
            values = rows.in_order(details)
        codes = self._codes
        for place in form.texts:
            values[place] = codes[values[place]]
        x, y = NOWHERE if at is None else at
        try:
            row = form.pack(
                time,
                codes[serial],
                codes[unit],
                codes[other],
                NOBODY if cause is None else cause,
                x,
                y,
                *values,
            )
        except error as wrong:
            raise TypeError(f"{kind.word}: {wrong}") from None
        rows.data += row
        self._order.append(rows.code)
        return len(self._order) - 1

    def codes(self, names: Iterable[str]) -> list[int]:
        """The codes of some names, for `extend`."""
        return [self._codes[name] for name in names]

    def extend(self, kind: Kind, columns: Mapping[str, Any]) -> None:
        """Brings in records of a kind as columns, to be put in their places by `seal`.

        columns: arrays by name, of the common ones (time, serial, unit, other, cause, x, y) and the kind's own; names
        and texts as `codes`. What is left out of the common ones is none.
        """
        import numpy as np  # noqa: PLC0415

        if not len(columns["time"]):
            return
        rows = self._rows.get(kind.word) or self._declare(kind)
        found = np.zeros(len(columns["time"]), dtype=rows.form.dtype)
        for name, empty in (*((name, NOBODY) for name in (*_NAMES, "cause")), ("x", np.nan), ("y", np.nan)):
            found[name] = columns.get(name, empty)
        found["time"] = columns["time"]
        for place, name in enumerate(rows.form.names):
            found[str(place)] = columns[name]
        rows.data += found.tobytes()
        self._order += bytes([rows.code]) * len(found)

    def seal(self) -> None:
        """Puts every record in its place by time; those of one moment stay as they came."""
        import numpy as np  # noqa: PLC0415

        order = np.frombuffer(bytes(self._order), dtype=np.uint8)
        times = np.empty(order.size)
        arrays = [rows.array() for rows in self._kinds]
        for rows, array in zip(self._kinds, arrays, strict=True):
            times[order == rows.code] = array["time"]
        if not (times[1:] < times[:-1]).any():
            return
        old = np.argsort(times, kind="stable")
        new = np.empty(old.size, dtype=np.int64)
        new[old] = np.arange(old.size)
        for rows, array in zip(self._kinds, arrays, strict=True):
            array = array[np.argsort(new[order == rows.code])]
            caused = array["cause"] != NOBODY
            array["cause"][caused] = new[array["cause"][caused]]
            rows.data = bytearray(array.tobytes())
        self._order = bytearray(order[old].tobytes())

    def _declare(self, kind: Kind) -> Rows:
        rows = self._rows[kind.word] = Rows(kind, len(self._kinds))
        self._kinds.append(rows)
        return rows

    def time(self, number: int) -> float:
        """When a record was written, s."""
        rows = self._kinds[self._order[number]]
        row = self._order.count(rows.code, 0, number)
        return float(rows.form.struct.unpack_from(rows.data, row * rows.form.struct.size)[0])

    def __getitem__(self, number: int) -> Record:
        if number < 0:
            raise IndexError(number)
        rows = self._kinds[self._order[number]]
        row = self._order.count(rows.code, 0, number)
        return self._record(
            rows, number, rows.form.struct.unpack_from(rows.data, row * rows.form.struct.size)
        )

    def _record(self, rows: Rows, number: int, row: tuple[Any, ...]) -> Record:
        time, serial, unit, other, cause, x, y, *values = row
        name = self._codes.name
        for place in rows.form.texts:
            values[place] = name(values[place])
        return Record(
            number, time, rows.kind.word, name(serial), name(unit), name(other), None if isnan(x) else (x, y),
            None if cause == NOBODY else cause, dict(zip(rows.form.names, values, strict=True)),
        )  # fmt: skip

    def __iter__(self) -> Iterator[Record]:
        rows = [each.form.struct.iter_unpack(bytes(each.data)) for each in self._kinds]
        return (
            self._record(self._kinds[code], number, next(rows[code]))
            for number, code in enumerate(bytes(self._order))
        )

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of record in this log, in the order they first appear."""
        return tuple(rows.kind for rows in sorted(self._kinds, key=lambda rows: self._order.find(rows.code)))

    def of(self, *words: str) -> Iterator[Record]:
        """The records of some kinds, in order."""
        found = [self._of(self._rows[word]) for word in words if word in self._rows]
        return found[0] if len(found) == 1 else merge(*found, key=attrgetter("number"))

    def _of(self, rows: Rows) -> Iterator[Record]:
        numbers = self._numbers(rows).tolist()
        unpacked = rows.form.struct.iter_unpack(bytes(rows.data))
        return (self._record(rows, number, row) for number, row in zip(numbers, unpacked, strict=True))

    def _numbers(self, rows: Rows) -> np.ndarray:
        """The numbers of a kind's records."""
        import numpy as np  # noqa: PLC0415

        return np.flatnonzero(np.frombuffer(bytes(self._order), dtype=np.uint8) == rows.code)

    def table(self, word: str) -> dict[str, np.ndarray]:
        """All records of a kind as columns: number, time, serial, unit, other, x, y, cause and its own."""
        import numpy as np  # noqa: PLC0415

        if word not in self._rows:
            return {}
        rows = self._rows[word]
        array, names = rows.array(), np.array([*self._codes.names, None], dtype=object)
        found: dict[str, np.ndarray] = {"number": self._numbers(rows)}
        for name in ("time", "serial", "unit", "other", "x", "y", "cause"):
            found[name] = names[array[name]] if name in _NAMES else array[name].copy()
        for place, (name, column) in enumerate(rows.kind.columns):
            found[name] = names[array[str(place)]] if column == "text" else array[str(place)].copy()
        return found

    def chain(self, number: int) -> list[Record]:
        """A record and what caused it, back to its root cause."""
        found = [self[number]]
        while found[-1].cause is not None:
            found.append(self[found[-1].cause])
        return found

    def fingerprint(self) -> str:
        """A digest of every record, the same wherever and however the same run was made.

        Kinds come by their words and names by their rank among all names, so that it tells what the records say and
        not in which order they came to be stored.
        """
        import numpy as np  # noqa: PLC0415

        names = self._codes.names
        ranks = np.empty(len(names) + 1, dtype=np.int32)
        ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        ranks[NOBODY] = NOBODY
        digest = hashlib.sha256(repr(sorted(names)).encode())
        for rows in sorted(self._kinds, key=lambda each: each.kind.word):
            array = rows.array().copy()
            digest.update(repr((rows.kind.word, rows.kind.columns)).encode())
            digest.update(self._numbers(rows).astype("<i8").tobytes())
            for name in array.dtype.names or ():
                if array.dtype[name].kind == "f":  # one bit pattern for 'nowhere'
                    array[name][np.isnan(array[name])] = np.nan
                elif name in _NAMES or (name.isdigit() and int(name) in rows.form.texts):
                    array[name] = ranks[array[name]]
            digest.update(array.tobytes())
        return digest.hexdigest()
