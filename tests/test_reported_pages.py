"""Reported against simulated: the pages of two exercises stand on facts of the sheet, and few runs say what they say."""

import importlib.util
from pathlib import Path

import pytest

from sim.replications import replicate
from sim.scenario.facts import read_facts, read_sources
from sim.scenario.read import read

ROOT = Path(__file__).parents[1]


def script():
    """experiments/reported.py."""
    spec = importlib.util.spec_from_file_location("reported_pages", ROOT / "experiments" / "reported.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = script()
FACTS = read_facts(PAGES.SHEET).facts


def test_days_are_those_of_the_facts():
    """Each dated fact is on the sheet, and its words, or those of its source, name the day; an opening, a first and a last serial have theirs from other facts."""
    sources, words = (
        read_sources(ROOT / "seeds" / "sources.yaml"),
        {
            "first-serial-escort": "straight after the opening",
            "anchorage-last": "fourth day",
            "opening-time": "07-20",
        },
    )

    assert set(PAGES.BY) <= set(FACTS)
    for name, day in PAGES.BY.items():
        fact = FACTS[name]
        said = [
            fact.statement,
            fact.value or "",
            fact.implies or "",
            *(sources[tag].title for tag in fact.source),
        ]
        assert any(words.get(name, f"{day} July") in each for each in said), name


def test_the_page_of_the_four_days():
    """Every fact that names a measure has its row, every dated serial too, and a run that fails is counted."""
    plan = read("northern_interaction_2023")
    rows = replicate(plan, 0, 2, measures=PAGES.WANTED)
    lines = PAGES.four_days(plan, FACTS, rows)

    told = [name for name, fact in FACTS.items() if fact.measure]
    assert told == [
        line.split(" | ")[0][2:]
        for line in lines
        if line.startswith("| ") and line.endswith((" agrees |", "more |", "less |", "later |", "earlier |"))
    ]
    assert {serial for _, serial in PAGES._serials(plan, FACTS)} > {"1", "13", "14", "20"}
    assert "2 replications of seed 0, 0 of them with an error" in lines[2]


@pytest.mark.slow
def test_what_the_page_says_of_a_hundred_runs():
    """No error; the number of drills and the end of the last agree with what was reported; the submarine is ousted in more than half of the runs, not in all."""
    plan = read("northern_interaction_2023")
    rows = replicate(plan, 0, 100, measures=PAGES.WANTED)
    lines = PAGES.four_days(plan, FACTS, rows)

    assert [] == [row.fault for row in rows if row.fault is not None]
    verdicts = {line.split(" | ")[0][2:]: line for line in lines if line.startswith("| ")}
    assert verdicts["drill-count"].endswith("| agrees |")
    assert verdicts["last-serial-end"].endswith("| agrees |")
    ousted = [row.measures["submarines_ousted_share"].get("14", 0.0) for row in rows]
    assert 0.5 < sum(ousted) / len(ousted) < 0.85
    page = (PAGES.PAGES / "northern_interaction_2023.md").read_text(encoding="utf-8")
    assert [] == [name for name in verdicts if f"| {name} |" not in page]
