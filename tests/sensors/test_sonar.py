"""Sonar: the range at which the loss has used up the figure of merit."""

from math import inf, isclose, log10

import pytest

from sim.scenario import library
from sim.scenario.sheets import fitted
from sim.sensors.sonar import Sonar, range_of
from sim.setting import Conditions


def test_sen_09_figure_of_merit_range():
    """REQ-SEN-09: 80 dB, 0.8 dB/km; reference distance one metre."""
    assert isclose(5839.88766689, range_of(80.0, 0.8e-3), rel_tol=1e-6)


@pytest.mark.parametrize(("level", "absorption"), [(40.0, 0.0), (60.0, 1e-3), (95.0, 0.3e-3)])
def test_the_range_is_the_root(level, absorption):
    """The loss at it is the figure of merit, to what a millimetre makes."""
    found = range_of(level, absorption)

    assert isclose(level, 20 * log10(found) + absorption * found, rel_tol=1e-4 / found + 1e-9)


def test_ends_of_the_scale():
    """Nothing left is no range; a loss that never uses it up is no bound."""
    assert 0.0 == range_of(0.0, 1e-3)
    assert inf == range_of(200.0, 0.0)


def test_rough_seas_take_range():
    """By so many decibels a sea state; only submarines are for it."""
    sheet = library.platform("udaloy")
    sonar = Sonar(fitted(sheet)["sonar"], sheet)
    ranges = [sonar.cap(Conditions(state, 1e4, True)) for state in range(7)]

    assert sorted(ranges, reverse=True) == ranges
    assert range_of(84.0 - 2 * 3, 0.8e-3) == ranges[3]
    assert Sonar.showing(sheet) is None
    assert 0.0 == Sonar.showing(sheet.model_copy(update={"family": "submarine"}))
