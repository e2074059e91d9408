"""Shadowing: a neighbour's ships and aircraft find strangers' ships that pass his waters, close, keep a distance, hand over, and go back.

Ships on patrol, aircraft and sites find them by their own sensors; the first report takes the staff's time. A group whose present course leads into the zone within
the time looked ahead is answered: the ship that meets it first is sent, or an aircraft where no ship can be there in time. She takes station on its quarter and keeps it until she is relieved or
it has been out of the zone for a while; then she goes back to her patrol. Ships near each other are one track, as in `scramble`. Who shadowed whom in 2023 is
public (seeds/sea_patrols.yaml), rules and distances are not.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._picture import Picture, strangers
from sim.drills._shadowers import Shadowers
from sim.drills._track import Track
from sim.scenario.declared import Words
from sim.scenario.numbers import Delay, Duration, Length, Speed, Time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial

FAMILIES = ("ship",)


class Shadowing(Drill):
    """Find, close, keep a distance, hand over, recover."""

    class Parameters(Drill.Parameters):
        """Rules and distances. The zone is the serial's area."""

        against: Words = ()
        resolution: Length = assumed(
            "15 nmi (10 .. 25 nmi)", "Ships nearer to each other than that are one group."
        )
        look_ahead: Duration = assumed(
            "4 h (2 .. 8 h)", "A group that would be in the zone within so long is closing it."
        )
        identify: Delay = {"low": "5 min", "mode": "15 min", "high": "40 min", "basis": "assumed",
                           "why": "The plot looked at, calls made, the decision."}  # type: ignore[assignment] # fmt: skip
        wait: Duration = assumed(
            "6 h (3 .. 12 h)", "Where no ship can be there within so long, an aircraft goes."
        )
        distance: Length = assumed(
            "3 nmi (1 .. 6 nmi)", "From the ship she follows; photographs are taken from nearer."
        )
        fly_by: Length = assumed("6 nmi (3 .. 10 nmi)", "An aircraft's circuit about the group.")
        speed: Speed = assumed("20 kn (15 .. 24 kn)", "On the way to a group; less where a ship cannot.")
        tour: Duration = assumed("36 h (12 .. 72 h)", "Of one ship with a group, before her relief.")
        linger: Time = assumed(
            "60 min (20 .. 120 min)",
            "They stay with a group so long after it was last in the zone or closing it.",
        )
        margin: Time = assumed(
            "30 min (10 .. 60 min)", "By which the relief is to be there before the other leaves."
        )

    roles: ClassVar[dict[str, Role]] = {
        "ships": Role("ships on patrol, from which shadowers are sent", family=("ship",)),
        "aircraft": Role(
            "aircraft that are sent for", family=("aircraft",), least=0, optional=True, waits=True
        ),
        "radars": Role("radar sites ashore", family=("site",), carries=("radar",), least=0, optional=True),
    }
    technical: ClassVar[str | None] = "zone-shadowed"
    measures: ClassVar[tuple[str, ...]] = ("warning-time", "intercepted-before-entry", "time-shadowed", "shadow-gaps", "longest-shadow-gap",
                                           "shadowing-distance", "shadowers-sent")  # fmt: skip

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """It needs a zone, and forces that exist."""
        if serial.area is None:
            yield "drill", "needs an 'area:', the zone that is watched"
        for name in serial.parameters.against:  # type: ignore[attr-defined]
            if name not in scenario.forces:
                yield "against", f"no force is called {name!r}; there are: {', '.join(scenario.forces)}"

    def conduct(self, serial: LiveSerial) -> Process:
        """Watches the zone until the end of the serial."""
        try:
            watching = [*serial.units("ships"), *serial.units("radars"), *serial.units("aircraft")]
            ordered = yield from serial.order(serial.units("ships"), "watch the zone")
            found = strangers(serial, FAMILIES)
            vigil, senders = serial.watch(watching, found, ordered), Shadowers(serial)
            picture = Picture(serial, vigil, found, partial(Track, serial, vigil, senders))
            serial.keep(picture)
            serial.start(picture.watch())
            yield from serial.spend(serial.duration - serial.on_task)
        finally:
            serial.achieved(serial.on_task / serial.duration)
