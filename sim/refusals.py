"""How the command line refuses: sentences on stderr, or one JSON object of faults on stdout; and the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from sim.answers import BAD_INPUT, BROKEN, complain, faulty, say_json
from sim.errors import (
    AccountError,
    FilmError,
    FolderError,
    KindsError,
    RouteError,
    ScenarioError,
    UnknownKind,
)
from sim.options import asks_json

STOPPED = 130  # as shells have it for Ctrl-C
BARE = (ScenarioError, UnknownKind)  # told without the name of the program: they have a place, or name one
OURS = (AccountError, FilmError, FolderError, KindsError, RouteError)  # the user's to mend


def refuse(wrong: BaseException, words: Sequence[str]) -> int:
    """Says what is wrong, and gives the exit code. words: of the command line, by which it is known whether JSON was asked for."""
    as_json = asks_json(words)
    if isinstance(wrong, click.Abort | KeyboardInterrupt):
        complain("stopped")
        return STOPPED
    if isinstance(wrong, click.ClickException):
        if as_json:
            say_json({"faults": [fault(wrong.format_message())]})
        else:
            wrong.show(sys.stderr)
        return wrong.exit_code
    if as_json:
        say_json(
            {"faults": faulty(wrong.faults) if isinstance(wrong, ScenarioError) else [fault(str(wrong))]}
        )
    else:
        complain(str(wrong) if isinstance(wrong, BARE) else f"navdrill: {wrong}")
    return BAD_INPUT if isinstance(wrong, (*BARE, *OURS)) else BROKEN


def fault(message: str) -> dict[str, Any]:
    """A fault that has no place in a file, for JSON."""
    return {"file": None, "line": None, "column": None, "path": None, "message": message}


def nobody_reads() -> int:
    """What is left to do when the reader of stdout has gone: the last flush goes nowhere. Gives the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN
