"""A scenario to begin with: the lesson of a drill, with a comment at each section and at each parameter it could set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim import shelves
from sim.listing import paragraphs
from sim.parameters import parameters
from sim.scenario.files import shipped_files
from sim.scenario.schema import Serial

KIND = "surface-gunnery"  # the drill of one who asks for none
WIDE = 100
COMMENTS = {
    "exercise": "Its name, and what it is in a sentence.",
    "facts": "A sheet of sourced facts: {fact: NAME} anywhere below takes the number from it. Leave it out when you have none.",
    "begins": "Times with their zone. All others may leave out what is clear: '20 Jul 07:30', or '+90 min' after the beginning.",
    "datum": "The origin of the exercise plane; nothing may lie further than 480 nmi from it.",
    "environment": (
        "Weather: a season to draw it from (navdrill show seasons), or fixed as here. Every number has a unit, and may have a "
        "range: what you are unsure of. (±1 h) or (5 .. 15 nmi); 'why' says where it comes from."
    ),
    "forces": (
        "Who takes part: for each navy its flagship, where it starts, and groups of units by platform (navdrill show "
        "platforms). Aircraft live aboard (embarked) or at a base."
    ),
    "bases": "Airfields ashore.",
    "platforms": "Data sheets of your own, or changes to one of the library.",
    "guns": "Guns of your own, or changes to one of the library.",
    "command": (
        "Who conducts, and how fast orders travel inside a navy and between two. {low, mode, high} is drawn anew at each use."
    ),
    "areas": "Where it happens: a circle, a box or corners. An exclusive area holds one serial at a time.",
    "traffic": "Ships that belong to nobody in the exercise. They may stop a serial; without this the sea is empty.",
    "safety": "What stops a serial (check fire).",
    "outlook": "How far round the areas traffic is played.",
    "resources": "Things shared by serials.",
    "serials": (
        "The schedule of events. 'comex' is when a serial is planned to begin; 'roles' take units by name, or the first free "
        "ones that match: {any: warship, from: china, least: 2, most: 3}. 'late' says how long to wait for one that cannot begin."
    ),
}  # fmt: skip


def starter(kind: str = KIND, name: str = "My exercise") -> str:
    """The text of a scenario with a serial of that drill. Raises UnknownKind with the nearest name.

    A drill from outside has no lesson: its serial takes the first units that fit, and stands in a day of gunnery.
    """
    drill = shelves.kind("drills", kind)
    lesson = shipped_files().get(kind.replace("-", "_"))
    text = (lesson or shipped_files()["gunnery_day"]).read_text("utf-8")
    if lesson is None:
        text = text.partition("\nserials:\n")[0] + "\nserials:\n" + _serial(kind, drill)
    return "\n".join([*_head(kind), *_sections(_lines(text, kind, drill), name)]) + "\n"


def _head(kind: str) -> Iterator[str]:
    summary = " ".join(shelves.summary("drills", kind).split())
    yield from _comment(
        f"A scenario with one drill, {kind}: {summary} Change what you like; 'navdrill check' of this file tells every "
        f"fault at its line, 'navdrill run' plays it, 'navdrill show drills {kind}' says all about the drill.", "",
    )  # fmt: skip
    yield "#"
    yield from _comment(
        "Editors complete while you type with: navdrill show schema > navdrill.schema.json, and a first line "
        "'# yaml-language-server: $schema=navdrill.schema.json'.", "",
    )  # fmt: skip


def _lines(text: str, kind: str, drill: Any) -> list[str]:
    """The lesson's lines without its own head, and after its serial the parameters that it does not set."""
    lines = text.rstrip().splitlines()
    lines = lines[next(at for at, line in enumerate(lines) if line.startswith("navdrill:")) :]
    at = next(at for at, line in enumerate(lines) if re.fullmatch(rf"\s+drill: {kind}\s*(#.*)?", line))
    end = next((later for later in range(at, len(lines)) if re.match(r"(  - |\S)", lines[later])), len(lines))
    begin = next(earlier for earlier in range(at, 0, -1) if lines[earlier].startswith("  - "))
    while not lines[end - 1].strip():
        end -= 1
    said = {line.strip(" -").partition(":")[0] for line in lines[begin:end]}
    return [*lines[:end], *_parameters(drill, said), *lines[end:]]


def _parameters(drill: Any, said: set[str]) -> Iterator[str]:
    """Each parameter as a serial would write it, commented out, with what it means."""
    rows = [
        each for each in parameters(drill) if each.key not in said and each.key not in Serial.model_fields
    ]
    if rows:
        yield "    # What this drill could be told besides, with what it takes otherwise:"
    for each in rows:
        default = drill.Parameters.model_fields[each.key].default
        yield f"    # {each.key}: {_written(default) if isinstance(default, Mapping) else each.default}"
        if each.why:
            yield from _comment(each.why, "    ", "#     ")


def _written(default: Mapping[str, Any]) -> str:
    """A default as a line of YAML without its reasons."""
    if "mode" in default:
        return f"{{low: {default['low']}, mode: {default['mode']}, high: {default['high']}}}"
    ranged = "low" in default and "high" in default
    return (
        f"{default['value']} ({default['low']} .. {default['high']})" if ranged else str(default.get("value"))
    )


def _sections(lines: list[str], name: str) -> Iterator[str]:
    """The lines with a comment before each section, and the name of the new exercise."""
    for line in lines:
        key = re.match(r"([a-z_]+):", line)
        if key is not None and key[1] in COMMENTS:
            yield ""
            yield from _comment(COMMENTS[key[1]], "")
        if line.startswith("exercise:"):
            yield f"exercise: {quoted(name)}"
        elif line.startswith("facts:"):
            yield f"facts: {Path(line.partition(':')[2].strip()).name}"
        elif line.strip():
            yield line


def quoted(name: str) -> str:
    """A name as YAML takes it, however odd."""
    return name if re.fullmatch(r"[A-Za-z][\w -]*\w", name) else "'" + name.replace("'", "''") + "'"


def _comment(text: str, indent: str, sign: str = "# ") -> Iterator[str]:
    for line in paragraphs(text, WIDE - len(indent) - len(sign)):
        yield f"{indent}{sign}{line}".rstrip()


def _serial(kind: str, drill: Any) -> str:
    roles = "".join(
        f"      {name}: {{any: {(role.family or ('unit',))[0]}, {f'carries: [{role.carries[0]}], ' if role.carries else ''}"
        f"least: {role.least}}}\n"
        for name, role in drill.roles.items()
        if not role.optional
    )
    return (
        f"  - serial: 1\n    title: {quoted(shelves.summary('drills', kind).partition('.')[0])}\n    drill: {kind}\n"
        "    comex: 20 Jul 08:00 (±1 h)\n    duration: {low: 60 min, mode: 90 min, high: 2.5 h}\n    area: gunnery\n"
        f"    roles:\n{roles}    late: {{hold: 60 min (30 .. 120 min), then: skip}}\n    why: To begin with.\n"
    )
