"""Small craft defence: fast boats run in on a group of ships, which find them, and open fire by range band.

Boats come one by one or several at once, each on a ship of its own, from bearings that are planned or drawn, straight or weaving. Each gun
of a ship has a band: from its own range, or less, inwards. It fires bursts at the nearest boat that the ship herself holds, waits for
their fall, looks, and fires again (shoot-look-shoot); not while another ship lies along the line of fire. Rounds are laid for where
the boat will be on its present leg: one that alters meanwhile is missed by as much. A boat hit often enough stops; one that comes
within its release distance has got through. Ranges of guns, their spread and the boat's size make the chances.
Source: Washburn, Notes on Firing Theory (NPS, 2002); Driels, Weaponeering (2004).
"""

from __future__ import annotations

from math import pi, remainder
from typing import TYPE_CHECKING, ClassVar

from sim.drills._boats import Run, Runs
from sim.drills._company import InCompany
from sim.drills._drill import Process, Role, assumed
from sim.drills._fire import fire_at, works
from sim.drills._nearest import time_within
from sim.geometry import course_of
from sim.scenario.numbers import Angle, Course, Delay, Duration, Length, Plain, Several, Speed, Time
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST
from sim.variates import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.schema import Scenario, Serial
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target
    from sim.vigil import Vigil
    from sim.weapons.gun import Gun


class SmallCraftDefence(InCompany):
    """Ships in company drive off fast boats."""

    class Parameters(InCompany.Parameters):
        """Boats, bands and fire."""

        target: str = "fast-boat"
        boats: Several = assumed("3 (1 .. 6)", "Runs in one serial; the report speaks of one target.")
        at_once: Several = assumed("1 (1 .. 4)", "Boats that begin their runs together.")
        bearings: tuple[Course, ...] = ()
        run_in: Length = assumed("8 nmi (5 .. 12 nmi)", "From where boats begin their runs.")
        boat_speed: Speed = assumed("35 kn (25 .. 45 kn)", "Or what its sheet allows, if that is less.")
        weave: Angle = assumed(
            "0 deg (0 .. 45 deg)", "To either side of the course for its mark; 0 is straight in."
        )
        weave_leg: Duration = assumed(
            "20 s (10 .. 60 s)", "From one alteration of a weaving boat to the next."
        )
        interval: Delay = {"low": "4 min", "mode": "8 min", "high": "15 min", "basis": "assumed",
                           "why": "From the end of one run, or of several at once, to the next."}  # type: ignore[assignment] # fmt: skip
        release: Length = assumed("500 m (300 .. 1000 m)", "A boat that comes so near has got through.")
        main_from: Length = assumed("5 km (3 .. 8 km)", "Main guns open fire at this range.")
        close_in_from: Length = assumed("2.5 km (2 .. 4 km)", "Close-in guns open fire at this range.")
        machine_gun_from: Length = assumed("1 km (0.6 .. 1.5 km)", "Machine guns open fire at this range.")
        hits_to_stop: Several = assumed(
            "3 (1 .. 6)", "Hits that stop a boat; a shell of a main gun counts for all."
        )
        main_rounds: Several = assumed("2 (1 .. 4)", "Rounds of a main gun in one burst.")
        burst: Time = assumed("0.5 s (0.3 .. 1 s)", "Of a close-in gun or a machine gun.")
        look: Duration = assumed("8 s (5 .. 15 s)", "From the fall of one burst to the next.")
        aim_error: Angle = assumed(
            "3 mrad (2 .. 5 mrad)", "Standard deviation of the aim of a burst on each axis."
        )
        roughness: Plain = assumed("0.2 (0.1 .. 0.4)", "Wider for each sea state above 2, as a share.")
        clear_of_line: Angle = assumed(
            "5 deg (3 .. 10 deg)", "No fire with a ship so near to its line, within the gun's reach."
        )

    roles: ClassVar[dict[str, Role]] = {
        "defenders": Role(
            "ships that are attacked", family=("ship",), carries=("main-gun", "close-in-gun", "machine-gun")
        ),
        "aircraft": Role("aircraft that look out", family=("helicopter", "aircraft"), least=0, optional=True),
    }
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (3 .. 4)", "visibility": "3 nmi (2 .. 5 nmi)", "daylight": "required", "basis": "assumed",
         "why": "Boats cannot run in a seaway, and fire wants a clear view of what is beyond."}
    )  # fmt: skip
    live_fire: ClassVar[bool] = True
    technical: ClassVar[str | None] = "boats-stopped"
    measures: ClassVar[tuple[str, ...]] = ("closest-approach", "shots-fired")
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Boats must begin outside the bands, be fired at before they are through, and make way when they weave."""
        parameters = serial.parameters
        if parameters.run_in.value <= parameters.main_from.value:  # type: ignore[attr-defined]
            yield "run_in", "boats begin within the range of the main guns"
        if parameters.release.value >= parameters.main_from.value:  # type: ignore[attr-defined]
            yield "release", "boats are through before anybody fires"
        if parameters.weave.value >= pi / 2:  # type: ignore[attr-defined]
            yield "weave", "a boat that weaves so widely never comes nearer"

    def conduct(self, serial: LiveSerial) -> Process:
        """Steam in company, every gun manned; boats run in, one by one or several at once."""
        parameters, draws, ships = serial.parameters, serial.draws("boats"), serial.ships("defenders")
        ordered = yield from serial.order(serial.units(), "repel small craft")
        serial.start(self.steam(serial, "defenders"))
        vigil, runs = serial.watch(serial.units(), cause=ordered), Runs(serial)
        for ship in ships:
            for gun in ship.guns:
                serial.start(self._man(serial, vigil, runs, ship, gun))
        count, planned = parameters.boats.whole, parameters.bearings
        for first in range(1, count + 1, parameters.at_once.whole):
            yield from serial.gate()
            wave = []
            for number in range(first, min(first + parameters.at_once.whole, count + 1)):
                bearing, side = uniform(draws, 0.0, 2 * pi), 1 if uniform(draws, 0.0, 1.0) < 0.5 else -1
                marks = serial.ships("defenders")
                mark = marks[(number - 1) % len(marks)]
                if planned:
                    bearing = mark.on_plane(planned[(number - 1) % len(planned)].value)
                run = Run(serial, vigil, number, mark, bearing)
                runs.add(run)
                wave.append(run.run(side))
            yield from serial.together(wave)
            serial.achieved(min(count, first + len(wave) - 1) / count)
            yield from serial.spend(parameters.interval.draw(draws))

    def _man(self, serial: LiveSerial, vigil: Vigil, runs: Runs, ship: Ship, gun: Gun) -> Process:
        """One gun, from beginning to end: fire, look, fire again, at the nearest boat in its band."""
        parameters, draws = serial.parameters, serial.draws("look", ship.name, gun.sheet.gun)
        opens, enough = min(gun.sheet.max_range.value, self._band(serial, gun)), parameters.hits_to_stop.whole
        burst = max(1, round(gun.sheet.rate_of_fire.value * parameters.burst.value * gun.mounts))
        rounds, worth = (parameters.main_rounds.whole, enough) if gun.sheet.kind == "main" else (burst, 1)
        while serial.has(ship):
            yield from serial.gate()
            held = {contact.target: contact.record for contact in vigil.contacts(ship)}
            near = [
                run
                for run in runs.present
                if run.boat in held and time_within(ship, run.boat, opens) <= SHORTEST
            ]
            if not near or not works(ship, gun):
                yield from runs.await_range(ship, opens, vigil)
                continue
            run = min(near, key=lambda each: _away(ship, each.boat))
            if self._fouled(serial, ship, run.boat, gun):
                yield serial.exercise.env.timeout(parameters.look.value)
                continue
            hits = yield from fire_at(serial, ship, gun, run.boat, rounds, parameters.aim_error.value,
                                      parameters.roughness.value, held[run.boat])  # fmt: skip
            run.hit(hits * worth, enough)
            yield serial.exercise.env.timeout(parameters.look.draw(draws))

    def _band(self, serial: LiveSerial, gun: Gun) -> float:
        """From where a gun opens fire, m."""
        name = {"main": "main_from", "close-in": "close_in_from", "machine-gun": "machine_gun_from"}[
            gun.sheet.kind
        ]
        return float(getattr(serial.parameters, name).value)

    def _fouled(self, serial: LiveSerial, ship: Ship, boat: Target, gun: Gun) -> bool:
        """Whether another ship of the serial lies along the line of fire, within the gun's reach."""
        line = _bearing(ship, boat)
        return any(
            _away(ship, other) <= gun.sheet.max_range.value
            and abs(remainder(_bearing(ship, other) - line, 2 * pi)) < serial.parameters.clear_of_line.value
            for other in serial.ships()
            if other is not ship
        )


def _away(ship: Ship, other: Ship | Target) -> float:
    return ship.distance_to(other.position)


def _bearing(ship: Ship, other: Ship | Target) -> float:
    (x, y), (u, v) = ship.position, other.position
    return course_of(u - x, v - y)
