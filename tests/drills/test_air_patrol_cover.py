"""Air patrol cover: stations held one after another, what n aircraft cover, and who is late."""

import pytest
from small_exercise import SOUND, living, played, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import cover_gaps, cover_sorties, longest_gap, station_covered
from sim.relief import cycle
from sim.runs import Run

JETS = ["Juliet", "Mike", "November", "Oscar"]
FORCES = f"""
  blue:
    name: Blue
    flagship: Alpha
    at: 40-00N 134-00E
    units:
      - {{platform: frigate, names: [Alpha]}}
      - {{platform: jet, names: [{", ".join(JETS)}], base: field}}
      - {{platform: early, names: [Echo], base: field}}
  red:
    name: Red
    flagship: Golf
    at: 40-01N 134-01E
    units:
      - {{platform: frigate, names: [Golf]}}
      - {{platform: jet, names: [Zulu], base: field}}"""
COMMAND = """
  officer_conducting: Alpha
  order_delay: {national: 0 s, across: 20 min}
  misunderstood: {national: 0 %, across: 0 %}
  learning: {per_joint_serial: 90 %, floor: 40 %}
  defect_grace: 30 min"""
SHEET = ("serviceability: 100 %, late_start: {chance: 0 %, delay: 25 min}, launch: 20 min, recovery: 10 min, turnaround: 30 min, "
         "cruise_speed: 100 kn, max_speed: 100 kn, endurance: 160 min")  # fmt: skip


def world(**more):
    """Three days; a field 25 minutes from the station, and aircraft that stay 90 on it."""
    said = {
        "ends": "2023-07-23 18:00 +08:00",
        "forces": FORCES,
        "command": COMMAND,
        "bases": "{field: {at: 40-41.7N 134-00E}}",
        "platforms": f"""
  frigate: {{like: type-054a, equipment: {{propulsion: {SOUND}, main-gun: {SOUND}, close-in: {SOUND}}}}}
  jet: {{like: su-30sm, {SHEET}}}
  early: {{like: kj-500, serviceability: 100 %, late_start: {{chance: 0 %, delay: 25 min}}, launch: 20 min}}
""",
    }
    return said | more


def cover(fighters="[Juliet]", relief="[Mike, November]", **more):
    """One place, legs across the way home."""
    roles = ", ".join(f"{role}: {names}" for role, names in
                      {"fighters": fighters, "relief": relief, **more.pop("roles", {})}.items() if names)  # fmt: skip
    said = {"comex": "10:00", "duration": "40 h", "roles": f"{{{roles}}}", "on_station": "1", "ahead": "0 nmi", "margin": "0 s",
            "threat": "90 deg", "straight": "5 nmi", "width": "0.5 nmi"}  # fmt: skip
    return serial(1, "air-patrol-cover", **said | more)


def times_on_task(log):
    """Each stay on the station, from and to, s."""
    began, found = {}, []
    for record in log.of("on-task", "off-task"):
        if record.kind == "on-task":
            began[record.unit] = record.time
        else:
            found.append((began[record.unit], record.time))
    return sorted(found)


def share_covered(stays, since, until):
    """Of a time, by the stays that lie in it."""
    covered, at = 0.0, since
    for begins, ends in stays:
        covered += max(0.0, min(ends, until) - max(begins, at))
        at = min(max(at, ends), until)
    return covered / (until - since)


@pytest.mark.parametrize("aircraft", [1, 2, 3, 4])
def test_what_so_many_aircraft_cover(aircraft):
    """LOG-09: 20+25+90+25+40 min; three aircraft hold one place, two nine tenths, one nine twentieths."""
    paper = cycle(20, 25, 90, 25, 40)
    log = played(cover(relief=f"[{', '.join(JETS[1:aircraft])}]" if aircraft > 1 else None), **world()).log
    stays = times_on_task(log)
    since = stays[aircraft][0]

    assert share_covered(stays, since, since + 10 * 200 * 60.0) == pytest.approx(
        paper.coverage(aircraft), abs=2e-3
    )
    gaps = [record.details["gap_s"] / 60.0 for record in log.of("handed-over")][aircraft : 5 * aircraft]
    assert len(gaps) == 4 * aircraft
    assert sum(gaps) / len(gaps) == pytest.approx(paper.gap(aircraft), abs=0.2)


def test_the_relief_is_there_before_the_other_leaves():
    """By the margin, to a few seconds of the racetrack."""
    log = played(cover(relief="[Mike, November, Oscar]", margin="6 min"), **world()).log
    handed = list(log.of("handed-over"))

    assert len(handed) > 20
    assert {0.0} == {record.details["gap_s"] for record in handed}
    assert [record.details["left_s"] for record in handed] == pytest.approx([360.0] * len(handed), abs=15.0)
    assert all(record.other is not None for record in handed)


def test_the_measures_are_the_times_of_the_records():
    """Station covered, gaps, longest gap and sorties, against the stays of aircraft; two aircraft for one place."""
    exercise = living(cover(relief="[Mike]", duration="20 h"), **world())
    run = Run(exercise.plan, 0, 0, exercise.run())
    (told,) = run.log.of("covered")
    finex = next(record.time for record in run.log.of("finex"))
    stays, began = times_on_task(run.log), finex - told.details["planned_s"]

    assert station_covered.measure(run)["1"] == pytest.approx(share_covered(stays, began, finex), abs=1e-9)
    spells = [record.details["gap_s"] for record in run.log.of("uncovered")]
    assert (len(spells), max(spells)) == (cover_gaps.measure(run)["1"], longest_gap.measure(run)["1"])
    assert told.details["manned_s"] + sum(spells) == pytest.approx(told.details["planned_s"])
    assert len(list(run.log.of("launched"))) == cover_sorties.measure(run)["1"]


def test_nobody_is_sent_who_would_come_after_the_end():
    """The last relief to be launched is on station before FINEX."""
    for duration in ("155 min", "170 min", "4 h"):
        log = played(cover(duration=duration), **world()).log
        (finex,) = log.of("finex")
        launched = [record.time for record in log.of("launched")]
        assert launched
        assert max(launched) + 25 * 60.0 < finex.time


def test_a_relief_of_the_other_navy_is_told_later():
    """Its order takes 20 minutes instead of none; with no margin that is the gap, less what hurrying saves."""
    gaps = {}
    for relief in ("Mike", "Zulu"):
        log = played(cover(relief=f"[{relief}]", duration="4 h"), **world()).log
        gaps[relief] = next(record.details["gap_s"] for record in log.of("handed-over"))

    assert gaps["Mike"] < 10.0
    assert gaps["Zulu"] == pytest.approx(20 * 60.0, abs=10.0)


def test_a_wider_margin_never_covers_less():
    """With common random numbers and late starts; later on, aircraft sent earlier come back earlier too."""
    late = SHEET.replace("chance: 0 %, delay: 25 min", "chance: 50 %, delay: 12 min")
    shares = []
    for margin in ("0 s", "5 min", "12 min"):
        plan = scenario(cover(relief="[Mike, November]", duration="250 min", margin=margin),
                        **world(platforms=world()["platforms"].replace(SHEET, late)))  # fmt: skip
        shares.append(
            [
                station_covered.measure(Run(plan, seed, 0, Exercise(plan, seed).run()))["1"]
                for seed in range(12)
            ]
        )

    assert all(few <= more + 1e-3 <= most + 2e-3 for few, more, most in zip(*shares, strict=True))
    assert sum(shares[0]) < sum(shares[2]) - 0.2


def test_early_warning_has_a_station_of_its_own():
    """Forty miles behind; fighters ahead; both count."""
    log = played(cover(roles={"warning": "[Echo]", "ships": "[Alpha]"}, threat="180 deg", ahead="20 nmi", warning_behind="15 nmi",
                       duration="3 h"), **world()).log  # fmt: skip
    stations = {record.details["station"]: record.details for record in log.of("covered")}
    legs = {name: [record.at for record in log.of("leg") if record.unit == name and 4.5 * 3600 < record.time < 5 * 3600]
            for name in ("Juliet", "Echo")}  # fmt: skip

    assert {"fighters", "warning"} == set(stations)
    assert stations["warning"]["manned_s"] == stations["warning"]["planned_s"]
    assert all(y < -15 * 1852 for _, y in legs["Juliet"])
    assert all(y > 10 * 1852 for _, y in legs["Echo"])


def test_finex_in_the_middle_of_a_relief_leaves_nobody_flying():
    """Orders under way, reliefs starting and on their way, aircraft on station: all are home by the end."""
    for after in (60.0, 50 * 60.0, 65 * 60.0, 80 * 60.0):
        exercise = living(cover(duration="3 h"), **world())
        live = exercise.conductor.serials["1"]
        while live.comex is None:
            exercise.env.step()
        exercise.env.run(until=live.comex + after)
        live.finex_due = live.exercise.env.now
        exercise.news.ring()
        exercise.run()
        assert {"home"} == {exercise.units[name].phase for name in JETS}
        assert not [process for process in live._processes if process.is_alive]


@pytest.mark.parametrize(("said", "fault"), [
    ({"fighters": "[Juliet, Mike]", "relief": None}, "serials.0.on_station: 2 fighters at COMEX for 1 places"),
    ({"margin": "5"}, "serials.0.margin: '5' has no unit"),
    ({"on_station": "0"}, "serials.0.on_station"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(cover(**said), **world())
