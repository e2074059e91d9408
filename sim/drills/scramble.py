"""Scramble: a neighbour's alert fighters (QRA) against strangers who close his identification zone (ADIZ).

Radar sites ashore find them; the first report takes the staff's time. A track whose present course leads into the zone within the time looked ahead is closing it:
it is identified by flight plans and calls, then fighters are scrambled, those that meet it first by the closed form (`sim.scramble.meet_off`: alert time, climb,
dash). They are vectored on to it anew whenever it alters, identify it by sight (VID), and shadow it from abeam; a relief is sent so that it is there before fuel or the
length of a tour sends them home. When the track has been out of the zone and not closing for a while, or is lost, they return to base (RTB). Aircraft near each
other are one track until they part. Source: derived; alert times of public examples (seeds/air_patrols.yaml). Fighters obey their fuel; nothing is fired.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from sim.drills._alert import Alerts
from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._picture import Picture, strangers
from sim.drills._track import Track
from sim.scenario.declared import Words
from sim.scenario.numbers import Count, Delay, Duration, Length, Several, Speed, Time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial

FAMILIES = ("aircraft", "helicopter")


class Scramble(Drill):
    """Detection, identification, scramble, interception, shadowing, relief, return to base."""

    class Parameters(Drill.Parameters):
        """Rules, alert states and how an interception is flown. The zone is the serial's area."""

        against: Words = ()
        resolution: Length = assumed(
            "10 nmi (3 .. 15 nmi)", "Aircraft nearer to each other than that are one track."
        )
        look_ahead: Duration = assumed(
            "20 min (10 .. 40 min)", "A track that would be in the zone within so long is closing it."
        )
        identify: Delay = {"low": "2 min", "mode": "4 min", "high": "6 min", "basis": "assumed",
                           "why": "Flight plans compared, calls made, the decision; identification before entry is reported (A01)."}  # type: ignore[assignment] # fmt: skip
        pair: Several = assumed("2 (1 .. 4)", "Fighters that go up together.")
        immediate: Count = assumed(
            "2 (0 .. 4)", "Of each base, at the highest state; a pair at five minutes is commonly published."
        )
        stand_by: Count = assumed(
            "2 (0 .. 4)", "Of each base, at the next state; the others are at the lowest."
        )
        ready: Delay = {"low": "5 min", "mode": "7 min", "high": "12 min", "basis": "assumed",
                        "why": "From the order to wheels up at five-minute alert; eight minutes are published of one neighbour (A26)."}  # type: ignore[assignment] # fmt: skip
        ready_next: Delay = {"low": "12 min", "mode": "15 min", "high": "25 min", "basis": "assumed",
                             "why": "Likewise at fifteen-minute alert (A27)."}  # type: ignore[assignment] # fmt: skip
        ready_rest: Delay = {"low": "45 min", "mode": "60 min", "high": "90 min", "basis": "assumed",
                             "why": "Likewise at one hour's notice, crews at the base."}  # type: ignore[assignment] # fmt: skip
        climb: Duration = assumed("4 min (2 .. 6 min)", "To the height of the intruder.")
        climb_way: Length = assumed("45 km (25 .. 70 km)", "Made good over the ground in that time.")
        dash: Speed = assumed(
            "540 kn (480 .. 600 kn)", "Over the ground, on the vector; nobody hurries more without need."
        )
        identify_by_sight: Delay = {"low": "1 min", "mode": "3 min", "high": "6 min", "basis": "assumed",
                                    "why": "Close from abeam, read the markings, photograph, report."}  # type: ignore[assignment] # fmt: skip
        abeam: Length = assumed("1000 m (300 .. 3000 m)", "From where they shadow.")
        tour: Duration = assumed("75 min (60 .. 90 min)", "Of one pair with a track, before its relief.")
        linger: Time = assumed(
            "15 min (5 .. 30 min)",
            "Fighters stay with a track, or go on towards it, so long after it was last in the zone or closing it: it may turn back.",
        )
        margin: Time = assumed(
            "5 min (0 .. 10 min)", "By which the relief is to be there before the others leave."
        )

    roles: ClassVar[dict[str, Role]] = {
        "radars": Role("radar sites that watch", family=("site", "aircraft"), carries=("radar",)),
        "alert": Role("fighters on alert, at each base in this order", family=("aircraft",), waits=True),
    }
    technical: ClassVar[str | None] = "zone-shadowed"
    measures: ClassVar[tuple[str, ...]] = ("warning-time", "intercepted-before-entry", "time-to-identify", "time-shadowed", "shadow-gaps",
                                           "longest-shadow-gap", "scrambles")  # fmt: skip

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """It needs a zone, forces that exist, and a climb that is no faster than the dash."""
        parameters = serial.parameters
        if serial.area is None:
            yield "drill", "needs an 'area:', the zone that is watched"
        for name in parameters.against:  # type: ignore[attr-defined]
            if name not in scenario.forces:
                yield "against", f"no force is called {name!r}; there are: {', '.join(scenario.forces)}"
        climb, way, dash = (getattr(parameters, key).value for key in ("climb", "climb_way", "dash"))
        if way > climb * dash:
            yield "climb_way", f"a climb of {way / climb:.0f} m/s over the ground is faster than the dash"

    def conduct(self, serial: LiveSerial) -> Process:
        """Watches the zone until the end of the serial."""
        try:
            ordered = yield from serial.order(serial.units("radars"), "watch the zone")
            found = strangers(serial, FAMILIES)
            vigil, alerts = serial.watch(serial.units("radars"), found, ordered), Alerts(serial)
            picture = Picture(serial, vigil, found, partial(Track, serial, vigil, alerts))
            serial.keep(picture)
            serial.start(picture.watch())
            yield from serial.spend(serial.duration - serial.on_task)
        finally:
            serial.achieved(serial.on_task / serial.duration)
