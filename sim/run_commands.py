"""The commands of a run that has been played, from its folder: plot, why, report, animate."""

from __future__ import annotations

from pathlib import Path

import click

from sim.answers import draw, say, say_json
from sim.options import in_json, own_kinds, step
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
@click.option("--runs", "count", default=30, show_default=True, type=click.IntRange(1),
              help="Of replications: how many are played again at most, for their logs.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1),
              help="Processes that play them again; the pictures are the same by any number.  [one for each processor]")  # fmt: skip
@in_json
def plot(
    run_folder: Path, kinds: tuple[str, ...], out: Path | None, suffix: str, count: int, workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Draws pictures of a run from its folder: all kinds, or those named.

    Of a folder of `run -n`, or of FOLDER@POINT of a study, pictures of many runs with bands; of a study, what it shows.
    """
    with Progress() as progress:
        progress("Reading the run")
        from sim import shelves, store
        from sim.studies.again import is_archive

        kinds = tuple(each.replace("_", "-") for each in kinds)
        if is_archive(run_folder):
            from sim.crews import processors
            from sim.pictures import draw_many

            crew = workers or min(processors(), count)
            drawn = draw_many(run_folder, out, kinds, progress, suffix, count, crew)
        else:
            kinds = kinds or shelves.names("plots")
            for each in kinds:
                shelves.picture("plots", each)  # a slip of the pen is told before any picture is drawn
            drawn = draw(store.load(run_folder), out or run_folder, kinds, progress, suffix)
    if as_json:
        say_json({"pictures": [{"kind": each.stem, "file": each.as_posix()} for each in drawn]})
    else:
        say(each.as_posix() for each in drawn)


@click.command()
@own_kinds
@click.argument("run_folder", type=click.Path(path_type=Path))
@click.argument("what", metavar="SERIAL|UNIT|TIME")
@in_json
def why(run_folder: Path, what: str, as_json: bool) -> None:
    """Says why a serial of a run came to what it did, what befell a unit, or what went on at a time ("21 Jul 16:05").

    Each account goes back from cause to cause to where it begins: weather, traffic, a casualty, a delay, an order.
    """
    with Progress() as progress:
        progress("Reading the run")
        from sim import accounts, store

        found = accounts.why(store.load(run_folder), what)
    if as_json:
        say_json({"about": what, "accounts": [each.content() for each in found]})
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
@in_json
def report(run_folder: Path, out: Path | None, kind: str | None, as_json: bool) -> None:
    """Tells a run in one HTML file: what happened and why, with maps and a replay. It opens in any browser, offline."""
    from sim.answers import report as answer

    answer(run_folder, out, kind or "report", as_json)


def _size(_: click.Context, __: click.Parameter, text: str | None) -> tuple[int, int] | None:
    """Two whole numbers, as 960x720."""
    if text is None:
        return None
    wide, sign, high = text.lower().partition("x")
    if not (sign and wide.strip().isdecimal() and high.strip().isdecimal()):
        raise click.BadParameter(f"{text!r} is no size; write it like 960x720")
    return int(wide), int(high)


@click.command()
@own_kinds
@click.argument("run_folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.gif|FILE.mp4",
              help="File to write; MP4 where there is ffmpeg.  [animation.gif in the run folder]")  # fmt: skip
@click.option("--from", "begin", metavar="TIME", help='Where it begins, like "21 Jul 16:05".')
@click.option("--to", "end", metavar="TIME", help="Where it ends.")
@click.option("--serial", metavar="NUMBER", help="One serial: its time, and the waters its units are in.")
@click.option("--area", metavar="AREA", help="The waters to show.  [those of the exercise]")
@click.option("--region", is_flag=True, help="Show all there is, with the flights.")
@click.option("--speed", metavar="TIME", callback=step,
              help="How much of the exercise a second shows, like 20min.  [so that it lasts about 45 s]")  # fmt: skip
@click.option(
    "--fps", default=10.0, show_default=True, type=click.FloatRange(1, 60), help="Pictures a second."
)
@click.option("--size", metavar="WIDTHxHEIGHT", callback=_size, help="In px.  [960x720]")
@in_json
def animate(
    run_folder: Path, out: Path | None, begin: str | None, end: str | None, serial: str | None, area: str | None, region: bool,
    speed: float | None, fps: float, size: tuple[int, int] | None, as_json: bool,
) -> None:  # fmt: skip
    """Makes a film of a run: a map with everybody on it, the serials, the clock, the weather, and what happens."""
    with Progress() as progress:
        progress("Reading the run")
        from sim import later, store

        later.put_off()
        path = out or run_folder / "animation.gif"
        from sim.animation.film import SIZE, film, writable

        writable(path)
        run = store.load(run_folder)
        progress("Setting the stage")
        made = film(
            run,
            begin=begin,
            end=end,
            serial=serial,
            area=area,
            region=region,
            speed=speed,
            fps=fps,
            size=size or SIZE,
        )
        made.save(path, progress.counting("pictures", len(made.times)))
    if as_json:
        say_json(made.content() | {"file": path.as_posix(), "bytes": path.stat().st_size})
    else:
        say([path.as_posix()])


TELLING = (plot, why, report, animate)
