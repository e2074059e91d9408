"""Alert fighters: who is scrambled when, where they meet a track, how it is shadowed, and what a zone's neighbour would measure."""

from math import dist, hypot

import pytest
from lessons import means, plan_of, played, ranged, saying, text_of

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import intercepted_before_entry, scrambles, shadow_gaps, time_shadowed, zone_shadowed
from sim.scramble import alert, meet_off

SURE = {
    "ready": "8 min (7 .. 9 min)", "identify": "0 s (0 .. 1 s)", "identify_by_sight": "0 s (0 .. 1 s)", "climb": "2 min (1 .. 3 min)",
    "climb_way": "20 km (10 .. 24 km)", "dash": "250 m/s (200 .. 300 m/s)", "abeam": "1 m (1 .. 2 m)",
}  # fmt: skip


def lesson(**said):
    """The lesson with other words in its first serial, without late orders or unserviceable fighters."""
    text = text_of("scramble")
    for key, value in said.items():
        text = saying(text, f"{key}: {value}")
    text = text.replace("national: {low: 20 s, mode: 40 s, high: 90 s}", "national: 0 s (0 .. 1 s)")
    return text.replace("national: 1 % (0 .. 3 %)", "national: 0 % (0 .. 1 %)")


def routed(text, route):
    """With another route of the bombers."""
    return "\n".join(
        f"    route: [{', '.join(f'{place} (±20 nmi)' for place in route)}]" if line.startswith("    route:") else line
        for line in text.splitlines()
    )  # fmt: skip


def first(run, kind):
    """The first record of a kind."""
    return next(run.log.of(kind))


def test_fighters_meet_a_straight_track_where_the_closed_form_says():
    """AIR-01 off the line: alert time, climb and dash against a track that flies on; to a second in half an hour."""
    run = played(routed(lesson(**SURE), ["40-30N 133-30E", "37-00N 130-00E"]), 3)
    sent, met, closing = first(run, "scrambled"), first(run, "intercepted"), first(run, "closing")
    legs = [record for record in run.log.of("leg") if record.unit == sent.other and record.time <= sent.time]
    vx, vy = legs[-1].details["vx_m_per_s"], legs[-1].details["vy_m_per_s"]
    (x, y), (u, v) = sent.at, closing.at
    paper = meet_off(alert(480.0, 120.0, 20e3, 250.0), u - x, v - y, vx, vy)

    assert closing.time == pytest.approx(sent.time, abs=2e-3)
    assert sent.details["meets_s"] == pytest.approx(paper.time, abs=0.01)
    assert met.details["after_s"] == pytest.approx(paper.time, abs=1.0)
    assert dist(met.at, (x + paper.x, y + paper.y)) < 500.0
    assert hypot(paper.x, paper.y) == pytest.approx(20e3 + 250.0 * (paper.time - 600.0), abs=1.0)


def test_who_is_identified_by_sight_is_in_sight():
    """Also when the track alters while they look: fighters stay abeam of it, however long it takes."""
    abeam = 1000.0  # m, as the drill has it
    for seed in range(4):
        run, legs, seen = played(text_of("scramble"), seed), {}, 0
        for record in run.log:
            if record.kind == "leg":
                legs[record.unit] = record
            elif record.kind == "intercepted":
                leg, seen = legs[record.unit], seen + 1
                gone = record.time - leg.time
                x, y = (
                    place + leg.details[f"v{axis}_m_per_s"] * gone
                    for place, axis in zip(leg.at, "xy", strict=True)
                )
                assert dist((x, y), record.at) < 1.5 * abeam
        assert seen


def test_a_lower_alert_state_never_meets_earlier_nor_shadows_more():
    """Five, fifteen and sixty minutes under common random numbers."""
    states = (5, 15, 60)
    late = means("scramble", "ready: {} min", states, "time-to-identify", 6)
    share = means("scramble", "ready: {} min", states, "zone-shadowed", 6)

    assert late == sorted(late)
    assert share == sorted(share, reverse=True)
    assert late[1] - late[0] > 300.0
    assert share[0] > share[2] + 0.2


def test_more_warning_lets_more_be_met_before_they_enter():
    """The time looked ahead, with fast fighters at the highest state; beyond what radar gives it adds nothing more."""
    text = lesson(ready="1 min (1 .. 2 min)", dash="420 m/s (400 .. 450 m/s)", identify="0 s (0 .. 1 s)")
    runs = [
        [played(saying(text, f"look_ahead: {ahead} min (1 .. 60 min)"), seed) for seed in range(3)]
        for ahead in (4, 12, 30, 50)
    ]
    found = [sum(intercepted_before_entry.measure(run)["1"] for run in each) for each in runs]
    shadowed = [sum(zone_shadowed.measure(run)["1"] for run in each) for each in runs]

    assert found == sorted(found)
    assert (found[0], found[2]) == (0.0, 3.0)
    assert shadowed[0] < shadowed[1] < shadowed[2] == shadowed[3] == 3.0


def test_a_relief_comes_before_the_others_leave():
    """Tours shorter than the time in the zone: fighters change, and nobody is left alone but for what the track's turns cost."""
    run = played(lesson(tour="40 min (30 .. 50 min)"), 5)
    changes = list(run.log.of("taken-over"))

    assert changes
    assert all(record.details["gap_s"] == 0.0 for record in changes)
    assert shadow_gaps.measure(run)["1"] == 0
    assert scrambles.measure(run)["1"] >= 4


def test_without_relief_a_gap_is_told():
    """A pair alone, home on its fuel before the track has left."""
    text = lesson().replace(
        "alert: {any: interceptor, least: 2 (1 .. 4)}",
        "alert: {names: [KF-16 01, KF-16 02], least: 1 (1 .. 2)}",
    )
    plan = plan_of(
        text.replace("platform: kf-16,", "platform: short,").replace("serials:", SHORT + "serials:", 1)
    )
    exercise = Exercise(plan, 5)
    exercise.run()
    (told,) = exercise.log.of("shadowed")

    assert told.details["gaps"] == 1
    assert told.details["longest_s"] > 600.0
    assert told.details["covered_s"] + told.details["longest_s"] < told.details["inside_s"]


SHORT = """platforms:
  short: {like: kf-16, endurance: 80 min (75 .. 85 min)}

"""


def test_the_books_are_the_times_of_the_records():
    """Time in the zone against the exercise's own record of areas, time shadowed against the fighters' records."""
    run = played(lesson(linger="5 min (5 .. 6 min)"), 5)
    (told,) = run.log.of("shadowed")
    entry, left = first(run, "zone-entry"), first(run, "zone-exit")
    general = {
        kind: next(r.time for r in run.log.of(kind) if r.unit == entry.other and r.details["area"] == "zone")
        for kind in ("entered", "left")
    }
    met = first(run, "intercepted")

    assert (entry.time, left.time) == pytest.approx((general["entered"], general["left"]), abs=1e-2)
    assert told.details["inside_s"] == pytest.approx(left.time - entry.time)
    assert time_shadowed.measure(run)["1"] == pytest.approx(left.time + 300.0 - met.time, abs=1e-3)
    assert zone_shadowed.measure(run)["1"] == pytest.approx(
        told.details["covered_s"] / told.details["inside_s"]
    )
    assert entry.details["warning_s"] == pytest.approx(
        entry.time - min(r.time for r in run.log.of("detected") if r.serial == "1")
    )


def test_bombers_that_part_are_two_tracks():
    """One after the rendezvous; when they go home by different ways each is followed by itself."""
    apart = [
        "first_back: [38-40N 129-30E (±20 nmi)]",
        "partners_back: [37-20N 132-10E (±20 nmi), 36-40N 130-10E (±20 nmi)]",
    ]
    text = routed(lesson(), ["39-30N 133-30E", "38-30N 131-30E"])
    lines = text.splitlines()
    place = max(number for number, line in enumerate(lines) if line.startswith("    late:"))
    run = played("\n".join([*lines[:place], *(f"    {each}" for each in apart), *lines[place:]]), 4)
    alone = played(text, 4)

    assert {record.other for record in run.log.of("shadowed")} == {"Tu-95MS 01", "H-6K 01"}
    assert scrambles.measure(run)["1"] > scrambles.measure(alone)["1"]
    assert len(list(alone.log.of("shadowed"))) == 1


def test_who_stays_outside_is_looked_at_and_left_alone():
    """A track that never closes the zone brings nobody into the air."""
    run = played(routed(lesson(), ["39-40N 134-00E", "40-00N 137-00E"]), 2)

    assert [] == list(run.log.of("scrambled", "zone-entry", "closing"))
    assert scrambles.measure(run)["1"] == 0
    assert [] != [record for record in run.log.of("detected") if record.serial == "1"]


def test_when_some_are_sent_the_next_are_called_up():
    """The second pair of a base stands at fifteen minutes; an hour after the first has gone it is up in five to twelve."""
    run = played(lesson(tour="60 min (55 .. 65 min)", ready_next="30 min (25 .. 35 min)"), 5)
    ordered = {record.unit: record.details["ready_s"] for record in run.log.of("scrambled")}
    reliefs = [record for record in run.log.of("scrambled") if record.details["relief"]]

    assert reliefs
    assert all(ordered[record.unit] < 30 * 60.0 - 60.0 for record in reliefs)


@pytest.mark.parametrize(("said", "fault"), [
    ("climb_way: 70 km", "faster than the dash"),
    ("against: [nobody]", "no force is called 'nobody'"),
    ("pair: 0", "at least 1"),
])  # fmt: skip
def test_bad_parameters_are_refused(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=fault):
        plan_of(saying(saying(text_of("scramble"), "climb: 2 min (1 .. 3 min)"), ranged(said)))
