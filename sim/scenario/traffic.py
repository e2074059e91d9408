"""Traffic as a scenario declares it: ships that cross the sea around the exercise, lanes, ferries, fishing fleets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.quantities import KNOT
from sim.scenario.declared import Declared, Name
from sim.scenario.numbers import Delay, Density, Flow, Length, Moment, Number, Quantity, Share
from sim.scenario.places import Where

MOST_BOATS = 5000  # of one trade; the squid fleets of a whole sea
SLOWEST = KNOT  # of a ship on a lane; slower, and she would be on it for weeks
TIGHTEST = 300.0  # s between departures of a ferry; a harbour shuttle
BUSY = 600.0  # s; a boat at work alters course no more often

Pace = Annotated[Number, Quantity("speed", at_least=SLOWEST, at_most=1200.0, spread=True)]
Working = Annotated[Number, Quantity("speed", at_least=0.0, at_most=1200.0, spread=True)]
Headway = Annotated[Number, Quantity("time", at_least=TIGHTEST)]
Spell = Annotated[Number, Quantity("time", at_least=BUSY, spread=True)]
Boats = Annotated[Number, Quantity("count", at_least=0.0, at_most=MOST_BOATS, spread=True)]
Company = Annotated[Number, Quantity("count", at_least=1.0, at_most=MOST_BOATS, spread=True)]

KINDS = ("density", "lane", "ferry", "fleet")


class Lane(Declared):
    """A lane along two or more positions, used in both directions.

    along: its corners. width: from edge to edge. spread: how ships keep about its axis inside it. rate: ships that enter it, both
    directions together. density: instead, ships at sea per area of it. forward: share that follows it as written.
    speed: drawn for each ship; the platform's cruising speed when not given.
    """

    along: tuple[Where, ...] = Field(min_length=2, max_length=100)
    width: Length
    spread: Literal["uniform", "triangular", "normal"] = "triangular"
    rate: Flow | None = None
    density: Density | None = None
    forward: Share = Field(
        default={  # type: ignore[assignment]  # validated: written as a file would
            "value": "50 %", "low": "40 %", "high": "60 %", "basis": "assumed",
            "why": "What sails one way comes back sooner or later.",
        }
    )  # fmt: skip
    speed: Pace | None = None

    @model_validator(mode="after")
    def _so_many(self) -> Lane:
        given = [name for name in ("rate", "density") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"needs exactly one of rate, density; got {' and '.join(given) or 'neither'}")
        return self


class Ferry(Declared):
    """A ferry between two positions by a timetable, as many boats as that takes, each day the same.

    ends: the two positions. departs: one departure from the first end. every: others go so long before and after it. delay: how much
    later than due a boat leaves, drawn each time. turnaround: at each end. speed: the platform's cruising speed when not given.
    """

    ends: tuple[Where, Where]
    departs: Moment
    every: Headway
    speed: Pace | None = None
    turnaround: Delay = Field(
        default={  # type: ignore[assignment]
            "value": "60 min", "low": "30 min", "high": "120 min", "basis": "assumed",
            "why": "Cars and passengers off and on again.",
        }
    )  # fmt: skip
    delay: Delay = Field(
        default={  # type: ignore[assignment]
            "low": "0 min", "mode": "5 min", "high": "20 min", "basis": "assumed",
            "why": "Ferries leave on time or a little late, never early.",
        }
    )  # fmt: skip


class Fleet(Declared):
    """Fishing boats that work in fleets on a ground, an area of the scenario, and stay within it.

    ground: the area. boats: on the whole ground. density: instead, boats per area of it. size: boats of a fleet. radius: of the water a fleet
    works. leg: how long a boat keeps a course at work. working: how fast then. shift: chance after each leg that she goes to
    another place of the fleet's water at her cruising speed. night: share of boats that work in the dark only.
    """

    ground: str
    boats: Boats | None = None
    density: Density | None = None
    size: Company
    radius: Length
    leg: Spell
    working: Working
    shift: Share
    night: Share = Field(
        default={  # type: ignore[assignment]
            "value": "0 %", "low": "0 %", "high": "100 %", "basis": "assumed",
            "why": "Trawlers and netters work by day and night; squid boats with lamps are another matter.",
        }
    )  # fmt: skip

    @model_validator(mode="after")
    def _so_many(self) -> Fleet:
        given = [name for name in ("boats", "density") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"needs exactly one of boats, density; got {' and '.join(given) or 'neither'}")
        return self


class Traffic(Declared):
    """Ships passing by that belong to nobody in the exercise, drawn anew in each replication: a density, a lane, a ferry or a fleet.

    platform: what they are. heed: share that keeps clear of a warned area and of formations by itself. answer: from the first call by the
    range guard to altering course. density: ships at sea per area that cross the sea around the exercise on all courses. ground: an area; they
    cross only the circle round it. lane: along positions, both ways. ferry: between two, by a timetable. fleet: fishing boats on a ground.
    """

    platform: Name
    heed: Share
    answer: Delay
    density: Density | None = None
    ground: str | None = None
    lane: Lane | None = None
    ferry: Ferry | None = None
    fleet: Fleet | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Traffic:
        given = [name for name in KINDS if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"needs exactly one of {', '.join(KINDS)}; got {' and '.join(given) or 'none of these'}"
            )
        if self.ground is not None and self.density is None:
            raise ValueError(f"a ground of its own goes with a density; here with a {given[0]}")
        return self

    def paces(self) -> Iterator[tuple[tuple[str, str], Number]]:
        """Every speed it states, with the keys it stands under."""
        for kind, part, key in (("lane", self.lane, "speed"), ("ferry", self.ferry, "speed"),
                                ("fleet", self.fleet, "working")):  # fmt: skip
            pace = getattr(part, key, None)
            if pace is not None:
                yield (kind, key), pace
