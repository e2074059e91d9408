"""The run folder: everything a run left behind, in files that any tool opens, and back again.

`run.json` is the manifest, the first to go and the last to come: a folder without it is not a run.
`scenario.json` is the whole scenario as played, `records.jsonl` the log; the tables and pictures can all be
made anew from these two.
"""

from __future__ import annotations

import csv
import io
import json
import os
import platform
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from sim import outside, records, shelves
from sim.errors import FolderError
from sim.packages import version
from sim.runs import Run
from sim.scenario.read import read
from sim.tables import headline, leg_lines, measure_rows, plain, serial_rows, unit_rows

FORMAT = 1
MANIFEST = "run.json"
TABLES = ("serials.csv", "units.csv", "measures.csv", "legs.csv")
FILES = (MANIFEST, "scenario.json", "records.jsonl", "records.parquet", *TABLES)
REPORTS = ("report.html", "replay.html", "report.md")  # made later, of the run that is there
FILM = "animation.gif"  # likewise
MANY = "runs.sqlite"  # what a folder of replications or of a study has instead; `archive` is above this
PART = ".part"  # ending of a file not yet whole
PICTURE = (".png", ".svg", ".pdf")
_PACKAGES = ("mesa", "simpy", "numpy", "pydantic", "ruamel.yaml")


def claim(folder: str | Path) -> None:
    """Asks whether a run may be written to a folder: one that is new, empty, or holds a run.

    Raises FolderError when it holds something else.
    """
    folder = Path(folder)
    try:
        present = [each.name for each in folder.iterdir()]
        if all(_ours(name) for name in present):
            return
        about = json.loads((folder / MANIFEST).read_text("utf-8"))
        if isinstance(about, dict) and "navdrill" in about:
            return
    except FileNotFoundError:
        if not folder.exists():
            return
    except ValueError:
        pass  # a run.json of somebody else's
    except OSError as reason:
        raise _unwritable(folder, reason) from None
    raise FolderError(f"{folder} is not empty and holds no run; choose another --out")


def save(run: Run, folder: str | Path, command: str = "") -> Path:
    """Writes a run folder; gives its path.

    Everything is on disk before the run it replaces is touched; then the old manifest goes first and the new
    one comes last, so that a manifest never stands beside another run's records. What was made of that run goes
    with it (`outlived`).
    Raises FolderError when the place cannot be written or holds something that is not a run.
    """
    folder = Path(folder)
    claim(folder)
    files = contents(run, command)
    gone = outlived(run, folder, command)
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            _write(folder / (name + PART), content)
        (folder / MANIFEST).unlink(missing_ok=True)
        fresh = {name + PART for name in files}
        rows = [each for each in folder.iterdir() if _rows(each.name) and each.name not in fresh]
        for stale in (*rows, *gone):
            stale.unlink()
        for name in files:
            os.replace(folder / (name + PART), folder / name)
    except OSError as reason:
        _give_up(folder, new)
        raise _unwritable(folder, reason) from None
    except BaseException:  # Ctrl-C
        _give_up(folder, new)
        raise
    return folder


def outlived(run: Run, folder: str | Path, command: str = "") -> list[Path]:
    """What was made of the run in a folder and goes when this one takes its place: pictures, reports, a film.

    Nothing when this is that very run again, by the same command and versions: then they stay true.
    """
    folder = Path(folder)
    if not folder.is_dir():
        return []
    try:
        if (folder / MANIFEST).read_bytes() == _json(manifest(run, command)):
            return []
    except OSError:  # no whole run is there; save() tells what cannot be read
        pass
    return sorted(each for each in folder.iterdir() if _made_later(each.name))


def contents(run: Run, command: str = "") -> dict[str, bytes]:
    """The files of a run folder by name, the manifest last."""
    sheets = records.sheets(run.log)
    found: dict[str, str | bytes] = {
        "scenario.json": _json(run.plan.written()),
        "records.jsonl": records.lines(sheets),
        "serials.csv": _csv(serial_rows(run)),
        "units.csv": _csv(unit_rows(run)),
        "measures.csv": _csv(measure_rows(run)),
        "legs.csv": leg_lines(run),
    }
    parquet = records.parquet(sheets)
    if parquet is not None:
        found["records.parquet"] = parquet
    found[MANIFEST] = _json(manifest(run, command))
    return {name: each.encode() if isinstance(each, str) else each for name, each in found.items()}


def manifest(run: Run, command: str = "") -> dict[str, Any]:
    """What a run is: scenario, seed, fingerprint, outcome, and the versions it was made with."""
    return {
        "navdrill": FORMAT,
        "version": outside.version(),
        "exercise": run.plan.exercise,
        "scenario_digest": run.plan.digest,
        "seed": run.seed,
        "replication": run.replication,
        "fingerprint": run.fingerprint,
        "records": len(run.log),
        "kinds": [
            {"word": each.word, "doc": each.doc, "columns": dict(each.columns)} for each in run.log.kinds()
        ],
        "headline": {name: plain(value) for name, value in headline(run).items()},
        "command": command,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES if version(name)},
    }


def load(folder: str | Path) -> Run:
    """A run from its folder. Raises FolderError when it is not one, or not whole."""
    folder = Path(folder)
    about = told(folder)
    text = _read(folder / "records.jsonl")
    lines = text.split("\n")  # not splitlines: a name may hold another kind of line end
    if lines.pop() or len(lines) != about["records"]:
        raise FolderError(
            f"{folder}: records.jsonl has {len(lines)} whole records of {about['records']}; the run is torn"
        )
    plan = read(folder / "scenario.json")
    if plan.digest != about["scenario_digest"]:
        raise FolderError(f"{folder}: scenario.json does not match the digest in {MANIFEST}; it was changed")
    run = Run(
        plan, about["seed"], about["replication"], records.read_lines(lines, about["kinds"], str(folder))
    )
    if run.fingerprint != about["fingerprint"]:
        raise FolderError(
            f"{folder}: records.jsonl does not match the fingerprint in {MANIFEST}; it was changed"
        )
    return run


def told(folder: str | Path) -> dict[str, Any]:
    """The manifest of a run folder, with all that reading it needs. Raises FolderError when it is not one."""
    folder = Path(folder)
    try:
        about = json.loads(_read(folder / MANIFEST))
    except ValueError as reason:
        raise FolderError(f"{folder}: {MANIFEST} is not JSON: {reason}") from None
    wanted = {"navdrill": int, "scenario_digest": str, "seed": int, "replication": int, "fingerprint": str,
              "records": int, "kinds": list}  # fmt: skip
    if not isinstance(about, dict):
        raise FolderError(f"{folder}: {MANIFEST} is not the manifest of a run")
    wrong = next((key for key, kind in wanted.items() if not isinstance(about.get(key), kind)), None)
    if wrong is not None:
        raise FolderError(f"{folder}: {MANIFEST} is not the manifest of a run: it has no good {wrong!r}")
    if about["navdrill"] != FORMAT:
        raise FolderError(f"{folder}: the run has format {about['navdrill']}; this navdrill reads {FORMAT}")
    return about


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()  # bytes: no line end is translated
    except FileNotFoundError:
        why = f"no {path.name} in it" if path.parent.is_dir() else "there is no such folder"
        many = path.with_name(MANY).is_file()
        hint = "; it holds many runs: play one of them alone with --replication" if many else ""
        raise FolderError(f"{path.parent} is not a run folder: {why}{hint}") from None
    except OSError as reason:
        raise FolderError(f"cannot read the run in {path.parent}: {reason.strerror}") from None
    except ValueError:
        raise FolderError(f"{path.parent}: {path.name} is not text") from None


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _give_up(folder: Path, new: bool) -> None:
    """Takes away what is not whole; with it the folder, when it was made for this run."""
    with suppress(OSError):
        for each in list(folder.iterdir()):
            if each.suffix == PART or (new and _ours(each.name)):
                each.unlink()
        if new:
            folder.rmdir()


def _ours(name: str) -> bool:
    """Whether a file of this name is surely one of a run folder, even without a manifest: so it may be replaced."""
    return _rows(name) or (_made_later(name) and name != FILM)


def _rows(name: str) -> bool:
    """Whether `save` writes a file of this name."""
    return name.removesuffix(PART) in FILES


def _made_later(name: str) -> bool:
    """Whether a file of this name tells the run of its folder in pictures or words."""
    path = Path(name)
    picture = path.suffix in PICTURE and path.stem in shelves.names("plots")
    return name in (*REPORTS, FILM) or picture


def _unwritable(folder: Path, reason: OSError) -> FolderError:
    return FolderError(f"cannot write the run to {folder}: {reason.strerror}")


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    rows, text = list(rows), io.StringIO()
    if rows:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows(row.values() for row in rows)
    return text.getvalue()


def _json(content: Any) -> bytes:
    return to_json(content, indent=1)
