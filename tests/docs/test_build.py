"""`python docs/build.py`: the reference says all that is declared, and stands in docs/ as it would be written now."""

import json
import re
import subprocess
import sys

import build
import click
import pytest
from making import formats, index, kinds, measured, records

import sim
from sim import shelves, store
from sim.catalogue import SECTIONS
from sim.cli import cli
from sim.scenario.meanings import keys, meanings
from sim.scenario.schema import Scenario
from sim.studies.experiment import Experiment

MENDED = "to mend it: python docs/build.py"


@pytest.fixture(scope="module")
def made():
    return build.generated()


def test_nothing_generated_is_stale(made):
    assert [] == build.stale(made), MENDED


def test_every_command_and_option_is_told(made):
    """With words for each."""
    page = made["reference/commands.md"]
    for name, command in cli.commands.items():
        assert f"## navdrill {name}\n" in page
        for each in command.params:
            if isinstance(each, click.Option):
                assert each.help, f"navdrill {name} {each.opts[0]} says nothing"
                assert f"`{', '.join([*each.opts, *each.secondary_opts])}" in page


@pytest.mark.parametrize("whole", [Scenario, Experiment])
def test_every_key_has_a_meaning(whole):
    """In a docstring, `key: words.`, or in its field."""
    for model in formats.reached(whole):
        if model.__name__ != "Sensors":  # whose keys are kinds
            missing = set(keys(model)) - set(meanings(model)) - formats.HIDDEN
            assert set() == missing, model.__name__


def test_every_mapping_of_a_scenario_has_a_section(made):
    page = made["reference/scenario.md"]
    headings = set(re.findall(r"^## (.*)$", page, re.M))
    linked = set(re.findall(r"\]\(#([a-z-]+)\)", page))

    assert linked <= {each.lower().replace(" ", "-") for each in headings}
    assert {"Serial", "Unit group", "Area", "Lane", "Platform"} <= headings


def test_every_shelf_has_a_page(made):
    """And everything on it a section."""
    assert set(SECTIONS) >= set(shelves.SHELVES) - {"cases"}
    for shelf in set(SECTIONS) - {"scenarios"}:
        page = made[f"reference/{shelf}.md"]
        for name in kinds.describe(shelf, None).content:
            assert f"\n## {name}\n" in page


def test_a_drill_is_told_whole(made):
    """Roles, parameters with their range, limits, and what scores it."""
    page = made["reference/drills.md"].partition("\n## surface-gunnery\n")[2].partition("\n## ")[0]

    for words in (
        "**Roles**",
        "| firing |",
        "| range | 5 km | 4 .. 8 km |",
        "**Usual limits**",
        "**Scored by**",
        "| X19 |",
    ):
        assert words in page


def test_every_record_and_file_is_told(made):
    page = made["reference/records.md"]
    for found in records.homes().values():
        for kind in found:
            assert f"| `{kind.word}` | {kind.doc.replace('|', chr(92) + '|')}" in page
    assert set(records.FOLDER) == {*store.FILES, *store.REPORTS, store.FILM}


def test_every_name_of_the_front_door_is_told(made):
    for name in sim.__all__:
        assert f"\n## sim.{name}\n\n" in made["reference/python.md"]


def test_every_page_is_in_the_index(made):
    """Once, whoever wrote it; a page that no list names falls into the part of its folder."""
    listed = [name for names in index.parts(build.HERE, made).values() for name in names]
    there = {each.relative_to(build.HERE).as_posix() for each in build.HERE.rglob("*.md")} - {"README.md"}

    assert there == set(listed)
    assert len(listed) == len(set(listed))
    parts = index.parts(build.HERE, {"how/new.md": "", "reference/new.md": "", "new.md": ""})
    assert ["How to", "Reference", "Explanation"] == [next(part for part, names in parts.items() if new in names)
                                                      for new in ("how/new.md", "reference/new.md", "new.md")]  # fmt: skip


def test_measured_pages_are_known(monkeypatch, tmp_path):
    """Each script that names a page; one that has not been run from here, or hangs on what has changed, is stale."""
    assert {"gallery", "lessons", "studies", "four_days", "verification"} <= set(measured.scripts())
    monkeypatch.setattr(measured, "STAMPS", tmp_path / "stamps.json")
    assert len(measured.scripts()) == len(measured.stale())
    (tmp_path / "stamps.json").write_text(json.dumps({"gallery": measured.stamp("gallery")}))
    assert not any(each.startswith("gallery:") for each in measured.stale())


@pytest.mark.slow
def test_browsable_pages_need_no_network(tmp_path):
    """One command makes them; a link that leads nowhere would break it. They load nothing from elsewhere."""
    html = pytest.importorskip("making.html")
    if html.missing():
        pytest.skip("needs the docs extra")
    done = subprocess.run(
        [sys.executable, build.__file__, "--html", str(tmp_path / "pages")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    pages = list((tmp_path / "pages").rglob("*.html"))
    assert {"index.html", "tutorial.html", "scenario.html", "records.html"} <= {each.name for each in pages}
    for each in pages:
        assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', each.read_text("utf-8")), each
    for each in (tmp_path / "pages").rglob("*.css"):
        assert "url(http" not in each.read_text("utf-8")
