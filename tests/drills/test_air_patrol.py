"""Joint air patrol: who comes when, who leads, how long both fly together, and where they land."""

from math import dist

import pytest
from lessons import means, plan_of, saying, text_of

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import rendezvous_lateness, route_flown_together
from sim.runs import Run, play

PUNCTUAL = """platforms:
  su: {{like: su-35s, late_start: {{chance: 0 % (0 .. 1 %), delay: 1 min (1 .. 2 min)}}, serviceability: 100 % (99 .. 100 %)}}
  j: {{like: j-11b, late_start: {{chance: 0 % (0 .. 1 %), delay: 1 min (1 .. 2 min)}}, serviceability: 100 % (99 .. 100 %)}}
  tu: {{like: tu-95ms, late_start: {{chance: {late} % (0 .. 100 %), delay: 20 min (15 .. 25 min)}}, serviceability: 100 % (99 .. 100 %), endurance: {fuel} h (2 .. 14 h)}}
  h: {{like: h-6k, late_start: {{chance: 0 % (0 .. 1 %), delay: 1 min (1 .. 2 min)}}, serviceability: 100 % (99 .. 100 %)}}

"""


def lesson(late=0, fuel=14, **said):
    """The lesson with sound aircraft; late: chance that Tu-95MS start twenty minutes late, %. fuel: their endurance, h."""
    text = text_of("air_patrol")
    for key, value in said.items():
        text = saying(text, f"{key}: {value}")
    for sheet, new in (("su-35s", "su"), ("j-11b", "j"), ("tu-95ms", "tu"), ("h-6k", "h")):
        text = text.replace(f"platform: {sheet},", f"platform: {new},")
    return text.replace("serials:", PUNCTUAL.format(late=late, fuel=fuel) + "serials:", 1)


def test_nobody_late_all_meet_at_one_moment_and_the_route_takes_its_length_over_the_speed():
    """From fields twice as far from each other."""
    run = play(plan_of(lesson()), 4)
    (met,), (told,) = run.log.of("rendezvous"), run.log.of("patrolled")
    comex = next(run.log.of("comex"))
    bombers = [record.time for record in run.log.of("launched") if "MS" in record.unit or "6K" in record.unit]

    assert met.details["late_s"] == pytest.approx(0.0, abs=1.0)
    assert (met.details["units"], met.details["missing"]) == (6, 0)
    assert max(bombers) - min(bombers) > 1000.0
    assert told.details["taken_s"] == pytest.approx(told.details["route_m"] / 200.0)
    assert told.details["together_s"] == pytest.approx(told.details["taken_s"])
    assert route_flown_together.measure(run) == {"1": 1.0}
    assert met.time > comex.time


def test_one_late_makes_all_late_as_far_as_patience_goes():
    """Twenty minutes behind: they hurry a little, the others wait; with less patience these set out alone."""
    waits = play(plan_of(lesson(late=100)), 4)
    goes = play(plan_of(lesson(late=100, patience="3 min (1 .. 5 min)")), 4)
    (told,) = goes.log.of("patrolled")

    assert 300.0 < rendezvous_lateness.measure(waits)["1"] < 1200.0
    assert next(waits.log.of("rendezvous")).details["missing"] == 0
    assert rendezvous_lateness.measure(goes)["1"] == pytest.approx(180.0, abs=1e-6)
    assert next(goes.log.of("rendezvous")).details["missing"] == 2
    assert told.details["together_s"] < told.details["taken_s"]


def test_more_patience_never_sets_out_earlier():
    """Under common random numbers."""
    found = means("air_patrol", "patience: {} min", (1, 10, 30), "rendezvous-lateness", 12)

    assert found == sorted(found)
    assert found[0] < found[2]


def test_when_the_leader_must_go_home_the_next_takes_the_lead():
    """Tu-95MS with fuel for half the route: the H-6K fly it to its end."""
    run = play(plan_of(lesson(fuel=2)), 4)
    leaders = [record.unit for record in run.log.of("leads")]
    (told,) = run.log.of("patrolled")

    assert leaders[0] == "Tu-95MS 01"
    assert "H-6K 01" in leaders
    assert told.details["flown_m"] == pytest.approx(told.details["route_m"], rel=5e-3)
    assert 0.2 < route_flown_together.measure(run)["1"] < 0.95


def test_in_formation_each_keeps_its_place():
    """Half an hour along a straight leg they are as far from their leader as the spacing says."""
    exercise = Exercise(plan_of(lesson(spacing="2 nmi (1 .. 3 nmi)")), 4)
    while not list(exercise.log.of("rendezvous")):
        exercise.env.step()
    exercise.env.run(until=exercise.env.now + 600.0)
    at = {name: exercise.units[name].position for name in ("Tu-95MS 01", "Tu-95MS 02", "H-6K 01", "H-6K 02")}
    exercise.run()

    away = [dist(at["Tu-95MS 01"], at[name]) / 1852.0 for name in ("Tu-95MS 02", "H-6K 01", "H-6K 02")]
    assert away == pytest.approx([2.0, 2.0, 4.0], abs=1e-3)


def test_bombers_land_at_the_field_named_and_start_from_there_next_time():
    """The Tu-95MS at the other nation's."""
    exercise = Exercise(plan_of(lesson(first_field="west-field")), 4)
    run = Run(exercise.plan, 4, 0, exercise.run())
    landed = {record.unit: record.at for record in run.log.of("landed")}

    assert dist(landed["Tu-95MS 01"], landed["H-6K 01"]) < 1.0
    assert exercise.units["Tu-95MS 01"].home_position == landed["Tu-95MS 01"]
    assert dist(landed["Su-35S 01"], landed["H-6K 01"]) > 300e3


@pytest.mark.parametrize(("said", "fault"), [
    ("route: [10-00N 134-00E (±20 nmi)]", "nmi from the datum; at most 480"),
    ("late_join: 5 (1 .. 5)", "the route has 5 places"),
    ("first_field: nowhere", "no base is called 'nowhere'"),
    ("route: []", "at least one place"),
])  # fmt: skip
def test_bad_parameters_are_refused(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=fault):
        plan_of(saying(text_of("air_patrol"), said))
