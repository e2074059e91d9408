"""Ships and the coast: they go round it, make for water, and stop before they run on to it."""

from itertools import pairwise
from math import dist, inf
from pathlib import Path

import pytest
from small_exercise import SECTIONS, living, serial

from sim.setting import SHORTEST

FORCES = (
    SECTIONS["forces"].replace("40-00N 134-00E", "34-30N 130-30E").replace("40-01N 134-01E", "36-30N 130-00E")
)
AREAS = """
  range: {centre: 36-00N 130-20E, radius: 8 nmi, exclusive: true, uses: [live-fire], fouling_margin: 3 nmi}
  sea: {centre: 34-24N 128-10E, radius: 15 nmi}
  island: {centre: 33-20N 126-36E, radius: 20 nmi}
  inlet: {centre: 34-12N 133-06E, radius: 12 nmi}"""
STRAIT = {"datum": "35-00N 130-00E", "forces": FORCES, "areas": AREAS}  # between Korea and Japan
WARSHIPS = "{units: {any: warship, least: 2}}"
APART = 200.0  # m between places looked at


def run(exercise, process):
    """Plays until a process is over."""
    exercise.env.run(until=exercise.env.process(process))


def records(exercise, kind, unit=None):
    return [each for each in exercise.log if each.kind == kind and unit in (None, each.unit)]


def tracks(exercise):
    """Each ship's places, every 200 m of her legs."""
    for ship in [each for each in exercise.units.values() if each.platform.family == "ship"]:
        stops = [each.at for each in records(exercise, "leg", ship.name)]
        for (x, y), (u, v) in pairwise(stops):
            pieces = int(dist((x, y), (u, v)) / APART) + 1
            yield from ((x + (u - x) * at / pieces, y + (v - y) * at / pieces) for at in range(pieces + 1))


def test_a_transit_goes_round_land():
    """Past Tsushima and Korea's islands: longer than straight, never over land, and there to the bit."""
    exercise = living(**STRAIT)
    ship, to = exercise.units["Golf"], exercise.plane.to_plane(34.2, 127.0)
    way = ship.way_to(to)
    run(exercise, ship.transit(to, 13.0))

    assert to == ship.position
    assert way == pytest.approx(ship.motion.distance(ship.now), abs=1.0)
    assert way == pytest.approx(13.0 * ship.now, abs=10.0)
    places = list(tracks(exercise))
    assert len(places) > way / APART
    assert not any(exercise.shores.on_land(place) for place in places)
    assert [] == records(exercise, "diverted")


def test_a_transit_to_land_makes_for_the_nearest_water():
    """Into the middle of Tsushima: the record tells where she goes and how far that is off."""
    exercise = living(**STRAIT)
    ship, to = exercise.units["Alpha"], exercise.plane.to_plane(34.38, 129.32)
    run(exercise, ship.transit(to, 8.0, cause=0))
    (diverted,) = records(exercise, "diverted")

    assert diverted.at == ship.position == exercise.shores.afloat(to)
    assert (0, dist(to, diverted.at)) == (diverted.cause, pytest.approx(diverted.details["off_m"]))
    assert not any(exercise.shores.on_land(place) for place in tracks(exercise))


def test_where_no_way_leads_she_stays():
    """Told once; from the Caspian Sea to the Black Sea."""
    forces = FORCES.replace("34-30N 130-30E", "42-00N 051-00E").replace("36-30N 130-00E", "42-10N 051-00E")
    area = "\n  sea: {centre: 43-00N 038-00E, radius: 15 nmi}"
    exercise = living(serial(1, roles=WARSHIPS), datum="42-30N 045-00E", forces=forces, areas=area,
                      bases="{field: {at: 42-00N 047-00E}}")  # fmt: skip
    ship, to = exercise.units["Alpha"], exercise.plane.to_plane(43.0, 38.0)
    here = ship.position

    assert inf == ship.way_to(to)
    run(exercise, ship.transit(to, 8.0))
    run(exercise, ship.transit(to, 8.0))
    assert (here, 0.0) == (ship.position, ship.now)
    assert [("Alpha", to)] == [(each.unit, each.at) for each in records(exercise, "no-way")]

    exercise.run()  # a serial there is cancelled, and nobody waits in vain for ever
    (outcome,) = records(exercise, "outcome")
    assert ("cancelled", "transit") == (outcome.details["result"], outcome.details["reason"])


def test_a_course_on_to_a_coast_ends_before_it():
    exercise = living(**STRAIT)
    ship = exercise.units["Golf"]
    away = exercise.shores.run_off(ship.position, -5.0, 0.0)
    x, y = ship.position
    ship.steer(-5.0, 0.0)
    exercise.env.run(until=6 * 3600.0)
    (off,) = records(exercise, "hauled-off")

    assert 20_000.0 < away < 60_000.0
    assert (x - away + 500.0, y) == pytest.approx(ship.position, abs=0.01)
    assert (0.0, 0.0) == (ship.motion.vx, ship.motion.vy)
    assert (away - 500.0) / 5.0 == pytest.approx(off.time)
    assert off.number == records(exercise, "leg", "Golf")[-1].cause


def test_a_course_altered_in_time_is_not_ended():
    exercise = living(**STRAIT)
    ship = exercise.units["Golf"]
    ship.steer(-5.0, 0.0)
    exercise.env.run(until=600.0)
    ship.steer(0.0, 5.0)
    exercise.env.run(until=5 * 3600.0)

    assert [] == records(exercise, "hauled-off")
    assert (0.0, 5.0) == (ship.motion.vx, ship.motion.vy)


def test_next_to_a_coast_she_stops_half_way_to_it():
    exercise = living(**STRAIT)
    ship = exercise.units["Golf"]
    away = exercise.shores.run_off(ship.position, -5.0, 0.0)
    x, y = ship.position
    ship.motion.place(0.0, x - away + 100.0, y)
    ship.steer(-5.0, 0.0)
    exercise.env.run(until=3600.0)

    assert (x - away + 50.0, y) == pytest.approx(ship.position, abs=5.0 * SHORTEST + 0.01)


def test_serials_along_a_coast_keep_off_it():
    """A whole day of evolutions among islands, over an island and in the Inland Sea, for three seeds."""
    areas = ("sea", "island", "inlet")
    serials = [serial(n, area=area, comex=f"{7 + 3 * n:02}:30", duration="2 h", roles=WARSHIPS)
               for n, area in enumerate(areas)]  # fmt: skip
    near = FORCES.replace("34-30N 130-30E", "34-12N 128-12E").replace("36-30N 130-00E", "34-10N 128-20E")
    done = 0
    for seed in range(3):
        exercise = living(*serials, seed=seed, **STRAIT | {"forces": near})
        exercise.run()
        done += sum(each.details["result"] == "completed" for each in records(exercise, "outcome"))
        assert not any(exercise.shores.on_land(place) for place in tracks(exercise))

    assert done >= 3


def test_far_from_land_nothing_is_looked_up(monkeypatch):
    """The main scenario: no leg asks for the coast, and nothing heavy is loaded for it."""
    monkeypatch.setattr("sim.water.shores._edges", None)
    monkeypatch.setattr("sim.water.shores.on_land", None)
    from sim.runs import play
    from sim.scenario.read import read

    scenario = Path(__file__).parent.parent.parent / "scenarios" / "northern_interaction_2023.yaml"
    assert 1000 < len(play(read(scenario), 1).log)
