"""The benchmarks run, and print one table; what they find is nobody's test."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_bench_run_prints_its_table():
    done = subprocess.run([sys.executable, str(HERE / "bench_run.py"), "--quick"], check=True, capture_output=True,
                          text=True, env=os.environ | {"PYTHONPATH": str(HERE.parent.parent)})  # fmt: skip
    lines = done.stdout.splitlines()

    assert ["| what | figure |", "|---|---|"] == lines[:2]
    assert "" == done.stderr
    for what in ("machine", "Python", "one replication", "SimPy events in it", "bare SimPy, as many events",
                 "reading the scenario", "writing the run folder", "memory of a run", "navdrill --help"):  # fmt: skip
        assert any(line.startswith(f"| {what} | ") for line in lines)
