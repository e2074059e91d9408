"""Mine disposal: a floating mine is searched for in a sector, and shot from a safe distance.

Ships, and helicopters if there are any, sweep the sector on parallel tracks, each its own strip, again and again until somebody sees
the mine. Then all stop; who is nearer to it than the safe distance opens, and the nearest ship that is fit comes to the stand-off by the
straight way, so never nearer. She fires while the mine is held, burst after burst, looking after each, and the next ship after her. A round
hits by the angles of aim and spread and by the size of the mine; lost from sight it is searched for anew. What small things
are seen at is for the lookouts. The best of a contest found and hit such a model within 19 minutes (X20).
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._fire import best_gun, fire_at
from sim.drills._nearest import Nearest, least_of
from sim.geometry import velocity
from sim.log import kind
from sim.patterns import parallel_sweeps
from sim.scenario.numbers import Angle, Course, Delay, Duration, Length, Plain, Several, Speed
from sim.scenario.sheets import Limits
from sim.stations import turned
from sim.variates import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.encounter import Contact
    from sim.geometry import Point
    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target
    from sim.vigil import Vigil

FOUND = kind("mine-found", "The floating mine is found.", searched_s="number")
DESTROYED = kind(
    "mine-destroyed", "The floating mine is hit often enough.", shooting_s="number", rounds="count"
)
CLEARED = kind("mine-drill-over", "What became of the floating mine, and how near any ship has come to it.", destroyed="count",
               rounds="count", closest_m="number")  # fmt: skip
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
        air_speed: Speed = assumed("60 kn (40 .. 80 kn)", "Of a helicopter that looks for so small a thing.")
        safe: Length = assumed("200 m (150 .. 500 m)", "Whoever finds himself nearer to the mine opens.")
        stand_clear: Length = assumed(
            "300 m (200 .. 500 m)", "Distance from the mine from which it is shot at."
        )
        burst: Several = assumed("10 (5 .. 20)", "Rounds of one burst.")
        look: Duration = assumed("10 s (5 .. 20 s)", "From one burst to the next.")
        most_bursts: Several = assumed("30 (15 .. 60)", "Of one ship, before the next one tries.")
        hits: Several = assumed("1 (1 .. 3)", "That sink the model, or set off the charge.")
        aim_error: Angle = assumed(
            "3 mrad (1.5 .. 6 mrad)", "Standard deviation of the aim of a burst, hand laid."
        )
        roughness: Plain = assumed("0.25 (0.1 .. 0.5)", "Wider for each sea state above 2, as a share.")
        ready: Delay = {"low": "30 s", "mode": "60 s", "high": "3 min", "basis": "assumed",
                        "why": "Man the gun, report clear, permission to fire."}  # type: ignore[assignment] # fmt: skip
        sight_again: Duration = assumed(
            "3 min (1 .. 5 min)", "Not seen for so long from the stand-off, it is lost."
        )

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
    measures: ClassVar[tuple[str, ...]] = (
        "time-to-find",
        "time-to-destroy",
        "shots-fired",
        "closest-approach",
    )
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """The tracks must fit the sector; the stand-off must be safe."""
        parameters = serial.parameters
        if parameters.spacing.value >= parameters.sector.value:  # type: ignore[attr-defined]
            yield "spacing", "tracks so far apart do not fit the sector"
        if parameters.stand_clear.value < parameters.safe.value:  # type: ignore[attr-defined]
            yield "stand_clear", "ships would shoot from nearer than is safe"

    def conduct(self, serial: LiveSerial) -> Process:
        """Lay the mine; search, close and shoot, until it is destroyed or all have tried."""
        parameters, (x, y), hunters = serial.parameters, serial.centre, serial.ships("hunters")
        half, draws = parameters.sector.value / 2, serial.draws("mine")
        dx, dy = turned(
            uniform(draws, -half, half), uniform(draws, -half, half), serial.on_plane(parameters.course.value)
        )
        mine = serial.target(parameters.target, (x + dx, y + dy))
        ordered = yield from serial.order(serial.units(), "search for a floating mine")
        vigil = serial.watch([*hunters, *serial.units("aircraft")], [mine], ordered)
        began, watched = serial.now, [Nearest(serial, mine, ship) for ship in hunters]
        contact = yield from self._find(serial, vigil, mine)
        serial.write(FOUND, contact.observer, mine, cause=contact.record, searched_s=serial.now - began)
        serial.achieved(0.5)
        shoot = _Shoot(serial, vigil, mine)
        while (yield from shoot.run(contact)):
            contact = yield from self._find(serial, vigil, mine)
        serial.write(CLEARED, other=mine, at=mine.position, destroyed=int(shoot.destroyed), rounds=shoot.rounds,
                     closest_m=least_of(watched))  # fmt: skip
        if shoot.destroyed:
            vigil.drop(mine)
            serial.take_in(mine)
            serial.achieved(1.0)

    def _find(self, serial: LiveSerial, vigil: Vigil, mine: Target) -> Process:
        """All sweep until somebody holds the mine, and then stop."""
        sweeps = [] if vigil.holders(mine) else [serial.start(sweep) for sweep in self._sweeps(serial)]
        contact = yield from vigil.await_contact(mine)
        for process in sweeps:
            if process.is_alive:
                process.interrupt("found")
        return contact

    def _sweeps(self, serial: LiveSerial) -> Iterator[Process]:
        """Each searcher's share of the sector, forth and then forth again until the mine is found."""
        parameters, ships = serial.parameters, serial.ships("hunters")
        searchers = [*ships, *(unit for unit in serial.aircraft("aircraft") if unit.is_on_task)]
        side, count = parameters.sector.value, len(searchers)
        for place, unit in enumerate(searchers):
            speed = parameters.speed.value if place < len(ships) else parameters.air_speed.value
            yield unit.patrol(
                strip(
                    serial.centre,
                    serial.on_plane(parameters.course.value),
                    side,
                    parameters.spacing.value,
                    place,
                    count,
                ),
                speed,
                serial.last,
            )


class _Shoot:
    """The shooting: which ships have tried, how many rounds it took. destroyed: hit often enough."""

    def __init__(self, serial: LiveSerial, vigil: Vigil, mine: Target) -> None:
        self._serial, self._vigil, self._mine = serial, vigil, mine
        self._tried: dict[str, int] = {}
        self._began: float | None = None
        self.rounds = self._hits = 0
        self.destroyed = False

    def run(self, contact: Contact) -> Process:
        """Ship after ship comes to the stand-off and fires, the nearest first. Gives whether the mine is lost from sight."""
        serial, parameters = self._serial, self._serial.parameters
        while not self.destroyed and (ship := self._next(contact.place)) is not None:
            if not (yield from serial.mend(ship, "hunters")):
                continue
            yield from self._keep_off(ship, contact)
            yield from serial.spend(parameters.ready.draw(serial.draws("ready", ship.name)))
            if serial.fit(ship, "hunters") and not (yield from self._fire(ship, contact.record)):
                return True
        return False

    def _next(self, place: Point) -> Ship | None:
        """The nearest ship that has bursts left."""
        most = self._serial.parameters.most_bursts.whole
        ships = [ship for ship in self._serial.ships("hunters") if self._tried.get(ship.name, 0) < most]
        return min(ships, key=lambda ship: ship.distance_to(place), default=None)

    def _keep_off(self, ship: Ship, contact: Contact) -> Process:
        """She comes to the stand-off by the straight way; the others open when they are nearer than is safe."""
        serial, parameters = self._serial, self._serial.parameters
        ways = [
            ship.transit(
                beside(ship, contact.place, parameters.stand_clear.value),
                parameters.speed.value,
                contact.record,
            )
        ]
        for other in serial.ships("hunters"):
            if other is not ship and other.distance_to(contact.place) < parameters.safe.value:
                to = beside(other, contact.place, parameters.stand_clear.value)
                ways.append(other.transit(to, parameters.speed.value, contact.record))
        yield from serial.together(ways)

    def _fire(self, ship: Ship, cause: int) -> Process:
        """Her bursts, each looked at, while she can fire; gives whether the mine is still in sight, or gone for good."""
        serial, parameters, mine = self._serial, self._serial.parameters, self._mine
        for _ in range(parameters.most_bursts.whole - self._tried.get(ship.name, 0)):
            yield from serial.gate()
            if (
                yield from self._vigil.await_contact(mine, serial.now + parameters.sight_again.value)
            ) is None:
                return False
            if not serial.fit(ship, "hunters"):
                return True
            gun = best_gun(ship, serial.exercise.referee.distance(ship, mine), GUNS)
            if gun is None:
                break
            self._tried[ship.name] = self._tried.get(ship.name, 0) + 1
            self._began = serial.now if self._began is None else self._began
            before = gun.rounds
            self._hits += yield from fire_at(serial, ship, gun, mine, parameters.burst.whole, parameters.aim_error.value,
                                             parameters.roughness.value, cause)  # fmt: skip
            self.rounds += before - gun.rounds
            if self._hits >= parameters.hits.whole:
                self.destroyed = True
                serial.write(
                    DESTROYED,
                    ship,
                    mine,
                    cause=cause,
                    shooting_s=serial.now - self._began,
                    rounds=self.rounds,
                )
                return True
            yield from serial.spend(parameters.look.draw(serial.draws("look", ship.name)))
        self._tried[ship.name] = parameters.most_bursts.whole
        return True


def strip(centre: Point, course: float, side: float, spacing: float, place: int, count: int) -> list[Point]:
    """The parallel tracks of one of some searchers who share a square. course: rad. side, spacing: m. place: from 0."""
    offset, (ex, ey) = (place - (count - 1) / 2) * side / count, velocity(course, 1.0)
    middle = centre[0] + offset * ey, centre[1] - offset * ex
    return parallel_sweeps(middle, course, side, max(side / count, spacing * 1.001), spacing)


def beside(ship: Ship, place: Point, distance: float) -> Point:
    """The point at a distance, m, from a place on the straight line to a ship."""
    (x, y), (u, v) = ship.position, place
    away = hypot(x - u, y - v)
    return (u + (x - u) * distance / away, v + (y - v) * distance / away) if away else (u + distance, v)
