"""Commands about what is written: facts, new scenarios, older formats."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.answers import complain, faulty, print_text, say, say_json
from sim.errors import Fault, FolderError, ScenarioError
from sim.options import in_json, kinds_said, own_kinds, settings

if TYPE_CHECKING:
    from sim.worker import Row

BAD_INPUT = 2


@click.command()
@own_kinds
@settings
@click.argument("scenario")
@click.option("--all", "everything", is_flag=True, help="List the numbers of the data sheets as well.")
@click.option("--markdown", "form", flag_value="markdown", help="All of it as a page in Markdown.")
@click.option(
    "--html", "form", flag_value="html", help="All of it as a page in HTML that needs nothing else."
)
@click.option(
    "--runs",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Replications of the scenario (navdrill run -n), held against what was reported.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write the page.  [standard output]",
)
@in_json
def facts(
    scenario: str,
    settings: tuple[str, ...],
    everything: bool,
    form: str | None,
    runs: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Shows where each number of SCENARIO comes from: a fact, or an assumption with its range."""
    is_page = form in ("markdown", "html")
    if (runs or out) and not is_page:
        raise click.UsageError("--runs and --out are for a page; give --markdown or --html as well")
    if is_page and as_json and out is None:
        raise click.UsageError("a page and JSON both print; give --out for the page")
    from sim.scenario.overrides import read_with

    plan = read_with(scenario, settings)
    from sim.provenance import provenance

    found = provenance(plan, scenario)
    if not is_page and as_json:
        say_json(found.content())
        return
    if not is_page:
        from sim.listing import width

        say(found.lines(width(), everything))
        return
    from sim.facts_page import as_html, as_markdown, parts
    from sim.reported import reported
    from sim.scenario.facts import cited_sources

    simulated = None
    if runs is not None:
        rows = _replications(runs, plan.digest)
        simulated = list(reported(plan, found.sheet.facts if found.sheet else {}, rows))
    text = (as_html if form == "html" else as_markdown)(
        plan.exercise, parts(found, cited_sources(), simulated)
    )
    if out is None:
        print_text(text)
    else:
        _write(out, text)
        if as_json:
            say_json(found.content() | {"written": out.as_posix()})
        else:
            say([f"Written: {out.as_posix()}"])


def _replications(folder: Path, digest: str) -> list[Row]:
    """The rows of a folder of replications. Raises FolderError when they are of another scenario."""
    from sim.archive import read_archive

    about, held = read_archive(folder)
    if about.get("scenario_digest") != digest:
        raise FolderError(
            f"{folder} holds replications of another scenario, {about.get('title', 'a study')!r}"
        )
    return held[0][1]


@click.command()
@own_kinds
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", metavar="DRILL", help="The drill of its one serial.  [surface-gunnery]")
@in_json
def new(file: Path, kind: str | None, as_json: bool) -> None:
    """Writes a scenario to begin with into FILE: one drill, and a comment at every section.

    It runs as it is. Never written over a file that is there.
    """
    from sim.starter import KIND, starter

    file = file if file.suffix else file.with_name(f"{file.name}.yaml")
    drill = (kind or KIND).replace("_", "-")
    text = starter(drill, file.stem.replace("_", " ").capitalize())
    _write(file, text, "x")
    from sim.scenario.read import read

    faults: tuple[Fault, ...] = ()
    try:
        read(file)
    except ScenarioError as wrong:
        faults = wrong.faults
    if as_json:
        say_json({"written": file.as_posix(), "drill": drill, "faults": faulty(faults)})
    else:
        said = f"{shlex.quote(file.as_posix())}{kinds_said()}"
        say(
            [
                f"Written: {file.as_posix()}",
                f"Check it with: navdrill check {said}",
                f"Play it with:  navdrill run {said}",
            ]
        )
        if faults:
            listed = "\n".join(map(str, faults))
            complain(f"The drill {drill} has no lesson to begin with; still to be mended:\n{listed}")
    if faults:
        sys.exit(BAD_INPUT)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it.  [in its place]",
)
@in_json
def migrate(files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Rewrites scenario files of an older format to the present one; comments stay.

    A file that is in the present format already is left as it is.
    """
    if out is not None and len(files) > 1:
        raise click.UsageError("--out is for one file")
    from sim.scenario.formats import migrated
    from sim.scenario.schema import FORMAT
    from sim.scenario.tree import read_text

    found: list[tuple[Path, str, str, list[str]]] = []
    faults: list[Fault] = []
    for file in files:
        try:
            text = read_text(file)
            found.append((file, text, *migrated(text, file.as_posix())))
        except ScenarioError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise ScenarioError(faults)  # before anything is written
    for file, text, new, _ in found:
        if out is not None or new != text:
            _write(out or file, new)
    if as_json:
        say_json(
            {
                "format": FORMAT,
                "files": [{"file": (out or file).as_posix(), "changes": said} for file, _, _, said in found],
            }
        )
        return
    for file, _, _, said in found:
        done = f"now of format {FORMAT}" if said else f"is of format {FORMAT}, nothing to do"
        say([f"{(out or file).as_posix()}: {done}", *(f"  {each}" for each in said)])


def _write(file: Path, text: str, mode: str = "w") -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open(mode, encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise FolderError(f"{file} is there already; give another name") from None
    except OSError as reason:
        raise FolderError(f"cannot write {file}: {reason.strerror}") from None


PAPERS = (facts, new, migrate)
