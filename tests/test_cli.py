"""The command line as a user meets it: what it prints, where, and with which exit code."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim import cli, shelves, store
from sim.archive import Archive, about
from sim.catalogue import describe
from sim.errors import NavdrillError
from sim.listing import BESIDE, cells, paragraphs, span, table
from sim.runs import play
from sim.scenario import library
from sim.scenario.read import read

ROOT = Path(__file__).parent.parent
MAIN, SMALL = "northern_interaction_2023", "gunnery_day"
BAD = """\
navdrill: 1
exercise: Bad day
begins: 2023-07-20 06:00 +08:00
ends: 2023-07-20 14:00 +08:00
serials:
  - {serial: 1, drill: gunery, comex: 20 Jul 07:00, duration: 1 h}
"""
HEAVY = ("mesa", "matplotlib", "pandas", "scipy", "numpy", "rich", "networkx", "shapely")


def navdrill(*words, cwd=ROOT, columns=80, **more):
    """The command in a process of its own, not on a terminal."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": str(columns)}
    return subprocess.run([sys.executable, "-m", "sim", *map(str, words)], cwd=cwd, env=environment, timeout=120,
                          capture_output=True, text=True, encoding="utf-8", check=False, **more)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run folder of the small scenario."""
    return store.save(play(read(SMALL), seed=3), tmp_path_factory.mktemp("runs") / "run")


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(BAD)
    return path


def test_run_prints_json_and_nothing_else(invoke, tmp_path):
    code, out, err = invoke("run", SMALL, "--seed", 3, "--out", tmp_path / "run", "--json", "--no-pictures")
    found = json.loads(out)

    assert (0, "") == (code, err)
    assert ["1", "2", "3"] == [row["serial"] for row in found["serials"]]
    assert play(read(SMALL), seed=3).fingerprint == found["fingerprint"]
    assert (tmp_path / "run").as_posix() == found["folder"]
    assert {row["measure"] for row in found["measures"]} <= {
        name.replace("-", "_") for name in shelves.names("measures")
    }
    assert found["fingerprint"] == store.load(tmp_path / "run").fingerprint


@pytest.mark.parametrize("columns", [80, 120])
def test_run_prints_a_table_that_fits(invoke, tmp_path, columns):
    code, out, err = invoke("run", SMALL, "--out", tmp_path / "run", "--no-pictures", columns=columns)
    lines = out.splitlines()

    assert (0, "") == (code, err)
    assert "Gunnery day, seed 0" == lines[0]
    assert ["No", "Planned", "COMEX", "FINEX", "Outcome", "Score", "Serial"] == lines[2].split()
    for serial in read(SMALL).serials:
        assert 1 == sum(bool(re.match(rf" *{serial.serial}  20 Jul \d\d:\d\d  ", line)) for line in lines)
    assert "\x1b" not in out
    assert columns >= max(len(line) for line in lines if "Run folder" not in line)
    assert f"Run folder: {(tmp_path / 'run').as_posix()}" == lines[-1]


def test_run_draws_its_pictures(invoke, tmp_path):
    code, out, _ = invoke("run", SMALL, "--out", tmp_path / "run")

    assert 0 == code
    for name in ("timeline.png", "tracks.png"):
        assert (tmp_path / "run" / name).read_bytes().startswith(b"\x89PNG")
        assert f"Picture:    {(tmp_path / 'run' / name).as_posix()}" in out


def test_run_says_what_it_takes_away(invoke, tmp_path):
    """The report of the run before goes; one of the same run stays, and pictures drawn anew are no loss."""
    words = ("run", SMALL, "--out", tmp_path / "run", "--seed")
    report = tmp_path / "run" / "report.html"
    invoke(*words, 3)
    report.write_text("of seed 3")

    assert "Removed" not in invoke(*words, 3)[1]
    assert report.exists()
    assert (
        f"Removed:    {report.as_posix()}, of the run that was there before"
        == invoke(*words, 4)[1].splitlines()[-1]
    )

    report.write_text("of seed 4")
    found = json.loads(invoke(*words, 5, "--no-pictures", "--json")[1])
    assert {"report.html", "timeline.png", "tracks.png"} == {Path(each).name for each in found["removed"]}


def test_run_has_a_folder_of_its_own_name(invoke, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    invoke("run", SMALL, "--seed", 5, "--no-pictures")

    assert (tmp_path / "out" / "gunnery_day-seed5" / "run.json").is_file()


def test_run_refuses_a_foreign_folder_before_it_plays(invoke, tmp_path, monkeypatch):
    (tmp_path / "thesis.tex").write_text("x")
    monkeypatch.setattr("sim.runs.play", lambda *_: pytest.fail("played in vain"))
    code, out, err = invoke("run", SMALL, "--out", tmp_path)

    assert (2, "") == (code, out)
    assert f"navdrill: {tmp_path} is not empty and holds no run; choose another --out\n" == err


def test_run_one_replication_of_many(invoke, tmp_path):
    _, out, _ = invoke(
        "run", SMALL, "--seed", 3, "--replication", 2, "--out", tmp_path / "run", "--json", "--no-pictures"
    )
    found = json.loads(out)

    assert play(read(SMALL), 3, 2).fingerprint == found["fingerprint"]
    assert 2 == found["replication"]
    assert f"navdrill run {SMALL} --seed 3 --replication 2" == found["command"]


@pytest.mark.parametrize("columns", [80, 120])
def test_run_many_prints_two_tables(invoke, tmp_path, columns):
    code, out, err = invoke(
        "run", SMALL, "--seed", 3, "-n", 4, "--workers", 1, "--out", tmp_path / "many", columns=columns
    )
    lines = out.splitlines()

    assert (0, "") == (code, err)
    assert "Gunnery day, seed 3, 4 replications" == lines[0]
    assert re.search(r"^measure +mean +95 % interval +5 % +50 % +95 % +spread$", out, re.M)
    assert re.search(
        r"^serials completed +[\d.]+ +-?[\d.]+ \.\. [\d.]+ +\d +\d +\d +[▁▂▃▄▅▆▇█ ]+$", out, re.M
    )
    assert re.search(
        r"^ 1 +\d+ \(\d+ \.\. \d+\) +\d+ +\d+ +[▁▂▃▄▅▆▇█ ]+ +-?\d+ \.\. -?\d+ +\d+ +\d+ +\S", out, re.M
    )
    assert f"Replications: {(tmp_path / 'many').as_posix()}" == lines[-2]
    assert f"Picture:      {(tmp_path / 'many' / 'serials.png').as_posix()}" == lines[-1]
    assert (tmp_path / "many" / "serials.png").stat().st_size > 10_000
    assert columns >= max(len(line) for line in lines[:-2])


def test_run_many_in_json(invoke, tmp_path):
    runs = [play(read(SMALL), 3, replication) for replication in range(5)]
    code, out, err = invoke("run", SMALL, "--seed", 3, "-n", 5, "--workers", 1, "--out", tmp_path, "--json")
    found = json.loads(out)
    completed = [run.measures("serials_completed")["serials_completed"] for run in runs]

    assert (0, "") == (code, err)
    assert (5, []) == (found["replications"], found["failed"])
    assert sum(completed) / 5 == pytest.approx(found["measures"]["serials_completed"]["value"])
    assert sorted(completed)[2] == found["measures"]["serials_completed"]["q50"]
    for serial in read(SMALL).serials:
        carried = sum(
            run.outcomes[serial.serial].details["result"] in ("completed", "shortened") for run in runs
        )
        assert carried / 5 == found["serials"][serial.serial]["carried_out"]["value"]


def test_run_many_again_goes_on(invoke, tmp_path, monkeypatch):
    _, first, _ = invoke("run", SMALL, "-n", 3, "--workers", 1, "--out", tmp_path / "many")
    monkeypatch.setattr("sim.runs.play", lambda *_: pytest.fail("played again"))

    assert (0, first, "") == invoke("run", SMALL, "-n", 3, "--workers", 1, "--out", tmp_path / "many")


def test_run_many_has_a_folder_of_its_own_name(invoke, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    invoke("run", SMALL, "--seed", 5, "-n", 1)

    assert (tmp_path / "out" / "gunnery_day-seed5-replications" / "replications.csv").is_file()


def test_run_many_tells_how_to_repeat_what_broke(invoke, tmp_path, monkeypatch):
    def broken(plan, seed, replication):
        if replication == 1:
            raise NavdrillError(f"broke 5 s into the exercise (seed {seed}, replication {replication})")
        return play(plan, seed, replication)

    monkeypatch.setattr("sim.runs.play", broken)
    code, out, err = invoke("run", SMALL, "--seed", 3, "-n", 3, "--workers", 1, "--out", tmp_path / "many")

    assert 1 == code
    assert "Gunnery day, seed 3, 2 replications" in out
    assert [
        "replication 1: broke 5 s into the exercise (seed 3, replication 1)",
        f"  to repeat it: navdrill run {SMALL} --seed 3 --replication 1",
    ] == err.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_stops_workers_too(tmp_path):
    """A signal to all, as a terminal sends it: one word, exit 130, and the same command goes on."""
    out = tmp_path / "many"
    words = ["run", SMALL, "-n", "5000", "--workers", "2", "--out", str(out)]
    code = (
        "import signal, sys\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    from sim import archive, cli\n"
        "    add = archive.Archive.add\n"
        "    archive.Archive.add = lambda self, series, rows: (add(self, series, rows), print('some', flush=True))\n"
        "    cli.main()\n"
    )
    (tmp_path / "many.py").write_text(code)
    with subprocess.Popen([sys.executable, str(tmp_path / "many.py"), *words], cwd=ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, start_new_session=True,
                          env=os.environ | {"PYTHONPATH": str(ROOT)}) as process:  # fmt: skip
        try:
            assert "some\n" == process.stdout.readline()
            os.killpg(process.pid, signal.SIGINT)
            _, err = process.communicate(timeout=60)
        finally:
            process.kill()

    assert (130, "stopped") == (process.returncode, err.strip())
    with Archive(out, *about(read(SMALL))) as held:
        series = held.series(read(SMALL).digest, 0)
        assert 0 < len(held.done(series, 5000)) < 5000


def test_check_of_good_scenarios(invoke):
    code, out, err = invoke("check", SMALL, MAIN)

    assert (0, "") == (code, err)
    for name, line in zip((SMALL, MAIN), out.splitlines(), strict=True):
        plan = read(name)
        assert f"{name}: good; {len(plan.serials)} serials, {plan.length / 3600:.0f} hours" == line


def test_check_of_a_bad_one_says_where_and_what(invoke, bad):
    code, out, err = invoke("check", SMALL, bad)
    faults = err.splitlines()

    assert 2 == code
    assert "gunnery_day: good; 3 serials, 8 hours\n" == out
    assert f"{bad.as_posix()}:6:24: serials.1.drill: no drill called 'gunery'" in err.replace(
        "serials.0", "serials.1"
    )
    assert all(re.match(rf"{re.escape(bad.as_posix())}:\d+(:\d+)?: ", each) for each in faults[:-1])
    assert f"{len(faults) - 1} faults found" == faults[-1]


def test_check_in_json(invoke, bad):
    code, out, err = invoke("check", bad, SMALL, "--json")
    found = json.loads(out)

    assert (2, "") == (code, err)
    assert [SMALL] == found["good"]
    assert {"file", "line", "column", "path", "message"} == set(found["faults"][0])


def test_check_of_no_such_file(invoke):
    code, out, err = invoke("check", "scenarios/nowhere.yaml")

    assert (2, "") == (code, out)
    assert "scenarios/nowhere.yaml" in err
    assert "Traceback" not in err


def test_a_scenario_name_gets_the_nearest(invoke):
    for command in ("run", "check", "facts"):
        code, _, err = invoke(command, "gunery_day")

        assert 2 == code
        assert "Did you mean 'gunnery_day'?" in err


def test_show_says_what_there_is(invoke):
    code, out, _ = invoke("show")

    assert 0 == code
    for shelf in (*SHELVES, "sensors"):
        assert re.search(rf"^{shelf} +\d+ ", out, re.M)


def test_show_has_one_list_of_all_pictures(invoke):
    """Of a run, of many and of a study, each once."""
    code, out, _ = invoke("show", "pictures", columns=150)
    listed = {line.split()[0]: line for line in out.splitlines()[3:] if line[:1].strip()}
    every = {name for shelf in ("plots", "bands", "figures") for name in shelves.names(shelf)}

    assert 0 == code
    assert every == set(listed)
    assert re.match(r"timeline +one run, many runs +Planned against actual", listed["timeline"])
    assert re.match(r"tornado +a study +", listed["tornado"])
    _, told, _ = invoke("show", "pictures", "timeline")
    assert "\nOf one run. Planned" in told
    assert "\nOf many runs. When serials" in told


def test_a_picture_of_something_else_is_told_so(invoke, folder):
    code, _, err = invoke("plot", folder, "tornado")

    assert 2 == code
    assert "'tornado' is a picture of a study; of one run there are: contacts, " in err


SHELVES = {
    "drills": "surface-gunnery", "platforms": "type-054a", "guns": "ak-100", "seasons": "sea-of-japan-july",
    "units": "ship", "measures": "gunnery-hits", "plots": "timeline", "bands": "scoreboard", "designs": "latin-hypercube",
    "scenarios": "gunnery_day",
}  # fmt: skip


@pytest.mark.parametrize(("shelf", "name"), SHELVES.items())
@pytest.mark.parametrize("columns", [80, 140])
def test_show_a_shelf_and_one_thing_on_it(invoke, shelf, name, columns):
    code, listed, _ = invoke("show", shelf, columns=columns)
    assert 0 == code
    assert re.search(rf"^{name} ", listed, re.M)

    code, shown, _ = invoke("show", shelf, name, columns=columns)
    assert 0 == code
    assert shown.startswith(name)
    if shelf != "scenarios":  # shown as it is written
        assert columns >= max(len(line) for line in (listed + shown).splitlines())

    for words in ((shelf,), (shelf, name), (shelf.removesuffix("s"), name), (name,)):
        code, out, _ = invoke("show", *words, "--json")
        assert 0 == code
        assert json.loads(out)


def test_show_a_drill_from_its_declarations(invoke):
    _, out, _ = invoke("show", "surface_gunnery", columns=100)

    assert "surface-gunnery (live fire: its range must be clear)\n" in out
    for words in ("firing   at least 1  ship with main-gun", "towing   optional    ship", "without one it floats; must", "Parameters", "Usual limits", "Scored by",
                  "gunnery-hits", "Sources"):  # fmt: skip
        assert words in out
    assert re.search(r"^range +5 km +4 \.\. 8 km +length > 0$", out, re.M)
    assert re.search(
        r"^slot +30 min +20 \.\. 40 min +time > 0\n    Time on the range for each ship. \[X19\]$", out, re.M
    )


def test_show_a_drill_whole(invoke):
    """Roles, parameters with unit, bounds, default, range and reason, limits with theirs, and every measure that reads it."""
    _, out, _ = invoke("show", "drills", "asw-search")

    for line in (
        r"hunters    at least 1  ship with sonar\n    ships that search",
        r"spacing         4 nmi             2 \.\. 8 nmi           length > 0\n    Between tracks",
        r"speed           14 kn             10 \.\. 18 kn          speed 0 \.\. 2333 kn",
        r"course          0 deg             0 \.\. 360 deg         angle 0 \.\. 360 deg",
        r"evade_for       20 min            10 \.\. 40 min, drawn  time ≥ 0",
        r"target +submarine-target +platform\n",
        r"sea_state   ≤ 5 +4 \.\. 5 +Helicopters dip",
        r"Scored by\nmeasure           what it is\nsubmarines-found  Whether",
        r"Also measured by\nmeasure +what it is\ntime-to-detect +",
        r"false-contacts +",
    ):
        assert re.search(line, out), line
    _, out, _ = invoke("show", "drills", "asw-search", "--json")
    found = json.loads(out)
    assert found["roles"][0] == {"role": "hunters", "least": 1, "optional": False, "family": ["ship"], "carries": ["sonar"],
                                 "gear": [], "waits": False, "plays": "", "what": "ships that search"}  # fmt: skip
    (spacing,) = [each for each in found["parameters"] if each["parameter"] == "spacing"]
    assert (spacing["dimension"], spacing["bounds_si"], spacing["value_si"]) == (
        "length",
        {"above": 0.0},
        4 * 1852.0,
    )
    assert found["measures"] == ["time-to-detect", "search-coverage", "false-contacts"]


EVERYTHING = [
    (shelf, name) for shelf in ("drills", "sensors", "measures") for name in shelves.names(shelf)
] + [(shelf, name) for shelf in ("platforms", "guns", "seasons") for name in library.names(shelf)]


@pytest.mark.parametrize(("shelf", "name"), EVERYTHING)
def test_show_keeps_to_eighty_columns(shelf, name):
    lines = list(describe(shelf, name).lines(80))
    assert [line for line in lines if len(line) > 80] == []


def test_show_a_measure_from_its_declarations(invoke):
    _, out, _ = invoke("show", "measures", "gunnery_hits")

    for words in ("a value for each serial", "share", "0.45", "surface-gunnery", "Hits over rounds"):
        assert words in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("drills", "surface-gunery"), "no drill called 'surface-gunery'. Did you mean 'surface-gunnery'?"),
        (("platforms", "type-54a"), "no platform called 'type-54a'. Did you mean 'type-054a'?"),
        (("measures", "hit_rat"), "no measure called 'hit_rat'. Did you mean 'hit-rate'?"),
        (("driils", "evolution"), "no shelf called 'driils'. Did you mean 'drills'?"),
        (("gunery_day",), "Did you mean 'gunnery_day'?"),
        (("zzz",), "no shelf or thing called 'zzz'; there are: drills, platforms"),
    ],
)  # fmt: skip
def test_show_a_slip_of_the_pen(invoke, words, message):
    code, out, err = invoke("show", *words)

    assert (2, "") == (code, out)
    assert message in err


def test_plot_a_run(invoke, folder, tmp_path):
    code, out, err = invoke("plot", folder, "timeline", "--out", tmp_path / "new", "--format", "svg")

    assert (0, "") == (code, err)
    assert f"{(tmp_path / 'new' / 'timeline.svg').as_posix()}\n" == out
    assert b"<svg" in (tmp_path / "new" / "timeline.svg").read_bytes()[:1000]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("timelin",), "no picture of one run called 'timelin'. Did you mean 'timeline'?"),
        (("timeline", "--out", "{file}/x"), "navdrill: cannot draw into {file}/x: Not a directory"),
        (("timeline", "--format", "gif"), "'gif' is not one of 'png', 'svg', 'pdf'"),
    ],
)
def test_plot_a_slip_of_the_pen(invoke, folder, tmp_path, words, message):
    (tmp_path / "file").write_text("x")
    code, out, err = invoke("plot", folder, *(each.format(file=tmp_path / "file") for each in words))

    assert (2, "") == (code, out)
    assert message.format(file=tmp_path / "file") in err


def test_plot_what_is_not_a_run(invoke, tmp_path):
    code, out, err = invoke("plot", tmp_path)

    assert (2, "") == (code, out)
    assert f"navdrill: {tmp_path} is not a run folder: no run.json in it\n" == err


@pytest.mark.parametrize(
    ("words", "name", "begins", "holds"),
    [
        ((), "report.html", "<!DOCTYPE html>", 'id="provenance"'),
        (("--replay-only",), "replay.html", "<!DOCTYPE html>", 'id="canvas"'),
        (("--markdown",), "report.md", "# Gunnery day", "## Provenance and assumptions"),
    ],
)
def test_report_a_run(invoke, folder, tmp_path, words, name, begins, holds):
    """Into the run folder, or where --out says; the same bytes both times."""
    assert (0, f"{(folder / name).as_posix()}\n", "") == invoke("report", folder, *words)
    text = (folder / name).read_text("utf-8")
    (folder / name).unlink()
    assert text.startswith(begins)
    assert holds in text
    assert ('id="provenance"' in text) == (not words)

    assert (0, f"{(tmp_path / 'new' / 'x').as_posix()}\n", "") == invoke(
        "report", folder, *words, "--out", tmp_path / "new" / "x"
    )
    assert text == (tmp_path / "new" / "x").read_text("utf-8")


def test_report_a_slip_of_the_pen(invoke, folder, tmp_path):
    (tmp_path / "file").write_text("x")
    code, out, err = invoke("report", folder, "--out", tmp_path / "file" / "x.html")

    assert (2, "") == (code, out)
    assert f"navdrill: cannot write the report to {tmp_path / 'file' / 'x.html'}: " in err

    code, out, err = invoke("report", tmp_path)
    assert (2, "") == (code, out)
    assert f"navdrill: {tmp_path} is not a run folder: no run.json in it\n" == err


def test_a_report_does_not_outlive_its_run(invoke, tmp_path):
    """Playing again into a folder takes away the report of the run that was there."""
    first = ("run", SMALL, "--out", tmp_path / "run", "--no-pictures")
    invoke(*first)
    invoke("report", tmp_path / "run", "--markdown")
    assert (tmp_path / "run" / "report.md").exists()
    invoke(*first, "--seed", 4)
    assert not (tmp_path / "run" / "report.md").exists()


@pytest.mark.parametrize("columns", [80, 140])
def test_facts_reads_well(invoke, columns):
    code, out, _ = invoke("facts", MAIN, columns=columns)

    assert 0 == code
    assert columns >= max(len(line) for line in out.splitlines())
    assert "…" not in out
    assert re.search(r"^forces\.china\.units\[type-052d\]\n  count +2 +1 \.\. 2 +assumed", out, re.M)
    assert ", 0 with neither." in " ".join(out.split())


def test_facts_counts_every_number(invoke):
    _, text, _ = invoke("facts", MAIN)
    _, whole, _ = invoke("facts", MAIN, "--all")
    _, out, _ = invoke("facts", MAIN, "--json")
    found = json.loads(out)
    counts = found["counts"]

    assert 0 == counts["bare"]
    assert len(found["numbers"]) == sum(counts.values())
    assert f"{len(found['numbers'])} numbers" in text
    assert all(each["why"] and each["range"] for each in found["numbers"] if each["basis"] == "assumed")
    assert {"statement", "by"} == set(next(iter(found["facts_used"].values())))
    assert all(found["facts_unused"].values())
    assert "platforms.type-054a" not in text
    assert "platforms.type-054a" in whole
    assert len(whole.splitlines()) > len(text.splitlines())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("chek",), "no command called 'chek'. Did you mean 'check'?"),
        (
            ("zzz",),
            "no command called 'zzz'. There are: run, check, show, plot, why, report, animate, facts, new, migrate, sweep, results, compare, sensitivity, route, verify.",
        ),
        (("run",), "Missing argument 'SCENARIO'"),
        (("check",), "Missing argument 'SCENARIOS...'"),
        (("run", SMALL, "--sed", "3"), "--seed"),
        (("run", SMALL, "--seed", "-1"), "-1 is not in the range x>=0"),
        (("run", SMALL, "-n", "0"), "0 is not in the range"),
        (("run", SMALL, "-n", "2", "--replication", "1"), "give --replication without it"),
        (("run", SMALL, "--workers", "2"), "give -n as well"),
    ],
)
def test_a_wrong_call_is_answered(invoke, words, message):
    code, out, err = invoke(*words)

    assert (2, "") == (code, out)
    assert message in err
    assert "Traceback" not in err


def test_version_and_help(invoke):
    assert (0, f"navdrill, version {sim.__version__}\n", "") == invoke("--version")
    code, out, _ = invoke("--help")

    assert 0 == code
    for command in ("run", "check", "show", "plot", "report", "facts"):
        assert re.search(rf"^  {command} ", out, re.M)


def test_the_version_is_the_package_s():
    assert f'version = "{sim.__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_no_arguments_shows_the_help():
    result = CliRunner().invoke(cli.cli, [])

    assert "Usage: " in result.output
    assert "Traceback" not in result.output


def test_python_m_sim_is_the_command():
    done = navdrill("--help")

    assert (0, "") == (done.returncode, done.stderr)
    assert "Plays naval exercises" in done.stdout


@pytest.mark.parametrize("words", [("--help",), ("check", *sorted((ROOT / "scenarios").rglob("*.yaml")))])
def test_light_commands_stay_light(words):
    """They load neither Mesa nor Matplotlib, nor what those draw in."""
    code = ("import sys\nfrom sim.cli import cli\ntry:\n    cli(sys.argv[1:])\nfinally:\n"
            f"    print('loaded:', *sorted(set({HEAVY!r}) & set(sys.modules)))\n")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, *map(str, words)], cwd=ROOT, capture_output=True, text=True,
                          check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip

    assert "loaded:" == done.stdout.splitlines()[-1]


def test_route_prints_a_table(invoke):
    code, out, err = invoke("route", "35-54N 120-24E", "40-00N 134-00E", "--speed", "14kn")
    lines = out.splitlines()

    assert (0, "") == (code, err)
    assert ["No", "Position", "Course", "Leg", "nmi", "Run", "nmi", "Time"] == lines[0].split()
    assert re.match(r" 1  35-54\.0N 120-24\.0E     108    29\d\.\d      0\.0       0 h 00 min$", lines[1])
    assert re.match(
        r" \d  40-00\.0N 134-00\.0E                     8[34]\d\.\d  2 d 1[12] h \d\d min$", lines[-4]
    )
    assert re.match(r"8[34]\d\.\d nmi by sea, 2 d 1[12] h \d\d min at 14 kn; 689\.7 nmi direct$", lines[-2])
    assert "Coast at 1:10m, 4 km kept off it where there is room" == lines[-1]
    assert 80 >= max(map(len, lines))


def test_route_prints_json_and_nothing_else(invoke):
    code, out, err = invoke("route", "35-54N 120-24E", "40-00N 134-00E", "--speed", "14 kn", "--json")
    found = json.loads(out)
    points = found["points"]

    assert (0, "") == (code, err)
    assert 838.0 == pytest.approx(found["distance_nmi"], rel=0.02)
    assert found["distance_nmi"] == pytest.approx(sum(each["leg_nmi"] for each in points[:-1]), abs=0.01)
    assert found["distance_nmi"] == points[-1]["run_nmi"]
    assert found["time_h"] == points[-1]["run_h"] == pytest.approx(found["distance_nmi"] / 14.0, abs=0.001)
    assert (None, None) == (points[-1]["course_deg"], points[-1]["leg_nmi"])
    assert (35.9, 120.4) == (points[0]["latitude_deg"], points[0]["longitude_deg"])
    assert {"coast": "1:10m", "clearance_km": 4.0, "speed_kn": pytest.approx(14.0)}.items() <= found.items()


def test_route_to_where_one_is(invoke):
    code, out, err = invoke("route", "40N 134E", "40N 134E")

    assert (0, "") == (code, err)
    assert [" 1  40-00.0N 134-00.0E                       0.0", "",
            "0.0 nmi by sea; 0.0 nmi direct"] == [line if at else " " + line.lstrip()
                                                  for at, line in enumerate(out.splitlines()[1:4])]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("35-54N 120", "40N 134E"), "FROM: '35-54N 120' is not a position; write it like '40-00.0N 134-00.0E'"),
        (("40N 134E", "91N 134E"), "TO: '91N 134E' is not on the earth: latitude up to 90, longitude up to 180"),
        (("40N 134E", "41N 134E", "--speed", "14"),
         "--speed: '14' has no unit; write '14 kn' or another of: m/s, kn, km/h"),
        (("40N 134E", "41N 134E", "--speed", "0 kn"), "--speed: is 0 kn, must be more than 0 kn"),
        (("40N 134E", "41N 134E", "--clearance", "4 nmii"),
         "--clearance: unknown length unit 'nmii'; known: m, km, nmi, yd, ft, mm. Did you mean '4 nmi'?"),
        (("40N 134E", "41N 134E", "--clearance", "90 km"), "a clearance is from 500 to 30000 m, got 90000"),
        (("44-48N 132-24E", "40N 134E"),
         "44-48.0N 132-24.0E is on land; nearest water 43-18.5N 132-18.4E, 89.6 nmi south"),
        (("42N 51E", "43N 35E"),
         "no way by sea from 42-00.0N 051-00.0E to 43-00.0N 035-00.0E on the coast at 1:50m"),
    ],
)  # fmt: skip
def test_route_refuses_in_one_line(invoke, words, told):
    assert (2, "", f"navdrill: {told}\n") == invoke("route", *words)


def test_a_closed_pipe_is_no_fault():
    """As in `navdrill facts ... | head`."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([sys.executable, "-m", "sim", "facts", SMALL], cwd=ROOT, stdout=writing,
                              stderr=subprocess.PIPE, text=True, check=False,
                              env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
    finally:
        os.close(writing)

    assert "" == done.stderr
    assert done.returncode in (0, 1)


@pytest.mark.parametrize("doing", ["sim.runs.play", "sim.store._write"])
def test_ctrl_c_leaves_no_half_folder(invoke, tmp_path, monkeypatch, doing):
    """Stopped while it plays, or while it writes: exit 130, one word, nothing on disk."""

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(doing, stopped)

    code, out, err = invoke("run", SMALL, "--out", tmp_path / "run", "--no-pictures")

    assert (130, "", "stopped") == (code, out, err.strip())
    assert [] == list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_is_heard(tmp_path):
    """A real signal in a process of its own ends it at once, without a traceback."""
    patience = (
        "import signal, time, sim.cli\n"
        # A parent in the background of a shell hands SIGINT down ignored, and then Python does not hear it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sim.cli._load = lambda *_: (print('busy', flush=True), time.sleep(60))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", patience + "sim.cli.main()", "run", SMALL, "--out", str(tmp_path / "run")],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert "busy\n" == process.stdout.readline()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()

    assert (130, "", "stopped") == (process.returncode, out, err.strip())
    assert [] == list(tmp_path.iterdir())


def test_a_run_that_breaks_inside_says_so(invoke, tmp_path, monkeypatch):
    def broken(*_):
        raise NavdrillError("broke 5 s into the exercise")

    monkeypatch.setattr("sim.runs.play", broken)

    assert (1, "", "navdrill: broke 5 s into the exercise\n") == invoke(
        "run", SMALL, "--out", tmp_path / "run"
    )


def test_progress_is_for_those_who_watch(capsys, monkeypatch):
    with cli.Progress() as progress:
        progress("Playing")
    assert ("", "") == tuple(capsys.readouterr())

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with cli.Progress() as progress:
        progress("Playing")
    out, err = capsys.readouterr()
    assert "" == out
    assert "Playing ..." in err


def test_words_go_beneath_where_there_is_no_room_beside():
    rows = [("a", "1", "word " * 12), ("bb", "22", "other")]

    beneath = list(table(("x", "y", "why"), rows, 30))
    beside = list(table(("x", "y", "why"), rows, 9 + BESIDE))

    assert ["x   y", "a   1", "    word word word word word", "    word word word word word", "    word word", "bb  22",
            "    other"] == beneath  # fmt: skip
    assert ["x   y   why", "a   1   " + " ".join(["word"] * 7), "        " + " ".join(["word"] * 5),
            "bb  22  other"] == beside  # fmt: skip


def test_words_that_rows_share_are_given_once():
    rows = [("a", "same words here"), ("b", "same words here"), ("c", "")]

    assert ["a  same words here", 'b  "', "c"] == list(table(("", ""), rows, 40))
    assert ["a", "b", "    same words", "    here", "c"] == list(table(("", ""), rows, 14))


def test_letters_of_two_columns_are_counted_so():
    lines = list(table(("unit", "what"), [("齐齐哈尔", "destroyer"), ("Tug", "tug")], 40))

    assert 8 == cells("齐齐哈尔")
    assert ["unit      what", "齐齐哈尔  destroyer", "Tug       tug"] == lines


def test_paragraphs_are_filled_and_lists_left_alone():
    assert ["one two", "three", "", "  kept", "  as it is"] == list(
        paragraphs("one\ntwo three\n\n  kept\n  as it is", 8)
    )[:5]


@pytest.mark.parametrize(
    ("low", "high", "dimension", "text"),
    [(900, 3600, "time", "15 .. 60 min"), (60, 120, "time", "1 .. 2 min"), (0, 6.2831853, "angle", "0 .. 360 deg"),
     (1, 3, "count", "1 .. 3"), (0, 0, "share", "0 .. 0 %"), (1.5, 12e3, "length", "1.5 m .. 6.48 nmi")],
)  # fmt: skip
def test_a_span_gives_its_unit_once(low, high, dimension, text):
    assert text == span(low, high, dimension)


@pytest.mark.parametrize(
    ("low", "value", "high", "dimension", "text"),
    [(926, 1852, 3704, "length", "926 .. 3704 m"), (1000, 6000, 10e3, "length", "1 .. 10 km"), (60, 120, 300, "time", "1 .. 5 min"),
     (0.2, 1800, 6e3, "length", "0.2 .. 6000 m"), (1, 4e5, 4e5, "time", "1 s .. 4.63 d"), (0, 0, 5000, "length", "0 .. 5 km")],
)  # fmt: skip
def test_a_span_has_the_unit_of_the_value_beside_it(low, value, high, dimension, text):
    """One line of a table does not mix metres, kilometres and miles."""
    assert text == span(low, high, dimension, value)


def test_the_limits_of_a_drill_are_in_one_unit():
    rows = {row[0]: row[1:3] for row in describe("drills", "ceremony").tables[2][2]}

    assert ("≥ 1852 m", "926 .. 3704 m") == rows["visibility"]


def test_the_front_door(folder, tmp_path):
    """`import sim` and all that its docstring shows."""
    plan = sim.load(SMALL)
    run = sim.run(plan, seed=3)

    assert isinstance(run, sim.Run)
    assert isinstance(plan, sim.Scenario)
    assert run.fingerprint == sim.run(SMALL, seed=3).fingerprint == sim.load_run(folder).fingerprint
    assert {"serials_completed": 3, "hit_rate": pytest.approx(0.35, abs=0.35)} == run.measures(
        "serials_completed", "hit_rate"
    )
    assert sim.draw("timeline", run).axes
    assert tmp_path / "run" == sim.save(run, tmp_path / "run")
    assert set(sim.__all__) <= set(dir(sim)) | set(sim._HOMES)
    with pytest.raises(AttributeError, match="module 'sim' has no attribute 'sweeep'"):
        sim.sweeep  # noqa: B018


def test_import_sim_is_light():
    done = subprocess.run([sys.executable, "-c", "import sim, sys; print(len(sys.modules))"], cwd=ROOT, check=True,
                          capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip

    assert int(done.stdout) < 150


def test_verify_prints_a_table_and_writes_page_and_data(invoke, tmp_path):
    """Cases by id and by chapter; nothing on stderr, where nobody watches."""
    folder = tmp_path / "there"
    code, out, err = invoke("verify", "--quick", "--only", "KIN-01", "--only", "geography", "--out", folder)
    found = json.loads((folder / "verification.json").read_text("utf-8"))

    assert (0, "") == (code, err)
    assert out.startswith("case ")
    assert "6 cases with 21 outputs: all hold" in out
    assert max(len(line) for line in out.splitlines() if "Written" not in line) <= 80
    assert ["GEO-01", "GEO-03", "GEO-05", "GEO-05", "KIN-01", "KIN-01"] == [
        case["id"] for case in found["cases"]
    ]
    assert "| KIN-01 | engine | `tcpa_min` | 23.75879 |" in (folder / "verification.md").read_text("utf-8")


def test_verify_ends_with_1_when_a_case_fails(invoke, monkeypatch):
    """The others are worked all the same."""
    from sim.cases import air, geography

    monkeypatch.setattr(air, "meet", lambda *_: None)
    monkeypatch.setattr(geography, "great_circle", lambda *_: (1.0, 2.0))
    code, out, _ = invoke("verify", "--only", "AIR-01", "--only", "GEO", "--json")

    assert 1 == code
    assert ["AIR-01 paper", "GEO-03 paper"] == json.loads(out)["failed"]


@pytest.mark.parametrize(("word", "said"), [
    ("KIN-1", "no case or chapter called 'KIN-1'. Did you mean 'KIN-1"), ("CMB-04", "case CMB-04 is not used: no attrition")])  # fmt: skip
def test_verify_refuses_what_it_does_not_know(invoke, word, said):
    """Exit code 2, and the nearest answer or the reason."""
    code, out, err = invoke("verify", "--only", word)

    assert (2, "") == (code, out)
    assert said in err
