"""Weather and daylight at the scale of an exercise."""

import itertools
from math import sqrt

import pytest
from small_exercise import living, scenario

from sim.exercise import Exercise
from sim.scenario.numbers import Number
from sim.scenario.sheets import Limits
from sim.weather import spells

SEASON = "{season: sea-of-japan-july}"
LONG = {"begins": "2023-07-01 00:00 +08:00", "ends": "2023-07-15 00:00 +08:00"}


def hours(plan, seed):
    """Sea state and visibility at each full hour."""
    weather = Exercise(plan, seed).weather
    return [code for code, _ in weather._sea[:336]], weather._sight[:336]


def test_shares_are_those_of_the_season():
    """Over 300 fortnights each sea state and each visibility has its share of the hours, within 4 SE.

    The hours of one fortnight hang together, so the error is taken between fortnights. Seeds 0 to 299.
    """
    plan = scenario(environment=SEASON, **LONG)
    runs = [hours(plan, seed) for seed in range(300)]
    season = plan.season
    wanted = [(0, each.code.whole, each.share.value) for each in season.sea_state.states]
    wanted += [(1, each.range.value, each.share.value) for each in season.visibility.states]

    for which, state, share in wanted:
        shares = [sum(each == state for each in run[which]) / 336 for run in runs]
        mean = sum(shares) / len(shares)
        error = sqrt(sum((each - mean) ** 2 for each in shares)) / len(shares)
        assert abs(mean - share) < 4 * error, (state, mean, share)


def test_spells_of_fog_last_as_long_as_the_season_says():
    """REQ-LOG-07 in kind: the mean spell is its persistence, six hours, within 4 SE over 300 fortnights."""
    plan = scenario(environment=SEASON, **LONG)
    lengths = []
    for seed in range(300):
        sight = hours(plan, seed)[1]
        length = 0
        for each in sight:
            if each == 500.0:
                length += 1
            elif length:
                lengths.append(length)
                length = 0
    mean = sum(lengths) / len(lengths)
    error = sqrt(sum((each - mean) ** 2 for each in lengths)) / len(lengths)

    assert abs(mean - 6) < 4 * error + 0.05  # a spell cut by the end of the fortnight is not counted


def test_two_states_are_the_chain_on_paper():
    """REQ-LOG-07: shares 5/7 and 2/7 with a mean bad spell of 4 h are a = .10, b = .25."""
    chain = spells([5 / 7, 2 / 7], 4 * 3600.0)

    assert (pytest.approx(0.9), pytest.approx(0.1)) == chain.matrix[0]
    assert (pytest.approx(0.25), pytest.approx(0.75)) == chain.matrix[1]


def test_each_change_is_told_at_its_hour():
    """And nothing when nothing changes; steady weather is told once."""
    log = Exercise(scenario(environment=SEASON, **LONG), 1).run()
    table = log.table("weather")

    assert all(time % 3600 == 0 for time in table["time"])
    states = list(zip(table["sea_state"], table["visibility_m"], table["wind_m_per_s"], strict=True))
    assert all(one != other for one, other in itertools.pairwise(states))
    assert 1 == len(list(living().run().of("weather")))


def test_fixed_values_stand_over_the_season():
    """A season may have its visibility fixed, or sea and wind."""
    exercise = living(environment="{season: sea-of-japan-july, visibility: 3 nmi}", **LONG)

    assert {3 * 1852.0} == set(exercise.weather._sight)
    assert 1 < len(set(exercise.weather._sea))


def test_limits_name_what_is_beyond_them():
    """Sea, fog and wind, each when it is worse than allowed and not when it just is as bad."""
    weather = living(environment="{sea_state: 4, visibility: 2 nmi, wind: 10 m/s}").weather

    def limits(sea, sight, wind):
        return Limits(
            sea_state=Number(sea, "count"), visibility=Number(sight, "length"), wind=Number(wind, "speed")
        )

    assert [] == weather.beyond(limits(4.0, 3704.0, 10.0))
    assert ["sea", "fog", "wind"] == weather.beyond(limits(3.0, 3705.0, 9.9))
    assert [] == weather.beyond(Limits())
    assert [] == weather.beyond(None)


def test_the_sun_rises_and_sets_once_a_day():
    """At the datum in July about 5 and 19 h local sun time; light between, dark outside."""
    exercise = living(begins="2023-07-20 00:00 +09:00", ends="2023-07-22 00:00 +09:00")
    turns = [(record.details["event"], record.time) for record in exercise.run().of("sun")]
    light = exercise.daylight

    assert ["sunrise", "sunset"] * 2 == [word for word, _ in turns]
    assert pytest.approx(4.6 * 3600, abs=1800) == turns[0][1]
    assert pytest.approx(19.2 * 3600, abs=1800) == turns[1][1]
    assert not light.is_day(turns[0][1] - 1)
    assert light.is_day(turns[0][1] + 1)
    assert turns[1][1] - turns[0][1] - 1 == light.left(turns[0][1] + 1)
    assert 0.0 == light.left(turns[1][1] + 1)
    assert turns[2][1] == light.next_day(turns[1][1])
