"""What many tests ask for."""

import os
import sys

import pytest
from small_exercise import MAIN

from sim import cli
from sim.scenario.read import read

os.environ["TERM"] = "xterm"  # whoever runs the tests; those of dumb terminals say so


@pytest.fixture(scope="session")
def main_plan():
    """The four days of the main scenario."""
    return read(MAIN)


@pytest.fixture
def invoke(monkeypatch, capsys):
    """The command in this process: exit code, stdout, stderr."""

    def called(*words, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr(sys, "argv", ["navdrill", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = left.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return called
