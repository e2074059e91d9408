"""The format of scenario files as a JSON Schema, so that an editor can complete and check while one types.

`python -m sim.scenario.json_schema > docs/navdrill.schema.json`. It knows less than `navdrill check`: names
that must exist, units of measure and plans that cannot work are for the reader to tell.
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from typing import Any

from sim import shelves
from sim.scenario import library
from sim.scenario.composition import EXTENDS, INCLUDE, INCLUDED
from sim.scenario.roles import Role
from sim.scenario.schema import FORMAT, Scenario, Serial
from sim.scenario.sheets import Gun, Platform, Season

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALAR = [
    "string",
    "number",
    "boolean",
]  # YAML guesses what a bare word is; the reader takes all of them as text
TRUTH = ["true", "false", "yes", "no", "on", "off"]


def json_schema() -> dict[str, Any]:
    """The schema of a scenario file, with the parameters and roles of every drill on the shelf."""
    schema = Scenario.model_json_schema(by_alias=True, mode="validation")
    parts: dict[str, Any] = schema.pop("$defs")
    parts |= _own_sheets(parts)
    serial = parts["Serial"]
    for name in ("parameters", "additionalProperties"):
        (serial["properties"] if name == "parameters" else serial).pop(name, None)
    serial["required"] = [name for name in serial["required"] if name != "parameters"]
    serial["properties"]["drill"] = {
        "enum": list(shelves.names("drills")),
        "description": "The kind of activity.",
    }
    serial["allOf"] = [_drill(name, parts) for name in shelves.names("drills")]
    serial["unevaluatedProperties"] = False
    parts.pop("Section", None)
    names: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
    parts["Selector"] = {"anyOf": [{"type": "string"}, names, parts["Selector"]]}
    parts["Number"] = _number(parts["Serial"]["properties"]["duration"])
    schema["properties"] |= {
        "navdrill": {"enum": [FORMAT, str(FORMAT)], "description": "The version of this format."},
        "platforms": _named("PlatformChanges"),
        "guns": _named("GunChanges"),
    }
    schema["required"] = ["navdrill", *schema["required"]]
    parts["UnitGroup"]["properties"]["platform"]["examples"] = list(library.names("platforms"))
    _examples(parts["Environment"]["properties"]["season"], library.names("seasons"))
    schema |= {
        "$schema": DIALECT,
        "title": "navdrill scenario",
        "description": "An exercise as navdrill plays it.",
    }
    number = parts.pop("Number")
    found: dict[str, Any] = _loosened(schema | {"$defs": parts}, number)
    found["$defs"]["Number"] = _loosened(number, None)
    found |= _composed(found)
    return {key: found[key] for key in ("$schema", "title", "description", "type", "properties", "required", "if", "then",
                                        "else", "additionalProperties", "$defs")}  # fmt: skip


def _composed(schema: dict[str, Any]) -> dict[str, Any]:
    """A scenario whole in one file, or one that extends another, or includes libraries, or is one: nothing is needed then.

    What is other than in the file it extends may be said of any part, and nothing (null) removes.
    """
    whole, parts = schema["properties"], schema["$defs"]
    partly = {key: _changes(each, parts) for key, each in whole.items()}
    part = {"$ref": "#/$defs/SerialChanges"}
    by_number = {"type": "object", "additionalProperties": {"anyOf": [part, {"type": "null"}]}}
    partly["serials"] = {"anyOf": [{"type": "array", "items": part}, by_number, {"type": "null"}]}
    parts["SerialChanges"] = {
        key: each
        for key, each in parts["SerialChanges"].items()
        if key not in ("allOf", "unevaluatedProperties")
    }  # without its drill nobody can say which keys are its parameters
    more = {
        EXTENDS: {"type": "string", "description": "The scenario this one is like, but for what it says: a file or a name."},
        INCLUDE: {"type": ["string", "array"], "items": {"type": "string"},
                  "description": f"Files whose {', '.join(INCLUDED)} are added."},
    }  # fmt: skip
    scenario = [{"required": [key]} for key in ("exercise", "begins", "serials")]
    composed: list[Any] = [{"required": [EXTENDS]}, {"required": [INCLUDE]}, {"not": {"anyOf": scenario}}]
    return {
        "properties": dict.fromkeys(whole, True) | more,
        "required": ["navdrill"],
        "if": {"anyOf": composed},
        "then": {"properties": partly},
        "else": {"properties": whole, "required": schema["required"]},
    }


def _changes(part: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema for a file that says only some of it."""
    name = part.get("$ref", "").rpartition("/")[2]
    if "properties" in parts.get(name, {}) and name != "Number" and not name.endswith("Changes"):
        changed = f"{name}Changes"
        if changed not in parts:
            parts[changed] = {}  # a place kept, for parts within parts
            given = {key: each for key, each in parts[name].items() if key != "required"}
            own = {key: _changes(each, parts) for key, each in given["properties"].items()}
            parts[changed] = given | {"properties": own}
        part = part | {"$ref": f"#/$defs/{changed}"}
    elif isinstance(part.get("additionalProperties"), dict) and "properties" not in part:
        inner = _changes(part["additionalProperties"], parts)
        part = {key: each for key, each in part.items() if key != "minProperties"} | {
            "additionalProperties": inner
        }
    elif isinstance(part.get("items"), dict) and part["items"] == {"$ref": "#/$defs/Serial"}:
        _changes(part["items"], parts)
    return {"anyOf": [part, {"type": "null"}]}


def written() -> str:
    """The schema as the file in `docs/` holds it."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def write(path: str | Path) -> None:
    """Writes the schema to a file."""
    Path(path).write_text(written(), encoding="utf-8")


def _drill(name: str, parts: dict[str, Any]) -> dict[str, Any]:
    """What a serial of that drill may write besides: its parameters, and its roles by name."""
    kind = shelves.kind("drills", name)
    own = kind.Parameters.model_json_schema(by_alias=True, mode="validation")
    parts |= {key: part for key, part in own.pop("$defs", {}).items() if key not in parts}
    given: dict[str, Any] = {
        key: each for key, each in own["properties"].items() if key not in Serial.model_fields
    }
    for key in kind.targets:
        given[key]["examples"] = list(library.names("platforms"))
    roles: dict[str, Role] = kind.roles
    given["roles"] = {
        "properties": {
            role: {"$ref": "#/$defs/Selector", "description": each.doc} for role, each in roles.items()
        },
        "required": [role for role, each in roles.items() if not each.optional],
        "additionalProperties": False,
    }
    needed = ["roles"] if given["roles"]["required"] else []
    then = {"description": shelves.summary("drills", name), "properties": given}
    return {
        "if": {"properties": {"drill": {"const": name}}, "required": ["drill"]},
        "then": then | ({"required": needed} if needed else {}),
    }


def _own_sheets(parts: dict[str, Any]) -> dict[str, Any]:
    """Sheets a scenario writes itself: whole, or changes to one of the library (`like:`), so nothing is required."""
    found: dict[str, Any] = {}
    for model, folder in ((Platform, "platforms"), (Gun, "guns"), (Season, "seasons")):
        sheet: dict[str, Any] = dict(parts[model.__name__])
        sheet.pop("required", None)
        like = {
            "type": "string",
            "examples": list(library.names(folder)),
            "description": "The sheet these change.",
        }
        found[f"{model.__name__}Changes"] = sheet | {"properties": {"like": like} | sheet["properties"]}
    season = parts["Environment"]["properties"]["season"]
    season["anyOf"] = [
        {"$ref": "#/$defs/SeasonChanges"} if each.get("$ref") == "#/$defs/Season" else each
        for each in season["anyOf"]
    ]
    return found


def _named(part: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{part}"}}


def _examples(schema: dict[str, Any], names: tuple[str, ...]) -> None:
    for each in schema["anyOf"]:
        if each.get("type") == "string":
            each["examples"] = list(names)


def _number(field: dict[str, Any]) -> dict[str, Any]:
    """The part of a number's schema that all numbers share: the mapping with its provenance."""
    found: dict[str, Any] = next(each for each in field["anyOf"] if each["type"] == "object")
    return found


def _loosened(part: Any, number: Any) -> Any:
    """The schema as YAML needs it: any bare word where text is wanted, words for switches, sentences on one line."""
    if isinstance(part, list):
        return [_loosened(each, number) for each in part]
    if not isinstance(part, dict):
        return part
    if part == number:
        return {"$ref": "#/$defs/Number"}  # said once, not for each of some two hundred numbers
    found = {
        # `default` and `examples` are content of files, not schemas.
        key: each if key in ("default", "examples", "enum", "const") else _loosened(each, number)
        for key, each in part.items()
        if key != "title"
        or not isinstance(each, str)
        or "$schema" in part  # a property may be called `title`
    }
    if part.get("type") in ("string", ["string", "number"]) and "enum" not in part and "const" not in part:
        found["type"] = SCALAR
        found.pop("format", None)
    if part.get("type") == "boolean":
        del found["type"]
        found["enum"] = [True, False, *TRUTH]
    if isinstance(part.get("description"), str):
        found["description"] = inspect.cleandoc(part["description"])
    return found


if __name__ == "__main__":
    sys.stdout.write(written())
