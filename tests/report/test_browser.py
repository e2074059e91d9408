"""The report in a real browser, opened from a file: nothing is fetched, nothing complains, and the replay shows the run.

Skipped where no Chromium is installed; NAVDRILL_BROWSER names one that is not on the path.
"""

import json
import random
from pathlib import Path

import pytest
from chromium import Browser, found
from pages import HOSTILE
from small_exercise import text

from sim.plots._paths import paths
from sim.report.page import replay, report
from sim.runs import play
from sim.scenario.read import read_tree
from sim.scenario.tree import plant

pytestmark = [pytest.mark.browser, pytest.mark.skipif(found() is None, reason="no Chromium here")]
WIDE, NARROW = (1280, 900), (390, 844)
SPACE = 32
DRAW = 100.0  # ms at most for a picture of a thousand units; a tenth of it is usual
SHOWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"


@pytest.fixture(scope="module")
def browser():
    made = Browser(found())
    yield made
    made.close()


@pytest.fixture
def opened(browser, tmp_path):
    """A page, opened from a file in a window of that size; in the end nobody has complained and nothing else was asked for."""
    begun = len(browser.complaints), len(browser.asked)
    files = []

    def open_(page, size=WIDE, dark=False):
        files.append(tmp_path / f"{len(files)}.html")
        files[-1].write_text(page, "utf-8")
        browser.size(*size, dark=dark)
        browser.open(files[-1])
        browser.run(SHOWN)
        return browser

    yield open_
    assert [] == browser.complaints[begun[0] :]
    assert [file.as_uri() for file in files] == browser.asked[begun[1] :]


def test_the_report_opens_and_fits(opened, foul):
    """Wide and narrow, light and dark, nothing sticks out to the side."""
    for size in (WIDE, NARROW):
        for dark in (False, True):
            page = opened(foul[2].text, size, dark)
            assert size[0] >= page.run("document.documentElement.scrollWidth")


APART = """JSON.stringify([...document.querySelectorAll("figure.chart svg")].map(map => {
  const boxes = [...map.querySelectorAll("text")].map(each => [each.textContent, each.getBBox()]);
  return boxes.flatMap(([name, a], k) => boxes.slice(k + 1).filter(([_, b]) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y + 2 < b.y + b.height && b.y + 2 < a.y + a.height).map(([other]) => [name, other]));
}))"""  # names that lie over each other; a line of letters has 2 px of air


def test_names_on_the_maps_lie_apart(opened, foul):
    assert [[], []] == json.loads(opened(foul[2].text).run(APART))


def test_units_are_where_the_run_has_them(opened, foul, foul_weather):
    """Places in the page are those of the paths, to their rounding."""
    page = opened(foul[2].text)
    draws = random.Random(3)
    for path in draws.sample(paths(foul_weather), 40):
        way = draws.choice(path.pieces)
        k = draws.randrange(len(way) - 1)
        share = draws.uniform(0.1, 0.9)
        if way[k + 1, 0] - way[k, 0] < 2.0:
            continue
        time, x, y = way[k] + share * (way[k + 1] - way[k])
        here = page.run(f"replay.at({json.dumps(path.unit)}, {time})")
        speed = max(abs(way[k + 1, 1:] - way[k, 1:])) / (way[k + 1, 0] - way[k, 0])
        assert (x, y) == pytest.approx((here["x"], here["y"]), abs=2.0 + 0.2 * speed)


def test_keys_and_controls_move_the_clock(opened, foul):
    page = opened(foul[2].text)
    page.run("document.getElementById('player').focus()")
    assert 0 == page.run("replay.state.time")
    page.key("ArrowRight")
    assert 60 == page.run("replay.state.time")
    page.key(" ", SPACE, " ")
    assert page.run("replay.state.playing")
    page.run("new Promise(done => setTimeout(done, 400))")
    assert page.run("replay.state.time") > 70
    page.key(" ", SPACE, " ")
    assert not page.run("replay.state.playing")
    page.key("End")
    assert page.run("replay.data.length") == page.run("replay.state.time")
    page.key("Home")
    page.key("n")
    first = page.run("replay.state.time")
    page.key("n")
    assert page.run("replay.state.time") > first or first == page.run("replay.state.time") == 0
    page.run(
        "const scale = document.getElementById('time'); scale.value = 36000; scale.dispatchEvent(new Event('input'))"
    )
    assert 36000 == page.run("replay.state.time")
    page.run(
        "const choice = document.getElementById('serial'); choice.value = '3'; choice.dispatchEvent(new Event('change'))"
    )
    number, _, planned, actual = page.run("replay.data.serials[3].slice(0, 4)")
    assert number
    assert (actual or planned[0])[0] == page.run("replay.state.time")


def test_captions_follow_the_clock(opened, foul):
    """The latest events first, up to now and not beyond."""
    page, events = opened(foul[2].text), foul[2].data["events"]
    for time in (40_000, 100_000, 5_000):
        page.run(f"replay.seek({time})")
        page.run(SHOWN)
        shown = page.run("[...document.querySelectorAll('#captions li')].map(each => each.textContent)")
        past = [each for each in events if each[0] <= time][-len(shown) :][::-1]
        assert shown
        for line, event in zip(shown, past, strict=True):
            assert line.endswith(event[6])


def test_a_click_tells_the_state_of_a_unit(opened, foul):
    page = opened(foul[2].text)
    page.run("document.getElementById('canvas').scrollIntoView({block: 'center'}); replay.seek(30000)")
    page.run(SHOWN)
    spot = page.run("""(() => {
        const box = document.getElementById('canvas').getBoundingClientRect();
        const alone = replay.map.seen.find(one => one.unit.group === 'passing' && one.px > 50 && one.py > 80 && one.px < box.width - 200
            && one.py < box.height - 50 && replay.map.seen.every(other => other === one || Math.hypot(other.px - one.px, other.py - one.py) > 30));
        return [box.x + alone.px, box.y + alone.py, alone.unit.name];
    })()""")
    page.click(*spot[:2])
    page.run(SHOWN)
    told = page.run("document.getElementById('state').textContent")
    assert told.startswith(spot[2])
    assert "Course and speed" in told
    page.run("replay.choose(replay.units.find(each => each.name === 'Qiqihar'))")
    page.run(SHOWN)
    told = page.run("document.getElementById('state').textContent")
    for words in ("Qiqihar", "Position", "Fuel", "radar", "Holds"):
        assert words in told
    page.run(
        "const circles = document.getElementById('circles'); circles.value = 'one'; circles.dispatchEvent(new Event('change'))"
    )
    page.run(SHOWN)
    page.run("document.getElementById('player').focus()")
    page.key("Escape")
    page.run(SHOWN)
    assert "Click a unit" in page.run("document.getElementById('state').textContent")


def test_the_map_shows_something_and_the_night_is_darker(opened, foul):
    """The middle of the map by day and by night."""
    page = opened(foul[2].text)
    night = (
        next(k for k, height in enumerate(foul[2].data["sun"]["altitude"]) if height < -10)
        * foul[2].data["sun"]["step"]
    )
    day = (
        next(k for k, height in enumerate(foul[2].data["sun"]["altitude"]) if height > 20)
        * foul[2].data["sun"]["step"]
    )
    light = {}
    for name, time in (("day", day), ("night", night)):
        page.run(f"replay.seek({time})")
        page.run(SHOWN)
        light[name] = page.run("""(() => {
            const map = document.getElementById('canvas');
            const copy = Object.assign(document.createElement('canvas'), {width: map.width, height: map.height});
            const context = copy.getContext('2d', {willReadFrequently: true});
            context.drawImage(map, 0, 0);
            const pixels = context.getImageData(0, 0, map.width, map.height).data;
            let sum = 0;
            for (let k = 0; k < pixels.length; k += 4) sum += pixels[k];
            return sum / (pixels.length / 4);
        })()""")
    assert light["night"] < 0.8 * light["day"]


def test_scripts_in_names_do_not_run(opened, hostile):
    page = opened(hostile[2].text)
    page.run("replay.seek(10000); replay.choose(replay.units[0])")
    page.run(SHOWN)
    assert page.run("window.hacked === undefined")
    assert page.run("document.querySelector('h1').textContent") == HOSTILE
    assert HOSTILE in page.run("document.getElementById('state').textContent")


def test_injected_scripts_are_refused(browser, tmp_path, foul):
    """The policy holds: a script put into the page afterwards does not run."""
    file = tmp_path / "open.html"
    file.write_text(foul[2].text, "utf-8")
    browser.open(file)
    told = len(browser.complaints)
    browser.run(
        "const more = document.createElement('script'); more.textContent = 'window.hacked = 1'; document.body.append(more)"
    )
    assert browser.run("window.hacked === undefined")
    assert any("Content Security Policy" in each for each in browser.complaints[told:])
    del browser.complaints[told:]


def test_links_of_the_timeline_open_their_serial(opened, foul):
    page = opened(foul[2].text)
    assert not page.run("document.getElementById('serial-4').open")
    page.run(
        "document.querySelector('svg.timeline a.row[href=\"#serial-4\"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    page.run(SHOWN)
    assert page.run("location.hash") == "#serial-4"
    assert page.run("document.getElementById('serial-4').open")


def test_it_prints_with_every_serial_open(opened, foul):
    page = opened(foul[2].text)
    assert page.pdf().startswith(b"%PDF")
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert 0 == page.run("document.querySelectorAll('details.serial:not([open])').length")
    page.run("dispatchEvent(new Event('afterprint'))")
    assert 0 < page.run("document.querySelectorAll('details.serial:not([open])').length")


def test_the_replay_alone_plays(opened, alone):
    page = opened(alone.text)
    page.run("document.getElementById('play').click()")
    page.run("new Promise(done => setTimeout(done, 300))")
    assert page.run("replay.state.time") > 0
    page.run("document.getElementById('play').click()")


def test_a_thousand_units_are_drawn_in_time(opened):
    """The middle of twenty pictures with names and wakes; most of a second is left for the reader's machine."""
    forces = """
  blue:
    name: Blue
    flagship: frigate 1
    at: 40-00N 134-00E
    units: [{platform: frigate, count: 500}, {platform: tanker, count: 500}]
"""
    command = "{officer_conducting: frigate 1, order_delay: {national: 30 s, across: 2 min}, misunderstood: {national: 0 %, across: 0 %}, learning: {per_joint_serial: 90 %, floor: 40 %}, defect_grace: 30 min}"
    plan = read_tree(
        plant(
            text(forces=forces, bases=None, areas=None, command=command, ends="2023-07-20 07:00 +08:00"),
            "many.yaml",
        ),
        Path(),
    )
    page = opened(replay(play(plan)))
    page.run(
        "replay.map.fit([-20000, -20000, 20000, 20000]); replay.units.forEach((each, k) => { each.pieces[0].x.fill((k % 32) * 1000 - 16000); each.pieces[0].y.fill(Math.floor(k / 32) * 1000 - 16000); })"
    )
    took = page.run("""(() => {
        const scene = {time: 1800, chosen: null, trails: true, names: true, strangers: true, dark: 0.5, fog: 0.5, circles: [], rings: [], held: []};
        const found = [];
        for (let k = 0; k < 20; k += 1) { const began = performance.now(); replay.map.draw(scene); found.push(performance.now() - began); }
        return [found.sort((a, b) => a - b)[10], replay.map.seen.length];
    })()""")
    assert 1000 == took[1]
    assert took[0] < DRAW


def test_report_of_nothing_opens(opened, tmp_path):
    from sim import store

    run = play(read_tree(plant(text(), "none.yaml"), Path()))
    folder = store.save(run, tmp_path / "run")
    page = opened(report(run, store.told(folder), folder))
    assert "Small" == page.run("document.querySelector('h1').textContent")
