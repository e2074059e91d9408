"""What stays and what it costs to start: memory per unit and record, start-up, the run folder. P7, P9 and P10."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measuring import MAIN, ROOT, SEED, SMALL, Row, child, cpu, held, in_turn, scenario

from sim import store
from sim.exercise import Exercise
from sim.runs import play
from sim.scenario.read import read
from sim.scenario.schema import Scenario

FURTHER = 100  # units
UNIT, RECORD = 20 * 1024, 64  # bytes; P7
HELP, CHECK = 8.0, 40.0  # times a bare interpreter; P9
PART, GROUND = 0.2, 0.05  # of the run itself, and s; P10


def rows(quick: bool) -> Iterator[Row]:
    """The rows of memory, of the run folder and of start-up."""
    plan = read(scenario(quick))
    yield from _memory(plan)
    yield from _folder(plan, 2 if quick else 15)
    yield from _start(1 if quick else 9, quick)


def _memory(plan: Scenario) -> Iterator[Row]:
    few, many = _crowded(0), _crowded(FURTHER)
    unit = (held(lambda: Exercise(many))[0] - held(lambda: Exercise(few))[0]) / FURTHER
    yield Row(
        f"memory per further unit, {FURTHER} ships more on a day of gunnery",
        f"{unit / 1024:.1f} KiB",
        "P7",
        f"under {UNIT // 1024} KiB",
        unit < UNIT,
    )
    taken, run = held(lambda: play(plan, SEED))
    record = taken / len(run.log)
    yield Row(
        "memory of a run, per record", f"{record:.0f} bytes", "P7", f"under {RECORD} bytes", record < RECORD
    )


def _crowded(further: int) -> Scenario:
    """The small scenario with more ships in it, read from a file of its own."""
    text = SMALL.read_text("utf-8").replace("../seeds/", f"{ROOT / 'seeds'}/")
    if further:
        ship = re.search(r"( +)- \{platform: type-054a, .*\n", text)
        assert ship is not None
        text = text.replace(ship[0], f"{ship[0]}{ship[1]}- {{platform: type-054a, count: {further}}}\n")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "crowded.yaml"
        file.write_text(text, "utf-8")
        return read(file)


def _folder(plan: Scenario, times: int) -> Iterator[Row]:
    run = play(plan, SEED)
    with tempfile.TemporaryDirectory() as folder:
        playing, writing = in_turn(times, lambda: play(plan, SEED), lambda: store.save(run, folder))
        size = sum(each.stat().st_size for each in Path(folder).iterdir())
        back = cpu(lambda: store.load(folder), times)
    wanted = PART * playing + GROUND
    yield Row(
        "writing the run folder, no pictures",
        f"{1e3 * writing:.0f} ms, {size / 1e3:,.0f} kB; {len(run.log) / writing:,.0f} records a second",
        "P10",
        f"under a fifth of the run and 50 ms: {1e3 * wanted:.0f} ms",
        writing < wanted,
    )
    yield Row("reading the run folder", f"{1e3 * back:.0f} ms CPU")


def _start(times: int, quick: bool) -> Iterator[Row]:
    nothing = child(times, "-c", "pass")
    yield Row("an interpreter that does nothing", f"{1e3 * nothing:.0f} ms CPU")
    for words, most in ((["--help"], HELP), (["check", str(SMALL if quick else MAIN)], CHECK)):
        ratio = child(times, "-m", "sim", *words) / nothing
        yield Row(
            " ".join(["navdrill", *(Path(word).name for word in words)]),
            f"{ratio:.1f} times the bare interpreter",
            "P9",
            f"at most {most:.0f} times",
            ratio <= most,
        )
