"""The commands of studies: sweep, results."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.answers import BROKEN, complain, print_text, say, say_json
from sim.errors import FolderError, UnknownKind, unknown
from sim.options import in_json, kinds_said, own_kinds
from sim.progress import Progress, timed

if TYPE_CHECKING:
    from sim.studies.results import Results


@click.command()
@own_kinds
@click.argument("experiment", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the study.  [out/NAME]"
)
@click.option("--workers", type=click.IntRange(1), help="How many play at once.  [one for each processor]")
@click.option("--executor", "said", default="processes", show_default=True, metavar="WHO",
              help="serial, processes, dask:tcp://HOST:8786, or mpi.")  # fmt: skip
@click.option("--replications", type=click.IntRange(1), help="Instead of what the file says.")
@click.option("--points", type=click.IntRange(1), help="Instead of what the file says.")
@click.option("--plan-only", is_flag=True, help="Print the points and what they cost, and play nothing.")
@click.option("--pictures/--no-pictures", default=True, show_default=True, help="Draw what the study shows.")
@in_json
def sweep(
    experiment: Path, out: Path | None, workers: int | None, said: str, replications: int | None, points: int | None,
    plan_only: bool, pictures: bool, as_json: bool,
) -> None:  # fmt: skip
    """Plays a study: the points of EXPERIMENT, each as often as it says.

    The same command again goes on where it was stopped.
    """
    from sim import later

    later.put_off()
    with Progress() as progress:
        progress("Reading the experiment")
        from sim.studies.experiment import read_experiment

        study = read_experiment(experiment, replications=replications, points=points)
        if plan_only:
            _planned(study, as_json, progress)
            return
        from sim.executors import executing
        from sim.studies.results import load
        from sim.studies.sweep import sweep as play

        folder = out or Path("out") / experiment.stem
        with executing(said, workers) as how:
            play(study, folder, finished=progress.counting("runs", study.runs), **how)
        progress("Adding up")
        found = load(folder)
        drawn = _draw(found, folder, progress) if pictures else []
    _told(found, as_json, drawn)
    again = f"navdrill sweep {experiment}{kinds_said()} --out {folder.as_posix()}"
    for point, row in found.table.faults:
        complain(f"point {point}, replication {row.replication}: {row.fault}")
    if found.table.faults:
        complain(f"  to try them again: {again}")
        sys.exit(BROKEN)


@click.command()
@own_kinds
@click.argument("study", type=click.Path(file_okay=False, path_type=Path))
@click.option("--csv", "as_csv", metavar="PATH|-", help="Write the table as CSV; - prints it.")
@click.option(
    "--parquet", type=click.Path(dir_okay=False, path_type=Path), help="Write the table as Parquet."
)
@click.option("--pictures/--no-pictures", default=False, show_default=True, help="Draw what the study shows.")
@click.option(
    "--best", metavar="MEASURE", help="Rank the points by a measure, with a guarantee; see --margin."
)
@click.option("--least", is_flag=True, help="The least is best.")
@click.option("--margin", default=0.5, show_default=True, type=click.FloatRange(0, min_open=True),
              help="The least difference worth knowing, in the measure's unit.")  # fmt: skip
@in_json
def results(
    study: Path,
    as_csv: str | None,
    parquet: Path | None,
    pictures: bool,
    best: str | None,
    least: bool,
    margin: float,
    as_json: bool,
) -> None:
    """Shows what is in the folder of a STUDY, whole or not, and exports its table."""
    if as_csv == "-" and as_json:
        raise click.UsageError("--csv - and --json both print; give --csv a file")
    from sim.studies.results import load

    with Progress() as progress:
        progress("Reading the study")
        found = load(study)
        drawn = _draw(found, study, progress) if pictures else []
    if best is not None:
        _best(found, best, margin, not least, as_json)
        return
    if as_csv == "-":
        print_text(found.table.csv())
        return
    written = []
    if as_csv is not None:
        try:
            Path(as_csv).write_text(found.table.csv(), encoding="utf-8", newline="")
        except OSError as reason:
            raise FolderError(f"cannot write {as_csv}: {reason.strerror}") from None
        written.append(Path(as_csv))
    if parquet is not None:
        found.table.parquet(parquet)
        written.append(parquet)
    _told(found, as_json, drawn, written)
    if not as_json:
        from sim.listing import table, width

        say(["", *table(("column", "type", "what"), found.table.schema(), width())])
        say(f"Written: {each.as_posix()}" for each in written)


@click.command()
@click.argument("one")
@click.argument("other")
@click.option("--all", "everything", is_flag=True, help="List serials that do not differ as well.")
@in_json
def compare(one: str, other: str, everything: bool, as_json: bool) -> None:
    """Compares ONE with OTHER, run by run: folders of `run -n` with the same seed, or points of a study as FOLDER@POINT.

    The same replication of both has the same luck, so that small differences show. A star marks intervals without 0.
    """
    from sim.comparison import compare as compared
    from sim.comparison import read_side

    (title, ones), (its, others) = read_side(one), read_side(other)
    found = compared(ones, others)
    if as_json:
        say_json({"one": title, "other": its, "compared": [
            {"name": each.name, "one": each.one.value, "other": each.other.value, "difference": each.difference.value,
             "low": each.difference.low, "high": each.difference.high, "pairs": each.difference.count} for each in found]})  # fmt: skip
        return
    from sim.conclusions import differences
    from sim.listing import width

    say([f"one:   {title} ({one})", f"other: {its} ({other})", *differences(found, everything, width())])


@click.command()
@own_kinds
@click.argument("scenario")
@click.option(
    "--points",
    default=256,
    show_default=True,
    type=click.IntRange(16),
    help="How many sets of assumptions are tried.",
)
@click.option(
    "--replications", default=1, show_default=True, type=click.IntRange(1), help="How often each is played."
)
@click.option(
    "--seed", default=0, show_default=True, type=click.IntRange(0), help="Seed of all chance in the runs."
)
@click.option("--measure", "measures", multiple=True, help="A measure of the exercise; may be repeated.")
@click.option("--sheets", is_flag=True, help="The assumptions of the data sheets as well.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the study.  [out/NAME-assumptions]",
)
@click.option("--workers", type=click.IntRange(1), help="How many play at once.  [one for each processor]")
@click.option("--executor", "said", default="processes", show_default=True, metavar="WHO",
              help="serial, processes, dask:tcp://HOST:8786, or mpi.")  # fmt: skip
@in_json
def sensitivity(
    scenario: str, points: int, replications: int, seed: int, measures: tuple[str, ...], sheets: bool, out: Path | None,
    workers: int | None, said: str, as_json: bool,
) -> None:  # fmt: skip
    """Ranks the assumptions of SCENARIO by how much of each measure's variance they bring about.

    All numbers with a declared range are spread over it at once. The same command again goes on where it was stopped.
    """
    from sim import later

    later.put_off()
    with Progress() as progress:
        progress("Reading the scenario")
        from sim.executors import executing
        from sim.scenario.read import find, planted
        from sim.studies.assumptions import study_of_assumptions
        from sim.studies.results import load
        from sim.studies.sweep import sweep as play

        tree = planted(scenario)
        progress("Laying out the points")
        study, lost = study_of_assumptions(
            tree, find(scenario).parent, points, replications, seed, measures, sheets
        )
        folder = out or Path("out") / f"{Path(scenario).stem}-assumptions"
        with executing(said, workers) as how:
            play(study, folder, finished=progress.counting("runs", study.runs), **how)
        progress("Ranking")
        found = load(folder)
        from sim import conclusions

        told = conclusions.assumptions(found)
        drawn = [_draw_one(found, told, folder)]
    if as_json:
        say_json({"points": len(study.points), "left_out": lost, "measures": {
            measure: [{"path": each.path, "share": each.share.value, "low": each.share.low, "high": each.share.high} for each in ranks]
            for measure, ranks in told.items()}, "folder": folder.as_posix(), "pictures": [each.as_posix() for each in drawn]})  # fmt: skip
        return
    from sim.listing import width

    say(conclusions.assumption_lines(found, told, lost, width()))
    say(["", f"Study:   {folder.as_posix()}", *(f"Picture: {each.as_posix()}" for each in drawn)])


def _draw_one(found: Results, told: Any, folder: Path) -> Path:
    from sim.figures._assumptions import draw
    from sim.plots._style import save

    return save(draw(found, told), folder / "assumptions.png")


def _planned(study: Any, as_json: bool, progress: Progress) -> None:
    """The points, and how long a run takes here."""
    from sim.replications import Job, play_all

    progress("Playing one run, for its cost")
    first = [Job(study.packed[0].plan, study.experiment.seed, [0])]
    taken = timed(lambda: play_all(first, lambda *_: None, measures=study.measures))
    if as_json:
        say_json({"points": [point.values for point in study.points], "runs": study.runs, "note": study.note,
                  "seconds_a_run": taken})  # fmt: skip
        return
    from sim.conclusions import planned
    from sim.listing import width

    say(
        [
            *planned(study, width()),
            "",
            f"One run takes {taken:.2f} s here; all of them {study.runs * taken / 60:.0f} min of processor time.",
        ]
    )


def _draw(found: Results, folder: Path, progress: Progress) -> list[Path]:
    from sim.pictures import figures
    from sim.plots._style import save

    return [save(figure, folder / f"{name}.png") for name, figure in figures(found, progress)]


def _best(found: Results, measure: str, margin: float, largest: bool, as_json: bool) -> None:
    from sim import conclusions
    from sim.listing import width

    try:
        ranking = conclusions.best(found, measure, margin, largest)
    except KeyError:
        raise UnknownKind(unknown("measure", measure, list(found.table.measures))) from None
    if as_json:
        say_json(ranking.content())
    else:
        say(ranking.lines(width()))


def _told(found: Results, as_json: bool, drawn: list[Path], written: Sequence[Path] = ()) -> None:
    from sim.conclusions import lines
    from sim.studies.findings import content

    if as_json:
        say_json(content(found) | {"folder": found.folder.as_posix(), "pictures": [each.as_posix() for each in drawn],
                                   "written": [each.as_posix() for each in written]})  # fmt: skip
        return
    from sim.listing import width

    say(lines(found, width()))
    say(["", f"Study:   {found.folder.as_posix()}", *(f"Picture: {each.as_posix()}" for each in drawn)])


STUDIES = (sweep, results, compare, sensitivity)
