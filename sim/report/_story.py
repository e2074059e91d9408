"""The run in sentences: what was played, how it went, what stopped it, what it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from math import fsum, isnan

from sim.measures.score import breaches, mark
from sim.outcomes import PUNCTUAL
from sim.plots._clock import merged, nights, sight, spells
from sim.plots._rows import holds
from sim.plots._style import result
from sim.quantities import NAUTICAL_MILE
from sim.report._captions import lasting
from sim.runs import Run
from sim.scenario.roles import muster
from sim.scoreboard import REASONS
from sim.tables import headline


def sentences(run: Run) -> list[str]:
    """The summary, a sentence or two for each thing worth knowing."""
    return [
        *_played(run),
        *_results(run),
        *_weather(run),
        *_holds(run),
        *_fires(run),
        *_safety(run),
        *_supply(run),
        *_together(run),
    ]


def _played(run: Run) -> Iterator[str]:
    begins, ends = run.plan.begins, run.plan.begins + timedelta(seconds=run.plan.length)
    units = muster(run.plan)
    forces = Counter(each.force for each in units)
    shares = ", ".join(f"{run.plan.forces[name].name} {count}" for name, count in forces.items())
    seed = f"seed {run.seed}" + (f", replication {run.replication}" if run.replication else "")
    yield (
        f"{run.plan.exercise} was played from {begins:%d %B %Y %H:%M} to {ends:%d %B %Y %H:%M} "
        f"(UTC{begins:%z}), with {seed}: {_count(len(units), 'unit')} ({shares}) and {_count(len(run.plan.serials), 'serial')}."
    )


def _results(run: Run) -> Iterator[str]:
    if not run.outcomes:
        return
    found = headline(run)
    punctual = found["serials_on_time"]
    yield f"{result(run)}; {punctual} began within {lasting(PUNCTUAL)} of the plan."
    mean = found["mean_score"]
    if not isnan(mean):
        yield f"The mean score of the serials is {mean:.2f}, which is {mark(mean)}."
    for number, record in run.outcomes.items():
        details = record.details
        if details["result"] != "completed":
            reason = REASONS.get(details["reason"], details["reason"])
            because = f": {reason}" if reason else ""
            yield f"Serial {number}, {run.serial(number).title}, was {details['result']}{because}."


def _weather(run: Run) -> Iterator[str]:
    found = spells(run)
    if not found:
        return
    seas, sights = [each.sea_state for each in found], [each.visibility / NAUTICAL_MILE for each in found]
    sea = f"{seas[0]}" if len(set(seas)) == 1 else f"{min(seas)} to {max(seas)}"
    far = f"{sights[0]:.1f}" if len(set(sights)) == 1 else f"{min(sights):.1f} to {max(sights):.1f}"
    fog = [each for each in merged(found, "visibility") if sight(each.visibility) == "fog"]
    foggy = (
        f" Fog lay for {lasting(fsum(each.end - each.start for each in fog))}."
        if fog
        else " There was no fog."
    )
    dark = _count(len(nights(run)), "night")
    yield f"The sea state was {sea}, the visibility {far} nmi.{foggy} {dark} fell into the exercise."


def _holds(run: Run) -> Iterator[str]:
    waits: dict[str, list[float]] = {}
    for each in holds(run).values():
        for hold in each:
            waits.setdefault(hold.reason, []).append(hold.end - hold.start)
    if not waits:
        yield "No serial was held."
        return
    total = fsum(wait for each in waits.values() for wait in each)
    parts = [f"{REASONS.get(reason, reason)} {lasting(fsum(each))}"
             for reason, each in sorted(waits.items(), key=lambda item: -fsum(item[1]))]  # fmt: skip
    yield f"Serials were held for {lasting(total)} in all: {', '.join(parts)}."


def _fires(run: Run) -> Iterator[str]:
    rounds = sum(run.measures("rounds")["rounds"].values())
    if not rounds:
        return
    rate = headline(run).get("hit_rate", float("nan"))
    hits = "" if isnan(rate) else f"; {rate:.0%} of the rounds fired for effect at surface targets hit"
    yield f"{_count(rounds, 'round')} were fired{hits}."


def _safety(run: Run) -> Iterator[str]:
    fires, close = (sum(1 for _ in run.log.of(word)) for word in ("check-fire", "close-quarters"))
    unsafe = len(breaches(run))
    yield (
        f"Safety stopped serials {_count(fires, 'time')}; a ship passing by came too near {_count(close, 'time')}. "
        + ("No round was fired with a stranger in the range." if not unsafe
           else f"In {_count(unsafe, 'serial')} a round was fired with a stranger in the range.")
    )  # fmt: skip


def _supply(run: Run) -> Iterator[str]:
    burnt = run.measures("fuel")["fuel"]
    left = run.measures("fuel_left")["fuel_left"]
    over = fsum(record.details["fuel_t"] for record in run.log.of("transfer"))
    if burnt:
        delivered = f", and took {over:.0f} t over at sea" if over else ""
        words = f"Ships burnt {fsum(burnt.values()):.0f} t of fuel{delivered}."
        if left:
            least = min(left, key=lambda name: left[name])
            words += f" {least} had least left at the end, {left[least]:.0%} of her bunkers."
        yield words
    sorties = sum(run.measures("sorties")["sorties"].values())
    if sorties:
        yield f"Aircraft flew {_count(sorties, 'sortie')}."


def _together(run: Run) -> Iterator[str]:
    found = headline(run)
    share, delay = found["cooperation"], found["cooperation_delay"]
    if isnan(share):
        return
    wait = (
        ""
        if isnan(delay)
        else f"; an order across the boundary was acknowledged after {delay:.0f} s in the mean"
    )
    yield f"Of the pairs of units of two forces {share:.0%} worked with each other{wait}."


def _count(number: int, noun: str) -> str:
    """A number of things; once and twice by themselves."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
