"""What the validator found, in words a planner understands, at the file's own line and column."""

from __future__ import annotations

import re
import types
import typing
from typing import Annotated, Any

from pydantic import BaseModel, ValidationError

from sim.errors import Fault, nearest, unknown
from sim.scenario.tree import Path_, Tree


def explain(wrong: ValidationError, tree: Tree, prefix: Path_, model: type[BaseModel]) -> list[Fault]:
    """Every fault of a failed validation. prefix: where in the file the validated part stands."""
    return [_fault(dict(error), tree, prefix, model) for error in wrong.errors()]


def _fault(error: dict[str, Any], tree: Tree, prefix: Path_, model: type[BaseModel]) -> Fault:
    path = _in_file(error["loc"], tree, prefix)
    kind = error["type"]
    if kind == "extra_forbidden":
        known = keys_at(model, path[len(prefix) : -1])
        return tree.fault(path, unknown("key", str(path[-1]), known), at_key=True)
    if kind == "missing":
        return tree.fault(path, "is missing")
    came = error.get("input")
    if came is None and kind != "value_error":
        return tree.fault(path, "has no value")
    if kind == "literal_error":
        wanted = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        near = nearest(str(came), wanted)
        hint = f". Did you mean {near!r}?" if near else ""
        return tree.fault(path, f"must be one of {', '.join(wanted)}; got {came!r}{hint}")
    if kind == "value_error":
        return tree.fault(path, str(error["ctx"]["error"]))
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return tree.fault(path, f"must be a mapping (key: value lines); got {_shown(came)}")
    if kind in ("list_type", "tuple_type"):
        return tree.fault(path, f"must be a list; got {_shown(came)}")
    if kind == "string_type":
        return tree.fault(path, f"must be text; got {_shown(came)}")
    if kind == "too_short":
        return tree.fault(path, "must hold at least one")
    return tree.fault(path, f"{error['msg'].lower()}; got {_shown(came)}")


def _shown(came: Any) -> str:
    if isinstance(came, dict):
        return "a mapping"
    return "a list" if isinstance(came, list) else repr(came)


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
    found: Any = model
    for step in path:
        if isinstance(found, type) and issubclass(found, BaseModel):
            found = next(
                (
                    field.annotation
                    for name, field in found.model_fields.items()
                    if step in (name, field.alias)
                ),
                None,
            )
        else:
            found = _inner(found)
        found = _models(found)
    if isinstance(found, type) and issubclass(found, BaseModel):
        return [field.alias or name for name, field in found.model_fields.items()]
    return []


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
