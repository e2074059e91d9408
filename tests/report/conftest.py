"""Fixtures for tests of reports: the whole exercise in foul weather, a small day with hostile names."""

import json
from pathlib import Path

import pytest
from pages import ATTRIBUTE, HOSTILE, Page
from small_exercise import SECTIONS, played, serial

from sim import store
from sim.report.page import replay, report
from sim.runs import play
from sim.scenario.read import read

UNITS = "{units: {any: ship}}"
SCENARIOS = Path(__file__).parents[2] / "scenarios"


def made(run, tmp_path_factory, command):
    """(folder, manifest, page) of a run that was saved."""
    folder = store.save(run, tmp_path_factory.mktemp("reports") / "run", command)
    about = store.told(folder)
    return folder, about, Page(report(run, about, folder))


@pytest.fixture(scope="session")
def foul_weather():
    """A run of the whole exercise in which serials are held, put off, stopped and cancelled."""
    return play(read(SCENARIOS / "northern_interaction_2023.yaml"), seed=5)


@pytest.fixture(scope="session")
def foul(foul_weather, tmp_path_factory):
    return made(foul_weather, tmp_path_factory, "navdrill run northern_interaction_2023 --seed 5")


@pytest.fixture(scope="session")
def hostile_run():
    """A run whose exercise, ships, areas and serials have names that are markup."""
    quoted, attribute = json.dumps(HOSTILE), json.dumps(ATTRIBUTE)
    forces = SECTIONS["forces"].replace("Alpha", quoted).replace("name: Red", f"name: {attribute}")
    return played(serial(1, roles=UNITS, title=quoted), serial("'</script><b>'", comex="10:00", roles=UNITS, title=attribute), forces=forces,
                  exercise=quoted, areas=SECTIONS["areas"].replace("sea: {", f"sea: {{title: {attribute}, "),
                  command=SECTIONS["command"].replace("Alpha", quoted))  # fmt: skip


@pytest.fixture(scope="session")
def hostile(hostile_run, tmp_path_factory):
    return made(hostile_run, tmp_path_factory, f"navdrill run {HOSTILE}")


@pytest.fixture(scope="session")
def alone(foul_weather):
    """The replay of the foul weather by itself."""
    return Page(replay(foul_weather))
