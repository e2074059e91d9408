"""HTML from patterns: what is filled in is escaped unless it is HTML already, so that no name can become a tag.

A page carries its style and scripts itself, and a policy that lets nothing else run and nothing be fetched: only what has the
digests named in it (Content Security Policy, level 2, W3C).
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def fill(pattern: str, /, **values: Any) -> Markup:
    """A pattern with values in its {holes}, each escaped unless it is Markup."""
    return Markup(pattern.format_map({name: safe(value) for name, value in values.items()}))


def safe(value: Any) -> Markup:
    """Anything as HTML; safe inside quotes too."""
    return value if isinstance(value, Markup) else Markup(escape(str(value), quote=True))


def join(parts: Iterable[Markup], between: str = "") -> Markup:
    """Pieces of HTML one after the other."""
    return Markup(between.join(safe(each) for each in parts))


def table(
    headings: Iterable[str], rows: Iterable[Iterable[Any]], caption: str, right: Iterable[int] = ()
) -> Markup:
    """A table in a frame that scrolls by itself. right: columns of numbers. Its first column heads the rows."""
    numbers = set(right)
    head = join(
        fill('<th scope="col"{numeric}>{word}</th>', word=word, numeric=_numeric(at in numbers))
        for at, word in enumerate(headings)
    )
    body = join(
        fill("<tr>{cells}</tr>\n", cells=join(
            fill('<th scope="row"{numeric}>{cell}</th>' if at == 0 else "<td{numeric}>{cell}</td>", cell=cell,
                 numeric=_numeric(at in numbers)) for at, cell in enumerate(row)))
        for row in rows
    )  # fmt: skip
    return fill(
        '<div class="scrolls" role="group" tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption>'
        "<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n",
        caption=caption, head=head, body=body,
    )  # fmt: skip


def _numeric(is_number: bool) -> Markup:
    return Markup(' class="number"' if is_number else "")


def entries(pairs: Iterable[tuple[str, Any]]) -> Markup:
    """A list of terms with what they stand for."""
    return fill("<dl>\n{all}</dl>\n", all=join(
        fill("<div><dt>{term}</dt><dd>{said}</dd></div>\n", term=term, said=said) for term, said in pairs))  # fmt: skip


def folded(title: str, body: Markup) -> Markup:
    """What opens when asked for."""
    return fill("<details><summary>{title}</summary>{body}</details>\n", title=title, body=body)


def bullets(items: Iterable[Any]) -> Markup:
    """A list of points."""
    return fill("<ul>\n{all}</ul>\n", all=join(fill("<li>{item}</li>\n", item=item) for item in items))


def embedded(name: str, content: Any) -> Markup:
    """Data for a script, as JSON that cannot end its element. NaN is refused: scripts cannot read it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, escaped in _UNSAFE.items():
        text = text.replace(letter, escaped)
    return fill('<script type="application/json" id="{name}">{text}</script>\n', name=name, text=Markup(text))


def source(name: str) -> str:
    """A style sheet or script of this package."""
    return (FOLDER / name).read_text("utf-8")


def document(title: str, body: Markup, styles: Iterable[str], scripts: Iterable[str]) -> str:
    """A whole page. styles, scripts: texts that go into it, each with its digest in the policy."""
    styles, scripts = list(styles), list(scripts)
    looks, runs = (" ".join(map(_digest, each)) or "'none'" for each in (styles, scripts))
    policy = f"default-src 'none'; style-src {looks}; script-src {runs}; base-uri 'none'; form-action 'none'"
    return fill(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<title>{title}</title>\n{styles}</head>\n<body>\n{body}{scripts}</body>\n</html>\n",
        title=title, body=body,
        policy=Markup(policy),  # ours: nothing from a scenario
        styles=join(Markup(f"<style>{each}</style>\n") for each in styles),
        scripts=join(Markup(f"<script>{each}</script>\n") for each in scripts),
    )  # fmt: skip


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
