"""Every source tag resolves: in fact sheets, in scenarios and in the defaults of drills."""

import pytest

from sim import shelves
from sim.scenario.facts import ledger, read_facts, read_sources
from sim.scenario.read import PACKAGE, read, shipped

SEEDS = PACKAGE.parent / "seeds"
SOURCES = read_sources(SEEDS / "sources.yaml")


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_seeds(path):
    """Facts cite sources that are listed; the list itself says what each is."""
    if path.stem == "sources":
        assert all(source.title for source in SOURCES.values())
        return

    assert set() == {tag for fact in read_facts(path).facts.values() for tag in fact.source} - set(SOURCES)


@pytest.mark.parametrize("drill", shelves.names("drills"))
def test_drills(drill):
    """Defaults of parameters and limits cite sources that are listed."""
    kind = shelves.kind("drills", drill)
    entries = [*ledger(kind.Parameters()), *ledger(kind.limits)]

    assert set() == {tag for entry in entries for tag in entry.source} - set(SOURCES)


@pytest.mark.parametrize("name", shipped())
def test_scenarios(name):
    """Numbers of a scenario cite sources that are listed."""
    assert set() == {tag for entry in ledger(read(name)) for tag in entry.source} - set(SOURCES)
