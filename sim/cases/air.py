"""Scramble, interception and identification zones."""

from __future__ import annotations

from math import inf

from sim.cases._case import MINUTE, Answer, Trial, case, relative, share, within
from sim.cases._played import exercise, polar, put
from sim.geometry import box
from sim.scramble import alert, chance_in_time, meet, time_available
from sim.variates import normal

KM = 1e3


@case(
    "AIR-01", "paper", "Scramble on a line", "sim.scramble.meet",
    "alert 300 s, climb 120 s over 20 km, dash 420 m/s; base 150 km inside; intruder 300 km out at 240 m/s", "derived",
    t_intercept_s=relative(918.787878788), distance_beyond_boundary_km=relative(79.4909090909),
    margin_s=relative(331.212121212),
)  # fmt: skip
def scramble(trial: Trial) -> Answer:
    """When both are at one place."""
    found = meet(alert(300.0, 120.0, 20 * KM, 420.0), 150 * KM, 300 * KM, 240.0)
    assert found is not None
    return {
        "t_intercept_s": found.time,
        "distance_beyond_boundary_km": found.beyond / KM,
        "margin_s": found.margin,
    }


ZONE = "a box of 200 by 120 km; from 50 km west and 20 km north of its corner, 075 at 9 km/min"
ZONE_WANTED = {
    "entry_min": relative(5.75153433561),
    "exit_min": relative(28.7576716781),
    "inside_min": relative(23.0061373424),
    "exit_x_km": relative(200.0),
    "exit_y_km": relative(86.9872981078),
}


@case("AIR-03", "paper", "Zone crossing", "sim.geometry.Polygon.spans", ZONE, "derived", **ZONE_WANTED)
def zone(trial: Trial) -> Answer:
    """The one stay of a track without end."""
    vx, vy = polar(75.0, 9 * KM / MINUTE)
    ((enter, leave),) = box(0.0, 0.0, 200 * KM, 120 * KM).spans(-50 * KM, 20 * KM, vx, vy, 0.0, inf)
    return {
        "entry_min": enter / MINUTE, "exit_min": leave / MINUTE, "inside_min": (leave - enter) / MINUTE,
        "exit_x_km": (vx * leave - 50 * KM) / KM, "exit_y_km": (vy * leave + 20 * KM) / KM,
    }  # fmt: skip


@case("AIR-03", "engine", "Zone crossing", "sim.contacts.Contacts", ZONE, "derived", **ZONE_WANTED)
def zone_in_the_log(trial: Trial) -> Answer:
    """A fast unit through an area of the scenario: the records of entering and leaving, and where they were written."""
    played = exercise("meeting")
    unit = played.units["Mark"]
    put(unit, -50 * KM, 20 * KM)
    unit.steer(*polar(75.0, 9 * KM / MINUTE))
    put(played.units["Watcher"], 0.0, -300 * KM)
    log = played.run()
    entered, left = (
        next(each for each in log.of(kind) if each.unit == "Mark") for kind in ("entered", "left")
    )
    assert left.at is not None
    return {
        "entry_min": entered.time / MINUTE, "exit_min": left.time / MINUTE,
        "inside_min": (left.time - entered.time) / MINUTE,
        "exit_x_km": left.at[0] / KM, "exit_y_km": left.at[1] / KM,
    }  # fmt: skip


LATE = "alert time normal, 6.8 min with 1.2 min; intruder 200 km out at 240 m/s, base 150 km inside, dash 400 m/s"


@case("AIR-05", "paper", "Random alert time", "sim.scramble.chance_in_time", LATE, "derived",
      available_min=relative(7.63888888889), p_intercept=relative(0.7577471))  # fmt: skip
def alert_time(trial: Trial) -> Answer:
    """What is available, and how often an alert time is no longer."""
    available = time_available(150 * KM, 400.0, 200 * KM, 240.0)
    return {
        "available_min": available / MINUTE,
        "p_intercept": chance_in_time(available, 6.8 * MINUTE, 1.2 * MINUTE),
    }


@case(
    "AIR-05",
    "drawn",
    "Random alert time",
    "sim.scramble.meet",
    LATE,
    "derived",
    p_intercept=within(0.7577471),
)
def alert_times(trial: Trial) -> Answer:
    """Alert times drawn, each scramble met at the boundary or beyond it, or not."""
    draws, count = trial.draws("alert"), trial.count(13_000)
    met = 0
    for _ in range(count):
        ready = max(0.0, normal(draws, 6.8 * MINUTE, 1.2 * MINUTE))
        found = meet(alert(ready, 0.0, 0.0, 400.0), 150 * KM, 200 * KM, 240.0)
        met += found is not None and found.beyond >= 0.0
    return {"p_intercept": share(met, count)}


FUNCTION_ONLY = {
    "AIR-01": "no serial scrambles yet; its drill will be held against these functions",
    "AIR-05": "no serial scrambles yet; its drill will be held against these functions",
}
