"""Commands about what is written: facts, and new scenarios."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from sim.answers import say, say_json
from sim.errors import FolderError, ScenarioError
from sim.options import kinds_said, own_kinds, settings


@click.command()
@own_kinds
@settings
@click.argument("scenario")
@click.option("--all", "everything", is_flag=True, help="List the numbers of the data sheets as well.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def facts(scenario: str, settings: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Shows where each number of SCENARIO comes from: a fact, or an assumption with its range."""
    from sim.scenario.overrides import read_with

    plan = read_with(scenario, settings)
    from sim.provenance import provenance

    found = provenance(plan, scenario)
    if as_json:
        say_json(found.content())
        return
    from sim.listing import width

    say(found.lines(width(), everything))


@click.command()
@own_kinds
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", metavar="DRILL", help="The drill of its one serial.  [surface-gunnery]")
def new(file: Path, kind: str | None) -> None:
    """Writes a scenario to begin with into FILE: one drill, and a comment at every section.

    It runs as it is. Never written over a file that is there.
    """
    from sim.starter import KIND, starter

    file = file if file.suffix else file.with_name(f"{file.name}.yaml")
    drill = (kind or KIND).replace("_", "-")
    text = starter(drill, file.stem.replace("_", " ").capitalize())
    _write(file, text, "x")
    said = f"{shlex.quote(file.as_posix())}{kinds_said()}"
    say(
        [
            f"Written: {file.as_posix()}",
            f"Check it with: navdrill check {said}",
            f"Play it with:  navdrill run {said}",
        ]
    )
    from sim.scenario.read import read

    try:
        read(file)
    except ScenarioError as wrong:
        click.echo(f"The drill {drill} has no lesson to begin with; still to be mended:\n{wrong}", err=True)
        sys.exit(BAD_INPUT)


def _write(file: Path, text: str, mode: str = "w") -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open(mode, encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise FolderError(f"{file} is there already; give another name") from None
    except OSError as reason:
        raise FolderError(f"cannot write {file}: {reason.strerror}") from None


BAD_INPUT = 2
PAPERS = (facts, new)
