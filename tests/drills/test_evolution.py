"""The generic evolution: time passes in company."""

from math import hypot

import pytest
from small_exercise import SECTIONS, clock, living, played, scenario, serial

from sim.errors import ScenarioError
from sim.geodesy import Plane
from sim.runs import Run
from sim.water.land import on_land
from sim.water.shore import distance_to_coast

UNITS = "{units: {any: frigate}}"


def test_time_on_task_is_its_duration():
    """And all of its purpose is achieved."""
    run = played(serial(1, duration="95 min", roles=UNITS))

    assert clock(9, 35) == run.outcomes["1"].details["finex_s"]
    assert pytest.approx(1.0) == run.outcomes["1"].details["share"]


def test_ships_keep_company_inside_their_area():
    """One course and speed for all, the slowest's at most, for twelve hours never far outside."""
    run = played(
        serial(
            1,
            comex="07:00",
            duration="10 h",
            roles="{units: {any: ship}}",
            speed="25 kn",
            late="{hold: 9 h, then: skip}",
        )
    )
    begins = next(record.time for record in run.log.of("comex"))
    legs = [
        record for record in run.log.of("leg") if record.serial == "1" and begins <= record.time < clock(17)
    ]
    slowest = 13.5 * 1852 / 3600  # the tug's

    for record in legs:
        assert hypot(record.details["vx_m_per_s"], record.details["vy_m_per_s"]) <= slowest * (1 + 1e-9)
        assert hypot(*record.at) < 15 * 1852 * 0.6 + 30 * 60 * slowest + 5 * 1852
    assert 1 == len(
        {
            (round(record.details["vx_m_per_s"], 9), round(record.details["vy_m_per_s"], 9))
            for record in legs[-6:]
        }
    )


def test_ships_stay_in_their_area_while_on_hold():
    """Eighty-five minutes of waiting do not carry them away."""
    exercise = living(
        serial(1, comex="07:00", duration="6 h", roles=UNITS, late="{hold: 4 h, then: skip}", speed="25 kn")
    )
    live = exercise.conductor.serials["1"]

    def fog():
        yield exercise.env.timeout(clock(9))
        live.hold("exercise control", None)
        yield exercise.env.timeout(85 * 60.0)
        for ship in live.ships():
            assert hypot(*ship.position) < 15 * 1852 * 0.6 + 14 * 1852
        live.resume("exercise control")

    exercise.env.process(fog())
    run = Run(exercise.plan, 0, 0, exercise.run())
    assert clock(14, 25) == run.outcomes["1"].details["finex_s"]


def test_ships_turn_back_before_a_coast():
    """Ten hours next to Japan, at a speed and with legs that would reach it: no ship has to be stopped short of it."""
    forces = (
        SECTIONS["forces"]
        .replace("40-00N 134-00E", "37-20N 138-20E")
        .replace("40-01N 134-01E", "37-22N 138-20E")
    )
    run = played(
        serial(1, comex="07:00", duration="10 h", roles=UNITS, speed="15 kn", leg="60 min"),
        datum="37-30N 138-00E", forces=forces, areas="{sea: {centre: 37-24N 138-18E, radius: 25 nmi}}",
        seed=3,
    )  # fmt: skip
    plane = Plane(37.5, 138.0)

    assert "completed" == run.outcomes["1"].details["result"]
    assert [] == list(run.log.of("hauled-off"))
    assert not any(on_land(*plane.to_earth(*record.at)) for record in run.log.of("leg"))
    near = min(
        distance_to_coast(*plane.to_earth(*record.at)) for record in run.log.of("leg") if record.serial
    )
    assert 1852.0 < near < 15_000.0


def test_a_share_beyond_one_is_refused_at_its_line():
    """Nobody turns back at twice the reach by mistake for a percentage."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: serials.0.turn_back_at"):
        scenario(serial(1, roles=UNITS, turn_back_at="160 %"))
