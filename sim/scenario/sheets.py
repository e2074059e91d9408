"""Data sheets: what a platform, a gun and a season are, each number with its source.

Sheets are YAML in `sim/library/`; a scenario may write its own or change one (`like: udaloy`).
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import Field, create_model, model_validator

from sim import shelves
from sim.quantities import human
from sim.scenario.declared import Declared, Name, Words
from sim.scenario.numbers import (
    Angle,
    Count,
    Delay,
    Depth,
    Douglas,
    Duration,
    Length,
    Mass,
    MassRate,
    Pumping,
    Rate,
    Section,
    Several,
    Share,
    Speed,
    Time,
)

FIRST_FELT = 4  # WMO sea state from which a sheet may say that ships slow down

Family = Literal["ship", "submarine", "helicopter", "aircraft", "target", "vessel", "site"]

# Radar cross-sections, m2, of what has none on its sheet: orders of magnitude of the radar textbooks, a proposal.
ECHOES: dict[str, float] = {"ship": 3000.0, "vessel": 1000.0, "helicopter": 10.0, "aircraft": 5.0, "target": 1.0,
                            "submarine": 0.0, "site": 0.0}  # fmt: skip

if TYPE_CHECKING:
    Sensors: TypeAlias = Declared
else:  # a key for each kind on the shelf, so that a new kind is one new file
    Sensors = create_model(
        "Sensors",
        __base__=Declared,
        __doc__="What a platform looks out with: kinds of sensor and their parameters.",
        **{
            name: (shelves.kind("sensors", name).Parameters | None, None) for name in shelves.names("sensors")
        },
    )


class Fuel(Declared):
    """Bunkers and the cubic burn law F = idle + k V^3, with k such that F(burn_at) = burn.

    capacity: of the bunkers. idle: burnt at rest. burn: burnt at the speed burn_at. burn_at: that speed.
    """

    capacity: Mass
    idle: MassRate
    burn: MassRate
    burn_at: Speed

    @model_validator(mode="after")
    def _burns_more_under_way(self) -> Fuel:
        if self.burn_at.value <= 0:
            raise ValueError("burn_at must be more than 0 kn: the speed at which 'burn' is burnt")
        if self.burn.value < self.idle.value:
            burn, idle = (human(each.value, "mass rate") for each in (self.burn, self.idle))
            raise ValueError(f"burn ({burn}) must be at least idle ({idle})")
        return self


class Mounting(Declared):
    """Guns of one kind aboard.

    gun: its data sheet. mounts: how many. magazine: rounds for each mount.
    """

    gun: Name
    mounts: Count
    magazine: Count


class Deck(Declared):
    """A flight deck. spots: helicopters it can work. hangar: helicopters it can keep. sea_state: up to which it works."""

    spots: Count
    hangar: Count
    sea_state: Douglas


class Replenishment(Declared):
    """A tanker's rigs.

    stations: customers served abeam at once. rate: of pumping, to each. cargo: fuel carried for others.
    """

    stations: Several
    rate: Pumping
    cargo: Mass


class Reliability(Declared):
    """How often a piece of equipment fails. mtbf: mean time between failures. mttr: mean time to repair."""

    mtbf: Duration
    mttr: Duration


class Limits(Declared):
    """The worst conditions allowed; what is not given does not limit.

    sea_state: the roughest. visibility: the least. wind: the strongest. daylight: required or any.
    """

    sea_state: Douglas | None = None
    visibility: Depth | None = None
    wind: Speed | None = None
    daylight: Literal["required", "any"] = "any"


class SpeedKept(Declared):
    """Share of her best speed a ship keeps in a seaway, by WMO sea state; all of it below 4.

    sea_4: in sea state 4. sea_5: in 5. sea_6: in 6. sea_7: in 7 and above.
    """

    sea_4: Share
    sea_5: Share
    sea_6: Share
    sea_7: Share

    @model_validator(mode="after")
    def _falls(self) -> SpeedKept:
        shares = (self.sea_4, self.sea_5, self.sea_6, self.sea_7)
        for state, (calmer, rougher) in enumerate(pairwise(shares), FIRST_FELT + 1):
            if rougher.value > calmer.value:
                came, most = (human(each.value, "share") for each in (rougher, calmer))
                raise ValueError(f"sea_{state} ({came}) is above sea_{state - 1} ({most})")
        if self.sea_7.value <= 0:
            raise ValueError("sea_7 must be more than 0 %: a sound ship keeps steerage way")
        return self

    def share(self, sea_state: int) -> float:
        """What is kept in a sea state."""
        shares = (self.sea_4, self.sea_5, self.sea_6, self.sea_7)
        return 1.0 if sea_state < FIRST_FELT else shares[min(sea_state - FIRST_FELT, len(shares) - 1)].value


class LateStart(Declared):
    """Sorties that start late. chance: that one does. delay: how late."""

    chance: Share
    delay: Delay


class Platform(Declared):
    """A class data sheet.

    platform: its name. title: in words. family: what it is. length, beam: of a hull. height: above the water, of what radars and eyes see
    first. width, depth: of a target ashore. radius: of a round target. altitude: an aircraft's usual one. cross_section: of the echo a radar
    gets from it; by its family when not said. displacement: full load. max_speed: best in a calm. cruise_speed: usual. speed_kept: in a
    seaway. tow_speed: best of a target in tow. stream_time: to stream a towed target. endurance: in the air, or of a submarine on her battery.
    fuel: bunkers. guns: what it shoots with. deck: for helicopters. replenishment: a tanker's rigs. sensors: what it looks out with.
    equipment: what else it has that may fail, by name. launch: from the order to take off. recovery: to land and secure. turnaround: from
    landing to ready again. serviceability: chance that an aircraft passes its checks. limits: worst weather it flies in. late_start: of sorties.
    """

    platform: Name
    title: str
    family: Family
    words: Words = Field((), alias="is", description="What a selector may ask for.")
    length: Length | None = None
    beam: Length | None = None
    height: Length | None = None
    width: Length | None = None
    depth: Length | None = None
    radius: Length | None = None
    altitude: Length | None = None
    cross_section: Section | None = None
    displacement: Mass | None = None
    max_speed: Speed
    cruise_speed: Speed
    speed_kept: SpeedKept | None = None
    tow_speed: Speed | None = None
    stream_time: Time | None = None
    endurance: Duration | None = None
    fuel: Fuel | None = None
    guns: tuple[Mounting, ...] = ()
    deck: Deck | None = None
    replenishment: Replenishment | None = None
    sensors: Sensors = Sensors()
    equipment: dict[str, Reliability] = {}
    launch: Delay | None = None
    recovery: Delay | None = None
    turnaround: Delay | None = None
    serviceability: Share | None = None
    limits: Limits | None = None
    late_start: LateStart | None = None

    @property
    def echo(self) -> float:
        """Its radar cross-section, m2: that of its sheet, or usual for its family; a submarine dived has none."""
        return ECHOES[self.family] if self.cross_section is None else self.cross_section.value

    @cached_property
    def size(self) -> float:
        """The largest of its known measures, m: how far off an eye makes it out goes by that."""
        known = (self.length, self.height, self.width, self.beam)
        diameter = 2.0 * self.radius.value if self.radius is not None else 0.0
        return max([diameter, *(each.value for each in known if each is not None)])

    def speed_in(self, sea_state: int) -> float:
        """Best speed in a sea state, m/s."""
        kept = 1.0 if self.speed_kept is None else self.speed_kept.share(sea_state)
        return kept * self.max_speed.value

    @model_validator(mode="after")
    def _moves(self) -> Platform:
        if self.cruise_speed.value > self.max_speed.value:
            cruise, most = (human(each.value, "speed") for each in (self.cruise_speed, self.max_speed))
            raise ValueError(f"cruise_speed ({cruise}) is above max_speed ({most})")
        if self.family not in ("target", "site") and self.cruise_speed.value <= 0:
            raise ValueError(f"a {self.family} that cruises needs a cruise_speed of more than 0 kn")
        if self.speed_kept is not None and self.family not in ("ship", "submarine"):
            raise ValueError(f"only ships have a speed_kept, this is of the family '{self.family}'")
        if self.family in ("helicopter", "aircraft") and self.endurance is None:
            raise ValueError("an aircraft needs an endurance")
        return self


class Gun(Declared):
    """A gun data sheet: how fast, how far, how straight, how often it stops.

    gun: its name. title: in words. kind: what it is for. calibre: of the bore. rate_of_fire: the mount's best. drill_rate: deliberate, in a
    shoot. max_range: farthest. muzzle_velocity: at the muzzle. decay_length: way over which a round's speed falls to 1/e.
    dispersion_range: standard deviation in range, as a share of it. dispersion_deflection: standard deviation across. stoppage: chance that a
    string is stopped. string: rounds fired before the barrel must cool.
    """

    gun: str
    title: str
    kind: Literal["main", "close-in", "machine-gun"]
    calibre: Length
    rate_of_fire: Rate
    drill_rate: Rate
    max_range: Length
    muzzle_velocity: Speed
    decay_length: Length
    dispersion_range: Share
    dispersion_deflection: Angle
    stoppage: Share
    string: Count


class SeaState(Declared):
    """One WMO sea-state code of a season.

    code: its number. share: of the time. height: of the waves. wind: that goes with it.
    """

    code: Count
    share: Share
    height: Depth
    wind: Speed


class SeaStates(Declared):
    """The sea of a season. states: its codes, each with its share. persistence: mean length of a spell."""

    states: tuple[SeaState, ...] = Field(min_length=1)
    persistence: Duration


class Sight(Declared):
    """One visibility class of a season.

    name: in a word. share: of the time. range: how far one sees.
    """

    name: str
    share: Share
    range: Length


class Sights(Declared):
    """The visibility of a season.

    states: its classes, the usual one first. persistence: mean length of a spell of the others.
    """

    states: tuple[Sight, ...] = Field(min_length=1)
    persistence: Duration


class Season(Declared):
    """A climate to draw weather from: persistent sea states and visibility.

    season: its name. title: in words. sea_state: what seas it has. visibility: how far one sees.
    """

    season: str
    title: str
    sea_state: SeaStates
    visibility: Sights

    @model_validator(mode="after")
    def _whole(self) -> Season:
        for word, states in (("sea_state", self.sea_state.states), ("visibility", self.visibility.states)):
            total = fsum(state.share.value for state in states)
            if abs(total - 1.0) > 1e-6:
                raise ValueError(f"shares of {word} add up to {100 * total:.1f} %, not 100 %")
        return self


def fitted(platform: Platform) -> dict[str, Any]:
    """The sensors a platform has, by kind, with their parameters."""
    named = ((name, getattr(platform.sensors, name)) for name in shelves.names("sensors"))
    return {name: parameters for name, parameters in named if parameters is not None}


def carries(platform: Platform, guns: dict[str, Gun]) -> tuple[str, ...]:
    """What a selector's `carries:` may ask of a platform: its guns, kinds of gun, deck, rig, sensors, equipment."""
    found: list[str] = []
    for mounting in platform.guns:
        found.append(mounting.gun)
        if mounting.gun in guns:
            kind = guns[mounting.gun].kind
            found.append(kind if kind == "machine-gun" else f"{kind}-gun")
    if platform.deck is not None:
        found.append("flight-deck")
    if platform.replenishment is not None:
        found.append("replenishment-rig")
    found.extend(fitted(platform))
    found.extend(platform.equipment)
    return tuple(dict.fromkeys(found))
