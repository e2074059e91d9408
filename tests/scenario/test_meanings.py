"""Meanings of keys: read from docstrings, shown by editors and by the reference."""

from pydantic import BaseModel, Field

from sim.scenario.json_schema import json_schema
from sim.scenario.meanings import about, keys, meanings


class Plain(BaseModel):
    """A thing with a name. name: what it is called.

    width, depth: across, and down. from: where it is from; wide: is no key. depth of it: neither.
    """

    name: str
    width: str
    depth: str
    from_: str = Field("", alias="from")
    told: str = Field("", description="By its field.")
    reason: dict = {"value": "1", "why": "By its default."}
    silent: str = ""


class Heir(Plain):
    """Another. name: its own words."""


def test_words_stand_behind_their_keys():
    """Several keys share them; what is no key stays in the sentence; alias, description and reason count."""
    assert meanings(Plain) == {
        "name": "What it is called.",
        "width": "Across, and down.",
        "depth": "Across, and down.",
        "from": "Where it is from; wide: is no key. depth of it: neither.",
        "told": "By its field.",
        "reason": "By its default.",
    }
    assert "silent" in keys(Plain)


def test_an_heir_says_more_or_otherwise():
    assert "Its own words." == meanings(Heir)["name"]
    assert "Across, and down." == meanings(Heir)["width"]


def test_about_is_what_stands_before_the_keys():
    assert "A thing with a name." == about(Plain)
    assert "Another." == about(Heir)


def test_editors_are_told():
    """Before what a number measures."""
    parts = json_schema()["$defs"]

    assert (
        "Planned start. (moment, like 22 Jul 15:30)" == parts["Serial"]["properties"]["comex"]["description"]
    )
    assert parts["Area"]["description"].startswith("A range area")
