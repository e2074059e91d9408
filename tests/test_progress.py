"""The line of progress: seen on a terminal only, and wiped at the end."""

import sys

from sim import progress
from sim.progress import ERASE, Progress


def test_it_says_what_is_done_and_wipes_it(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with Progress() as doing:
        doing("Playing")

    assert ("", f"{ERASE}Playing ...{ERASE}") == capsys.readouterr()


def test_it_tells_the_rate_and_the_time_left(capsys, monkeypatch):
    """Of what is done now; what was there before says nothing about the rate."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    clock = iter([10.0, 10.0, 12.0, 12.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    told = Progress().counting("replications", 200)
    told(50)
    told(60)

    assert [
        "", "50 of 200 replications ...", "60 of 200 replications, 5 a second, 28 s left ...",
    ] == capsys.readouterr().err.split(ERASE)  # fmt: skip


def test_it_is_silent_where_nobody_watches(capsys):
    with Progress() as doing:
        doing("Playing")
        doing.counting("replications", 3)(1)

    assert ("", "") == capsys.readouterr()
