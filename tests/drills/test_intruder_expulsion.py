"""Intruder expulsion: steps in their order, chances multiplied, shots that fall clear, and two ships on her beams."""

from collections import Counter
from math import hypot

import pytest
from scipy import stats
from small_exercise import living, played, result, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import closest_approach, intruders_expelled, steps_taken, time_to_comply
from sim.quantities import KNOT
from sim.runs import Run
from sim.units.ship import CASUALTY

NEVER = {f"heeds_{step}": "0 %" for step in ("call", "flares", "shots", "helicopter", "box")}
BRIEF = {f"{step}": "1 min" for step in ("call", "flares", "shots", "over_her", "settle", "inspect")}


def intruder(aircraft=None, escorts="[Alpha, Golf]", **more):
    """Hotel closes two frigates."""
    roles = f"{{intruder: Hotel, escorts: {escorts}" + (f", aircraft: {aircraft}" if aircraft else "") + "}"
    return serial(1, "intruder-expulsion", duration="4 h", roles=roles, **more)


def steps(log):
    """The steps that were taken, in order."""
    return [record.details["step"] for record in log.of("step")]


def until(exercise, word):
    """Plays until there is a record of a kind, and gives it."""
    while not (found := list(exercise.log.of(word))):
        exercise.env.step()
    return found[0]


def test_who_heeds_nothing_is_taken_through_all_steps_in_their_order():
    run = played(intruder(aircraft="Kilo", **NEVER))

    assert ["call", "flares", "warning-shots", "helicopter", "box-in"] == steps(run.log)
    assert ({"1": 0.0}, {"1": 5.0}, {}) == (intruders_expelled.measure(run), steps_taken.measure(run),
                                            time_to_comply.measure(run))  # fmt: skip
    assert ("shortened", 0.8) == (result(run, "1")[0], run.outcomes["1"].details["share"])


def test_she_comes_as_near_as_she_means_to_and_no_nearer():
    """Never complying she gets to her distance from the guide, to the millimetre; boxing her in does not count."""
    run = played(intruder(aircraft="Kilo", closes_to="1500 m", **NEVER))

    assert pytest.approx(1500.0, abs=1e-3) == closest_approach.measure(run)["1"]


def test_steps_wait_until_she_is_near_enough():
    """None is taken from farther off than its range; the first at exactly that of the challenge."""
    run = played(intruder(**NEVER))
    ranges = {record.details["step"]: record.details["range_m"] for record in run.log.of("step")}

    assert pytest.approx(6 * 1852.0, abs=0.1) == ranges["call"]
    assert ranges["flares"] <= 4 * 1852.0 + 0.1
    assert ranges["warning-shots"] <= 3 * 1852.0 + 0.1


def test_the_step_she_heeds_is_a_product_of_chances():
    """Chances .2, .3, .4, .5 of four steps: p, q p, ... and none; 240 runs, chi-squared at one in ten thousand."""
    plan = scenario(intruder(steps="[call, flares, warning-shots, box-in]", heeds_call="20 %", heeds_flares="30 %",
                             heeds_shots="40 %", heeds_box="50 %", **BRIEF))  # fmt: skip
    seen = Counter()
    for seed in range(240):
        (record,) = Exercise(plan, seed).run().of("expelled")
        seen[record.details["steps"] if record.details["complied"] else 0] += 1
    paper = {1: 0.2, 2: 0.8 * 0.3, 3: 0.8 * 0.7 * 0.4, 4: 0.8 * 0.7 * 0.6 * 0.5, 0: 0.8 * 0.7 * 0.6 * 0.5}
    statistic = sum((seen[step] - 240 * chance) ** 2 / (240 * chance) for step, chance in paper.items())

    assert statistic < stats.chi2(4).isf(1e-4)


def test_likelier_to_heed_is_never_heeded_later():
    """With the same draws, for twelve seeds: a larger chance of one step never takes more steps."""
    for step in ("call", "shots", "box"):
        for seed in range(12):
            numbers = []
            for share in (0, 30, 60, 100):
                said = NEVER | {f"heeds_{step}": f"{share} %"} | BRIEF
                numbers.append(steps_taken.measure(played(intruder(**said), seed=seed))["1"])
            assert numbers == sorted(numbers, reverse=True)


def test_steps_the_rules_of_engagement_forbid_are_not_taken():
    run = played(intruder(aircraft="Kilo", steps="[call, helicopter]", **NEVER))

    assert ["call", "helicopter"] == steps(run.log)
    assert [] == list(run.log.of("warning-shots"))
    assert [] == list(run.log.of("boxed-in"))


def test_warning_shots_fall_clear_of_her():
    """Each farther off than the rule says, in twenty runs; aimed at the rule itself about half of them do not."""
    for margin, kept in ((4, (20, 20)), (0, (3, 17))):
        plan = scenario(
            intruder(margin=f"{margin}", rounds="1", steps="[warning-shots]", heeds_shots="100 %", **BRIEF)
        )
        least = [record.details["least_m"] for seed in range(20)
                 for record in Exercise(plan, seed).run().of("warning-shots")]  # fmt: skip
        assert 20 == len(least)
        assert kept[0] <= sum(each >= 1000.0 for each in least) <= kept[1]


def test_no_shot_is_fired_that_could_not_fall_clear():
    run = played(intruder(clear_ahead="25 km", steps="[call, warning-shots, box-in]", **NEVER))

    assert ["call", "box-in"] == steps(run.log)
    assert [("warning-shots", "no gun reaches far enough ahead of her")] == [
        (record.details["step"], record.details["reason"]) for record in run.log.of("step-withheld")
    ]


def test_the_helicopter_takes_off_when_it_comes_to_that():
    """Not before its step; it has met her before the time over her counts, and comes home after FINEX."""
    run = played(intruder(aircraft="Kilo", over_her="5 min", **(NEVER | {"heeds_helicopter": "100 %"})))
    (sent,) = [record for record in run.log.of("step") if record.details["step"] == "helicopter"]
    (launched,), (complied,) = run.log.of("launched"), run.log.of("complied")
    met = next(record for record in run.log.of("met") if record.unit == "Kilo")

    assert sent.time < launched.time < met.time
    assert complied.time >= met.time + 300.0
    assert "helicopter" == complied.details["step"]
    assert ["Kilo"] == [record.unit for record in run.log.of("landed")]


def test_without_a_helicopter_its_step_is_withheld():
    run = played(intruder(**NEVER))

    assert ["call", "flares", "warning-shots", "box-in"] == steps(run.log)
    assert ["helicopter"] == [record.details["step"] for record in run.log.of("step-withheld")]


def test_two_ships_have_her_between_them():
    """On either beam at the distance ordered when it is reported, and still so in the middle of the inspection."""
    exercise = living(intruder(steps="[call, box-in]", box="500 m", **(NEVER | {"heeds_box": "100 %"})))
    boxed = until(exercise, "boxed-in")
    for later in (0.0, 700.0):
        exercise.env.run(until=boxed.time + later + 0.01)
        hotel, sides = exercise.units["Hotel"], []
        ex, ey = hotel.motion.vx / hotel.motion.speed, hotel.motion.vy / hotel.motion.speed
        for name in ("Alpha", "Golf"):
            (x, y), (u, v) = exercise.units[name].position, hotel.position
            assert pytest.approx(500.0, abs=0.5) == hypot(x - u, y - v)
            sides.append((x - u) * ey - (y - v) * ex)
        assert sides[0] * sides[1] == pytest.approx(-(500.0**2), rel=1e-3)
    exercise.run()


def test_who_complies_slows_down_and_is_not_stopped():
    exercise = living(intruder(**(NEVER | {"heeds_call": "100 %"})))
    complied = until(exercise, "complied")
    exercise.env.run(until=complied.time + 60.0)

    assert pytest.approx(5 * KNOT) == exercise.units["Hotel"].motion.speed
    exercise.run()


def test_an_escort_that_breaks_down_leaves_nobody_to_box_her_in():
    """After the thirty minutes of the rule she is out; one ship cannot do it alone."""
    exercise = living(intruder(**NEVER))
    until(exercise, "step")
    golf = exercise.units["Golf"]
    golf.down["propulsion"] = exercise.log.write(
        CASUALTY, exercise.env.now, unit="Golf", equipment="propulsion"
    )
    golf.stop()
    golf.tell()
    exercise.news.ring()
    run = Run(exercise.plan, 0, 0, exercise.run())

    assert ["call", "flares", "warning-shots"] == steps(run.log)
    assert ["Golf"] == [record.unit for record in run.log.of("dropped-out")]
    assert "box-in" in [record.details["step"] for record in run.log.of("step-withheld")]


@pytest.mark.parametrize(("said", "fault"), [
    ({"steps": "[call, ramming]"}, "serials.0.steps: 'ramming' is no step"),
    ({"begins": "5 nmi"}, "serials.0.begins: she begins within"),
    ({"closes_to": "4 nmi"}, "serials.0.flares_within: she never comes so near"),
    ({"heeds_call": "120 %"}, "serials.0.heeds_call"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(intruder(**said))
