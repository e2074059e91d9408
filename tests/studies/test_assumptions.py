"""Which assumption matters: what is spread, that it can be read, and that the ranking finds what is there."""

import pytest

from sim.conclusions import assumption_lines
from sim.conclusions import assumptions as told_of
from sim.figures._assumptions import draw
from sim.runs import Run, play
from sim.scenario.read import find, planted
from sim.studies.assumptions import assumptions, ranked, study_of_assumptions
from sim.studies.results import load
from sim.studies.sweep import sweep

TREE = planted("communications")
HOME = find(TREE.file).parent


@pytest.fixture(scope="module")
def spread():
    return study_of_assumptions(TREE, HOME, 40, 1, 5, ["serials_completed"])


def test_every_declared_range_is_spread_but_what_is_chosen_or_drawn():
    paths = {each.path: each for each in assumptions(TREE, HOME)}
    assert paths["environment.sea_state"].whole
    assert (paths["environment.visibility"].low, paths["environment.visibility"].high) == ("5 nmi", "15 nmi")
    assert "command.misunderstood.across" in paths
    assert not any(each.endswith((".comex", ".least", ".count")) for each in paths)
    assert not any("order_delay" in each for each in paths)  # drawn anew at each use
    assert len(assumptions(TREE, HOME, sheets=True)) > 3 * len(paths)


def test_each_column_is_even_over_its_range_and_independent(spread):
    study, lost = spread
    assert lost == 0
    for at, _ in enumerate(study.experiment.factors):
        parts = sorted(int(point.shares[at] * 40) for point in study.points)
        assert parts == list(range(40))
    assert study.seed_of(study.points[3]) == 8  # luck of its own


def test_what_is_behind_a_measure_comes_first(spread, tmp_path):
    """A measure that is a number of the scenario and nothing else: that one brings about all of its variance."""
    study, _ = spread
    table = sweep(study, tmp_path, play=foreseen)
    assert not table.faults
    found = load(tmp_path)
    first, second = ranked(found, "serials_completed")[:2]
    assert first.path == "environment.visibility"
    assert first.share.value == pytest.approx(1.0, abs=0.12)
    assert first.share.low > 0.0 >= second.share.low
    told = told_of(found)
    text = "\n".join(assumption_lines(found, told, 2, 90))
    assert "40 points; 2 more did not make a scenario that can be read" in " ".join(text.split())
    assert (
        "environment.visibility"
        in text.splitlines()[
            next(at for at, line in enumerate(text.splitlines()) if "share" in line and "range" in line) + 1
        ]
    )
    labels = [label.get_text() for label in draw(found, told).axes[0].get_yticklabels()]
    assert labels[-1] == "environment.visibility"


class Foreseen(Run):
    """A run whose measure is the visibility of its plan."""

    def measures(self, *names):
        return {"serials_completed": self.plan.environment.visibility.value}


def foreseen(plan, seed, replication):
    return Foreseen(plan, seed, replication, play(plan, seed, replication).log)


def test_a_measure_that_never_varies_is_said_to(tmp_path):
    """Instead of shares of nothing."""
    study, _ = study_of_assumptions(TREE, HOME, 16, 1, 5, ["serials_completed"])
    sweep(study, tmp_path / "same")
    found = load(tmp_path / "same")
    lines = list(assumption_lines(found, told_of(found), 0, 80))

    assert 1 == len(set(found.table.column("serials_completed")))
    assert ["serials_completed", "The same in every run, so there is nothing to share out."] == lines[-2:]
