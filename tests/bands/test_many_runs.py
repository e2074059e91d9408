"""What pictures of many runs show is what the measures and records of the runs say."""

from math import isnan
from statistics import mean, stdev

import numpy as np
import pytest
from matplotlib.text import Text

from sim.bands import (
    contacts,
    cooperation,
    detection_ranges,
    fall_of_shot,
    fuel_and_ammunition,
    scoreboard,
    timeline,
    utilisation,
)
from sim.bands._bands import grid
from sim.estimates import quantile
from sim.plots import contacts as of_one
from sim.quantities import HOUR, NAUTICAL_MILE


def test_serials_begin_and_end_as_the_outcomes_say(runs, line):
    figure = timeline.draw(runs)
    for serial in runs[0].plan.serials:
        told = [run.outcomes[serial.serial].details for run in runs]
        for name, key in (("begin", "comex_s"), ("end", "finex_s")):
            times = [each[key] for each in told if not isnan(each["comex_s"])]
            if times:
                assert line(figure, f"{name} middle {serial.serial}")[0] == pytest.approx(
                    (quantile(times, 0.5) / HOUR,)
                )
                assert line(figure, f"{name} outer {serial.serial}")[0] == pytest.approx(
                    (quantile(times, 0.05) / HOUR, quantile(times, 0.95) / HOUR)
                )
        done = sum(each["result"] in ("completed", "shortened") for each in told) / len(told)
        (text,) = [each for each in figure.findobj(Text) if each.get_gid() == f"carried {serial.serial}"]
        assert text.get_text() == f"{done:.0%}"


def test_units_are_used_as_the_measure_says(runs, line):
    figure = utilisation.draw(runs)
    shown = 0
    for measure in utilisation.KINDS.values():
        told = [run.measures(measure)[measure] for run in runs]
        for name in told[0]:
            values = [each.get(name, 0.0) for each in told]
            if quantile(values, 0.95) > 0:
                assert line(figure, f"middle {name}")[0] == pytest.approx((100 * quantile(values, 0.5),))
                shown += 1
    assert shown > len(runs[0].plan.forces)


def test_cooperation_ends_at_the_measured_density(main_runs, line):
    figure = cooperation.draw(main_runs)
    measured = [100 * run.measures("cooperation")["cooperation"] for run in main_runs]
    assert line(figure, "middle growth")[1][-1] == pytest.approx(quantile(measured, 0.5))


def test_pairs_are_counted_in_runs(main_runs):
    found = cooperation.across(main_runs)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert max(found.values()) == 1.0
    for pair, share in list(found.items())[:5]:
        assert share == sum(pair in cooperation.network(run).across for run in main_runs) / len(main_runs)


def test_fuel_at_the_end_is_the_last_record(main_runs, line):
    figure = fuel_and_ammunition.draw(main_runs)
    for ship in ("Zaozhuang", "Pechenga"):
        last = []
        for run in main_runs:
            told = [record for record in run.log.of("fuel") if record.unit == ship][-1].details
            last.append(100 * told["fuel_t"] / told["capacity_t"])
        assert line(figure, f"middle fuel {ship}")[1][-1] == pytest.approx(quantile(last, 0.5))


def test_who_fired_in_some_runs_has_all_in_the_others(main_runs):
    _, rounds = fuel_and_ammunition.courses(main_runs)
    assert rounds
    assert {len(each) for each in rounds.values()} == {len(main_runs)}
    assert all(course[0] == 1.0 for each in rounds.values() for course in each)


def test_contacts_at_a_time_are_those_held_then(main_runs, line):
    figure = contacts.draw(main_runs)
    times = grid(main_runs[0])
    at = len(times) // 3
    values = []
    for run in main_runs:
        (radar,) = [held.course for held in of_one.by_sensor(run) if held.of == "radar"]
        values.append(radar[radar[:, 0] <= times[at], 1][-1])
    assert line(figure, "middle radar", "Contacts held, by sensor")[1][at] == quantile(values, 0.5)


def test_cells_are_mean_and_deviation(main_runs):
    found = scoreboard.boards(main_runs)
    checked = 0
    for (unit, drill), cell in found.cells.items():
        scores = [
            board.scores[unit, drill]
            for board in map(scoreboard.board, main_runs)
            if (unit, drill) in board.scores
        ]
        scores = [each for each in scores if not isnan(each)]
        assert cell.runs == len(scores)
        assert cell.mean == pytest.approx(mean(scores))
        if len(scores) > 1:
            assert cell.spread == pytest.approx(stdev(scores), abs=1e-12)
            checked += 1
        else:
            assert isnan(cell.spread)
    assert checked
    figure = scoreboard.draw(main_runs)
    cell = found.cells["Qiqihar", "ceremony"]
    (text,) = [each for each in figure.findobj(Text) if each.get_gid() == "cell Qiqihar ceremony"]
    assert text.get_text() == f"{cell.mean:.2f}\n± {cell.spread:.2f}"


def test_all_rounds_for_effect_are_pooled(runs):
    """Each once, with its hit."""
    found = fall_of_shot.pools(runs)
    told = [
        record.details
        for run in runs
        for record in run.log.of("round", "shore-round")
        if record.details["phase"] == "effect"
    ]
    assert sum(len(each.errors) for each in found) == len(told) > 0
    pooled = np.sort(np.concatenate([each.errors[:, 0] for each in found]))
    assert pooled == pytest.approx(np.sort([each["across_m"] for each in told]))
    hit = sum(
        record.details["hit"]
        for run in runs
        for record in run.log.of("round")
        if record.details["phase"] == "effect"
    )
    assert sum(int(each.hits.sum()) for each in found if not each.is_round) == hit


def test_first_detections_are_pooled(main_runs, line):
    found = detection_ranges.ranges(main_runs)
    wanted = {}
    for run in main_runs:
        seen = set()
        for record in run.log.of("detected"):
            if (record.serial, record.other) not in seen:
                seen.add((record.serial, record.other))
                wanted.setdefault((record.serial, record.details["sensor"]), []).append(
                    record.details["range_m"]
                )
    assert {
        (serial, sensor): sorted(each)
        for serial, sensors in found.items()
        for sensor, each in sensors.items()
    } == {key: sorted(each) for key, each in wanted.items()}
    figure = detection_ranges.draw(main_runs)
    for (serial, sensor), each in wanted.items():
        assert line(figure, f"middle {sensor}", serial)[0] == pytest.approx(
            (quantile(each, 0.5) / NAUTICAL_MILE,)
        )
