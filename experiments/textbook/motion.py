"""Relative motion: a closest approach, a guard and a raider, a radar's horizon, and fighters against an intruder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, inf, sqrt

from sim.geodesy import Plane
from sim.geometry import closest_approach as closest
from sim.geometry import crossing_times
from sim.quantities import NAUTICAL_MILE
from sim.reach import guard_chance
from sim.runs import Run
from sim.scenario.schema import Scenario
from sim.scenario.sheets import fitted
from sim.scramble import alert, meet
from sim.sensors.radar import Radar
from textbook.line import MINUTE, Line, at, below, measured


def closest_approach(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Distance and time of the closest approach by the legs steered, and how long the radar held her."""
    plane = Plane(plan.datum.latitude, plan.datum.longitude)
    own, other = (_course(plan, plane, force, serial) for force, serial in (("china", "1"), ("russia", "2")))
    dx, dy, vx, vy = (b - a for a, b in zip(own, other, strict=True))
    time, distance = closest(dx, dy, vx, vy)
    radar = fitted(plan.platforms["type-054a"])["radar"].instrumented.value
    enters, leaves = crossing_times(dx, dy, vx, vy, radar) or (0.0, 0.0)
    met = [_nearest(run) for run in runs]
    yield Line(
        "nearest to each other, nmi", distance / NAUTICAL_MILE, [each[0] / NAUTICAL_MILE for each in met]
    )
    yield Line("minutes after they set off", time / MINUTE, [each[1] / MINUTE for each in met])
    held = [
        [
            each.time
            for each in run.log.of("contact", "lost")
            if each.unit == "Rizhao" and each.other == "Admiral Tributs"
        ]
        for run in runs
    ]
    yield Line(
        "minutes on her radar", (leaves - enters) / MINUTE, [(lost - found) / MINUTE for found, lost in held]
    )


def _course(plan: Scenario, plane: Plane, force: str, serial: str) -> tuple[float, float, float, float]:
    """Place and velocity of the ship of a force on her way to her serial."""
    start, area = plan.forces[force].at, plan.areas[plan.serial(serial).area or ""].centre
    assert start is not None
    assert area is not None
    (x, y), (u, v) = (plane.to_plane(each.latitude, each.longitude) for each in (start, area))
    speed, way = (
        plan.platforms[plan.forces[force].units[0].platform].cruise_speed.value,
        ((u - x) ** 2 + (v - y) ** 2) ** 0.5,
    )
    return x, y, (u - x) / way * speed, (v - y) / way * speed


def _nearest(run: Run) -> tuple[float, float]:
    """How near two ships came to each other by their legs, m, and how long after the first order to move, s."""
    legs = {
        name: [each for each in run.log.of("leg") if each.unit == name]
        for name in ("Rizhao", "Admiral Tributs")
    }
    turns = sorted({each.time for each in (*legs["Rizhao"], *legs["Admiral Tributs"])})
    best = (inf, 0.0)
    for since, until in zip(turns, [*turns[1:], turns[-1]], strict=True):
        (x, y, vx, vy), (u, v, wx, wy) = (at(each, since) for each in legs.values())
        time = min(closest(u - x, v - y, wx - vx, wy - vy)[0], until - since)
        dx, dy = u - x + (wx - vx) * time, v - y + (wy - vy) * time
        best = min(best, (sqrt(dx * dx + dy * dy), since + time - turns[0]))
    return best


def guard_on_a_ring(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Share of boats met."""
    serial = plan.serial("1").parameters
    speed = min(serial.guard_speed.value, plan.platforms["type-054a"].max_speed.value)
    begins = (
        serial.begins.value - serial.reaction.mean * serial.raid_speed.value
    )  # where it is as the guard sets out
    met = guard_chance(serial.ring.value, begins, serial.protected.value, serial.raid_speed.value, speed)
    yield Line("boats met in time", met, measured(runs, "raiders-stopped"))


def radar_horizon(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Range of the first detection against the two horizons; a set that must tell the boat from the sea finds her later."""
    antenna = fitted(plan.platforms["type-054a"])["radar"].antenna
    height = plan.platforms["boat"].height
    assert antenna is not None
    assert height is not None
    horizon = Radar.horizon(antenna.value) + Radar.horizon(height.value)
    values = [each / NAUTICAL_MILE for each in measured(runs, "raid-detection-range")]
    yield Line(
        "detected at, nmi",
        horizon / NAUTICAL_MILE,
        values,
        holds=fitted(plan.platforms["type-054a"])["radar"].look.value == 0.0,
    )


def scramble_geometry(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """In time, by the alert time that is left; and the meeting, by the closed form at the alert time of each run."""
    serial, plane = plan.serial("1").parameters, Plane(plan.datum.latitude, plan.datum.longitude)
    border, base = (
        plane.to_plane(each.latitude, each.longitude)[1]
        for each in (plan.areas["zone"].corners[0], plan.bases["east-field"].at)
    )
    speed, behind = plan.serial("2").parameters.speed.value, border - base
    out = fitted(plan.platforms["watch"])["radar"].air.value - behind
    fighter = alert(0.0, serial.climb.value, serial.climb_way.value, serial.dash.value)
    before, sight = (
        plan.command.order_delay.national.mean + serial.identify.mean,
        serial.identify_by_sight.mean,
    )
    flight = (
        fighter.climb + (behind + speed * sight - fighter.climb_way) / fighter.dash
    )  # to where they must meet
    left = out / speed - before - sight - flight
    ready = below(serial.ready, left) ** serial.pair.whole  # all that go together
    yield Line("identified before entry", ready, measured(runs, "intercepted-before-entry"))
    took, paper = [], []
    for run in runs:
        ordered, met = next(run.log.of("scrambled"), None), next(run.log.of("intercepted"), None)
        if ordered is None or met is None:
            continue
        closed = meet(fighter._replace(ready=ordered.details["ready_s"]), behind, out - speed * before, speed)
        assert closed is not None
        paper.append(closed.time / MINUTE)
        took.append((met.details["after_s"] - serial.identify_by_sight.mean) / MINUTE)
    yield Line("order to meeting, min", fsum(paper) / max(1, len(paper)), took)
