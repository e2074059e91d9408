"""Spotting: corrections with a gain, and the bracket with its time line."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from sim.cases._case import Answer, Trial, about, case, exactly, mean, over, relative, spread, within
from sim.cases._played import exercise
from sim.variates import normal
from sim.weapons.spotting import aim_after, aim_spread, corrected, rounds_in, splits, time_to_fire_for_effect

if TYPE_CHECKING:
    from numpy.random import Generator

SPOT = "first aim 150 m off, deviation 24 m, four rounds a correction, gain .6, five corrections"


@case("GUN-11", "paper", "Spotting with a fixed gain", "sim.weapons.spotting.aim_spread", SPOT, "WFT",
      mean_aim_m=relative(1.536), sd_aim_m=relative(7.855432), sd_aim_limit_m=relative(7.855844))  # fmt: skip
def spotting(trial: Trial) -> Answer:
    """Mean and deviation of the aim after five corrections, and of all to come."""
    return {
        "mean_aim_m": aim_after(150.0, 0.6, 5),
        "sd_aim_m": aim_spread(24.0, 4, 0.6, 5),
        "sd_aim_limit_m": aim_spread(24.0, 4, 0.6, None),
    }


@case("GUN-11", "drawn", "Spotting with a fixed gain", "sim.weapons.spotting.corrected", SPOT, "WFT",
      mean_aim_m=within(1.536, 0.01), sd_aim_m=about(7.855432, 0.01), sd_aim_limit_m=about(7.855844, 0.01))  # fmt: skip
def spotting_drawn(trial: Trial) -> Answer:
    """Rounds fall, their mean is seen, the aim is corrected; twenty corrections stand for all to come."""
    draws = trial.draws("rounds")
    five = [_spotted(draws, 5) for _ in range(trial.count(270_000))]
    return {
        "mean_aim_m": mean(five),
        "sd_aim_m": spread(five),
        "sd_aim_limit_m": spread([_spotted(draws, 20) for _ in range(trial.count(40_000))]),
    }


def _spotted(draws: Generator, corrections: int) -> float:
    aim = 150.0
    for _ in range(corrections):
        aim = corrected(aim, sum(normal(draws, aim, 24.0) for _ in range(4)) / 4, 0.6)
    return aim


BRACKET = "bracket of 800 m down to 50 m; flight 25 s, spot 8 s, lay 5 s; 20 rounds a minute for 240 s"


@case("GUN-13", "paper", "Bracket and rate of fire", "sim.weapons.spotting.time_to_fire_for_effect", BRACKET, "derived",
      splits=exactly(4), fire_for_effect_s=exactly(190), rounds_in_4min_at_20rpm=exactly(81))  # fmt: skip
def bracket(trial: Trial) -> Answer:
    """Posts and fences: a round at the beginning and one at the end."""
    return {
        "splits": splits(800.0, 50.0),
        "fire_for_effect_s": time_to_fire_for_effect(800.0, 50.0, 25.0, 8.0, 5.0),
        "rounds_in_4min_at_20rpm": rounds_in(240.0, 20 / 60),
    }


@case("GUN-13", "engine", "Bracket and rate of fire", "sim.drills.coastal_gunnery.CoastalGunnery", BRACKET, "derived",
      splits=exactly(4), fire_for_effect_s=relative(190), rounds_in_4min_at_20rpm=exactly(81))  # fmt: skip
def bracket_fired(trial: Trial) -> Answer:
    """The quickest of 160 shoots, for a bracket is halved only when the fall crosses the mark; the halvings of all."""
    quickest, halvings, strings = inf, [], []
    for number in range(40):
        log = exercise("coastal_gunnery", number).run()
        for ship in ("Alpha", "Bravo", "Charlie", "Delta"):
            fired = [record for record in log.of("shore-round") if record.unit == ship]
            effect = [record.time for record in fired if record.details["phase"] == "effect"]
            widths = [record.details["bracket_m"] for record in log.of("shore-spot") if record.other == ship]
            halvings.append(len(dict.fromkeys(widths)) - 1)
            strings.append(sum(time - effect[0] <= 240.0 + 1e-6 for time in effect))
            quickest = min(quickest, effect[0] - fired[0].time)
    return {
        "splits": over(halvings).value,
        "fire_for_effect_s": quickest,
        "rounds_in_4min_at_20rpm": over(strings).value,
    }


FUNCTION_ONLY = {"GUN-11": "surface gunnery spots with errors of its own and stops at a straddle"}
