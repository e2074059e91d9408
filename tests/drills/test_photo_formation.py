"""Photo formation: ships close up, photographs at their moments, stations held."""

import itertools

import pytest
from small_exercise import living, played, scenario, serial

from sim.errors import ScenarioError
from sim.measures import photograph_lateness, station_keeping, stations_kept
from sim.units.ship import CASUALTY

EXACT = {"course_error": "0 deg", "speed_error": "0 %"}


def photographs(**more):
    """A formation of three on Alpha."""
    said = {"duration": "2 h", "comex": "10:00", "form_up": "40 min",
            "roles": "{guide: Alpha, ships: [Bravo, Golf, Hotel]}"}  # fmt: skip
    return serial(1, "photo-formation", **said | more)


@pytest.mark.parametrize("formation", ["column", "line-abreast", "line-of-bearing", "diamond"])
def test_without_errors_every_ship_is_in_her_place(formation):
    """Whatever the formation: within a metre of her station, and no two ships closer than half the spacing."""
    run = played(photographs(formation=formation, **EXACT))

    assert {formation} == {record.details["formation"] for record in run.log.of("station")}
    assert 1.0 > max(record.details["error_m"] for record in run.log.of("station"))
    assert 0.1 > station_keeping.measure(run)["1"]
    assert 1.0 == stations_kept.measure(run)["1"]
    places = [record.at for record in run.log.of("station")][-3:]
    for index, one in enumerate(places):
        for other in places[:index]:
            assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 > 228.0**2


def test_photographs_are_taken_at_their_moments():
    """As many as asked for, at even intervals, the first when the ships were given to be formed."""
    run = played(photographs(photographs="4", interval="7 min"))
    taken = [record.time for record in run.log.of("photograph")]

    assert 4 == len(taken)
    assert [pytest.approx(420.0)] * 3 == [late - soon for soon, late in itertools.pairwise(taken)]
    assert pytest.approx(0.0, abs=1e-6) == photograph_lateness.measure(run)["1"]


def test_ships_that_handle_worse_are_farther_off():
    """With the same draws, larger errors never keep the formation better."""
    found = [station_keeping.measure(played(photographs(course_error=f"{error} deg", speed_error=f"{error} %")))["1"]
             for error in (0.5, 1, 2, 4)]  # fmt: skip

    assert found == sorted(found)


def test_a_ship_that_breaks_down_is_left_out():
    """She is in no later photograph; nobody watches her any more."""
    exercise = living(photographs(photographs="4"))

    def fail():
        yield exercise.env.timeout(4.6 * 3600.0)
        golf = exercise.units["Golf"]
        golf.down["propulsion"] = exercise.log.write(
            CASUALTY, exercise.env.now, unit="Golf", equipment="propulsion"
        )
        golf.stop()
        exercise.news.ring()

    exercise.env.process(fail())
    log = exercise.run()
    ships = [record.details["ships"] for record in log.of("photograph")]

    assert 3 == ships[0]
    assert 2 == ships[-1]
    assert not exercise.units["Golf"].watchers


@pytest.mark.parametrize(("said", "fault"), [
    ({"formation": "circle"}, "serials.0.formation"),
    ({"photographs": "0"}, "serials.0.photographs"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(photographs(**said))
