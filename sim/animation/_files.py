"""Pictures one after the other into a file: GIF by Pillow, MP4 by ffmpeg where it is there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

from sim.errors import FilmError

Pixels = NDArray[np.uint8]
ENDINGS = (".gif", ".mp4")
COLOURS = CLEAR = 255  # of a GIF, and the one more that means that a point is as it was
BITS = 5  # of each of red, green and blue, by which a colour is looked up


def writable(path: Path) -> None:
    """Whether a film can be written under that name at all. Raises FilmError."""
    if path.suffix not in ENDINGS:
        raise FilmError(f"{path.name}: a film ends in .gif or .mp4, not in {path.suffix or 'nothing'!r}")
    if path.suffix == ".mp4" and shutil.which("ffmpeg") is None:
        raise FilmError(
            f"{path.name}: MP4 is written by ffmpeg, and there is none on the path; install it, or write a .gif"
        )


def write(path: Path, pictures: Iterable[Pixels], fps: float, samples: list[Pixels]) -> None:
    """Writes pictures of one size, (height, width, 4). samples: some of them, from which a GIF takes its colours.

    Raises FilmError when ffmpeg fails, OSError when the file cannot be written.
    """
    if path.suffix == ".mp4":
        _mp4(path, pictures, fps)
    else:
        _gif(path, pictures, fps, samples)


def _gif(path: Path, pictures: Iterable[Pixels], fps: float, samples: list[Pixels]) -> None:
    """One palette for all, and of each picture only what has changed: points that stay the same are clear."""
    sampled = Image.fromarray(np.concatenate([each[::2, ::2, :3] for each in samples]))
    palette = sampled.quantize(COLOURS, dither=Image.Dither.NONE)
    places, colours = _lookup(palette), (palette.getpalette() or [])[: 3 * COLOURS]
    colours += [0] * (3 * (COLOURS + 1) - len(colours))
    before: Pixels | None = None
    with path.open("wb") as file:
        for each in pictures:
            red, green, blue = (each[:, :, channel].astype(np.uint16) >> (8 - BITS) for channel in range(3))
            now: Pixels = places[(red << 2 * BITS) | (green << BITS) | blue]
            if before is None:
                file.writelines(
                    GifImagePlugin.getheader(_image(now, colours), info={"loop": 0, "optimize": False})[0]
                )
            corner, changed = (0, 0), now
            if before is not None:
                corner, changed = _changes(before, now)
            file.writelines(
                GifImagePlugin.getdata(
                    _image(changed, colours),
                    corner,
                    duration=round(100 / fps) * 10,
                    transparency=CLEAR,
                    disposal=1,
                )
            )
            before = now
        file.write(b";")


def _image(places: Pixels, colours: list[int]) -> Image.Image:
    made = Image.fromarray(places)
    made.putpalette(colours)
    return made


def _changes(before: Pixels, now: Pixels) -> tuple[tuple[int, int], Pixels]:
    """The smallest rectangle with all that changed: its upper left corner, and the points, clear where they are as they were."""
    differs = before != now
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return (0, 0), np.full((1, 1), CLEAR, np.uint8)
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return (int(columns[0]), int(rows[0])), np.where(differs[box], now[box], np.uint8(CLEAR))


def _lookup(palette: Image.Image) -> Pixels:
    """The nearest colour of a palette for every colour of so many bits."""
    steps = (np.arange(1 << BITS) * 255 / ((1 << BITS) - 1)).round().astype(np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(1 << BITS, -1, 3)
    return np.asarray(Image.fromarray(cube).quantize(palette=palette, dither=Image.Dither.NONE)).ravel()


def _mp4(path: Path, pictures: Iterable[Pixels], fps: float) -> None:
    every = iter(pictures)
    first = next(every)
    high, wide = first.shape[:2]
    command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{wide}x{high}", "-r", f"{fps:g}", "-i", "-",
               "-pix_fmt", "yuv420p", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", path.as_posix()]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            for each in chain([first], every):
                process.stdin.write(each.tobytes())
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended, and says why
        said = process.stderr.read().decode("utf-8", "replace").strip()
        if process.wait():
            raise FilmError(f"ffmpeg could not write {path}: {said or 'it did not say why'}")
