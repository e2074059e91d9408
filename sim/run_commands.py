"""The commands of a run that has been played, from its folder: plot, why, report."""

from __future__ import annotations

from pathlib import Path

import click

from sim.answers import draw, say, say_json
from sim.options import own_kinds
from sim.progress import Progress


@click.command()
@own_kinds
@click.argument("run_folder", type=click.Path(path_type=Path))
@click.argument("kinds", nargs=-1)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to put them.  [the run folder]"
)
@click.option(
    "--format",
    "suffix",
    default="png",
    type=click.Choice(["png", "svg", "pdf"]),
    show_default=True,
    help="Of the files.",
)
def plot(run_folder: Path, kinds: tuple[str, ...], out: Path | None, suffix: str) -> None:
    """Draws pictures of a run from its folder: all kinds, or those named."""
    with Progress() as progress:
        progress("Reading the run")
        from sim import shelves, store

        kinds = tuple(each.replace("_", "-") for each in kinds) or shelves.names("plots")
        for each in kinds:
            shelves.module("plots", each)  # a slip of the pen is told before any picture is drawn
        drawn = draw(store.load(run_folder), out or run_folder, kinds, progress, suffix)
    say(each.as_posix() for each in drawn)


@click.command()
@own_kinds
@click.argument("run_folder", type=click.Path(path_type=Path))
@click.argument("what", metavar="SERIAL|UNIT|TIME")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def why(run_folder: Path, what: str, as_json: bool) -> None:
    """Says why a serial of a run came to what it did, what befell a unit, or what went on at a time ("21 Jul 16:05").

    Each account goes back from cause to cause to where it begins: weather, traffic, a casualty, a delay, an order.
    """
    with Progress() as progress:
        progress("Reading the run")
        from sim import accounts, store

        found = accounts.why(store.load(run_folder), what)
    if as_json:
        say_json([each.content() for each in found])
        return
    say(line for at, each in enumerate(found) for line in ([""] if at else []) + list(each.told()))


@click.command()
@own_kinds
@click.argument("run_folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help="File to write.  [report.html, replay.html or report.md in the run folder]")  # fmt: skip
@click.option("--replay-only", "kind", flag_value="replay", help="Write the replay alone.")
@click.option(
    "--markdown", "kind", flag_value="markdown", help="Write the report in Markdown, without pictures."
)
def report(run_folder: Path, out: Path | None, kind: str | None) -> None:
    """Tells a run in one HTML file: what happened and why, with maps and a replay. It opens in any browser, offline."""
    from sim.answers import report as answer

    answer(run_folder, out, kind or "report")


TELLING = (plot, why, report)
