"""Latin hypercube whose columns hardly correlate: main effects that do not mix, in few points.

Up to eight ranges and 4, 8 or 16 points (up to 2, 4 or 8 factors), any multiple of these, and one more, have columns
that do not correlate at all, and none of which correlates with a square or a product of two. Elsewhere elements of a
column change places until |rho| is below 0.03 everywhere, or no exchange helps. Of several designs so made that
with the least centred L2 discrepancy is taken. Each cell of a range comes once, a point at its middle; levels come equally
often, or once more or less. Usual are 33 points up to 8 factors, 65 up to 16, 129 up to 32.
Sources: Ye (1998), Journal of the American Statistical Association 93, 1430-1439; Cioppa and Lucas (2007), Technometrics
49, 45-55, whence 0.03; Hernandez, Lucas and Carlyle (2012), ACM Transactions on Modeling and Computer Simulation 22, 20.
"""

from __future__ import annotations

from sim.designs import _exchange, _orthogonal
from sim.designs._design import Design, Levels, cells, greatest_correlation, made, size
from sim.streams import Streams

USUAL = 33  # points, at least
NEAR = 0.05  # |rho|; what may still be called nearly orthogonal


def design(levels: Levels, points: int | None, seed: int) -> Design:
    """levels: how many each factor has, None for a range. points: at least two more than factors.

    Warns when |rho| stays above 0.05. Raises ValueError.
    """
    width = len(levels)
    count = size(levels, points, _usual(width), width + 2)
    draws = Streams(seed)("design", "nearly-orthogonal-latin-hypercube")
    exact = _orthogonal.fits(count, levels)
    numbers = _orthogonal.numbers(count, width, draws) if exact else _exchange.numbers(count, levels, draws)
    reached = greatest_correlation(numbers)
    warning = ""
    if reached > NEAR:
        warning = (
            f"|rho| is up to {reached:.3f} with {count} points; more points, or more levels, would lower it"
        )
    how = "orthogonal" if exact else "nearly orthogonal"
    return made(f"{how} Latin hypercube", cells(numbers, levels), warning=warning)


def _usual(width: int) -> int:
    """33 points up to eight factors, 65 up to 16, 129 up to 32."""
    return max(USUAL, 4 * 2 ** (width - 1).bit_length() + 1)
