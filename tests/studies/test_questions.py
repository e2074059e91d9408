"""The studies of the report's questions run by one command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_all_of_them_run_by_one_command():
    done = subprocess.run([sys.executable, "experiments/studies.py", "--quick"], cwd=ROOT, check=False, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert 6 == sum(line.endswith(" runs") for line in done.stderr.splitlines())
