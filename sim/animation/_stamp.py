"""Text that is set once and then stamped: setting letters is most of the time of a picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from numpy.typing import NDArray

KEPT = 512  # texts
ROOM = 4  # px around a text, for its box
CAPITAL = 0.73  # of its size, how high a capital letter is
ACROSS = {"left": 0.0, "center": 0.5, "right": 1.0}


class Stamps:
    """Pictures of the texts of a figure, each set when it is first needed. dpi: of the figure."""

    def __init__(self, dpi: float) -> None:
        self._dpi = dpi
        self._made: dict[Any, tuple[NDArray[np.uint8], float]] = {}

    def put(self, text: Text, renderer: Any) -> None:
        """Draws a level text of one line where it stands."""
        words, patch = text.get_text(), text.get_bbox_patch()
        if not text.get_visible() or not words:
            return
        key = words, text.get_color(), text.get_fontsize(), text.get_fontweight(), patch is not None
        if key not in self._made:
            if len(self._made) >= KEPT:
                self._made.clear()
            self._made[key] = self._set(text, renderer)
        image, deep = self._made[key]
        x, y = self._place(text)
        high, wide = image.shape[0] - 2 * ROOM, image.shape[1] - 2 * ROOM
        below = {
            "top": high,
            "center_baseline": deep + CAPITAL / 2 * float(text.get_fontsize()) * self._dpi / 72,
        }
        x -= ACROSS[str(text.get_horizontalalignment())] * wide
        y -= below.get(str(text.get_verticalalignment()), deep)
        context = renderer.new_gc()
        renderer.draw_image(context, round(x) - ROOM, round(y) - ROOM, image)
        context.restore()

    def _place(self, text: Text) -> tuple[float, float]:
        """Where it stands, px from the lower left corner."""
        if isinstance(text, Annotation):
            assert text.axes is not None
            x, y = text.axes.transData.transform(text.xy)
            right, up = text.get_position()
            return float(x + right * self._dpi / 72), float(y + up * self._dpi / 72)
        x, y = text.get_transform().transform(text.get_position())
        return float(x), float(y)

    def _set(self, text: Text, renderer: Any) -> tuple[NDArray[np.uint8], float]:
        """The text by itself on nothing, its lowest row first, and how far its letters reach below their line, px."""
        font, patch = text.get_fontproperties(), text.get_bbox_patch()
        wide, high, deep = renderer.get_text_width_height_descent(text.get_text(), font, False)
        size = round(wide + 1) + 2 * ROOM, round(high + 1) + 2 * ROOM
        made = Figure(figsize=(size[0] / self._dpi, size[1] / self._dpi), dpi=self._dpi, facecolor="none")
        canvas = FigureCanvasAgg(made)
        box = (
            None
            if patch is None
            else {"boxstyle": "square,pad=0.1", "facecolor": patch.get_facecolor(), "edgecolor": "none"}
        )
        made.text(
            ROOM / size[0],
            (ROOM + deep) / size[1],
            text.get_text(),
            color=text.get_color(),
            fontproperties=font,
            bbox=box,
        )
        canvas.draw()
        return np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[::-1]), float(deep)
