"""Lines of fuel and ammunition go through the records and end at what is measured."""

import numpy as np
import pytest

from sim.plots import fuel_and_ammunition
from sim.quantities import HOUR


@pytest.fixture(scope="module")
def drawn(run):
    return fuel_and_ammunition.draw(run)


def test_lines_end_at_the_measured_shares(run, drawn, points):
    for panel, measure in (("fuel", "fuel_left"), ("ammunition", "ammunition_left")):
        shares = run.measures(measure)[measure]
        shown = 0
        for unit, share in shares.items():
            line = points(drawn, f"{panel} {unit}")
            if len(line):
                assert line[-1, 1] == pytest.approx(100 * share), unit
                shown += 1
            else:
                assert share == pytest.approx(1.0), unit  # who never fired has no line
        assert shown > 1


def test_fuel_goes_through_every_record(run, drawn, points):
    for record in run.log.of("fuel"):
        if record.details["capacity_t"] > 0:
            line = points(drawn, f"fuel {record.unit}")
            wanted = record.time / HOUR, 100 * record.details["fuel_t"] / record.details["capacity_t"]
            assert np.isclose(line, wanted).all(axis=1).any(), record


def test_only_the_hose_fills_bunkers(run):
    """A line rises by what was taken over, less what was burnt meanwhile, and nowhere else."""
    taken = {}
    capacity = {record.unit: record.details["capacity_t"] for record in run.log.of("fuel")}
    for record in run.log.of("transfer"):
        taken[record.unit] = taken.get(record.unit, 0.0) + record.details["fuel_t"] / capacity[record.unit]
    for stock in fuel_and_ammunition.bunkers(run):
        rises = np.clip(np.diff(stock.course[:, 1]), 0, None).sum()
        assert rises <= taken.get(stock.unit, 0.0) + 1e-9
        assert rises >= 0.9 * taken.get(stock.unit, 0.0)


def test_magazines_never_fill(run):
    for stock in fuel_and_ammunition.magazines(run):
        assert (np.diff(stock.course[:, 1]) <= 1e-12).all()


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_without_records_says_so(nothing_logged, says_so):
    says_so(fuel_and_ammunition.draw(nothing_logged))
