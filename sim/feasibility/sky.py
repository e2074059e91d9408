"""Light and weather: serials by day that begin or end in the dark, and limits that the declared weather breaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import fsum

from sim.daylight import sun
from sim.feasibility.finding import Finding, earlier, later
from sim.feasibility.paper import Booking, Paper
from sim.feasibility.slots import NOTICED
from sim.quantities import human, spoken
from sim.scenario.roles import least_for
from sim.scenario.sheets import Limits
from sim.wording import clock

OFTEN = 0.25  # share of the time; limits broken by a season's weather as often as this are no plan


def daylight(paper: Paper) -> Iterator[Finding]:
    """Serials that need the day and lie outside sunrise to sunset."""
    for booking in paper.bookings:
        if booking.serial.limits.daylight == "required":
            times = [((*booking.path, "comex"), booking.begins)]
            times += [((*booking.path, "alternates", place, "comex"), each.comex.value)
                      for place, each in enumerate(booking.serial.alternates) if each.comex is not None]  # fmt: skip
            for path, begins in times:
                yield from _dark(paper, booking, path, begins)


def _dark(paper: Paper, booking: Booking, path: tuple[str | int, ...], begins: float) -> Iterator[Finding]:
    plan, number = paper.plan, booking.number
    ends = begins + booking.ends - booking.begins
    rise, dusk = _day(paper, begins)
    needs = f"needs {spoken(ends - begins)} of daylight"
    if rise is None or dusk is None or ends - begins > dusk - rise:
        fault = paper.tree.fault(path, needs)
        has = "none" if rise is None or dusk is None else spoken(dusk - rise)
        yield Finding("daylight", fault, f"the day has {has}", "lift limits.daylight, or shorten it")
    elif rise - begins > NOTICED:
        fault = paper.tree.fault(path, f"{needs}, and the sun rises at {clock(plan, rise)}")
        yield Finding(
            "daylight", fault, f"it begins {spoken(rise - begins)} too early", later(plan, number, rise)
        )
    elif ends - dusk > NOTICED:
        left = spoken(dusk - begins) if dusk > begins else "none"
        fault = paper.tree.fault(path, f"{needs}, and the sun sets at {clock(plan, dusk)}")
        deficit = f"there is {left}: {spoken(min(ends - dusk, ends - begins))} short"
        yield Finding("daylight", fault, deficit, earlier(plan, number, dusk - (ends - begins)))


def _day(paper: Paper, time: float) -> tuple[float | None, float | None]:
    """Sunrise and sunset on the day of a time, s; None for what does not happen."""
    plan = paper.plan
    zone, moment = plan.begins.tzinfo, plan.begins + timedelta(seconds=time)
    assert zone is not None  # the reader refuses times without a zone
    found = sun(plan.datum.latitude, plan.datum.longitude, moment.date(), zone)
    rise, dusk = (
        None if each is None else (each - plan.begins).total_seconds() for each in (found.rise, found.set)
    )
    return rise, dusk


def weather(paper: Paper) -> Iterator[Finding]:
    """Limits that the declared weather breaks, for certain or too often."""
    for booking in paper.bookings:
        yield from _broken(paper, (*booking.path, "limits"), booking.serial.limits, "")
        declared = paper.drill(booking).roles
        for role, units in booking.roles.items():
            if not least_for(booking.serial.roles[role], declared[role]):
                continue
            flying = [unit for unit in units if unit.flies]
            if (
                len(flying) == len(units)
                and units
                and all(_chances(paper, _of(unit.enlisted.platform)) for unit in units)
            ):
                unit = flying[0]
                yield from _broken(
                    paper, (*booking.path, "roles", role), _of(unit.enlisted.platform), f"{unit.name}'s "
                )


def _of(platform: object) -> Limits:
    limits: Limits | None = getattr(platform, "limits", None)
    return Limits() if limits is None else limits


def _broken(paper: Paper, path: tuple[str | int, ...], limits: Limits, whose: str) -> Iterator[Finding]:
    for key, (share, worst) in _chances(paper, limits).items():
        dimension = {"sea_state": "count", "visibility": "length", "wind": "speed"}[key]
        limit, declared = (human(each, dimension) for each in (getattr(limits, key).value, worst))
        word = key.replace("_", " ")
        fault = paper.tree.fault((*path, key) if not whose else path, f"{whose}limit of {word} is {limit}")
        often = "always" if share >= 1.0 else f"{100 * share:.0f} % of the time"
        side = "at least" if key == "visibility" else "at most"
        mend = f"{key}: {declared} would do" if not whose else f"find a unit that flies in {word} {declared}"
        yield Finding(
            "weather",
            fault,
            f"the declared weather is beyond it {often} ({side} {limit} wanted, {declared} declared)",
            mend,
        )


def _chances(paper: Paper, limits: Limits) -> dict[str, tuple[float, float]]:
    """By key of the limits that are broken too often: the share of the time, and the worst that is as common."""
    found: dict[str, tuple[float, float]] = {}
    for key, states in _states(paper).items():
        limit = getattr(limits, key)
        if limit is None:
            continue
        beyond = [(share, value) for share, value in states
                  if (value < limit.value if key == "visibility" else value > limit.value)]  # fmt: skip
        share = fsum(each for each, _ in beyond)
        if share >= OFTEN:
            values = [value for _, value in beyond]
            found[key] = share, min(values) if key == "visibility" else max(values)
    return found


def _states(paper: Paper) -> dict[str, list[tuple[float, float]]]:
    """The declared weather: by key, shares of the time and values."""
    environment, season = paper.plan.environment, paper.plan.season
    found: dict[str, list[tuple[float, float]]] = {}
    if season is not None:
        sea = season.sea_state.states
        found["sea_state"] = [(each.share.value, each.code.value) for each in sea]
        found["wind"] = [(each.share.value, each.wind.value) for each in sea]
        found["visibility"] = [(each.share.value, each.range.value) for each in season.visibility.states]
    for key in ("sea_state", "visibility", "wind"):
        fixed = getattr(environment, key)
        if fixed is not None:
            found[key] = [(1.0, fixed.value)]
    return found
