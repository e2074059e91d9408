"""What every drill is: declared parameters, roles, limits, and one process of agents."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from sim import shelves
from sim.errors import unknown
from sim.scenario.declared import Declared, assumed
from sim.scenario.numbers import Number, Time
from sim.scenario.roles import Role
from sim.scenario.rules import Safety
from sim.scenario.schema import Scenario, Serial
from sim.scenario.sheets import Limits
from sim.scenario.sound import bare, unsound

if TYPE_CHECKING:
    import simpy

    from sim.serial import LiveSerial

Process: TypeAlias = "Generator[simpy.Event, Any, Any]"


class Drill:
    """A kind of activity. A new kind is one file with a subclass named after it.

    roles: who takes part. gear: equipment that units of a role need in working order if they have it.
    limits: the worst conditions it is normally run in; a serial may state its own. live_fire: needs a
    cleared range. technical: the measure (0 to 1, per serial) that says how well it was done. measures: the
    others that read what it records. targets: parameters that name platforms. safety: where its rules of safety
    are others than the usual. close: pairs of roles that come near each other, or into each other's line of fire, by design. A parameter called `stand_off` puts a serial on hold while a ship passing by
    is nearer than that to one of its ships.
    `conduct` is the one process: it ends when the drill is done; FINEX may interrupt it at any wait.
    """

    class Parameters(Declared):
        """What a serial may set; each default a declared assumption."""

        set_up: Time = assumed(
            "30 min (15 .. 60 min)", "Time before COMEX to call the units together and brief."
        )

    roles: ClassVar[dict[str, Role]] = {}
    gear: ClassVar[dict[str, tuple[str, ...]]] = {}
    limits: ClassVar[Limits] = Limits()
    live_fire: ClassVar[bool] = False
    safety: ClassVar[Safety] = Safety()
    close: ClassVar[tuple[tuple[str, str], ...]] = ()
    technical: ClassVar[str | None] = None
    measures: ClassVar[tuple[str, ...]] = ()
    targets: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Faults only this drill can see, as (key, message): a range no gun reaches, say."""
        return iter(())

    @classmethod
    def faults(cls) -> Iterator[str]:
        """What is wrong with its declarations; nobody has tested those of a drill from outside."""
        if not (isinstance(cls.Parameters, type) and issubclass(cls.Parameters, Drill.Parameters)):
            yield "its Parameters are no Drill.Parameters"
            return
        own = {
            key: each for key, each in cls.Parameters.model_fields.items() if key not in Declared.model_fields
        }
        yield from (
            f"{key}: every serial has a key of that name" for key in own if key in Serial.model_fields
        )
        yield from unsound(cls.Parameters)
        yield from (f"limits.{told}" for told in bare(cls.limits))
        if not cls.roles:
            yield "has no roles; somebody must take part"
        yield from (
            f"roles: {name} is no Role" for name, role in cls.roles.items() if not isinstance(role, Role)
        )
        for name in (*cls.measures, *([cls.technical] if cls.technical else [])):
            if name not in shelves.names("measures"):
                yield unknown("measure", name, shelves.names("measures"))

    def conduct(self, serial: LiveSerial) -> Process:
        """The drill itself, from COMEX on."""
        raise TypeError(f"{type(self).__name__} does not say how it is conducted")


__all__ = ["Declared", "Drill", "Limits", "Number", "Process", "Role", "assumed"]
