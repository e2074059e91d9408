"""Studies played once for all tests that look at them."""

import pytest
from small_study import study

from sim.studies.results import load
from sim.studies.sweep import sweep


@pytest.fixture(scope="session")
def played(tmp_path_factory):
    """A folder with a study, played in this process, and the text of its table."""
    folder = tmp_path_factory.mktemp("studies") / "signals"
    table = sweep(study(), folder)
    return folder, table.csv()


@pytest.fixture(scope="session")
def found(played):
    return load(played[0])
