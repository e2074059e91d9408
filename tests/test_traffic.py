"""Passing traffic: a disc that stays evenly filled, and ships that clear a range when they are called."""

from math import hypot, pi, sqrt

import numpy as np
import pytest
from small_exercise import living, played, serial

from sim.traffic import passages

RADIUS, DENSITY, SPEED, LENGTH = 40e3, 2e-9, 6.0, 10 * 3600.0


def ways(seed, heed=0.5):
    """The ships of one replication."""
    draws = np.random.Generator(np.random.PCG64(seed))
    return list(passages(draws, (5e3, -3e3), RADIUS, DENSITY, SPEED, heed, LENGTH))


def test_the_number_present_stays_density_times_area():
    """At the start, in the middle and at the end; 400 replications, a Poisson number each, 4 SE."""
    mean = DENSITY * pi * RADIUS**2
    runs = [ways(seed) for seed in range(400)]

    for time in (0.0, LENGTH / 2, LENGTH - 1):
        present = [sum(way.appears <= time < way.leaves for way in run) for run in runs]
        assert abs(sum(present) / len(present) - mean) < 4 * sqrt(mean / len(present))


def test_the_disc_stays_evenly_filled():
    """Of those present at the end a quarter is within half the radius, and half to the east; 4 SE."""
    time, inner, east, total = LENGTH - 1, 0, 0, 0
    for seed in range(400):
        for way in ways(seed):
            if way.appears <= time < way.leaves:
                x, y = (
                    way.x + way.vx * (time - way.appears) - 5e3,
                    way.y + way.vy * (time - way.appears) + 3e3,
                )
                assert hypot(x, y) <= RADIUS * (1 + 1e-9)
                total, inner, east = total + 1, inner + (hypot(x, y) < RADIUS / 2), east + (x > 0)

    assert abs(inner / total - 0.25) < 4 * sqrt(0.25 * 0.75 / total)
    assert abs(east / total - 0.5) < 4 * sqrt(0.25 / total)


def test_the_flux_over_the_rim_is_that_of_a_gas():
    """2 R v density ships an hour come in, at points of the rim, and leave at the rim; 4 SE."""
    entries = [sum(way.appears > 0 for way in ways(seed)) for seed in range(400)]
    mean = 2 * RADIUS * SPEED * DENSITY * LENGTH

    assert abs(sum(entries) / len(entries) - mean) < 4 * sqrt(mean / len(entries))
    for way in ways(1):
        stay = way.leaves - way.appears
        assert pytest.approx(RADIUS) == hypot(way.x + way.vx * stay - 5e3, way.y + way.vy * stay + 3e3)
        assert pytest.approx(SPEED) == hypot(way.vx, way.vy)


def test_as_many_heed_as_are_said_to():
    """A share of all, within 4 SE."""
    heeds = [way.heeds for seed in range(200) for way in ways(seed, heed=0.8)]

    assert abs(sum(heeds) / len(heeds) - 0.8) < 4 * sqrt(0.16 / len(heeds))


def test_nobody_passes_an_empty_sea():
    """Without density, or without speed beyond those there."""
    draws = np.random.Generator(np.random.PCG64(0))

    assert [] == list(passages(draws, (0.0, 0.0), RADIUS, 0.0, SPEED, 0.5, LENGTH))


CROWD = "{fishing: {platform: fishing-boat, density: 60 per 1000 nmi2, heed: 0 %, answer: 6 min}}"


def test_whoever_is_called_alters_away_from_the_range():
    """After her answering time, at her best speed, straight away from its middle; nobody is called while answering."""
    run = played(
        serial(1, "surface-gunnery", area="range", roles="{firing: [Alpha]}", late="{hold: 4 h, then: skip}"),
        traffic=CROWD,
    )
    exercise = living(traffic=CROWD)
    centre, best = exercise.areas["range"].centre, run.plan.platforms["fishing-boat"].max_speed.value
    called = list(run.log.of("called"))
    altered = {
        record.cause: record for record in run.log.of("leg") if run.log[record.cause or 0].kind == "called"
    }
    gone = {record.unit for record in run.log.of("gone")}

    assert len(called) > 5
    for record in called:
        leg = altered.get(record.number)
        if leg is None:
            assert record.time + 360 > run.plan.length or record.other in gone
            continue
        assert record.time + 360 == leg.time
        assert pytest.approx(best) == hypot(leg.details["vx_m_per_s"], leg.details["vy_m_per_s"])
        x, y = leg.at[0] - centre[0], leg.at[1] - centre[1]
        assert (
            pytest.approx(hypot(x, y) * best) == x * leg.details["vx_m_per_s"] + y * leg.details["vy_m_per_s"]
        )


def test_ships_come_and_go_as_agents():
    """Those present are agents while they are there, and each that goes was sighted."""
    exercise = living(traffic=CROWD)
    log = exercise.run()
    sighted, gone = ({record.unit for record in log.of(word)} for word in ("sighted", "gone"))

    assert gone < sighted
    assert sighted - gone == {vessel.name for vessel in exercise.traffic.present}
    assert sighted - gone == {agent.name for agent in exercise.agents if getattr(agent, "trade", "")}


def test_a_ground_keeps_its_trade():
    """Fishing boats that work an area stay within its circle."""
    exercise = living(traffic=CROWD.replace("answer: 6 min", "answer: 6 min, ground: range"))
    centre, reach = exercise.areas["range"].centre, exercise.areas["range"].reach

    for record in exercise.run().of("sighted", "gone"):
        assert hypot(record.at[0] - centre[0], record.at[1] - centre[1]) <= reach + 1.0
