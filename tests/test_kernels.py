"""The compiled kernels are used when asked for or worth it, and missing ones are missed in one sentence."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from sim import kernels
from sim.crossings import Reach, Tracks, crossings
from sim.errors import CompiledError, NavdrillError

ROOT = Path(__file__).parent.parent
MUCH = 1e9  # s
with_numba = pytest.mark.skipif(find_spec("numba") is None, reason="needs the extra `compiled`")
SOLVE = """
import numpy as np
from sim.crossings import Reach, Tracks, crossings
legs = [(k, 0.0, 1e5, 1e4 * k, 0.0, 0.0, 0.0) for k in range(30)]
found = crossings(Tracks.of(legs), Reach(np.full(30, 1e5), np.zeros(30), np.full(30, 1e5)), 0.0, 1e4, strategy={0!r})
"""


@pytest.fixture
def without_numba(monkeypatch):
    """As where the extra is not installed."""
    for name in [each for each in sys.modules if each == "numba" or each.startswith("numba.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "sim.compiled", raising=False)
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)


def test_asked_for_in_vain(monkeypatch, without_numba):
    """One line that says what to do."""
    monkeypatch.setenv(kernels.VARIABLE, "1")
    with pytest.raises(
        CompiledError, match=r"numba cannot be imported .* pip install 'navdrill\[compiled\]'"
    ) as told:
        kernels.compiled(0.0)
    assert isinstance(told.value, NavdrillError)
    assert 1 == len(str(told.value).splitlines())
    with pytest.raises(CompiledError):
        crossings(Tracks.of([]), Reach(np.ones(2), np.ones(2), np.ones(2)), 0.0, 1.0, strategy="compiled")


def test_not_missed_when_not_asked_for(monkeypatch, without_numba):
    """auto does without, however much work there is."""
    monkeypatch.setenv(kernels.VARIABLE, "auto")
    assert kernels.compiled(MUCH) is None


def test_what_is_not_fit_is_not_used(monkeypatch):
    """A numba that refuses this NumPy is as none, unless asked for."""
    monkeypatch.delitem(sys.modules, "sim.compiled", raising=False)
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    assert kernels.compiled(MUCH) is None


def test_a_switch_that_says_something_else(monkeypatch):
    """The sentence names the variable, what came and what is wanted."""
    monkeypatch.setenv(kernels.VARIABLE, "yes")
    with pytest.raises(CompiledError, match="NAVDRILL_COMPILED is 'yes', want 0, 1 or auto"):
        kernels.compiled(MUCH)


@with_numba
def test_worth_it_or_asked_for(monkeypatch):
    """Where nothing compiled can be kept, it must be worth compiling."""
    module = kernels.loaded()
    monkeypatch.setattr(module, "KEPT", True)
    monkeypatch.delenv(kernels.VARIABLE, raising=False)
    assert kernels.compiled(kernels.WORTH / 2) is None
    assert module is kernels.compiled(2 * kernels.WORTH)
    monkeypatch.setattr(module, "KEPT", False)
    assert kernels.compiled(2 * kernels.WORTH) is None
    assert module is kernels.compiled(2 * kernels.ANEW)
    monkeypatch.setenv(kernels.VARIABLE, "1")
    assert module is kernels.compiled(0.0)
    monkeypatch.setenv(kernels.VARIABLE, "0")
    assert kernels.compiled(MUCH) is None


def python(code, **environment):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={key: value for key, value in os.environ.items() if key != kernels.VARIABLE}
        | {"PYTHONPATH": str(ROOT)}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_small_solution_never_loads_numba():
    """Neither does importing the kernel, nor a whole small exercise."""
    played = "import sim; sim.run('gunnery_day', seed=5)"
    done = python(SOLVE.format("auto") + played + "\nimport sys; print('numba' in sys.modules)")
    assert ("", "False\n") == (done.stderr, done.stdout)


@with_numba
@pytest.mark.slow
def test_nowhere_to_keep_what_is_compiled():
    """A read-only installation and no cache of the user's: compiled anew, the same rows, not a word."""
    unwritable = """
import tempfile
def refuse(*words, **more):
    raise PermissionError(13, "Read-only file system")
tempfile.TemporaryFile = refuse
"""
    told = "\nfrom sim.compiled import KEPT; print(KEPT, found.time.size)"
    done = python(unwritable + SOLVE.format("compiled") + told)
    assert ("", "False 490\n") == (done.stderr, done.stdout)
