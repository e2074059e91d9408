"""Many replications: two cores against one, what the runner costs, and memory over a thousand. P5, P6 and P8."""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import SEED, Row, children, cpu, output, scenario

from sim.runs import play
from sim.scenario.read import read
from sim.scenario.schema import Scenario
from sim.scenario.tree import plant
from sim.studies.experiment import study_of
from sim.studies.findings import findings
from sim.studies.results import load
from sim.studies.sweep import sweep

COUNT, CORES, SHARE = 500, 2, 0.9  # P5
OVERHEAD = 1e-3  # s; P6
ROWS, READING = 100_000, 1.0  # rows of a study, s to read and summarise them
STUDY = """\
experiment: Rows
scenario: gunnery_day
design: full-factorial
replications: {each}
factors:
  sea_state: {{path: environment.sea_state, levels: [1, 2]}}
measures: [serials_completed]
"""
CHEAP = ("serials_completed",)  # one measure, so that the runner is measured and not the measures
EARLY, LATE, GROWTH = 100, 1000, 10.0  # P8: runs, MiB
LEAN = """
import gc, sys
from pathlib import Path
from sim.runs import play
from sim.scenario.read import read
plan, pages = read(sys.argv[1]), Path("/proc/self/statm")
for number in range(int(sys.argv[3])):
    play(plan, {seed}, number)
    if number + 1 in (int(sys.argv[2]), int(sys.argv[3])):
        gc.collect()
        print(pages.read_text().split()[1])
"""


def rows(quick: bool) -> Iterator[Row]:
    """The rows of many replications."""
    plan = read(scenario(quick))
    if find_spec("sim.replications") is not None:
        yield from _replications(plan, quick)
        yield _reading(100 if quick else ROWS)
    if os.path.exists("/proc/self/statm"):
        yield _memory(quick)


def _replications(plan: Scenario, quick: bool) -> Iterator[Row]:
    """By the runner: on two cores, and with a run that costs nothing."""
    replicate = importlib.import_module("sim.replications").replicate
    resume = importlib.import_module("sim.archive").resume
    count = 4 if quick else COUNT
    some = range(min(20, count))
    play(plan, SEED)
    alone = cpu(lambda: [play(plan, SEED, number).measures(*CHEAP) for number in some]) / len(some)
    before, began, own = children(), time.perf_counter(), time.process_time()
    replicate(plan, SEED, count, measures=CHEAP, workers=CORES)
    elapsed, used = time.perf_counter() - began, children() - before + time.process_time() - own
    ideal = count * alone / CORES
    yield Row(
        f"{count} replications on two cores against their CPU time on one, over two",
        f"{ideal:.1f} s over {elapsed:.1f} s by the clock: {ideal / elapsed:.2f}; over half of all CPU time: "
        f"{CORES * ideal / used:.2f}",
        "P5",
        f"at least {SHARE}",
        ideal / elapsed >= SHARE,
    )
    run = play(plan, SEED)
    asked = cpu(lambda: [run.measures(*CHEAP) for _ in range(count)]) / count
    taken = cpu(lambda: replicate(plan, SEED, count, measures=CHEAP, play=lambda *_: run)) / count - asked
    with TemporaryDirectory() as folder:
        kept = (
            cpu(lambda: resume(plan, SEED, count, folder, measures=CHEAP, play=lambda *_: run)) / count
            - asked
        )
    yield Row(
        "runner and store, per run",
        f"{1e3 * kept:.3f} ms; the runner alone {1e3 * taken:.3f}",
        "P6",
        f"under {1e3 * OVERHEAD:.0f} ms",
        kept < OVERHEAD,
    )


def _reading(count: int) -> Row:
    """A study read back and summarised. One run stands for all, so that making the rows takes no hour."""
    study = study_of(plant(STUDY.format(each=count // 2), "rows.yaml"), Path.cwd())
    run = play(read("gunnery_day"), SEED)
    with TemporaryDirectory() as folder:
        sweep(study, folder, play=lambda *_: run)
        taken = cpu(lambda: findings(load(folder)))
    return Row(
        f"{count:,} rows of a study, {3 * count:,} outcomes of serials with them, read and summarised",
        f"{taken:.2f} s CPU",
        "",
        f"under {READING:.0f} s",
        taken < READING,
    )


def _memory(quick: bool) -> Row:
    """Resident memory of one process that plays on and on."""
    early, late = (2, 4) if quick else (EARLY, LATE)
    told = output("-c", LEAN.format(seed=SEED), str(scenario(quick)), str(early), str(late)).split()
    first, last = (int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20 for pages in told)
    grown = last - first
    return Row(
        f"growth of memory from run {early} to {late:,} in one process",
        f"{grown:.1f} MiB, from {first:.1f} to {last:.1f}",
        "P8",
        f"under {GROWTH:.0f} MiB",
        grown < GROWTH,
    )
