"""Endurance: what ships burn against their bunkers and what they take over; how long aircraft can stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, fsum, hypot

from sim.feasibility.finding import Finding
from sim.feasibility.paper import Booking, OnPaper, Paper, Way
from sim.feasibility.slots import NOTICED
from sim.fuel import CubicBurn
from sim.quantities import human, spoken
from sim.relief import cycle
from sim.scenario.roles import least_for, suits
from sim.setting import RESERVE
from sim.wording import clock


@dataclass
class Tank:
    """A ship's fuel on paper. left: kg. burnt, taken: kg so far. empty: when she would have none, s. cargo: kg for others."""

    unit: OnPaper
    left: float
    capacity: float
    cargo: float
    burnt: float = 0.0
    taken: float = 0.0
    empty: float | None = None
    during: Booking | None = None

    def burn(
        self, law: CubicBurn, speed: float, begins: float, seconds: float, during: Booking | None
    ) -> None:
        """Some time at a speed."""
        wanted = law.rate(speed) * seconds
        if wanted > self.left and self.empty is None:
            self.empty, self.during = begins + max(0.0, self.left) / law.rate(speed), during
        self.left -= wanted
        self.burnt += wanted


def tanks(paper: Paper) -> dict[str, Tank]:
    """The fuel of every ship at ENDEX, by name: idle when she has nothing to do, at a drill's own speed or cruising in a serial."""
    found = {unit.name: _full(unit) for unit in paper.units.values()
             if not unit.flies and unit.enlisted.platform.fuel is not None}  # fmt: skip
    clocks = dict.fromkeys(found, 0.0)
    for booking in paper.bookings:
        ways = {way.unit.name: way for way in booking.ways}
        for unit in booking.units():
            if unit.name in found:
                _serve(found[unit.name], clocks[unit.name], booking, ways.get(unit.name))
                clocks[unit.name] = booking.ends
        _replenish(found, booking)
    for name, tank in found.items():
        tank.burn(_law(tank.unit), 0.0, clocks[name], max(0.0, paper.plan.length - clocks[name]), None)
    return found


def _full(unit: OnPaper) -> Tank:
    sheet = unit.enlisted.platform
    assert sheet.fuel is not None  # asked for by the caller
    cargo = sheet.replenishment.cargo.value if sheet.replenishment is not None else 0.0
    return Tank(unit, unit.fuel, sheet.fuel.capacity.value, cargo)


def _law(unit: OnPaper) -> CubicBurn:
    fuel = unit.enlisted.platform.fuel
    assert fuel is not None
    return CubicBurn(fuel.idle.value, fuel.burn.value, fuel.burn_at.value)


def _serve(tank: Tank, since: float, booking: Booking, way: Way | None) -> None:
    """From where she was left to the end of a serial."""
    law, sheet = _law(tank.unit), tank.unit.enlisted.platform
    before = max(0.0, booking.begins - since)
    steaming = 0.0
    if way is not None and way.length > 0.0 and way.has > 0.0:
        speed = min(way.speed, max(sheet.cruise_speed.value, way.length / way.has))
        steaming = min(before, way.length / speed)
        tank.burn(law, 0.0, since, before - steaming, booking)
        tank.burn(law, speed, booking.begins - steaming, steaming, booking)
    else:
        tank.burn(law, 0.0, since, before, booking)
    stated = getattr(booking.serial.parameters, "speed", None)
    pace = min(sheet.max_speed.value, sheet.cruise_speed.value if stated is None else stated.value)
    tank.burn(law, pace, booking.begins, booking.ends - max(booking.begins, since), booking)


def _replenish(found: dict[str, Tank], booking: Booking) -> None:
    """Customers are topped up at the end of a replenishment, as far as the tanker's cargo lasts."""
    share = getattr(booking.serial.parameters, "top_up_to", None)
    givers = [found[unit.name] for unit in booking.roles.get("tanker", ()) if unit.name in found]
    if share is None or not givers:
        return
    for unit in booking.roles.get("customers", ()):
        tank = found.get(unit.name)
        if tank is not None:
            amount = max(0.0, min(share.value * tank.capacity - max(0.0, tank.left), givers[0].cargo))
            givers[0].cargo -= amount
            tank.taken += amount
            tank.left = max(0.0, tank.left) + amount


def fuel(paper: Paper) -> Iterator[Finding]:
    """Ships that would run out."""
    for name, tank in tanks(paper).items():
        if tank.empty is None:
            continue
        during = tank.during
        where = f"in serial {during.number}" if during is not None else "after her last serial"
        force, place = tank.unit.enlisted.force, tank.unit.enlisted.group
        index = next(at for at, each in enumerate(paper.plan.forces[force].units) if each is place)
        fault = paper.tree.fault(("forces", force, "units", index, "fuel"),
                                 f"{name} has no fuel left at {clock(paper.plan, tank.empty)}, {where}")  # fmt: skip
        had = human(tank.unit.fuel, "mass")
        short = tank.burnt - tank.unit.fuel - tank.taken
        deficit = f"the plan burns {human(tank.burnt, 'mass')} and she has {had}"
        deficit += f" and takes over {human(tank.taken, 'mass')}" if tank.taken else ""
        lacking = human(max(short, 0.0), "mass") if short > 0.0 else "what she needs"
        mend = f"replenish her before {clock(paper.plan, tank.empty)}, with {lacking} or more"
        yield Finding("fuel", fault, deficit, mend)


def flights(paper: Paper) -> Iterator[Finding]:
    """Roles whose aircraft cannot hold out for the planned time between them, or cannot get there and back at all."""
    for booking in paper.bookings:
        declared = paper.drill(booking).roles
        for role, units in booking.roles.items():
            least = least_for(booking.serial.roles[role], declared[role])
            aircraft = [unit for unit in units if unit.flies]
            if not aircraft or len(aircraft) < len(units) or not least or booking.middle is None:
                continue
            reliefs = [unit for other, more in booking.roles.items() if declared[other].waits
                       for unit in more if unit.flies and suits(unit.enlisted, declared[role])]  # fmt: skip
            aircraft = [*aircraft, *reliefs]
            stays = [_stay(paper, unit, booking.middle) for unit in aircraft]
            wanted, there = least * (booking.ends - booking.begins), fsum(max(0.0, stay) for stay in stays)
            path = (*booking.path, "roles", role)
            if all(stay <= 0.0 for stay in stays):
                best = max(range(len(stays)), key=lambda at: stays[at])
                fault = paper.tree.fault(path, f"{aircraft[best].name} cannot get there and back on its fuel")
                deficit = f"it is {spoken(-stays[best])} short without any time on task"
                yield Finding(
                    "endurance", fault, deficit, "choose a nearer base or area, or another aircraft"
                )
            elif reliefs:  # they hand over to one another, and fly again
                yield from _uncovered(paper, path, booking, aircraft, stays, least)
            elif wanted - there > NOTICED:
                yield _too_short(paper, path, booking, aircraft, stays, least)


def _uncovered(paper: Paper, path: tuple[str | int, ...], booking: Booking, aircraft: list[OnPaper],
               stays: list[float], least: int) -> Iterator[Finding]:  # fmt: skip
    """A station that so many aircraft cannot keep filled, however they relieve each other."""
    shares = []
    for unit, stay in zip(aircraft, stays, strict=True):
        sheet, endurance = unit.enlisted.platform, unit.enlisted.platform.endurance
        if stay > 0.0 and endurance is not None:
            away = (endurance.value - RESERVE - stay) / 2.0
            launch, *ground = (0.0 if each is None else each.mean
                               for each in (sheet.launch, sheet.recovery, sheet.turnaround))  # fmt: skip
            sortie = cycle(launch, away, stay, away, fsum(ground))
            shares.append(sortie.on_task / sortie.length)
    filled = fsum(shares)
    if filled < least:
        wanted = f"{least} aircraft are" if least > 1 else "an aircraft is"
        fault = paper.tree.fault(
            path, f"{wanted} wanted on station for {spoken(booking.ends - booking.begins)}"
        )
        deficit = f"{len(aircraft)} in turn keep {filled:.2g} there: {least - filled:.2g} short"
        more = ceil((least - filled) / max(shares))
        yield Finding("endurance", fault, deficit, f"name {more} more to relieve them")


def _stay(paper: Paper, unit: OnPaper, place: tuple[float, float]) -> float:
    """How long an aircraft can stay at a place with its reserve for the landing, s."""
    sheet, home = unit.enlisted.platform, paper.home(unit)
    endurance = sheet.endurance.value if sheet.endurance is not None else float("inf")
    away = hypot(place[0] - home[0], place[1] - home[1])
    return endurance - 2.0 * away / sheet.cruise_speed.value - RESERVE


def _too_short(paper: Paper, path: tuple[str | int, ...], booking: Booking, aircraft: list[OnPaper],
               stays: list[float], least: int) -> Finding:  # fmt: skip
    wanted, there = booking.ends - booking.begins, fsum(max(0.0, stay) for stay in stays)
    names = ", ".join(unit.name for unit in aircraft)
    needs = f"needs {'an aircraft' if least == 1 else f'{least} aircraft'} for {spoken(wanted)}"
    can = "can stay" if len(aircraft) == 1 else "can stay, one after the other,"
    fault = paper.tree.fault(path, f"{needs}, and {names} {can} {spoken(there)}")
    more = ceil((least * wanted - there) / max(stays))
    mend = f"name {more} more for this role, or plan {spoken(there / least)}"
    return Finding("endurance", fault, f"{spoken(least * wanted - there)} short", mend)
