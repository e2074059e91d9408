"""Fixtures for tests of the scenario format: a whole scenario, and a folder to write files in."""

from pathlib import Path

import pytest
from small_scenario import BASE


@pytest.fixture
def base():
    """The text of a scenario without a fault."""
    return BASE


@pytest.fixture
def put(tmp_path, monkeypatch):
    """Writes a scenario file and gives its path as a planner in that folder would type it."""
    monkeypatch.chdir(tmp_path)

    def write(content, name="x.yaml"):
        path = Path(name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
