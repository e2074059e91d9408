"""Values laid over a planted scenario by their paths: variants of a scenario without copies of its file.

A path names keys from the top: `environment.sea_state`, `serials.12.comex`, `forces.russia.units.udaloy.count`. Serials
go by number; other things in lists by their platform, gun or a name of theirs, or by their place from 0. Paths as
`navdrill facts` prints them (`serials[12].parameters.range`) mean the same, and the data sheets of the library may be
changed likewise (`platforms.udaloy.max_speed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from sim.errors import Fault, ScenarioError, described, unknown
from sim.scenario import library
from sim.scenario.files import find
from sim.scenario.parts import mapping
from sim.scenario.read import planted, read, read_tree
from sim.scenario.schema import Scenario
from sim.scenario.tree import NOTHING, Path_, Tree, inside, plant

Place: TypeAlias = tuple[
    str, int, int
]  # file, line and column; the words of a command have neither line nor column
SINGULAR = {"forces": "force", "areas": "area", "bases": "base", "traffic": "traffic", "platforms": "platform",
            "guns": "gun", "resources": "resource"}  # fmt: skip
SHEETS = ("platforms", "guns")
SEASON: Path_ = ("environment", "season")
_CALLED = ("platform", "gun", "names", "code", "name")  # the keys by which things in a list are called
_WORD = re.compile(r'\.?(?:\[([^\]]*)\]|"([^"]*)"|([^.\[\]"]+))')
_PLAIN = re.compile(r"[\w.+(][\w .+()/%°±]*")  # text in which YAML sees nothing but text


def with_values(
    tree: Tree,
    values: Mapping[str, Any],
    *,
    folder: Path | None = None,
    said: Mapping[str, Place] | None = None,
) -> Scenario:
    """The scenario of a planted tree (`sim.scenario.read.planted`) with other values at some paths.

    values: by path; YAML text, or plain numbers, words, lists and mappings; None removes. The tree stays as it is.
    folder: where its paths start, else the folder of its file. said: where each value is written; without, faults
    stand at the scenario's own lines. Raises ScenarioError with every fault.
    """
    return read_tree(changed(tree, values, said), find(tree.file).parent if folder is None else folder)


def read_with(path: str | Path, settings: Iterable[str] = ()) -> Scenario:
    """A scenario from its file or by its name, with settings of a command (`environment.sea_state=5`) laid over it.

    Raises ScenarioError with every fault; those of a setting have its words for a place.
    """
    texts = tuple(settings)
    return read_placed(path, texts)[0] if texts else read(path)


def read_placed(path: str | Path, settings: Iterable[str] = ()) -> tuple[Scenario, Tree]:
    """A scenario as `read_with` gives it, and its tree, which knows where each part is written."""
    values, said, faults = {}, {}, []
    for text in settings:
        words, sign, value = text.partition("=")
        words, place = words.strip(), (f"--set {text}", 0, 0)
        if not (sign and words):
            faults.append(Fault(*place, "", "write it like --set environment.sea_state=5"))
        values[words], said[words] = value, place
    if faults:
        raise ScenarioError(faults)
    tree = changed(planted(path), values, said)
    return read_tree(tree, find(tree.file).parent), tree


def changed(tree: Tree, values: Mapping[str, Any], said: Mapping[str, Place] | None = None) -> Tree:
    """A tree with other values at some paths, and where they are written. Raises ScenarioError with every fault."""
    found = Tree(tree.file, tree.data, dict(tree.values), dict(tree.keys), dict(tree.elsewhere))
    faults: list[Fault] = []
    for path, value in values.items():
        change = _Change(found, path, (said or {}).get(path))
        try:
            change.make(value)
        except ScenarioError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise ScenarioError(faults)
    return found


class _Change:
    """One value on its way to its place: copies what it passes, so that the tree it came from stays as it is."""

    def __init__(self, tree: Tree, path: str, said: Place | None) -> None:
        self.tree, self.path, self.said = tree, path, said

    def make(self, given: Any) -> None:
        """Puts a value to its path. Raises ScenarioError."""
        words = self._words()
        value = self._value(given)
        if not isinstance(self.tree.data, dict):
            self._refuse((), "the scenario is not a mapping")
        self.tree.data = dict(self.tree.data)
        self._put(self.tree.data, (), words, value)

    def _words(self) -> list[str]:
        words, at = [], 0
        while at < len(self.path) and (match := _WORD.match(self.path, at)):
            words.append(next(each for each in match.groups() if each is not None).strip())
            at = match.end()
        if at < len(self.path) or not all(words) or not words:
            self._refuse((), f"{self.path!r} is no path; write one like 'serials.12.comex'")
        return words

    def _value(self, given: Any) -> Any:
        if not isinstance(given, str):
            return _as_tree(given)
        text = given.strip()
        if text in NOTHING:
            return None
        if _PLAIN.fullmatch(text):
            return text
        try:
            return plant(text, self.path).data
        except ScenarioError as wrong:
            self._refuse((), wrong.faults[0].message)

    def _put(self, holder: Any, path: Path_, words: list[str], value: Any) -> None:
        """Goes one step down into a copied mapping or list, and puts the value at the end of the way."""
        word, rest = words[0], words[1:]
        if isinstance(holder, list):
            step: str | int = self._item(holder, path, word)
        else:
            if (
                len(path) == 2
                and path[0] == "serials"
                and word == "parameters"
                and word not in holder
                and rest
            ):
                word, rest = rest[0], rest[1:]
            step = word
        here = (*path, step)
        if not rest:
            self._set(holder, path, step, value)
            return
        holder[step] = self._opened(holder, here, word, rest[0])
        self._put(holder[step], here, rest, value)

    def _opened(self, holder: Any, here: Path_, word: str, after: str) -> Any:
        """What stands at a place, copied to be changed; what is not there yet, or is only named, is opened."""
        there = holder[int(here[-1])] if isinstance(holder, list) else holder.get(word)
        if isinstance(there, dict | list):
            return there.copy()
        if here == SEASON and isinstance(there, str) and there in library.names("seasons"):
            self._mark(here)
            return {"like": there}
        if there is not None:
            self._refuse(
                here, f"is {described(there)}, with nothing inside it called {after!r}; set it as a whole"
            )
        listed = self._in_library(here)
        opened: dict[str, Any] | list[Any] = list(listed) if isinstance(listed, list) else {}
        self._mark(here, opened)
        if len(here) == 2 and here[0] in SHEETS and word in library.names(str(here[0])):
            return {"like": word}
        if len(here) == 2 and here[0] in SINGULAR:
            self._refuse(here[:1], unknown(SINGULAR[str(here[0])], word, holder))
        return opened

    def _in_library(self, here: Path_) -> Any:
        """What the library's sheet has at a place of one that is only changed."""
        season = here[:2] == SEASON
        folder = "seasons" if season else str(here[0])
        like = mapping(self.tree.at(here[:2])).get("like") if season or folder in SHEETS else None
        return library.sheet_tree(folder, like).at(here[2:]) if like in library.names(folder) else None

    def _item(self, items: list[Any], path: Path_, word: str) -> int:
        """The index of the thing meant. A serial goes by its number only."""
        if path == ("serials",):
            numbers = [mapping(each).get("serial") for each in items]
            if word not in numbers:
                self._refuse(path, unknown("serial", word, _texts(numbers)))
            return numbers.index(word)
        called = [index for index, each in enumerate(items) if each == word or _is_called(each, word)]
        if len(called) > 1:
            self._refuse(path, f"{len(called)} are called {word!r} here; say which by its place from 0")
        if not called and not (word.isdecimal() and int(word) < len(items)):
            names = _texts(each if isinstance(each, str) else mapping(each).get("platform") for each in items)
            self._refuse(path, unknown("thing in this list", word, names))
        return called[0] if called else int(word)

    def _set(self, holder: Any, path: Path_, step: str | int, value: Any) -> None:
        here = (*path, step)
        removes = value is None and path[-1:] != ("limits",)  # a limit without a value is lifted
        if removes and isinstance(holder, dict) and step not in holder:
            self._refuse(path, unknown("key", str(step), holder))
        place, file = self._place(here)
        self._forget(here, holder)
        if not removes:
            holder[step] = value
            self._mark_all(here, value, place, file)
        elif isinstance(holder, list):
            del holder[int(step)]
            self._close(path, int(step))
        else:
            del holder[step]

    def _place(self, here: Path_) -> tuple[tuple[int, int], str]:
        fault = self.tree.fault(here, "")
        return (fault.line, fault.column), fault.file

    def _mark(self, here: Path_, value: Any = None) -> None:
        self._mark_all(here, value, *self._place(here))

    def _mark_all(self, here: Path_, value: Any, place: tuple[int, int], file: str) -> None:
        """The places of a value and of all in it."""
        if self.said is not None:
            file, *numbers = self.said
            place = (numbers[0], numbers[1])
        self.tree.values[here] = self.tree.keys[here] = place
        if file != self.tree.file:
            self.tree.elsewhere[here] = file
        else:
            self.tree.elsewhere.pop(here, None)
        for step, each in inside(value):
            self._mark_all((*here, step), each, place, file)

    def _forget(self, here: Path_, holder: Any) -> None:
        """Drops the places of what stood there, and of all in it."""
        there = holder.get(here[-1]) if isinstance(holder, dict) else holder[int(here[-1])]
        for step, _ in inside(there):
            self._forget((*here, step), there)
        for places in _places(self.tree):
            places.pop(here, None)

    def _close(self, path: Path_, gone: int) -> None:
        """Moves the places of what came after a thing taken out of a list."""
        length = len(path)
        for places in _places(self.tree):
            later = [
                each
                for each in places
                if each[:length] == path and len(each) > length and int(each[length]) > gone
            ]
            for each in sorted(later, key=lambda each: int(each[length])):
                places[(*path, int(each[length]) - 1, *each[length + 1 :])] = places.pop(each)

    def _refuse(self, path: Path_, message: str) -> NoReturn:
        if self.said is not None:
            raise ScenarioError([Fault(*self.said, self.path, message)])
        fault = self.tree.fault(path, message)
        raise ScenarioError([Fault(fault.file, fault.line, fault.column, self.path, message)])


def _places(tree: Tree) -> tuple[dict[Path_, Any], ...]:
    return tree.values, tree.keys, tree.elsewhere


def _is_called(item: Any, word: str) -> bool:
    """Whether a mapping in a list goes by a name: that of its platform or gun, or one of its own."""
    called = (mapping(item).get(key) for key in _CALLED)
    return any(word == each or (isinstance(each, list) and word in each) for each in called)


def _texts(given: Iterable[Any]) -> list[str]:
    return [each for each in given if isinstance(each, str)]


def _as_tree(given: Any) -> Any:
    """A plain value as a tree has it: text, lists and mappings."""
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, Mapping):
        return {str(key): _as_tree(each) for key, each in given.items()}
    if isinstance(given, list | tuple):
        return [_as_tree(each) for each in given]
    return repr(float(given)) if isinstance(given, float) else str(given)
