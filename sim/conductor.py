"""The conductor: calls, holds, starts, stops and cancels serials; one process for each."""

from __future__ import annotations

from math import fsum

import simpy

from sim import shelves
from sim.board import Board
from sim.drills._drill import Drill
from sim.log import kind
from sim.outcomes import DONE, PUNCTUAL
from sim.preparation import Abandoned, Preparation
from sim.safety import rules_of, watch_safety
from sim.serial import LiveSerial, Waters
from sim.setting import SHORTEST, first_of, when
from sim.stand_off import keep_clear
from sim.units._agent import Agent, Process

RELEASED = kind("released", "A unit is free again.")
COMEX = kind("comex", "A serial begins.", planned_s="number", units="count", area="text")
FINEX = kind("finex", "A serial ends.", share="number")
POSTPONED = kind("postponed", "A serial is put off to its alternate.", reason="text", comex_s="number")
OUTCOME = kind(
    "outcome", "What became of a serial.", result="text", reason="text", planned_s="number", comex_s="number",
    finex_s="number", share="number",
)  # fmt: skip

WHOLE = 0.9  # share of its purpose from which a serial counts as completed
HALF = 0.5  # share from which it still counts, as shortened; less, and it was stopped
OVERTIME = 1.25  # a drill with its own pace may take this much longer than its longest planned duration
NOTICED = 60.0  # s; less time on hold has nothing to do with the dusk

Verdict = tuple[str, int | None]  # a reason, and the record behind it


class Conductor(Agent):
    """The officer conducting the exercise and his staff: decides about serials, never about gunnery."""

    def __init__(self, exercise: Waters, board: Board) -> None:
        super().__init__(exercise)
        self.exercise: Waters = exercise
        self.board = board
        self.serials: dict[str, LiveSerial] = {}
        self._drills: dict[str, Drill] = {}
        self._processes: dict[str, simpy.Process] = {}
        for plan in exercise.plan.serials:
            drill = shelves.kind("drills", plan.drill)
            self._drills[plan.serial] = drill()
            live = self.serials[plan.serial] = LiveSerial(exercise, plan, drill.roles, drill.gear)
            board.enter(live)

    def begin(self) -> None:
        """Starts one process per serial, and the watch that looks at waiting requests when there is news."""
        env = self.exercise.env
        env.process(self._watch())
        for order, live in enumerate(self.serials.values()):
            self._processes[live.number] = env.process(self._conduct(live, order))

    def endex(self) -> Process:
        """The exercise is over: what still runs is stopped, what has not begun is cancelled."""
        self.board.closed = True
        left = [self._processes[live.number] for live in self.serials.values() if live.result is None]
        for process in left:
            process.interrupt("ENDEX")
        yield self.exercise.env.all_of(left)

    def _watch(self) -> Process:
        """Looks at the board when there is news, and when a serial's turn to be first has passed."""
        while True:
            env, rung, lapse = self.exercise.env, self.exercise.news.rung, self.board.lapse(self.now)
            yield rung if lapse is None else first_of(env, rung, when(env, lapse))
            self.board.consider()

    def _conduct(self, live: LiveSerial, order: int) -> Process:
        """A serial from its call to its outcome, or to ENDEX."""
        try:
            yield from self._attempts(live, order)
        except simpy.Interrupt:
            if live.comex is None:
                yield from self._give_up(live)
                self._outcome(live, "cancelled", "endex", live.last)
            else:
                yield from self._end(live, ("endex", live.last))

    def _attempts(self, live: LiveSerial, order: int) -> Process:
        """By way of its alternates, if it comes to that."""
        plan = live.plan
        tries = [(plan.comex.value, plan.area)]
        if plan.late.then == "alternate":
            tries += [(each.comex.value if each.comex else plan.comex.value, each.area or plan.area)
                      for each in plan.alternates]  # fmt: skip
        for number, (comex, area) in enumerate(tries, 1):
            live.planned, live.area = max(comex, self.now), area
            live.roles = {name: [] for name in plan.roles}
            live.waits, live.lost = [], {}
            try:
                yield from Preparation(
                    self.exercise, self.board, live, self._drills[live.number], order
                ).run()
            except Abandoned as given_up:
                reason, cause = given_up.args
                cause = live.last if cause is None else cause
                yield from self._give_up(live)
                if number == len(tries):
                    self._outcome(live, "cancelled", reason, cause)
                    return
                later = max(tries[number][0], self.now)
                live.postponed = live.last = live.write(POSTPONED, cause=cause, reason=reason, comex_s=later)
            else:
                yield from self._carry_out(live)
                return

    def _give_up(self, live: LiveSerial) -> Process:
        """An attempt ends before its COMEX: nothing of it goes on, and all it had is free."""
        yield from live.finish()
        self._lift(live)
        self._release(live)

    def _lift(self, live: LiveSerial) -> None:
        for held in list(live.holds):
            live.resume(held)

    def _release(self, live: LiveSerial) -> None:
        for unit in live.units():
            live.write(RELEASED, unit)
        self.board.release(live)

    # ----------------------------------------------------------------- COMEX to FINEX

    def _carry_out(self, live: LiveSerial) -> Process:
        """COMEX and the drill under watch, then FINEX."""
        live.comex = self.now
        late = self._late(live)
        live.last = live.write(COMEX, cause=None if late is None else late[1], at=live.centre, planned_s=live.plan.comex.value, units=len(live.units()),
                               area=live.area)  # fmt: skip
        longest = live.plan.duration.high if live.plan.duration.drawn else None
        live.finex_due = self.now + OVERTIME * (longest or live.plan.duration.value)
        if live.plan.late.then == "shorten" and self.now - live.plan.comex.value > PUNCTUAL:
            live.finex_due = min(
                live.finex_due, max(live.plan.planned_finex, self.now + HALF * live.plan.duration.value)
            )
        stand_off = getattr(live.parameters, "stand_off", None)  # of drills in company
        if stand_off is not None:
            live.start(keep_clear(live, stand_off.value))
        drill_of = self._drills[live.number]
        units = list(self.board.units.values())
        live.start(watch_safety(live, drill_of, rules_of(live), units))
        drill = live.start(drill_of.conduct(live))
        early = yield from self._oversee(live, drill)
        yield from self._end(live, early)

    def _end(self, live: LiveSerial, early: Verdict | None) -> Process:
        """FINEX, and what came of the serial. early: why it ends before its drill is done."""
        yield from live.finish()
        self._lift(live)
        behind = live.last if early is None else early[1]
        live.last = live.write(FINEX, cause=behind, at=live.centre, share=live.share)
        result = "completed" if live.share >= WHOLE else "shortened" if live.share >= HALF else "stopped"
        if result == "completed":
            reason, cause = self._late(live) or ("", None)
        else:
            reason, cause = self._cut(live, early)
        for ship in live.ships():
            ship.log_fuel(live.number)
        self._learn(live, result)
        self._outcome(live, result, reason, cause)
        self._release(live)

    def _oversee(self, live: LiveSerial, drill: simpy.Process) -> Process:
        """Holds and resumes while the drill lasts; gives the reason and record of an early FINEX, or None."""
        patience, limits, daylight = live.plan.late.hold.value, live.plan.limits, self.exercise.daylight
        while drill.is_alive:
            troubles = self.exercise.weather.beyond(limits)
            for reason in ("sea", "fog", "wind"):
                if reason in live.holds and reason not in troubles:
                    live.resume(reason)
            for reason in troubles:
                live.hold(reason, self.exercise.weather.record)
            if limits.daylight == "required" and not daylight.is_day(self.now):
                return "daylight", daylight.record
            for reason, (record, since) in live.holds.items():
                if self.now >= since + patience:
                    return reason, record
            short = next(live.short(), None)
            if short is not None:
                return live.lost.get(short, ("casualty", live.last))
            if self.now >= live.finex_due:
                return "time", live.last
            times = [live.finex_due, *(since + patience for _, since in live.holds.values())]
            if limits.daylight == "required":
                times.append(daylight.dusk(self.now) + 2 * SHORTEST)
            env = self.exercise.env
            yield first_of(env, first_of(env, self.exercise.news.rung, when(env, min(times))), drill)
        return None

    # ----------------------------------------------------------------- what came of it

    def _late(self, live: LiveSerial) -> Verdict | None:
        """Why a serial started late: what it waited for longest. None when it was on time."""
        if live.comex is None or live.comex - live.plan.comex.value <= PUNCTUAL:
            return None
        if live.postponed is not None:
            return "postponed", live.postponed
        return live.blame(begun=False) or ("transit", live.last)

    def _cut(self, live: LiveSerial, early: Verdict | None) -> Verdict:
        """Why a serial did not achieve its purpose."""
        if early is not None and early[0] == "daylight":
            return "daylight", self._behind_dusk(live, early[1])
        if early is not None and early[0] != "time":
            return early
        if early is None and live.lost:  # done before its time without those who dropped out
            return max(live.lost.values(), key=lambda each: each[1])
        defect = self._defect(live) if early is None else None
        if defect is not None:  # likewise without one that could not go on, and that it does not do without
            return "casualty", defect
        return live.blame(begun=True) or self._late(live) or ("time", live.last)

    def _behind_dusk(self, live: LiveSerial, sun: int | None) -> int | None:
        """Why a serial was not done by sunset: its late start or its holds, whichever took longer; else the sun."""
        late, held = self._late(live), live.blame(begun=True)
        lost = fsum(wait.seconds for wait in live.waits if wait.begun)
        if late is not None and live.comex is not None and live.comex - live.plan.comex.value >= lost:
            return late[1]
        return sun if held is None or lost < NOTICED else held[1]

    def _defect(self, live: LiveSerial) -> int | None:
        """The latest defect of a unit that still takes part."""
        found = (live.defect(unit, role) for role, units in live.roles.items() for unit in units)
        return max((defect for defect in found if defect is not None), default=None)

    def _learn(self, live: LiveSerial, result: str) -> None:
        forces = list(dict.fromkeys(unit.force for unit in live.units() if unit.force is not None))
        if result in DONE:
            for force in forces:
                for other in forces:
                    if other != force:
                        self.exercise.commanders[force].learn(other, live.number, live.last)

    def _outcome(self, live: LiveSerial, result: str, reason: str, cause: int | None) -> None:
        live.result = result
        ran = live.comex is not None
        fallback = live.last if live.last is not None else self.exercise.started
        live.last = live.write(
            OUTCOME, cause=fallback if cause is None else cause, result=result, reason=reason,
            planned_s=live.plan.comex.value, comex_s=live.comex if ran else float("nan"),
            finex_s=self.now if ran else float("nan"), share=live.share if ran else 0.0,
        )  # fmt: skip
        live.over.succeed()
        self.exercise.news.ring()
