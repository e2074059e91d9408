"""The polar plots show the contacts of the log at their bearings and ranges."""

import numpy as np
import pytest

from sim.plots import detection_ranges
from sim.quantities import NAUTICAL_MILE


@pytest.fixture(scope="module")
def drawn(foul_weather):
    return detection_ranges.draw(foul_weather)


def test_every_contact_gained_is_drawn_once(foul_weather, drawn):
    for axes in drawn.axes:
        wanted = sorted(
            (np.radians(record.details["bearing_deg"]), record.details["range_m"] / NAUTICAL_MILE)
            for record in foul_weather.log.of("detected")
            if record.serial == axes.get_label()
        )
        shown = [
            np.column_stack(line.get_data())
            for line in axes.lines
            if str(line.get_gid()).startswith(("first ", "again "))
        ]
        assert wanted == sorted(map(tuple, np.concatenate(shown)))


def test_each_target_is_gained_first_once(foul_weather):
    for serial, found in detection_ranges.gains(foul_weather).items():
        first = [gain.target for gain in found if gain.is_first]
        assert len(first) == len(set(first)), serial
        assert set(first) == {gain.target for gain in found}


def test_the_dashed_circle_is_the_measured_mean(foul_weather, drawn, points):
    means = foul_weather.measures("raid_detection_range")["raid_detection_range"]
    assert means
    for serial, mean in means.items():
        circle = points(drawn, "mean", serial)
        assert circle[:, 1] == pytest.approx(np.full(len(circle), mean / NAUTICAL_MILE))


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_without_contacts_says_so(quiet, says_so):
    says_so(detection_ranges.draw(quiet))
