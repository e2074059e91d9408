"""YAML text as a tree of mappings, lists and plain text, with the place of every key and value.

Scalars stay text: what `NO`, `12:30` or `08` mean is for the declared type to say, not for YAML's guesses.
Guards stand before anything is built: size, depth, aliases, tags and duplicate keys.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from sim.errors import Fault, ScenarioError, nearest

DEEPEST = 32  # levels; the deepest honest scenario has 7
LARGEST = 5_000_000  # bytes; the whole July exercise takes about 40 kB
NOTHING = ("", "~", "null", "Null", "NULL")  # YAML's ways to write no value

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class Tree:
    """A file's content and where each part of it stands.

    file: as it was named; `sim.scenario.files.find` tells where it is. data: mappings, lists and text; None for an empty value. values, keys: (line, column) from 1 by path.
    elsewhere: the file, or the words of a command, for what is not said in the file itself.
    """

    file: str
    data: Any = None
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    elsewhere: dict[Path_, str] = field(default_factory=dict)

    def fault(self, path: Path_, message: str, *, at_key: bool = False) -> Fault:
        """A fault at a path, or at the nearest part of the file that exists above it."""
        shown = ".".join(str(step) for step in path)
        first, second = (self.keys, self.values) if at_key else (self.values, self.keys)
        for length in range(len(path), -1, -1):
            here = path[:length]
            place = first.get(here) or second.get(here)
            if place is not None:
                return Fault(self.elsewhere.get(here, self.file), *place, shown, message)
        return Fault(self.file, 1, 1, shown, message)

    def at(self, path: Path_) -> Any:
        """What stands at a path; None for nothing."""
        found = self.data
        for step in path:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found


def inside(part: Any) -> Iterable[tuple[str | int, Any]]:
    """The steps from a mapping or a list to what it holds; none from anything else."""
    if isinstance(part, dict):
        return part.items()
    return enumerate(part) if isinstance(part, list) else ()


def read_text(path: Path) -> str:
    """The text of a file. Raises ScenarioError for what is missing, a folder, too large or not text."""
    shown = path.as_posix()

    def refuse(message: str) -> ScenarioError:
        return ScenarioError([Fault(shown, 0, 0, "", message)])

    if path.is_dir():
        inside = sorted(each.name for each in path.glob("*.y*ml"))
        hint = f"; it holds {', '.join(inside[:5])}" if inside else ""
        raise refuse(f"is a folder, not a file{hint}")
    try:
        if path.stat().st_size > LARGEST:
            raise refuse(f"is larger than {LARGEST // 1_000_000} MB, which no scenario needs")
        raw = path.read_bytes()
    except FileNotFoundError:
        folder = path.parent if path.parent.is_dir() else Path()
        near = nearest(path.name, [each.name for each in folder.iterdir() if each.is_file()])
        raise refuse("no such file" + (f". Did you mean {near!r}?" if near else "")) from None
    except OSError as reason:
        raise refuse(f"cannot be read: {reason.strerror}") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = raw[: reason.start].count(b"\n") + 1
        fault = Fault(shown, line, 1, "", "is not text in UTF-8 (a binary file?)")
        raise ScenarioError([fault]) from None


_ODD = re.compile(
    "[^\n -~\xa0-\u2027\u202a-\ufefe]"
)  # tabs, other ends of lines, marks: there the two parsers differ


def plant(text: str, file: str) -> Tree:
    """The tree of a YAML text. Raises ScenarioError with every guard's and the syntax's fault.

    The compiled parser reads what it can, and the careful one what that refuses or a guard stops: they say it in other words.
    """
    is_odd = _ODD.search(text) is not None
    tree, faults = _planted(text, file, quick=not is_odd)
    if not is_odd and (faults or tree.data is None):
        tree, faults = _planted(text, file, quick=False)
    if not faults and tree.data is None:
        faults.append(Fault(file, 1, 1, "", "is empty"))
    if faults:
        raise ScenarioError(faults)
    return tree


def _planted(text: str, file: str, quick: bool) -> tuple[Tree, list[Fault]]:
    tree, faults = Tree(file), list[Fault]()
    _grow(_events(text, file, quick), tree, faults)
    return tree, faults


def sprout(text: str, file: str) -> Tree | None:
    """The tree of a JSON text without places, thirty times as fast as by `plant`, and the same.

    None for what `plant` must look at: what is not JSON, or a guard would stop.
    """
    tree = Tree(file)
    try:
        content = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=_once)
        tree.data = _shoot(content, (), tree)
    except (ValueError, RecursionError):
        return None
    return tree if tree.data is not None else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key given twice")
    return found


def _shoot(given: Any, path: Path_, tree: Tree) -> Any:
    """A part of a JSON text as `_node` gives it; every place is the head of the file."""
    if len(path) > DEEPEST:
        raise ValueError("nested too deep")
    tree.values[path] = tree.keys[path] = (1, 1)
    if isinstance(given, dict):
        return {_sound(key): _shoot(each, (*path, key), tree) for key, each in given.items()}
    if isinstance(given, list):
        return [_shoot(each, (*path, index), tree) for index, each in enumerate(given)]
    if isinstance(given, bool):
        return "true" if given else "false"
    return given if given is None else _sound(given)


def _sound(text: str | float) -> str:
    """Text without half a character in it. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError(f"{text} is not JSON")  # NaN and its like, which Python reads
    text.encode()
    return text


class _Refused(Exception):
    """Stops the walk after a fault that would make the rest meaningless or dear. args: the fault, or nothing."""


def _events(text: str, file: str, quick: bool) -> Iterator[Event]:
    """The parser's events; whatever it cannot read is refused with its place."""
    try:
        yield from YAML(typ="safe", pure=not quick).parse(io.StringIO(text))
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        words = " ".join(str(problem.problem or problem.context or "not YAML").split())
        hint = next((hint for sign, hint in _HINTS.items() if sign in words), "")
        raise _Refused(Fault(file, line, column, "", f"not YAML: {words}{hint}")) from None
    except ReaderError as problem:
        before = text[: problem.position]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        raise _Refused(Fault(file, line, column, "", "holds a control character: not a text file")) from None
    except YAMLError as problem:
        raise _Refused(Fault(file, 1, 1, "", "not YAML: " + " ".join(str(problem).split()))) from None
    except Exception as broken:  # the parser's own slips: int('') on odd directives, an assertion, an index
        raise _Refused(Fault(file, 1, 1, "", f"not YAML: the parser gives up ({broken})")) from None


_HINTS = {
    "mapping values are not allowed here": " (text with ': ' in it needs quotes, or the indent is off)",
    "found character '\\t'": " (indent with spaces, not tabs)",
    "found character '@'": " (text that begins so needs quotes)",
    "found character '`'": " (text that begins so needs quotes)",
    "found character '%'": " (text that begins so needs quotes)",
}


def _grow(events: Iterator[Event], tree: Tree, faults: list[Fault]) -> None:
    documents = 0
    try:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    faults.append(_at(tree, event, (), "holds more than one document; keep one a file"))
                    return
            elif isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent):
                tree.data = _node(event, events, (), tree, faults)
    except _Refused as stop:
        faults.extend(stop.args)


def _at(tree: Tree, event: Event, path: Path_, message: str) -> Fault:
    return Fault(tree.file, event.start_mark.line + 1, event.start_mark.column + 1,
                 ".".join(str(step) for step in path), message)  # fmt: skip


def _node(event: Event, events: Iterator[Event], path: Path_, tree: Tree, faults: list[Fault]) -> Any:
    tree.values[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
    if len(path) > DEEPEST:
        faults.append(_at(tree, event, path[:3], f"nested deeper than {DEEPEST} levels"))
        raise _Refused
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        faults.append(_at(tree, event, path, "anchors and aliases (&, *) are not allowed; write it out"))
        raise _Refused
    tag = getattr(event, "tag", None)
    if tag is not None:
        faults.append(_at(tree, event, path, f"tags ({tag}) are not allowed; plain values only"))
    if isinstance(event, ScalarEvent):
        if event.value == "" and not event.style and path in tree.keys:
            tree.values[path] = tree.keys[path]  # the parser puts nothing at the next thing there is
        plain_nothing = not event.style and event.value in NOTHING
        return None if plain_nothing else _whole(event.value, event, path, tree, faults)
    if isinstance(event, SequenceStartEvent):
        items: list[Any] = []
        for inner in events:
            if isinstance(inner, SequenceEndEvent):
                break
            items.append(_node(inner, events, (*path, len(items)), tree, faults))
        return items
    return _mapping(events, path, tree, faults)


def _mapping(events: Iterator[Event], path: Path_, tree: Tree, faults: list[Fault]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        if not isinstance(event, ScalarEvent):
            faults.append(_at(tree, event, path, "a key must be plain text"))
            raise _Refused
        if event.anchor or event.tag:
            faults.append(_at(tree, event, path, "anchors and tags (&, !) are not allowed on a key"))
            raise _Refused
        key = _whole(event.value, event, path, tree, faults)
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if key in found:
            first = tree.keys[(*path, key)][0]
            faults.append(_at(tree, event, (*path, key), f"key given twice; first on line {first}"))
            _node(next(events), events, (*path, key), Tree(tree.file), faults)
            continue
        tree.keys[(*path, key)] = place
        found[key] = _node(next(events), events, (*path, key), tree, faults)
    return found


def _whole(text: str, event: Event, path: Path_, tree: Tree, faults: list[Fault]) -> str:
    """Text with the two halves of a far character put together, as JSON writes them; half of one is refused."""
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        faults.append(_at(tree, event, path, "holds half of a character (a lone surrogate)"))
        return ""
