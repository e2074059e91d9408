"""Search: looks at random, tracks in order, a line across a strait, and a datum that grows old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import acos, exp, fsum, inf, pi, sqrt

import shapely

from sim import search, shelves
from sim.patterns import parallel_sweeps as sweeps
from sim.quantities import HOUR
from sim.runs import Run
from sim.scenario.schema import Scenario
from sim.scenario.sheets import fitted
from textbook.line import Line, at


def random_search(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Found by so many dips; a dip counts in the area that places are drawn from, nine tenths of the radius."""
    radius = plan.areas["waters"].radius
    assert radius is not None
    share = (_hears(plan, "ka-27", "dipping-sonar") / (0.9 * radius.value)) ** 2
    counts = [_dips(run) for run in runs]
    for dips in (5, 10, 20):
        found = [float(count <= dips) for count in counts]
        yield Line(f"found by {dips} dips", 1.0 - exp(-dips * share), found, holds=False)
        yield Line(
            f"found by {dips}, the edge reckoned with",
            1.0 - (1.0 - _near(sqrt(share))) ** dips,
            found,
            holds=dips < 10,
        )


def _near(radius: float) -> float:
    """Chance that two places at random in a circle of radius 1 are within a radius of each other: known as disc line picking."""
    half = radius / 2.0
    return (
        1.0
        + 2.0 / pi * (radius**2 - 1.0) * acos(half)
        - radius / pi * (1.0 + radius**2 / 2.0) * sqrt(1.0 - half**2)
    )


def _dips(run: Run) -> float:
    """Dips until she was heard; inf when she was not."""
    return next(
        (count for count, each in enumerate(run.log.of("dip", "detected")) if each.kind == "detected"), inf
    )


def _hears(plan: Scenario, platform: str, sensor: str) -> float:
    """Range of a sonar, m, whose signal excess hardly varies."""
    sheet = plan.platforms[platform]
    sonar = shelves.kind("sensors", sensor)(fitted(sheet)[sensor], sheet)
    assert plan.environment.sea_state is not None
    return float(sonar.cap_in(plan.environment.sea_state.whole))


def parallel_sweeps(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Found before the last track ends, and what the exponential law would have."""
    serial = plan.serial("1").parameters
    width, spacing = 2.0 * fitted(plan.platforms["type-054a"])["lookout"].by_day.value, serial.spacing.value
    sector, speed = serial.sector.value, serial.speed.value
    way = shapely.LineString(
        [(0.0, 0.0), *sweeps((0.0, 0.0), 0.0, sector, sector, spacing)]
    )  # from where she forms up
    ends, half = way.length / speed, sector / 2.0
    swept = (
        way.buffer(width / 2.0, quad_segs=64).intersection(shapely.box(-half, -half, half, half)).area
        / sector**2
    )
    found = [
        float(any(each.details["searched_s"] <= ends for each in run.log.of("mine-found"))) for run in runs
    ]
    yield Line("seen in one sweep", search.parallel_sweeps(width, spacing), found, holds=False)
    yield Line("with edges, and the way there", swept, found)
    yield Line("if swept at random", search.parallel_sweeps(width, spacing, "random"), found, holds=False)


def barrier_patrol(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Of those that cross the line in good time after the beginning and before the end, those seen."""
    lane = plan.traffic["strait"].lane
    assert lane is not None
    assert lane.speed is not None
    serial, reach = (
        plan.serial("1").parameters,
        fitted(plan.platforms["type-054a"])["radar"].instrumented.value,
    )
    yield Line(
        "seen by the patrol",
        search.barrier(lane.width.value, reach, serial.speed.value, lane.speed.value),
        [_seen(run, lane.width.value) for run in runs],
    )
    yield Line(
        "seen by a picket in the middle",
        search.barrier(lane.width.value, reach, 0.0, lane.speed.value),
        [_seen(run, lane.width.value) for run in runs],
        holds=False,
    )


def _seen(run: Run, width: float) -> float:
    """Share of ships on the lane that the patrol saw, of those that crossed the line while she had been on it for two legs."""
    comex, finex = (next(each.time for each in run.log.of(kind)) for kind in ("comex", "finex"))
    begins = comex + 2.0 * width / run.serial("1").parameters.speed.value
    seen = {each.other for each in run.log.of("contact") if each.unit == "Rizhao"}
    crossed = [each.unit for each in run.log.of("leg") if (each.unit or "").startswith("strait") and each.details["vy_m_per_s"] and each.at is not None
               and begins < each.time - each.at[1] / each.details["vy_m_per_s"] < finex - HOUR]  # fmt: skip
    return sum(unit in seen for unit in crossed) / len(crossed)


def expanding_datum(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Regained within two hours of coming to the datum; the law is of each run's own delay."""
    serial, width = plan.serial("1").parameters, 2.0 * _hears(plan, "type-054a", "sonar")
    laws, found = [], []
    for run in runs:
        datum = next(run.log.of("datum"))
        assert datum.at is not None
        legs = [each for each in run.log.of("leg") if each.unit == "Rizhao" and each.time <= datum.time + 1.0]
        x, y, _, _ = at(legs, datum.time) if legs else (0.0, 0.0, 0.0, 0.0)
        comes = sqrt((datum.at[0] - x) ** 2 + (datum.at[1] - y) ** 2) / serial.speed.value
        late = datum.details["late_s"] + comes
        laws.append(search.datum_search(width, serial.speed.value, serial.quiet.value, late, late + 2 * HOUR))
        found.append(
            float(any(each.details["took_s"] <= comes + 2 * HOUR for each in run.log.of("regained")))
        )
    yield Line("regained within two hours", fsum(laws) / len(laws), found, holds=False)
