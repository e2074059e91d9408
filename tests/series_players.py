"""Players of one replication that go wrong on purpose; in a module of their own, so that workers can import them."""

import os
import signal
import time

from sim.errors import NavdrillError
from sim.runs import play

BAD = 5  # the replication that goes wrong


def breaks(plan, seed, replication):
    """Raises in the midst of one replication."""
    if replication == BAD:
        raise ZeroDivisionError("no wind")
    return play(plan, seed, replication)


def kills(plan, seed, replication):
    """Ends its process, as the system does when memory runs out."""
    if replication == BAD:
        os.kill(os.getpid(), signal.SIGKILL)
    return play(plan, seed, replication)


def kills_always(plan, seed, replication):
    """No worker lives long enough to give anything back."""
    os.kill(os.getpid(), signal.SIGKILL)


def slow(plan, seed, replication):
    """Takes its time, so that it can be stopped in the middle."""
    time.sleep(0.05)
    return play(plan, seed, replication)


def threads(plan, seed, replication):
    """Tells what a worker's libraries are told of processors."""
    said = " ".join(f"{name}={os.environ.get(name)}" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"))
    raise NavdrillError(f"{said} (seed {seed}, replication {replication})")
