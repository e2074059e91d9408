"""The versions of the format of scenario files: which one is read, and the steps from each older one to the next.

A format that changes gets the next number in `schema.FORMAT` and a step here, and every scenario ever released
(tests/releases) still loads.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from sim.errors import ScenarioError, described
from sim.scenario.schema import FORMAT
from sim.scenario.tree import NOTHING, Tree, plant

Content = MutableMapping[str, Any]
WIDEST = 1_000_000  # columns; lines stay as long as they are


@dataclass(frozen=True, slots=True)
class Step:
    """From one format to the next. says: what changes, in a sentence. rewrite: changes the content of a file in place.

    All of it is text, mappings and lists, as the file writes them; what stays keeps its comments.
    """

    says: str
    rewrite: Callable[[Content], None]


STEPS: dict[int, Step] = {}  # by the format a step leads from; the present format is the first


def check(tree: Tree) -> None:
    """Refuses a file of another format, or of none. Raises ScenarioError."""
    given = tree.data.get("navdrill")
    if given == str(FORMAT):
        return
    came = "is missing" if "navdrill" not in tree.data else f"is {described(given)}"
    sentence = f"the format version {came}; this navdrill reads 'navdrill: {FORMAT}'"
    number = _number(given)
    if number is not None:
        hint = (
            "it was made for a newer navdrill: update this one"
            if number > FORMAT
            else "'navdrill migrate FILE' rewrites it"
        )
        sentence = f"{sentence}; {hint}"
    raise ScenarioError([tree.fault(("navdrill",), sentence)])


def migrated(
    text: str, file: str, steps: Mapping[int, Step] | None = None, present: int = FORMAT
) -> tuple[str, list[str]]:
    """A file's text in the present format, and what was changed; the text itself when it is in that already.

    Comments, order and quotes stay. Raises ScenarioError for what is no such file, is of a newer format, or of one
    that no step leads from.
    """
    steps = STEPS if steps is None else steps
    tree = plant(text, file)
    given = tree.data.get("navdrill") if isinstance(tree.data, dict) else None
    number = _number(given)
    if number is None:
        message = f"says no format version to begin from; it must have a line like 'navdrill: {present}'"
        raise ScenarioError([tree.fault(("navdrill",), message)])
    if number > present:
        message = f"format {number} is of a newer navdrill; this one writes format {present}: update it first"
        raise ScenarioError([tree.fault(("navdrill",), message)])
    missing = next((each for each in range(number, present) if each not in steps), None)
    if missing is not None:
        message = f"nothing leads from format {missing} to {missing + 1}"
        raise ScenarioError([tree.fault(("navdrill",), message)])
    if number == present:
        return text, []
    is_json = text.lstrip().startswith("{") and file.endswith(".json")
    yaml = _yaml()
    content = json.loads(text) if is_json else yaml.load(text)
    for each in range(number, present):
        steps[each].rewrite(content)
    content["navdrill"] = present if is_json else str(present)
    if is_json:
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n", [
            steps[each].says for each in range(number, present)
        ]
    written = io.StringIO()
    yaml.dump(content, written)
    return written.getvalue(), [steps[each].says for each in range(number, present)]


def rename(content: Content, old: str, new: str) -> None:
    """Gives a key another name where it stands, with its comments; nothing when it is not there."""
    if old not in content:
        return
    comments = getattr(getattr(content, "ca", None), "items", {})
    if old in comments:
        comments[new] = comments.pop(old)
    later = list(content.items())
    for key, _ in later:
        del content[key]
    for key, value in later:
        content[new if key == old else key] = value


def _number(given: Any) -> int | None:
    return (
        int(given)
        if isinstance(given, str) and given.isascii() and given.isdecimal() and len(given) < 9
        else None
    )


class _Words(VersionedResolver):
    """Takes plain words for text, as scenarios do: `NO`, `012` and dates stay as they are written."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of a word."""
        if kind is ScalarNode and implicit[0] and value not in NOTHING:
            return self.DEFAULT_SCALAR_TAG
        return super().resolve(kind, value, implicit)


def _yaml() -> Any:
    """A reader and writer that leaves a file as it is but for what is changed."""
    yaml = YAML()
    yaml.Resolver = _Words
    yaml.preserve_quotes, yaml.width = True, WIDEST
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
