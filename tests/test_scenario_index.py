"""The index of scenarios: every one is there, and every fact of the report is used by a scenario or says why not."""

import importlib.util
import re
from pathlib import Path

import pytest
from test_seeds import REPORT

from sim.scenario.facts import read_facts
from sim.scenario.files import shipped
from sim.scenario.read import read

ROOT = Path(__file__).parents[1]


def script():
    """experiments/scenario_index.py."""
    spec = importlib.util.spec_from_file_location(
        "scenario_index", ROOT / "experiments" / "scenario_index.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


INDEX = script()
FACTS = dict(INDEX.facts())


def test_the_page_is_as_the_script_writes_it():
    """Else: python experiments/scenario_index.py."""
    assert INDEX.page() == INDEX.PAGE.read_text(encoding="utf-8"), "run python experiments/scenario_index.py"


def test_every_scenario_has_a_row_and_every_page_a_link():
    """Of those that come with navdrill, and of docs/scenarios."""
    text = INDEX.page()

    assert [] == [name for name in shipped() if f"| [{name}](" not in text]
    pages = [path.name for path in INDEX.PAGES.glob("*.md") if path != INDEX.PAGE]
    assert [] == [name for name in pages if f"({name})" not in text]
    assert [] == [link for link in re.findall(r"\]\(([^)]+)\)", text) if not (INDEX.PAGES / link).exists()]


@pytest.mark.parametrize("name", REPORT)
def test_every_fact_of_the_report_is_used_or_says_why_not(name):
    """A scenario draws on it; or a scenario on a statement of its own sheet that cites the report too; or the reason is a sentence."""
    fact = FACTS[name]

    if fact.used_by:
        assert set(fact.used_by) <= set(shipped())
    elif played := INDEX.elsewhere(fact):
        for scenario in played:
            sheet = read_facts(ROOT / "seeds" / Path(read(scenario).facts).name)
            assert any(
                INDEX.REPORT in each.source and scenario in each.used_by for each in sheet.facts.values()
            )
    else:
        assert len((fact.context or "").split()) > 5
    assert f"| {name} |" in INDEX.page()
