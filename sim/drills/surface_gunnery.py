"""Surface gunnery (GUNEX): ships fire in turn at a towed or floating target, range, correct, fire for effect.

Ships take their places in a column abeam of the tow at the ordered range, on the side where they are, so that none is in another's
line of fire, and fire in turn from there. Ranging rounds are spotted and the aim corrected until a salvo straddles; then a
string is fired for effect. Rounds scatter in range and deflection about an aim whose error is common to the string. A round hits
when it passes through the target: within its length in deflection and within its danger space in range (its height over the
slope of fall). Source of the slot and rounds: seeds gunnery-slot, gunnery-rounds, joint-shoot-range.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum, pi
from typing import TYPE_CHECKING, ClassVar

from sim.drills._drill import Drill, Process, Role, assumed
from sim.drills._fire import column
from sim.geometry import Point, course_of, velocity
from sim.log import kind
from sim.scenario.numbers import Angle, Count, Course, Delay, Duration, Length, Number, Plain, Share, Some
from sim.scenario.schema import Scenario, Serial
from sim.scenario.sheets import Limits
from sim.setting import SHORTEST, first_of, when
from sim.stations import Station
from sim.variates import chance, exponential, normal
from sim.weapons.dispersion import fall_of_shot
from sim.weapons.gun import Gun, roughening
from sim.weapons.spotting import corrected

if TYPE_CHECKING:
    from sim.serial import LiveSerial
    from sim.units.ship import Ship
    from sim.units.target import Target

ROUND = kind("round", "One round falls: errors from the middle of the target.", gun="text", phase="text",
             across_m="number", along_m="number", range_m="number", hit="count")  # fmt: skip
SPOT = kind("spot", "A spotter reports the mean fall of a salvo.", spotter="text", along_m="number",
            across_m="number", salvo="count")  # fmt: skip
STOPPAGE = kind("stoppage", "A gun stops in the middle of a string.", gun="text", stopped_s="number")
STRING = kind("string", "A ship has finished her shoot.", fired="count", hits="count", salvos="count",
              seconds="number")  # fmt: skip

MOST_AIM = 4.0  # a control officer's first aim is never further off than so many of its own deviations


class SurfaceGunnery(Drill):
    """Ships fire one after another at a target on the water."""

    class Parameters(Drill.Parameters):
        """Target, rounds and the errors of aim and spotting."""

        target: str = "towed-shield"
        range: Length = assumed("5 km (4 .. 8 km)", "Range at which the target is engaged.")
        rounds: Some = {"low": "6", "mode": "12", "high": "20", "basis": "assumed",  # type: ignore[assignment]
                        "why": "Rounds for effect per ship; twelve were reported for one slot of a 2016 shoot."}  # fmt: skip
        ranging_rounds: Count = assumed("2 (1 .. 3)", "Rounds in each ranging salvo.")
        most_corrections: Count = assumed(
            "4 (2 .. 6)", "Ranging salvos before fire for effect is ordered anyhow."
        )
        slot: Duration = assumed("30 min (20 .. 40 min)", "Time on the range for each ship.", source=["X19"])
        run_in: Delay = {  # type: ignore[assignment]
            "low": "4 min",
            "mode": "8 min",
            "high": "15 min",
            "basis": "assumed",
            "why": "From the firing position to the order to open fire: safety checks, range clear, tracking run.",
        }
        first_error: Share = assumed(
            "2 % (1 .. 3 %)", "Standard deviation of the first aim in range, as a share of it."
        )
        first_deflection: Angle = assumed(
            "4 mrad (2 .. 6 mrad)", "Standard deviation of the first aim in deflection."
        )
        string_error: Share = assumed(
            "0.3 % (0.2 .. 0.6 %)", "Aim error in range common to a string, after spotting."
        )
        string_deflection: Angle = assumed(
            "1 mrad (0.5 .. 2 mrad)", "Aim error in deflection common to a string."
        )
        spot_error: Length = assumed(
            "20 m (10 .. 35 m)", "Standard deviation of a spot in range from a helicopter."
        )
        own_spot_error: Length = assumed("30 m (20 .. 60 m)", "The same from the firing ship herself.")
        gain: Share = assumed("80 % (60 .. 100 %)", "Share of the spotted error that is taken off the aim.")
        correction: Delay = {"low": "60 s", "mode": "80 s", "high": "120 s", "basis": "assumed",
                             "why": "From one ranging salvo to the next."}  # type: ignore[assignment] # fmt: skip
        stopped: Delay = {"value": "6 min", "low": "2 min", "high": "20 min", "basis": "assumed",
                          "why": "Mean time to clear a stoppage; drawn from an exponential."}  # type: ignore[assignment] # fmt: skip
        roughness: Plain = assumed(
            "0.15 (0.05 .. 0.3)", "Wider spread for each sea state above 2, as a share."
        )
        tow_course: Course = assumed(
            "200 deg (0 .. 360 deg)", "Course of the target; the range staff picks one."
        )

    roles: ClassVar[dict[str, Role]] = {
        "firing": Role("ships that fire, in this order", family=("ship",), carries=("main-gun",)),
        "towing": Role("ship that tows the target; without one it floats", family=("ship",), optional=True),
        "spotter": Role("aircraft that spots the fall of shot", family=("helicopter", "aircraft"), least=0,
                        optional=True),
    }  # fmt: skip
    limits: ClassVar[Limits] = Limits.model_validate(
        {"sea_state": "4 (4 .. 5)", "visibility": "5 nmi (3 .. 6 nmi)", "daylight": "required", "basis": "assumed",
         "why": "A tow is handled up to sea state 4; the range must be seen to be clear, by day."}
    )  # fmt: skip
    gear: ClassVar[dict[str, tuple[str, ...]]] = {"towing": ("tow",)}
    live_fire: ClassVar[bool] = True
    technical: ClassVar[str | None] = "gunnery-hits"
    measures: ClassVar[tuple[str, ...]] = ("hit-rate", "rounds", "ammunition-left")
    close: ClassVar[tuple[tuple[str, str], ...]] = (("firing", "towing"), ("firing", "spotter"))
    targets: ClassVar[tuple[str, ...]] = ("target",)

    @classmethod
    def check(cls, serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
        """Live fire needs an area, a target with a size, and guns that reach."""
        yield from need_range(serial, scenario)
        target: str = serial.parameters.target  # type: ignore[attr-defined]
        sheet = scenario.platforms.get(target)
        if sheet is not None and (sheet.length is None or sheet.height is None):
            yield "target", f"{target!r} has no length and height to be hit"

    def conduct(self, serial: LiveSerial) -> Process:
        """The target is under way; each ship in turn takes position and shoots."""
        firing = serial.ships("firing")
        target = serial.target(serial.parameters.target, serial.centre)
        serial.start(_tow(serial, target))
        ordered = yield from serial.order(serial.units(), "commence run")
        places = _abeam(serial, firing, target)
        for ship, place in zip(firing, places, strict=True):
            serial.start(ship.keep_station(target, place, cause=ordered))
        done = 0
        for ship, place in zip(firing, places, strict=True):
            if (yield from serial.mend(ship, "firing")) and (
                yield from self._slot(serial, ship, target, place)
            ):
                done += 1
                serial.achieved(done / len(firing))

    def _slot(self, serial: LiveSerial, ship: Ship, target: Target, place: Station) -> Process:
        """One ship's time on the range: position, order to open fire, ranging, effect, cease fire.

        Gives whether she has fired for effect.
        """
        began, began_on_task, parameters = serial.now, serial.on_task, serial.parameters
        yield from ship.take_station(target, place, cause=serial.last)  # she sails on while on hold
        serial.start(ship.keep_station(target, place, cause=serial.last))
        yield from serial.spend(parameters.run_in.draw(serial.draws("run-in", ship.name)))
        gun = best_gun(ship, serial.parameters.range.value)
        if gun is None:
            return False
        with serial.lines.lay(ship, target, gun.sheet.max_range.value):
            opened = yield from serial.order([ship], "open fire")
            aim, salvos = yield from self._range(serial, ship, gun, target, opened)
            wanted = round(parameters.rounds.draw(serial.draws("rounds", ship.name)))
            until = (
                began_on_task + parameters.slot.value
            )  # of the time on task: a hold does not use up her slot
            fired, hits = yield from self._effect(serial, ship, gun, target, aim, wanted, until)
        serial.write(STRING, ship, target, cause=opened, fired=fired, hits=hits, salvos=salvos,
                     seconds=serial.now - began)  # fmt: skip
        return fired > 0

    def _range(self, serial: LiveSerial, ship: Ship, gun: Gun, target: Target, cause: int) -> Process:
        """Ranging salvos, spotted and corrected, until one straddles; gives the aim and the salvos fired."""
        parameters, draws = serial.parameters, serial.draws("aim", ship.name)
        distance = parameters.range.value
        aim = [
            normal(draws, 0.0, parameters.first_deflection.value * distance),
            normal(draws, 0.0, parameters.first_error.value * distance),
        ]
        limit = MOST_AIM * parameters.first_error.value * distance
        aim = [max(-limit, min(limit, error)) for error in aim]
        salvos = 0
        while salvos < parameters.most_corrections.whole:
            salvos += 1
            falls: list[Point] = []
            for _ in range(parameters.ranging_rounds.whole):
                yield from serial.gate()
                if not serial.fit(ship, "firing"):
                    return tuple(aim), salvos
                fall = fire(serial, ship, gun, target, (aim[0], aim[1]), "ranging", distance, cause)
                if fall is None:
                    return tuple(aim), salvos
                falls.append(fall)
            yield from serial.spend(gun.flight(distance).time + parameters.correction.draw(draws))
            seen = self._spot(serial, ship, target, falls, salvos)
            aim = [
                corrected(each, observed, parameters.gain.value)
                for each, observed in zip(aim, seen, strict=True)
            ]
            if abs(seen[1]) <= self._depth(target, gun, distance) / 2:
                break
        return tuple(aim), salvos

    def _spot(self, serial: LiveSerial, ship: Ship, target: Target, falls: list[Point], salvo: int) -> Point:
        """What the spotter makes of a salvo: an aircraft on task that sees the target, else the ship herself."""
        parameters = serial.parameters
        spotter = next((unit for unit in serial.units("spotter")
                        if unit.is_on_task and serial.exercise.referee.sees(unit, target.position)), ship)  # fmt: skip
        error = parameters.own_spot_error.value if spotter is ship else parameters.spot_error.value
        draws = serial.draws("spots", ship.name)
        across = fsum(fall[0] for fall in falls) / len(falls) + normal(draws, 0.0, error / 5)
        along = fsum(fall[1] for fall in falls) / len(falls) + normal(draws, 0.0, error)
        serial.write(SPOT, spotter, ship, spotter=spotter.platform.family, along_m=along, across_m=across,
                     salvo=salvo)  # fmt: skip
        return across, along

    def _effect(self, serial: LiveSerial, ship: Ship, gun: Gun, target: Target, aim: Point, wanted: int,
                until: float) -> Process:  # fmt: skip
        """The string for effect: a common aim error, one round after another, a stoppage now and then.

        A gun that fails is waited for as long as for any defect. until: time on task at which the slot ends, s.
        """
        parameters, draws = serial.parameters, serial.draws("string", ship.name)
        distance = parameters.range.value
        aim = (
            aim[0] + normal(draws, 0.0, parameters.string_deflection.value * distance),
            aim[1] + normal(draws, 0.0, parameters.string_error.value * distance),
        )
        stops_at = None
        if chance(draws, gun.sheet.stoppage.value):
            stops_at = int(draws.random() * wanted)
        fired = hits = 0
        while fired < wanted:
            yield from serial.gate()
            if not (yield from serial.mend(ship, "firing")) or serial.on_task >= until:
                break
            if serial.holds:
                continue
            if fired == stops_at:
                stops_at, stopped = None, exponential(draws, parameters.stopped.value)
                serial.write(STOPPAGE, ship, gun=gun.sheet.gun, stopped_s=stopped)
                yield from serial.spend(stopped)
                continue
            fall = fire(serial, ship, gun, target, aim, "effect", distance, serial.last)
            if fall is None:
                break
            fired += 1
            hits += is_hit(fall, target.platform.length, self._depth(target, gun, distance))
            yield from serial.spend(1 / gun.sheet.drill_rate.value)
        return fired, hits

    @staticmethod
    def _depth(target: Target, gun: Gun, distance: float) -> float:
        height = target.platform.height
        return gun.depth_of(height.value, distance) if height is not None else 0.0


def is_hit(fall: Point, length: Number | None, depth: float) -> bool:
    """Whether a round passes through a target broadside on. fall: errors across and along, m."""
    return length is not None and abs(fall[0]) <= length.value / 2 and abs(fall[1]) <= depth / 2


def fire(serial: LiveSerial, ship: Ship, gun: Gun, target: Target, aim: Point, phase: str, distance: float,
         cause: int | None) -> Point | None:  # fmt: skip
    """Fires one round and gives where it falls about the target; None when the magazine is empty."""
    if not gun.fire(1):
        return None
    rough = roughening(serial.exercise.weather.sea_state, serial.parameters.roughness.value)
    across, along = gun.spread(distance, rough)
    fall = fall_of_shot(serial.draws("rounds fall", ship.name), across, along, aim)
    depth = SurfaceGunnery._depth(target, gun, distance)
    serial.write(
        ROUND, ship, target, cause=cause, at=target.position, gun=gun.sheet.gun, phase=phase, across_m=fall[0],
        along_m=fall[1], range_m=distance, hit=int(is_hit(fall, target.platform.length, depth)),
    )  # fmt: skip
    return fall


def best_gun(ship: Ship, distance: float) -> Gun | None:
    """The main gun she shoots with: the first with rounds that reaches so far."""
    return next((gun for gun in ship.guns_of("main") if gun.rounds and gun.reaches(distance)), None)


def _abeam(serial: LiveSerial, firing: list[Ship], target: Target) -> list[Station]:
    """A place on the target for each ship, abeam of the tow, on the side where most of them are.

    True, so that they stay there when the tow goes back.
    """
    (x, y), tow = target.position, serial.on_plane(serial.parameters.tow_course.value)
    ex, ey = velocity(tow + pi / 2, 1.0)
    off = fsum((ship.position[0] - x) * ex + (ship.position[1] - y) * ey for ship in firing)
    bears = tow + pi / 2 if off >= 0.0 else tow - pi / 2
    return column(firing, target, bears, serial.parameters.range.value)


def need_range(serial: Serial, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What any shoot needs: an area to fire in, and main guns that reach the ordered range."""
    if serial.area is None:
        yield "area", "live firing needs an area"
    distance: Number = serial.parameters.range  # type: ignore[attr-defined]
    mains = [gun for gun in scenario.guns.values() if gun.kind == "main"]
    if mains and all(gun.max_range.value < distance.value for gun in mains):
        best = max(gun.max_range.value for gun in mains)
        yield (
            "range",
            f"no gun here reaches {distance.value / 1000:g} km; the longest reaches {best / 1000:g} km",
        )


def _tow(serial: LiveSerial, target: Target) -> Process:
    """The target goes up and down the range behind its tug; a floating one lies where it was dropped."""
    tugs = serial.ships("towing")
    speed = target.platform.tow_speed
    if not tugs or speed is None:
        return
    course = tugs[0].on_plane(serial.parameters.tow_course.value)
    reach = serial.shape.reach / 2 if serial.shape is not None else 5e3
    leg = reach / speed.value
    while tugs[0] in serial.roles["towing"]:
        defect = serial.defect(tugs[0], "towing")
        if defect is not None:
            target.stop(defect)
            if not (yield from serial.mend(tugs[0], "towing")):
                return
        began = serial.now
        for unit in (tugs[0], target):
            unit.steer(*velocity(course, min(speed.value, tugs[0].max_speed)), serial.last)
        while serial.fit(tugs[0], "towing") and leg - (serial.now - began) > SHORTEST:
            yield first_of(
                serial.exercise.env, serial.exercise.news.rung, when(serial.exercise.env, began + leg)
            )
        leg -= serial.now - began
        if leg <= SHORTEST:
            course, leg = course_of(*velocity(course, -1.0)), 2 * reach / speed.value
