"""Pages that people write: the blocks in them, run as a reader would type them, and what they show of the output.

A `sh` or `python` block is run, in the order of its page, in a folder of that page's own. A `text` block that follows a `sh` block
shows what it prints; a line `...` in it stands for any lines. Above a block may stand, as comments of HTML: `ends with 2`, the exit code
it has; `not run: why`, for what needs the network; `file NAME`, for a block of any language that a reader would write to that file. `needs LIBRARY`, for what is left out where that is not installed. Above a
picture, `drawn as PATH` says which file of the page's folder it is a copy of.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
COPIED = ("docs", "experiments", "scenarios", "seeds", "tests")  # what a command of a page might write to
LINKED = ("sim", "pyproject.toml", "constraints.txt", "README.md")
SHIMS = {"navdrill": "-m sim ", "python": "", "python3": ""}
LONGEST = 280.0  # s, of one block
ELLIPSIS = "..."
PICTURE = re.compile(r"^<!-- drawn as (?P<made>\S+) -->\n!\[[^\]]*\]\((?P<shown>[^)\s]+)\)", re.M)
BLOCK = re.compile(
    r"(?P<notes>(?:^<!-- [^\n]* -->\n)*)^```(?P<language>[\w-]*)\n(?P<text>.*?)^```$", re.M | re.S
)
OFFLINE = '''\
"""No network: a page that asks for one is at fault."""
import socket
_connect = socket.socket.connect
def connect(self, address):
    if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"the network is off: {address}")
    return _connect(self, address)
socket.socket.connect = connect
'''


class Block(NamedTuple):
    """A block of code of a page. line: its first. start, end: of its text in the page's."""

    line: int
    language: str
    text: str
    notes: tuple[str, ...]
    start: int
    end: int

    @property
    def is_run(self) -> bool:
        """Whether it is typed in."""
        return self.language in ("sh", "python") and self.reason is None and all(map(find_spec, self.needs))

    @property
    def reason(self) -> str | None:
        """Why it is not run."""
        return next((note.partition(": ")[2] for note in self.notes if note.startswith("not run: ")), None)

    @property
    def needs(self) -> tuple[str, ...]:
        """Libraries without which it cannot run."""
        return tuple(note.removeprefix("needs ") for note in self.notes if note.startswith("needs "))

    @property
    def file(self) -> str | None:
        """The file it is to be written to."""
        return next((note.removeprefix("file ") for note in self.notes if note.startswith("file ")), None)

    @property
    def code(self) -> int:
        """The exit code it ends with."""
        return next((int(note.split()[-1]) for note in self.notes if note.startswith("ends with ")), 0)


class Shown(NamedTuple):
    """A block that was run, what it printed, and the block that shows it, if there is one."""

    block: Block
    printed: str
    shown: Block | None


def written() -> list[Path]:
    """The pages whose blocks are run: the README and all of docs but what is generated."""
    return [
        ROOT / "README.md",
        *sorted(each for each in (ROOT / "docs").rglob("*.md") if "reference" not in each.parts),
    ]


def blocks(text: str) -> list[Block]:
    """The blocks of a page, in order."""
    return [Block(text.count("\n", 0, each.start("language")) + 1, each["language"], each["text"],
                  tuple(re.findall(r"<!-- (.*?) -->", each["notes"])), each.start("text"), each.end("text"))
            for each in BLOCK.finditer(text)]  # fmt: skip


def clone(folder: Path) -> Path:
    """A copy of the repository to type in, as a reader has it, with `navdrill` and `python` on the path and the network off."""
    there = folder / "clone"
    for name in COPIED:
        shutil.copytree(ROOT / name, there / name, ignore=shutil.ignore_patterns("__pycache__", "out"))
    for name in LINKED:
        (there / name).symlink_to(ROOT / name)
    (folder / "bin").mkdir()
    for name, words in SHIMS.items():
        (folder / "bin" / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n', "utf-8")
        (folder / "bin" / name).chmod(0o755)
    (folder / "offline").mkdir()
    (folder / "offline" / "sitecustomize.py").write_text(OFFLINE, "utf-8")
    return there


def desk(copy: Path, name: str) -> Path:
    """A folder for the commands of one page: all of the copy is in it, and what they write stays apart."""
    place = copy.parent / "desks" / name.replace("/", "-")
    place.mkdir(parents=True)
    for each in copy.iterdir():
        (place / each.name).symlink_to(each)
    return place


def typed(block: Block, place: Path) -> subprocess.CompletedProcess[str]:
    """Runs a block in a page's folder."""
    base = place.parents[1]
    environment = os.environ | {
        "PATH": f"{base / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": f"{base / 'offline'}{os.pathsep}{ROOT}",
        "MPLBACKEND": "Agg", "COLUMNS": "80", "NO_COLOR": "1",
    }  # fmt: skip
    command = (
        ["sh", "-e", "-c", block.text]
        if block.language == "sh"
        else [sys.executable, "-W", "error", "-c", block.text]
    )
    return subprocess.run(command, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          encoding="utf-8", check=False, timeout=LONGEST)  # fmt: skip


def run(found: list[Block], place: Path) -> Iterator[Shown]:
    """Runs the blocks of a page in order. Raises AssertionError, with what was printed, for one that ends otherwise than it says."""
    for at, block in enumerate(found):
        if block.file is not None:
            (place / block.file).parent.mkdir(parents=True, exist_ok=True)
            (place / block.file).write_text(block.text, "utf-8")
        elif block.is_run:
            done = typed(block, place)
            assert done.returncode == block.code, (
                f"line {block.line} ends with {done.returncode}:\n{block.text}\n{done.stdout[-4000:]}"
            )
            after = found[at + 1] if at + 1 < len(found) else None
            yield Shown(
                block,
                done.stdout,
                after if after is not None and after.language == "text" and block.language == "sh" else None,
            )


def pictures(text: str, page: Path, place: Path) -> None:
    """Puts the pictures that a page's commands drew where the page shows them."""
    for each in PICTURE.finditer(text):
        there = page.parent / each["shown"]
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place / each["made"], there)


def agrees(each: Shown) -> bool:
    """Whether what is shown is what was printed, with any lines for `...`."""
    if each.shown is None:
        return True
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", _trimmed(each.shown.text), flags=re.M)]
    return re.fullmatch("(?:.*\n)*?".join(parts), _trimmed(each.printed)) is not None


def renewed(text: str, found: list[Shown]) -> str:
    """The page with what its commands print now; where `...` left lines out, as many are kept before and behind it."""
    for each in reversed(found):
        if each.shown is not None and not agrees(each):
            text = (
                text[: each.shown.start]
                + _cut(_trimmed(each.printed), each.shown.text)
                + text[each.shown.end :]
            )
    return text


def _cut(printed: str, shown: str) -> str:
    """As much of what is printed as was shown: what stood before, between and behind the lines left out."""
    lines, kept = printed.splitlines(keepends=True), list[str]()
    parts = [part.splitlines(keepends=True) for part in re.split(r"^\.\.\.\n", shown, flags=re.M)]
    at = 0
    for number, part in enumerate(parts):
        if number == len(parts) - 1 and number:
            at = max(at, len(lines) - len(part))
        elif number and part:
            at = max(range(at, len(lines)), key=lambda place: _like(lines[place : place + len(part)], part))
        if number:
            kept.append(f"{ELLIPSIS}\n")
        kept += lines[at:] if len(parts) == 1 else lines[at : at + len(part)]
        at += len(part)
    return "".join(kept)


def _like(some: list[str], other: list[str]) -> float:
    """How much lines are like others, whatever numbers and marks they hold."""
    words = [" ".join(re.findall(r"[A-Za-z]+|\n", "".join(lines))) for lines in (some, other)]
    return SequenceMatcher(None, *words).ratio()


def _trimmed(text: str) -> str:
    """Lines without blanks at their ends."""
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip("\n").split("\n"))
