"""The report says what the log and the measures say, holds together, and lets nothing in from outside."""

import hashlib
import re
import time
from base64 import b64encode
from collections import Counter

import pytest
from pages import ATTRIBUTE, HOSTILE, Page
from small_exercise import played

from sim import store
from sim.plots._rows import holds, rows
from sim.provenance import SHEETS, of_run, provenance
from sim.report._account import accounts, interactions, measured
from sim.report._captions import clock, lasting, said, value
from sim.report._html import Markup, document, embedded, fill
from sim.report.page import replay, report
from sim.tables import measure_rows

SECTIONS = [
    "summary",
    "timeline",
    "map",
    "replay",
    "serials",
    "logistics",
    "safety",
    "cooperation",
    "measures",
    "provenance",
    "manifest",
]


@pytest.fixture(params=["foul", "hostile"])
def page(request):
    return request.getfixturevalue(request.param)[2]


@pytest.fixture(params=["foul", "hostile", "alone"])
def any_page(request):
    found = request.getfixturevalue(request.param)
    return found if isinstance(found, Page) else found[2]


def test_every_tag_is_closed_in_its_turn(any_page):
    assert [] == any_page.faults


def test_every_part_is_there_with_its_heading(page):
    assert SECTIONS == [each["id"] for each, _ in page.all("section") if "id" in each]
    assert 1 == len(page.all("h1"))


def test_links_lead_to_something_once(page):
    """Every link stays on the page and finds one place; numbers of serials on timeline and map are such links."""
    names = Counter(each["id"] for _, each, _ in page.elements if "id" in each)
    assert 1 == max(names.values())
    links = [each["href"] for each, _ in page.all("a")]
    assert links
    assert [] == [link for link in links if not (link.startswith("#") and link[1:] in names)]


def test_nothing_is_fetched_and_nothing_but_our_own_scripts_may_run(any_page):
    """No address but of the page's own places, no style or script in an attribute, and a policy with the digests of each script and style."""
    for tag, attributes, _ in any_page.elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form")
        assert [] == [
            name
            for name in attributes
            if name.startswith("on") or name in ("style", "src", "srcset", "xlink:href")
        ]
        assert attributes.get("href", "#").startswith("#")
    (policy,) = [
        each for each, _ in any_page.all("meta") if each.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(each.strip().split(" ", 1) for each in policy["content"].split(";"))
    assert "'none'" == rules["default-src"] == rules["base-uri"] == rules["form-action"]
    scripts = [text for each, text in any_page.all("script") if "type" not in each]
    styles = [text for _, text in any_page.all("style")]
    for key, texts in (("script-src", scripts), ("style-src", styles)):
        digests = [f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]
        assert digests == rules[key].split()
    outside = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", "".join(scripts + styles))
    assert [] == outside


def test_the_table_of_serials_is_the_log(foul, foul_weather):
    """Planned, COMEX, FINEX, result and score of every serial."""
    scores = foul_weather.measures("score")["score"]
    found = foul[2].rows("Serials in the order of the plan")
    assert [each.serial for each in foul_weather.plan.serials] == [row[0] for row in found]
    for number, title, planned, comex, finex, outcome, score in found:
        told = foul_weather.outcomes[number].details
        assert foul_weather.serial(number).title == title
        assert [clock(foul_weather, told[key]) for key in ("planned_s", "comex_s", "finex_s")] == [
            planned,
            comex,
            finex,
        ]
        assert outcome.startswith(told["result"])
        assert score == (f"{scores[number]:.2f}" if scores[number] else "–")


def test_every_serial_tells_its_holds_causes_and_measures(foul, foul_weather):
    page, values = foul[2], foul_weather.measures("score", "check_fires", "lateness")
    parts = {each["id"]: text for each, text in page.all("details", class_="serial")}
    assert len(foul_weather.outcomes) == len(parts)
    kinds = {each.word: each for each in foul_weather.log.kinds()}
    for account in accounts(foul_weather):
        number, text = account.row.serial, parts[account.link]
        for hold in holds(foul_weather).get(number, ()):
            assert (
                f"{clock(foul_weather, hold.start)} to {clock(foul_weather, hold.end)}, {lasting(hold.end - hold.start)}"
                in text
            )
        for record in foul_weather.why(number):
            where = "" if record.serial in (None, number) else f"Serial {record.serial}: "
            assert f"{clock(foul_weather, record.time)} {where}{said(record, kinds[record.kind])}" in text
        told = dict(page.rows(f"Scores and measures of serial {number}"))
        assert f"{100 * values['score'][number]:.1f} %" == told["score"]
        assert (number in values["check_fires"]) == ("check fires" in told)
        if number in values["lateness"]:
            assert float(told["lateness"].split()[0]) == pytest.approx(values["lateness"][number], rel=1e-3)


def test_every_measure_is_in_a_table(foul, foul_weather):
    """As many rows as the table of the run folder has, of each kind of thing."""
    wanted = Counter(row["of"] for row in measure_rows(foul_weather))
    captions = {"exercise": "The exercise as a whole", "serial": "Serials", "unit": "Units", "area": "Areas",
                "reason": "Holds by reason", "pair": "Pairs of units of two forces"}  # fmt: skip
    assert wanted == {of: len(foul[2].rows(caption)) for of, caption in captions.items()}
    shown = {row[0]: row[1] for row in foul[2].rows("The exercise as a whole")}
    found = foul_weather.measures("serials_completed", "mean_score")
    assert f"{found['serials_completed']} serials" == shown["serials completed"]
    assert f"{100 * found['mean_score']:.1f} %" == shown["mean score"]


def test_interactions_add_up(foul_weather):
    """Those of all serials, and those of none, are those of the measure."""
    total = Counter()
    for each in interactions(foul_weather).values():
        total += each
    assert foul_weather.measures("interactions")["interactions"] == {
        f"{one} - {other}": count for (one, other), count in total.items()
    }


def test_fuel_is_that_of_the_log(foul, foul_weather):
    last = {record.unit: record.details for record in foul_weather.log.of("fuel")}
    found = {row[0]: row for row in foul[2].rows("Fuel, tonnes")}
    assert set(last) == set(found)
    for name, told in last.items():
        assert (f"{told['capacity_t']:.0f}", f"{told['fuel_t']:.0f}") == (found[name][1], found[name][6])


def test_every_check_fire_is_listed(foul, foul_weather):
    told = list(foul_weather.log.of("check-fire"))
    found = [row for row in foul[2].rows("Check fires and other findings") if row[2].startswith("Check fire")]
    assert told
    assert [(clock(foul_weather, each.time), each.serial) for each in told] == [
        (row[0], row[1]) for row in found
    ]


def test_the_manifest_says_how_to_repeat_it(foul):
    text = "".join(text for each, text in foul[2].all("section") if each.get("id") == "manifest")
    assert "navdrill run northern_interaction_2023 --seed 5" in text
    assert foul[1]["fingerprint"] in text


def test_numbers_and_facts_are_those_of_the_scenario(foul, foul_weather):
    """Every number is counted and listed; the facts are named as long as the file that was played is there."""
    whole = provenance(foul_weather.plan, "northern_interaction_2023").content()
    page = foul[2]
    listed = page.rows("Numbers of the scenario") + page.rows("Numbers of its data sheets")
    assert [row[0] for row in listed] == [
        each["path"] for each in sorted(whole["numbers"], key=lambda each: each["path"].startswith(SHEETS))
    ]
    assert {row[0]: row[1] for row in page.rows("Facts used")} == {
        name: each["statement"] for name, each in whole["facts_used"].items()
    }
    assert whole["facts_unused"] == dict(page.rows("Facts not used"))
    assert f"{sum(whole['counts'].values())} numbers: {whole['counts']['fact']} facts" in page.text

    lost = of_run(
        store.load(foul[0]).plan, foul[1] | {"command": "navdrill run no_such_file.yaml"}, foul[0]
    ).content()
    assert (whole["counts"], {}) == (lost["counts"], lost["facts_used"])


def test_the_timeline_has_bars_for_plans_attempts_and_holds(foul, foul_weather):
    """As many as there were; each row is a link with the whole row in words."""
    looks = Counter(each["class"] for each, _ in foul[2].all("rect") if "class" in each and "height" in each)
    legend = 1  # a bar of each look stands in the legend
    found = rows(foul_weather)
    assert len(found) + legend == looks["planned"]
    assert sum(len(row.alternates) for row in found) + legend == looks["planned again"]
    assert sum(len(row.holds) for row in found) + legend == looks["hold"]
    assert (
        sum(row.actual is not None and row.result == "completed" for row in found) + legend
        == looks["actual completed"]
    )
    assert len(found) == len(foul[2].all("a", class_="row"))


def test_pictures_and_controls_have_names(page):
    for each, _ in page.all("svg"):
        assert each.get("aria-label") or each.get("aria-hidden") == "true"
    for each, _ in page.all("canvas"):
        assert each["aria-label"]
    labels = " ".join(text for _, text in page.all("label"))
    for name in ("Speed", "Unit", "Circles", "Sensor", "Serial"):
        assert name in labels
    for each, text in page.all("button"):
        assert each["type"] == "button"
        assert text.strip()


def test_no_name_becomes_a_tag(hostile, hostile_run):
    """What looks like markup in a scenario is text in the page, and text in the data."""
    page = hostile[2]
    assert 3 == len([each for each, _ in page.all("script") if "type" not in each])
    assert [] == page.all("img") + page.all("b")
    assert HOSTILE == page.all("h1")[0][1]
    assert HOSTILE in [unit[0] for unit in page.data["units"]]
    assert ATTRIBUTE in page.data["forces"]
    assert ATTRIBUTE in [row[1] for row in page.rows("Serials in the order of the plan")]
    assert 4 == len(re.findall("</script", page.text))


def test_the_whole_exercise_is_small_and_quick(foul_weather, foul):
    """Under 5 MB; made in under 10 s of its own time, what was worked out for other tests left out of the run."""
    fresh = store.load(foul[0])
    began = time.process_time()
    text = report(fresh, foul[1], foul[0])
    assert 10.0 > time.process_time() - began
    assert 5e6 > len(text.encode())
    assert foul[2].text == text  # the same bytes from the folder as from the run


def test_an_exercise_with_nothing_in_it_can_be_told(tmp_path):
    """No serials, no traffic, no rounds: every part is still there."""
    run = played()
    folder = store.save(run, tmp_path / "run")
    page = Page(report(run, store.told(folder), folder))
    assert [] == page.faults
    assert SECTIONS == [each["id"] for each, _ in page.all("section") if "id" in each]
    assert "not known" in page.text
    assert [] == Page(replay(run)).faults


def test_patterns_escape_what_is_filled_in():
    assert "<p>&lt;a&gt; &quot;&amp;&#x27; {x}</p>" == fill("<p>{name}</p>", name="<a> \"&' {x}")
    assert "<p><b>yes</b></p>" == fill("<p>{name}</p>", name=Markup("<b>yes</b>"))


def test_data_cannot_end_its_element():
    text = embedded("data", {"name": "</script><!--\u2028&"})
    assert 1 == text.count("</script>")
    assert "<!--" not in text
    with pytest.raises(ValueError):
        embedded("data", float("nan"))


def test_a_page_without_scripts_allows_none():
    assert "script-src 'none'" in document("Title", Markup("<p>x</p>"), [], [])


def test_values_are_told_with_their_units():
    wanted = {("range_m", 5556.0): "3.0 nmi", ("range_m", 900.0): "900 m", ("bearing_deg", -90.0): "270°", ("held_s", 754.0): "13 min",
              ("speed_m_per_s", 5.0): "10 kn", ("wind_m_per_s", 5.0): "5 m/s", ("fuel_t", 140.6): "141 t", ("reason", "fog"): "poor visibility",
              ("share", 0.5): "50%", ("x", float("nan")): "none", ("sensor", "radar"): "radar", ("hits", 3): "3"}  # fmt: skip
    assert wanted == {key: value(*key) for key in wanted}
    assert ["40 s", "12 min", "3 h 05 min", "-5 min"] == [lasting(each) for each in (40, 700, 11100, -300)]


def test_every_record_of_the_exercise_can_be_told(foul_weather):
    """Also of kinds without a sentence of their own: what their declaration says, who, and the columns."""
    kinds = {each.word: each for each in foul_weather.log.kinds()}
    told = {record.kind: said(record, kinds[record.kind]) for record in foul_weather.log}
    assert set(kinds) == set(told)
    assert all(words and "{" not in words and "nan" not in words.split() for words in told.values())
    assert len(foul_weather.outcomes) == len(accounts(foul_weather))
    assert len(measured(foul_weather)) == len(list(measure_rows(foul_weather)))
