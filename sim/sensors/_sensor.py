"""What every kind of sensor declares: whom it can see, its range in the present conditions, and its looks."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sim.scenario.declared import Declared
from sim.scenario.numbers import Chance, Number, Time
from sim.scenario.sound import unsound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sim.scenario.sheets import Family, Platform
    from sim.setting import Conditions


class Shown(NamedTuple):
    """What of a unit matters to a sensor, its own or another's. height: m above the water, None when not said.

    speed: m/s. radiates: whether its radars and radios are on.
    """

    platform: Platform
    height: float | None
    speed: float
    radiates: bool


class Sensor:
    """A kind of sensor. A new kind is one file with a subclass named after it.

    Range is min(looking + showing, cap): the observer's share and the target's, as two distances to the horizon
    add up, up to what the sensor itself or the weather allows. Inside it the sensor looks at its own rate, and
    each look finds the target by chance, independently of the others.
    looks: seconds from one to the next, and the chance of each. Frozen once made; it knows no places: who is in range of whom is the referee's to say.

    A vigil asks in more detail, pair by pair: `range_to`, and `chances` for the law of its looks. Neither may be worse for
    a nearer target, a calmer sea or a clearer day. confirm: looks that must succeed, of so many in turn, to gain a
    contact. drops: looks missed in a row that lose it; 0 when it is kept until out of range. is_active: works only while its own unit radiates.
    is_general: always on, and so part of the general picture of contacts; others look only when a drill has them look.
    """

    class Parameters(Declared):
        """What a data sheet may set.

        look: from one look to the next; 0 s for a sensor that never looks away. chance: that a look finds what is in range.
        """

        look: Time
        chance: Chance

    sees: ClassVar[tuple[Family, ...]] = ()
    confirm: tuple[int, int] = (1, 1)
    drops: int = 0
    is_active: ClassVar[bool] = False
    is_general: ClassVar[bool] = True

    @classmethod
    def faults(cls) -> Iterator[str]:
        """What is wrong with its declarations; nobody has tested those of a sensor from outside."""
        if not (isinstance(cls.Parameters, type) and issubclass(cls.Parameters, Sensor.Parameters)):
            yield "its Parameters are no Sensor.Parameters"
            return
        yield from unsound(cls.Parameters)
        if not cls.sees:
            yield "sees no family of unit"
        if hasattr(cls, "chance_at"):
            yield "chance_at is asked by nobody; chances(own, target, conditions) gives the chance of a look by distance"

    def __init__(self, parameters: Any, platform: Platform) -> None:
        self.parameters, self.platform = parameters, platform
        self.looks: tuple[float, float] = (parameters.look.value, parameters.chance.value)

    @property
    def looking(self) -> float:
        """The observer's own share of the range, m."""
        raise TypeError(f"{type(self).__name__} does not say how far it looks")

    def cap(self, conditions: Conditions) -> float:
        """Most it sees in some conditions, m, however well the target shows."""
        return inf

    @classmethod
    def showing(cls, platform: Platform) -> float | None:
        """A target's share of the range, m; None when this kind of sensor cannot see it at all."""
        return 0.0 if platform.family in cls.sees else None

    def range_to(self, own: Shown, target: Shown, conditions: Conditions) -> float:
        """Farthest a look can find a target now, m; 0 when none can."""
        showing = self.showing(target.platform)
        return 0.0 if showing is None else min(self.looking + showing, self.cap(conditions))

    def chances(self, own: Shown, target: Shown, conditions: Conditions) -> Callable[[float], float]:
        """The chance that one look finds a target, by its distance, m, within that range.

        What does not depend on the distance is worked out here, once for many looks.
        """
        chance = self.looks[1]
        return lambda distance: chance


class Overlook(Sensor):
    """A sensor that looks over the water: its range is two distances to a horizon, the observer's and the target's.

    A new kind says its horizon and from where it looks.
    """

    sees: ClassVar[tuple[Family, ...]] = ("ship", "vessel", "target", "helicopter", "aircraft")

    @staticmethod
    def horizon(above: float) -> float:
        """Distance to the horizon, m, from a height above the water, m."""
        raise TypeError("this kind of sensor does not say how far its horizon is")

    @property
    def stands(self) -> Number | None:
        """How high it stands above the water; None where that is the height of what carries it."""
        return None

    @property
    def looking(self) -> float:
        """From where it stands, or from where the aircraft flies that carries it, to its horizon."""
        stands = self.stands
        return self.horizon(stands.value if stands is not None else height(self.platform) or 0.0)

    @classmethod
    def showing(cls, platform: Platform) -> float | None:
        """From the target's top to the same horizon."""
        top = height(platform)
        return None if top is None or platform.family not in cls.sees else cls.horizon(top)

    def range_to(self, own: Shown, target: Shown, conditions: Conditions) -> float:
        """Two distances to the horizon, of heights as they are now, up to what the sensor allows."""
        if target.height is None or self.showing(target.platform) is None:
            return 0.0
        above = own.height if self.stands is None else self.stands.value
        return min(self.horizon(above or 0.0) + self.horizon(target.height), self.cap(conditions))


def height(platform: Platform) -> float | None:
    """How high a platform shows above the water, m: an aircraft's altitude, else its own height. None when not said."""
    found = platform.altitude or platform.height
    return None if found is None else found.value
