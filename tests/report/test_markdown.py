"""The report in Markdown says the same, and no name in it becomes a mark."""

import re

import pytest
from pages import HOSTILE

from sim.report._story import sentences
from sim.report.markdown import markdown, plain


@pytest.fixture(scope="module")
def text(foul, foul_weather):
    return markdown(foul_weather, foul[1], foul[0])


def test_it_has_its_parts(text, foul_weather):
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert ["Summary", "Serials", "Measures", "Provenance and assumptions", "Manifest"] == heads
    assert len(foul_weather.outcomes) == len(re.findall(r"^### \d+ ", text, re.MULTILINE))
    for sentence in sentences(foul_weather):
        assert f"- {plain(sentence)}\n" in text


def test_tables_have_as_many_cells_in_every_row(text):
    for block in re.findall(r"(?:^\|.*\|$\n)+", text, re.MULTILINE):
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert 1 == len(counts), block[:200]


def test_scores_are_those_of_the_run(text, foul_weather):
    scores = foul_weather.measures("score")["score"]
    rows = {row.split(" | ")[0].strip("| "): row for row in text.splitlines() if row.startswith("| ")}
    for number, score in scores.items():
        assert (f"| {score:.2f} |" if score else "| – |") in rows[number]


def test_names_stay_names(hostile, hostile_run):
    text = markdown(hostile_run, hostile[1], hostile[0])
    assert [f"    navdrill run {HOSTILE}"] == [
        line for line in text.splitlines() if HOSTILE in line
    ]  # code, told as it is
    assert plain(HOSTILE) in text
    assert r"\<script\>" in text


@pytest.mark.parametrize(
    ("given", "wanted"), [("a|b", r"a\|b"), ("*x*", r"\*x\*"), ("a\nb", "a b"), ("1 % of it", "1 % of it")]
)
def test_marks_are_escaped(given, wanted):
    assert wanted == plain(given)


def test_the_summary_tells_what_went_wrong(foul_weather):
    """Every serial that was not completed has its sentence with the reason; the totals are those of the measures."""
    told = " ".join(sentences(foul_weather))
    for number, record in foul_weather.outcomes.items():
        assert (f"Serial {number}, " in told) == (record.details["result"] != "completed")
    fires = sum(1 for _ in foul_weather.log.of("check-fire"))
    assert f"Safety stopped serials {fires} time" in told
    assert f"{sum(foul_weather.measures('rounds')['rounds'].values())} rounds" in told
    assert f"{sum(foul_weather.measures('fuel')['fuel'].values()):.0f} t of fuel" in told
