"""Whose processors play: this process, processes of our own, a Dask cluster or MPI; by the words a command line says.

serial                    in this process, one after another
processes                 processes of our own (the default)
dask:tcp://HOST:8786      workers of a Dask scheduler
mpi                       ranks of MPI: mpiexec -n 65 python -m mpi4py.futures -m sim sweep ...
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from sim import outside
from sim.crews import InTurn, processors
from sim.errors import KindsError, NavdrillError, nearest

WORDS = ("serial", "processes", "dask:ADDRESS", "mpi")
PATIENCE = 20.0  # s to wait for a scheduler and its first worker


@contextmanager
def executing(said: str, workers: int | None) -> Iterator[dict[str, Any]]:
    """What `play_all` needs to play as said: executor and workers. Raises KindsError for words nobody knows, NavdrillError
    for a cluster that cannot be had, or is of another version."""
    word, _, address = said.partition(":")
    if word == "serial":
        yield {"executor": InTurn(), "workers": 1}
    elif word == "processes":
        yield {"workers": workers or processors()}
    elif word == "dask":
        with _dask(address) as (executor, found):
            yield {"executor": executor, "workers": workers or found}
    elif word == "mpi":
        with _mpi() as executor:
            yield {"executor": executor, "workers": workers or max(1, getattr(executor, "num_workers", 1))}
    else:
        near = nearest(word, [each.partition(":")[0] for each in WORDS])
        hint = f". Did you mean {near!r}?" if near else ""
        raise KindsError(f"--executor: no {said!r}; there are: {', '.join(WORDS)}{hint}")


@contextmanager
def _dask(address: str) -> Iterator[tuple[Executor, int]]:
    if importlib.util.find_spec("distributed") is None:
        raise NavdrillError("Dask is not installed here: pip install 'navdrill[cluster]'")
    from distributed import Client

    try:
        client = Client(address or None, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as reason:
        raise NavdrillError(f"no Dask scheduler answers at {address or 'this machine'}: {reason}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise NavdrillError(
                f"the Dask scheduler at {address} has no workers; start `dask worker {address}`"
            ) from None
        _same_everywhere(client.run(versions))
        threads = sum(client.nthreads().values())
        executor = client.get_executor(pure=False, retries=0)
        yield executor, threads


def versions() -> tuple[str, str]:
    """Of Python and of navdrill here; asked of every worker, for two that differ may hang or differ."""
    return ".".join(map(str, sys.version_info[:2])), outside.version()


def _same_everywhere(found: dict[str, tuple[str, str]]) -> None:
    own = versions()
    for worker, theirs in found.items():
        if theirs != own:
            raise NavdrillError(
                f"worker {worker} has Python {theirs[0]} and navdrill {theirs[1]}; here it is Python {own[0]} and navdrill {own[1]}"
            )


@contextmanager
def _mpi() -> Iterator[Executor]:
    if importlib.util.find_spec("mpi4py") is None:
        raise NavdrillError("mpi4py is not installed here: pip install mpi4py")
    from mpi4py.futures import MPIPoolExecutor

    with MPIPoolExecutor() as executor:
        yield executor
