"""The verification cases: they hold, they can fail, nothing is left out in silence, and the page lists them."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from sim import verification
from sim.cases import statistics
from sim.cases._case import (
    Case,
    Gap,
    Got,
    Trial,
    about,
    absolute,
    exactly,
    mean,
    relative,
    share,
    spread,
    within,
)
from sim.cases._sources import SOURCES
from sim.errors import UnknownKind

PAGE = Path(__file__).parent.parent / "docs" / "verification.md"
EVERY = [
    "KIN-01",
    "KIN-03",
    "KIN-05",
    "KIN-07",
    "KIN-09",
    "KIN-11",
    "KIN-13",
    "SEN-01",
    "SEN-03",
    "SEN-05",
    "SEN-07",
    "SEN-09",
    "SEN-11",
    "SRCH-01",
    "SRCH-03",
    "SRCH-05",
    "SRCH-07",
    "SRCH-09",
    "SRCH-11",
    "SRCH-13",
    "GUN-01",
    "GUN-02",
    "GUN-05",
    "GUN-07",
    "GUN-09",
    "GUN-11",
    "GUN-13",
    "GUN-15",
    "GUN-18",
    "CMB-01",
    "CMB-04",
    "CMB-06",
    "QUE-01",
    "QUE-03",
    "QUE-05",
    "QUE-07",
    "QUE-09",
    "QUE-12",
    "PLAN-01",
    "PLAN-02",
    "LOG-01",
    "LOG-03",
    "LOG-05",
    "LOG-07",
    "LOG-09",
    "LOG-11",
    "AIR-01",
    "AIR-03",
    "AIR-05",
    "GEO-01",
    "GEO-03",
    "GEO-05",
    "STA-01",
    "STA-03",
    "STA-05",
    "STA-07",
    "STA-09",
    "STA-11",
    "STA-14",
    "STA-15",
    "E2E-01",
]
CASES = verification.choose()
CHAPTERS = verification.chapters()
SLOW_WHEN_QUICK = ("QUE-01", "QUE-05", "QUE-07")  # seconds of their own; the slow tests have them in full


def wrong(rows):
    return [
        (row.case.name, row.output, row.wanted.value, row.got, row.fault) for row in rows if not row.holds
    ]


@pytest.mark.parametrize(
    "case", [each for each in CASES if each.id not in SLOW_WHEN_QUICK], ids=lambda each: each.name
)
def test_a_case_holds_quickly(case):
    """On paper in full; drawn and played with a sixteenth of the draws and four times the error."""
    assert [] == wrong(verification.work([case], quick=True))


@pytest.mark.slow
@pytest.mark.parametrize("case", [each for each in CASES if each.way != "paper"], ids=lambda each: each.name)
def test_a_case_holds_in_full(case):
    """Within four standard errors that are as small as the case says."""
    assert [] == wrong(verification.work([case]))


def test_every_case_is_there_or_said_not_to_be():
    """Each id has cases or a gap with its reason, never both; and each is played, or it is said why not."""
    there = list(dict.fromkeys(case.id for case in CASES))
    gaps = [gap.id for chapter in CHAPTERS.values() for gap in verification.gaps_of(chapter)]
    alone = [id for chapter in CHAPTERS.values() for id in getattr(chapter, "FUNCTION_ONLY", {})]
    played = list(dict.fromkeys(case.id for case in CASES if case.level == "engine"))

    assert sorted(EVERY) == sorted([*there, *gaps])
    assert sorted(there) == sorted([*alone, *played])


def test_names_sources_and_components_are_what_they_say():
    """No two of one name; sources known; components importable, and documented."""
    assert len(CASES) == len(dict.fromkeys(case.name for case in CASES))
    for case in CASES:
        assert all(source in SOURCES for source in case.sources)
        assert case.given
        found, words = None, case.component.split(".")
        for count in range(len(words), 0, -1):
            try:
                found = import_module(".".join(words[:count]))
            except ModuleNotFoundError:
                continue
            for word in words[count:]:
                found = getattr(found, word)
            break
        assert found is not None
        assert found.__doc__, case.component


@pytest.mark.parametrize("case", CASES, ids=lambda each: each.name)
def test_a_case_does_not_know_what_it_wants(case):
    """No expected value with digits of its own stands in the code that answers."""
    numbers = [each for each in case.work.__code__.co_consts if isinstance(each, float | int)]
    values = [
        each.value
        for each in case.wanted.values()
        if len(f"{each.value:.12g}".replace(".", "").strip("0")) > 4
    ]

    assert [] == [each for each in numbers if each in values]


@pytest.mark.parametrize(("wanted", "good", "bad"), [
    (exactly(4), [Got(4.0)], [Got(4.0000001)]),
    (relative(10.0, 1e-3), [Got(10.009)], [Got(10.02), Got(9.98)]),
    (absolute(0.0, 1e-9), [Got(-1e-10)], [Got(2e-9)]),
    (about(10.0, 0.01), [Got(10.09)], [Got(10.2)]),
    (within(0.5, 0.01), [Got(0.51, 0.004), Got(0.49, 0.004)], [Got(0.52, 0.004), Got(0.5, 0.006), Got(0.5), Got(0.5, 0.0)]),
])  # fmt: skip
def test_tolerances(wanted, good, bad):
    """A drawn value needs a standard error that is there, small enough, and four times as large as it is off."""
    assert all(wanted.allows(got, quick=False) for got in good)
    assert not any(wanted.allows(got, quick=False) for got in bad)


def test_a_quick_check_allows_more_of_what_is_drawn_only():
    assert within(0.5, 0.01).allows(Got(0.5, 0.019), quick=True)
    assert about(10.0, 0.01).allows(Got(10.3), quick=True)
    assert not relative(10.0, 0.01).allows(Got(10.3), quick=True)
    assert (625, 10_000) == (Trial("x", quick=True).count(10_000), Trial("x").count(10_000))


def test_errors_are_those_of_theory():
    """Of a chance, a mean, and the deviation of 20,000 normal values: s / sqrt(2 n)."""
    draws = Trial("x").draws("values")
    values = draws.normal(0.0, 3.0, 20_000)

    assert Got(0.25, pytest.approx(0.0433, rel=1e-3)) == share(25, 100)
    assert 3.0 / 20_000**0.5 == pytest.approx(mean(values).error, rel=0.02)
    assert 3.0 / 40_000**0.5 == pytest.approx(spread(values).error, rel=0.05)


def broken(**wanted):
    """A case that answers 1.0 to everything, or breaks."""

    def work(trial):
        if "breaks" in wanted:
            raise ZeroDivisionError("no wind")
        return dict.fromkeys(wanted, 1.0)

    return Case("KIN-01", "paper", "Of a test", "sim.geometry", "nothing", ("BOW",), wanted, work)


def test_what_is_wrong_fails_and_is_shown():
    """One output off, one right; and a case that breaks does not stop the others."""
    rows = verification.work([broken(right=exactly(1), wrong=exactly(2)), broken(breaks=exactly(1))])
    lines = "\n".join(verification.lines(rows, 80))

    assert [True, False, False] == [row.holds for row in rows]
    assert "ZeroDivisionError: no wind" in lines
    assert re.search(r"wrong +2 +1 +FAILS", lines)
    assert "1 fail: KIN-01 paper" in lines
    assert ["KIN-01 paper"] == verification.content(rows, quick=False)["failed"]


def test_an_answer_to_another_question_is_refused():
    case = Case(
        "KIN-01", "paper", "Of a test", "sim.geometry", "", (), {"this": exactly(1)}, lambda _: {"that": 1.0}
    )

    assert "KIN-01 paper: gives ['that'], wanted are ['this']" in verification.work([case])[0].fault


def test_cases_are_chosen_by_chapter_prefix_and_id():
    """In any case of letters; an unknown one with the nearest, one that is not used with the reason."""
    assert {"KIN"} == {case.id.split("-")[0] for case in verification.choose(["kinematics"])}
    assert verification.choose(["kin"]) == verification.choose(["kinematics"])
    assert ["air", "geography"] == sorted(
        dict.fromkeys(
            case.work.__module__.rpartition(".")[2] for case in verification.choose(["geo-01", "AIR"])
        )
    )
    assert {"E2E-01"} == {case.id for case in verification.choose(["whole_serials"])}
    with pytest.raises(UnknownKind, match=r"no case or chapter called 'KIN-1'. Did you mean 'KIN-1\d'\?"):
        verification.choose(["KIN-1"])
    with pytest.raises(UnknownKind, match="case CMB-01 is not used: no missiles"):
        verification.choose(["cmb-01"])


def test_a_case_still_to_come_is_said_to_be(monkeypatch):
    monkeypatch.setattr(
        statistics, "GAPS", (Gap("STA-98", "Tides", "there is no water in it yet", later=True),)
    )
    with pytest.raises(UnknownKind, match="case STA-98 is not built yet: there is no water"):
        verification.choose(["STA-98"])


def test_lines_fit_a_terminal_of_80_columns():
    """The chapters with the longest names and numbers."""
    rows = verification.work(verification.choose(["GEO", "PLAN", "LOG-03", "AIR"]), quick=True)
    assert max(len(line) for line in verification.lines(rows, 80)) <= 80


def test_the_page_lists_every_case():
    """`navdrill verify --out docs` writes it anew; what came out may differ, what is asked may not."""
    asked = re.findall(
        r"^\| ([A-Z0-9]+-\d\d) \| (\w+) \| `(\w+)` \| (\S+) \| ([^|]+) \|", PAGE.read_text("utf-8"), re.M
    )
    now = [(case.id, case.way, output, f"{wanted.value:.7g}", wanted.tolerance)
           for case in CASES for output, wanted in case.wanted.items()]  # fmt: skip

    assert now == asked, "stale: run navdrill verify --out docs"
    assert "FAILS" not in PAGE.read_text("utf-8")
    for chapter in CHAPTERS.values():
        for gap in verification.gaps_of(chapter):
            assert f"{gap.id} ({gap.title}): {gap.why}." in PAGE.read_text("utf-8")


def test_data_of_the_page_is_json_of_the_same():
    rows = verification.work(verification.choose(["AIR-01"]))
    data = json.loads(json.dumps(verification.content(rows, quick=False)))

    assert ["AIR-01"] == [case["id"] for case in data["cases"]]
    assert {"output", "expected", "tolerance", "got", "standard_error", "holds"} == set(
        data["cases"][0]["outputs"][0]
    )
    assert [] == data["failed"]
