"""Pictures of many runs, and of a study, into a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from sim import shelves
from sim.archive import read_archive
from sim.errors import FolderError
from sim.plots._style import save
from sim.progress import Progress
from sim.studies import again
from sim.studies.results import Results, load


def draw_many(
    said: Path,
    out: Path | None,
    kinds: Sequence[str],
    progress: Progress,
    suffix: str,
    count: int,
    workers: int,
) -> list[Path]:
    """Draws what a folder of replications, a study or a point of one holds: all kinds, or those named; gives the files.

    count: replications that are played again for their logs, at most; workers: by how many processes. Raises FolderError and UnknownKind before anything is played.
    """
    study = _study(said, kinds)
    if study is not None:
        return [
            _save(figure, (out or said) / f"{name}.{suffix}")
            for name, figure in figures(study, progress, kinds)
        ]
    modules = {kind: shelves.picture("bands", kind) for kind in kinds or shelves.names("bands")}
    found = again.series(said)
    runs = again.again(
        found, count, progress.counting("runs played again", min(count, len(found.rows))), workers
    )
    folder, _, point = str(said).rpartition("@") if not said.is_dir() else (str(said), "", "")
    drawn = []
    for kind, module in modules.items():
        progress(f"Drawing the {kind}")
        drawn.append(
            _save(
                module.draw(runs),
                (out or Path(folder)) / f"{kind}{f'-point{point}' if point else ''}.{suffix}",
            )
        )
    return drawn


def figures(found: Results, progress: Progress, kinds: Sequence[str] = ()) -> Iterator[tuple[str, Figure]]:
    """The pictures of a study with the names of their files, all kinds or those named. Raises UnknownKind."""
    modules = {kind: shelves.picture("figures", kind) for kind in kinds or shelves.names("figures")}
    for kind, module in modules.items():
        progress(f"Drawing the {kind}")
        for name, figure in module.draw(found):
            yield f"{kind}{'-' + name if name else ''}", figure


def _study(said: Path, kinds: Sequence[str]) -> Results | None:
    """The study that a folder holds; None for replications of one scenario, or one of its points."""
    if not said.is_dir():
        return None
    about, held = read_archive(said)
    if "study" not in about:
        return None
    if any(kind in shelves.names("bands") for kind in kinds):
        raise FolderError(
            f"{said} is a study of {len(held)} points; such a picture is of one of them, like {said}@0"
        )
    return load(said)


def _save(figure: Figure, path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return save(figure, path)
    except OSError as reason:
        raise FolderError(f"cannot draw into {path.parent}: {reason.strerror}") from None
