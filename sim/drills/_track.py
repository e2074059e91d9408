"""One track of a neighbour's air picture: when it is in the zone, when fighters are wanted, who shadows it, and what gaps there were."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Protocol

from sim.log import kind
from sim.setting import SHORTEST, Bell, first_of, when

if TYPE_CHECKING:
    import simpy

    from sim.drills._drill import Process
    from sim.serial import LiveSerial
    from sim.units._agent import Unit
    from sim.vigil import Vigil

CLOSING = kind(
    "closing",
    "A track is judged to close the zone; when it would be in it.",
    enters_s="number",
    members="count",
)
ZONE_ENTRY = kind("zone-entry", "A track enters the zone; how long it had been held, and whether it was identified by sight before.",
                  warning_s="number", members="count", identified="count", shadowed="count")  # fmt: skip
ZONE_EXIT = kind("zone-exit", "A track leaves the zone.", inside_s="number", members="count")
TAKEN_OVER = kind(
    "taken-over", "Fighters take over a track from others; how long nobody was with it.", gap_s="number"
)
SHADOWED = kind("shadowed", "What came of a track that fighters were sent to, or that was in the zone.", inside_s="number", shadowed_s="number",
                covered_s="number", gaps="count", longest_s="number", sent="count", entered="count", counted="count",
                in_time="count")  # fmt: skip

HALF = (
    60.0  # s; fuel for the way home is looked at again when half of what is left has passed, down to so much
)


class Timed(Protocol):
    """Who could be sent: time, when it would be with the track, s from now, on paper."""

    @property
    def time(self) -> float:
        """s from now."""


class Element(Protocol):
    """Who is sent to a track: fighters, a ship. ordered: when. since: when it came to shadow it; None before and after."""

    since: float | None
    is_over: bool
    ordered: float
    cause: int

    @property
    def leader(self) -> Unit:
        """The one that does it, or leads the others."""

    @property
    def left(self) -> float:
        """How long it can stay, s."""

    def recall(self) -> None:
        """It breaks off and goes home."""


class Senders(Protocol):
    """Who stand ready to be sent."""

    def choose(self, track: Unit) -> Timed | None:
        """Who would be with a track first; None when nobody can."""

    def again(self, track: Unit) -> float | None:
        """When to ask again, s from now; None when there is no use."""

    def send(self, track: Unit, is_relief: bool, cause: int | None) -> Element | None:
        """Sends them; None when nobody can."""


class Track:
    """A formation held as one. target: who stands for it. members: all that fly with it, so far as known.

    parted: when it flew in another track before, whether that had been identified by sight; is_identified: whether this has.
    Times with a shadow count inside the zone (covered) and all together (shadowed); a gap is a time in the zone without one after the first.
    """

    def __init__(
        self, serial: LiveSerial, vigil: Vigil, alerts: Senders, target: Unit, parted: bool | None = None
    ) -> None:
        self._serial, self._vigil, self._alerts = serial, vigil, alerts
        self.target, self.members = target, [target]
        first = vigil.first(target)
        self._detected = serial.now if first is None else first.since
        self._record = None if first is None else first.record
        self._changed = Bell(serial.exercise.env)
        self._shadow: Element | None = None
        self._relief: Element | None = None
        self._sent: list[Element] = []
        self._has_shadow, self._ever_shadowed, self.is_identified = False, False, bool(parted)
        self._inside = parted is not None and self._enters_of(target) <= SHORTEST  # its entry has been told
        self._since = self._entered_at = serial.now
        self._in_zone = self._covered = self._shadowed = 0.0
        self._gap: float | None = None
        self._gaps, self._longest, self._entries, self._in_time = 0, 0.0, 0, False
        self._is_over = False
        self._processes: list[simpy.Process] = []
        self.follow(target)

    def follow(self, target: Unit) -> None:
        """Another aircraft stands for the track from now on; fighters with the one before are sent home."""
        self.target = target
        for process in self._processes:
            if process.is_alive:
                process.interrupt("over")
        for element in (self._shadow, self._relief):
            if element is not None:
                element.recall()
        self._shadow = self._relief = None
        self._count()
        self._processes = [self._serial.start(self._mind_zone()), self._serial.start(self._answer())]

    def close(self) -> None:
        """The track is lost, or the serial is over."""
        if self._is_over:
            return
        self._is_over = True
        self._count()
        if self._gap is not None:
            self._end_gap()
        for process in self._processes:
            if process.is_alive:
                process.interrupt("over")
        for element in (self._shadow, self._relief):
            if element is not None:
                element.recall()
        if self._sent or self._entries:
            counted = int(self._entries > 0 or self.is_identified)
            in_time = self._in_time if self._entries else self.is_identified
            self._serial.write(
                SHADOWED, other=self.target, cause=self._record, inside_s=self._in_zone, shadowed_s=self._shadowed, covered_s=self._covered,
                gaps=self._gaps, longest_s=self._longest, sent=len(self._sent), entered=self._entries, counted=counted, in_time=int(in_time),
            )  # fmt: skip

    # ----------------------------------------------------------------- the zone

    @property
    def answered_at(self) -> float:
        """When the fighters on their way to it were ordered up, s; -inf when they are with it, inf when there are none."""
        if self._shadow is None:
            return inf
        return self._shadow.ordered if self._shadow.since is None else -inf

    def _enters(self) -> float:
        """When it is in the zone as it goes now, s from now: 0 when it is, inf when it never will be."""
        return self._enters_of(self.target)

    def _enters_of(self, target: Unit) -> float:
        (x, y), motion, shape = target.position, target.motion, self._serial.shape
        if shape is None:
            return inf
        spans = shape.spans(x, y, motion.vx, motion.vy, 0.0, self._serial.exercise.plan.length)
        return next((start for start, end in spans if end > SHORTEST), inf)

    def _leaves(self) -> float:
        (x, y), motion, shape = self.target.position, self.target.motion, self._serial.shape
        spans = (
            []
            if shape is None
            else shape.spans(x, y, motion.vx, motion.vy, 0.0, self._serial.exercise.plan.length)
        )
        return next((end for start, end in spans if start <= SHORTEST < end), 0.0)

    def _mind_zone(self) -> Process:
        """Tells of each entry and exit, at its moment."""
        env = self._serial.exercise.env
        while True:
            wait = self._leaves() if self._inside else self._enters()
            if wait <= SHORTEST:
                self._cross()
                continue
            turns = [self.target.helm.rung]
            if wait < inf:
                turns.append(when(env, self._serial.now + wait))
            yield first_of(env, *turns)

    def _cross(self) -> None:
        serial, target = self._serial, self.target
        self._count()
        self._inside = not self._inside
        if self._inside:
            self._entries, self._entered_at = self._entries + 1, serial.now
            shadowed = self._shadow is not None and self._shadow.since is not None
            if self._entries == 1:
                self._in_time = self.is_identified
            serial.write(ZONE_ENTRY, other=target, at=target.position, cause=self._record, warning_s=serial.now - self._detected,
                         members=len(self.members), identified=int(self.is_identified), shadowed=int(shadowed))  # fmt: skip
            if self._ever_shadowed and not shadowed:
                self._gap = serial.now
        else:
            if self._gap is not None:
                self._end_gap()
            serial.write(ZONE_EXIT, other=target, at=target.position, cause=self._record, inside_s=serial.now - self._entered_at,
                         members=len(self.members))  # fmt: skip
        self._changed.ring()

    # ----------------------------------------------------------------- the fighters

    def _answer(self) -> Process:
        """Identify, scramble, relieve, and send home."""
        serial, env, parameters = self._serial, self._serial.exercise.env, self._serial.parameters
        is_known, wanted = False, serial.now - parameters.linger.value
        while True:
            enters, turns = (
                self._enters(),
                [self.target.helm.rung, self._changed.rung, serial.exercise.news.rung],
            )
            if self._inside:
                enters = 0.0
            self._look()
            if enters > parameters.look_ahead.value:
                left = wanted + parameters.linger.value - serial.now
                if left <= SHORTEST:
                    self._send_home()
                elif self._shadow is not None:
                    turns.append(when(env, wanted + parameters.linger.value))
                if enters < inf:
                    turns.append(when(env, serial.now + enters - parameters.look_ahead.value + SHORTEST))
            elif not is_known:
                is_known, wanted = True, serial.now
                self._record = serial.write(CLOSING, other=self.target, at=self.target.position, cause=self._record, enters_s=enters,
                                            members=len(self.members))  # fmt: skip
                yield env.timeout(
                    max(SHORTEST, parameters.identify.draw(serial.draws("identify", self.target.name)))
                )
                continue
            elif self._shadow is None:
                self._shadow = self._send(is_relief=False)
                again = self._alerts.again(self.target) if self._shadow is None else None
                if again is not None:
                    turns.append(when(env, serial.now + again + SHORTEST))
            elif self._relief is None and self._shadow.since is not None:
                wait = self._until_relief()
                if wait <= SHORTEST:
                    self._relief = self._send(is_relief=True)
                elif wait < inf:
                    turns.append(when(env, serial.now + wait))
            yield first_of(env, *turns)
            if enters <= parameters.look_ahead.value:
                wanted = serial.now  # it was until now

    def _send(self, is_relief: bool) -> Element | None:
        sent = self._alerts.send(self.target, is_relief, self._record)
        if sent is not None:
            self._sent.append(sent)
        return sent

    def _send_home(self) -> None:
        for element in (self._shadow, self._relief):
            if element is not None:
                self._count()
                element.recall()
        self._shadow = self._relief = None
        self._count()

    def _until_relief(self) -> float:
        """Until a relief has to be ordered, s; inf when there is nobody to send."""
        shadow, parameters = self._shadow, self._serial.parameters
        choice = self._alerts.choose(self.target)
        if shadow is None or shadow.since is None or choice is None:
            return inf
        tour = shadow.since + parameters.tour.value - self._serial.now
        fuel = shadow.left
        left = min(tour, fuel) - choice.time - parameters.margin.value
        if left <= SHORTEST or tour <= fuel / 2.0:
            return max(0.0, left)
        return left if left < HALF else left / 2.0

    def _look(self) -> None:
        """Who is with the track now: a relief that has come takes over, who has gone home is replaced."""
        self._count()
        if self._relief is not None and self._relief.since is not None:
            before, self._shadow = self._shadow, self._relief
            self._relief = None
            gap = self._serial.now - self._gap if self._gap is not None else 0.0
            self._serial.write(TAKEN_OVER, self._shadow.leader, before.leader if before is not None else None, cause=self._shadow.cause,
                               gap_s=gap)  # fmt: skip
            if before is not None:
                before.recall()
        if self._relief is not None and self._relief.is_over:
            self._relief = None
        if self._shadow is not None and self._shadow.is_over:
            self._shadow, self._relief = self._relief, None
        self._count()

    @property
    def _is_shadowed(self) -> bool:
        return self._shadow is not None and self._shadow.since is not None

    def _count(self) -> None:
        """The time since the last change, by what was true until now; gaps begin and end."""
        now = self._serial.now
        passed, self._since = now - self._since, now
        self._in_zone += passed if self._inside else 0.0
        self._shadowed += passed if self._has_shadow else 0.0
        self._covered += passed if self._has_shadow and self._inside else 0.0
        is_shadowed = self._is_shadowed
        if is_shadowed and not self._has_shadow:
            self.is_identified = self._ever_shadowed = True
            if self._gap is not None:
                self._end_gap()
        elif not is_shadowed and self._has_shadow and self._inside and self._gap is None:
            self._gap = now
        self._has_shadow = is_shadowed

    def _end_gap(self) -> None:
        gap = self._serial.now - (self._gap or 0.0)
        if gap > SHORTEST:
            self._gaps, self._longest = self._gaps + 1, max(self._longest, gap)
        self._gap = None
