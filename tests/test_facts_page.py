"""Facts as a page: every number and who uses it, sources that differ, and what was reported against what runs show."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sim import shelves
from sim.archive import resume
from sim.errors import ScenarioError
from sim.facts_page import as_html, as_markdown, parts
from sim.provenance import of_run, provenance
from sim.reported import reported
from sim.scenario.facts import Fact, Source, cited_sources, read_facts
from sim.scenario.overrides import read_with
from sim.scenario.read import SEEDS, read
from sim.worker import Row

MAIN, SMALL = "northern_interaction_2023", "gunnery_day"
SHEETS = sorted(path for folder in SEEDS for path in folder.glob("*.yaml") if path.stem != "sources")


def fact(**more):
    return Fact.model_validate(
        {"statement": "x", "exactness": "exact", "source": ["S01"], "context": "x"} | more
    )


def told(name, simulated=None):
    """The parts of the page by title."""
    return {each.title: each for each in parts(provenance(read(name), name), cited_sources(), simulated)}


def test_every_number_is_there_with_what_stands_behind_it():
    found = told(MAIN)
    numbers = {row[0]: row for row in found["Numbers"].rows}
    entries = provenance(read(MAIN), MAIN).entries

    assert len(entries) == len(found["Numbers"].rows)
    row = numbers["serials[15].parameters.range"]
    assert ("5 km", "fact", "exact", "S06") == (row[1], row[3], row[4], row[5])
    assert row[6].startswith("joint-shoot-range.")
    used = {row[0]: row[-1] for row in found["Facts used"].rows}
    assert "serials[15].parameters.range" in used["joint-shoot-range"].split(", ")
    assert all(row[3] and row[4] and row[5] and row[6] for row in found["Facts used"].rows)


def test_facts_are_used_or_not_used():
    """Each of the sheet is in one of the two lists; what is not says why."""
    found = told(SMALL)
    sheet = provenance(read(SMALL), SMALL).sheet
    used, unused = ([row[0] for row in found[title].rows] for title in ("Facts used", "Facts not used"))

    assert sorted(sheet.facts) == sorted(used + unused)
    assert all(row[-1] for row in found["Facts not used"].rows)


def test_sources_that_differ_stand_side_by_side():
    rows = {(row[0], row[3]): row for row in told(MAIN)["Where sources differ"].rows}

    assert {"S14"} < {cell for row in rows.values() for cell in (row[2], row[5])}
    opening = rows["opening-time", "opening-television"]
    assert ("2023-07-20", "2023-07-21") == (opening[1][:10], opening[4][:10])
    assert ("S14", "S15") == (opening[2], opening[5])
    assert ("aircraft-russia", "aircraft-china") in rows


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_what_differs_states_something_else(path):
    """Facts against each other have other words; facts with a measure name one there is, and a value."""
    facts = read_facts(path).facts
    for name, each in facts.items():
        for other in each.against:
            assert (each.value, each.statement) != (facts[other].value, facts[other].statement), name
        if each.measure:
            module = shelves.module("measures", each.measure)
            assert each.value is not None
            assert (module.OF == "serial") == bool(each.of)
            assert not each.of or each.of in shelves.names("drills")


def test_a_fact_against_nothing_is_refused(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text(
        "sheet: s\ntitle: t\nfacts:\n  one: {statement: x, exactness: exact, source: [S01], context: x, against: [two]}\n"
    )

    with pytest.raises(ScenarioError, match=r"'one' is against no other fact called 'two'"):
        read_facts(path)


def row(number, fault=None, **measures):
    return Row(number, "", measures, {}, fault)


def test_reported_against_simulated():
    """The mean and its interval are the estimates'; runs that failed do not count."""
    plan = read(SMALL)
    facts = {
        "count": fact(value="3", low="2", high="3", measure="serials-completed"),
        "other": fact(value="3"),
    }
    (found,) = reported(plan, facts, [row(0, serials_completed=2), row(1, serials_completed=3), row(2, "broke", serials_completed=9)])  # fmt: skip

    assert (3, 2, 3, 2, 2.5) == (found.value, found.low, found.high, found.runs, found.simulated.value)
    assert found.simulated.low < 2.5 < found.simulated.high
    assert "agrees" == found.verdict


@pytest.mark.parametrize(
    ("value", "verdict"), [("1", "runs show more"), ("3", "agrees"), ("5", "runs show less")]
)
def test_verdicts(value, verdict):
    rows = [row(at, serials_completed=3) for at in range(4)]
    (found,) = reported(read(SMALL), {"count": fact(value=value, measure="serials-completed")}, rows)

    assert verdict == found.verdict


def test_moments_are_held_against_the_clock():
    """When the serial of a drill was over is its planned FINEX and how late it ended."""
    plan = read(SMALL)
    planned = plan.begins + timedelta(seconds=plan.serial("3").planned_finex)
    facts = {"over": fact(value=planned.isoformat(" "), measure="finish-lateness", of="air-gunnery"),
             "none": fact(value="1", measure="finish-lateness", of="boarding")}  # fmt: skip
    rows = [row(at, finish_lateness_min={"3": late}) for at, late in enumerate((10.0, 20.0, 30.0))]
    (found,) = reported(plan, facts, [*rows, row(4, finish_lateness_min={})])

    assert (3, plan.serial("3").planned_finex + 1200) == (found.runs, found.simulated.value)
    assert "runs are later" == found.verdict
    assert f"{planned + timedelta(minutes=20):%d %b %H:%M}" == found.shown(found.simulated.value, plan)


def test_nothing_simulated_is_said_so():
    (found,) = reported(read(SMALL), {"count": fact(value="3", measure="serials-completed")}, [])

    assert "never happened" == found.verdict


class Reader(HTMLParser):
    """Collects tags and text."""

    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def test_html_is_text_whatever_names_hold():
    """Nothing from a scenario becomes a tag, and nothing is fetched."""
    found = provenance(read_with(SMALL, ["areas.gunnery.radius={value: 7 nmi, low: 6 nmi, high: 8 nmi, why: '<script>alert(1)</script>|`x`'}"]), SMALL)  # fmt: skip
    page = as_html("A <b>day</b>", parts(found, {"S01": Source(title="<i>x</i>")}))
    reader = Reader()
    reader.feed(page)

    assert not {"script", "b", "i", "img", "link", "a href"} & {tag for tag, _ in reader.tags}
    assert any("<script>alert(1)</script>" in text for text in reader.text)
    assert not [
        attrs for _, attrs in reader.tags if attrs.get("src") or not attrs.get("href", "#").startswith("#")
    ]
    assert re.search(r"Content-Security-Policy\" content=\"default-src 'none'", page)


def test_markdown_keeps_its_columns():
    """Marks in a reason do not break a row."""
    found = provenance(read_with(SMALL, ["areas.gunnery.radius={value: 7 nmi, low: 6 nmi, high: 8 nmi, why: 'a | b *c*'}"]), SMALL)  # fmt: skip
    lines = as_markdown("x", parts(found, {})).splitlines()
    numbers = lines[lines.index("## Numbers") :]
    table = [line for line in numbers[: numbers.index("## Facts used")] if line.startswith("|")]

    assert {8} == {len(re.findall(r"(?<!\\)\|", line)) for line in table}
    assert any(r"a \| b \*c\*" in line for line in table)


def test_the_command_writes_a_page_with_runs(invoke, tmp_path):
    plan = read(SMALL)
    resume(plan, 1, 2, tmp_path / "runs", workers=1)
    for form, sign in (
        ("--markdown", "# Gunnery day: where its numbers come from"),
        ("--html", "<!DOCTYPE html>"),
    ):
        code, out, err = invoke("facts", SMALL, form, "--runs", tmp_path / "runs", "--out", tmp_path / "page")
        text = (tmp_path / "page").read_text("utf-8")

        assert (0, f"Written: {(tmp_path / 'page').as_posix()}\n", "") == (code, out, err)
        assert text.startswith(sign)
        assert "Reported against simulated" in text
    assert invoke("facts", SMALL, "--markdown")[1].startswith("# Gunnery day")


def test_the_command_refuses_other_runs(invoke, tmp_path):
    resume(read_with(SMALL, ["environment.sea_state=1"]), 1, 1, tmp_path / "runs", workers=1)
    code, _, err = invoke("facts", SMALL, "--html", "--runs", tmp_path / "runs")

    assert (2, True) == (code, "holds replications of another scenario, 'Gunnery day'" in err)
    assert 2 == invoke("facts", SMALL, "--html", "--runs", tmp_path / "nothing")[0]
    assert "--runs and --out are for a page" in invoke("facts", SMALL, "--runs", tmp_path / "runs")[2]
    code, out, _ = invoke(
        "facts", SMALL, "--html", "--runs", tmp_path / "runs", "--set", "environment.sea_state=1"
    )
    assert (0, True) == (code, "Reported against simulated" in out)


def test_a_variants_run_knows_its_facts():
    """The report of a run played with settings finds the facts by its command."""
    plan = read_with(SMALL, ["environment.sea_state=1"]).model_copy(update={"facts": None})
    about = {"command": f"navdrill run {SMALL} --set environment.sea_state=1 --seed 0"}

    assert of_run(plan, about, Path()).sheet is not None
    assert of_run(plan, {"command": f"navdrill run {SMALL} --seed 0"}, Path()).sheet is None
