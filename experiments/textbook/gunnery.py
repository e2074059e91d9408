"""Gunnery: dispersion and hits, and the correction of fire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, pi, sqrt

from sim.runs import Run
from sim.scenario.schema import Scenario
from sim.weapons.dispersion import at_least_one, chance_in_rectangle
from sim.weapons.gun import Gun, roughening
from sim.weapons.spotting import aim_after, aim_spread
from textbook.line import Line


def dispersion(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """Hits of a round by all its errors together, and strings whose first three rounds have a hit by the binomial law."""
    serial, mark = plan.serial("1").parameters, plan.platforms["towed-shield"]
    gun, distance = Gun(plan.guns["h-pj-26"], 1, 150), serial.range.value
    assert mark.length is not None
    assert mark.height is not None
    across, along = gun.spread(distance, _rough(plan))
    common = serial.string_deflection.value * distance, serial.string_error.value * distance
    hit = chance_in_rectangle(
        mark.length.value,
        gun.depth_of(mark.height.value, distance),
        sqrt(across**2 + common[0] ** 2),
        sqrt(along**2 + common[1] ** 2),
    )
    strings = [
        found
        for run in runs
        if (found := [hits for each in run.log.of("string") if (hits := _hits(run, each.unit))])
    ]
    yield Line("hits of a round", hit, [fsum(map(fsum, each)) / sum(map(len, each)) for each in strings])
    yield Line(
        "a hit in the first three",
        at_least_one(hit, 3),
        [fsum(any(rounds[:3]) for rounds in each) / len(each) for each in strings],
        holds=not any(common),
    )
    spread = [
        fsum((fsum(rounds) / len(rounds) - hit) ** 2 for rounds in each)
        / len(each)
        / (hit * (1.0 - hit) / len(each[0]))
        for each in strings
    ]
    yield Line("variance of a string's hits, binomial 1", 1.0, spread, holds=not any(common))


def _hits(run: Run, ship: str | None) -> list[float]:
    """Of the rounds of a ship's string, in order, 1 for each that hit."""
    return [
        float(each.details["hit"])
        for each in run.log.of("round")
        if each.unit == ship and each.details["phase"] == "effect"
    ]


def _rough(plan: Scenario) -> float:
    assert plan.environment.sea_state is not None
    return roughening(plan.environment.sea_state.whole, plan.serial("1").parameters.roughness.value)


def spotting(plan: Scenario, runs: Sequence[Run]) -> Iterator[Line]:
    """How far off each salvo is spotted: the mean of what is normal without its sign is sqrt(2 / pi) of its deviation."""
    serial = plan.serial("1").parameters
    distance, gain = serial.range.value, serial.gain.value
    _, along = Gun(plan.guns["h-pj-26"], 1, 150).spread(distance, _rough(plan))
    scatter = along**2 / serial.ranging_rounds.value + serial.own_spot_error.value**2
    for salvo in (1, 2, 3, 5):
        aim = aim_after(serial.first_error.value * distance, gain, salvo - 1)
        seen = sqrt(aim**2 + aim_spread(sqrt(scatter), 1, gain, salvo - 1) ** 2 + scatter)
        values = [
            abs(each.details["along_m"])
            for run in runs
            for each in run.log.of("spot")
            if each.details["salvo"] == salvo
        ]
        yield Line(f"salvo {salvo} off by, m", sqrt(2.0 / pi) * seen, values)
