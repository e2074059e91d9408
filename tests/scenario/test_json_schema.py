"""The JSON Schema for editors: current, valid, and at one with the reader about what may be written."""

import json

import pytest
from jsonschema import Draft202012Validator

from sim import shelves
from sim.scenario.json_schema import json_schema, write, written
from sim.scenario.read import PACKAGE, read, shipped
from sim.scenario.tree import plant

SCHEMA = json_schema()


def wrong(text):
    """What the schema finds in a file, with its path."""
    found = Draft202012Validator(SCHEMA).iter_errors(plant(text, "x.yaml").data)
    return [(".".join(str(step) for step in error.path), error.message) for error in found]


def test_is_a_schema():
    """It is a schema of its dialect."""
    Draft202012Validator.check_schema(SCHEMA)


def test_committed_file_is_current(tmp_path):
    """`docs/navdrill.schema.json` is what the declarations say; to renew it: write('docs/navdrill.schema.json')."""
    write(tmp_path / "new.json")

    assert written() == (tmp_path / "new.json").read_text(encoding="utf-8")
    assert written() == (PACKAGE.parent / "docs" / "navdrill.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", sorted((PACKAGE.parent / "scenarios").rglob("*.yaml")), ids=lambda path: path.stem
)
def test_scenarios_validate(path):
    """Every scenario that comes with the package is valid."""
    assert [] == wrong(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", shipped())
def test_written_scenarios_validate(name):
    """So is what a run folder keeps of it."""
    assert [] == wrong(json.dumps(read(name).written()))


def test_every_drill_is_there():
    """Each drill's parameters come with an if/then of its own."""
    clauses = {
        clause["if"]["properties"]["drill"]["const"]: clause["then"]
        for clause in SCHEMA["$defs"]["Serial"]["allOf"]
    }

    assert set(shelves.names("drills")) == set(clauses)
    for name, then in clauses.items():
        kind = shelves.kind("drills", name)
        assert {"set_up"} <= set(kind.Parameters.model_fields) & set(then["properties"])
        assert set(kind.roles) == set(then["properties"]["roles"]["properties"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("exercise: Base", "excercise: Base"),
        ("    range: {fact: joint-shoot-range}", "    rnage: 5 km"),
        ("drill: surface-gunnery", "drill: surface-gunery"),
        ("towing: Tug", "tawing: Tug"),
        ("base: field", "bsae: field"),
        ("exclusive: true", "exclusive: perhaps"),
        ("  defect_grace: 30 min\n", ""),
        ("{low: 45 min, mode: 1 h, high: 2 h}", "{low: 45 min, mod: 1 h, high: 2 h}"),
        ("navdrill: 1", "navdrill: 2"),
    ],
)
def test_finds(old, new, base):
    """An editor shows wrong keys, drills, roles and shapes."""
    assert [] == wrong(base)
    assert 1 == base.count(old)

    assert wrong(base.replace(old, new))


def test_platforms_are_open(base):
    """A scenario may name platforms of its own: known ones are examples, not a list to choose from."""
    group = SCHEMA["$defs"]["UnitGroup"]["properties"]["platform"]

    assert "udaloy" in group["examples"]
    assert [] == wrong(base.replace("platform: sea-tug", "platform: patrol-boat"))
