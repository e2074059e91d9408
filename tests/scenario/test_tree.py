"""The tree of a YAML text: plain text everywhere, with its places, and guards before anything is built."""

import re
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import ScenarioError
from sim.scenario import tree
from sim.scenario.tree import DEEPEST, plant, read_text, sprout

ROOT = Path(__file__).parent.parent.parent


def test_scalars_stay_text():
    """Nothing is guessed: neither switches nor clock times nor octal numbers."""
    tree = plant("a: NO\nb: 12:30\nc: 08\nd: 1e3\ne: 'x y'\nf: 2023-01-01\n", "x.yaml")

    assert {"a": "NO", "b": "12:30", "c": "08", "d": "1e3", "e": "x y", "f": "2023-01-01"} == tree.data


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing(nothing):
    """A value left out is None; the same word in quotes is text."""
    assert {"a": None} == plant(f"a: {nothing}\n", "x.yaml").data
    assert {"a": nothing} == plant(f"a: '{nothing}'\n", "x.yaml").data


def test_places():
    """Each key and value has its line and column, and nothing has that of its key."""
    tree = plant("a: 1\nb:\n  - x\n  - {c: [2, 3]}\nd:\ne: 5\n", "x.yaml")

    assert (1, 4) == tree.values[("a",)]
    assert (3, 5) == tree.values[("b", 0)]
    assert (4, 6) == tree.keys[("b", 1, "c")]
    assert (4, 13) == tree.values[("b", 1, "c", 1)]
    assert (5, 1) == tree.values[("d",)]


def test_fault_falls_back_to_what_stands_above():
    """A fault about something that is not there stands at the nearest part that is."""
    tree = plant("a:\n  b: 1\n", "x.yaml")

    assert "x.yaml:2:3: a.c: is missing" == str(tree.fault(("a", "c"), "is missing"))
    assert "x.yaml:2:3: a.b: odd" == str(tree.fault(("a", "b"), "odd", at_key=True))
    assert "x.yaml:2:6: a.b.c.d: odd" == str(tree.fault(("a", "b", "c", "d"), "odd"))


def test_at():
    """What stands at a path; None off the tree."""
    tree = plant("a: [1, {b: 2}]\n", "x.yaml")

    assert "2" == tree.at(("a", 1, "b"))
    assert tree.at(("a", 5)) is None
    assert tree.at(("a", "b")) is None
    assert tree.at(("a", 0, "b")) is None


def test_depth():
    """The deepest allowed is read; one more is refused."""
    assert plant("[" * DEEPEST + "]" * DEEPEST, "x.yaml").data
    with pytest.raises(ScenarioError, match="nested deeper"):
        plant("[" * (DEEPEST + 2) + "]" * (DEEPEST + 2), "x.yaml")


def test_both_halves_of_a_far_character():
    """JSON writes characters beyond the first plane in two halves; they come together again."""
    assert {"a": "😀"} == plant('a: "\\ud83d\\ude00"', "x.yaml").data


def test_several_faults_at_once():
    """Duplicate keys and tags do not stop the walk."""
    with pytest.raises(ScenarioError) as refused:
        plant("a: 1\na: 2\nb: !x 3\nb: 4\n", "x.yaml")

    assert [(2, "a"), (3, "b"), (4, "b")] == [(fault.line, fault.path) for fault in refused.value.faults]


def test_byte_order_mark_and_foreign_line_ends(tmp_path):
    """Files of other systems are read all the same."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")

    assert {"a": "1", "b": "2"} == plant(read_text(path), "x.yaml").data


JSON = """\
{"a": "NO", "b": 12.50, "c": null, "d": [true, false, 1e3, -0], "e": {"f": "", "null": "null"}, "g": [], "h": {},
 "i": "\\u00e9 \\ud83d\\udea2 \\n", "j": "2023-01-01"}
"""


def test_json_sprouts_what_yaml_plants():
    assert plant(JSON, "x.json").data == sprout(JSON, "x.json").data


@pytest.mark.parametrize("text", [
    '{"a": 1, "a": 2}', "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2), "[" * 100_000, '["\\ud83d"]', '{"\\ud83d": 1}', "[NaN]", "a: b",
    "null", "", '{"a": 1} {"b": 2}',
])  # fmt: skip
def test_what_a_guard_must_see_does_not_sprout(text):
    """It is left to `plant`, which reads it or says where it is wrong."""
    assert sprout(text, "x.json") is None


SHIPPED = [
    path
    for folder in ("sim/library", "seeds", "scenarios")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
]
BITS = [*" \n:#-,[]{}'\"|>&*!%?\\\t=<~0aZ\u00e9\u2028\x85\ufeff"]
BITS += ["\n- ", "\n  ", ": ", "\n---\n", "\r\n", "[a, b: c]", "|\n", "> -\n", "''"]


def outcome(text):
    """What comes of a text: its content and places, or its faults."""
    try:
        tree = plant(text, "x.yaml")
    except ScenarioError as wrong:
        return wrong.faults
    return tree.data, tree.values, tree.keys


def by_the_careful_parser(text):
    """The same, as if every text had something odd in it."""
    with mock.patch.object(tree, "_ODD", re.compile("")):
        return outcome(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_comes_with_the_package_reads_alike_by_either_parser(path):
    """Content and every place."""
    text = path.read_text("utf-8")

    assert by_the_careful_parser(text) == outcome(text)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.data())
def test_any_text_reads_alike_by_either_parser(data):
    """A piece of a scenario with something put in or taken out here and there: the same tree, or the same faults."""
    lines = data.draw(st.sampled_from(SHIPPED)).read_text("utf-8").splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    text = "".join(lines[first : first + data.draw(st.integers(1, 12))])
    for _ in range(data.draw(st.integers(1, 4))):
        at, gone = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 2))
        text = text[:at] + data.draw(st.sampled_from(["", *BITS])) + text[at + gone :]

    assert by_the_careful_parser(text) == outcome(text)
