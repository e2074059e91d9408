"""Who is friend, neutral, hostile or unknown to whoever conducts the exercise, by what the scenario already says."""

from __future__ import annotations

from sim import shelves
from sim.runs import Run
from sim.scenario.roles import eligible, muster
from sim.scenario.schema import Scenario
from sim.scenario.sheets import Platform
from sim.symbols import AIR, FRIEND, HOSTILE, LAND, NEUTRAL, SUBSURFACE, SURFACE, UNKNOWN, Sign

PASSING = Sign(SURFACE, NEUTRAL, "passing")  # belongs to nobody
OPPOSING = frozenset(["target", "raider", "mine"])  # words of what is put out to be fought
ASIDE = frozenset(["survivor"])  # words of what is put out and is nobody's
DIVES, STANDS = frozenset(["diver"]), frozenset(["coastal-target"])
DIMENSIONS = {"submarine": SUBSURFACE, "helicopter": AIR, "aircraft": AIR, "site": LAND}


def of_forces(plan: Scenario) -> dict[str, str]:
    """The affiliation of each force.

    Friend is the force of the officer conducting and all that share a serial with friends or are conducted by their staff; unknown,
    until they are identified, are those a friends' serial is `against`; everybody else is a neighbour, and neutral.
    """
    units = muster(plan)
    home = {unit.force for unit in units if unit.name == plan.command.officer_conducting}
    together, against = [], []
    for serial in plan.serials:
        roles = shelves.kind("drills", serial.drill).roles
        forces = {
            unit.force for name, each in serial.roles.items() for unit in eligible(each, roles[name], units)
        }
        together.append(forces | ({serial.command} if serial.command else home))
        against.append((forces, getattr(serial.parameters, "against", ())))
    for _ in plan.forces:  # as often as it can spread
        home = home.union(*(each for each in together if each & home))
    strangers = {name for forces, names in against if forces & home for name in names}
    return {
        name: FRIEND if name in home else UNKNOWN if name in strangers else NEUTRAL for name in plan.forces
    }


def signs(run: Run) -> dict[str, Sign]:
    """The sign of every unit of a force and of everything put out as a target or boat; who has none is passing by."""
    forces = of_forces(run.plan)
    found = {
        unit.name: Sign(_dimension(unit.platform), forces[unit.force], group(unit.platform))
        for unit in muster(run.plan)
    }
    for record in run.log.of("target"):
        sheet = run.plan.platforms[record.details["platform"]]
        found.setdefault(record.unit or "", Sign(_dimension(sheet), _of_target(sheet), _played(sheet)))
    return found


def players(run: Run) -> dict[str, dict[str, str]]:
    """Units that play another's part in a serial, with its affiliation: by serial, then by unit."""
    found: dict[str, dict[str, str]] = {}
    for record in run.log.of("assigned"):
        roles = shelves.kind("drills", run.serial(record.serial or "").drill).roles
        plays = roles[record.details["role"]].plays
        if plays:
            found.setdefault(record.serial or "", {})[record.unit or ""] = plays
    return found


def group(sheet: Platform) -> str:
    """Warship or auxiliary for ships, else the family."""
    if sheet.family == "ship":
        return "warship" if "warship" in sheet.words else "auxiliary"
    return sheet.family


def _played(sheet: Platform) -> str:
    """The icon of something put out: a played submarine is one; merchantmen have none."""
    return {"vessel": "passing"}.get(sheet.family, sheet.family)


def _of_target(sheet: Platform) -> str:
    if sheet.family == "vessel":
        return UNKNOWN  # to be visited and searched
    if sheet.family == "submarine" or OPPOSING.intersection(sheet.words):
        return HOSTILE
    return NEUTRAL if ASIDE.intersection(sheet.words) else FRIEND  # our own boats and buoys


def _dimension(sheet: Platform) -> str:
    if sheet.family != "target":
        return DIMENSIONS.get(sheet.family, SURFACE)
    if sheet.altitude is not None:
        return AIR
    return (
        SUBSURFACE
        if DIVES.intersection(sheet.words)
        else LAND
        if STANDS.intersection(sheet.words)
        else SURFACE
    )
