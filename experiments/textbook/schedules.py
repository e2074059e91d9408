"""Schedules: a queue, serials side by side, windows of weather, and staffs that learn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, pi, sqrt

from sim.quantities import HOUR
from sim.runs import Run
from sim.scenario.numbers import Number
from sim.scenario.schema import Scenario
from textbook.line import MINUTE, Line, below

STEPS = 2000  # of an integral over a triangular law


def tanker_queue(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Waits in the order of service; with two stations the third waits for the shorter of two services, about normal."""
    serial, rig = plan.serial("1").parameters, plan.platforms["type-903a"].replenishment
    group = plan.forces["china"].units[0]
    tanks = plan.platforms[group.platform].fuel
    assert rig is not None
    assert tanks is not None
    assert group.fuel is not None
    pumping = (serial.top_up_to.value - group.fuel.value) * tanks.capacity.value / rig.rate.value
    phases = [serial.approach, serial.hook_up, serial.unhook, serial.departure]
    service = fsum(each.mean for each in phases) + pumping
    differ = sqrt(fsum(map(_variance, phases)) / pi)  # half the mean difference of two, for a normal law
    waits = [sorted(each.details["waited_s"] / MINUTE for each in run.log.of("alongside")) for run in runs]
    single = rig.stations.whole == 1
    expected = [service, 2 * service, 3 * service] if single else [0.0, service - differ, service + differ]
    for place, textbook in enumerate(expected, 1):
        yield Line(
            f"ship {place + 1} waits, min",
            textbook / MINUTE,
            [each[place] for each in waits if len(each) > place],
        )


def merge_bias(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Until the latest of one, two and four is over, and until the fifth begins."""
    law, names = plan.serial("1").duration, ("1", "2", "3", "4")
    runs = [
        run for run in runs if len(list(run.log.of("finex"))) == len(plan.serials)
    ]  # a serial that never began ends nothing
    for count in (1, 2, 4):
        values = [
            (_last(run, "finex", names[:count]) - _last(run, "comex", names[:count])) / MINUTE for run in runs
        ]
        yield Line(f"latest of {count} over after, min", _latest(law, count) / MINUTE, values)
    values = [(_last(run, "comex", ("5",)) - _last(run, "comex", names)) / MINUTE for run in runs]
    yield Line("the fifth begins after, min", _latest(law, 4) / MINUTE, values, holds=False)


def _last(run: Run, kind: str, serials: Sequence[str]) -> float:
    return max(each.time for each in run.log.of(kind) if each.serial in serials)


def weather_window(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Begun on time, and at all; weather is told at the full hours that lie within the patience."""
    season, serial = plan.season, plan.serial("1")
    assert season is not None
    clear, ends = season.visibility.states[0].share.value, HOUR / season.visibility.persistence.value
    hours = int(serial.late.hold.value / HOUR - 1e-9)
    late = [
        each.details["comex_s"] - each.details["planned_s"] for run in runs for each in run.outcomes.values()
    ]
    yield Line("begun when planned", clear, [float(each <= 0.0) for each in late])
    yield Line(
        "begun within the patience",
        1.0 - (1.0 - clear) * (1.0 - ends) ** hours,
        [float(each >= 0.0) for each in late],
    )


def learning_curve(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Acknowledgements across the boundary by how many joint serials went before."""
    command = plan.command
    first, floor, left = (
        command.order_delay.across.mean,
        command.learning.floor.value,
        command.learning.per_joint_serial.value,
    )
    for done in (0, 2, 4, 8):
        values = [_across(run, str(done + 1)) / MINUTE for run in runs]
        yield Line(
            f"after {done} serials, min", first * (floor + (1.0 - floor) * left**done) / MINUTE, values
        )


def _across(run: Run, serial: str) -> float:
    delays = [
        each.details["delay_s"]
        for each in run.log.of("acknowledged")
        if each.serial == serial and each.details["across"]
    ]
    return fsum(delays) / len(delays)


def _latest(law: Number, count: int) -> float:
    """Mean of the latest of some from a triangular law: high less the integral of F^n, by the midpoint rule."""
    low, high = law.low or 0.0, law.high or law.value
    step = (high - low) / STEPS
    return high - fsum(below(law, low + (k + 0.5) * step) ** count for k in range(STEPS)) * step


def _variance(law: Number) -> float:
    """Of a triangular law."""
    low, mode, high = law.low or 0.0, law.value, law.high or law.value
    return (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18.0 if law.drawn else 0.0
