"""The reference of the command line, from click's own declarations."""

from __future__ import annotations

import re

import click

from making.markdown import literal, page, plain, section, table
from sim.cli import cli

ABOUT = """\
Results go to standard output, progress and faults to standard error. Exit codes: 0, all is well; 1, something is wrong with what was
played or planned (a serial that cannot be kept, a replication that broke, a case that fails); 2, bad input: each fault is told with its
place and the nearest good answer; 130 after Ctrl-C. `navdrill COMMAND --help` prints what stands here.

`SCENARIO` is always a file, or the name of one that comes with navdrill (`navdrill show scenarios`)."""


def commands() -> str:
    """The page."""
    context = click.Context(cli, info_name="navdrill")
    index = table(("command", "what it does"),
                  [(f"[`{name}`](#navdrill-{name})", said(command)[0]) for name, command in cli.commands.items()])  # fmt: skip
    return page(
        "Commands", ABOUT, index, *(one(name, command, context) for name, command in cli.commands.items())
    )


def one(name: str, command: click.Command, parent: click.Context) -> str:
    """A command: how it is called, what it does, its options."""
    context = click.Context(command, info_name=name, parent=parent)
    options = [option(each) for each in command.params if isinstance(each, click.Option)]
    usage = " ".join(("navdrill", name, *(piece for piece in command.collect_usage_pieces(context))))
    return section(f"navdrill {name}", f"```text\n{usage}\n```", *said(command),
                   table(("option", "default", "what"), options))  # fmt: skip


def said(command: click.Command) -> list[str]:
    """The paragraphs of its help."""
    return plain(re.sub(r"[ \t]+", " ", command.help or "")).split("\n\n")


def option(each: click.Option) -> tuple[str, str, str]:
    """A row: how it is written, what it is without, and what it does."""
    names = ", ".join([*each.opts, *each.secondary_opts])
    takes = "" if each.is_flag or each.secondary_opts else each.metavar or _kind(each.type)
    words, _, inline = (each.help or "").partition("  [")
    default = inline.rstrip("]") if inline else _default(each)
    several = "" if not each.multiple or "once" in words or "repeated" in words else " May be repeated."
    return literal(f"{names} {takes}".strip()), default, f"{words}{several}"


def _kind(kind: click.ParamType) -> str:
    if isinstance(kind, click.Choice):
        return "|".join(map(str, kind.choices))
    return {"path": "PATH", "integer": "N", "integer range": "N", "float": "X", "float range": "X"}.get(
        kind.name, "TEXT"
    )


def _default(each: click.Option) -> str:
    if each.secondary_opts:
        return literal((each.opts if each.default else each.secondary_opts)[0])
    return "" if each.is_flag or each.default is None or not each.show_default else literal(str(each.default))
