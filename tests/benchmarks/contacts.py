"""Contacts over four days at 15 to 5,000 units: P3, P4 and P11."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from fleets import DURATION, STEP, Comparison, fleet, stepped
from measuring import NUMBA, Row, cpu, timed
from replication import NAMES, bare, switched

from sim.crossings import crossings

SIZES = (15, 50, 200, 1000, 5000)
LOOKS = {1000: 2160, 5000: 120}  # how many steps are really taken; the others take all
ALL = int(DURATION / STEP)
HOURS = 6.0  # simulated in a quick run
FASTER = {"0": 150, "1": 400}  # P3, by the switch of the compiled extra
EXPONENT = 1.4  # P4

# Measured on the machine of the anchors, CPU s for four days: Simkit 1.5.5 (Java, exact event-solved sensing), and what
# this machine is compared with: a stepped NumPy detector at 1,000 units, and a bare SimPy timeout among 1,000 processes.
SIMKIT = {15: 0.085, 50: 0.53, 200: 9.0, 1000: 469.0}
AHEAD = {15: 1, 50: 10, 200: 50, 1000: 300}  # P11
STEPPED, TIMEOUT = 136.0, 1.0e-6
EVENTS = 400_000  # enough that a bare SimPy program takes a good part of a second


def rows(quick: bool) -> Iterator[Row]:
    """The rows of contact. quick: some hours of three sizes, without figures."""
    switches = list(NAMES) if NUMBA else ["0"]
    seconds: dict[str, dict[int, float]] = {each: {} for each in switches}
    steps: dict[int, float] = {}
    for count in SIZES[:3] if quick else SIZES:
        duration = HOURS * 3600.0 if quick else DURATION
        tracks, reach = fleet(count, duration)
        looks = int(duration / STEP) if quick else LOOKS.get(count, ALL)
        part, (look, code) = timed(lambda: stepped(tracks, reach, looks))  # noqa: B023  # called at once
        steps[count] = part * duration / STEP / looks
        for switch in switches:
            with switched(switch):
                work = partial(crossings, tracks, reach, 0.0, duration)
                work()  # what is loaded and compiled at the first time only
                seconds[switch][count], exact = timed(work, 1 if quick or count == SIZES[-1] else 5)
        against = Comparison(exact, look, code, count, looks)
        yield _size(count, {each: seconds[each][count] for each in switches}, steps[count], against)
        if count == 1000:
            for switch in switches:
                yield _faster(switch, steps[count] / seconds[switch][count], against)
    if not quick:
        yield from (_growth(switch, seconds[switch]) for switch in switches)
        yield from _simkit(seconds, steps[1000])


def _size(count: int, seconds: dict[str, float], steps: float, against: Comparison) -> Row:
    named = ", ".join(
        f"{NAMES[each]} {taken:.4f} s ({steps / taken:.0f} times)" for each, taken in seconds.items()
    )
    missed = f"{against.steps_missed} of {against.contacts} contacts missed"
    return Row(
        f"contacts, {count:,} units: exact against 10-s stepped NumPy",
        f"{named}; stepped {steps:.2f} s, {missed} ({100.0 * against.steps_missed / max(1, against.contacts):.2f} %), "
        f"the others {against.steps_late:.1f} s late; exact {against.missed} missed, {against.late} late",
        met=not (against.missed or against.late),
        wanted="0 missed, 0 late",
    )


def _faster(switch: str, ratio: float, against: Comparison) -> Row:
    wanted = FASTER[switch]
    return Row(
        f"contacts at 1,000 units against 10-s steps, {NAMES[switch]}",
        f"{ratio:.0f} times; {against.missed} missed, {against.late} late",
        "P3",
        f"at least {wanted} times; 0 missed, 0 late",
        ratio >= wanted and not (against.missed or against.late),
    )


def _growth(switch: str, seconds: dict[int, float]) -> Row:
    low, high = 200, SIZES[-1]
    exponent = math.log(seconds[high] / seconds[low]) / math.log(high / low)
    return Row(
        f"growth of contact cost, {low} to {high:,} units, {NAMES[switch]}",
        f"exponent {exponent:.2f}",
        "P4",
        f"at most {EXPONENT}",
        exponent <= EXPONENT,
    )


def _simkit(seconds: dict[str, dict[int, float]], steps: float) -> Iterator[Row]:
    """Against Simkit, its figures scaled to this machine by the anchor that scales them down the more."""
    event = cpu(lambda: bare(EVENTS), 3) / EVENTS
    scale = min(steps / STEPPED, event / TIMEOUT)
    yield Row(
        "this machine against that of the anchors",
        f"stepped NumPy {steps / STEPPED:.2f} of the time, bare SimPy events {event / TIMEOUT:.2f}; taken: {scale:.2f}",
    )
    for count, anchor in SIMKIT.items():
        own = {each: taken[count] for each, taken in seconds.items()}
        ratios = {each: anchor * scale / taken for each, taken in own.items()}
        yield Row(
            f"contacts, {count:,} units, against Simkit ({anchor} s, here {anchor * scale:.3f} s)",
            ", ".join(f"{NAMES[each]} {ratio:.1f} times" for each, ratio in ratios.items()),
            "P11",
            "ahead" if AHEAD[count] == 1 else f"at least {AHEAD[count]} times",
            all(ratio >= AHEAD[count] for ratio in ratios.values()),
        )
