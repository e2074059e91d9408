"""Fact sheets, the ledger of a scenario's numbers, and which facts it draws on."""

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.facts import facts_used as used
from sim.scenario.facts import ledger, read_facts, read_sources
from sim.scenario.read import PACKAGE, read
from sim.scenario.sheets import Season

ONE = "  one: {statement: x, value: 5 km, exactness: exact, source: [S01], used_by: [x]}\n"
SHEET = f"sheet: small\ntitle: A small sheet\nfacts:\n{ONE}"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("sheet: small\n", "", "s.yaml:1:1: sheet: is missing; write 'sheet: TEXT'"),
        ("title: A small sheet", "titel: A small sheet", "s.yaml:2:1: titel: no key called 'titel'. Did you mean 'title'?"),
        ("facts:", "fact:", "s.yaml:3:1: fact: no key called 'fact'. Did you mean 'facts'?"),
        ("exactness: exact", "exactness: exakt", "s.yaml:4:47: facts.one.exactness: must be one of exact, approximate, at-least, unspecified; got 'exakt'. Did you mean 'exact'?"),
        ("statement: x, ", "", "s.yaml:4:8: facts.one.statement: is missing; write 'statement: TEXT'"),
        ("source: [S01]", "source: []", "s.yaml:4:62: facts.one.source: must hold at least 1; got 0"),
        ("value: 5 km", "value: [5 km]", "s.yaml:4:30: facts.one.value: must be text; got a list"),
        (", used_by: [x]", "", "s.yaml:4:8: facts.one: needs either used_by (scenarios) or context (why none uses it)"),
        ("source: [S01]", "sauce: [S01]", "s.yaml:4:54: facts.one.sauce: no key called 'sauce'. Did you mean 'source'?"),
        (ONE, "  one: x\n", "s.yaml:4:8: facts.one: must be a mapping (key: value lines); got 'x'"),
        (SHEET, "- a\n", "s.yaml:1:1: is not a fact sheet: it needs 'sheet', 'title' and 'facts'; got a list"),
        ("facts:\n" + ONE, "facts: {}\n", "s.yaml:3:8: facts: must hold at least 1; got 0"),
    ],
)  # fmt: skip
def test_sheet_faults(put, old, new, wanted):
    """A fact sheet is refused at its own line, with what came and what is wanted."""
    assert 1 == SHEET.count(old)
    with pytest.raises(ScenarioError) as refused:
        read_facts(put(SHEET.replace(old, new), "s.yaml"))

    assert wanted == str(refused.value)


def test_find(put):
    """A fact is found by its id, with or without its sheet's name."""
    sheet = read_facts(put(SHEET, "s.yaml"))

    assert "5 km" == sheet.find("one")["value"] == sheet.find("small/one")["value"]
    with pytest.raises(ValueError, match=r"no fact sheet called 'smal'. Did you mean 'small'\?"):
        sheet.find("smal/one")
    with pytest.raises(ValueError, match=r"no fact called 'on'. Did you mean 'one'\?"):
        sheet.find("on")


@pytest.mark.parametrize(
    "text", ["- a\n", "source: {}\n", "sources: []\n", "sources: {S: x}\n", "sources: {S: {says: x}}\n"]
)
def test_source_faults(put, text):
    """A list of sources that is none is refused, never with anything but ScenarioError."""
    with pytest.raises(ScenarioError):
        read_sources(put(text, "s.yaml"))


def test_ledger(put, base):
    """Every number is a fact, an assumption with its range and reason, or bare."""
    text = base.replace(
        "defect_grace: 30 min", "defect_grace: 30 min (10 .. 60 min)\n  why: A staff's patience."
    )
    text = text.replace("radius: 8 nmi", "radius: {value: 8 nmi, source: [S06]}")
    entries = {entry.path: entry for entry in ledger(read(put(text)))}

    assert ("fact", ("S06",)) == (entries["areas.range.radius"].basis, entries["areas.range.radius"].source)
    assert ("assumed", "A staff's patience.") == (
        entries["command.defect_grace"].basis,
        entries["command.defect_grace"].why,
    )
    assert "bare" == entries["areas.range.centre"].basis
    assert "fact" == entries["serials[G1].parameters.range"].basis
    assert "assumed" == entries["serials[G1].parameters.rounds"].basis
    assert "bare" == entries["serials[G1].duration"].basis


def test_section_speaks_for_its_bare_numbers():
    """A section with a source and no doubts makes facts of its bare numbers; with a reason, assumptions."""
    states = {
        "states": [{"code": "2", "share": "100 %", "height": "1 m", "wind": "3 m/s (1 .. 5 m/s)"}],
        "persistence": "1 h",
    }
    sight = {"states": [{"name": "clear", "share": "1", "range": "9 km"}], "persistence": "1 h"}
    season = Season.model_validate(
        {
            "season": "s",
            "title": "t",
            "sea_state": states | {"source": ["E01"]},
            "visibility": sight | {"why": "guess"},
        }
    )
    basis = {entry.path: entry.basis for entry in ledger(season)}

    assert "fact" == basis["sea_state.states[0].height"]
    assert "bare" == basis["sea_state.states[0].wind"]  # a range of its own, and no reason
    assert "bare" == basis["visibility.states[0].range"]


def test_facts_used(put, base):
    """Facts are used by numbers, by sections and by the exercise as a whole."""
    text = base.replace("exercise: Base", "exercise: Base\ndrawn_from: [place, start]")
    text = text.replace("    after: G2\n", "    after: G2\n    facts: [sea-of-japan-2023/drill-count]\n")
    found = used(read(put(text)))

    assert ["serials[G1].parameters.range"] == found["joint-shoot-range"]
    assert [""] == found["place"] == found["start"]
    assert ["serials[G3]"] == found["drill-count"]


@pytest.mark.parametrize("name", sorted(path.stem for path in (PACKAGE.parent / "scenarios").rglob("*.yaml")))
def test_used_by_tells_the_truth(name):
    """Each fact that says a scenario uses it is used there, and none is used unsaid."""
    plan = read(name)
    if plan.facts is None:
        return
    sheet = read_facts(Path(PACKAGE.parent / "seeds" / Path(plan.facts).name))
    said = {fact for fact, each in sheet.facts.items() if name in each.used_by}

    assert set(used(plan)) - said == set()
