"""Scarce things: tugs, a range for one at a time, berths and repair teams, as the board grants them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING

from sim.cases._case import MINUTE, Answer, Trial, absolute, case, over, within
from sim.cases._customers import WARM, Customers, Draw, one
from sim.cases._played import plan
from sim.exercise import Exercise
from sim.quantities import HOUR
from sim.scenario.numbers import Number
from sim.variates import exponential, uniform

if TYPE_CHECKING:
    from numpy.random import Generator

REPLICATIONS = (
    24  # independent ones in each case; four more than the least that says something of its own error
)


def _replications(trial: Trial, count: int = REPLICATIONS) -> Iterator[tuple[Customers, Generator]]:
    """Each with its exercise and its stream."""
    for number in range(count):
        yield Customers(number), trial.draws("customers", number)


def _exponential(draws: Generator, mean: float) -> Draw:
    return partial(exponential, draws, mean)


@case(
    "QUE-01", "drawn", "Three tugs (M/M/3)", "sim.board.Board", "5.5 an hour, 25 min each, 3 tugs, first come first served",
    "GH", p_wait=within(0.5894305, 0.02), wq_min=within(20.80343, 0.02), lq=within(1.906981, 0.02),
    utilisation=within(0.7638889, 0.02),
)  # fmt: skip
def tugs(trial: Trial) -> Answer:
    """Serials that want a tug."""
    rows = []
    for queue, draws in _replications(trial):
        gap, service = _exponential(draws, HOUR / 5.5), _exponential(draws, 25 * MINUTE)
        start, end = queue.play(queue.stream(trial.count(22_000, 300), gap, service, resources=one("tugs")))
        waits = queue.counted(queue.waits)
        rows.append((
            sum(wait > 0.0 for wait in waits) / len(waits), fsum(waits) / len(waits) / MINUTE,
            queue.waiting.mean(start, end), queue.served.mean(start, end) / 3.0,
        ))  # fmt: skip
    p_wait, wq, lq, used = map(over, zip(*rows, strict=True))
    return {"p_wait": p_wait, "wq_min": wq, "lq": lq, "utilisation": used}


@case(
    "QUE-03", "drawn", "A range for one at a time (M/G/1)", "sim.board.Board",
    "1.2 an hour, uniform from .25 to .75 h, first come first served", "GH",
    wq_h=within(0.40625, 0.02), lq=within(0.4875, 0.02), w_h=within(0.90625, 0.02),
)  # fmt: skip
def range_queue(trial: Trial) -> Answer:
    """Serials that want an exclusive area."""
    rows = []
    for queue, draws in _replications(trial):
        gap, service = _exponential(draws, HOUR / 1.2), partial(uniform, draws, 0.25 * HOUR, 0.75 * HOUR)
        start, end = queue.play(queue.stream(trial.count(5_000, 250), gap, service, area="range"))
        waits, stays = queue.counted(queue.waits), queue.counted(queue.stays)
        rows.append(
            (fsum(waits) / len(waits) / HOUR, queue.waiting.mean(start, end), fsum(stays) / len(stays) / HOUR)
        )
    wq, lq, w = map(over, zip(*rows, strict=True))
    return {"wq_h": wq, "lq": lq, "w_h": w}


@case("QUE-05", "drawn", "Two priorities without pre-emption", "sim.board.Board",
      "essential .8 and optional 1.0 an hour, exponential 20 min for both, one pilot", "COB", "GH",
      wq_high_h=within(0.2727273, 0.02), wq_low_h=within(0.6818182, 0.02))  # fmt: skip
def priorities(trial: Trial) -> Answer:
    """Whoever is more important goes first, but nobody is sent away from what he has."""
    rows = []
    for queue, draws in _replications(trial):
        count, service = trial.count(8_000, 300), _exponential(draws, HOUR / 3.0)
        queue.play(*(
            queue.stream(round(count * rate / 1.8), _exponential(draws, HOUR / rate), service,
                         resources=one("pilots"), priority=rank)
            for rank, rate in (("essential", 0.8), ("optional", 1.0))
        ))  # fmt: skip
        waits = [queue.counted(queue.waits, rank) for rank in ("essential", "optional")]
        rows.append([fsum(each) / len(each) / HOUR for each in waits])
    high, low = map(over, zip(*rows, strict=True))
    return {"wq_high_h": high, "wq_low_h": low}


@case("QUE-07", "drawn", "Six units, two repair teams", "sim.board.Board", "30 h up, 5 h to mend, both exponential", "GH",
      mean_up=within(5.067717, 0.02), p_all_up=within(0.3851269, 0.02), p_waiting=within(0.06927677, 0.02))  # fmt: skip
def repairs(trial: Trial) -> Answer:
    """Units that want a team each time they fail. Ships mend their own equipment; teams are a resource of the exercise."""
    rows = []
    for queue, draws in _replications(trial, 48):
        units = [
            queue.circle(
                _exponential(draws, 30 * HOUR), _exponential(draws, 5 * HOUR), resources=one("teams")
            )
            for _ in range(6)
        ]
        start, end = queue.play(*units, until=trial.count(16_500, 1) * HOUR)
        down = queue.there
        rows.append((6 - down.mean(start, end), down.share(start, end, 0, 0), down.share(start, end, 3, 6)))
    up, all_up, waiting = map(over, zip(*rows, strict=True))
    return {"mean_up": up, "p_all_up": all_up, "p_waiting": waiting}


@case("QUE-09", "drawn", "Berths without waiting (Erlang loss)", "sim.board.Board",
      "four berths, three erlangs; whoever finds none free leaves", "GH",
      p_blocked=within(0.2061069, 0.01), carried=within(2.381679, 0.01))  # fmt: skip
def berths(trial: Trial) -> Answer:
    """Requests withdrawn when they are not granted at once."""
    rows = []
    for queue, draws in _replications(trial):
        gap, service = _exponential(draws, HOUR / 3.0), _exponential(draws, HOUR)
        stream = queue.stream(trial.count(4_500, 250), gap, service, resources=one("berths"), patient=False)
        start, end = queue.play(stream)
        late = [number for number in queue.turned_away if number >= WARM * queue.asked]
        rows.append((len(late) / (queue.asked * (1.0 - WARM)), queue.served.mean(start, end)))
    blocked, carried = map(over, zip(*rows, strict=True))
    return {"p_blocked": blocked, "carried": carried}


@case("QUE-09", "engine", "Berths without waiting (Erlang loss)", "sim.conductor.Conductor",
      "four berths, three erlangs; whoever finds none free leaves", "GH", p_blocked=within(0.2061069, 0.02))  # fmt: skip
def berths_conducted(trial: Trial) -> Answer:
    """Serials of a day and a half that are skipped when they cannot begin at once; of all but the first tenth."""
    day, shares = plan("anchorage"), []
    pattern = day.serials[0]
    for number in range(trial.count(280)):
        draws, serials, now = trial.draws("ships", number), [], HOUR
        for ship in range(1, 101):
            now += exponential(draws, HOUR / 3.0)
            selector = pattern.roles["units"].model_copy(update={"names": (f"frigate {ship}",)})
            serials.append(pattern.model_copy(update={
                "serial": f"{ship}", "comex": Number(now, "moment"), "duration": Number(exponential(draws, HOUR), "time"),
                "roles": {"units": selector},
            }))  # fmt: skip
        log = Exercise(day.model_copy(update={"serials": tuple(serials)}), number).run()
        skipped = [record.details["result"] == "cancelled" for record in log.of("outcome")
                   if int(record.serial or 0) > WARM * len(serials)]  # fmt: skip
        shares.append(sum(skipped) / len(skipped))
    return {"p_blocked": over(shares)}


@case("QUE-12", "drawn", "Little's law on a sample path", "sim.log.Log",
      "100,000 customers, nobody there at either end; the difference in customer hours", "GH",
      identity_error=absolute(0.0, 1e-9))  # fmt: skip
def little(trial: Trial) -> Answer:
    """Time on hold added up over the records that end one, against the number on hold added up over the time."""
    queue, draws = Customers(0), trial.draws("customers")
    gap, service = _exponential(draws, HOUR / 22), _exponential(draws, 25 * MINUTE / 4)
    queue.play(queue.stream(trial.count(100_000), gap, service, resources=one("tugs")))
    held, marks = [], []
    for record in queue.played.log.of("hold", "resume"):
        marks.append((record.time, 1 if record.kind == "hold" else -1))
        held += [record.details["held_s"] / HOUR] if record.kind == "resume" else []
    marks.sort(key=lambda mark: mark[0])
    there, parts = 0, []
    for (since, by), (until, _) in pairwise(marks):
        there += by
        parts.append(there * (until - since) / HOUR)
    return {"identity_error": fsum(parts) - fsum(held)}


FUNCTION_ONLY = dict.fromkeys(
    ("QUE-01", "QUE-03", "QUE-05", "QUE-07", "QUE-12"),
    "the customers are serials on the board, clock and log of an exercise, but no conductor calls them: a queue in its long run "
    "takes tens of thousands",
)
