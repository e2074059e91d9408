"""What is written to terminals that know few letters or no control sequences."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim import progress, sparks, terminal

ROOT = Path(__file__).parent.parent


def called(*words, **environment):
    """The command in a process of its own: bytes of stdout and stderr."""
    more = {"PYTHONPATH": str(ROOT), "COLUMNS": "80", "PYTHONUTF8": "0"} | environment
    done = subprocess.run([sys.executable, "-m", "sim", *map(str, words)], cwd=ROOT, env=os.environ | more, timeout=120,
                          capture_output=True, check=False)  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terminal") / "many"
    assert 0 == called("run", "gunnery_day", "--seed", 3, "-n", 6, "--workers", 1, "--out", folder)[0]
    return folder


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_another_encoding_ends_in_no_error(many, encoding):
    again = ("run", "gunnery_day", "--seed", 3, "-n", 6, "--workers", 1, "--out", many)
    for words in (again, ("show", "drills", "surface-gunnery"), ("run", "gunnery_day", "--until", "serials_completed ±2%", "--set", "x=1")):  # fmt: skip
        code, out, err = called(*words, PYTHONIOENCODING=encoding)
        assert code in (0, 2)
        assert b"Traceback" not in err
        assert "█" not in out.decode(encoding)
    assert b"@" in called(*again, PYTHONIOENCODING=encoding)[1]


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_no_control_sequence_is_written(many, environment):
    for words in (("run", "gunnery_day", "--seed", 3, "-n", 6, "--workers", 1, "--out", many), ("run", "gunnery_day", "--no-pictures", "--out", many.parent / "one")):  # fmt: skip
        code, out, err = called(*words, PYTHONIOENCODING="utf-8", **environment)
        assert (0, b"") == (code, err)
        assert b"\x1b" not in out


def test_a_dumb_terminal_gets_ascii_pictures(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert terminal.is_ascii(io.TextIOWrapper(io.BytesIO(), "utf-8"))
    assert sparks.spark([0, 1, 8]).isascii()


def test_a_dumb_terminal_sees_no_progress(monkeypatch, capsys):
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.Progress() as doing:
        doing("Playing")
    assert ("", "") == capsys.readouterr()


def test_letters_are_replaced_by_like_ones():
    terminal.prepare()
    assert b"+/-2 % - na\xefve" == "±2 % – naïve".encode("latin-1", terminal.HANDLER).replace(b"\xb1", b"+/-")
    assert b"+/-2 deg, naive, ?" == "±2°, naïve, 船".encode("ascii", terminal.HANDLER)


def test_a_spark_is_as_high_as_its_counts():
    assert "▁ █▄" == sparks.spark([0.01, 0, 8, 4])  # something is never shown as nothing
    assert "    " == sparks.spark([0, 0, 0, 0])
    assert "" == sparks.spark([])


def test_whole_numbers_have_a_bin_each():
    drawn, low, high = sparks.spread([3, 3, 4, 6], 8)
    assert ("█▄ ▄", 3, 6) == (drawn, low, high)
    assert sparks.spread([float("nan")], 8) is None
    drawn, *_ = sparks.spread([0.0, 0.1, 0.5, 1.0], 4)
    assert "█ ▄▄" == drawn
    assert "█" == sparks.spread([0.5, 0.5], 8)[0].strip()


def test_lateness_has_a_letter_for_each_step():
    drawn = sparks.lateness([-3, 5, 6, 1000])
    assert len(sparks.LATE) + 1 == len(drawn)
    assert "█▄    ▄" == drawn


@pytest.mark.parametrize(("share", "drawn"), [(0, ""), (1, "████"), (0.5, "██"), (2, "████"), (-1, ""), (float("nan"), "")])  # fmt: skip
def test_a_bar_is_as_long_as_its_share(share, drawn):
    assert drawn == sparks.bar(share, 4)


def test_an_interval_stands_where_it_is():
    assert "     │ ─●─" == sparks.strip(2, 4, 5, 6, 11).rstrip()
    shown = sparks.strip(-2, 4, 6, 6, 13)
    assert 13 == len(shown)
    assert "┼" == shown[6]
    assert "●" == shown[10]
    assert "─" == shown[4]
    assert " " == shown[3]
    assert "" == sparks.strip(float("nan"), 1, 2, 3)
