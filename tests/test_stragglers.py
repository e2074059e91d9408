"""Who cannot be at a serial in time is not waited for, while enough others are there."""

import pytest
from small_exercise import clock, played, result, serial

FAR = """
  blue:
    name: Blue
    flagship: Alpha
    at: 40-00N 134-00E
    units:
      - {platform: frigate, names: [Alpha, Bravo]}
      - {platform: frigate, names: [Charlie], at: 36-30N 134-00E}"""
ROLES = "{{units: {{names: [Alpha, Bravo, Charlie], least: {least} ({least} .. {least})}}}}"


@pytest.mark.parametrize("least", [1, 2])
def test_a_serial_begins_without_one_who_is_too_far_off(least):
    """Charlie has 200 miles to go, for which the patience of half an hour is too short: COMEX is on time, and she is left behind."""
    run = played(serial(1, roles=ROLES.format(least=least), late="{hold: 30 min}"), forces=FAR)

    comex = next(record for record in run.log.of("comex"))
    (left,) = run.log.of("dropped-out")
    assert comex.time == clock(8)
    assert (left.unit, left.details["reason"]) == ("Charlie", "transit")
    assert left.time <= comex.time


def test_one_without_whom_it_makes_no_sense_is_waited_for():
    run = played(serial(1, roles=ROLES.format(least=3), late="{hold: 30 min}"), forces=FAR)

    assert ("cancelled", "transit") == result(run, "1")
    assert [] == list(run.log.of("dropped-out"))


def test_one_who_can_still_come_is_waited_for():
    run = played(serial(1, roles=ROLES.format(least=1), late="{hold: 9 h}", duration="30 min"), forces=FAR)

    assert [] == list(run.log.of("dropped-out"))
    assert next(record for record in run.log.of("comex")).time > clock(9)


def test_without_an_area_nobody_goes_back_for_one_who_is_far_behind():
    """Charlie is named first, and 200 miles off: the others form up where they are, and begin without her."""
    roles = "{units: {names: [Charlie, Alpha, Bravo], least: 2 (2 .. 2)}}"
    run = played(serial(1, area=None, roles=roles, late="{hold: 30 min}"), forces=FAR)

    comex = next(record for record in run.log.of("comex"))
    assert comex.time == clock(8)
    assert ["Charlie"] == [record.unit for record in run.log.of("dropped-out")]
