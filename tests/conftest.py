"""What many tests ask for."""

import os

import pytest
from small_exercise import MAIN

from sim.scenario.read import read

os.environ["TERM"] = "xterm"  # whoever runs the tests; those of dumb terminals say so


@pytest.fixture(scope="session")
def main_plan():
    """The four days of the main scenario."""
    return read(MAIN)
