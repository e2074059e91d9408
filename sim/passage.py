"""A passage by sea as a planner reads it: way points, courses, distances, times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from sim.geodesy import format_position, inverse
from sim.listing import table, width
from sim.quantities import HOUR, KNOT, NAUTICAL_MILE, human
from sim.water.route import Place, Route, sea_route

FIGURES = 4  # digits of a nautical mile, a degree or an hour in JSON, more than a chart has


@dataclass(frozen=True, slots=True)
class Passage:
    """A route with the speed made good on it, m/s, where there is one."""

    route: Route
    speed: float | None

    @property
    def direct(self) -> float:
        """The geodesic between the ends, over whatever lies there, m."""
        return inverse(*self.route.places[0], *self.route.places[-1]).metres

    def content(self) -> dict[str, Any]:
        """The passage for machines."""
        route, pace = self.route, self.speed
        legs = [*route.legs, None]
        points = []
        for place, leg, run in zip(route.places, legs, self._run(), strict=True):
            points.append(
                {"position": format_position(*place), "latitude_deg": place[0], "longitude_deg": place[1],
                 "course_deg": None if leg is None else round(leg.azimuth1, FIGURES),
                 "leg_nmi": None if leg is None else round(leg.metres / NAUTICAL_MILE, FIGURES),
                 "run_nmi": round(run / NAUTICAL_MILE, FIGURES)}
                | ({} if pace is None else {"run_h": round(run / pace / HOUR, FIGURES)})
            )  # fmt: skip
        found: dict[str, Any] = {
            "distance_nmi": round(route.metres / NAUTICAL_MILE, FIGURES),
            "direct_nmi": round(self.direct / NAUTICAL_MILE, FIGURES),
            "coast": route.scale, "clearance_km": route.clearance / 1e3,
        }  # fmt: skip
        if pace is not None:
            found |= {"speed_kn": pace / KNOT, "time_h": round(route.metres / pace / HOUR, FIGURES)}
        return found | {"points": points}

    def lines(self) -> Iterator[str]:
        """The passage as a table, and what it adds up to."""
        route, pace = self.route, self.speed
        headings = ["No", "Position", "Course", "Leg nmi", "Run nmi", *(["Time"] if pace else []), ""]
        rows = []
        for number, (place, leg, run) in enumerate(
            zip(route.places, [*route.legs, None], self._run(), strict=True), 1
        ):
            course = "" if leg is None else f"{round(leg.azimuth1) % 360:03d}"
            length = "" if leg is None else f"{leg.metres / NAUTICAL_MILE:.1f}"
            spent = [_time(run / pace)] if pace else []
            rows.append(
                [
                    str(number),
                    format_position(*place),
                    course,
                    length,
                    f"{run / NAUTICAL_MILE:.1f}",
                    *spent,
                    "",
                ]
            )
        yield from table(headings, rows, width(), right=("No", "Course", "Leg nmi", "Run nmi", "Time"))
        yield ""
        spent_in_all = f", {_time(route.metres / pace)} at {pace / KNOT:g} kn" if pace else ""
        yield f"{route.metres / NAUTICAL_MILE:.1f} nmi by sea{spent_in_all}; {self.direct / NAUTICAL_MILE:.1f} nmi direct"
        yield f"Coast at {route.scale}, {human(route.clearance, 'length')} kept off it where there is room"

    def _run(self) -> list[float]:
        """From the start to each place, m."""
        return list(accumulate((leg.metres for leg in self.route.legs), initial=0.0))


def plan(start: Place, end: Place, clearance: float, speed: float | None = None) -> Passage:
    """The shortest passage; see `sea_route`. Raises RouteError."""
    return Passage(sea_route(start, end, clearance), speed)


def _time(seconds: float) -> str:
    """Days, hours and minutes: 2 d 13 h 05 min."""
    minutes = round(seconds / 60.0)
    days, hours = divmod(minutes // 60, 24)
    return f"{f'{days} d ' if days else ''}{hours} h {minutes % 60:02d} min"
