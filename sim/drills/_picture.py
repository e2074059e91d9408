"""The picture of one staff of the strangers in and around its zone: who is in which track, which part, and which come together."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from sim.geometry import crossing_times
from sim.log import kind
from sim.setting import SHORTEST, Bell, first_of, when

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.drills._drill import Process
    from sim.drills._track import Track
    from sim.scenario.declared import Words
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.vigil import Vigil

MERGED = kind("merged", "Two tracks have come together and are one.", members="count")

APART = (
    1.5  # times the resolution: who are one track part only there, or they would part and meet all the time
)


def strangers(serial: LiveSerial, families: Sequence[str]) -> list[Unit]:
    """Units of some families and of the forces a serial is against; of all that have no part in it, when it does not say."""
    own = {unit.force for unit in serial.units()}
    against: Words = serial.parameters.against
    return [
        unit for unit in serial.exercise.units.values()
        if unit.platform.family in families
        and unit.force not in own and (not against or unit.force in against)
    ]  # fmt: skip


class Picture:
    """The air picture of one staff: who is in which track."""

    def __init__(
        self, serial: LiveSerial, vigil: Vigil, found: list[Unit], begin: Callable[[Unit, bool | None], Track]
    ) -> None:
        """found: all strangers there are. begin: a new track of one, and whether it was identified in another before."""
        self._serial, self._vigil, self._strangers, self._begin = serial, vigil, found, begin
        self._force = serial.officer.force
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
        self._tracks.append(self._begin(unit, self._parted.pop(unit, None)))

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
