"""Traffic that is declared wrongly: each fault at its place, with what came and what is wanted."""

import pytest
from small_scenario import BASE

from sim.errors import ScenarioError
from sim.quantities import DAY
from sim.scenario.read import read

LINE = "  merchant: {platform: merchant-ship, density: 1 per 1000 nmi2, heed: 85 %, answer: 6 min, ground: deep}\n"
KINDS = """\
  strait:
    platform: merchant-ship
    heed: 85 %
    answer: 6 min
    lane: {along: [39-00N 130-00E, 40-00N 133-00E, 41-00N 137-00E], width: 6 nmi, rate: 45 per day, speed: {low: 10 kn, mode: 12 kn, high: 15 kn}}
  packet:
    platform: ferry
    heed: 85 %
    answer: 6 min
    ferry: {ends: [41-00N 132-00E, 38-40N 136-00E], departs: 20 Jul 07:30, every: 6 h, speed: 18 kn}
  squid:
    platform: fishing-boat
    heed: 85 %
    answer: 6 min
    fleet: {ground: deep, boats: 40, size: {low: 2, mode: 5, high: 9}, radius: 3 nmi, leg: 2 h, working: 1 kn, shift: 15 %, night: 60 %}
"""
WHOLE = BASE.replace(LINE, KINDS)

CASES = {
    "kind nobody knows": (
        [("    lane: {along", "    lain: {along")],
        ["x.yaml:41:5: traffic.strait.lain: no key called 'lain'. Did you mean 'lane'?"],
    ),
    "no kind": (
        [("    ferry: {ends: [41-00N 132-00E, 38-40N 136-00E], departs: 20 Jul 07:30, every: 6 h, speed: 18 kn}\n", "")],
        ["x.yaml:43:5: traffic.packet: needs exactly one of density, lane, ferry, fleet; got none of these"],
    ),
    "two kinds": (
        [("    ferry: {ends", "    density: 1 per 1000 nmi2\n    ferry: {ends")],
        ["x.yaml:43:5: traffic.packet: needs exactly one of density, lane, ferry, fleet; got density and ferry"],
    ),
    "ground of a lane": (
        [("    lane: {along", "    ground: deep\n    lane: {along")],
        ["x.yaml:38:5: traffic.strait: a ground of its own goes with a density; here with a lane"],
    ),
    "lane of one point": (
        [("[39-00N 130-00E, 40-00N 133-00E, 41-00N 137-00E]", "[39-00N 130-00E]")],
        ["x.yaml:41:19: traffic.strait.lane.along: must hold at least 2; got 1"],
    ),
    "lane without width": (
        [("width: 6 nmi", "width: 0 nmi")],
        ["x.yaml:41:76: traffic.strait.lane.width: is 0 m, must be more than 0 m"],
    ),
    "negative rate": (
        [("rate: 45 per day", "rate: -45 per day")],
        ["x.yaml:41:89: traffic.strait.lane.rate: is -45 per day, must be at least 0 per day"],
    ),
    "rate of a harbour": (
        [("rate: 45 per day", "rate: 9000 per hour")],
        ["x.yaml:41:89: traffic.strait.lane.rate: is 216000 per day, must be at most 2000 per day"],
    ),
    "rate without a unit": (
        [("rate: 45 per day", "rate: 45")],
        ["x.yaml:41:89: traffic.strait.lane.rate: '45' has no unit; write '45 per day' or another of: /s, per hour, per day"],
    ),
    "unit of a rate": (
        [("rate: 45 per day", "rate: 45 a day")],
        ["x.yaml:41:89: traffic.strait.lane.rate: unknown flow unit 'a day'; known: /s, per hour, per day. Did you mean '45 per day'?"],
    ),
    "rate and density": (
        [("rate: 45 per day", "rate: 45 per day, density: 1 per 1000 nmi2")],
        ["x.yaml:41:11: traffic.strait.lane: needs exactly one of rate, density; got rate and density"],
    ),
    "neither rate nor density": (
        [(", rate: 45 per day", "")],
        ["x.yaml:41:11: traffic.strait.lane: needs exactly one of rate, density; got neither"],
    ),
    "spread": (
        [("rate: 45 per day", "rate: 45 per day, spread: gaussian")],
        ["x.yaml:41:109: traffic.strait.lane.spread: must be one of uniform, triangular, normal; got 'gaussian'"],
    ),
    "lane twice at one place": (
        [("40-00N 133-00E, 41", "39-00N 130-00E, 41")],
        ["x.yaml:41:36: traffic.strait.lane.along.1: is the same place as the one before (nearer than 100 m)"],
    ),
    "lane that turns back": (
        [("41-00N 137-00E", "39-05N 130-00E")],
        ["x.yaml:41:36: traffic.strait.lane.along.1: turns by more than 120 degrees; write two lanes"],
    ),
    "lane wider than its legs": (
        [("41-00N 137-00E", "40-02N 133-00E, 40-02N 137-00E")],
        ["x.yaml:41:52: traffic.strait.lane.along.2: lies nearer to the place before than the lane is wide at its turns"],
    ),
    "lane from far away": (
        [("39-00N 130-00E, 40", "30-00N 128-00E, 40")],
        ["x.yaml:41:20: traffic.strait.lane.along.0: is 668 nmi from the datum; at most 480 nmi"],
    ),
    "faster than she can": (
        [("high: 15 kn", "high: 25 kn")],
        ["x.yaml:41:108: traffic.strait.lane.speed: is up to 25 kn, but 'merchant-ship' makes at most 16 kn"],
    ),
    "slower than anybody": (
        [("low: 10 kn", "low: 0.1 kn")],
        ["x.yaml:41:108: traffic.strait.lane.speed: its low is 0.1 kn, must be at least 1 kn"],
    ),
    "ferry to where it comes from": (
        [("38-40N 136-00E", "41-00N 132-00E")],
        ["x.yaml:46:36: traffic.packet.ferry.ends.1: is the same place as the one before (nearer than 100 m)"],
    ),
    "ferry with three ends": (
        [("[41-00N 132-00E, 38-40N 136-00E]", "[41-00N 132-00E, 40-00N 134-00E, 38-40N 136-00E]")],
        ["x.yaml:46:19: traffic.packet.ferry.ends: must hold at most 2; got 3"],
    ),
    "ferry without a timetable": (
        [(" every: 6 h,", "")],
        ["x.yaml:46:12: traffic.packet.ferry.every: is missing; write 'every: 90 min'"],
    ),
    "ferry without a pause": (
        [("every: 6 h", "every: 10 s")],
        ["x.yaml:46:83: traffic.packet.ferry.every: is 10 s, must be at least 5 min"],
    ),
    "ferry that flies": (
        [("platform: ferry", "platform: il-38")],
        ["x.yaml:43:15: traffic.packet.platform: 'il-38' is an aircraft, not a vessel"],
    ),
    "platform": (
        [("platform: ferry", "platform: fery")],
        ["x.yaml:43:15: traffic.packet.platform: no platform called 'fery'. Did you mean 'ferry'?"],
    ),
    "fleet's ground": (
        [("ground: deep", "ground: deeep")],
        ["x.yaml:51:21: traffic.squid.fleet.ground: no area called 'deeep'. Did you mean 'deep'?"],
    ),
    "fleet without a ground": (
        [("ground: deep, ", "")],
        ["x.yaml:51:12: traffic.squid.fleet.ground: is missing; write 'ground: TEXT'"],
    ),
    "boats and density": (
        [("boats: 40", "boats: 40, density: 4 per 1000 nmi2")],
        ["x.yaml:51:12: traffic.squid.fleet: needs exactly one of boats, density; got boats and density"],
    ),
    "fleet of nobody": (
        [("{low: 2, mode: 5, high: 9}", "0")],
        ["x.yaml:51:44: traffic.squid.fleet.size: is 0, must be at least 1"],
    ),
    "armada": (
        [("boats: 40", "boats: 40000")],
        ["x.yaml:51:34: traffic.squid.fleet.boats: is 40000, must be at most 5000"],
    ),
    "restless boats": (
        [("leg: 2 h", "leg: 2 s")],
        ["x.yaml:51:92: traffic.squid.fleet.leg: is 2 s, must be at least 10 min"],
    ),
    "outlook": (
        [("resources: {tugs: 1}", "resources: {tugs: 1}\noutlook: far")],
        ["x.yaml:36:10: outlook: 'far' is not a length; write it like '12 nmi'"],
    ),
}  # fmt: skip


def test_all_kinds_are_read(put):
    """The scenario that the cases below break has no fault; its numbers are in SI."""
    found = read(put(WHOLE)).traffic

    assert pytest.approx(45 / DAY) == found["strait"].lane.rate.value
    assert ("triangular", 0.5) == (found["strait"].lane.spread, found["strait"].lane.forward.value)
    assert 5400.0 == found["packet"].ferry.departs.value
    assert (40, 0.6) == (found["squid"].fleet.boats.whole, found["squid"].fleet.night.value)


@pytest.mark.parametrize("name", CASES)
def test_edit(name, put):
    """One edit, and the faults it makes, in the order of the file."""
    edits, wanted = CASES[name]
    text = WHOLE
    for old, new in edits:
        assert 1 == text.count(old), f"{old!r} is not once in the scenario"
        text = text.replace(old, new)

    with pytest.raises(ScenarioError) as refused:
        read(put(text))
    assert wanted == str(refused.value).split("\n")
