"""What a terminal can show: its letters where they are few, no colour and no moving line where it is dumb."""

from __future__ import annotations

import codecs
import os
import sys
from typing import TextIO
from unicodedata import normalize

HANDLER = "navdrill-ascii"  # of letters an encoding lacks
LETTERS = {  # as wide as what they stand for, where tables hold them
    "–": "-", "—": "-", "−": "-", "…": "~", "±": "+/-", "°": " deg", "′": "'", "″": '"', "×": "x", "·": ".", "→": ">", "≤": "<=", "≥": ">=",
    "‘": "'", "’": "'", "“": '"', "”": '"', "►": ">", "●": "o", "─": "-", "│": "|", "┼": "+",
}  # fmt: skip


def is_dumb() -> bool:
    """Whether the terminal says that it knows no control sequences."""
    return os.environ.get("TERM", "") == "dumb"


def is_ascii(stream: TextIO | None = None) -> bool:
    """Whether only the letters of ASCII are sure to be shown: of standard output, if nothing else is given."""
    encoding = getattr(stream or sys.stdout, "encoding", None) or "ascii"
    try:
        "█▁".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return True
    return is_dumb()


def prepare() -> None:
    """Has letters that the encodings of the standard streams lack written as others, instead of failing."""
    codecs.register_error(HANDLER, _instead)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=HANDLER)


def _instead(wrong: UnicodeError) -> tuple[str, int]:
    if not isinstance(wrong, UnicodeEncodeError):
        raise wrong
    said = "".join(_letter(each) for each in wrong.object[wrong.start : wrong.end])
    try:
        said.encode(wrong.encoding)
    except UnicodeEncodeError:
        said = "?" * (wrong.end - wrong.start)
    return said, wrong.end


def _letter(letter: str) -> str:
    if letter in LETTERS:
        return LETTERS[letter]
    bare = "".join(each for each in normalize("NFKD", letter) if each.isascii())
    return bare or "?"
