"""Sensors: horizon, fading echoes, lateral range, glimpses, and what a sonar hears."""

from __future__ import annotations

from math import log

from sim import detection
from sim.cases._case import Answer, Got, Trial, case, mean, relative, share, within
from sim.cases._played import exercise, polar, put
from sim.confirmation import Confirmation
from sim.looks import looks_needed
from sim.quantities import HOUR
from sim.quantities import NAUTICAL_MILE as NMI
from sim.sensors.radar import Radar
from sim.sensors.sonar import range_of
from sim.variates import chance, exponential

KM = 1e3
HORIZON = "antenna 25 m, target 5 m, earth of four thirds its radius"
HORIZON_WANTED = {"horizon_km": relative(29.82571, 1e-4), "horizon_nm": relative(16.1046, 1e-4)}


@case(
    "SEN-01", "paper", "Radar horizon", "sim.sensors.radar.Radar.horizon", HORIZON, "FS1037", **HORIZON_WANTED
)
def horizon(trial: Trial) -> Answer:
    """The sum of both distances to the horizon."""
    found = Radar.horizon(25.0) + Radar.horizon(5.0)
    return {"horizon_km": found / KM, "horizon_nm": found / NMI}


@case("SEN-01", "engine", "Radar horizon", "sim.contacts.Contacts", HORIZON, "FS1037", **HORIZON_WANTED)
def horizon_at_sea(trial: Trial) -> Answer:
    """The range at which a ship of 5 m comes into the radar of one with a mast of 25 m."""
    found = _first_contact("Mast", "Low", 40 * KM)
    return {"horizon_km": found / KM, "horizon_nm": found / NMI}


def _first_contact(observer: str, target: str, away: float) -> float:
    """Range, m, at which an observer finds a target that comes from the north."""
    played = exercise("sensors")
    for number, name in enumerate(played.units):
        put(played.units[name], 2000 * KM, 100 * KM * number)
    put(played.units[observer], 0.0, 0.0)
    put(played.units[target], 0.0, away, 180.0, 20.0)
    log = played.run()
    seen = next(record for record in log.of("contact") if (record.unit, record.other) == (observer, target))
    return float(seen.details["range_m"])


ECHO = "false alarms 1e-6; 13 dB at 100 km; at 80 km; the range of an even chance"


@case("SEN-03", "paper", "Fading target, one pulse", "sim.detection.swerling_1", ECHO, "MAH", "RIC",
      pd_100km=relative(0.5171776), pd_80km=relative(0.7573662), range_pd50_km=relative(101.321905872))  # fmt: skip
def fading(trial: Trial) -> Answer:
    """By the fourth power of the range."""
    signal = detection.ratio(13.0)
    return {
        "pd_100km": detection.swerling_1(signal, 1e-6),
        "pd_80km": detection.swerling_1(detection.echo(signal, 100 * KM, 80 * KM), 1e-6),
        "range_pd50_km": detection.range_for(signal, 100 * KM, detection.signal_for(0.5, 1e-6)) / KM,
    }


@case("SEN-03", "drawn", "Fading target, one pulse", "sim.detection.echo", ECHO, "MAH", "RIC",
      pd_100km=within(0.5171776), pd_80km=within(0.7573662))  # fmt: skip
def fading_drawn(trial: Trial) -> Answer:
    """Powers drawn, of a target that fades and noise together, over the threshold that noise alone passes once in a million."""
    found = {}
    for name, away, full in (("pd_100km", 100 * KM, 40_000), ("pd_80km", 80 * KM, 14_000)):
        draws, count = trial.draws(name), trial.count(full)
        power = 1.0 + detection.echo(detection.ratio(13.0), 100 * KM, away)
        found[name] = share(sum(exponential(draws, power) > -log(1e-6) for _ in range(count)), count)
    return found


@case("SEN-05", "paper", "Inverse-cube law", "sim.detection.inverse_cube", "k h = 12 cubic nmi an hour, 15 kn", "K46", "EAG",
      p_at_2nm=relative(0.32968), p_at_4nm=relative(0.09516258), sweep_width_nm=relative(4.483993))  # fmt: skip
def inverse_cube(trial: Trial) -> Answer:
    """Two lateral ranges and the width; nautical miles and hours throughout."""
    return {
        "p_at_2nm": detection.inverse_cube(12.0, 2.0, 15.0),
        "p_at_4nm": detection.inverse_cube(12.0, 4.0, 15.0),
        "sweep_width_nm": detection.inverse_cube_width(12.0, 15.0),
    }


GLIMPSES = "glimpses of .08, twelve of them; scans of .6 until two in a row"


@case("SEN-07", "paper", "Independent glimpses", "sim.confirmation.Confirmation", GLIMPSES, "K46",
      p_12_glimpses=relative(0.6323336), mean_glimpses=relative(12.5), mean_scans_2_consecutive=relative(4.444444))  # fmt: skip
def glimpses(trial: Trial) -> Answer:
    """The accumulated chance after each look; a mean is the sum of the chances to need yet another."""
    return {
        "p_12_glimpses": _confirmed(Confirmation(1, 1), 0.08, 12)[-1],
        "mean_glimpses": sum(1.0 - found for found in [0.0, *_confirmed(Confirmation(1, 1), 0.08, 1000)]),
        "mean_scans_2_consecutive": sum(
            1.0 - found for found in [0.0, *_confirmed(Confirmation(2, 2), 0.6, 400)]
        ),
    }


def _confirmed(law: Confirmation, single: float, looks: int) -> list[float]:
    found = []
    for _ in range(looks):
        law.advance(single)
        found.append(law.confirmed)
    return found


@case("SEN-07", "drawn", "Independent glimpses", "sim.looks.looks_needed", GLIMPSES, "K46",
      p_12_glimpses=within(0.6323336), mean_glimpses=within(12.5), mean_scans_2_consecutive=within(4.444444))  # fmt: skip
def glimpses_drawn(trial: Trial) -> Answer:
    """Looks as contacts draw them, from one uniform; scans one by one, with the chance that the next confirms."""
    draws = trial.draws("looks")
    needed = looks_needed(draws.random(trial.count(40_000)), 0.08).tolist()
    scans = [_scans(draws.random()) for _ in range(trial.count(26_000))]
    return _glimpses(needed) | {"mean_scans_2_consecutive": mean(scans)}


def _scans(uniform: float) -> int:
    law, looks = Confirmation(2, 2), 0
    while law.confirmed <= uniform:
        law.advance(0.6)
        looks += 1
    return looks


def _glimpses(needed: list[int]) -> dict[str, Got]:
    return {
        "p_12_glimpses": share(sum(each <= 12 for each in needed), len(needed)),
        "mean_glimpses": mean(needed),
    }


@case("SEN-07", "engine", "Independent glimpses", "sim.contacts.Contacts", GLIMPSES, "K46",
      p_12_glimpses=within(0.6323336, 0.02), mean_glimpses=within(12.5, 0.02))  # fmt: skip
def glimpses_at_sea(trial: Trial) -> Answer:
    """Four hundred ships come into a radar's range at one moment; the looks of each until its contact."""
    needed: list[int] = []
    for number in range(trial.count(7, 1)):
        played = exercise("sensors", number)
        for name in ("Mast", "Ping", "Low", "Boat"):
            put(played.units[name], 0.0, 1000 * NMI)
        put(played.units["Turner"], 0.0, 0.0)
        marks = [name for name in played.units if name.startswith("mark ")]
        for at, name in enumerate(marks):
            bearing = 360.0 * at / len(marks)
            put(played.units[name], *polar(bearing, 15 * NMI), bearing + 180.0, 3.0)
        needed += [
            int((record.time - HOUR) // 60.0) + 1
            for record in played.run().of("contact")
            if record.unit == "Turner"
        ]
    return _glimpses(needed)


HEARD = "figure of merit 80 dB, .8 dB/km; excess of 3 dB that spreads by 6 dB"


@case("SEN-09", "paper", "Passive sonar", "sim.sensors.sonar.range_of", HEARD, "WMS",
      fom_range_m=relative(5839.88766689), p_se_plus3_sigma6=relative(0.6914625))  # fmt: skip
def sonar(trial: Trial) -> Answer:
    """The range at which the way has used up the figure of merit, and the chance of an excess."""
    return {"fom_range_m": range_of(80.0, 0.8e-3), "p_se_plus3_sigma6": detection.sonar_chance(3.0, 6.0)}


@case(
    "SEN-09",
    "engine",
    "Passive sonar",
    "sim.contacts.Contacts",
    HEARD,
    "WMS",
    fom_range_m=relative(5839.88766689, 1e-3),
)
def sonar_at_sea(trial: Trial) -> Answer:
    """The range at which a submarine is heard."""
    return {"fom_range_m": _first_contact("Ping", "Boat", 20 * KM)}


WIDTHS = "definite of 3 nmi; triangle of half base 5; exponential of 2.5; Gaussian of 2 nmi"


@case("SEN-11", "paper", "Sweep widths of four shapes", "sim.detection.sweep_width", WIDTHS, "K46", "EAG",
      w_definite_nm=relative(6), w_triangular_nm=relative(5), w_exponential_nm=relative(5), w_gaussian_nm=relative(5.013257))  # fmt: skip
def widths(trial: Trial) -> Answer:
    """The integral of each curve."""
    return {
        "w_definite_nm": detection.sweep_width(detection.definite(3.0), 3.0),
        "w_triangular_nm": detection.sweep_width(detection.triangular(5.0), 5.0),
        "w_exponential_nm": detection.sweep_width(detection.exponential(2.5), 200.0),
        "w_gaussian_nm": detection.sweep_width(detection.gaussian(2.0), 40.0),
    }


@case("SEN-11", "drawn", "Sweep widths of four shapes", "sim.detection", WIDTHS, "K46", "EAG",
      w_definite_nm=within(6), w_triangular_nm=within(5), w_exponential_nm=within(5), w_gaussian_nm=within(5.013257))  # fmt: skip
def widths_drawn(trial: Trial) -> Answer:
    """Passes at lateral ranges up to 30 nmi on either side, each finding by its curve: what is found of the strip."""
    found = {}
    for name, curve in (
        ("w_definite_nm", detection.definite(3.0)), ("w_triangular_nm", detection.triangular(5.0)),
        ("w_exponential_nm", detection.exponential(2.5)), ("w_gaussian_nm", detection.gaussian(2.0)),
    ):  # fmt: skip
        draws, count = trial.draws(name), trial.count(460_000)
        hits = sum(chance(draws, curve(STRIP * (2.0 * draws.random() - 1.0))) for _ in range(count))
        seen = share(hits, count)
        found[name] = Got(2.0 * STRIP * seen.value, 2.0 * STRIP * (seen.error or 0.0))
    return found


STRIP = 30.0  # nmi to either side; what an exponential of 2.5 has beyond is six millionths of it

FUNCTION_ONLY = {
    "SEN-03": "between a paint and a contact stand sea clutter and confirmation; vigils are tested with this law in their own tests",
    "SEN-05": "no sensor of the package follows the law; planners reckon with it",
    "SEN-11": "curves are what planners reckon with; what a sensor finds in an exercise comes of its looks",
}
