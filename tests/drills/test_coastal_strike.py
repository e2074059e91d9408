"""Coastal strike: the fix and who has it, launches that arrive together, and what spoils that."""

import pytest
from small_exercise import PLATFORMS, SECTIONS, living, played, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import arrival_spread, strikes_coordinated, time_on_target_error, time_to_find
from sim.runs import Run
from sim.time_on_target import share_in_time

FLIER = (
    PLATFORMS + "  patrol: {like: il-38, serviceability: 100 %, late_start: {chance: 0 %, delay: 25 min}}\n"
)
EXACT = {"clock_error": "0 s", "launch_delay": "0 s"}
SURE = {"uncertain": "0 nmi", "fix_error": "0 m"}


def strike(firing="[Alpha, Golf]", aircraft="[Papa]", **more):
    """One strike from two ships, a patrol aircraft looking."""
    roles = f"{{firing: {firing}" + (f", aircraft: {aircraft}" if aircraft else "") + "}"
    said = {"duration": "3 h", "comex": "10:00", "strikes": "1", "bears": "0 deg", "roles": roles}
    return serial(1, "coastal-strike", **said | more)


def world(across="2 min", navy="tug", **more):
    """The small exercise with a patrol aircraft, of Alpha's navy if not said otherwise."""
    forces = SECTIONS["forces"].replace(
        f"      - {{platform: {navy},",
        f"      - {{platform: patrol, names: [Papa], base: field}}\n      - {{platform: {navy},",
    )
    return {
        "forces": forces,
        "platforms": "\n" + FLIER,
        "command": SECTIONS["command"].replace("across: 2 min", f"across: {across}", 1),
    } | more


def test_without_errors_they_arrive_at_that_very_moment():
    """Though the ships alter course every two minutes meanwhile: worked out anew each time, to some milliseconds."""
    run = played(strike(leg="2 min", strikes="3", **EXACT), **world())
    arrived = list(run.log.of("arrived"))

    assert len(arrived) == 6
    assert all(abs(record.details["error_s"]) < 0.05 for record in arrived)
    assert arrival_spread.measure(run)["1"] < 0.05
    launches = [record.details["range_m"] for record in run.log.of("electronic-launch")]
    assert max(launches) - min(launches) > 100.0


def test_the_flight_is_the_range_over_the_speed():
    """And from launch to arrival the clock says so."""
    log = played(strike(), **world()).log
    for launch in log.of("electronic-launch"):
        assert launch.details["flight_s"] == pytest.approx(launch.details["range_m"] / 280.0)
    by_ship = {record.unit: record for record in log.of("electronic-launch")}
    for arrived in log.of("arrived"):
        launch = by_ship[arrived.unit]
        assert arrived.time - launch.time == pytest.approx(launch.details["flight_s"])
        assert arrived.cause == launch.number


def test_how_many_are_in_time_is_the_law_of_clocks_and_delays():
    """Two ships in 150 replications: within four standard errors of the modified normal law."""
    plan = scenario(
        strike(aircraft=None, window="6 s", clock_error="4 s", launch_delay="5 s", away="30 nmi", **SURE),
        **world(),
    )
    errors = [
        record.details["error_s"]
        for seed in range(150)
        for record in Exercise(plan, seed).run().of("arrived")
    ]
    paper = share_in_time(6.0, 4.0, 5.0)

    assert len(errors) == 300
    share = sum(abs(error) <= 6.0 for error in errors) / len(errors)
    assert abs(share - paper) < 4 * (paper * (1 - paper) / len(errors)) ** 0.5


def test_the_fix_comes_across_the_boundary_later():
    """Papa is of Golf's navy: the officer conducting does not hear in time, his ship goes by the chart, Golf by the fix."""
    log = played(strike(uncertain="8 nmi", **EXACT), **world(across="40 min", navy="tanker")).log
    by_fix = {record.unit: record.details["by_fix"] for record in log.of("electronic-launch")}
    off = {record.unit: record.details["off_m"] for record in log.of("arrived")}

    assert list(log.of("strike-by-chart"))
    assert {"Alpha": 0, "Golf": 1} == by_fix
    assert off["Golf"] < 2000.0 < off["Alpha"]


def test_a_late_order_makes_her_late_by_as_much():
    """Notice of 10 minutes, 9 until Golf has the order and a flight of more than 3: she launches at once."""
    log = played(strike(notice="10 min", **EXACT, **SURE), **world(across="9 min")).log
    arrived = {record.unit: record.details for record in log.of("arrived")}
    flight = {record.unit: record.details["flight_s"] for record in log.of("electronic-launch")}

    assert abs(arrived["Alpha"]["error_s"]) < 0.05
    assert arrived["Golf"]["error_s"] == pytest.approx(9 * 60.0 + flight["Golf"] - 10 * 60.0, abs=0.1)
    assert (1, 0) == (arrived["Alpha"]["coordinated"], arrived["Golf"]["coordinated"])


def test_the_mark_must_be_found_first():
    """The time on target follows from the report to the officer's own staff, which follows from a contact."""
    run = played(strike(), **world())
    (found,), (ordered,) = run.log.of("mark-found"), run.log.of("time-on-target")
    first = next(iter(run.log.of("detected")))

    assert (found.number, first.number) == (ordered.cause, found.cause)
    assert found.time == pytest.approx(first.time + 30.0)  # the national delay
    assert time_to_find.measure(run)["1"] == found.details["searched_s"]


def test_nobody_to_look_or_nothing_found_goes_by_the_chart():
    """At once without aircraft; after the time for the search for what shows on no sensor."""
    for aircraft, target, searched in ((None, "coastal-mark", 0.0), ("[Papa]", "shore-target", 1800.0)):
        log = played(strike(aircraft=aircraft, target=target), **world()).log
        (told,) = log.of("strike-by-chart")
        assert told.details["searched_s"] == pytest.approx(searched)
        assert {0} == {record.details["by_fix"] for record in log.of("electronic-launch")}


def test_measures_count_what_was_withheld():
    """A hold at the launch: nobody launches, and nothing was coordinated."""
    exercise = living(strike(firing="[Alpha, Golf]"), **world())
    live = exercise.conductor.serials["1"]
    while not list(exercise.log.of("time-on-target")):
        exercise.env.step()
    live.hold("fog", live.last)
    exercise.env.run(until=exercise.env.now + 13 * 60.0)
    live.resume("fog")
    log = exercise.run()
    run = Run(exercise.plan, 0, 0, log)
    assert {"hold"} == {record.details["reason"] for record in log.of("launch-withheld")}
    assert {"1": 0.0} == strikes_coordinated.measure(run)
    assert {} == time_on_target_error.measure(run)


def test_finex_between_launch_and_arrival_leaves_nothing():
    """No arrival after FINEX; the mark is gone, the aircraft is home by the end."""
    exercise = living(strike(), **world())
    live = exercise.conductor.serials["1"]
    while not list(exercise.log.of("electronic-launch")):
        exercise.env.step()
    live.finex_due = exercise.env.now + 1.0
    exercise.news.ring()
    log = exercise.run()

    assert [] == list(log.of("arrived"))
    assert "home" == exercise.units["Papa"].phase
    assert not [process for process in live._processes if process.is_alive]


@pytest.mark.parametrize(("said", "fault"), [
    ({"away": "130 nmi"}, "serials.0.away: the mark lies beyond the reach"),
    ({"notice": "5 min"}, "serials.0.notice: less notice than the flight takes"),
    ({"missile_speed": "5 m/s"}, "serials.0.missile_speed: the ships outrun"),
    ({"window": "20"}, "serials.0.window: '20' has no unit"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(strike(**said), **world())
