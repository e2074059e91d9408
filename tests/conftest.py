"""What many tests ask for."""

import pytest
from small_exercise import MAIN

from sim.scenario.read import read


@pytest.fixture(scope="session")
def main_plan():
    """The four days of the main scenario."""
    return read(MAIN)
