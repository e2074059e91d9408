"""Text that is set once and then stamped: setting letters is most of the time of a picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Affine2D
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
        made = RendererAgg(*size, self._dpi)
        context = made.new_gc()
        if patch is not None:
            box = Affine2D().scale(wide + 4, high + 4).translate(ROOM - 2, ROOM - 2)
            context.set_linewidth(0.0)
            made.draw_path(context, Path.unit_rectangle(), box, patch.get_facecolor())
        context.set_foreground(text.get_color())
        made.draw_text(context, ROOM, size[1] - ROOM - deep, text.get_text(), font, 0.0)
        context.restore()
        return np.ascontiguousarray(np.asarray(made.buffer_rgba())[::-1]), float(deep)
