"""Why a run came to what it did: stories that end in weather, traffic, a casualty, a delay or an order."""

import json

import pytest
from small_exercise import MAIN, clock, played, serial

import sim
from sim.accounts import BEGINNINGS, ROOTS, WAITS, of_serial
from sim.errors import AccountError
from sim.log import Log, kind
from sim.runs import Run
from sim.wording import _SAID, plain, sentence

PAIR = "{units: [Alpha, Bravo]}"


FAR = "{sea: {centre: 40-00N 134-00E, radius: 8 nmi}, far: {centre: 40-30N 134-00E, radius: 8 nmi}}"


@pytest.fixture(scope="module")
def main():
    """The main scenario, read once."""
    return sim.load(MAIN)


@pytest.fixture(scope="module")
def eighth(main):
    """Its run with seed 8, on whose third day one serial after another is late."""
    return sim.run(main, 8)


def went_wrong(run):
    """The serials that were not completed, or began late."""
    for number, outcome in run.outcomes.items():
        details = outcome.details
        if details["result"] != "completed" or details["comex_s"] - details["planned_s"] > 15 * 60.0:
            yield number


def every_story_begins(plan, seeds):
    found = {}
    for seed in seeds:
        run = sim.run(plan, seed)
        for number in went_wrong(run):
            account = of_serial(run, number)
            assert account.root in ROOTS, (seed, number, str(account))
            begins = account.records[-1]
            reasons = [each.details["reason"] for each in account.records if "reason" in each.details]
            known = any(each.kind in BEGINNINGS for each in account.records)
            assert known or any(word in WAITS for word in reasons), (seed, number, str(account))
            assert begins.number < account.records[0].number
            found[account.root] = found.get(account.root, 0) + 1
    return found


def test_every_serial_that_went_wrong_has_a_story_with_a_root(main):
    found = every_story_begins(main, range(8, 13))

    assert set(found) >= {"weather", "delay"}


@pytest.mark.slow
def test_every_serial_that_went_wrong_has_a_story_with_a_root_in_a_hundred_runs(main):
    found = every_story_begins(main, range(100))

    assert set(found) == set(ROOTS)


def test_fog_is_the_root_of_what_it_cancels():
    limited = serial(1, comex="08:00", roles=PAIR, limits="{visibility: 20 nmi}", late="{hold: 30 min}")
    run = played(limited)
    (account,) = sim.why(run, "1")

    assert account.root == "weather"
    assert [each.kind for each in account.records] == ["outcome", "hold", "weather"]
    assert account.lines == (
        ("20 Jul 08:30", "Serial 1 is cancelled: poor visibility"),
        ("20 Jul 08:00", "Serial 1 is on hold, for 30 min: poor visibility"),
        ("20 Jul 06:00", "The weather becomes sea state 2, visibility 10 nmi, wind 4 m/s"),
    )


def test_a_serial_that_went_as_planned_has_no_root():
    run = played(serial(1, comex="08:00", roles=PAIR), serial(2, comex="09:05", roles=PAIR))
    (account,) = sim.why(run, "2")

    assert run.outcomes["2"].details["comex_s"] < clock(9, 20)
    assert account.root is None  # completed, a few minutes late: as planned


def test_a_serial_that_went_as_planned_tells_what_made_it_so():
    """Who took part, planned and real times, what it waited for, and its score in four parts."""
    run = played(serial(1, comex="08:00", roles=PAIR), serial(2, comex="09:05", roles=PAIR))
    first, second = sim.why(run, "1") + sim.why(run, "2")

    assert ["outcome", "finex", "comex", "granted", "call"] == [each.kind for each in first.records]
    assert first.lines == (
        ("20 Jul 09:00", "Serial 1 is completed"),
        ("20 Jul 09:00", "FINEX of serial 1, with 100 % of its purpose achieved, at the planned 09:00"),
        ("20 Jul 08:00", "Serial 1 begins as planned; it lasts until 09:00"),
        ("20 Jul 07:30", "Serial 1 has its 2 units and its area: units Alpha, Bravo"),
        ("20 Jul 07:30", "The units of serial 1 are called for COMEX at 08:00, as the schedule has it"),
        ("", "It waited for nothing"),
        ("", "Its score is 1.00, excellent: completion 0.35 of 0.35, timeliness 0.25 of 0.25, technique 0.30 of 0.30 (its purpose), safety 0.10 of 0.10"),
    )  # fmt: skip
    assert list(first.content()["remarks"]) == [words for _, words in first.lines[-2:]]
    assert (
        len(second.records)
        == len(second.content()["chain"])
        == len(second.lines) - len(second.content()["remarks"])
    )


def test_who_took_part_is_who_was_there(main):
    """Aircraft that drop out before a serial has its units are told as dropped out, and not as there."""
    run, dropped = sim.run(main, 7), 0
    for number in run.outcomes:
        account = of_serial(run, number)
        granted = next((k for k, each in enumerate(account.records) if each.kind == "granted"), None)
        if account.root is not None or granted is None:
            continue
        told, before = account.lines[granted][1], account.records[granted + 1 :]
        units = [
            each
            for role in told.partition(": ")[2].split("; ")
            for each in role.partition(" ")[2].split(", ")
        ]
        assert account.records[granted].details["units"] == len(units)
        gone = [each.unit for each in before if each.kind == "dropped-out"]
        assert not {*gone} & {*units}
        dropped += len(gone)
    assert dropped


def test_a_schedule_without_room_is_an_order():
    run = played(serial(1, comex="08:00", duration="3 h", roles=PAIR),
                 serial(2, comex="11:01", roles=PAIR, area="far", late="{hold: 3 h}"), areas=FAR)  # fmt: skip
    (account,) = sim.why(run, "2")

    assert account.root == "order"
    assert (
        account.lines[-1][1] == "Serial 1 kept to its time; the schedule leaves 60 s between it and serial 2"
    )


def test_the_dusk_is_no_root_of_a_serial_that_something_else_kept_till_then(main):
    """The first run from seed 26 on in which the shoot at 5 km is cut off by the dusk."""
    runs = (sim.run(main, seed) for seed in range(26, 60))
    run = next(each for each in runs if each.outcomes["15"].details["reason"] == "daylight")
    account = of_serial(run, "15")

    assert account.root == "delay"
    assert account.lines[-1][1].startswith("Serial 14 ended ")


def test_a_short_hold_ahead_is_no_reason_for_a_long_wait_behind_it(main):
    """Seed 27: serial 14 is stopped for 52 s, and ends 56 min after its time; serial 15 waits for the latter."""
    account = of_serial(sim.run(main, 27), "15")

    assert account.root == "delay"
    assert [each.kind for each in account.records] == ["outcome", "hold", "granted", "comex"]
    assert account.lines[-1][1] == "Serial 14 ended 56 min after its planned FINEX"


def test_a_late_comex_blames_what_kept_it_longest(main):
    """Seed 35: serial 15 is put off by a day, and is still at it when serial 21 is to begin."""
    account = of_serial(sim.run(main, 35), "21")
    kinds = [each.kind for each in account.records]

    assert kinds[kinds.index("comex") + 1] == "postponed"


def test_what_befell_a_unit(eighth):
    accounts = sim.why(eighth, "Taihu")

    assert [(each.root, each.lines[0][1]) for each in accounts] == [
        ("casualty", "Taihu: propulsion fails, and is mended 2 h 3 min later")
    ]
    (nothing,) = sim.why(eighth, "Sea tug")
    assert nothing.root is None
    assert [each.kind for each in nothing.records] == ["assigned", "assigned"]


def test_a_moment_tells_who_waited_and_who_was_under_way(eighth):
    held, under_way = sim.why(eighth, "22 Jul 15:40")

    assert held.of == "Serial 15, Joint artillery shoot at 5 km, at 22 Jul 15:40"
    assert held.root == "delay"
    assert under_way.lines[0][1] == "No serial is under way"
    assert sim.why(eighth, "08:50")[-1].of == "Under way at 20 Jul 08:50"  # the first day's


@pytest.mark.parametrize("what", ["99", "Alfa", "24 Jul 09:00", "25:00"])
def test_what_a_run_knows_nothing_of_is_refused(what):
    run = played(serial(1, roles=PAIR))

    with pytest.raises(AccountError):
        sim.why(run, what)


def test_a_kind_without_words_of_its_own_is_told_by_its_description():
    told = kind("tried-out", "A ship tries something out.", took_s="number", times="count")
    log = Log()
    log.write(told, 0.0, unit="Alpha", took_s=7800.0, times=3)
    run = Run(None, 0, 0, log)

    assert plain(run, log[0]) == "Alpha: a ship tries something out (took 2 h 10 min, times 3)"


def test_every_kind_in_a_chain_of_the_main_scenario_can_be_told(eighth):
    kinds = {record.kind: record for record in eighth.log}

    for record in kinds.values():
        said = sentence(eighth, record)
        assert said.rstrip(".") == said != "", (record.kind, said)
        assert "None" not in said, (record.kind, said)
    assert len(_SAID.keys() & kinds.keys()) > 15


def test_the_command_tells_it_from_a_folder(tmp_path, invoke):
    limited = serial(1, comex="08:00", roles=PAIR, limits="{visibility: 20 nmi}", late="{hold: 30 min}")
    run = played(limited)
    sim.save(run, tmp_path / "run")
    code, out, _ = invoke("why", tmp_path / "run", "1")

    assert code == 0
    assert out.splitlines()[0] == "Serial 1, Serial 1:"
    assert out.splitlines()[-1].split() == ["root", "weather"]
    (told,) = json.loads(invoke("why", tmp_path / "run", "1", "--json")[1])["accounts"]
    assert told["root"] == "weather"
    assert [each["kind"] for each in told["chain"]] == ["outcome", "hold", "weather"]
    code, _, refused = invoke("why", tmp_path / "run", "7")
    assert code == 2
    assert "no serial or unit called '7'" in refused
