"""Scenarios that say only what is other than in the one they extend, and libraries of platforms and forces they include.

Mappings are laid over each other key by key; lists and numbers replace what stood there; serials go by their number;
nothing (`null`) removes. Every part keeps the place in the file that says it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.errors import Fault, ScenarioError, described, unknown
from sim.scenario.files import find, is_file, text_of
from sim.scenario.formats import check
from sim.scenario.parts import mapping
from sim.scenario.tree import Path_, Tree, inside, plant

EXTENDS, INCLUDE = "extends", "include"
INCLUDED = ("platforms", "guns", "forces", "bases")  # what a library may hold
LONGEST = 1024  # letters of a path
_HEAD = ("navdrill", "about")  # and may begin with
_NUMBER = {
    "value",
    "mode",
    "fact",
}  # keys of a number or a place with its provenance, which is replaced as a whole


def composed(tree: Tree, folder: Path) -> Tree:
    """A scenario's tree with all that it extends and includes; the tree itself when that is nothing.

    folder: where its paths start. Raises ScenarioError for files that cannot be read, or that extend each other in a
    circle.
    """
    return _composed(tree, folder, ((folder / find(tree.file).name).resolve(),))


def _composed(tree: Tree, folder: Path, files: tuple[Path, ...]) -> Tree:
    """files: those on the way here, this one last."""
    if EXTENDS not in tree.data and INCLUDE not in tree.data:
        return tree
    faults: list[Fault] = []
    layers: list[Tree] = []
    if EXTENDS in tree.data:
        layers += _layer(tree, (EXTENDS,), tree.data[EXTENDS], folder, files, faults)
    layers += _libraries(tree, folder, files, faults)
    if faults:
        raise ScenarioError(faults)
    own = _without(tree, (EXTENDS, INCLUDE))
    found = Tree(tree.file, {}) if not layers else layers[0]
    for layer in (*layers[1:], own):
        found = _Laying(found, layer, tree.file).done(faults)
    if faults:
        raise ScenarioError(faults)
    return found


def _libraries(tree: Tree, folder: Path, files: tuple[Path, ...], faults: list[Fault]) -> list[Tree]:
    given = tree.data.get(INCLUDE)
    if INCLUDE in tree.data and not isinstance(given, str | list):
        message = f"must be a file, or a list of files; got {described(given)}"
        faults.append(tree.fault((INCLUDE,), message))
        return []
    names = (
        [((INCLUDE,), given)]
        if isinstance(given, str)
        else [((INCLUDE, at), each) for at, each in inside(given)]
    )
    found: list[Tree] = []
    for path, name in names:
        for layer in _layer(tree, path, name, folder, files, faults):
            faults += [layer.fault((key,), unknown("key of a library", key, (*_HEAD, *INCLUDED)), at_key=True)
                       for key in layer.data if key not in (*_HEAD, *INCLUDED)]  # fmt: skip
            for key in INCLUDED:
                for word in mapping(layer.data.get(key)):
                    other = next((each for each in found if word in mapping(each.data.get(key))), None)
                    if other is not None:
                        message = f"{word!r} stands in {other.fault((key, word), '').file} too"
                        faults.append(layer.fault((key, word), message, at_key=True))
            found.append(_without(layer, _HEAD))
    return found


def _layer(tree: Tree, path: Path_, name: Any, folder: Path, files: tuple[Path, ...],
           faults: list[Fault]) -> list[Tree]:  # fmt: skip
    """The whole tree of a file named at a path, itself composed; none when that cannot be, which is told."""
    if not isinstance(name, str):
        faults.append(tree.fault(path, f"must be a file, or a scenario's name; got {described(name)}"))
        return []
    try:
        beside = folder / name
        said = beside if Path(name).suffix or is_file(beside) else Path(name)
        given = find(said)
        real = given.resolve()
        if len(name) > LONGEST:
            raise ValueError(name)
    except (OSError, ValueError):  # too long for any disk, or with a NUL in it
        faults.append(tree.fault(path, f"no file can be called {described(name)}"))
        return []
    if real in files:
        circle = [each.name for each in (*files[files.index(real) :], real)]
        faults.append(tree.fault(path, f"goes in a circle: {' -> '.join(circle)}"))
        return []
    try:
        found, text = text_of(given)
    except ScenarioError as wrong:
        faults += [
            tree.fault(path, f"{name}: {each.message}") if not each.line else each for each in wrong.faults
        ]
        return []
    try:
        layer = plant(text, said.as_posix())
        if not isinstance(layer.data, dict):
            raise ScenarioError(
                [layer.fault((), "is not a scenario: it must be a mapping (key: value lines)")]
            )
        check(layer)
        layer = _composed(layer, found.parent, (*files, real))
    except ScenarioError as wrong:
        faults += wrong.faults
        return []
    facts = layer.data.get("facts")
    if isinstance(facts, str) and is_file(found.parent / facts):  # its path starts where that file is
        layer.data["facts"] = (found.parent / facts).resolve().as_posix()
    return [layer]


def _without(tree: Tree, keys: tuple[str, ...]) -> Tree:
    data = {key: each for key, each in tree.data.items() if key not in keys}
    return Tree(tree.file, data, tree.values, tree.keys, tree.elsewhere)


class _Laying:
    """One tree laid over another, part by part, with the place of each."""

    def __init__(self, below: Tree, above: Tree, file: str) -> None:
        self.below, self.above = below, above
        self.found = Tree(file)
        self.faults: list[Fault] = []

    def done(self, faults: list[Fault]) -> Tree:
        """The tree; faults of the laying are added to those there are."""
        self.found.data = self._laid((), (), ())
        faults += self.faults
        return self.found

    def _laid(self, path: Path_, under: Path_, over: Path_) -> Any:
        """What comes of what stands at a path of the lower tree and at one of the upper."""
        low, high = self.below.at(under), self.above.at(over)
        if path == ("serials",) and isinstance(low, list) and isinstance(high, list | dict):
            return self._serials(low, high)
        if not (isinstance(low, dict) and isinstance(high, dict)) or _NUMBER & (low.keys() | high.keys()):
            return self._taken(self.above, over, path)
        self._place(self.above, over, path)
        laid: dict[str, Any] = {}
        for key in low:
            here, lower, upper = (*path, key), (*under, key), (*over, key)
            if key not in high:
                laid[key] = self._taken(self.below, lower, here)
            elif high[key] is not None or path[-1:] == ("limits",):  # a limit without a value is lifted
                laid[key] = self._laid(here, lower, upper)
        new = (key for key in high if key not in low)
        return laid | {key: self._taken(self.above, (*over, key), (*path, key)) for key in new}

    def _serials(self, low: list[Any], high: list[Any] | dict[str, Any]) -> list[Any]:
        """Serials by number: those said again are laid over, new ones come last. A mapping by number may remove."""
        said: dict[str, str | int] = {}
        more: list[str | int] = []
        numbers = [str(mapping(each).get("serial")) for each in low]
        for step, each in inside(high):
            number = step if isinstance(step, str) else str(mapping(each).get("serial"))
            if number in numbers and number not in said:
                said[number] = step
            elif each is None and isinstance(step, str):
                self.faults.append(
                    self.above.fault(("serials", step), unknown("serial", step, numbers), at_key=True)
                )
            else:
                more.append(step)
        self._place(self.above, ("serials",), ("serials",))
        laid: list[Any] = []
        for index, number in enumerate(numbers):
            under, here = ("serials", index), ("serials", len(laid))
            upper = said.pop(number, None)
            if upper is None:
                laid.append(self._taken(self.below, under, here))
            elif not isinstance(high, dict) or high[str(upper)] is not None:
                laid.append(self._laid(here, under, ("serials", upper)))
        for step in more:
            here = ("serials", len(laid))
            laid.append(self._taken(self.above, ("serials", step), here))
            if isinstance(step, str) and isinstance(laid[-1], dict):
                laid[-1] = {"serial": step} | laid[-1]
                self._place(self.above, ("serials", step), (*here, "serial"))
        return laid

    def _taken(self, tree: Tree, there: Path_, here: Path_) -> Any:
        """A part of one of the trees as it is, with its places."""
        self._place(tree, there, here)
        part = tree.at(there)
        for step, _ in inside(part):
            self._taken(tree, (*there, step), (*here, step))
        return part

    def _place(self, tree: Tree, there: Path_, here: Path_) -> None:
        for from_, to in ((tree.values, self.found.values), (tree.keys, self.found.keys)):
            if there in from_:
                to[here] = from_[there]
        file = tree.elsewhere.get(there, tree.file)
        if file != self.found.file:
            self.found.elsewhere[here] = file
