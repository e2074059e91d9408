"""The plan on paper: each kind of planning mistake is found, with the right deficit, and the mend that is told mends it."""

import json
from math import isclose
from pathlib import Path

from small_exercise import MAIN, clock, played, scenario, serial, text

from sim.daylight import sun
from sim.feasibility.endurance import tanks
from sim.feasibility.paper import Paper
from sim.feasibility.report import examine
from sim.geodesy import distance
from sim.quantities import KNOT, NAUTICAL_MILE
from sim.scenario.overrides import read_placed
from sim.scenario.read import read_tree
from sim.scenario.tree import plant

LONG = "{low: 1 h, mode: 1 h, high: 4 h}"  # two hours on the mean
FAR = """
  sea: {centre: 40-00N 134-00E, radius: 15 nmi}
  far: {centre: 41-00N 134-00E, radius: 8 nmi}
  farther: {centre: 42-00N 134-00E, radius: 8 nmi}"""


def on_paper(*serials, **changes):
    tree = plant(text(*serials, **changes), "small.yaml")
    return examine(read_tree(tree, Path()), tree)


def one(report, kind):
    """The only finding, which is of a kind; deadlines that follow from it are left aside."""
    (found,) = [each for each in report.findings if kind == "deadline" or each.kind != "deadline"]
    assert found.kind == kind
    return found


def alpha(number, comex, **more):
    return serial(number, comex=comex, roles="{units: Alpha}", **more)


def bravo(number, comex, **more):
    return serial(number, comex=comex, roles="{units: Bravo}", **more)


def test_a_plan_that_can_be_done_has_no_findings():
    report = on_paper(alpha(1, "08:00"), alpha(2, "10:00"))

    assert report.findings == []
    assert [(each.slack, each.then) for each in report.serials] == [(3600.0, "2"), (7 * 3600.0, None)]
    assert [each.total for each in report.serials] == [3600.0, 0.0]


def test_a_way_longer_than_the_gap():
    """Sixty miles at 27 kn: 2 h 13 min in 90 min."""
    found = one(on_paper(alpha(1, "08:00"), alpha(2, "10:30", area="far"), areas=FAR), "transit")

    assert found.place.line == 1 + text(alpha(1, "08:00"), areas=FAR).rstrip().count("\n") + 1
    assert found.place.path == "serials.1.comex"
    assert found.place.message == "Alpha needs 2 h 13 min at 27 kn for 60 nmi after serial 1"
    assert found.deficit == "the gap is 90 min: 43 min short"
    assert found.mend == "move serial 2 to 20 Jul 11:15 or later and give serial 2 a set_up of 135 min"


def test_the_way_that_is_too_long_on_paper_is_as_much_too_long_when_played():
    """From where she lies at the beginning, 43 min short in the 90 min before COMEX: she is 43 min late."""
    run = played(alpha(1, "07:30", area="far", late="{hold: 2 h}"), areas=FAR)
    needed = distance(40.0, 134.0, 41.0, 134.0) / (27.0 * KNOT) - 90 * 60.0
    late = run.outcomes["1"].details["comex_s"] - clock(7, 30)

    assert isclose(late, needed, abs_tol=60.0)


def test_what_is_told_as_the_mend_mends_it():
    assert (
        on_paper(alpha(1, "08:00"), alpha(2, "11:15", area="far", set_up="135 min"), areas=FAR).findings == []
    )


def test_ships_are_not_called_early_enough_for_a_longer_way():
    """Moving the serial would not help; calling her earlier does."""
    found = one(on_paper(alpha(1, "14:00", area="farther"), areas=FAR), "transit")

    assert found.deficit == "ships are called 90 min before COMEX: 2 h 57 min short"
    assert found.mend == "give serial 1 a set_up of 270 min"
    assert on_paper(alpha(1, "14:00", area="farther", set_up="270 min"),
                    areas=FAR).findings == []  # fmt: skip


def test_a_unit_booked_twice_at_mean_durations():
    found = one(on_paper(alpha(1, "08:00", duration=LONG), alpha(2, "09:30")), "unit")

    assert found.place.path == "serials.1.roles.units"
    assert found.place.message == "Alpha is in serial 1 until 20 Jul 10:00"
    assert found.deficit == "both want it for 30 min"
    assert found.mend == "move serial 2 to 20 Jul 10:00 or later"
    assert on_paper(alpha(1, "08:00", duration=LONG), alpha(2, "10:00")).findings == []


def test_an_exclusive_area_booked_twice():
    first = alpha(1, "08:00", duration=LONG, area="other")
    found = one(on_paper(first, bravo(2, "09:15", area="other")), "area")

    assert found.place.message == "'other' is exclusive, and serial 1 has it until 20 Jul 10:00"
    assert found.deficit == "both want it for 45 min"
    assert found.mend == "move serial 2 to 20 Jul 10:00 or later"
    assert on_paper(first, bravo(2, "10:00", area="other")).findings == []


def test_a_role_that_too_few_are_free_for():
    """Two of four frigates are busy, and three are wanted."""
    first = serial(1, comex="08:00", duration=LONG, roles="{units: [Alpha, Bravo]}")
    found = one(on_paper(first, serial(2, comex="09:40", roles="{units: {any: frigate, least: 3}}")), "role")

    assert found.place.message == "needs 3 units, 1 more than are free"
    assert found.deficit == "Alpha (serial 1), Bravo (serial 1) are busy, one until 10:00"
    assert found.mend == "move serial 2 to 20 Jul 10:00 or later, or ask for 1 fewer"
    second = serial(2, comex="09:40", roles="{units: {any: frigate, least: 2}}")
    assert on_paper(first, second).findings == []


def test_a_serial_before_the_one_it_waits_for_is_over():
    first = alpha(1, "08:00", duration=LONG)
    found = one(on_paper(first, bravo(2, "09:20", after="[1]")), "dependency")

    assert found.place.path == "serials.1.after"
    assert found.deficit == "40 min after its own COMEX"
    assert found.mend == "move serial 2 to 20 Jul 10:00 or later"
    assert on_paper(first, bravo(2, "10:00", after="[1]")).findings == []


def test_a_target_set_asked_for_twice():
    sets = {"resources": "{target-set: 2}"}
    first = alpha(1, "08:00", duration=LONG, resources="{target-set: 1}")
    found = one(on_paper(first, bravo(2, "09:00", resources="{target-set: 2}"), **sets), "resource")

    assert found.place.message == "needs 2 of 'target-set', with 1 of 2 in serial 1"
    assert found.deficit == "1 too few for 60 min"
    assert found.mend == "move serial 2 to 20 Jul 10:00 or later, or have 3"
    assert on_paper(first, bravo(2, "09:00", resources="{target-set: 1}"), **sets).findings == []


def test_a_serial_by_day_that_ends_after_sunset():
    long = {"ends": "2023-07-20 23:00 +08:00"}
    plan = scenario(alpha(1, "18:00"), **long)
    dusk = sun(40.0, 134.0, plan.begins.date(), plan.begins.tzinfo).set
    left = (dusk - plan.begins).total_seconds() - clock(18)
    found = one(
        on_paper(alpha(1, "18:00", duration="90 min", limits="{daylight: required}"), **long), "daylight"
    )

    assert found.place.message == f"needs 90 min of daylight, and the sun sets at 20 Jul {dusk:%H:%M}"
    assert found.deficit == f"there is {left / 60:.0f} min: {90 - left / 60:.0f} min short"
    moved = found.mend.split(" to 20 Jul ")[1].removesuffix(" or earlier")
    assert clock(*map(int, moved.split(":"))) <= clock(18) + left - 90 * 60.0
    assert on_paper(alpha(1, moved, duration="90 min", limits="{daylight: required}"), **long).findings == []


def test_a_serial_by_day_that_begins_before_sunrise():
    early = {"begins": "2023-07-20 02:00 +08:00"}
    found = one(on_paper(alpha(1, "03:30", limits="{daylight: required}"), **early), "daylight")

    plan = scenario(alpha(1, "03:30"), **early)
    rise = sun(40.0, 134.0, plan.begins.date(), plan.begins.tzinfo).rise
    assert found.place.message == f"needs 60 min of daylight, and the sun rises at 20 Jul {rise:%H:%M}"
    assert found.deficit == f"it begins {rise.minute + rise.second / 60 - 30:.0f} min too early"
    assert found.mend == "move serial 1 to 20 Jul 03:55 or later"


def test_a_limit_that_the_declared_weather_breaks():
    rough = {"environment": "{sea_state: 5, visibility: 10 nmi, wind: 13 m/s}"}
    found = one(on_paper(alpha(1, "08:00", limits="{sea_state: 4}"), **rough), "weather")

    assert found.place.path == "serials.0.limits.sea_state"
    assert found.deficit.startswith("the declared weather is beyond it always (at most 4 wanted, 5 declared)")
    assert found.mend == "sea_state: 5 would do"
    assert on_paper(alpha(1, "08:00", limits="{sea_state: 5}"), **rough).findings == []


def test_a_limit_that_a_season_breaks_too_often():
    """Sea states 3 to 6 are declared for 55 % of the time in July."""
    season = {"environment": "{season: sea-of-japan-july}"}
    found = one(on_paper(alpha(1, "08:00", limits="{sea_state: 2}"), **season), "weather")

    assert "beyond it 55 % of the time" in found.deficit
    assert on_paper(alpha(1, "08:00", limits="{sea_state: 3}"), **season).findings == []


def test_a_ship_that_burns_more_than_she_has():
    """One per cent of 525 t: 0.4 t/h idle, and 1.07 t/h at the evolution's 12 kn by the cube of speed."""
    low = """
  blue:
    name: Blue
    flagship: Alpha
    at: 40-00N 134-00E
    units: [{platform: frigate, names: [Alpha], fuel: 1 %}]"""
    found = one(on_paper(alpha(1, "08:00"), forces=low), "fuel")

    assert found.place.path == "forces.blue.units.0.fuel"
    assert found.place.message == "Alpha has no fuel left at 20 Jul 17:27, after her last serial"
    assert found.deficit == "the plan burns 5.47 t and she has 5.25 t"
    assert found.mend == "replenish her before 20 Jul 17:27, with 0.216 t or more"


def test_fuel_taken_over_counts():
    thirsty = """
  blue:
    name: Blue
    flagship: Alpha
    at: 40-00N 134-00E
    units: [{platform: frigate, names: [Alpha], fuel: 1 %}, {platform: tanker, names: [Tango]}]"""
    again = serial(2, "replenishment", "10:00", roles="{tanker: Tango, customers: Alpha}")

    assert on_paper(alpha(1, "08:00"), again, forces=thirsty).findings == []


def test_a_helicopter_that_cannot_stay_as_long_as_planned():
    """Endurance 3.5 h less the reserve of 20 min, over her own ship."""
    flying = serial(1, comex="08:00", duration="5 h", roles="{units: Alpha, aircraft: Kilo}")
    found = one(on_paper(flying), "endurance")

    assert found.place.message == "needs an aircraft for 5 h, and Kilo can stay 3 h 10 min"
    assert found.deficit == "1 h 50 min short"
    assert found.mend == "name 1 more for this role, or plan 3 h 10 min"
    two = serial(
        1, comex="08:00", duration="5 h", roles="{units: Alpha, aircraft: {names: [Kilo, Lima], least: 1}}"
    )
    assert on_paper(two).findings == []


def test_a_helicopter_that_cannot_be_turned_round_in_time():
    """Recovery 20 min, turnaround 60 min, launch 20 min between two serials over her own ship."""
    serials = [serial(number, comex=comex, roles="{units: Alpha, aircraft: Kilo}")
               for number, comex in ((1, "08:00"), (2, "10:00"))]  # fmt: skip
    found = one(on_paper(*serials), "transit")

    assert found.place.message.startswith("Kilo needs 1 h 40 min at")
    assert found.deficit == "the gap is 60 min: 40 min short"
    assert found.mend == "move serial 2 to 20 Jul 10:40 or later"


def test_who_is_kept_longer_than_it_waits():
    found = on_paper(alpha(1, "08:00", duration=LONG), alpha(2, "09:05", late="{hold: 30 min}")).findings

    assert [each.kind for each in found] == ["unit", "deadline"]
    assert found[1].place.message == "can begin at 20 Jul 10:00 at the earliest, 55 min late"
    assert found[1].deficit == "it waits 30 min and no longer"


def test_what_runs_past_endex_at_its_mean_duration():
    found = one(on_paper(alpha(1, "16:30", duration=LONG)), "deadline")

    assert found.place.message == "ends at 20 Jul 18:30, begun as planned"
    assert found.deficit == "30 min after ENDEX"


def test_the_main_scenario_has_one_finding_and_it_is_true():
    """Serial 5 follows serial 4 fifteen miles off too soon: in two runs of three it waits for that, four minutes in the median."""
    report = examine(*read_placed(MAIN))

    assert [(each.kind, each.place.path) for each in report.findings] == [("transit", "serials.4.comex")]
    assert (
        report.findings[0].place.message == "Gremyashchiy needs 32 min at 27 kn for 14.6 nmi after serial 4"
    )


def test_the_fuel_on_paper_is_about_what_is_burnt():
    """Played with nothing going wrong, a frigate that manoeuvres burns what the plan said, to a tenth."""
    serials = [
        serial(1, "formation-manoeuvres", "08:00", "2 h", roles="{guide: Alpha, ships: [Bravo, Golf, Hotel]}")
    ]
    tree = plant(text(*serials), "small.yaml")
    plan = read_tree(tree, Path())
    burnt = played(*serials).measures("fuel")["fuel"]["Alpha"]

    assert isclose(tanks(Paper(plan, tree))["Alpha"].burnt / 1e3, burnt, rel_tol=0.1)


def test_the_command_tells_findings_with_exit_code_1(tmp_path, invoke):
    path = tmp_path / "tight.yaml"
    path.write_text(text(alpha(1, "08:00"), alpha(2, "10:30", area="far"), areas=FAR))
    code, out, err = invoke("check", "--plan", path, columns=200)

    assert (code, err) == (1, "")
    assert out.splitlines()[-1] == "1 finding"
    assert ": serials.1.comex: Alpha needs 2 h 13 min" in out.splitlines()[-2]
    code, out, _ = invoke("check", "--plan", "--json", path)
    (found,) = json.loads(out)["plans"][str(path)]["findings"]
    assert (code, found["kind"], found["line"] > 0) == (1, "transit", True)
    assert invoke("check", path)[0] == 0
    code, out, _ = invoke("check", "--plan", "gunnery_day")
    assert (code, out.splitlines()[-1]) == (0, "nothing stands in the way of this plan")


def test_distances_of_a_degree_are_sixty_miles():
    """What the deficits above reckon with."""
    assert isclose(distance(40.0, 134.0, 41.0, 134.0) / NAUTICAL_MILE, 60.0, rel_tol=2e-3)
