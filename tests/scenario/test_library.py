"""The library: every sheet loads, and every number in it has a source, or a range and a reason."""

import pytest

from sim.errors import ScenarioError
from sim.scenario import library
from sim.scenario.facts import ledger, read_sources
from sim.scenario.read import PACKAGE
from sim.scenario.tree import plant

SHEETS = [
    *(("platforms", name, library.platform) for name in library.names("platforms")),
    *(("guns", name, library.gun) for name in library.names("guns")),
    *(("seasons", name, library.season) for name in library.names("seasons")),
]
EACH = pytest.mark.parametrize(
    ("folder", "name", "load"), SHEETS, ids=[f"{folder}-{name}" for folder, name, _ in SHEETS]
)
SOURCES = read_sources(PACKAGE.parent / "seeds" / "sources.yaml")


@EACH
def test_loads(folder, name, load):
    """A sheet is called like its file and has a title."""
    sheet = load(name)

    assert name == getattr(sheet, folder[:-1])
    assert sheet.title


@EACH
def test_every_number_is_accounted_for(folder, name, load):
    """No number is bare: it has a source, or a range and a reason."""
    assert [] == [entry.path for entry in ledger(load(name)) if entry.basis == "bare"]


@EACH
def test_sources_resolve(folder, name, load):
    """Every tag is in seeds/sources.yaml."""
    tags = {tag for entry in ledger(load(name)) for tag in entry.source}

    assert set() == tags - set(SOURCES)


@pytest.mark.parametrize("name", library.names("platforms"))
def test_guns_exist(name):
    """Every gun a platform mounts has a sheet."""
    assert all(library.gun(mounting.gun) for mounting in library.platform(name).guns)


@pytest.mark.parametrize("load", [library.platform, library.gun, library.season])
def test_unknown(load):
    """A name nobody knows is a KeyError with its sentence."""
    with pytest.raises(KeyError, match="called 'nothing-like-it'"):
        load("nothing-like-it")


def own(text):
    """The platform `mine` of a scenario with only that."""
    tree = plant("platforms:\n  mine:\n" + text, "x.yaml")
    return library.own_platform("mine", tree.data["platforms"]["mine"], tree, {})


def test_changes_are_laid_over():
    """`like:` takes another sheet and changes what is written, mapping by mapping, number by number."""
    mine, udaloy = own("    like: udaloy\n    fuel: {idle: 1 t/h}\n"), library.platform("udaloy")

    assert "mine" == mine.platform
    assert udaloy.max_speed == mine.max_speed
    assert (1000 / 3600, None) == (mine.fuel.idle.value, mine.fuel.idle.low)
    assert udaloy.fuel.burn == mine.fuel.burn


def test_faults_of_changes():
    """A fault in a change stands at its line; one of the two together at the platform."""
    (fault,) = own("    like: udaloy\n    fuel: {idle: 1 t}\n")
    assert "x.yaml:4:18: platforms.mine.fuel.idle: unknown mass rate unit 't'; known: kg/s, t/h, t/d" == str(
        fault
    )
    (fault,) = own("    like: udaloy\n    fuel: {idle: 100 t/h}\n")
    assert "x.yaml:4:11: platforms.mine.fuel: burn (3.5 t/h) must be at least idle (100 t/h)" == str(fault)


def test_bad_sheet_in_the_library(tmp_path, monkeypatch):
    """A broken sheet of the library names its own file."""
    (tmp_path / "guns").mkdir()
    (tmp_path / "guns" / "toy.yaml").write_text("gun: toy\n")
    monkeypatch.setattr(library, "LIBRARY", tmp_path)
    library.names.cache_clear()
    try:
        with pytest.raises(ScenarioError, match=r"sim/library/guns/toy.yaml:1:1: title: is missing"):
            library.gun("toy")
    finally:
        library.names.cache_clear()
