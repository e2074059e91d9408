"""Whether what a file of code declares is sound: its defaults can be read, and say where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError

from sim.scenario.declared import Section
from sim.scenario.explain import sentence
from sim.scenario.numbers import Number


def unsound(model: type[Section]) -> Iterator[str]:
    """What is wrong with the defaults of a mapping, one sentence each."""
    try:
        made = model()
    except ValidationError as wrong:
        for error in wrong.errors():
            if error["type"] != "missing":
                yield f"{'.'.join(map(str, error['loc']))}: {sentence(dict(error))}"
    else:
        yield from bare(made)


def bare(part: BaseModel) -> Iterator[str]:
    """Its numbers that neither have a source, nor a reason with a range; it may say these for all of them."""
    if getattr(part, "source", ()) or getattr(part, "why", None):
        return
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, BaseModel):
            yield from (f"{name}.{told}" for told in bare(value))
        elif isinstance(value, Number) and not (value.source or value.fact or value.why):
            yield f"{name}: a default needs a source, or a range and a reason: assumed('5 kn (3 .. 8 kn)', 'why')"
