"""Experiments: a scenario, factors, a design, how often each point is played, and what is measured; read from a file.

Read as scenarios are: every fault at once, at its line. A level that breaks the scenario is refused at the factor's line and at
the scenario's own before anything runs.
"""

from __future__ import annotations

import copy
import csv
import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError

from sim import shelves
from sim.errors import Fault, ScenarioError, UnknownKind, described, unknown
from sim.quantities import parse
from sim.scenario.declared import Section
from sim.scenario.explain import explain
from sim.scenario.overrides import changed
from sim.scenario.read import find, read_tree, shipped
from sim.scenario.schema import Scenario
from sim.scenario.tree import Path_, Tree, plant, read_text
from sim.studies.factors import THERE, Factor, take_out, there
from sim.worker import packed

MOST_RUNS = 10_000_000
OWN = "csv"  # the design of a file of points
DECLARED = "declared"  # all declared uncertainties at once


def _seconds(given: Any) -> Any:
    return parse(given, "time") if isinstance(given, str) else given


def _whole(given: Any) -> Any:
    return int(given) if isinstance(given, str) and given.strip().isdigit() else given


Whole = Annotated[int, BeforeValidator(_whole)]


class Experiment(Section):
    """The file: `experiments/*.yaml`.

    about: what it asks, in a sentence. design: which points, a name of `navdrill show designs`, or `csv: FILE`. replications: how often each
    point is played. seed: of all chance. factors: what varies, by a name of theirs. measures: what is kept of each run.
    """

    experiment: str = Field(min_length=1, description="Its title.")
    about: str = ""
    scenario: str = Field(description="The scenario it varies, from this file's folder, or by name.")
    design: str | dict[str, str] = "full-factorial"
    points: Whole | None = Field(
        None, ge=1, description="How many points the design has, where that may be chosen."
    )
    replications: Whole = Field(20, ge=1, le=MOST_RUNS)
    seed: Whole = Field(0, ge=0)
    luck: Literal["common", "own"] = Field(
        "common", description="The same at every point, to compare them in pairs; or each its own."
    )
    factors: dict[str, Factor] = Field(min_length=1)
    measures: tuple[str, ...] = Field(min_length=1)
    given: dict[str, Any] = Field(
        {}, description="What is other than in the scenario at all points, by path; null takes it out."
    )
    limit: Annotated[float | None, BeforeValidator(_seconds)] = Field(
        None, gt=0, description="What one run may take, like 60 s."
    )


@dataclass(frozen=True)
class Point:
    """One point of a design. values: of each factor, in words. shares: where it lies on the unit cube."""

    number: int
    values: dict[str, str]
    shares: tuple[float, ...]

    def said(self) -> str:
        """Its values in words."""
        return ", ".join(f"{name} {value}" for name, value in self.values.items())


def seed_at(asked: Experiment, point: Point) -> int:
    """The seed of a point's runs: that of the experiment, or one of its own."""
    return asked.seed + (point.number if asked.luck == "own" else 0)


class Packed(NamedTuple):
    """The plan of a point as workers get it, and its digest."""

    plan: bytes
    digest: str

    @classmethod
    def of(cls, plan: Scenario) -> Packed:
        """That of a plan."""
        return cls(packed(plan), plan.digest)


@dataclass(frozen=True)
class Study:
    """An experiment with its scenario and its points. note: what its design reached. structure: what an analysis of it needs.

    packed: the plan of each point.
    """

    file: str
    experiment: Experiment
    tree: Tree
    folder: Path
    points: tuple[Point, ...]
    note: str
    structure: dict[str, Any]
    packed: list[Packed] = field(default_factory=list)

    def plan(self, point: Point) -> Scenario:
        """The scenario at a point. Raises ScenarioError at the scenario's own lines."""
        values, absent = dict(self.experiment.given), []
        for name, factor in self.experiment.factors.items():
            if factor.path is not None:
                values[factor.path] = factor.meant(point.values[name])
            elif factor.without is not None and point.values[name] == THERE[1]:
                absent.append(factor.without)
        found = changed(self.tree, values)
        if absent:
            found.data = copy.deepcopy(found.data)
            for each in absent:
                take_out(found.data, each)
        return read_tree(found, self.folder)

    @cached_property
    def digest(self) -> str:
        """Of the scenario as it is written, the factors, the points and the seed: what its rows depend on."""
        content = {"scenario": self.tree.data, "factors": {name: factor.model_dump() for name, factor in self.experiment.factors.items()},
                   "points": [point.values for point in self.points], "seed": [self.experiment.seed, self.experiment.luck], "given": self.experiment.given}  # fmt: skip
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures it asks for, without the serials it wants them of."""
        return tuple(
            dict.fromkeys(name.replace("-", "_").partition(".")[0] for name in self.experiment.measures)
        )

    def seed_of(self, point: Point) -> int:
        """The seed of a point's runs."""
        return seed_at(self.experiment, point)

    @property
    def runs(self) -> int:
        """How many there are to be played; points that are the same scenario are played once."""
        return len({packed.digest for packed in self.packed}) * self.experiment.replications


def read_experiment(path: str | Path, *, replications: int | None = None, points: int | None = None) -> Study:
    """A study from its file. replications, points: instead of what it says. Raises ScenarioError with every fault and its place."""
    file = Path(path)
    tree = plant(read_text(file), file.as_posix())
    if not isinstance(tree.data, dict):
        raise ScenarioError([tree.fault((), "is not an experiment: it must be a mapping (key: value lines)")])
    if "navdrill" in tree.data and "experiment" not in tree.data:
        raise ScenarioError(
            [tree.fault(("navdrill",), "is a scenario; an experiment begins with 'experiment: TITLE'")]
        )
    for key, instead in (("replications", replications), ("points", points)):
        if instead is not None:
            tree.data[key] = str(instead)
    return study_of(tree, file.parent)


def study_of(tree: Tree, folder: Path) -> Study:
    """A study from a planted tree. folder: where its `scenario:` starts."""
    faults: list[Fault] = []
    try:
        asked = Experiment.model_validate(tree.data)
    except ValidationError as wrong:
        raise ScenarioError(explain(wrong, tree, (), Experiment)) from None
    for number, name in enumerate(asked.measures):
        faults += _measure_faults(tree, number, name)
    scenario, home = _scenario(tree, asked, folder, faults)
    if scenario is None:
        raise ScenarioError(faults)
    for name, factor in asked.factors.items():
        faults += _factor_faults(tree, scenario, name, factor)
    faults += [
        fault
        for path, value in asked.given.items()
        for fault in _path_faults(tree, scenario, ("given", path), path, value)
    ]
    if faults:
        raise ScenarioError(faults)
    points, note, structure = _points(tree, asked, folder)
    study = Study(tree.file, asked, scenario, home, points, note, structure)
    faults += _pack(tree, study)
    if faults:
        raise ScenarioError(faults)
    return study


def _measure_faults(tree: Tree, number: int, name: str) -> list[Fault]:
    measure, _, key = name.replace("-", "_").partition(".")
    known = [each.replace("-", "_") for each in shelves.names("measures")]
    if measure not in known:
        return [tree.fault(("measures", number), unknown("measure", name, known))]
    of = shelves.module("measures", measure.replace("_", "-")).OF
    if of != "exercise" and not key:
        return [tree.fault(("measures", number), f"{name!r} is of each {of}; say of which, like '{name}.14'")]
    return []


def _scenario(tree: Tree, asked: Experiment, folder: Path, faults: list[Fault]) -> tuple[Tree | None, Path]:
    """The scenario's tree, checked as it stands, and its folder."""
    beside = folder / asked.scenario
    said = beside if beside.suffix and beside.exists() else Path(asked.scenario)
    file = find(said)
    if not file.exists():
        message = f"no scenario at {described(asked.scenario)}; " + unknown(
            "scenario", Path(asked.scenario).stem, shipped()
        )
        faults.append(tree.fault(("scenario",), message))
        return None, folder
    try:
        found = plant(read_text(file), said.as_posix())
        read_tree(found, file.parent)
    except ScenarioError as wrong:
        faults += wrong.faults
        return None, folder
    return found, file.parent


def _factor_faults(tree: Tree, scenario: Tree, name: str, factor: Factor) -> list[Fault]:
    if factor.without is not None:
        if there(scenario.data, factor.without):
            return []
        return [
            tree.fault(
                ("factors", name, "without"), f"no unit or serial {factor.without!r} in {scenario.file}"
            )
        ]
    return _path_faults(
        tree, scenario, ("factors", name, "path"), factor.path or "", factor.meant(factor.word(0.0))
    )


def _path_faults(tree: Tree, scenario: Tree, where: Path_, path: str, value: Any) -> list[Fault]:
    """What is wrong with a path into the scenario, at the experiment's own line."""
    place = tree.fault(where, "")
    try:
        changed(scenario, {path: value}, {path: (place.file, place.line, place.column)})
        if path.partition(".")[0] not in Scenario.model_fields:
            return [
                Fault(
                    place.file,
                    place.line,
                    place.column,
                    place.path,
                    unknown("part of a scenario", path, Scenario.model_fields),
                )
            ]
    except ScenarioError as wrong:
        return [
            Fault(place.file, place.line, place.column, place.path, fault.message) for fault in wrong.faults
        ]
    return []


def _points(tree: Tree, asked: Experiment, folder: Path) -> tuple[tuple[Point, ...], str, dict[str, Any]]:
    """The points of the design. Raises ScenarioError at the experiment's line."""
    if isinstance(asked.design, dict):
        return _own_points(tree, asked, folder), "points of a file", {"kind": OWN}
    try:
        kind = shelves.module("designs", asked.design.replace("_", "-"))
    except UnknownKind:
        message = unknown("design", asked.design, [*shelves.names("designs"), "{csv: FILE}"])
        raise ScenarioError([tree.fault(("design",), message)]) from None
    levels = [factor.count for factor in asked.factors.values()]
    try:
        design = kind.design(levels, asked.points, asked.seed)
    except ValueError as wrong:
        raise ScenarioError([tree.fault(("points",) if asked.points else ("design",), str(wrong))]) from None
    points = []
    for number, row in enumerate(design.points):
        shares = tuple(float(share) for share in row)
        values = {
            name: factor.word(share)
            for (name, factor), share in zip(asked.factors.items(), shares, strict=True)
        }
        points.append(Point(number, values, shares))
    note = f"{design.note}; {design.warning}" if design.warning else design.note
    return tuple(points), note, {"kind": asked.design.replace("_", "-"), **design.structure}


def _own_points(tree: Tree, asked: Experiment, folder: Path) -> tuple[Point, ...]:
    """The user's own points: a CSV file with a column for each factor, in the words of the scenario."""
    design = asked.design
    assert isinstance(design, dict)
    if set(design) != {OWN}:
        message = f"is {described(design)}; write a name of a design, or '{{csv: FILE}}'"
        raise ScenarioError([tree.fault(("design",), message)])
    file = folder / design[OWN]
    rows = list(csv.DictReader(read_text(file).splitlines()))
    missing = [name for name in asked.factors if rows and name not in rows[0]]
    if not rows or missing:
        message = (
            f"{file.as_posix()} has no rows"
            if not rows
            else f"{file.as_posix()} has no column {', '.join(missing)}"
        )
        raise ScenarioError([tree.fault(("design", OWN), message)])
    return tuple(
        Point(number, {name: row[name] for name in asked.factors}, ()) for number, row in enumerate(rows)
    )


def _pack(tree: Tree, study: Study) -> list[Fault]:
    """Reads the scenario at all points and keeps the plans; the faults at any of them, each told once, with the first point that has it."""
    told: dict[tuple[int, int, str], Fault] = {}
    for point in study.points:
        try:
            study.packed.append(Packed.of(study.plan(point)))
        except ScenarioError as wrong:
            for fault in wrong.faults:
                said = f"{fault.message} (at point {point.number}: {point.said()})"
                told.setdefault((fault.line, fault.column, fault.message),
                                Fault(fault.file, fault.line, fault.column, fault.path, said))  # fmt: skip
    if not told:
        return []
    count = f"{len(told)} fault{'s' if len(told) > 1 else ''}"
    return [tree.fault(("factors",), f"{count} in the scenario at some of the points"), *told.values()]
