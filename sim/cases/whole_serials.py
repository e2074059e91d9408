"""Whole serials: independent causes of failure that meet in one."""

from __future__ import annotations

from sim.cases._case import Answer, Trial, case, relative, share, within
from sim.chain import two_state
from sim.renewal import alternation, availability, series
from sim.search import random_search
from sim.variates import chance

SERIAL = "equipment 80 h up, 10 h down; weather .10 and .25 an hour; sweep width 8 nmi at 90 kn for 2 h in 2400 sq nmi"


@case("E2E-01", "paper", "Anti-submarine serial", "sim.search.random_search", SERIAL, "derived",
      p_success=relative(0.2864688))  # fmt: skip
def serial(trial: Trial) -> Answer:
    """All of them are needed, as of items in series."""
    good = two_state(0.10, 0.25).stationary()[0]
    return {"p_success": series(availability(80.0, 10.0), good, random_search(8.0, 90.0, 2.0, 2400.0))}


@case(
    "E2E-01",
    "drawn",
    "Anti-submarine serial",
    "sim.renewal.alternation",
    SERIAL,
    "derived",
    p_success=within(0.2864688),
)
def serial_drawn(trial: Trial) -> Answer:
    """Serials whose equipment is found at some time of its life, in the weather of some hour, and that then search."""
    draws, count = trial.draws("serials"), trial.count(105_000)
    weather, found = two_state(0.10, 0.25), random_search(8.0, 90.0, 2.0, 2400.0)
    done = 0
    for _ in range(count):
        sound = next(alternation(draws, 80.0, 10.0, start="steady")).is_up
        good = weather.path(draws, 1) == [0]
        done += chance(draws, found) and sound and good
    return {"p_success": share(done, count)}


FUNCTION_ONLY = {
    "E2E-01": "a submarine drill searches with its own tracks, and its serial waits for weather and repairs instead of failing at once",
}
