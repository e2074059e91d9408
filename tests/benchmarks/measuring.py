"""How the benchmarks measure: CPU time here and in child processes, memory, the machine, and rows of the one table."""

from __future__ import annotations

import gc
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
MAIN = ROOT / "scenarios" / "northern_interaction_2023.yaml"
SMALL = ROOT / "scenarios" / "gunnery_day.yaml"
SEED = 7
PACKAGES = ("mesa", "simpy", "numpy", "numba", "pydantic", "ruamel.yaml", "click")
NUMBA = find_spec("numba") is not None
SWITCH = "NAVDRILL_COMPILED"

_BYTECODE = tempfile.TemporaryDirectory()


@dataclass(frozen=True)
class Row:
    """One line of the table. figure: P1 to P11, or empty for what has none; met: None where nothing is wanted."""

    what: str
    measured: str
    figure: str = ""
    wanted: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        met = "" if self.met is None else "yes" if self.met else "NO"
        return f"| {self.figure} | {self.what} | {self.wanted} | {self.measured} | {met} |"


def scenario(quick: bool) -> Path:
    """What is played: the main exercise, or a small one only to show that it runs."""
    return SMALL if quick else MAIN


def cpu(work: Callable[[], object], times: int = 1) -> float:
    """Median CPU seconds of a piece of work."""
    return timed(work, times)[0]


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Median CPU seconds of a piece of work, and what it gave the last time."""
    found, given = [], None
    for _ in range(times):
        began = time.process_time()
        given = work()
        found.append(time.process_time() - began)
    return statistics.median(found), given


def in_turn(times: int, *works: Callable[[], object]) -> list[float]:
    """Median CPU seconds of several pieces of work, done in turn so that a noisy machine disturbs all alike."""
    found = [[cpu(work) for work in works] for _ in range(times)]
    return [statistics.median(column) for column in zip(*found, strict=True)]


def children() -> float:
    """CPU seconds of all child processes that have ended, user and system."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def child(times: int, *words: str) -> float:
    """Median CPU seconds of a Python child process, its bytecode already compiled."""
    found = []
    for _ in range(times + 1):
        before = children()
        output(*words)
        found.append(children() - before)
    return statistics.median(found[1:])  # the first compiles


def output(*words: str) -> str:
    """What a Python child process prints."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": _BYTECODE.name}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    words = (sys.executable, *words)
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT, env=environment)
    return done.stdout


def held(work: Callable[[], Any]) -> tuple[int, Any]:
    """Bytes that what a piece of work gives holds, and what it gave. Done once before, for what is loaded only then."""
    work()
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    given = work()
    gc.collect()
    bytes_held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return bytes_held, given


def machine() -> list[Row]:
    """Processor, system, versions, date."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    versions = [f"{each} {metadata.version(each)}" for each in PACKAGES if each != "numba" or NUMBA]
    return [
        Row("machine", f"{name}, {os.cpu_count()} processors; {platform.system()} {platform.release()}"),
        Row("Python", f"{platform.python_version()} ({platform.python_implementation()})"),
        Row("packages", ", ".join(versions)),
        Row("date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
    ]
