"""Mine disposal: a floating mine is searched for in a sector, and shot from a safe distance.

Ships sweep the sector on parallel tracks, each her own strip; who sees the mine first holds it while the nearest ship with a
machine gun closes to the stand-off and fires, burst after burst, looking after each. What small things are seen at is for
the lookouts. The best of a contest found and hit such a model within 19 minutes (X20).
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._fire import fire_at
from sim.geometry import velocity
from sim.log import kind
from sim.patterns import parallel_sweeps
from sim.scenario.numbers import Angle, Course, Delay, Duration, Length, Plain, Several, Speed
from sim.scenario.sheets import Limits
from sim.variates import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.encounter import Contact
    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target
    from sim.vigil import Vigil

FOUND = kind("mine-found", "The floating mine is found.", searched_s="number")
DESTROYED = kind("mine-destroyed", "The floating mine is hit.", shooting_s="number", rounds="count")
GUNS = ("machine-gun", "close-in")


class MineDisposal(Drill):
    """Find a floating mine and shoot it."""

    class Parameters(Drill.Parameters):
        """Sector, search and fire."""

        target: str = "floating-mine"
        sector: Length = assumed("2 nmi (1 .. 3 nmi)", "Side of the square that the mine is reported in.")
        spacing: Length = assumed(
            "0.5 nmi (0.3 .. 1 nmi)", "Between tracks: somewhat less than twice the range of sight."
        )
        course: Course = assumed("0 deg (0 .. 360 deg)", "Of the first track.")
        speed: Speed = assumed("8 kn (6 .. 12 kn)", "Slow enough to stop short of what is seen late.")
        stand_clear: Length = assumed(
            "300 m (200 .. 500 m)", "Distance kept from the mine while it is shot at."
        )
        burst: Several = assumed("10 (5 .. 20)", "Rounds of one burst.")
        look: Duration = assumed("10 s (5 .. 20 s)", "From one burst to the next.")
        most_bursts: Several = assumed("30 (15 .. 60)", "Before the attempt is given up.")
        aim_error: Angle = assumed(
            "3 mrad (1.5 .. 6 mrad)", "Standard deviation of the aim of a burst, hand laid."
        )
        roughness: Plain = assumed("0.25 (0.1 .. 0.5)", "Wider for each sea state above 2, as a share.")
        ready: Delay = {"low": "30 s", "mode": "60 s", "high": "3 min", "basis": "assumed",
                        "why": "Man the gun, report clear, permission to fire."}  # type: ignore[assignment] # fmt: skip

    roles: ClassVar[dict[str, Role]] = {
        "hunters": Role(
            "ships that search, and shoot", family=("ship",), carries=("machine-gun", "close-in-gun")
        ),
        "aircraft": Role("helicopters that search with them", family=("helicopter",), least=0, optional=True),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 4)", "visibility": "2 nmi (1 .. 3 nmi)", "daylight": "required", "basis": "assumed",
         "why": "A thing that hardly shows is not seen in a seaway or in the dark."}
    )  # fmt: skip
    live_fire: ClassVar[bool] = True
    technical: ClassVar[str | None] = "mines-destroyed"
    measures: ClassVar[tuple[str, ...]] = ("time-to-find", "time-to-destroy", "shots-fired")
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """The tracks must fit the sector."""
        parameters = serial.parameters
        if parameters.spacing.value >= parameters.sector.value:  # type: ignore[attr-defined]
            yield "spacing", "tracks so far apart do not fit the sector"

    def conduct(self, serial: LiveSerial) -> Process:
        """Lay the mine, search, close, shoot."""
        parameters, (x, y) = serial.parameters, serial.centre
        half, draws = parameters.sector.value / 2, serial.draws("mine")
        mine = serial.target(
            parameters.target, (x + uniform(draws, -half, half), y + uniform(draws, -half, half))
        )
        ordered = yield from serial.order(serial.units(), "search for a floating mine")
        vigil = serial.watch([*serial.ships("hunters"), *serial.units("aircraft")], [mine], ordered)
        began = serial.now
        sweeps = [serial.start(sweep) for sweep in self._sweeps(serial)]
        contact = yield from vigil.await_contact(mine)
        found = serial.write(
            FOUND, contact.observer, mine, cause=contact.record, searched_s=serial.now - began
        )
        serial.achieved(0.5)
        for process in sweeps:
            if process.is_alive:
                process.interrupt("found")
        yield from self._shoot(serial, vigil, mine, contact, found)

    def _sweeps(self, serial: LiveSerial) -> Iterator[Process]:
        """Each searcher's share of the sector, forth and then forth again until the mine is found."""
        parameters, searchers = serial.parameters, [*serial.ships("hunters"), *serial.units("aircraft")]
        side, count = parameters.sector.value, len(searchers)
        strip = max(side / count, parameters.spacing.value * 1.001)
        for place, unit in enumerate(searchers):
            offset = (place - (count - 1) / 2) * side / count
            ex, ey = velocity(parameters.course.value, 1.0)
            centre = serial.centre[0] + offset * ey, serial.centre[1] - offset * ex
            tracks = parallel_sweeps(centre, parameters.course.value, side, strip, parameters.spacing.value)
            speed = parameters.speed.value if place < len(serial.ships("hunters")) else unit.cruise_speed / 2
            yield unit.patrol(tracks, speed, serial.last)

    def _shoot(self, serial: LiveSerial, vigil: Vigil, mine: Target, contact: Contact, cause: int) -> Process:
        """The nearest ship closes to her distance and fires until it is hit, or has tried long enough."""
        parameters, rounds = serial.parameters, 0
        ships = sorted(serial.ships("hunters"), key=lambda ship: ship.distance_to(contact.place))
        for ship in ships:
            if not (yield from serial.mend(ship, "hunters")):
                continue
            yield from self._close(serial, ship, contact, cause)
            yield from serial.spend(parameters.ready.draw(serial.draws("ready", ship.name)))
            began = serial.now
            for _ in range(parameters.most_bursts.whole):
                yield from serial.gate()
                gun = next((gun for kind_of in GUNS for gun in ship.guns_of(kind_of) if gun.rounds), None)
                if gun is None or not serial.fit(ship, "hunters"):
                    break
                wanted = min(parameters.burst.whole, gun.rounds)
                rounds += wanted
                hits = yield from fire_at(
                    serial,
                    ship,
                    gun,
                    mine,
                    wanted,
                    parameters.aim_error.value,
                    parameters.roughness.value,
                    cause,
                )
                if hits:
                    serial.write(
                        DESTROYED, ship, mine, cause=cause, shooting_s=serial.now - began, rounds=rounds
                    )
                    vigil.drop(mine)
                    serial.take_in(mine)
                    serial.achieved(1.0)
                    return
                yield from serial.spend(parameters.look.value)

    def _close(self, serial: LiveSerial, ship: Ship, contact: Contact, cause: int) -> Process:
        """To the stand-off from where the mine was reported; backs off first when nearer."""
        (x, y), (u, v) = ship.position, contact.place
        away, clear = hypot(x - u, y - v), serial.parameters.stand_clear.value
        share = clear / away if away else 0.0
        to = (u + (x - u) * share, v + (y - v) * share) if away else (u + clear, v)
        yield from ship.transit(to, serial.parameters.speed.value, cause)
