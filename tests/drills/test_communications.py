"""The signal drill: delays inside a navy and between two, and what practice does to them."""

import pytest
from small_exercise import SECTIONS, played, scenario, serial

from sim.errors import ScenarioError

SHIPS = "{ships: [Alpha, Bravo, Golf, Hotel]}"


def test_a_signal_takes_as_long_as_its_slowest_answer():
    """Between navies two minutes, inside one thirty seconds; each force's flagship in turn."""
    run = played(serial(1, "communications", roles=SHIPS, signals=4, interval="60 s"))
    across = played(serial(1, "communications", roles="{ships: [Alpha, Bravo]}", signals=4, interval="60 s"))

    assert [120.0] * 4 == list(run.log.table("signal")["taken_s"])
    assert [3] * 4 == list(run.log.table("signal")["addressees"])
    assert [30.0] * 4 == list(across.log.table("signal")["taken_s"])
    senders = [record.unit for record in run.log.of("order") if record.details["words"].startswith("signal")]
    assert ["Alpha", "Golf"] * 2 == list(dict.fromkeys(senders)) * 2


def test_practice_shortens_the_delay_between_navies():
    """After n joint serials: floor + (1 - floor) l^n of it; nothing inside a navy."""
    run = played(*(serial(number, "communications", comex=f"{7 + number}:00".zfill(5), duration="50 min", roles=SHIPS, signals=2)
                   for number in range(1, 5)))  # fmt: skip
    told = run.log.table("acknowledged")

    for done in range(4):
        factor = 0.4 + 0.6 * 0.9**done
        mine = told["serial"] == str(done + 1)
        assert [pytest.approx(120 * factor)] * 4 == list(told["delay_s"][mine & (told["across"] == 1)])[-4:]
        assert {30.0} == {round(each, 6) for each in told["delay_s"][mine & (told["across"] == 0)]}


def test_what_is_not_understood_is_sent_again():
    """Always misheard it is sent six times, and then goes by hand."""
    command = SECTIONS["command"].replace(
        "misunderstood: {national: 0 %, across: 0 %}", "misunderstood: {national: 0 %, across: 100 %}"
    )
    run = played(serial(1, "communications", roles=SHIPS, signals=1), command=command)
    told = [record for record in run.log.of("acknowledged") if record.details["across"]]

    assert {6} == {record.details["sendings"] for record in told}
    assert {720.0} == {record.details["delay_s"] for record in told}
    assert 5 * len(told) == len(list(run.log.of("repeated")))


def test_half_a_signal_is_refused_at_its_line():
    """A count is whole."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: serials.0.signals"):
        scenario(serial(1, "communications", roles=SHIPS, signals="4.5"))
