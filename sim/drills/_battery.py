"""What one ship fires by simulation: channels of fire, shots that are ready, and the engagement of one raider.

A shot is an electronic launch with a declared chance to count as a hit; nothing is launched. Shoot, look, shoot: after each shot the ship looks, perfectly, and
fires again only if the raider is still there: of n shots of chance p, 1 - (1-p)^n count as a kill for (1 - (1-p)^n) / p shots in the mean.
A salvo of n has the same chance for n shots. Source: Washburn, Notes on Firing Theory (NPS, 2002).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.geometry import intercept
from sim.log import kind
from sim.setting import SHORTEST, Bell, first_of
from sim.variates import chance

if TYPE_CHECKING:
    from sim.drills._drill import Process
    from sim.drills._raids import Raid
    from sim.serial import LiveSerial
    from sim.units.ship import Ship

LAUNCH = kind(
    "simulated-launch",
    "A launch is simulated at a raider.",
    shot="count",
    range_m="number",
    flight_s="number",
)
SPLASH = kind("splash", "A simulated shot counts as a hit.", shots="count", took_s="number", range_m="number")
ENGAGED = kind("engagement", "A ship has done with a raider: hit it, spent her shots, or somebody else was first.", shots="count",
               hit="count", took_s="number")  # fmt: skip
RELOADED = kind(
    "reloaded", "A ship that has fired all she had ready is ready again.", shots="count", took_s="number"
)


class Battery:
    """One ship's channels and shots. busy: channels taken. ready: shots. free: rings when a channel is free, or shots are ready."""

    def __init__(self, serial: LiveSerial, ship: Ship) -> None:
        self._serial, self.ship = serial, ship
        self.busy, self.ready = 0, serial.parameters.ready.whole
        self.free = Bell(serial.exercise.env)
        self._raids: dict[int, None] = {}

    @property
    def has_channel(self) -> bool:
        """Whether she can take on one more raider."""
        return self.busy < self._serial.parameters.channels.whole and self._serial.fit(self.ship, "defenders")

    def is_at(self, raid: Raid) -> bool:
        """Whether she is engaging a raider already."""
        return raid.number in self._raids

    def take(self, raid: Raid) -> None:
        """A channel is kept for a raider from now on."""
        self.busy += 1
        self._raids[raid.number] = None

    def engage(self, raid: Raid, cause: int) -> Process:
        """Fires at a raider for which a channel is kept, as doctrine says; gives whether it counts as hit."""
        serial, parameters, began = self._serial, self._serial.parameters, self._serial.now
        reaction = parameters.reaction.draw(serial.draws("reaction", self.ship.name, str(raid.number)))
        yield first_of(
            serial.exercise.env, serial.exercise.env.timeout(max(SHORTEST, reaction)), raid.over.rung
        )
        fired, hit = 0, False
        while not hit and fired < parameters.shots.whole and (yield from self._can_fire(raid)):
            count = parameters.shots.whole - fired if parameters.doctrine == "salvo" else 1
            count = min(count, self.ready)
            hit = yield from self._shoot(raid, count, fired, cause)
            fired += count
            if hit:
                serial.write(SPLASH, self.ship, raid.raider, cause=cause, shots=fired, took_s=serial.now - began,
                             range_m=self.ship.distance_to(raid.raider.position))  # fmt: skip
                raid.end(dealt_with=True)
            elif not raid.is_over:
                yield first_of(
                    serial.exercise.env, serial.exercise.env.timeout(parameters.look.value), raid.over.rung
                )
        serial.write(
            ENGAGED, self.ship, raid.raider, cause=cause, shots=fired, hit=int(hit), took_s=serial.now - began
        )
        self.busy -= 1
        del self._raids[raid.number]
        self.free.ring()
        return hit

    def _can_fire(self, raid: Raid) -> Process:
        """Waits until the raider is in her reach, she holds it herself, has a shot, and nothing holds the serial up."""
        serial, env = self._serial, self._serial.exercise.env
        while not raid.is_over and serial.fit(self.ship, "defenders"):
            if not (yield from raid.within(self.ship, serial.parameters.reach.value, is_held=True)):
                break
            if serial.holds:
                yield first_of(env, serial.exercise.news.rung, raid.over.rung)
            elif not self.ready:
                yield first_of(env, self.free.rung, raid.over.rung)
            else:
                return True
        return False

    def _shoot(self, raid: Raid, count: int, fired: int, cause: int) -> Process:
        """So many shots at once, and their flight to where they meet the raider; gives whether one counts as a hit."""
        serial, parameters, env = self._serial, self._serial.parameters, self._serial.exercise.env
        (x, y), (u, v), motion = self.ship.position, raid.raider.position, raid.raider.motion
        met = intercept(u - x, v - y, motion.vx, motion.vy, parameters.shot_speed.value)
        flight = met.time if met is not None else self.ship.distance_to((u, v)) / parameters.shot_speed.value
        for shot in range(fired + 1, fired + count + 1):
            serial.write(LAUNCH, self.ship, raid.raider, cause=cause, shot=shot, flight_s=flight,
                         range_m=self.ship.distance_to((u, v)))  # fmt: skip
        self.ready -= count
        if not self.ready:
            serial.start(self._reload())
        yield env.timeout(max(SHORTEST, flight))
        draws = serial.draws("kill", str(raid.number))
        hits = [chance(draws, parameters.single_shot.value) for _ in range(count)]
        return any(hits) and not raid.is_over

    def _reload(self) -> Process:
        serial, began = self._serial, self._serial.now
        yield serial.exercise.env.timeout(
            max(SHORTEST, serial.parameters.reload.draw(serial.draws("reload", self.ship.name)))
        )
        self.ready = serial.parameters.ready.whole
        serial.write(RELOADED, self.ship, shots=self.ready, took_s=serial.now - began)
        self.free.ring()
