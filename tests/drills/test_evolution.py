"""The generic evolution: time passes in company."""

from math import hypot

import pytest
from small_exercise import clock, living, played, scenario, serial

from sim.errors import ScenarioError
from sim.runs import Run

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


def test_a_share_beyond_one_is_refused_at_its_line():
    """Nobody turns back at twice the reach by mistake for a percentage."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: serials.0.turn_back_at"):
        scenario(serial(1, roles=UNITS, turn_back_at="160 %"))
