"""The command line: run, check, show, plot, facts, route, verify.

Commands import what they need when called, so that `--help` and `check` stay light. Results go to stdout,
progress and faults to stderr; bad input ends with exit code 2 and no traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim import __version__, terminal
from sim.answers import checked, kept, print_text, replications, say, say_json
from sim.errors import NavdrillError, RouteError
from sim.options import (
    Commands,
    in_json,
    kinds_said,
    own_kinds,
    settings,
    settings_named,
    settings_said,
    step,
)
from sim.paperwork import PAPERS
from sim.progress import Progress
from sim.quantities import parse
from sim.refusals import nobody_reads, refuse
from sim.run_commands import TELLING
from sim.study_commands import STUDIES

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

MOST = 10_000  # replications, until a measure is known well enough
PICTURES = ("timeline", "tracks")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="navdrill")
def cli() -> None:
    """Plays naval exercises: serials, drills, weather, logistics and cooperation, with agents on a real clock."""


@cli.command()
@own_kinds
@settings
@click.argument("scenario")
@click.option(
    "--seed", default=0, show_default=True, type=click.IntRange(0), help="Seed of all chance in the run."
)
@click.option(
    "--replication", default=0, type=click.IntRange(0, 2**32 - 1), help="Which one of the seed's runs.  [0]"
)
@click.option(
    "-n",
    "--replications",
    "count",
    type=click.IntRange(1, 2**32),
    help="Play replications 0 to N-1 of the seed.",
)
@click.option("--until", metavar="MEASURE±SIZE",
              help="Play until a measure is known so well ('serials_completed ±2%'); -n is the most.  [10000]")  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1), help="Processes for the replications.  [one for each processor]"
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the run.  [out/NAME-seedN]"
)
@in_json
@click.option(
    "--pictures/--no-pictures", default=True, show_default=True, help="Draw the timeline and track chart."
)
@click.option("--audit-step", metavar="TIME", callback=step,
              help="Look at the contacts again in steps of so long (10s), and tell what steps miss or see late.")  # fmt: skip
def run(
    scenario: str,
    settings: tuple[str, ...],
    seed: int,
    replication: int,
    count: int | None,
    until: str | None,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    pictures: bool,
    audit_step: float | None,
) -> None:
    """Plays SCENARIO once and shows what happened; with -n many times, and shows what that says.

    SCENARIO is a file, or the name of one that comes with navdrill (gunnery_day). The same -n command again goes
    on where it was stopped.
    """
    if until is not None and count is None:
        count = MOST
    if count is not None and replication:
        raise click.UsageError("-n plays replications 0 to N-1; give --replication without it")
    if count is None and workers is not None:
        raise click.UsageError("--workers share out replications; give -n as well")
    if count is not None and audit_step is not None:
        raise click.UsageError("--audit-step looks at one run again; give it without -n")
    from sim import later

    later.put_off()
    name = f"{Path(scenario).stem}{settings_named(settings)}-seed{seed}"
    name += f"-replication{replication}" if replication else ""
    folder = out or Path("out") / (name if count is None else f"{name}-replications")
    again = f"navdrill run {scenario}{kinds_said()}{settings_said(settings)} --seed {seed}"
    command = again + (f" --replication {replication}" if replication else "")
    if count is not None:
        replications(scenario, settings, seed, count, workers, folder, as_json, again, until)
        return
    with Progress() as progress:
        progress("Reading the scenario")
        plan = _load(scenario, settings)
        from sim import store, tables
        from sim.runs import play

        store.claim(folder)  # before the work, not after it
        progress(f"Playing {plan.exercise}, {plan.length / 3600:.0f} hours, {len(plan.serials)} serials")
        audit = None
        if audit_step is not None:
            from sim.audit import Audit

            audit = Audit()
        played = play(plan, seed, replication) if audit is None else play(plan, seed, replication, audit)
        progress("Writing the run")
        drawn, gone = kept(played, folder, command, PICTURES if pictures else (), progress)
        findings = []
        if audit is not None and audit_step is not None:
            progress(f"Looking again every {audit_step:g} s")
            findings = audit.stepped(audit_step)
    if as_json:
        found = store.manifest(played, command)
        found |= {"folder": folder.as_posix(), "pictures": [each.as_posix() for each in drawn],
                  "removed": [each.as_posix() for each in gone],
                  "serials": list(tables.serial_rows(played)), "units": list(tables.unit_rows(played)),
                  "measures": list(tables.measure_rows(played))}  # fmt: skip
        if audit is not None:
            found["audit"] = {"step_s": audit_step, "sensors": [each._asdict() for each in findings]}
        say_json(found)
        return
    from rich.console import Console

    from sim.scoreboard import scoreboard

    scoreboard(played, Console(highlight=False))
    if audit_step is not None:
        from sim.listing import audited, width

        say(["", *audited(audit_step, findings, width())])
    say(["", f"Run folder: {folder.as_posix()}", *(f"Picture:    {each.as_posix()}" for each in drawn),
         *(f"Removed:    {each.as_posix()}, of the run that was there before" for each in gone)])  # fmt: skip


@cli.command()
@own_kinds
@settings
@click.argument("scenarios", nargs=-1, required=True)
@click.option(
    "--plan", "on_paper", is_flag=True, help="Work each schedule on paper as well: can it be done in time?"
)
@in_json
def check(scenarios: tuple[str, ...], settings: tuple[str, ...], on_paper: bool, as_json: bool) -> None:
    """Checks scenario files: every fault with its place and, where there is one, the mend.

    With --plan ends with exit code 1 when a schedule that reads well cannot go as planned.
    """
    sys.exit(checked(scenarios, settings, on_paper, as_json))


@cli.command()
@own_kinds
@click.argument("what", required=False)
@click.argument("name", required=False)
@in_json
def show(what: str | None, name: str | None, as_json: bool) -> None:
    """Shows what there is: drills, platforms, guns, seasons, measures, plots, scenarios; or one of them by NAME.

    `show schema` prints the format of scenarios for editors, kinds of your own included.
    """
    if what == "schema" and name is None:
        from sim.scenario.json_schema import written

        print_text(written())
        return
    from sim.catalogue import describe

    described = describe(what, name)
    if as_json:
        say_json(described.content)
        return
    from sim.listing import width

    say(described.lines(width()))


for command in (*TELLING, *PAPERS, *STUDIES):
    cli.add_command(command)


@cli.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--speed", help="Speed made good, like 14kn; adds the times.")
@click.option(
    "--clearance", default="4 km", show_default=True, help="Kept off the coast where there is room."
)
@in_json
def route(start: str, end: str, speed: str | None, clearance: str, as_json: bool) -> None:
    """Finds the shortest way by sea FROM a position TO another, around all land.

    Positions like "40-00N 134-00E". Legs are geodesics; courses are true, at their beginning.
    """
    from sim.quantities import parse_position

    ends = [_read(name, parse_position, text) for name, text in (("FROM", start), ("TO", end))]
    pace = None if speed is None else _read("--speed", parse, speed, "speed")
    if pace is not None and not pace > 0:
        raise RouteError(f"--speed: is {speed}, must be more than 0 kn")
    kept = _read("--clearance", parse, clearance, "length")
    with Progress() as progress:
        progress("Finding the way")
        from sim.passage import plan

        found = plan(ends[0], ends[1], kept, pace)
    if as_json:
        say_json(found.content())
    else:
        say(found.lines())


@cli.command()
@click.option("--quick", is_flag=True, help="A fourth of the accuracy; under a minute.")
@click.option("--only", multiple=True, metavar="CHAPTER|ID", help="Cases of a chapter (kinematics, KIN) or one (KIN-01); may be repeated.")  # fmt: skip
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for verification.md and .json."
)
@in_json
def verify(quick: bool, only: tuple[str, ...], out: Path | None, as_json: bool) -> None:
    """Works the verification cases: published results, and what the components make of them.

    Ends with exit code 1 when a case fails. A full check takes some minutes.
    """
    from sim.answers import verification

    verification(quick, only, out, as_json)


def _read(name: str, reader: Callable[..., Any], *given: str) -> Any:
    try:
        return reader(*given)
    except ValueError as wrong:
        raise RouteError(f"{name}: {wrong}") from None


def _load(scenario: str, settings: tuple[str, ...]) -> Scenario:
    from sim.scenario.overrides import read_with

    return read_with(scenario, settings)


def main() -> None:
    """Runs the command line; faults become lines on stderr, or JSON, and an exit code, never a traceback."""
    terminal.prepare()
    try:
        cli(standalone_mode=False)
        sys.stdout.flush()  # here, where a closed pipe can be answered
    except BrokenPipeError:
        sys.exit(nobody_reads())
    except (NavdrillError, click.ClickException, click.Abort, KeyboardInterrupt) as wrong:
        sys.exit(refuse(wrong, sys.argv[1:]))
