"""What serials and their drills may see of an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from sim.geometry import Point
from sim.setting import Setting

if TYPE_CHECKING:
    from sim.command import Commander
    from sim.referee import Referee, Shape
    from sim.scenario.schema import Scenario
    from sim.traffic import Traffic
    from sim.units._agent import Unit
    from sim.weather import Daylight, Weather


class Wait(NamedTuple):
    """A hold that is over. seconds: how long. record: where it began. begun: whether after COMEX."""

    reason: str
    seconds: float
    record: int
    begun: bool


class Closing(Protocol):
    """What must be closed in the end."""

    def close(self) -> None:
        """It is over; closing again does nothing."""


class Waters(Setting, Protocol):
    """An exercise as its serials see it. units: by name. datums: by serial, where a target was last known and when, s."""

    plan: Scenario
    areas: dict[str, Shape]
    units: dict[str, Unit]
    commanders: dict[str, Commander]
    officer_force: str
    datums: dict[str, tuple[Point, float]]
    started: int
    weather: Weather
    daylight: Daylight
    traffic: Traffic
    referee: Referee
