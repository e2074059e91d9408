"""A film of a run: from when to when, of which waters, how fast, and into which file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.accounts import moment
from sim.animation._events import Event, events
from sim.animation._files import writable, write
from sim.animation._reel import Cut, Reel
from sim.animation._stage import Stage
from sim.errors import FilmError, FolderError, unknown
from sim.geodesy import Plane
from sim.plots._chart import Frame
from sim.plots._clock import Span
from sim.plots._paths import PASSING, clipped, paths
from sim.plots._paths import Path as Way
from sim.plots._places import outline
from sim.plots._rows import rows
from sim.quantities import HOUR, NAUTICAL_MILE
from sim.report._map import panels
from sim.runs import Run

LASTING = 45.0  # s of a film, where no speed is asked for
SPEEDS = (
    1.0,
    2.0,
    5.0,
    10.0,
    20.0,
    30.0,
    60.0,
    120.0,
    300.0,
    600.0,
    900.0,
    1200.0,
    1800.0,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
)  # s a second
FPS = 10.0
SIZE = (960, 720)  # px
LEAST, GREATEST = 320, 3840  # px of a side
MOST = 6000  # pictures; a slip in a speed would else fill a disk
BEFORE, AFTER = 0.15, 0.1  # of a serial's length, that its film begins earlier and ends later
MARGIN = 0.08  # of what is shown, to spare around it
NARROWEST = 4 * NAUTICAL_MILE  # of what is shown
SAMPLES = 12  # pictures from which a GIF takes its colours


class Film(NamedTuple):
    """What was asked for, worked out. begin, end: s of the exercise. speed: s of it in a second of film. size: px."""

    begin: float
    end: float
    speed: float
    fps: float
    size: tuple[int, int]
    times: NDArray[np.float64]
    stage: Stage
    reel: Reel
    told: list[Event]

    def pictures(self) -> Iterator[NDArray[np.uint8]]:
        """One after the other, (height, width, 4)."""
        for number in range(len(self.times)):
            self.stage.show(number)
            yield self.stage.pixels()

    def content(self) -> dict[str, Any]:
        """For programs."""
        return {"pictures": len(self.times), "fps": self.fps, "speed": self.speed, "begin_s": self.begin, "end_s": self.end,
                "width_px": self.size[0], "height_px": self.size[1], "units": [path.unit for path in self.reel.units if path.group != PASSING],
                "events": [{"time_s": each.time, "words": each.words} for each in self.told]}  # fmt: skip

    def save(self, path: str | Path, shown: Callable[[int], None] = lambda _: None) -> Path:
        """Writes it as .gif or .mp4. shown: is told of each picture. Raises FilmError, or FolderError when the file cannot be written."""
        path = Path(path)
        writable(path)

        def counted() -> Iterator[NDArray[np.uint8]]:
            for number, each in enumerate(self.pictures()):
                shown(number)
                yield each

        samples = []
        for number in np.unique(np.linspace(0, len(self.times) - 1, SAMPLES).round().astype(int)):
            self.stage.show(int(number))
            samples.append(self.stage.pixels())
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, counted(), self.fps, samples)
        except OSError as reason:
            raise FolderError(f"cannot write the film to {path}: {reason.strerror or reason}") from None
        return path


def film(run: Run, *, begin: str | None = None, end: str | None = None, serial: str | None = None, area: str | None = None, region: bool = False,
         speed: float | None = None, fps: float = FPS, size: tuple[int, int] = SIZE) -> Film:  # fmt: skip
    """A film of a run, or of a part of it, ready to be shown or saved.

    begin, end: moments like '21 Jul 16:05'. serial: from before its COMEX to after its FINEX, around its units. area: the
    waters shown; else region: all of them. speed: s of the exercise in a second of film, else it lasts about three
    quarters of a minute. Raises FilmError, and AccountError for a moment that is none.
    """
    if serial is not None and serial not in run.outcomes:
        raise FilmError(unknown("serial", serial, run.outcomes))
    if area is not None and area not in run.plan.areas:
        raise FilmError(unknown("area", area, run.plan.areas))
    low, high = (0.0, run.plan.length) if serial is None else _of_serial(run, serial)
    low = low if begin is None else moment(run, begin)
    high = high if end is None else moment(run, end)
    if high <= low:
        raise FilmError(
            f"the film would end ({end or 'with the exercise'}) before it begins ({begin or 'with the exercise'})"
        )
    pace = (
        speed if speed is not None else min(SPEEDS, key=lambda each: abs(log(each * LASTING / (high - low))))
    )
    if not pace > 0.0 or not fps > 0.0:
        raise FilmError("speed and pictures a second must be more than 0")
    if not all(LEAST <= side <= GREATEST for side in size):
        raise FilmError(f"{size[0]}x{size[1]} px: each side must be from {LEAST} to {GREATEST} px")
    count = int((high - low) / pace * fps) + 1
    if count > MOST:
        raise FilmError(
            f"that is a film of {count} pictures, more than {MOST}; let more of the exercise pass in a second, or show less of it"
        )
    times = np.unique(np.minimum(low + pace / fps * np.arange(count + 1), high))
    reel, told = Reel(run, times, pace), events(run, low, high, pace)
    even = (size[0] // 2 * 2, size[1] // 2 * 2)  # as videos want it
    stage = Stage(run, Cut(low, high, _frame(run, low, high, serial, area, region)), reel, told, pace, even)
    return Film(low, high, pace, fps, even, times, stage, reel, told)


def _of_serial(run: Run, serial: str) -> tuple[float, float]:
    row = next(each for each in rows(run) if each.serial == serial)
    spans = (
        [*row.attempts]
        if row.actual is None
        else [row.actual, *(Span(each.start, each.end) for each in row.holds)]
    )
    first, last = min(each.start for each in spans), max(each.end for each in spans)
    return max(0.0, first - BEFORE * (last - first)), min(run.plan.length, last + AFTER * (last - first))


def _frame(run: Run, begin: float, end: float, serial: str | None, area: str | None, region: bool) -> Frame:
    """An area with what is around it; the units of a serial on their ways; or the waters of the exercise, or all."""
    plane = Plane(run.plan.datum.latitude, run.plan.datum.longitude)
    if area is not None:
        points, radius = outline(run.plan.areas[area], plane)
        return _roomy(
            np.concatenate([points + np.array(side) * (radius or 0.0) for side in ((-1, -1), (1, 1))])
        )
    found = paths(run)
    if serial is not None and not region:
        near = [
            np.array(record.at) for record in run.log.of("comex") if record.serial == serial and record.at
        ]
        names = _units(run, serial)
        ways: list[Way] = [
            clipped(path, begin, end) for path in found if path.unit in names and path.group != PASSING
        ]
        corners = [
            piece[:, 1:] for path in ways for piece in path.pieces if path.group in ("warship", "auxiliary")
        ]
        corners += [each[None, :] for each in near]
        if corners:
            return _roomy(np.concatenate(corners))
    close, far = panels(run, found)
    return far if region else close


def _units(run: Run, serial: str) -> list[str]:
    return list(
        dict.fromkeys(record.unit or "" for record in run.log.of("assigned") if record.serial == serial)
    )


def _roomy(corners: NDArray[np.float64]) -> Frame:
    frame = Frame.around(corners, MARGIN)
    x, y = (frame.west + frame.east) / 2, (frame.south + frame.north) / 2
    half = NARROWEST / 2
    return Frame.over([frame, Frame(x - half, y - half, x + half, y + half)])
