"""A scenario written out reads back as the same scenario, and its digest follows what it means."""

import json
import subprocess
import sys

import pytest

from sim.scenario.read import PACKAGE, read, shipped


def again(plan, put):
    """What a scenario's own writing reads back as."""
    return read(put(json.dumps(plan.written(), indent=1), "written.json"))


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenarios_read_back(name, put):
    """A scenario dumped as JSON reads back equal, without any fact sheet, and hashes alike."""
    plan = read(name)
    copy = again(plan, put)

    assert plan.model_copy(update={"facts": None}) == copy
    assert plan.digest == copy.digest
    assert plan.written() == copy.written()


LIFTED = "limits: {sea_state: 5, visibility: }"
OWN = """platforms:
  patrol-boat:
    like: steregushchiy
    guns: [{gun: my-gun, mounts: 1, magazine: 100}]
    equipment: {tow: {mtbf: 250 h, mttr: 6 h}}
guns:
  my-gun: {like: ak-100, title: "A gun of my own 😀 \\u00e9", max_range: 9 km}
"""
SEASON = "environment: {season: {like: sea-of-japan-july, season: mine, title: My own}, visibility: 5 nmi}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LIFTED, "limits: {sea_state: , visibility: , daylight: any}"),
        (LIFTED, "limits: {daylight: required, wind: 20 kn (15 .. 25 kn), why: Boats.}"),
        (LIFTED, "late: {hold: 0 min, then: shorten}\n    priority: essential\n    title2: x".replace("\n    title2: x", "")),
        ("comex: 20 Jul 13:00", "comex: 20 Jul 13:00 (±30 min)"),
        ("platforms:\n  patrol-boat: {like: steregushchiy, max_speed: 24 kn}\n", OWN),
        ("platform: sea-tug, names: [Tug]", "platform: sea-tug, names: [Tug], fuel: 50 %"),
        ("environment: {season: sea-of-japan-july}", SEASON),
        ("environment: {season: sea-of-japan-july}", "environment: {sea_state: 3, visibility: 0 m, wind: 5 m/s}"),
        ("datum: 40-00N 134-00E", "datum: {value: 40.000001N 134-00.123E, within: 7 nmi, source: [S01], why: x}"),
        ("begins: 2023-07-20 06:00 +08:00", "begins: 2023-07-20 05:59:30.25 +08:00"),
        ("firing: {any: warship, least: 2}", "firing: {carries: [ak-630], from: blue, but: Bravo, least: 1, most: 2}"),
        ("exercise: Base", "exercise: Base\nabout: 'Ünïcode: # \"quoted\"'\ndrawn_from: place"),
        ("exclusive: true", "exclusive: no"),
        ("    after: G2\n", "    alternates: [{comex: 20 Jul 14:00, area: deep}]\n    late: {hold: 30 min, then: alternate}\n"),
        ("    title: First shoot\n", "    title: First shoot\n    target: towed-shield\n    rounds: {low: 1, mode: 2, high: 9}\n    command: red\n"),
    ],
)  # fmt: skip
def test_reads_back(old, new, put, base):
    """Whatever a scenario states, even that a limit is lifted, survives its own writing."""
    assert 1 == base.count(old)
    plan = read(put(base.replace(old, new)))
    copy = again(plan, put)

    assert plan.model_copy(update={"facts": None}) == copy
    assert plan.digest == copy.digest


def test_facts_are_resolved(put, base):
    """A reference is written with its value and its fact."""
    written = read(put(base)).written()

    assert "facts" not in written
    assert {"value": "5000.0 m", "basis": "fact", "fact": "joint-shoot-range"}.items() <= written["serials"][
        0
    ]["range"].items()


SAME = {
    "comments": ("exercise: Base\n", "# a comment\nexercise: Base # another\n\n"),
    "units": ("radius: 8 nmi", "radius: 14816 m"),
    "units that round": ("radius: 8 nmi", "radius: 14.816 km"),
    "time of day": ("comex: 20 Jul 13:00", "comex: +7 h"),
    "zone": ("ends: 2023-07-20 18:00 +08:00", "ends: 2023-07-20 10:00 Z"),
    "share": ("heed: 85 %", "heed: 0.85"),
    "minutes": ("datum: 40-00N 134-00E", "datum: 40.0N, 134.0E"),
    "a list of one": ("after: G2", "after: [G2]"),
    "fact written out": ("range: {fact: joint-shoot-range}", "range: 5 km"),
    "reasons": ("radius: 8 nmi", "radius: {value: 8 nmi, why: seen on a map, source: [S06]}"),
    "a default": ("    title: First shoot\n", "    title: First shoot\n    priority: normal\n"),
    "title": ("title: First shoot", "title: Another title"),
}


@pytest.mark.parametrize("name", SAME)
def test_digest_is_the_same(name, put, base):
    """Another way to write the same exercise does not change its digest."""
    old, new = SAME[name]
    assert 1 == base.count(old)

    assert read(put(base)).digest == read(put(base.replace(old, new))).digest


OTHER = {
    "a value": ("radius: 8 nmi", "radius: 8.1 nmi"),
    "a range": ("radius: 8 nmi", "radius: 8 nmi (7 .. 9 nmi)"),
    "a time": ("comex: 20 Jul 13:00", "comex: 20 Jul 13:01"),
    "a limit lifted": ("limits: {sea_state: 5, visibility: }", "limits: {sea_state: }"),
    "a parameter": ("range: {fact: joint-shoot-range}", "range: 5001 m"),
    "a name": ("names: [Tug]}", "names: [Tug, Tog]}"),
    "order of units": (
        "{platform: udaloy, names: [Alpha, Bravo]}",
        "{platform: udaloy, names: [Bravo, Alpha]}",
    ),
    "a sheet": ("max_speed: 24 kn", "max_speed: 25 kn"),
    "drawn or not": ("{low: 45 min, mode: 1 h, high: 2 h}", "{low: 45 min, value: 1 h, high: 2 h}"),
}


@pytest.mark.parametrize("name", OTHER)
def test_digest_differs(name, put, base):
    """What changes the exercise changes its digest."""
    old, new = OTHER[name]
    assert 1 == base.count(old)

    assert read(put(base)).digest != read(put(base.replace(old, new))).digest


def test_names_that_look_like_keys_count(put, base):
    """An area called `title` is part of the exercise."""
    changed = base.replace("  deep:", "  title: {centre: 40-00N 134-00E, radius: 5 km}\n  deep:")

    assert read(put(base)).digest != read(put(changed)).digest
    assert read(put(changed)).digest != read(put(changed.replace("radius: 5 km", "radius: 6 km"))).digest


def test_reading_is_light():
    """Reading a scenario needs neither the agents nor the plots, and hashes alike in another process."""
    code = (
        "import sys; from sim.scenario.read import read; print(read('gunnery_day').digest);"
        "assert not {'mesa', 'matplotlib', 'pandas', 'networkx'} & set(sys.modules), sorted(sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=False
    )  # fmt: skip

    assert "" == found.stderr
    assert read("gunnery_day").digest == found.stdout.strip()
