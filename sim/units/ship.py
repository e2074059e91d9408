"""Ships: fuel by the cube of speed, guns and magazines, a flight deck, equipment that fails and is mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import simpy

from sim.fuel import CubicBurn
from sim.geometry import Point
from sim.log import kind
from sim.renewal import alternation
from sim.units._agent import Process
from sim.units._craft import Craft
from sim.weapons.gun import Gun

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario
    from sim.scenario.sheets import Platform

CASUALTY = kind("casualty", "A piece of equipment fails.", equipment="text")
REPAIRED = kind("repaired", "A piece of equipment works again.", equipment="text", down_s="number")
FUEL = kind("fuel", "What is in a ship's bunkers.", fuel_t="number", capacity_t="number")
OUT_OF_FUEL = kind("out-of-fuel", "A ship's bunkers are empty.")

FULL = 0.9  # share of the bunkers full at the start when a scenario does not say; ships sail topped up
EMPTY_HAND = 1e-6  # kg of rounding forgiven before a tank counts as empty
LANDS, LAUNCHES = 0, 1  # who goes first on a flight deck: what is in the air cannot wait


class Ship(Craft):
    """A surface ship.

    bunkers: kg of her own fuel. cargo: kg of fuel for others. received, delivered: kg alongside so far.
    """

    def __init__(
        self, exercise: Any, name: str, platform: Platform, force: str | None, at: Point, plan: Scenario,
        fuel: float = FULL,
    ) -> None:  # fmt: skip
        super().__init__(exercise, name, platform, force, at)
        sheet = platform.fuel
        self.burn = CubicBurn(sheet.idle.value, sheet.burn.value, sheet.burn_at.value) if sheet else None
        self.capacity = sheet.capacity.value if sheet else 0.0
        self.bunkers = self.capacity * fuel
        self.burnt = self.received = self.delivered = 0.0
        self.cargo = platform.replenishment.cargo.value if platform.replenishment else 0.0
        self._settled = self.now
        self.guns = [
            Gun(plan.guns[mounting.gun], mounting.mounts.whole, mounting.magazine.whole)
            for mounting in platform.guns
        ]
        deck = platform.deck
        spots = deck.spots.whole if deck is not None else 0
        self.deck = simpy.PriorityResource(exercise.env, spots) if spots else None

    def settle(self) -> None:
        """Takes from the bunkers what was burnt since the last change of speed."""
        now = self.now
        elapsed, self._settled = now - self._settled, now
        if self.burn is None or not elapsed:
            return
        wanted = self.burn.rate(self.motion.speed) * elapsed
        taken = min(wanted, self.bunkers)
        self.bunkers -= taken
        self.burnt += taken
        if wanted > taken + EMPTY_HAND and "propulsion" not in self.down:
            self.down["propulsion"] = self.exercise.log.write(
                OUT_OF_FUEL, self.now, unit=self.name, at=self.position
            )
            self.stop(self.down["propulsion"])
            self.exercise.news.ring()

    def _apply(self, cause: int | None, at: Point | None) -> None:
        """Begins a leg, and settles the fuel of the one before."""
        self.settle()
        super()._apply(cause, at)

    def transit(self, to: Point, speed: float, cause: int | None = None) -> Process:
        """Goes to a place; the fuel of the way is settled on arrival."""
        yield from super().transit(to, speed, cause)
        self.settle()

    def guns_of(self, kind: str) -> list[Gun]:
        """Her guns of a kind: main, close-in, machine-gun."""
        return [gun for gun in self.guns if gun.sheet.kind == kind]

    def log_fuel(self, serial: str | None = None) -> int:
        """Records what is in the bunkers now."""
        self.settle()
        return self.exercise.log.write(
            FUEL, self.now, serial=serial, unit=self.name, at=self.position,
            fuel_t=self.bunkers / 1e3, capacity_t=self.capacity / 1e3,
        )  # fmt: skip

    def breakdowns(self) -> Iterator[Process]:
        """One life for each piece of equipment."""
        return (self._life(equipment) for equipment in self.platform.equipment)

    def _life(self, equipment: str) -> Process:
        """Up and down in turn, from a steady state: some ships sail with a defect."""
        sheet = self.platform.equipment[equipment]
        stream = self.exercise.streams("equipment", self.name, equipment)
        spells = alternation(stream, sheet.mtbf.value, sheet.mttr.value, start="steady", repair="lognormal")
        for spell in spells:
            if spell.is_up:
                yield self.exercise.env.timeout(spell.duration)
                continue
            failed = self.exercise.log.write(
                CASUALTY, self.now, serial=self.booked, unit=self.name, at=self.position, equipment=equipment
            )
            self.down[equipment] = failed
            if equipment == "propulsion":
                self.stop(failed)
            self.exercise.news.ring()
            yield self.exercise.env.timeout(spell.duration)
            if self.down.get(equipment) == failed:
                del self.down[equipment]
            self.exercise.log.write(
                REPAIRED, self.now, serial=self.booked, unit=self.name, at=self.position, cause=failed,
                equipment=equipment, down_s=spell.duration,
            )  # fmt: skip
            self.exercise.news.ring()
