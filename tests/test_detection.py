"""The laws of detection, against published values and against chance itself."""

from math import pi, sqrt

import numpy as np
import pytest

from sim import detection as law

NMI = 1852.0


def test_swerling_1_falls_with_the_fourth_power():
    """SEN-03: 13 dB at 100 km; the range for an even chance."""
    strong, noise = law.ratio(13.0), 1e-6
    assert law.swerling_1(strong, noise) == pytest.approx(0.5171776, rel=1e-6)
    assert law.swerling_1(law.echo(strong, 100e3, 80e3), noise) == pytest.approx(0.7573662, rel=1e-6)
    wanted = law.signal_for(0.5, noise)
    assert law.range_for(strong, 100e3, wanted) == pytest.approx(101321.905872, rel=1e-9)
    assert law.swerling_1(wanted, noise) == pytest.approx(0.5, rel=1e-9)


def test_a_fading_target_is_above_the_threshold_as_often_as_the_law_says():
    """SEN-03 from exponential powers of target and noise, not from the formula."""
    rng = np.random.default_rng(20230720)
    power = rng.exponential(1.0 + law.ratio(13.0), 200_000)
    above = (power > -np.log(1e-6)).mean()
    assert law.swerling_1(law.ratio(13.0), 1e-6) == pytest.approx(above, abs=4 * sqrt(0.25 / 200_000))


def test_inverse_cube_passes_and_width():
    """SEN-05: k h = 12 nmi3/h at 15 kn."""
    assert law.inverse_cube(12.0, 2.0, 15.0) == pytest.approx(0.32968, rel=1e-5)
    assert law.inverse_cube(12.0, 4.0, 15.0) == pytest.approx(0.09516258, rel=1e-6)
    assert law.inverse_cube_width(12.0, 15.0) == pytest.approx(4.483993, rel=1e-6)
    assert law.sweep_width(lambda x: law.inverse_cube(12.0, x, 15.0), 400.0) == pytest.approx(
        4.483993, rel=3e-3
    )


@pytest.mark.parametrize(
    ("curve", "reach", "width"),
    [(law.triangular(5.0), 5.0, 5.0), (law.exponential(2.5), 200.0, 5.0), (law.gaussian(2.0), 40.0, 2.0 * sqrt(2 * pi)),
     (law.definite(3.0), 3.0, 6.0)],
)  # fmt: skip
def test_sweep_widths_of_four_shapes(curve, reach, width):
    """SEN-11."""
    assert law.sweep_width(curve, reach) == pytest.approx(width, rel=1e-6)


def test_signal_excess_and_its_spread():
    """SEN-09: Phi(3 / 6)."""
    assert law.sonar_chance(3.0, 6.0) == pytest.approx(0.6914625, rel=1e-6)
    assert law.decibels(law.ratio(7.0)) == pytest.approx(7.0)


@pytest.mark.parametrize(("chance", "alarm"), [(1.0, 1e-6), (1e-7, 1e-6)])
def test_no_signal_gives_an_impossible_chance(chance, alarm):
    with pytest.raises(ValueError, match="no signal"):
        law.signal_for(chance, alarm)
