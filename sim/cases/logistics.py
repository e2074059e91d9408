"""Logistics: fuel, replenishment, equipment that fails, weather that stays, and helicopters that relieve each other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sim.cases._case import (
    MINUTE,
    Answer,
    Got,
    Trial,
    Wanted,
    about,
    absolute,
    case,
    mean,
    over,
    relative,
    share,
    within,
)
from sim.cases._played import exercise, go, legs, put
from sim.chain import two_state
from sim.drills._alongside import time_line
from sim.fuel import CubicBurn
from sim.quantities import HOUR, KNOT
from sim.quantities import NAUTICAL_MILE as NMI
from sim.relief import cycle
from sim.renewal import alternation, availability, chance_of_failures, parallel, reliability, series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

TONNE = 1e3  # kg

BURN = "F0 = .40 t/h, k = 2.5e-4 t/h for each cubic knot; 24 h at 18 kn; 300 t at 16 kn"


@case(
    "LOG-01", "paper", "Cubic fuel law", "sim.fuel.CubicBurn", BURN, "CUB", burn_24h_18kn_t=relative(44.592),
    endurance_300t_16kn_h=relative(210.674157303), range_300t_16kn_nm=relative(3370.78651685),
    economic_speed_kn=relative(9.28317766723),
)  # fmt: skip
def fuel(trial: Trial) -> Answer:
    """Burn, endurance, range and the speed that goes furthest."""
    ship = CubicBurn.from_coefficients(0.40, 2.5e-4)
    return {
        "burn_24h_18kn_t": ship.rate(18 * KNOT) * 24 * HOUR / TONNE,
        "endurance_300t_16kn_h": ship.endurance(300 * TONNE, 16 * KNOT) / HOUR,
        "range_300t_16kn_nm": ship.range(300 * TONNE, 16 * KNOT) / NMI,
        "economic_speed_kn": ship.economic_speed / KNOT,
    }


@case(
    "LOG-01",
    "engine",
    "Cubic fuel law",
    "sim.units.ship.Ship",
    BURN,
    "CUB",
    burn_24h_18kn_t=relative(44.592, 1e-3),
)
def fuel_burnt(trial: Trial) -> Answer:
    """What a ship that steams for a day has left, by her fuel records."""
    played = exercise("sheltered")
    ship = played.units["Alpha"]
    put(ship, 0.0, 0.0, 90.0, 18.0)
    go(played, 24 * HOUR)
    ship.log_fuel()
    left = [record.details["fuel_t"] for record in played.log.of("fuel") if record.unit == "Alpha"]
    return {"burn_24h_18kn_t": left[0] - left[-1]}


RAS = "phases 15, 20, 300 t at 200 t/h, 10 and 10 min; three ships at one station; 12 kn"
RAS_WANTED = {
    "one_ship_min": absolute(145, 1e-9),
    "three_ships_one_station_min": absolute(435, 1e-9),
    "distance_run_nm": absolute(29, 1e-9),
}


@case(
    "LOG-03",
    "paper",
    "Replenishment time line",
    "sim.drills._alongside.time_line",
    RAS,
    "derived",
    **RAS_WANTED,
)
def replenishment(trial: Trial) -> Answer:
    """The sum of the phases; one after another at one station; the way of the tanker meanwhile."""
    one = time_line(15.0, 20.0, 300.0, 200 / 60, 10.0, 10.0)
    return {
        "one_ship_min": one,
        "three_ships_one_station_min": sum(one for _ in range(3)),
        "distance_run_nm": 12 * KNOT * one * MINUTE / NMI,
    }


@case(
    "LOG-03", "engine", "Replenishment time line", "sim.drills.replenishment.Replenishment", RAS, "derived",
    one_ship_min=relative(145, 1e-3), three_ships_one_station_min=relative(435, 1e-3), distance_run_nm=relative(29, 1e-3),
)  # fmt: skip
def replenished(trial: Trial) -> Answer:
    """Three customers and a tanker: how long each was served, when the last was clear, how far the tanker had gone."""
    log = exercise("replenishment").run()
    clear, alongside = list(log.of("clear")), list(log.of("alongside"))
    under_way = next(leg for leg in legs(log, "Tango") if leg[3] > 0.0)
    served = clear[0].details["served_s"]
    asked = clear[0].time - served
    assert len(alongside) == 3
    return {
        "one_ship_min": served / MINUTE,
        "three_ships_one_station_min": (clear[-1].time - asked) / MINUTE,
        "distance_run_nm": under_way[3] * served / NMI,
    }


SOUND = "80 h up, 10 h down"
SOUND_WANTED = {"availability": 0.8888889, "series_of_3": 0.702332, "parallel_of_2": 0.9876543}


@case("LOG-05", "paper", "Steady availability", "sim.renewal.availability", SOUND, "BP",
      **{name: relative(value) for name, value in SOUND_WANTED.items()})  # fmt: skip
def steady(trial: Trial) -> Answer:
    """One item, three that are all needed, two of which one is enough."""
    one = availability(80.0, 10.0)
    return {"availability": one, "series_of_3": series(one, one, one), "parallel_of_2": parallel(one, one)}


@case("LOG-05", "drawn", "Steady availability", "sim.renewal.alternation", SOUND, "BP",
      **{name: within(value) for name, value in SOUND_WANTED.items()})  # fmt: skip
def steady_drawn(trial: Trial) -> Answer:
    """Three lives that begin new, looked at after 500 h; by then nothing is left of their beginning."""
    draws = trial.draws("lives")
    return _systems([[_works_at(draws, 500.0) for _ in range(3)] for _ in range(trial.count(18_500))])


@case("LOG-05", "engine", "Steady availability", "sim.units.ship.Ship", SOUND, "BP",
      **{name: within(value, 0.02) for name, value in SOUND_WANTED.items()})  # fmt: skip
def steady_at_sea(trial: Trial) -> Answer:
    """Forty ships with three pieces of equipment, looked at every four days for two months."""
    looks = []
    for number in range(trial.count(4, 1)):
        played = exercise("sheltered", number)
        for day in range(4, 60, 4):
            go(played, day * 24 * HOUR)
            for name, ship in played.units.items():
                if name != "Alpha":
                    looks.append([piece not in ship.down for piece in ship.platform.equipment])
    return _systems(looks)


def _works_at(draws: Generator, time: float) -> bool:
    """Whether something that is new now works at a time, h."""
    now = 0.0
    for spell in alternation(draws, 80.0, 10.0):
        now += spell.duration
        if now > time:
            return spell.is_up
    raise AssertionError("a life has no end")


def _systems(looks: Sequence[Sequence[bool]]) -> Answer:
    """Of three independent pieces each: the first alone, all of them, either of the first two."""
    count = len(looks)
    return {
        "availability": share(sum(sum(look) for look in looks), 3 * count),
        "series_of_3": share(sum(all(look) for look in looks), count),
        "parallel_of_2": share(sum(any(look[:2]) for look in looks), count),
    }


SPELLS = "turns bad by .10 an hour, good again by .25"


def _spells(size: float) -> dict[str, Wanted]:
    return {
        "stationary_good": within(0.7142857, size), "mean_good_spell_h": within(10, size),
        "mean_bad_spell_h": within(4, size), "p_next4_good_given_good": within(0.6561, size),
        "autocorr_lag6": absolute(0.07541889, 0.01),
    }  # fmt: skip


@case("LOG-07", "paper", "Two-state weather", "sim.chain.two_state", SPELLS, "KS", stationary_good=relative(0.7142857),
      mean_good_spell_h=relative(10), mean_bad_spell_h=relative(4))  # fmt: skip
def weather(trial: Trial) -> Answer:
    """Long-run share and mean spells."""
    chain = two_state(0.10, 0.25)
    good, bad = chain.mean_spells()
    return {"stationary_good": chain.stationary()[0], "mean_good_spell_h": good, "mean_bad_spell_h": bad}


@case("LOG-07", "drawn", "Two-state weather", "sim.chain.Chain.path", SPELLS, "KS", **_spells(0.005))
def weather_drawn(trial: Trial) -> Answer:
    """Hundreds of paths of two months."""
    chain, draws = two_state(0.10, 0.25), trial.draws("paths")
    return _hours([[state == 0 for state in chain.path(draws, 1440)] for _ in range(trial.count(420, 40))])


@case("LOG-07", "engine", "Two-state weather", "sim.weather.Weather", SPELLS, "KS",
      **_spells(0.02) | {"autocorr_lag6": about(0.07541889, 0.15)})  # fmt: skip
def weather_at_sea(trial: Trial) -> Answer:
    """The hours of exercises of two months, by the weather records."""
    paths = []
    for number in range(trial.count(40, 12)):
        played = exercise("sheltered", number)
        log = played.run()
        told = [(record.time, record.details["visibility_m"] > 5 * NMI) for record in log.of("weather")]
        ends = [*(time for time, _ in told[1:]), played.plan.length]
        paths.append(
            [
                good
                for (time, good), end in zip(told, ends, strict=True)
                for _ in range(round((end - time) / HOUR))
            ]
        )
    return _hours(paths)


def _hours(paths: list[list[bool]]) -> Answer:
    """What paths of good and bad hours show, each path one value; spells cut at either end are left out."""
    spells: dict[bool, list[int]] = {True: [], False: []}
    for path in paths:
        runs = [(good, len(list(hours))) for good, hours in groupby(path)]
        for good, length in runs[1:-1]:
            spells[good].append(length)
    shares = [sum(path) / len(path) for path in paths]
    starts, stayed = [], []
    for path in paths:
        clear = [at for at in range(len(path) - 4) if path[at]]
        starts.append(len(clear))
        stayed.append(sum(all(path[at : at + 5]) for at in clear))
    level = over(shares).value
    products = [
        sum((one - level) * (other - level) for one, other in zip(path, path[6:], strict=False))
        / (len(path) - 6)
        for path in paths
    ]
    found = over(products)
    scale = level * (1.0 - level)
    return {
        "stationary_good": over(shares),
        "mean_good_spell_h": mean(spells[True]), "mean_bad_spell_h": mean(spells[False]),
        "p_next4_good_given_good": over([some / all_ for some, all_ in zip(stayed, starts, strict=True)]),
        "autocorr_lag6": Got(found.value / scale, (found.error or 0.0) / scale),
    }  # fmt: skip


RELIEF = "launch 20, out 25, on task 90, back 25, turnaround 40 min"


@case("LOG-09", "paper", "Helicopter cycle", "sim.relief.Cycle", RELIEF, "derived", cycle_min=absolute(200, 1e-9),
      helos_for_continuous=absolute(3, 1e-9), coverage_with_2=absolute(0.9, 1e-9))  # fmt: skip
def relief(trial: Trial) -> Answer:
    """How many fill a station, and what two of them cover."""
    sortie = cycle(20, 25, 90, 25, 40)
    return {
        "cycle_min": sortie.length,
        "helos_for_continuous": sortie.needed(),
        "coverage_with_2": sortie.coverage(2),
    }


MISSION = "mean life 150 h, mission of 72 h, renewed at once"
MISSION_WANTED = {"reliability": 0.6187834, "p_exactly_one": 0.297016, "mean_failures": 0.48}


@case("LOG-11", "paper", "Mission reliability", "sim.renewal.reliability", MISSION, "BP",
      **{name: relative(value) for name, value in MISSION_WANTED.items()})  # fmt: skip
def mission(trial: Trial) -> Answer:
    """No failure, exactly one, and how many on average: of a law whose tail beyond twenty is nothing."""
    return {
        "reliability": reliability(150.0, 72.0),
        "p_exactly_one": chance_of_failures(1, 150.0, 72.0),
        "mean_failures": sum(number * chance_of_failures(number, 150.0, 72.0) for number in range(20)),
    }


@case("LOG-11", "drawn", "Mission reliability", "sim.renewal.alternation", MISSION, "BP",
      **{name: within(value) for name, value in MISSION_WANTED.items()})  # fmt: skip
def mission_drawn(trial: Trial) -> Answer:
    """Missions with repairs that take no time: failures are counted."""
    draws = trial.draws("missions")
    failures = [_failures(draws, 72.0) for _ in range(trial.count(98_000))]
    return {
        "reliability": share(sum(each == 0 for each in failures), len(failures)),
        "p_exactly_one": share(sum(each == 1 for each in failures), len(failures)),
        "mean_failures": mean(failures),
    }


def _failures(draws: Generator, duration: float) -> int:
    now, count = 0.0, 0
    for spell in alternation(draws, 150.0, 0.0):
        if spell.is_up:
            now += spell.duration
            if now > duration:
                return count
            count += 1
    raise AssertionError("a life has no end")


FUNCTION_ONLY = {
    "LOG-09": "helicopters fly with checks, late starts and reserves; a cycle without chance is for planning",
    "LOG-11": "in an exercise a repair takes time, and a mission goes on meanwhile",
}
