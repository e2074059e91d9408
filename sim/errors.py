"""Faults and errors: what navdrill refuses, where it stands, and the nearest good answer."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LONGEST = 80  # letters of a file's own text that a sentence repeats


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file, with its place.

    line and column count from 1; 0 when the fault concerns the file as a whole.
    """

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class NavdrillError(Exception):
    """Root of all that navdrill raises on purpose."""


class ScenarioError(NavdrillError, ValueError):
    """A scenario, a fact sheet or a data sheet cannot be used; carries every fault found.

    args: one tuple of `Fault`, so that the error survives copying and pickling.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(tuple(faults))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults, in the order of the file."""
        return tuple(sorted(self.args[0]))

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class UnknownKind(NavdrillError, KeyError):
    """A shelf holds nothing by that name. args: the sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


class KindsError(NavdrillError, ImportError):
    """A folder of kinds, or a file in one, cannot be used. args: the sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


class RunError(NavdrillError, RuntimeError):
    """A run broke inside. args: the sentence, the seed and the replication."""

    def __str__(self) -> str:
        return str(self.args[0])


class FolderError(NavdrillError, OSError):
    """A run folder cannot be written or read. args: the sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


class CompiledError(NavdrillError, ImportError):
    """The compiled kernels were asked for and cannot be had. args: the sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


class AccountError(NavdrillError, LookupError):
    """A run knows nothing of what is asked about. args: the sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


class RouteError(NavdrillError, ValueError):
    """There is no way by sea between two places, or none that is known. args: the sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


class FilmError(NavdrillError, ValueError):
    """A film cannot be made as it is asked for. args: the sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like the one given, or None when nothing is close."""
    words = list(known)
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if not found:
        folded = {each.casefold(): each for each in words}
        found = [folded[near] for near in difflib.get_close_matches(word.casefold(), list(folded), 1, 0.6)]
    return found[0] if found else None


def described(came: Any) -> str:
    """What a file holds at a place, for the sentence that says what came."""
    if isinstance(came, dict):
        return "a mapping"
    if isinstance(came, list | tuple):
        return "a list"
    text = repr(came)
    return "nothing" if came is None else text if len(text) <= LONGEST else f"{text[:LONGEST]}...'"


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """The sentence for a name nobody knows: what came, the near match or what there is."""
    words = list(known)
    near = nearest(word, words)
    if near is not None:
        return f"no {what} called {described(word)}. Did you mean {near!r}?"
    if not words:
        return f"no {what} called {described(word)}; there are none"
    shown = ", ".join(words[:12]) + (", ..." if len(words) > 12 else "")
    return f"no {what} called {described(word)}; there are: {shown}"
