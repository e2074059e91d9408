"""The scenario: forces, areas, environment, command and the schedule of events, as a file declares them."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, SerializeAsAny, model_validator

from sim.scenario.declared import Declared, Name, Section, Words
from sim.scenario.numbers import (
    Count,
    Course,
    Crowd,
    Delay,
    Depth,
    Douglas,
    Duration,
    Length,
    Moment,
    Share,
    Some,
    Speed,
    Time,
    instant,
)
from sim.scenario.places import Where
from sim.scenario.rules import Safety
from sim.scenario.sheets import Gun, Limits, Platform, Season
from sim.scenario.traffic import Traffic
from sim.scenario.written import plain, written

FORMAT = 1  # the version a scenario states in `navdrill:`

Instant = Annotated[
    datetime,
    BeforeValidator(instant, json_schema_input_type=str),
    PlainSerializer(lambda moment: moment.isoformat(), return_type=str),
]
MOST_CORNERS = 100  # of an area; a chart's have a handful, and each is checked against each
Priority = Literal["essential", "important", "normal", "optional"]
PRIORITIES: tuple[Priority, ...] = ("essential", "important", "normal", "optional")


class Environment(Declared):
    """Weather: a season to draw from, or fixed conditions, or a season with some of them fixed.

    season: one of the library or of its own. sea_state: WMO code, fixed. visibility: fixed. wind: fixed.
    """

    season: str | Season | None = None
    sea_state: Douglas | None = None
    visibility: Depth | None = None
    wind: Speed | None = None

    @model_validator(mode="after")
    def _complete(self) -> Environment:
        fixed = (self.sea_state, self.visibility, self.wind)
        if self.season is None and any(each is None for each in fixed):
            given = [name for name in ("sea_state", "visibility", "wind") if getattr(self, name) is not None]
            came = "; got only " + " and ".join(given) if given else ""
            raise ValueError(f"needs a season, or sea_state, visibility and wind together{came}")
        return self


class UnitGroup(Declared):
    """Units of one platform in a force; each gets a name of its own.

    platform: its data sheet. count: how many; as many as there are names when not said. names: theirs; numbered when not said. at: where they
    start, if not where their force does. embarked: ships whose hangar the aircraft live in, dealt out in turn. base: the airfield
    instead. fuel: share of the bunkers full at the start.
    """

    platform: Name
    count: Crowd | None = None
    names: Words = ()
    at: Where | None = None
    embarked: Words = ()
    base: str | None = None
    fuel: Share | None = None


class Force(Declared):
    """The units of one nation and the flagship its staff sails in.

    name: in words. flagship: the name of a unit. at: where its ships start. units: groups of one platform each.
    """

    name: str
    flagship: str
    at: Where | None = None
    units: tuple[UnitGroup, ...] = Field(min_length=1)


class Base(Declared):
    """An airfield ashore. name: in words. at: where it is."""

    name: str = ""
    at: Where


class OrderDelay(Declared):
    """From the decision to the acknowledgement of an order. national: inside a navy. across: between two."""

    national: Delay
    across: Delay


class Misunderstood(Declared):
    """Chance that an order or report has to be sent again. national: inside a navy. across: between two."""

    national: Share
    across: Share


class Learning(Declared):
    """How practice shortens the delay, and lessens the errors, between a pair of navies.

    per_joint_serial: each that they complete multiplies both by this. floor: the share of the first delay that practice cannot remove.
    """

    per_joint_serial: Share
    floor: Share


class Command(Declared):
    """Who conducts the exercise and how fast orders travel.

    officer_conducting: the flagship of whoever does. order_delay: from decision to acknowledgement. misunderstood: chance that it must be
    said again. learning: how practice betters both. defect_grace: how long a serial waits for a defect to be mended before it goes on
    without the unit.
    """

    officer_conducting: str
    order_delay: OrderDelay
    misunderstood: Misunderstood
    learning: Learning
    defect_grace: Time


class Area(Declared):
    """A range area: a circle, a box from south-west to north-east corner, or a polygon.

    title: in words. centre, radius: of a circle. box: its south-west and north-east corners. corners: of a polygon, three or more, in turn.
    exclusive: one serial at a time. uses: what it is good for (live-fire, asw, ...). fouling_margin: how far outside its edge a stranger is
    still asked to keep off during live fire.
    """

    title: str = ""
    centre: Where | None = None
    radius: Length | None = None
    box: tuple[Where, Where] | None = None
    corners: tuple[Where, ...] | None = Field(None, max_length=MOST_CORNERS)
    exclusive: bool = False
    uses: Words = ()
    fouling_margin: Depth | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> Area:
        circle = self.centre is not None and self.radius is not None
        half = (self.centre is None) != (self.radius is None)
        shapes = circle + (self.box is not None) + (self.corners is not None)
        if half or shapes != 1:
            given = [
                name for name in ("centre", "radius", "box", "corners") if getattr(self, name) is not None
            ]
            came = ", ".join(given) or "none of these"
            raise ValueError(f"needs exactly one shape: centre and radius, or box, or corners; got {came}")
        if self.corners is not None and len(self.corners) < 3:
            raise ValueError(f"corners needs at least three positions; got {len(self.corners)}")
        return self


class Selector(Declared):
    """Which units take a role: by name, or any that match, the first free ones in the file's order.

    names: units; a role with one name may write just that. carries: what each must carry (navdrill show platforms). least: fewest with which
    the serial goes on. most: as many as it takes if they are free.
    """

    names: Words = ()
    any_: str | None = Field(None, alias="any", description="A platform word or family: warship, helicopter.")
    from_: Words = Field((), alias="from", description="Forces; all when not given.")
    carries: Words = ()
    but: Words = Field((), description="Units left out.")
    least: Some | None = None
    most: Some | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, given: Any) -> Any:
        if isinstance(given, str):
            return {"names": [given]}
        return {"names": given} if isinstance(given, list) else given

    @model_validator(mode="after")
    def _says_something(self) -> Selector:
        if not (self.names or self.any_ or self.carries):
            raise ValueError("needs unit names, or 'any:' a kind of unit, or what it 'carries:'")
        least, most = self.least, self.most
        if least is not None and most is not None and most.value < least.value:
            raise ValueError(f"most ({most.value:g}) is below least ({least.value:g})")
        return self


class Late(Declared):
    """What to do when a serial cannot start on time: how long to hold, and then?

    hold: how long past its planned COMEX. then: skip (it may start this late at its full length, and is cancelled after that), shorten
    (likewise, but its planned FINEX stands) or alternate (as skip, and then each of its alternates is tried).
    """

    hold: Time
    then: Literal["skip", "shorten", "alternate"] = "skip"


class Alternate(Declared):
    """A second chance: another time, another area, or both. comex: the time. area: the area."""

    comex: Moment | None = None
    area: str | None = None


class Serial(Declared):
    """One scheduled drill. Keys not listed here are the drill's own parameters.

    serial: its number, or a name. title: in words. drill: the kind (navdrill show drills). comex: planned start. duration: planned time on
    task; low, mode, high where it varies. area: where. roles: who, for each role of the drill. after: waits until these are over, however
    they went. requires: these must have been carried out. resources: how many of the scenario's shared things it needs for itself. limits:
    worst weather and light; the drill's usual ones when not said. late: how long it may wait, and then. alternates: other times and areas,
    tried in turn. priority: who is served first where two want a unit or an area. command: the force whose staff conducts it.
    """

    serial: Name
    title: str
    drill: Name
    comex: Moment
    duration: Duration
    area: str | None = None
    roles: dict[str, Selector] = {}
    after: Words = ()
    requires: Words = ()
    resources: dict[str, Count] = {}
    limits: Limits = Limits()
    safety: Safety | None = Field(
        None, description="Rules of its own; what it does not say is as its drill or the scenario has it."
    )
    late: Late = Field(
        default={  # type: ignore[assignment]  # validated: written as a file would
            "hold": "60 min (30 .. 120 min)",
            "then": "skip",
            "why": "A staff's usual patience before the next serial suffers.",
        }
    )
    alternates: tuple[Alternate, ...] = ()
    priority: Priority = "normal"
    command: str | None = None
    parameters: SerializeAsAny[Section] = Section()

    @property
    def planned_finex(self) -> float:
        """Planned end, s since the exercise begins."""
        return self.comex.value + self.duration.value


class Scenario(Section):
    """A whole exercise, checked and frozen; SI inside. Made by `sim.scenario.read`.

    navdrill: the version of this format. exercise: its name. about: what it is, in a sentence. facts: the fact sheet that `{fact: NAME}` looks
    in. begins, ends: with the time zone. datum: the origin of the exercise plane. environment: weather. forces: who takes part, by a
    name of theirs. bases: airfields, by name. command: who conducts, and how fast orders travel. areas: where it happens, by name.
    traffic: ships that belong to nobody in the exercise, by a name of theirs. safety: what stops a serial. resources: shared things counted
    out to serials. reach: how far from the datum places may be, 480 nmi when not said; for voyages over an ocean up to 2,000 nmi, where what
    lies across the line from the datum is drawn 6 % too long. serials: the schedule of events. platforms, guns: sheets of its own, or changes to the library's (`like: NAME`).
    """

    navdrill: int = FORMAT
    exercise: str
    about: str = ""
    facts: str | None = None
    drawn_from: Words = Field((), description="Facts the exercise as a whole is drawn from.")
    begins: Instant
    ends: Instant
    datum: Where
    environment: Environment
    forces: dict[str, Force] = Field(min_length=1)
    bases: dict[str, Base] = {}
    command: Command
    areas: dict[str, Area] = {}
    traffic: dict[str, Traffic] = {}
    outlook: Depth = Field(
        default={  # type: ignore[assignment]  # validated: written as a file would
            "value": "25 nmi", "low": "10 nmi", "high": "40 nmi", "basis": "assumed",
            "why": "A ship farther from every area of the schedule than ships' radars show meets nobody of the exercise.",
        },
        description="How far round the areas of the schedule ships passing by are played.",
    )  # fmt: skip
    reach: Length | None = None
    safety: Safety = Safety()
    resources: dict[str, Count] = {}
    serials: tuple[Serial, ...] = ()
    platforms: dict[str, Platform] = {}
    guns: dict[str, Gun] = {}

    @property
    def length(self) -> float:
        """From begins to ends, s."""
        return (self.ends - self.begins).total_seconds()

    @property
    def season(self) -> Season | None:
        """The season the weather is drawn from, None when all is fixed."""
        season = self.environment.season
        return season if isinstance(season, Season) else None

    def serial(self, name: str) -> Serial:
        """The serial of that number. Raises KeyError."""
        for each in self.serials:
            if each.serial == name:
                return each
        raise KeyError(name)

    def written(self) -> dict[str, Any]:
        """The whole scenario, resolved, as a file would write it: sheets inside, nothing to look up."""
        content: dict[str, Any] = written(self)
        content.pop("facts", None)
        for raw, serial in zip(content.get("serials", []), self.serials, strict=True):
            raw.pop("parameters", None)
            raw |= written(serial.parameters)
            # What limits nothing is written too: left out, it would fall back to the drill's usual limit.
            raw["limits"] = dict.fromkeys(LIMITS) | raw.get("limits", {})
        return content

    @property
    def digest(self) -> str:
        """What the content hashes to: the same for the same exercise, however its file is written."""
        return hashlib.sha256(json.dumps(plain(self), ensure_ascii=True).encode()).hexdigest()


LIMITS = ("sea_state", "visibility", "wind")  # those of a serial that may be lifted


__all__ = ["FORMAT", "PRIORITIES", "Alternate", "Area", "Base", "Command", "Course", "Environment", "Force",
           "Late", "Learning", "Misunderstood", "OrderDelay", "Priority", "Scenario", "Selector", "Serial",
           "Traffic", "UnitGroup"]  # fmt: skip
