"""The fact sheet and the scenarios agree: what is said to be used is, and every number has a provenance."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.facts import facts_used, ledger, read_facts
from sim.scenario.read import read

ROOT = Path(__file__).parents[1]
SCENARIOS = sorted((ROOT / "scenarios").rglob("*.yaml"))
SHEETS = sorted(path for path in (ROOT / "seeds").glob("*.yaml") if path.stem != "sources")
SHEET = read_facts(ROOT / "seeds" / "sea_of_japan_2023.yaml")

REPORT = (
    "place", "start", "end", "aim-cooperation", "aim-stability", "drill-count", "artillery-maritime",
    "artillery-coastal", "artillery-air", "rus-asw-ships", "rus-corvettes", "rus-auxiliaries", "chn-warships",
    "chn-destroyer", "chn-aircraft", "army-exercises", "patrol-declaration", "air-patrol", "air-patrol-reaction",
    "air-patrol-sixth", "alignment",
)  # fmt: skip


def test_every_fact_of_the_report_is_on_the_sheet():
    """The news report's twenty-one facts are there, each with the report as its source."""
    assert [] == [name for name in REPORT if "S01" not in SHEET.facts[name].source]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_used_by_is_true(path):
    """A fact names exactly the scenarios that draw on it; one that none draws on says why."""
    plans = {each.stem: read(each) for each in SCENARIOS}
    used = {
        stem: facts_used(plan) for stem, plan in plans.items() if Path(plan.facts or "").stem == path.stem
    }

    for name, fact in read_facts(path).facts.items():
        assert sorted(stem for stem, found in used.items() if name in found) == sorted(fact.used_by), name
        assert bool(fact.used_by) != bool(fact.context), name


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_number_is_a_fact_or_a_declared_assumption(path):
    """No number of a scenario, its drills' defaults or its data sheets stands without provenance."""
    entries = ledger(read(path))

    assert [] == [entry.path for entry in entries if entry.basis == "bare"]
    assert min(sum(entry.basis == basis for entry in entries) for basis in ("fact", "assumed")) > 0
