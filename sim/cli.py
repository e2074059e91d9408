"""The command line: run, check, show, plot, facts.

Commands import what they need when called, so that `--help` and `check` stay light. Results go to stdout,
progress and faults to stderr; bad input ends with exit code 2 and no traceback.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.errors import Fault, NavdrillError, ScenarioError, UnknownKind, nearest

if TYPE_CHECKING:
    from rich.console import Console

    from sim.runs import Run
    from sim.scenario.schema import Scenario

BAD_INPUT = 2
BROKEN = 1
PICTURES = ("timeline", "tracks")


class Commands(click.Group):
    """A group that suggests the nearest command."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant; an unknown one is refused with the nearest name."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            near = nearest(args[0], self.commands)
            hint = f" Did you mean {near!r}?" if near else f" There are: {', '.join(self.commands)}."
            raise click.UsageError(f"no command called {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="navdrill", prog_name="navdrill")
def cli() -> None:
    """Plays naval exercises: serials, drills, weather, logistics and cooperation, with agents on a real clock."""


@cli.command()
@click.argument("scenario")
@click.option(
    "--seed", default=0, show_default=True, type=click.IntRange(0), help="Seed of all chance in the run."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the run.  [out/NAME-seedN]"
)
@click.option("--json", "as_json", is_flag=True, help="Print the manifest, serials and measures as JSON.")
@click.option(
    "--pictures/--no-pictures", default=True, show_default=True, help="Draw the timeline and track chart."
)
def run(scenario: str, seed: int, out: Path | None, as_json: bool, pictures: bool) -> None:
    """Plays SCENARIO once and shows what happened.

    SCENARIO is a file, or the name of one that comes with navdrill (gunnery_day).
    """
    errors = _console(stderr=True)
    with errors.status("Reading the scenario") as status:
        plan = _load(scenario)
        from sim import store
        from sim.runs import play

        status.update(f"Playing {plan.exercise}, {plan.length / 3600:.0f} hours, {len(plan.serials)} serials")
        played = play(plan, seed)
        status.update("Writing the run")
        folder = out or Path("out") / f"{Path(scenario).stem}-seed{seed}"
        command = f"navdrill run {scenario} --seed {seed}"
        store.save(played, folder, command)
        drawn = _draw(played, folder, PICTURES, status) if pictures else []
    if as_json:
        found = store.manifest(played, command)
        found |= {"serials": list(store.serial_rows(played)), "measures": list(store.measure_rows(played))}
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    from sim.scoreboard import scoreboard

    scoreboard(played, _console())
    click.echo(f"Run folder: {folder.as_posix()}")
    for picture in drawn:
        click.echo(f"Picture:    {picture.as_posix()}")


@cli.command()
@click.argument("scenarios", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
def check(scenarios: tuple[str, ...], as_json: bool) -> None:
    """Checks scenario files: every fault with its place and, where there is one, the mend."""
    from sim.scenario.read import read

    faults: list[Fault] = []
    good: list[tuple[str, Scenario]] = []
    for name in scenarios:
        try:
            plan = read(name)
        except ScenarioError as wrong:
            faults.extend(wrong.faults)
        else:
            good.append((name, plan))
    if as_json:
        listed = [
            {
                "file": each.file,
                "line": each.line,
                "column": each.column,
                "path": each.path,
                "message": each.message,
            }
            for each in faults
        ]
        click.echo(
            json.dumps({"faults": listed, "good": [name for name, _ in good]}, indent=1, ensure_ascii=False)
        )
    else:
        for name, plan in good:
            click.echo(f"{name}: good; {len(plan.serials)} serials, {plan.length / 3600:.0f} hours")
        for fault in faults:
            click.echo(str(fault), err=True)
        if faults:
            click.echo(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} found", err=True)
    if faults:
        sys.exit(BAD_INPUT)


@cli.command()
@click.argument("what", required=False)
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show(what: str | None, name: str | None, as_json: bool) -> None:
    """Shows what there is: drills, platforms, guns, seasons, measures, plots, scenarios; or one of them by NAME."""
    from sim.catalogue import describe

    described = describe(what, name)
    if as_json:
        click.echo(json.dumps(described.content, indent=1, ensure_ascii=False))
    else:
        described.print(_console())


@cli.command()
@click.argument("run_folder", type=click.Path(path_type=Path))
@click.argument("kinds", nargs=-1)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to put them.  [the run folder]"
)
@click.option(
    "--format", "suffix", default="png", type=click.Choice(["png", "svg", "pdf"]), show_default=True
)
def plot(run_folder: Path, kinds: tuple[str, ...], out: Path | None, suffix: str) -> None:
    """Draws pictures of a run from its folder: all kinds, or those named."""
    errors = _console(stderr=True)
    with errors.status("Reading the run") as status:
        from sim import shelves, store

        for kind in kinds:
            shelves.module("plots", kind)
        played = store.load(run_folder)
        folder = out or run_folder
        folder.mkdir(parents=True, exist_ok=True)
        drawn = _draw(played, folder, kinds or shelves.names("plots"), status, suffix)
    for picture in drawn:
        click.echo(picture.as_posix())


@cli.command()
@click.argument("scenario")
@click.option("--all", "everything", is_flag=True, help="List the numbers of the data sheets as well.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def facts(scenario: str, everything: bool, as_json: bool) -> None:
    """Shows where each number of SCENARIO comes from: a fact, or an assumption with its range."""
    plan = _load(scenario)
    from sim.provenance import provenance

    found = provenance(plan, scenario)
    if as_json:
        click.echo(json.dumps(found.content(), indent=1, ensure_ascii=False))
    else:
        found.print(_console(), everything)


def _load(scenario: str) -> Scenario:
    from sim.scenario.read import read

    return read(scenario)


def _draw(run: Run, folder: Path, kinds: tuple[str, ...], status: Any, suffix: str = "png") -> list[Path]:
    from sim import shelves
    from sim.plots._style import save

    drawn = []
    for kind in kinds:
        status.update(f"Drawing the {kind}")
        path = folder / f"{kind}.{suffix}"
        save(shelves.module("plots", kind).draw(run), path)
        drawn.append(path)
    return drawn


def _console(stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def main() -> None:
    """Runs the command line; faults become lines on stderr and an exit code, never a traceback."""
    try:
        cli(standalone_mode=False)
    except (ScenarioError, UnknownKind) as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(BAD_INPUT)
    except NavdrillError as wrong:
        click.echo(f"navdrill: {wrong}", err=True)
        sys.exit(BAD_INPUT if isinstance(wrong, OSError) else BROKEN)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
