"""The joint air patrols: what was reported of June 2023 comes out of who flies where, and every patrol of the series is answered."""

import pytest

from sim.runs import play
from sim.scenario.read import read

NATIONS = {"H-6K": "chn", "J-11B": "chn", "Tu-95MS": "rus", "Su-35S": "rus"}
DAY = 86_400.0


def in_zone(run, day):
    """Crossings of the Korean zone by aircraft of the patrols on a day since midnight of the first: time of the day, kind, unit."""
    midnight = (run.plan.begins.replace(hour=0) - run.plan.begins).total_seconds() + day * DAY
    return [(record.time - midnight, record.kind, record.unit) for record in run.log.of("entered", "left")
            if record.details["area"] == "kadiz" and record.unit.rsplit(" ", 1)[0] in NATIONS and 0.0 <= record.time - midnight < DAY]  # fmt: skip


@pytest.fixture(scope="module")
def june():
    """One run of both days."""
    return play(read("joint_air_patrol_2023"), 7)


def test_four_and_four_are_in_the_korean_zone_for_two_hours(june):
    """Reported: 11:52 to 13:49. The beginning is set to a few minutes, the end is not."""
    found = in_zone(june, 0)
    inside = {unit for _, _, unit in found}
    counts = {
        nation: sum(NATIONS[unit.rsplit(" ", 1)[0]] == nation for unit in inside) for nation in ("chn", "rus")
    }

    assert counts == {"chn": 4, "rus": 4}
    assert abs(found[0][0] / 60.0 - (11 * 60 + 52)) < 10.0
    assert abs(found[-1][0] / 60.0 - (13 * 60 + 49)) < 15.0


def test_both_neighbours_send_fighters_up_and_see_the_bombers(june):
    """On both days Japan's, on the first day Korea's; all of them land."""
    ordered = [(record.serial, record.time // DAY) for record in june.log.of("scrambled")]
    assert {("1", 0.0), ("2", 0.0), ("2", 1.0)} <= set(ordered)
    assert {"1", "2"} == {record.serial for record in june.log.of("intercepted")}
    up = [record.unit for record in june.log.of("launched")]
    assert sorted(up) == sorted(record.unit for record in june.log.of("landed"))


def test_the_russian_bombers_land_in_china_and_start_from_there(june):
    """Reported of the two days."""
    landed = [record.at for record in june.log.of("landed") if record.unit == "Tu-95MS 01"]
    started = [record.at for record in june.log.of("launched") if record.unit == "Tu-95MS 01"]

    assert len(landed) == len(started) == 2
    assert started[1] == landed[0]
    assert landed[1] == started[0]


def test_every_patrol_of_the_series_is_flown_together_and_answered():
    """Six days, six patrols, at least a pair of Korean fighters against each."""
    run = play(read("air_patrol_series_2019_2023"), 3)
    shares = {
        record.serial: record.details["together_s"] / record.details["planned_s"]
        for record in run.log.of("patrolled")
    }

    assert sorted(shares) == ["3", "4", "5", "6", "7", "8"]
    assert all(share > 0.9 for share in shares.values())
    for day in range(6):
        assert in_zone(run, day)
        sent = [
            record for record in run.log.of("launched") if record.serial == "1" and record.time // DAY == day
        ]
        assert len(sent) >= 2
