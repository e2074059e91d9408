"""Markdown: pages, sections and tables, and the few signs that must not be taken for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_FENCED = re.compile(r"^```.*?^```$", re.M | re.S)


def page(title: str, about: str, *parts: str) -> str:
    """A page: its title, what it is about, and its parts."""
    return "\n\n".join(each.strip() for each in (f"# {title}", about, *parts) if each.strip()) + "\n"


def section(title: str, *parts: str, level: int = 2) -> str:
    """A section under its heading."""
    return "\n\n".join(each.strip() for each in (f"{'#' * level} {title}", *parts) if each.strip())


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing without rows. Columns that are empty throughout are left out."""
    listed = [[cell(each) for each in row] for row in rows]
    if not listed:
        return ""
    kept = [at for at in range(len(headings)) if any(row[at] for row in listed)]
    lines = [
        [headings[at] for at in kept],
        ["---" for _ in kept],
        *([row[at] for at in kept] for row in listed),
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cell(text: str) -> str:
    """A text as it may stand in a table."""
    return " ".join(text.split()).replace("|", r"\|")


def literal(text: str) -> str:
    """Words of a program; nothing for no words."""
    return f"`{text}`" if text else ""


def plain(text: str) -> str:
    """Words of a docstring as Markdown: paragraphs filled, what is indented left as it stands, signs of HTML made harmless."""
    blocks = []
    for block in text.strip().split("\n\n"):
        indented = any(line.startswith("    ") for line in block.splitlines())
        blocks.append(f"```text\n{block}\n```" if indented else " ".join(block.split()).replace("<", "&lt;"))
    return "\n\n".join(blocks)


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub and the HTML pages have it."""
    words = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def headings(text: str) -> list[str]:
    """The headings of a page, code left out."""
    return re.findall(r"^#+ (.+)$", _FENCED.sub("", text), re.M)


def opening(text: str) -> tuple[str, str]:
    """The title of a page and the first sentence under it."""
    title, _, rest = _FENCED.sub("", text).partition("\n")
    paragraphs = (" ".join(each.split()) for each in rest.split("\n\n"))
    paragraph = next(
        (each for each in paragraphs if each and not each.startswith(("<!--", "![", "|", "- "))), ""
    )
    first = re.split(r"(?<=[.:?]) (?=[A-Z`])", paragraph, maxsplit=1)[0]
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", first)
    return title.removeprefix("#").strip(), words if words.endswith("?") else words.rstrip(":.") + "."
