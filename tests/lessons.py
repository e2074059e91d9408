"""Lessons as tests use them: read, changed at a line, played over many seeds."""

import re
from math import fsum
from pathlib import Path

from sim import shelves
from sim.runs import play
from sim.scenario.read import read_tree
from sim.scenario.tree import plant

LESSONS = Path(__file__).parents[1] / "scenarios" / "lessons"


def text_of(name):
    """A lesson as it is written."""
    return (LESSONS / f"{name}.yaml").read_text(encoding="utf-8")


def plan_of(text):
    """A scenario that stands where the lessons stand."""
    return read_tree(plant(text, "lesson.yaml"), LESSONS)


def played(text, seed):
    """A run of one."""
    return play(plan_of(text), seed)


def saying(text, said):
    """A lesson that says something else, in its serial or about its weather."""
    key = said.partition(":")[0]
    indent, place = ("  ", "  visibility:") if key == "sea_state" else ("    ", "    late:")
    lines = [line for line in text.splitlines() if not line.startswith(f"{indent}{key}:")]
    at = next(number for number, line in enumerate(lines) if line.startswith(place))
    lines.insert(at, f"{indent}{said}")
    return "\n".join(lines)


def ranged(said):
    """A number alone gets a range about it: in a lesson every number wants one."""
    key, _, value = said.partition(": ")
    number, _, unit = value.partition(" ")
    if not re.fullmatch(r"[\d.]+", number):
        return said
    spread = f"({number} .. {number} {unit})" if unit else f"({number} .. {number})"
    return f"{key}: {value} {spread}"


def values_of(text, measure, seeds):
    """A measure of serial 1 over seeds 0 to seeds - 1; runs of which it says nothing are left out."""
    given = (
        shelves.module("measures", measure).measure(played(text, seed)).get("1") for seed in range(seeds)
    )
    return [value for value in given if value is not None]


def mean_of(text, measure, seeds):
    """The mean of these; 0 when there are none."""
    found = values_of(text, measure, seeds)
    return fsum(found) / len(found) if found else 0.0


def means(name, said, values, measure, seeds):
    """The means of a measure of a lesson under common random numbers, for each value of what it says.

    said: a line of its serial, or `sea_state: {}` of its weather, with {} for the value. A drill's own tests may ask:
    `found = means("air_defence", "single_shot: {} %", (40, 80), "raiders-stopped", 12); assert found == sorted(found)`.
    """
    return [mean_of(saying(text_of(name), ranged(said.format(value))), measure, seeds) for value in values]
