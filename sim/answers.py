"""What commands answer with: lines or JSON on stdout, pictures in a folder, and many runs added up.

What is needed is imported when it is asked for, so that `--help` and `check` stay light.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import Fault, FolderError
from sim.progress import Progress

if TYPE_CHECKING:
    from sim.feasibility.report import Report
    from sim.runs import Run
    from sim.scenario.schema import Scenario

BROKEN = 1  # exit code of what went wrong inside, or was found wrong with a plan
BAD_INPUT = 2


def say(lines: Iterable[str]) -> None:
    """Prints lines. As `print` does, and not as click does: that writes UTF-8 where letters of ASCII are asked for."""
    print("\n".join(lines), flush=True)


def print_text(text: str) -> None:
    """Prints a text that ends its own lines."""
    print(text, end="", flush=True)


def complain(line: str) -> None:
    """Says on stderr what is wrong."""
    print(line, file=sys.stderr)


def say_json(content: Any) -> None:
    """Prints content as JSON; what is no number, or without end, becomes null."""
    import json

    from sim.terminal import is_ascii

    print(json.dumps(_jsonable(content), indent=1, ensure_ascii=is_ascii(), allow_nan=False), flush=True)


def _jsonable(content: Any) -> Any:
    if isinstance(content, dict):
        return {str(key): _jsonable(each) for key, each in content.items()}
    if isinstance(content, list | tuple):
        return [_jsonable(each) for each in content]
    return None if isinstance(content, float) and not isfinite(content) else content


def faulty(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults for JSON."""
    keys = ("file", "line", "column", "path", "message")
    return [{key: getattr(each, key) for key in keys} for each in faults]


def checked(scenarios: tuple[str, ...], settings: tuple[str, ...], on_paper: bool, as_json: bool) -> int:
    """Reads scenarios and says what is wrong with them; on paper also with their plans. Gives the exit code."""
    from sim.errors import ScenarioError
    from sim.scenario.overrides import read_placed, read_with

    faults: list[Fault] = []
    good: list[tuple[str, Scenario]] = []
    reports: dict[str, Report] = {}
    for name in scenarios:
        try:
            if on_paper:
                from sim.feasibility.report import examine

                plan, tree = read_placed(name, settings)
                reports[name] = examine(plan, tree)
            else:
                plan = read_with(name, settings)
            good.append((name, plan))
        except ScenarioError as wrong:
            faults.extend(wrong.faults)
    if as_json:
        plans = {"plans": {name: report.content() for name, report in reports.items()}} if on_paper else {}
        say_json({"faults": faulty(faults), "good": [name for name, _ in good]} | plans)
    else:
        from sim.listing import width

        for name, plan in good:
            say(
                [
                    f"{name}: good; {len(plan.serials)} serial{'s' * (len(plan.serials) != 1)}, {plan.length / 3600:.0f} hours"
                ]
            )
            if on_paper:
                say(["", *reports[name].lines(width())])
        for fault in faults:
            complain(str(fault))
        if faults:
            complain(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} found")
    if faults:
        return BAD_INPUT
    return BROKEN if any(report.findings for report in reports.values()) else 0


def kept(
    run: Run, folder: Path, command: str, kinds: tuple[str, ...], progress: Progress
) -> tuple[list[Path], list[Path]]:
    """Writes a run folder and draws some pictures into it; gives those, and what was made of a run it replaces and is gone.

    Raises FolderError when it cannot be written.
    """
    from sim import store

    outlived = store.outlived(run, folder, command)
    store.save(run, folder, command)
    drawn = draw(run, folder, kinds, progress) if kinds else []  # a plotter is slow to load
    return drawn, [each for each in outlived if not each.exists()]  # the others were drawn anew


def draw(
    run: Run, folder: Path, kinds: tuple[str, ...], progress: Progress, suffix: str = "png"
) -> list[Path]:
    """Draws kinds of picture of a run into a folder; gives the files. Raises FolderError when it cannot be written."""
    from sim import shelves
    from sim.plots._style import save

    drawn = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in kinds:
            progress(f"Drawing the {kind}")
            drawn.append(save(shelves.module("plots", kind).draw(run), folder / f"{kind}.{suffix}"))
    except OSError as reason:
        raise FolderError(f"cannot draw into {folder}: {reason.strerror}") from None
    return drawn


def report(folder: Path, out: Path | None, kind: str, as_json: bool) -> None:
    """Writes a report of a run as one file and says where. kind: report, replay or markdown.

    Raises FolderError when the folder holds no run or the file cannot be written.
    """
    with Progress() as progress:
        progress("Reading the run")
        from sim import later, store

        later.put_off()
        about, run = store.told(folder), store.load(folder)
        progress("Writing the report")
        if kind == "markdown":
            from sim.report.markdown import markdown

            name, text = "report.md", markdown(run, about, folder)
        elif kind == "replay":
            from sim.report.page import replay

            name, text = "replay.html", replay(run)
        else:
            from sim.report.page import report as page

            name, text = "report.html", page(run, about, folder)
        path = out or folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        except OSError as reason:
            raise FolderError(f"cannot write the report to {path}: {reason.strerror}") from None
    if as_json:
        say_json({"kind": kind, "file": path.as_posix(), "bytes": path.stat().st_size})
    else:
        say([path.as_posix()])


def replications(
    scenario: str, settings: tuple[str, ...], seed: int, count: int, workers: int | None, folder: Path,
    as_json: bool, again: str, until: str | None = None,
) -> None:  # fmt: skip
    """Plays replications 0 to count - 1 of a seed, or what is left of them, and says what they show.

    again: the command that plays one of them. until: what is to be known how well; it may take fewer then.
    """
    with Progress() as progress:
        progress("Reading the scenario")
        from sim.scenario.overrides import read_with

        plan = read_with(scenario, settings)
        from sim.archive import resume
        from sim.crews import processors

        how: dict[str, Any] = {
            "workers": workers or min(processors(), count),
            "finished": progress.counting("replications", count),
        }
        reason = ""
        if until is None:
            rows = resume(plan, seed, count, folder, **how)
        else:
            from sim.sequential import asked, resume_until

            rows, stopping = resume_until(plan, seed, *asked(until), count, folder, **how)
            reason = f"{until}: {len(rows)} replications, {stopping.why}"
        progress("Adding up")
        from sim import summary
        from sim.plots import _many
        from sim.plots._style import save

        good = [row for row in rows if row.fault is None]
        told = list(summary.serials(plan, good))
        picture = save(_many.draw(plan.exercise, len(good), seed, told), folder / "serials.png")

    if as_json:
        say_json(
            summary.content(plan, seed, rows)
            | {"folder": folder.as_posix(), "stopped": reason, "picture": picture.as_posix()}
        )
    else:
        from sim.listing import width

        say(summary.lines(plan, seed, rows, width()))
        say(
            [
                "",
                *([f"Stopped at {reason}"] if reason else []),
                f"Replications: {folder.as_posix()}",
                f"Picture:      {picture.as_posix()}",
            ]
        )
    failed = [row for row in rows if row.fault is not None]
    for row in failed:
        complain(f"replication {row.replication}: {row.fault}")
        complain(f"  to repeat it: {again} --replication {row.replication}")
    if failed:
        sys.exit(BROKEN)


def verification(quick: bool, only: tuple[str, ...], folder: Path | None, as_json: bool) -> None:
    """Works verification cases, prints what they show, and writes it into a folder."""
    from sim import later

    later.put_off()
    with Progress() as progress:
        progress("Looking up the cases")
        from sim import verification as checks

        cases = checks.choose(only)
        if folder is not None:
            _written(folder, {})  # before the work, not after it
        places = {case.name: place for place, case in enumerate(cases, 1)}
        rows = checks.work(
            cases,
            quick,
            lambda case: progress(f"{case.name}: {case.title}, {places[case.name]} of {len(cases)}"),
        )
    found = checks.content(rows, quick)
    if as_json:
        say_json(found)
    else:
        from sim.listing import width

        say(checks.lines(rows, width()))
    if folder is not None:
        import json

        data = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
        files = _written(folder, {"verification.md": checks.page(rows, quick), "verification.json": data})
        if not as_json:
            say(["", *(f"Written: {each.as_posix()}" for each in files)])
    if found["failed"]:
        sys.exit(BROKEN)


def _written(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Writes texts by the names of their files. Raises FolderError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as reason:
        raise FolderError(f"cannot write into {folder}: {reason.strerror}") from None
    return [folder / name for name in texts]
