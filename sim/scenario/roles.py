"""What a drill asks of a schedule: its roles, and which units could fill them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sim.scenario.rules import Safety
from sim.scenario.schema import Force, Scenario, Selector, UnitGroup
from sim.scenario.sheets import Gun, Limits, Platform, carries

Rules = TypeVar("Rules", Limits, Safety)


@dataclass(frozen=True, slots=True)
class Role:
    """A part in a drill. family, carries: what a unit must be and have; both by words, never by class.

    least: fewest units with which the drill makes sense. optional: the drill can do without.
    waits: its aircraft wait at home, ready, until the drill sends for them. plays: what it is to the others
    while it is in this part, hostile or unknown; nothing when it is itself.
    """

    doc: str
    family: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    least: int = 1
    optional: bool = False
    waits: bool = False
    plays: str = ""


@dataclass(frozen=True, slots=True)
class Enlisted:
    """One unit the scenario names or counts: who, what, whose, and where from."""

    name: str
    platform: Platform
    force: str
    group: UnitGroup
    carries: tuple[str, ...]
    host: str | None = None

    def answers(self, word: str) -> bool:
        """Whether a selector's `any:` word means this unit."""
        return word in (self.platform.family, self.platform.platform, "unit") or word in self.platform.words


def muster(scenario: Scenario) -> tuple[Enlisted, ...]:
    """All units of all forces in the order of the file, with names for those that are only counted."""
    found: list[Enlisted] = []
    for force_name, force in scenario.forces.items():
        for group in force.units:
            found.extend(_enlist(force_name, group, scenario.platforms[group.platform], scenario.guns))
    return tuple(found)


def names_of(group: UnitGroup) -> tuple[str, ...]:
    """The names of a group's units: those given, then numbered ones up to the count."""
    count = group.count.whole if group.count is not None else max(1, len(group.names))
    numbered = (f"{group.platform} {number}" for number in range(len(group.names) + 1, count + 1))
    return (*group.names[:count], *numbered)


def _enlist(force: str, group: UnitGroup, platform: Platform, guns: dict[str, Gun]) -> Iterable[Enlisted]:
    fitted = carries(platform, guns)
    for index, name in enumerate(names_of(group)):
        host = group.embarked[index % len(group.embarked)] if group.embarked else None
        yield Enlisted(name, platform, force, group, fitted, host)


def eligible(selector: Selector, role: Role, units: Sequence[Enlisted]) -> tuple[Enlisted, ...]:
    """The units that could take a role, in the order of the file (or of the names given)."""
    if selector.names:
        by_name = {unit.name: unit for unit in units}
        candidates = [by_name[name] for name in selector.names if name in by_name]
    else:
        candidates = [unit for unit in units if selector.any_ is None or unit.answers(selector.any_)]
    return tuple(
        unit
        for unit in candidates
        if unit.name not in selector.but
        and (not selector.from_ or unit.force in selector.from_)
        and all(thing in unit.carries for thing in selector.carries)
        and suits(unit, role)
    )


def suits(unit: Enlisted, role: Role) -> bool:
    """Whether a unit is of a family, and carries what, the role asks for."""
    return (not role.family or unit.platform.family in role.family) and (
        not role.carries or any(thing in unit.carries for thing in role.carries)
    )


def least_for(selector: Selector, role: Role) -> int:
    """Fewest units the serial goes on with: as the scenario says, all that are named, or as the drill asks."""
    if selector.least is not None:
        return selector.least.whole
    return len(selector.names) if selector.names else role.least


def combined(kind: Rules, own: Rules) -> Rules:
    """What a drill usually has, with what is stated otherwise laid over it: limits, rules of safety."""
    stated = {name: getattr(own, name) for name in own.model_fields_set}
    return kind.model_copy(update=stated) if stated else kind


__all__ = ["Enlisted", "Force", "Role", "combined", "eligible", "least_for", "muster", "names_of", "suits"]
