"""Gunnery: hits of single rounds and salvos, damage, rounds to the first hit, shoot-look-shoot, a closing ship."""

from __future__ import annotations

from functools import cache
from math import hypot, inf
from typing import TYPE_CHECKING

from sim.cases._case import (
    Answer,
    Gap,
    Trial,
    about,
    case,
    mean,
    relative,
    share,
    within,
)
from sim.cases._played import exercise
from sim.variates import binomial, chance
from sim.weapons.dispersion import (
    at_least,
    at_least_one,
    at_least_one_of,
    carleton,
    carleton_at,
    chance_in_disc,
    chance_in_rectangle,
    circular_error_probable,
    fall_of_shot,
    rounds_to_first_hit,
    shoot_look_shoot,
)

if TYPE_CHECKING:
    from numpy.random import Generator

    from sim.log import Log

DISC = "deviation 20 m both ways, disc of 15 m, aim without bias"


@cache
def shot(number: int) -> Log:
    """The log of a morning of 800 presentations in each of three shoots at an air target."""
    return exercise("air_gunnery", number).run()


@case("GUN-01", "paper", "Circular normal on a centred disc", "sim.weapons.dispersion.chance_in_disc", DISC, "DRI", "EAG",
      p_hit=relative(0.2451604), cep_m=relative(23.5482), p_within_2cep=relative(0.9375))  # fmt: skip
def disc(trial: Trial) -> Answer:
    """The chance, the radius that holds half, and what twice that radius holds."""
    cep = circular_error_probable(20.0)
    return {"p_hit": chance_in_disc(15.0, 20.0), "cep_m": cep, "p_within_2cep": chance_in_disc(2 * cep, 20.0)}


@case("GUN-01", "drawn", "Circular normal on a centred disc", "sim.weapons.dispersion.fall_of_shot", DISC, "DRI", "EAG",
      p_hit=within(0.2451604), cep_m=about(23.5482, 0.005), p_within_2cep=within(0.9375))  # fmt: skip
def disc_drawn(trial: Trial) -> Answer:
    """Rounds fall; the radius that holds half is their median miss."""
    draws, count = trial.draws("rounds"), trial.count(130_000)
    misses = sorted(hypot(*fall_of_shot(draws, 20.0, 20.0)) for _ in range(count))
    far = 2 * circular_error_probable(20.0)
    return {
        "p_hit": share(sum(miss <= 15.0 for miss in misses), count),
        "cep_m": misses[count // 2],
        "p_within_2cep": share(sum(miss <= far for miss in misses), count),
    }


@case("GUN-01", "engine", "Circular normal on a centred disc", "sim.drills.air_gunnery.AirGunnery", DISC, "DRI", "EAG",
      p_hit=within(0.2451604, 0.02))  # fmt: skip
def disc_fired(trial: Trial) -> Answer:
    """Presentations of a disc, one round for each: the records of the bursts."""
    hits = [record.details["hits"] for number in range(trial.count(12, 1)) for record in shot(number).of("burst")
            if record.serial == "1"]  # fmt: skip
    return {"p_hit": share(sum(hits), len(hits))}


BIAS = "deviations 25 m across and 40 m along, 100 by 16 m, bias 10 m and -5 m"


@case("GUN-02", "paper", "Elliptical normal on a rectangle", "sim.weapons.dispersion.chance_in_rectangle", BIAS, "DRI",
      p_hit=relative(0.1473926), p_hit_unbiased=relative(0.1513067))  # fmt: skip
def rectangle(trial: Trial) -> Answer:
    """With the bias and without it."""
    return {
        "p_hit": chance_in_rectangle(100.0, 16.0, 25.0, 40.0, bias_across=10.0, bias_along=-5.0),
        "p_hit_unbiased": chance_in_rectangle(100.0, 16.0, 25.0, 40.0),
    }


@case("GUN-02", "drawn", "Elliptical normal on a rectangle", "sim.weapons.dispersion.fall_of_shot", BIAS, "DRI",
      p_hit=within(0.1473926, 0.01), p_hit_unbiased=within(0.1513067, 0.01))  # fmt: skip
def rectangle_drawn(trial: Trial) -> Answer:
    """Rounds fall about both aims."""
    count, found = trial.count(62_000), {}
    for name, aim in (("p_hit", (10.0, -5.0)), ("p_hit_unbiased", (0.0, 0.0))):
        draws = trial.draws(name)
        falls = (fall_of_shot(draws, 25.0, 40.0, aim) for _ in range(count))
        found[name] = share(sum(abs(x) <= 50.0 and abs(y) <= 8.0 for x, y in falls), count)
    return found


DAMAGE = "radii 30 and 50 m, deviations 20 and 35 m, certain at the mark"


@case("GUN-05", "paper", "Carleton damage, centred", "sim.weapons.dispersion.carleton", DAMAGE, "DRI",
      pk=relative(0.5170877))  # fmt: skip
def damage(trial: Trial) -> Answer:
    """The mean over the fall of shot."""
    return {"pk": carleton(30.0, 50.0, 20.0, 35.0)}


@case("GUN-05", "drawn", "Carleton damage, centred", "sim.weapons.dispersion.carleton_at", DAMAGE, "DRI",
      pk=within(0.5170877))  # fmt: skip
def damage_drawn(trial: Trial) -> Answer:
    """Rounds that fall, each with its score."""
    draws = trial.draws("rounds")
    return {
        "pk": mean(
            [carleton_at(*fall_of_shot(draws, 20.0, 35.0), 30.0, 50.0) for _ in range(trial.count(40_000))]
        )
    }


@case("GUN-05", "engine", "Carleton damage, centred", "sim.drills.coastal_gunnery.CoastalGunnery", DAMAGE, "DRI",
      pk=within(0.5170877, 0.02))  # fmt: skip
def damage_fired(trial: Trial) -> Answer:
    """Strings of a shoot ashore: the mean effect of each, for its rounds share their aim."""
    strings: dict[tuple[int, str | None], list[float]] = {}
    for number in range(trial.count(24, 3)):
        for record in exercise("coastal_gunnery", number).run().of("shore-round"):
            if record.serial == "2":
                strings.setdefault((number, record.unit), []).append(record.details["effect"])
    return {"pk": mean([sum(each) / len(each) for each in strings.values()])}


SALVO = "eight independent rounds of .12"


@case("GUN-07", "paper", "Salvo of independent rounds", "sim.weapons.dispersion.at_least", SALVO, "WFT",
      p_at_least_one=relative(0.6403655), mean_hits=relative(0.96), p_at_least_2=relative(0.2480369))  # fmt: skip
def salvo(trial: Trial) -> Answer:
    """The tail of the binomial; the mean number of hits is the sum of its tails."""
    return {
        "p_at_least_one": at_least_one(0.12, 8),
        "mean_hits": sum(at_least(hits, 0.12, 8) for hits in range(1, 9)),
        "p_at_least_2": at_least(2, 0.12, 8),
    }


@case("GUN-07", "drawn", "Salvo of independent rounds", "sim.variates.binomial", SALVO, "WFT",
      p_at_least_one=within(0.6403655), mean_hits=within(0.96), p_at_least_2=within(0.2480369))  # fmt: skip
def salvo_drawn(trial: Trial) -> Answer:
    """Hits of a burst as the drills draw them."""
    draws, count = trial.draws("salvos"), trial.count(128_000)
    return _salvos([binomial(draws, 8, 0.12) for _ in range(count)])


@case("GUN-07", "engine", "Salvo of independent rounds", "sim.drills.air_gunnery.AirGunnery", SALVO, "WFT",
      p_at_least_one=within(0.6403655, 0.02), mean_hits=within(0.96, 0.02), p_at_least_2=within(0.2480369, 0.02))  # fmt: skip
def salvo_fired(trial: Trial) -> Answer:
    """Bursts of eight at a disc of the size that each round hits by .12."""
    return _salvos([record.details["hits"] for number in range(trial.count(12, 1)) for record in shot(number).of("burst")
                    if record.serial == "2"])  # fmt: skip


def _salvos(hits: list[int]) -> Answer:
    return {
        "p_at_least_one": share(sum(each >= 1 for each in hits), len(hits)),
        "mean_hits": mean(hits),
        "p_at_least_2": share(sum(each >= 2 for each in hits), len(hits)),
    }


FIRST = "rounds of .15, magazine of 20"


@case(
    "GUN-09", "paper", "Rounds to the first hit", "sim.weapons.dispersion.rounds_to_first_hit", FIRST, "WFT",
    mean_rounds_unlimited=relative(6.666667), p_by_10=relative(0.8031256), mean_rounds_mag20=relative(6.40827),
    p_miss_all_20=relative(0.03875953),
)  # fmt: skip
def first_hit(trial: Trial) -> Answer:
    """With a magazine and without one."""
    return {
        "mean_rounds_unlimited": rounds_to_first_hit(0.15),
        "p_by_10": at_least_one(0.15, 10),
        "mean_rounds_mag20": rounds_to_first_hit(0.15, 20),
        "p_miss_all_20": 1.0 - at_least_one(0.15, 20),
    }


@case(
    "GUN-09", "drawn", "Rounds to the first hit", "sim.variates.chance", FIRST, "WFT",
    mean_rounds_unlimited=within(6.666667), p_by_10=within(0.8031256), mean_rounds_mag20=within(6.40827),
    p_miss_all_20=within(0.03875953),
)  # fmt: skip
def first_hit_drawn(trial: Trial) -> Answer:
    """Shoots one round at a time until it hits or the magazine is empty."""
    draws, count = trial.draws("shoots"), trial.count(1_150_000)
    shoots = [_shoot(draws, 20) for _ in range(count)]
    return {
        "mean_rounds_unlimited": mean([_shoot(draws, inf)[0] for _ in range(trial.count(36_000))]),
        "p_by_10": share(sum(hit and rounds <= 10 for rounds, hit in shoots), count),
        "mean_rounds_mag20": mean([rounds for rounds, _ in shoots]),
        "p_miss_all_20": share(sum(not hit for _, hit in shoots), count),
    }


def _shoot(draws: Generator, magazine: float) -> tuple[int, bool]:
    rounds = 0
    while rounds < magazine:
        rounds += 1
        if chance(draws, 0.15):
            return rounds, True
    return rounds, False


LOOK = "three shots of .7, a perfect look after each"


@case("GUN-15", "paper", "Shoot, look, shoot", "sim.weapons.dispersion.shoot_look_shoot", LOOK, "WFT",
      p_kill=relative(0.973), mean_rounds=relative(1.39), salvo_rounds=relative(3))  # fmt: skip
def look(trial: Trial) -> Answer:
    """As likely a kill as by a salvo, for fewer rounds; a salvo is what is fired without ever a hit to see."""
    found = shoot_look_shoot(0.7, 3)
    return {
        "p_kill": found.kill,
        "mean_rounds": found.mean_rounds,
        "salvo_rounds": rounds_to_first_hit(0.0, 3),
    }


@case("GUN-15", "engine", "Shoot, look, shoot", "sim.drills.air_gunnery.AirGunnery", LOOK, "WFT",
      p_kill=within(0.973, 0.02), mean_rounds=within(1.39, 0.02), salvo_rounds=relative(3))  # fmt: skip
def look_fired(trial: Trial) -> Answer:
    """Presentations, each with at most three bursts of a round; most bursts that any took."""
    passes = [record.details for number in range(trial.count(4, 1)) for record in shot(number).of("presentation")
              if record.serial == "3"]  # fmt: skip
    return {
        "p_kill": share(sum(each["hit"] for each in passes), len(passes)),
        "mean_rounds": mean([each["rounds"] for each in passes]),
        "salvo_rounds": max(each["bursts"] for each in passes),
    }


CLOSING = "4 mrad both ways, 60 by 12 m, a round each 100 m from 12,000 to 10,000 m"
PLACES = range(12_000, 9_999, -100)


@case("GUN-18", "paper", "Surface gun on a closing ship", "sim.weapons.dispersion.at_least_one_of", CLOSING, "DRI",
      rounds=relative(21), mean_hits=relative(1.158207), p_at_least_one=relative(0.6963089))  # fmt: skip
def closing(trial: Trial) -> Answer:
    """Each round with the chance of its range."""
    chances = [chance_in_rectangle(60.0, 12.0, 0.004 * away, 0.004 * away) for away in PLACES]
    return {"rounds": len(chances), "mean_hits": sum(chances), "p_at_least_one": at_least_one_of(chances)}


@case("GUN-18", "drawn", "Surface gun on a closing ship", "sim.weapons.dispersion.fall_of_shot", CLOSING, "DRI",
      rounds=relative(21), mean_hits=within(1.158207), p_at_least_one=within(0.6963089))  # fmt: skip
def closing_drawn(trial: Trial) -> Answer:
    """Runs in, each of twenty-one rounds."""
    draws, hits = trial.draws("runs"), []
    for _ in range(trial.count(36_000)):
        falls = [fall_of_shot(draws, 0.004 * away, 0.004 * away) for away in PLACES]
        hits.append(sum(abs(x) <= 30.0 and abs(y) <= 6.0 for x, y in falls))
    return {
        "rounds": len(PLACES),
        "mean_hits": mean(hits),
        "p_at_least_one": share(sum(each > 0 for each in hits), len(hits)),
    }


FUNCTION_ONLY = {
    "GUN-02": "no drill fires at a rectangle with a bias it is told; surface gunnery draws its bias, and the danger space is its depth",
    "GUN-09": "no drill fires single rounds until the first hit; bursts are counted out before (GUN-15)",
    "GUN-18": "surface gunnery fires abeam at one range, at a target whose depth is its danger space",
}
GAPS = (
    Gap(
        "CMB-01",
        "Hughes salvo",
        "no missiles are exchanged: exercises of these navies were shoots at targets",
    ),
    Gap("CMB-04", "Lanchester square law", "no attrition: ships exercise together and nobody is lost"),
    Gap("CMB-06", "Stochastic square law", "no attrition: ships exercise together and nobody is lost"),
)
