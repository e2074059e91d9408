"""Settings on the command line: `--set PATH=VALUE` for run, check and facts."""

import json
import shlex
from pathlib import Path

import pytest

from sim import store
from sim.options import NAMED, settings_named
from sim.runs import play
from sim.scenario.overrides import read_with

SMALL = "gunnery_day"
CALM, SHORT = "environment.sea_state=1", "serials.3.duration={low: 20 min, mode: 30 min, high: 40 min}"


def test_run_plays_the_variant_and_says_how_to_repeat_it(invoke, tmp_path):
    """The command in the folder, read again as a shell would, gives the same run."""
    code, out, err = invoke("run", SMALL, "--set", CALM, "--set", SHORT, "--seed", 2, "--out", tmp_path / "a", "--json", "--no-pictures")  # fmt: skip
    found = json.loads(out)

    assert (0, "") == (code, err)
    assert (
        play(read_with(SMALL, [CALM, SHORT]), 2).fingerprint
        == found["fingerprint"]
        != play(read_with(SMALL), 2).fingerprint
    )
    assert read_with(SMALL, [CALM, SHORT]).digest == store.load(tmp_path / "a").plan.digest
    _, again, _ = invoke(
        *shlex.split(found["command"])[1:], "--out", tmp_path / "b", "--json", "--no-pictures"
    )
    assert json.loads(again)["fingerprint"] == found["fingerprint"]


def test_variants_have_folders_of_their_own(invoke, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    invoke("run", SMALL, "--set", CALM, "--no-pictures")

    assert ["gunnery_day-environment.sea_state=1-seed0"] == [each.name for each in Path("out").iterdir()]


@pytest.mark.parametrize("pair", [(("a.b=1 m",), ("a.b=1_m",)), (("a=" + "x" * 99,), ("a=" + "x" * 98,)), (("a=1", "b=2"), ("b=2", "a=1"))])  # fmt: skip
def test_names_of_folders_tell_settings_apart(pair):
    """However odd or long; and they are names on any disk."""
    first, second = map(settings_named, pair)

    assert first != second
    assert all(len(each) <= NAMED + 9 and not set(each) & set(' /\\:*?"<>|') for each in (first, second))


def test_run_many_plays_the_variant(invoke, tmp_path):
    code, out, _ = invoke(
        "run", SMALL, "--set", CALM, "-n", 2, "--workers", 1, "--out", tmp_path / "many", "--json"
    )

    assert (0, 2) == (code, json.loads(out)["replications"])
    code, _, err = invoke("run", SMALL, "-n", 2, "--workers", 1, "--out", tmp_path / "many")
    assert 2 == code
    assert "holds replications of another scenario" in err


def test_check_tells_faults_at_the_setting(invoke):
    assert (0, "gunnery_day: good; 3 serials, 8 hours\n", "") == invoke("check", SMALL, "--set", CALM)
    code, out, err = invoke("check", SMALL, "--set", "serials.4.comex=20 Jul 12:00", "--set", CALM)

    assert (2, "") == (code, out)
    assert err.startswith(
        "--set serials.4.comex=20 Jul 12:00: serials.4.comex: no serial called '4'; there are: 1, 2, 3\n"
    )


def test_facts_show_the_variant(invoke):
    numbers = json.loads(
        invoke("facts", SMALL, "--set", "areas.gunnery.radius=7 nmi (6 .. 8 nmi)", "--json")[1]
    )["numbers"]

    assert ["7 nmi"] == [each["value"] for each in numbers if each["path"] == "areas.gunnery.radius"]
