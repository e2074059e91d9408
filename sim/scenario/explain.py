"""What the validator found, in words a planner understands, at the file's own line and column."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from sim.errors import Fault, described, nearest, unknown
from sim.scenario.numbers import Quantity
from sim.scenario.origins import SheetUnread
from sim.scenario.places import Position
from sim.scenario.tree import Path_, Tree


def explain(wrong: ValidationError, tree: Tree, prefix: Path_, model: type[BaseModel],
            known: Iterable[str] = ()) -> list[Fault]:  # fmt: skip
    """Every fault of a failed validation. prefix: where in the file the validated part stands.

    known: further keys allowed at the top of that part. A key missing because it is misspelt is told once.
    """
    faults: list[Fault] = []
    misspelt: set[Path_] = set()
    missing: list[Path_] = []
    for error in wrong.errors():
        path = _in_file(error["loc"], tree, prefix)
        kind = error["type"]
        if kind == "extra_forbidden":
            word = str(path[-1])
            keys = [*(known if len(error["loc"]) == 1 else ()), *keys_at(model, path[len(prefix) : -1])]
            faults.append(tree.fault(path, unknown("key", word, keys), at_key=True))
            near = nearest(word, keys)
            if near is not None:
                misspelt.add((*path[:-1], near))
        elif kind == "missing":
            missing.append(path)
        elif not isinstance(error.get("ctx", {}).get("error"), SheetUnread):
            faults.append(tree.fault(path, sentence(dict(error))))
    for path in missing:
        if path not in misspelt:
            example = example_at(model, path[len(prefix) :])
            faults.append(tree.fault(path, f"is missing; write '{path[-1]}: {example}'"))
    return faults


def sentence(error: dict[str, Any]) -> str:
    """What came and what is wanted, for one error of the validator."""
    kind, came = error["type"], error.get("input")
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "literal_error":
        wanted = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        near = nearest(came, wanted) if isinstance(came, str) else None
        hint = f". Did you mean {near!r}?" if near else ""
        return f"must be one of {', '.join(wanted)}; got {described(came)}{hint}"
    wanted_kinds = {
        "model_type": "a mapping (key: value lines)", "model_attributes_type": "a mapping (key: value lines)",
        "dict_type": "a mapping (key: value lines)", "list_type": "a list", "tuple_type": "a list",
        "string_type": "text", "bool_parsing": "true or false", "bool_type": "true or false",
        "int_parsing": "a whole number", "int_type": "a whole number",
    }  # fmt: skip
    if kind in wanted_kinds:
        return f"must be {wanted_kinds[kind]}; got {described(came)}"
    if kind == "too_short":
        least = error["ctx"]["min_length"]
        return f"must hold at least {least}; got {error['ctx']['actual_length']}"
    if kind == "too_long":
        most = error["ctx"]["max_length"]
        return f"must hold at most {most}; got {error['ctx']['actual_length'] or 'more'}"
    if kind == "string_too_short":
        return "must not be empty"
    return f"{error['msg'].lower()}; got {described(came)}"


def _in_file(loc: tuple[int | str, ...], tree: Tree, prefix: Path_) -> Path_:
    """The validator's location without the names of union branches, which no file holds."""
    path = prefix
    for index, step in enumerate(loc):
        inside = (*path, step)
        if inside in tree.values or inside in tree.keys or index == len(loc) - 1:
            path = inside
    if path not in tree.values and path not in tree.keys and isinstance(path[-1], str):
        branch = path[-1]
        if branch == "str" or branch[:1].isupper() or "[" in branch or branch.startswith("function"):
            return path[:-1]
    return path


def keys_at(model: type[BaseModel], path: Path_) -> list[str]:
    """The keys a file may write at a path below a model, by walking its declared fields."""
    found = _models(_annotation(model, path))
    if isinstance(found, type) and issubclass(found, BaseModel):
        return [field.alias or name for name, field in found.model_fields.items()]
    return []


def example_at(model: type[BaseModel], path: Path_) -> str:
    """What a file may write at a path below a model: a quantity, or the kind of thing that belongs there."""
    found = _annotation(model, path)
    for part in (*typing.get_args(found), found):
        if isinstance(part, Quantity):
            return part.example
        if isinstance(part, Position):
            return "40-00.0N 134-00.0E"
        if part is datetime:
            return "2023-07-20 08:00 +08:00"
    if typing.get_origin(found) is typing.Literal:
        return str(typing.get_args(found)[0])
    inner = _models(found)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        needed = [field.alias or name for name, field in inner.model_fields.items() if field.is_required()]
        return "{" + ", ".join(f"{name}: ..." for name in needed or keys_at(inner, ())[:1]) + "}"
    if typing.get_origin(inner) in (tuple, list):
        return "[...]"
    return "{NAME: ...}" if typing.get_origin(inner) is dict else "TEXT"


def _annotation(model: type[BaseModel], path: Path_) -> Any:
    """The annotation of what stands at a path below a model, with what it is annotated with; None off the map."""
    found: Any = model
    for step in path:
        found = _models(found)
        if isinstance(found, type) and issubclass(found, BaseModel):
            fields = found.model_fields.items()
            field = next((field for name, field in fields if step in (name, field.alias)), None)
            found = None if field is None else _rewrapped(field)
        else:
            found = _inner(found)
    return found


def _rewrapped(field: FieldInfo) -> Any:
    """A field's annotation with the metadata that pydantic keeps beside it."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _models(annotation: Any) -> Any:
    """The model or container in an annotation, past Annotated and Optional."""
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _models(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        parts = [_models(each) for each in typing.get_args(annotation)]
        return next(
            (each for each in parts if isinstance(each, type) and issubclass(each, BaseModel)), parts[0]
        )
    return annotation


def _inner(annotation: Any) -> Any:
    arguments = typing.get_args(annotation)
    if not arguments:
        return None
    return arguments[1] if typing.get_origin(annotation) is dict else arguments[0]
