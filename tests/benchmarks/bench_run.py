"""How long things take, as one table: `python tests/benchmarks/bench_run.py`.

All in one process and in CPU time, so that figures can be compared; commands are measured as child processes,
against an interpreter that does nothing. Nothing is asserted: machines differ. `--quick` only shows that it runs.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from importlib import metadata
from pathlib import Path

import simpy

from sim import store
from sim.exercise import Exercise
from sim.runs import Run, play
from sim.scenario.read import read

ROOT = Path(__file__).parent.parent.parent
SCENARIO = ROOT / "scenarios" / "northern_interaction_2023.yaml"
SMALL = ROOT / "scenarios" / "gunnery_day.yaml"
SEED = 7
PROCESSES = 1000  # of the bare program; each waits again and again
PACKAGES = ("mesa", "simpy", "numpy", "pydantic", "ruamel.yaml", "click")


def cpu(work: Callable[[], object], times: int) -> float:
    """Median CPU seconds of a piece of work."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return statistics.median(found)


def child(times: int, *words: str) -> float:
    """Median CPU seconds, user and system, of a Python child process, its bytecode already compiled."""
    found = []
    for _ in range(times + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, *words], check=True, capture_output=True, cwd=ROOT, env=_environment()
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(found[1:])  # the first compiles


def _environment() -> dict[str, str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": _BYTECODE.name}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


_BYTECODE = tempfile.TemporaryDirectory()


def events_of(exercise: Exercise) -> int:
    """How many SimPy events an exercise processes from beginning to end."""
    count, step = 0, exercise.env.step

    def counted() -> None:
        nonlocal count
        count += 1
        step()

    exercise.env.step = counted  # type: ignore[method-assign]  # SimPy's own run asks for it each time
    exercise.run()
    return count


def bare(events: int) -> None:
    """A SimPy program that does nothing but wait, with as many events: what the kernel itself costs."""
    env = simpy.Environment()
    each = max(1, events // PROCESSES - 2)  # a process begins and ends with an event of its own

    def wait(delay: float) -> Iterator[simpy.Event]:
        for _ in range(each):
            yield env.timeout(delay)

    for number in range(min(PROCESSES, events)):
        env.process(wait(1.0 + number / PROCESSES))
    env.run()


def memory_of(work: Callable[[], Run]) -> float:
    """Bytes a run holds for each of its records once it has been played."""
    work()  # what is loaded at the first time only
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    run = work()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return held / len(run.log)


def machine() -> str:
    """The processor's name as the system has it, and how many there are."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor() or platform.machine()}, {os.cpu_count()} processors"


def rows(quick: bool) -> Iterator[tuple[str, str]]:
    """The lines of the table: what, how much."""
    scenario, times, starts = (SMALL, 2, 1) if quick else (SCENARIO, 15, 9)
    yield "machine", machine()
    yield "system", f"{platform.system()} {platform.release()}"
    yield "Python", f"{platform.python_version()} ({platform.python_implementation()})"
    yield "date", date.today().isoformat()
    yield "packages", ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    yield "scenario", f"{scenario.stem}, seed {SEED}"

    reading = cpu(lambda: read(scenario), times)
    plan = read(scenario)
    run = play(plan, SEED)
    playing = cpu(lambda: play(plan, SEED), times)
    events = events_of(Exercise(plan, SEED))
    kernel = cpu(lambda: bare(events), times)
    yield (
        "one replication",
        f"{1e3 * playing:.1f} ms CPU, median of {times}; plan read before, records kept, no pictures",
    )
    yield "SimPy events in it", f"{events}"
    yield "records in it", f"{len(run.log)}"
    yield "events a second", f"{events / playing:,.0f}"
    yield "bare SimPy, as many events", f"{1e3 * kernel:.1f} ms CPU; {events / kernel:,.0f} events a second"
    yield "bare SimPy over the replication", f"{playing / kernel:.1f} times as many events a second"
    yield "simulated over CPU time", f"{plan.length / playing:,.0f} times as fast as the clock"

    with tempfile.TemporaryDirectory() as folder:
        writing = cpu(lambda: store.save(run, folder), times)
        size = sum(each.stat().st_size for each in Path(folder).iterdir())
        back = cpu(lambda: store.load(folder), times)
    yield "reading the scenario", f"{1e3 * reading:.0f} ms CPU"
    yield "writing the run folder", f"{1e3 * writing:.0f} ms CPU; {size / 1e3:,.0f} kB"
    yield "reading the run folder", f"{1e3 * back:.0f} ms CPU"
    yield "memory of a run", f"{memory_of(lambda: play(plan, SEED)):.0f} bytes a record"

    nothing = child(starts, "-c", "pass")
    yield "an interpreter that does nothing", f"{1e3 * nothing:.0f} ms CPU"
    for words in (["--help"], ["check", str(SMALL)], *([["check", str(SCENARIO)]] if not quick else [])):
        taken = child(starts, "-m", "sim", *words)
        named = " ".join(["navdrill", *(Path(word).name for word in words)])
        yield named, f"{1e3 * taken:.0f} ms CPU; {taken / nothing:.1f} times the bare interpreter"


def main() -> None:
    """Prints the table as Markdown."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument(
        "--quick", action="store_true", help="a small scenario, twice: only to show that it runs"
    )
    quick = ask.parse_args().quick
    print("| what | figure |\n|---|---|")
    for what, figure in rows(quick):
        print(f"| {what} | {figure} |", flush=True)


if __name__ == "__main__":
    main()
