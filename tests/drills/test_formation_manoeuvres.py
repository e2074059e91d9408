"""Formation manoeuvres: stations taken as on a manoeuvring board, and missed by errors of handling."""

from math import hypot

import pytest
from small_exercise import played, scenario, serial

from sim.drills._company import station
from sim.drills.formation_manoeuvres import FORMATIONS
from sim.errors import ScenarioError
from sim.geometry import change_of_station

ROLES = "{guide: Alpha, ships: [Bravo, Golf, Hotel]}"
PERFECT = {"course_error": "0 deg", "speed_error": "0 %", "reaction": "0 s", "interval": "40 min"}


def test_without_errors_stations_are_taken_exactly():
    """Within a metre, in the time of a change of station on the guide (the equation of REQ-KIN-09)."""
    run = played(serial(1, "formation-manoeuvres", duration="2 h", roles=ROLES, **PERFECT))
    found = list(run.log.of("station"))

    assert len(found) >= 6
    assert 1.0 > max(record.details["error_m"] for record in found)
    legs = {}
    for record in run.log.of("leg"):
        legs.setdefault(record.unit, []).append(record)
    for record in found[:3]:
        began = record.time - record.details["taken_s"]
        ship, guide = (
            next(leg for leg in reversed(legs[name]) if leg.time <= began + 1e-6)
            for name in (record.unit, "Alpha")
        )
        place = [leg for leg in legs[record.unit] if leg.time <= record.time - 1e-6][-1]
        offset = (record.at[0] - at(guide, record.time)[0], record.at[1] - at(guide, record.time)[1])
        start = (at(place, began)[0] - at(guide, began)[0], at(place, began)[1] - at(guide, began)[1])
        way = change_of_station(
            *start, *offset, guide.details["vx_m_per_s"], guide.details["vy_m_per_s"], 18 * 1852 / 3600
        )
        assert pytest.approx(way.time, abs=0.01) == record.details["taken_s"]
        assert ship.unit == record.unit


def at(leg, time):
    """Where a unit is on a leg."""
    return tuple(
        leg.at[axis] + leg.details[name] * (time - leg.time)
        for axis, name in ((0, "vx_m_per_s"), (1, "vy_m_per_s"))
    )


def test_errors_of_handling_miss_the_station():
    """Two degrees and three per cent make tens to hundreds of metres."""
    run = played(serial(1, "formation-manoeuvres", duration="3 h", roles=ROLES, interval="20 min"))
    errors = run.log.table("station")["error_m"]

    assert 5 < sum(errors) / len(errors) < 600


def test_two_orders_never_steer_one_ship():
    """With an interval shorter than its usual value no ship is still under way to her last station."""
    run = played(
        serial(
            1,
            "formation-manoeuvres",
            duration="2 h",
            roles=ROLES,
            interval="{low: 3 min, mode: 8 min, high: 9 min}",
        )
    )
    numbers = {}
    for record in run.log.of("station"):
        numbers.setdefault(record.unit, []).append(record.details["evolution"])

    for each in numbers.values():
        assert each == sorted(set(each))


@pytest.mark.parametrize("formation", FORMATIONS)
def test_no_two_stations_are_one(formation):
    """Five ships and the guide, each at least seven tenths of the spacing from every other."""
    places = [(0.0, 0.0), *(station(formation, place, 0.7, 1000.0) for place in range(1, 6))]

    for number, (x, y) in enumerate(places):
        for u, v in places[number + 1 :]:
            assert 700 < hypot(x - u, y - v)


def test_a_column_follows_its_guide():
    """Astern on the course, at multiples of the spacing."""
    assert (pytest.approx(0.0, abs=1e-9), pytest.approx(-2000.0)) == station("column", 2, 0.0, 1000.0)
    assert (pytest.approx(1000.0), pytest.approx(0.0, abs=1e-9)) == station("line-abreast", 1, 0.0, 1000.0)


def test_a_spacing_in_nothing_is_refused_at_its_line():
    """Yards or metres must be said."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: serials.0.spacing: '1000' has no unit"):
        scenario(serial(1, "formation-manoeuvres", roles=ROLES, spacing="1000"))
