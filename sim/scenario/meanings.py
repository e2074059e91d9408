"""What each key of a mapping means, from the docstring of its class: `key: words.`, in any order, several keys with commas.

So a key is explained once, where it is declared; editors (the JSON schema) and the reference show the same words.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a mapping by the keys that a file writes."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Key to words, for those keys of which a description, a docstring or a default's reason says something."""
    found: dict[str, str] = {}
    for parent in reversed(model.__mro__):
        if parent is not BaseModel and issubclass(parent, BaseModel):
            found |= dict(_said(inspect.cleandoc(parent.__doc__ or ""), [*keys(model)]))
    for key, field in keys(model).items():
        if field.description:
            found[key] = field.description
        elif key not in found and isinstance(field.default, dict) and field.default.get("why"):
            found[key] = str(field.default["why"])
    return {key: found[key] for key in keys(model) if key in found}


def explain(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Puts the meanings into a mapping's JSON schema, before what a number measures."""
    schema["description"] = about(model)
    for key, words in meanings(model).items():
        part = schema.get("properties", {}).get(key)
        if part is not None and not str(part.get("description", "")).startswith(words):
            measured = part.get("description")
            part["description"] = f"{words} ({measured})" if measured else words


def about(model: type[BaseModel]) -> str:
    """What a mapping is, without its keys."""
    line = " ".join(inspect.cleandoc(model.__doc__ or "").split("\n\n")[0].split())
    match = _heads([*keys(model)]).search(line)
    return line[: match.start()].strip() if match else line


def _heads(names: list[str]) -> re.Pattern[str]:
    """What begins the words of one key, or of several: after the end of a sentence."""
    name = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[.;)] ))((?:{name})(?:, (?:{name}))*): ")


def _said(text: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """The words behind each `key:` of a text, up to the next one or the end of the paragraph."""
    head = _heads(names)
    for paragraph in text.split("\n\n"):
        line = " ".join(paragraph.split())
        heads = list(head.finditer(line))
        for at, match in enumerate(heads):
            end = heads[at + 1].start() if at + 1 < len(heads) else len(line)
            words = line[match.end() : end].strip().rstrip(";.")
            for key in match[1].split(", "):
                yield key, f"{words[:1].upper()}{words[1:]}."
