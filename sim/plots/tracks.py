"""The track chart: who went where on the real coast, where serials began and what went wrong there."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from numpy.typing import NDArray

from sim.geodesy import Plane
from sim.plots._chart import Frame, chart, coast
from sim.plots._columns import MARKS, TROUBLES, ends, names, wrongs
from sim.plots._paths import PASSING, SHIPS, Path, flights, paths
from sim.plots._places import Outline, beginnings, outline, troubles
from sim.plots._style import (
    DIM,
    HALO,
    INK,
    LAND,
    PAPER,
    SHORE,
    SMALL,
    TEXT,
    figure,
    force_colours,
    headline,
    styled,
)
from sim.quantities import NAUTICAL_MILE
from sim.runs import Run
from sim.scenario.schema import Area

WIDTH, HEIGHT = 15.0, 8.9  # inches
BOTTOM, DEEP = 0.95, 7.2  # inches; both panels
REGION, ZOOM = (0.45, 4.7), (5.75, 7.3)  # inches from the left, and width
SURROUNDINGS = 200 * NAUTICAL_MILE  # the region shows at least so much north and south of the datum
MARGIN = 0.06  # of the size of what is shown, to spare around it
NAMES = 0.24  # of the width of the zoom, at its left, where the names of the areas stand
