"""What the README and the pages of docs/ tell a reader to type works, and what they point to is there."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"(?:^<!-- not run: (?P<reason>[^\n]*) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
SET_UP = ("-m venv", "pip install")  # what may be left out: it needs the network
COMMANDS = ("navdrill", "python")
LONG = ("mypy", "experiments/", "pytest", "benchmarks/")  # words of commands that take their time
SHIMS = {"navdrill": "-m sim ", "python": "", "python3": ""}


def blocks():
    """(page, line, language, text, reason for not running) of each block of code."""
    for page in PAGES:
        content = page.read_text("utf-8")
        for match in BLOCK.finditer(content):
            line = content.count("\n", 0, match.start("language")) + 1
            yield page.relative_to(ROOT).as_posix(), line, match["language"], match["text"], match["reason"]


def runnable(language, *starts):
    """The blocks to run, each under its place; slow ones marked so."""
    for page, line, found, text, reason in blocks():
        if found == language and reason is None and text.lstrip().startswith(starts):
            marks = [pytest.mark.slow] if any(word in text for word in LONG) else []
            yield pytest.param(text, id=f"{page}:{line}", marks=marks)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of the repository to type in, as a reader has it, and `navdrill` and `python` on the path."""
    there = tmp_path_factory.mktemp("reader") / "navdrill"
    shutil.copytree(
        ROOT, there, ignore=shutil.ignore_patterns(".*", "__pycache__", "out", "build", "dist", "*.egg-info")
    )
    bin_ = there.parent / "bin"
    bin_.mkdir()
    for name, words in SHIMS.items():
        (bin_ / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n')
        (bin_ / name).chmod(0o755)
    return there


def typed(clone, *command):
    """Runs something in the copy; gives what it printed, and fails as it fails."""
    environment = os.environ | {
        "PATH": f"{clone.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(clone),
        "PYTHONPYCACHEPREFIX": str(clone.parent / "bytecode"),
        "MPLBACKEND": "Agg",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # several commands in turn: compile once
    done = subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False, timeout=280
    )
    assert 0 == done.returncode, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("text", list(runnable("sh", *COMMANDS)))
def test_commands_run(clone, text):
    missing = [
        name for name in re.findall(r"python3? -m (\w+)", text) if importlib.util.find_spec(name) is None
    ]
    if missing:
        pytest.skip(f"needs the dev extra: {', '.join(missing)}")

    assert typed(clone, "sh", "-e", "-c", text)


@pytest.mark.parametrize("text", list(runnable("python", "")))
def test_python_runs(clone, text):
    typed(clone, sys.executable, "-W", "error", "-c", text)


def test_only_the_set_up_is_left_out():
    """`not run` is for what needs the network, not for what does not work."""
    left_out = [(page, line) for page, line, _, text, reason in blocks() if reason is not None
                and not any(words in text for words in SET_UP)]  # fmt: skip

    assert [] == left_out


def test_commands_are_marked_as_what_they_are():
    """A command in a block without a language, or in another, would never be tried."""
    astray = [(page, line) for page, line, language, text, _ in blocks() if language not in ("sh", "python")
              and re.search(r"^\$? ?(navdrill|python3?) ", text, re.M)]  # fmt: skip

    assert [] == astray


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])
def test_what_a_page_points_to_is_there(page):
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]

    assert [] == missing


def test_blocks_are_found():
    """The README tells how to begin, in the shell and in Python."""
    readme = [(language, text) for page, _, language, text, _ in blocks() if page == "README.md"]

    assert any(language == "sh" and "navdrill run" in text for language, text in readme)
    assert any(language == "python" and "import sim" in text for language, text in readme)
