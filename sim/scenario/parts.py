"""The parts of a scenario's text by name, whatever else may be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.scenario.tree import Path_


def groups(data: dict[str, Any]) -> Iterator[tuple[Path_, str, dict[str, Any]]]:
    """Every unit group of the text, with its path and force."""
    for force, content in mapping(data.get("forces")).items():
        for index, group in enumerate(sequence(mapping(content).get("units"))):
            if isinstance(group, dict):
                yield ("forces", force, "units", index), force, group


def serials(data: dict[str, Any]) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Every serial of the text, with its path."""
    for index, serial in enumerate(sequence(data.get("serials"))):
        if isinstance(serial, dict):
            yield ("serials", index), serial


def mapping(given: Any) -> dict[str, Any]:
    """A mapping, or an empty one for whatever else stands there."""
    return given if isinstance(given, dict) else {}


def sequence(given: Any) -> list[Any]:
    """A list, or an empty one for whatever else stands there."""
    return given if isinstance(given, list) else []


def words(given: Any) -> list[str]:
    """The names in a list, or the one that stands there by itself."""
    return [given] if isinstance(given, str) else [each for each in sequence(given) if isinstance(each, str)]


def text(given: Any) -> str | None:
    """Text, or None for whatever else stands there."""
    return given if isinstance(given, str) else None


def place_of(path: Path_, given: Any, index: int) -> Path_:
    """Where the item of that index among `words(given)` stands: in the list, or by itself."""
    if not isinstance(given, list):
        return path
    items = [place for place, each in enumerate(given) if isinstance(each, str)]
    return (*path, items[index])
