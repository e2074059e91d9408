"""Rows of records: how a kind of record is packed, and the names that stand in it as numbers.

Times are seconds since the exercise begins, places metres on the exercise plane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from struct import Struct
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np

NOBODY = -1  # code of an empty name; number of an absent cause

Column: TypeAlias = Literal["number", "count", "text"]
_CODES: dict[Column, str] = {"number": "d", "count": "q", "text": "i"}
COMMON = ("time", "serial", "unit", "other", "cause", "x", "y")
_COMMON_CODES = "diiiidd"  # names are codes and causes numbers of 32 bits: a row of no columns is 40 bytes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its word, what it says, and the columns it adds to the common ones.

    columns: name to column type; the unit is in the name (`range_m`, `delay_s`).
    """

    word: str
    doc: str
    columns: tuple[tuple[str, Column], ...] = ()


class Codes(dict[str | None, int]):
    """Names to numbers, in the order they first appear."""

    def __init__(self) -> None:
        super().__init__({None: NOBODY})
        self.names: list[str] = []

    def __missing__(self, name: str) -> int:
        code = self[name] = len(self.names)
        self.names.append(name)
        return code

    def name(self, code: int) -> str | None:
        """The name of a code."""
        return None if code == NOBODY else self.names[code]


class Form:
    """How a kind is packed, worked out once for all logs. texts: the places of its columns that are names."""

    __slots__ = ("names", "pack", "struct", "texts")

    def __init__(self, kind: Kind) -> None:
        self.names = tuple(name for name, _ in kind.columns)
        self.texts = tuple(place for place, (_, column) in enumerate(kind.columns) if column == "text")
        self.struct = Struct("<" + _COMMON_CODES + "".join(_CODES[column] for _, column in kind.columns))
        self.pack = self.struct.pack

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of an array of rows; the kind's own columns are named by their place: 0, 1, ..."""
        import numpy as np  # noqa: PLC0415  # reading a scenario declares kinds of record, and needs no arrays

        names = [*COMMON, *map(str, range(len(self.names)))]
        types = ({"d": "<f8", "q": "<i8", "i": "<i4"}[code] for code in self.struct.format[1:])
        return np.dtype(list(zip(names, types, strict=True)))


_form = cache(Form)


class Rows:
    """The rows of one kind, packed one after another. code: its number in this log."""

    __slots__ = ("code", "data", "form", "kind")

    def __init__(self, kind: Kind, code: int, data: bytes = b"") -> None:
        self.kind, self.code, self.data, self.form = kind, code, bytearray(data), _form(kind)

    def __len__(self) -> int:
        return len(self.data) // self.form.struct.size

    def __reduce__(self) -> tuple[Any, ...]:
        return Rows, (self.kind, self.code, bytes(self.data))

    def in_order(self, details: Mapping[str, Any]) -> list[Any]:
        """The values of a record by column. Raises KeyError when one is missing or unknown."""
        names = self.form.names
        values = [details[name] for name in names]
        for name in details:
            if name not in names:
                raise KeyError(f"{self.kind.word} has no column {name!r}")
        return values

    def array(self) -> np.ndarray:
        """The rows as a structured array of their own."""
        import numpy as np  # noqa: PLC0415

        return np.frombuffer(bytes(self.data), dtype=self.form.dtype)
