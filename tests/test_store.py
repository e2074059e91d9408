"""The run folder: what is in it, that it comes back whole, and that half of one is refused."""

import csv
import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

from sim import store
from sim.errors import FolderError
from sim.log import Log, kind
from sim.runs import Run, play
from sim.scenario.read import read
from sim.scenario.roles import muster

SERIAL_COLUMNS = {
    "serial",
    "title",
    "drill",
    "planned_comex",
    "comex",
    "finex",
    "result",
    "reason",
    "score",
    "mark",
}
PRESENT = [
    "legs.csv",
    "measures.csv",
    "records.jsonl",
    "run.json",
    "scenario.json",
    "serials.csv",
    "units.csv",
]
HAS_ARROW = importlib.util.find_spec("pyarrow") is not None


@pytest.fixture(scope="module")
def run():
    return play(read("gunnery_day"), seed=3)


@pytest.fixture
def folder(run, tmp_path):
    """A run folder just written."""
    return store.save(run, tmp_path / "run", "navdrill run gunnery_day --seed 3")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def everything(folder):
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def test_a_run_comes_back_as_it_went(run, folder):
    back = store.load(folder)

    assert run.fingerprint == back.fingerprint
    assert run.plan.digest == back.plan.digest
    assert run.plan.written() == back.plan.written()
    assert run.outcomes == back.outcomes
    assert (run.seed, run.replication) == (back.seed, back.replication)
    assert str(run.measures()) == str(back.measures())  # as text: what is not a number equals nothing


def test_what_is_written_from_a_loaded_run_is_the_same(folder, tmp_path):
    again = store.save(store.load(folder), tmp_path / "again", "navdrill run gunnery_day --seed 3")

    assert everything(folder) == everything(again)


def test_the_folder_holds_what_it_says(folder):
    assert sorted(PRESENT + ["records.parquet"] * HAS_ARROW) == sorted(each.name for each in folder.iterdir())


def test_the_manifest_says_what_the_run_is(run, folder):
    about = json.loads((folder / "run.json").read_text("utf-8"))

    assert run.fingerprint == about["fingerprint"]
    assert run.plan.digest == about["scenario_digest"]
    assert (3, 0) == (about["seed"], about["replication"])
    assert "navdrill run gunnery_day --seed 3" == about["command"]
    assert len(run.log) == about["records"]
    assert {"mesa", "simpy", "numpy", "pydantic", "ruamel.yaml"} == set(about["packages"])
    assert about["python"].count(".") == 2
    assert 3 == about["headline"]["serials_completed"]


def test_tables_have_a_row_for_each(run, folder):
    serials, units = rows(folder / "serials.csv"), rows(folder / "units.csv")

    assert [each.serial for each in run.plan.serials] == [row["serial"] for row in serials]
    assert set(serials[0]) >= SERIAL_COLUMNS
    assert ["2023-07-20 07:30:00+08:00"] == [row["planned_comex"] for row in serials if row["serial"] == "1"]
    assert [unit.name for unit in muster(run.plan)] == [row["unit"] for row in units]
    assert sum(1 for _ in run.log.of("leg")) == len(rows(folder / "legs.csv"))
    assert set(run.measures()) >= {row["measure"] for row in rows(folder / "measures.csv")}


def test_records_are_one_json_object_a_line(run, folder):
    lines = (folder / "records.jsonl").read_text("utf-8").split("\n")

    assert "" == lines.pop()
    assert [(each.number, each.kind, each.time) for each in run.log] == [
        (line["n"], line["kind"], line["t"]) for line in map(json.loads, lines)
    ]


def test_a_run_may_replace_a_run_and_its_pictures(run, folder):
    (folder / "timeline.png").write_bytes(b"of the old run")
    (folder / "records.parquet").write_bytes(b"of the old run")
    (folder / "notes.txt").write_text("mine")
    store.save(play(run.plan, seed=4), folder)

    assert 4 == store.load(folder).seed
    assert not (folder / "timeline.png").exists()
    assert HAS_ARROW == (folder / "records.parquet").exists()
    assert "mine" == (folder / "notes.txt").read_text()


TOLD = ("animation.gif", "report.html", "timeline.png")  # what may be made of a run, later


def test_what_was_made_of_a_run_goes_with_it(run, folder):
    """A report beside another run would tell of the wrong one."""
    for name in TOLD:
        (folder / name).write_bytes(b"of the old run")
    other = play(run.plan, seed=4)

    assert [folder / name for name in TOLD] == store.outlived(other, folder)
    store.save(other, folder)
    assert not {*TOLD} & {each.name for each in folder.iterdir()}


def test_what_was_made_of_the_same_run_stays(run, folder):
    for name in TOLD:
        (folder / name).write_bytes(b"of this run")
    command = store.told(folder)["command"]

    assert [] == store.outlived(run, folder, command)
    assert [folder / name for name in TOLD] == store.outlived(run, folder, "navdrill run of.yaml --seed 3")
    store.save(run, folder, command)
    assert {*TOLD} < {each.name for each in folder.iterdir()}


def test_a_film_alone_makes_no_run_folder(run, tmp_path):
    """Anybody may have an animation.gif."""
    (tmp_path / "animation.gif").write_bytes(b"mine")

    with pytest.raises(FolderError, match="holds no run"):
        store.save(run, tmp_path)


@pytest.mark.parametrize("content", ["{}", "[]", "not json", '{"name": "of another tool"}'])
def test_a_foreign_folder_is_refused_and_left_alone(run, tmp_path, content):
    (tmp_path / "run.json").write_text(content)
    (tmp_path / "thesis.tex").write_text("x")

    with pytest.raises(FolderError, match="is not empty and holds no run; choose another --out"):
        store.save(run, tmp_path)

    assert {"run.json": content.encode(), "thesis.tex": b"x"} == everything(tmp_path)


def test_a_folder_left_half_may_be_used_again(run, tmp_path):
    """A crash leaves files of ours without a manifest; that is no reason to choose another place."""
    for name in ("records.jsonl", "serials.csv.part", "tracks.png"):
        (tmp_path / name).write_text("half")
    store.save(run, tmp_path)

    assert run.fingerprint == store.load(tmp_path).fingerprint
    assert not [each for each in tmp_path.iterdir() if each.suffix == ".part"]


def test_a_place_that_cannot_be_written_is_told(run, tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(FolderError, match=r"cannot write the run to .*file/run: Not a directory"):
        store.save(run, tmp_path / "file" / "run")


def test_a_read_only_folder_is_told(run, tmp_path, monkeypatch):
    """As the system refuses it; to root, who may write anywhere, nothing else would be refused."""

    def refused(*_args, **_more):
        raise PermissionError(13, "Permission denied", str(tmp_path / "run"))

    monkeypatch.setattr(Path, "mkdir", refused)

    with pytest.raises(FolderError, match=r"cannot write the run to .*: Permission denied"):
        store.save(run, tmp_path / "run")


@pytest.mark.parametrize("broken", [KeyboardInterrupt, OSError(28, "No space left on device"), MemoryError])
@pytest.mark.parametrize("after", range(0, len(PRESENT), 3))
def test_an_interrupted_write_leaves_the_old_run_whole(run, folder, monkeypatch, broken, after):
    """Everything is on disk under other names before the old run is touched."""
    before, write, written = everything(folder), store._write, []

    def stop(path, content):
        if len(written) == after:
            raise broken
        written.append(path)
        write(path, content)

    monkeypatch.setattr(store, "_write", stop)
    with pytest.raises(FolderError if isinstance(broken, OSError) else broken):
        store.save(play(run.plan, seed=4), folder)

    assert before == everything(folder)


@pytest.mark.parametrize("broken", [KeyboardInterrupt, OSError(5, "Input/output error")])
def test_an_interrupted_write_leaves_no_new_folder(run, tmp_path, monkeypatch, broken):
    monkeypatch.setattr(store, "_write", lambda path, content: (_ for _ in ()).throw(broken))
    with pytest.raises(FolderError if isinstance(broken, OSError) else broken):
        store.save(run, tmp_path / "run")

    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("after", range(8))
def test_a_manifest_never_stands_beside_other_records(run, folder, monkeypatch, after):
    """Killed at any moment of the change: either no manifest, or the one of the records there."""
    replace, replaced = os.replace, []

    def killed(here, there):
        if len(replaced) == after:
            raise SystemExit  # what was written stays as it is
        replaced.append(there)
        replace(here, there)

    monkeypatch.setattr(store.os, "replace", killed)
    monkeypatch.setattr(store, "_give_up", lambda *_: None)
    try:
        store.save(play(run.plan, seed=4), folder)
    except SystemExit:
        with pytest.raises(FolderError, match=r"is not a run folder: no run.json in it"):
            store.load(folder)
    else:
        assert 4 == store.load(folder).seed

    monkeypatch.undo()
    store.save(run, folder)
    assert run.fingerprint == store.load(folder).fingerprint


def edit(name, change):
    def edited(folder):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(change(text), "utf-8")

    return edited


def manifest(**changes):
    return edit("run.json", lambda text: json.dumps(json.loads(text) | changes))


BAD = {
    "last line cut off": (edit("records.jsonl", lambda text: text[:-9]), "the run is torn"),
    "last end of line lost": (edit("records.jsonl", lambda text: text[:-1]), "the run is torn"),
    "lines lost": (edit("records.jsonl", lambda text: text[: text.index("\n", 9000) + 1]), "the run is torn"),
    "no records": (edit("records.jsonl", lambda text: ""), "the run is torn"),
    "record edited": (edit("records.jsonl", lambda text: text.replace('"hit": 0', '"hit": 1', 1)),
                      "does not match the fingerprint"),
    "record not JSON": (edit("records.jsonl", lambda text: "{" + text), r"records.jsonl:1 cannot be read: JSONDecodeError"),
    "record not an object": (edit("records.jsonl", lambda text: "7" + text[text.index("\n") :]),
                             r"records.jsonl:1 cannot be read"),
    "record of no kind": (edit("records.jsonl", lambda text: text.replace('"startex"', '"start"')),
                          r"records.jsonl:1 cannot be read: KeyError"),
    "word for a number": (edit("records.jsonl", lambda text: text.replace('"t": 0.0', '"t": "soon"', 1)),
                          r"records.jsonl:1 cannot be read: TypeError"),
    "count out of bounds": (edit("records.jsonl", lambda text: text.replace('"hit": 0', f'"hit": {2**70}', 1)),
                            "cannot be read: TypeError: round: "),
    "manifest not JSON": (edit("run.json", lambda text: text[:40]), "run.json is not JSON"),
    "manifest a list": (edit("run.json", lambda text: "[]"), "run.json is not the manifest of a run"),
    "manifest without seed": (manifest(seed=None), "it has no good 'seed'"),
    "manifest of a later format": (manifest(navdrill=2), "the run has format 2; this navdrill reads 1"),
    "manifest with bad kinds": (manifest(kinds=[{}]), "the kinds of record in run.json cannot be read"),
    "scenario edited": (edit("scenario.json", lambda text: text.replace('"18 kn"', '"19 kn"').replace(
        "2023-07-20T14:00", "2023-07-20T15:00")), "scenario.json does not match the digest"),
    "no manifest": (lambda folder: (folder / "run.json").unlink(), "is not a run folder: no run.json in it"),
    "no records file": (lambda folder: (folder / "records.jsonl").unlink(), "is not a run folder: no records.jsonl in it"),
    "records not text": (lambda folder: (folder / "records.jsonl").write_bytes(b"\xff"), "records.jsonl is not text"),
    "manifest a folder": (lambda folder: [(folder / "run.json").unlink(), (folder / "run.json").mkdir()],
                          "cannot read the run in .*: Is a directory"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_folder_that_is_not_whole_is_refused(folder, case):
    spoil, message = BAD[case]
    spoil(folder)

    with pytest.raises(FolderError, match=message) as caught:
        store.load(folder)

    assert str(folder) in str(caught.value)


def test_no_folder_at_all(tmp_path):
    with pytest.raises(FolderError, match="is not a run folder: there is no such folder"):
        store.load(tmp_path / "nowhere")


@pytest.mark.skipif(not HAS_ARROW, reason="needs the parquet extra")
def test_records_go_to_parquet_where_pyarrow_is(run, folder):
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "records.parquet").to_pydict()

    assert [each.time for each in run.log] == table["t_s"]
    assert [each.serial for each in run.log] == table["serial"]
    assert [dict(each.details) for each in run.log.of("string")] == [
        json.loads(details)
        for details, word in zip(table["details"], table["kind"], strict=True)
        if word == "string"
    ]


def test_without_pyarrow_there_is_no_parquet(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    store.save(run, tmp_path / "run")

    assert PRESENT == sorted(each.name for each in (tmp_path / "run").iterdir())


NAMES = ("Адмирал Трибуц", "齐齐哈尔", "naïve \u2028 name\x85", 'quoted "name"', "line\nbreak", "🚢")


def test_names_of_any_script_come_back(run, tmp_path):
    """Also those that hold what some tools take for an end of line."""
    log, word = (
        Log(),
        kind("greeting", "One ship greets another.", words="text", height_m="number", flags="count"),
    )
    for number, name in enumerate(NAMES):
        log.write(
            word, float(number), unit=name, other=NAMES[-1], words=name, height_m=float("nan"), flags=number
        )
    odd = Run(run.plan, 3, 0, log)
    odd.__dict__["outcomes"] = run.outcomes  # what the tables ask for
    folder = store.save(odd, tmp_path / "run")

    assert odd.fingerprint == store.load(folder).fingerprint
    assert list(NAMES) == [record.details["words"] for record in store.load(folder).log]


def test_a_folder_of_many_runs_is_told_from_that_of_one(tmp_path):
    (tmp_path / "runs.sqlite").touch()
    with pytest.raises(
        FolderError, match=r"no run.json in it; it holds many runs: play one of them alone with --replication"
    ):
        store.load(tmp_path)
