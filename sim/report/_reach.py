"""How far each platform's sensors reach, spell by spell of weather and light, for the circles of the replay.

Ranges are those the sensors themselves give, against a ship like the flagship of the first force; a sensor that sees
no ships, like a sonar, is asked about a submarine of the scenario.
"""

from __future__ import annotations

from typing import Any

from sim import shelves
from sim.plots._clock import nights, spells
from sim.runs import Run
from sim.scenario.roles import muster
from sim.scenario.sheets import Platform, fitted
from sim.sensors._sensor import Shown, height
from sim.setting import Conditions

DIVED = "submarine"


def reaches(run: Run, platforms: list[str]) -> dict[str, Any]:
    """since: s, when each spell begins. of: for each platform (sensor, against whom, ranges in m, one for each spell)."""
    moments, conditions = _conditions(run)
    if not moments:
        return {"since": [], "of": [[] for _ in platforms]}
    marks = _targets(run)
    of = []
    for name in platforms:
        sheet = run.plan.platforms[name]
        mine = []
        for word, parameters in fitted(sheet).items():
            kind = shelves.kind("sensors", word)
            target = next((each for each in marks if each.family in kind.sees), None)
            if target is None:
                continue
            sensor = kind(parameters, sheet)
            ranges = [round(sensor.range_to(_shown(sheet), _shown(target), each)) for each in conditions]
            if any(ranges):
                mine.append([word, target.title, ranges if len(set(ranges)) > 1 else ranges[:1]])
        of.append(mine)
    return {"since": moments, "of": of}


def _conditions(run: Run) -> tuple[list[int], list[Conditions]]:
    """When sea, visibility or light change, and what they are from then on."""
    told, dark = spells(run), nights(run)
    if not told:
        return [], []
    changes = sorted(
        {each.start for each in told} | {edge for night in dark for edge in night if edge < run.plan.length}
    )
    found = []
    for moment in changes:
        spell = next((each for each in told if each.start <= moment < each.end), told[-1])
        night = any(each.start <= moment < each.end for each in dark)
        found.append(Conditions(spell.sea_state, spell.visibility, not night))
    return [round(each) for each in changes], found


def _targets(run: Run) -> list[Platform]:
    """A ship like the first flagship, then a submarine when the scenario has one."""
    flagship = next(iter(run.plan.forces.values())).flagship
    ships = [each.platform for each in muster(run.plan) if each.name == flagship]
    return ships + [each for each in run.plan.platforms.values() if each.family == DIVED][:1]


def _shown(sheet: Platform) -> Shown:
    return Shown(sheet, height(sheet), sheet.cruise_speed.value, True)
