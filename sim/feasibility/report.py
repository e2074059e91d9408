"""The plan on paper as lines and as JSON: each serial with its slack, then what is found wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.feasibility.endurance import flights, fuel
from sim.feasibility.finding import Finding
from sim.feasibility.network import Slack, patience, slacks
from sim.feasibility.paper import Paper
from sim.feasibility.sky import daylight, weather
from sim.feasibility.slots import areas, order, resources, roles, ways
from sim.listing import table
from sim.quantities import spoken
from sim.scenario.schema import Scenario
from sim.scenario.tree import Tree
from sim.wording import clock

CHECKS = (order, roles, areas, resources, ways, daylight, weather, fuel, flights, patience)


def examine(plan: Scenario, tree: Tree) -> Report:
    """Works a plan on paper. tree: the file it was read from, for the places."""
    paper = Paper(plan, tree)
    found = [finding for check in CHECKS for finding in check(paper)]
    return Report(plan, slacks(paper), sorted(found, key=lambda each: each.place))


class Report:
    """A plan on paper: slack by serial, and what is found, in the order of the file."""

    def __init__(self, plan: Scenario, serials: list[Slack], findings: list[Finding]) -> None:
        self.plan, self.serials, self.findings = plan, serials, findings

    def lines(self, columns: int) -> Iterator[str]:
        """For a terminal."""
        headings = ("No", "COMEX", "FINEX", "slack", "before", "float", "Serial")
        rows = [(each.booking.number, clock(self.plan, each.begins), clock(self.plan, each.ends, day=False),
                 _said(each.slack), each.then or "ENDEX", _said(each.total), each.booking.serial.title)
                for each in self.serials]  # fmt: skip
        yield f"{self.plan.exercise} on paper, at mean durations:"
        yield ""
        yield from table(headings, rows, columns, ("No", "slack", "before", "float"))
        yield ""
        yield from (str(each) for each in self.findings)
        count = len(self.findings)
        yield (
            f"{count} finding{'' if count == 1 else 's'}"
            if count
            else "nothing stands in the way of this plan"
        )

    def content(self) -> dict[str, Any]:
        """As JSON has it; times in seconds since the exercise begins."""
        serials = [{"serial": each.booking.number, "begins_s": each.begins, "ends_s": each.ends, "slack_s": each.slack,
                    "before": each.then, "float_s": each.total} for each in self.serials]  # fmt: skip
        return {"serials": serials, "findings": [each.content() for each in self.findings]}


def _said(slack: float) -> str:
    return spoken(slack) if slack >= 30.0 else "none"
