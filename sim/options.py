"""What the command line understands beside click: commands with a near match, steps of time, folders of kinds."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

import click

from sim.errors import nearest
from sim.quantities import parse

SENTENCE = 200  # letters of what a command does, in the list of commands; longer ones are cut
NAMED = 60  # letters of settings in the name of a folder
KINDS = "navdrill.kinds"  # in the context of a command: folders of kinds, as they were written


class Commands(click.Group):
    """A group that suggests the nearest command, and lists commands in the order of use, each with its whole first sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, as they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What each does."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, each.get_short_help_str(SENTENCE)) for name, each in self.commands.items()]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant; an unknown one is refused with the nearest name."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            near = nearest(args[0], self.commands)
            hint = f" Did you mean {near!r}?" if near else f" There are: {', '.join(self.commands)}."
            raise click.UsageError(f"no command called {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


def step(_: click.Context, __: click.Parameter, text: str | None) -> float | None:
    """A length of time above nothing, as scenarios write it."""
    if text is None:
        return None
    try:
        found = parse(text, "time")
    except ValueError as wrong:
        raise click.BadParameter(str(wrong)) from None
    if found <= 0.0:
        raise click.BadParameter(f"{text!r} is no step; it must be longer than 0 s")
    return found


def _kinds(context: click.Context, __: click.Parameter, folders: tuple[str, ...]) -> None:
    if folders:
        from sim import shelves

        shelves.use(*folders)
        context.meta[KINDS] = "".join(f" --kinds {shlex.quote(each)}" for each in folders)


def kinds_said() -> str:
    """The folders of kinds given to the present command, as they would be written again."""
    return str(click.get_current_context().meta.get(KINDS, ""))


settings = click.option(
    "--set", "settings", multiple=True, metavar="PATH=VALUE",
    help="Another value at a place of the scenario, as environment.sea_state=5 or serials.12.comex='21 Jul 16:00'; may be repeated.",
)  # fmt: skip


def settings_said(texts: tuple[str, ...]) -> str:
    """The settings given to a command, as they would be written again."""
    return "".join(f" --set {shlex.quote(each)}" for each in texts)


def settings_named(texts: tuple[str, ...]) -> str:
    """What the name of a folder says of settings, so that a variant does not take the place of another."""
    import hashlib  # a tenth of `--help`

    name = "".join(f"-{re.sub(r'[^A-Za-z0-9._=]+', '_', each)}" for each in texts)
    mark = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]
    return (
        name
        if len(name) <= NAMED and not re.search(r"[^A-Za-z0-9._=]", "".join(texts))
        else f"{name[:NAMED]}-{mark}"
    )


own_kinds = click.option(
    "--kinds", "folders", multiple=True, metavar="FOLDER", callback=_kinds, expose_value=False, is_eager=True,
    help="A folder with drills, measures, sensors, plots or bands of your own; may be given more than once. Runs what is in it.",
)  # fmt: skip


in_json = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the result as one JSON object; docs/json.md tells its shape.",
)


def asks_json(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON, known before it is understood: a fault in it is told so too."""
    options = list(words)
    return "--json" in options[: options.index("--") if "--" in options else None]
