"""Scramble: a neighbour's alert fighters (QRA) against strangers who close his identification zone (ADIZ).

Radar sites ashore find them; the first report takes the staff's time. A track whose present course leads into the zone within the time looked ahead is closing it:
it is identified by flight plans and calls, then fighters are scrambled, those that meet it first by the closed form (`sim.scramble.meet_off`: alert time, climb,
dash). They are vectored on to it anew whenever it alters, identify it by sight (VID), and shadow it from abeam; a relief is sent so that it is there before fuel or the
length of a tour sends them home. When the track has been out of the zone and not closing for a while, or is lost, they return to base (RTB). Aircraft near each
other are one track until they part. Source: derived; alert times of public examples (seeds/air_patrols.yaml). Fighters obey their fuel; nothing is fired.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, ClassVar

from sim.drills._alert import Alerts
from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._track import Track
from sim.geometry import crossing_times
from sim.log import kind
from sim.scenario.declared import Words
from sim.scenario.numbers import Count, Delay, Duration, Length, Several, Speed, Time
from sim.setting import SHORTEST, Bell, first_of, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.vigil import Vigil

MERGED = kind("merged", "Two tracks have come together and are one.", members="count")

APART = (
    1.5  # times the resolution: who are one track part only there, or they would part and meet all the time
)


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
            vigil = serial.watch(serial.units("radars"), _strangers(serial), ordered)
            picture = _Picture(serial, vigil)
            serial.keep(picture)
            serial.start(picture.watch())
            yield from serial.spend(serial.duration - serial.on_task)
        finally:
            serial.achieved(serial.on_task / serial.duration)


def _strangers(serial: LiveSerial) -> list[Unit]:
    """Aircraft of the forces it is against; of all that have no part in it, when it does not say."""
    own = {unit.force for unit in serial.units()}
    against: Words = serial.parameters.against
    return [
        unit for unit in serial.exercise.units.values()
        if unit.platform.family in ("aircraft", "helicopter")
        and unit.force not in own and (not against or unit.force in against)
    ]  # fmt: skip


class _Picture:
    """The air picture of one staff: who is in which track."""

    def __init__(self, serial: LiveSerial, vigil: Vigil) -> None:
        self._serial, self._vigil = serial, vigil
        self._strangers = _strangers(serial)
        self._force = serial.officer.force
        self._alerts = Alerts(serial)
        self._tracks: list[Track] = []
        self._parted: dict[
            Unit, bool
        ] = {}  # who has left a track, and whether that had been identified by sight
        self._bell = Bell(serial.exercise.env)
        for unit in self._strangers:
            unit.watchers.append(self._altered)

    def _altered(self, unit: Unit) -> None:
        self._bell.ring()

    def close(self) -> None:
        """FINEX: the tracks that are still held are told of."""
        for unit in self._strangers:
            if self._altered in unit.watchers:
                unit.watchers.remove(self._altered)
        for track in self._tracks:
            track.close()
        self._tracks.clear()

    def watch(self) -> Process:
        """Makes tracks of what is reported and held, splits those that part, and drops those that are lost."""
        serial, env, vigil = self._serial, self._serial.exercise.env, self._vigil
        while True:
            for track in list(self._tracks):
                if not self._keep(track):
                    self._tracks.remove(track)
            for unit in self._strangers:
                known = vigil.known_to(self._force, unit) is not None and vigil.holders(unit)
                if known and not any(unit in track.members for track in self._tracks):
                    self._add(unit)
            self._merge()
            turns, coming = [vigil.reported.rung, vigil.found.rung, self._bell.rung], self._next()
            if coming < inf:
                turns.append(when(env, serial.now + coming))
            yield first_of(env, *turns)

    def _add(self, unit: Unit) -> None:
        near = self._serial.parameters.resolution.value
        for track in self._tracks:
            if track.target.distance_to(unit.position) <= near:
                track.members.append(unit)
                return
        self._tracks.append(
            Track(self._serial, self._vigil, self._alerts, unit, self._parted.pop(unit, None))
        )

    def _keep(self, track: Track) -> bool:
        """Whether a track is still one: its leading target held, or another of its members in that one's place."""
        far = APART * self._serial.parameters.resolution.value
        for unit in list(track.members):
            if not self._vigil.holders(unit):
                track.members.remove(unit)
                self._vigil.forget(unit)
        if track.target not in track.members and track.members:
            track.follow(track.members[0])
        for unit in list(track.members):
            if track.target.distance_to(unit.position) > far + 1.0:
                track.members.remove(unit)
                self._parted[unit] = track.is_identified
        if not track.members:
            track.close()
        return bool(track.members)

    def _merge(self) -> None:
        """Tracks that have come together are one; that goes on which fighters are with, or were sent to first, or the older."""
        near, number = self._serial.parameters.resolution.value, 0
        while number < len(self._tracks):
            one = self._tracks[number]
            other = next(
                (
                    each
                    for each in self._tracks[number + 1 :]
                    if one.target.distance_to(each.target.position) <= near
                ),
                None,
            )
            if other is None:
                number += 1
                continue
            stays, goes = (other, one) if other.answered_at < one.answered_at else (one, other)
            self._serial.write(
                MERGED,
                other=stays.target,
                at=stays.target.position,
                members=len(one.members) + len(other.members),
            )
            stays.members.extend(goes.members)
            goes.close()
            self._tracks.remove(goes)

    def _next(self) -> float:
        """When the first member parts from its track, or two tracks come together, as all go now, s from now."""
        near = self._serial.parameters.resolution.value
        times = [inf]
        for number, track in enumerate(self._tracks):
            spans = [
                _within(track.target, unit, APART * near + 1.0)
                for unit in track.members
                if unit is not track.target
            ]
            times += [leaves for _, leaves in spans if leaves > 0.0]
            spans = [_within(track.target, each.target, near) for each in self._tracks[number + 1 :]]
            times += [comes for comes, leaves in spans if 0.0 < comes < leaves]
        return max(SHORTEST, min(times) + SHORTEST)


def _within(one: Unit, other: Unit, radius: float) -> tuple[float, float]:
    """From when until when two are within a radius, m, as they go now, s from now; (inf, -inf) when never."""
    (x, y), (u, v), own, its = one.position, other.position, one.motion, other.motion
    return crossing_times(u - x, v - y, its.vx - own.vx, its.vy - own.vy, radius) or (inf, -inf)
