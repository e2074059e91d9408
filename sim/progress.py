"""What is being done, on one line of stderr; the one place that looks at the clock on the wall."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic

from sim.terminal import is_dumb

ERASE = "\r\x1b[K"  # back to the beginning of the line, and clear it


class Progress:
    """One line of stderr, wiped when all is done; silent where nobody watches or the terminal is dumb."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty() and not is_dumb()

    def __call__(self, doing: str) -> None:
        """Says what begins now."""
        self._show(f"{ERASE}{doing} ...")

    def counting(self, things: str, count: int) -> Callable[[int], None]:
        """A function that is told how many things are done, and shows the rate and the time left."""
        began: list[
            tuple[float, int]
        ] = []  # when it was first told, and of how many: those were there before

        def done(number: int) -> None:
            began.append((monotonic(), number))
            since, first = began[0]
            taken = monotonic() - since
            if number == first or taken <= 0:
                self._show(f"{ERASE}{number} of {count} {things} ...")
                return
            rate = (number - first) / taken
            self._show(
                f"{ERASE}{number} of {count} {things}, {rate:.3g} a second, {(count - number) / rate:.0f} s left ..."
            )

        return done

    def _show(self, text: str) -> None:
        if self._watched:
            print(text, end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._show(ERASE)


def timed(work: Callable[[], object]) -> float:
    """How long something takes here, s."""
    since = monotonic()
    work()
    return monotonic() - since
