"""Commands about what is written: facts. Those of the scenario's numbers are answered from its file alone."""

from __future__ import annotations

import click

from sim.answers import say, say_json
from sim.options import own_kinds, settings


@click.command()
@own_kinds
@settings
@click.argument("scenario")
@click.option("--all", "everything", is_flag=True, help="List the numbers of the data sheets as well.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def facts(scenario: str, settings: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Shows where each number of SCENARIO comes from: a fact, or an assumption with its range."""
    from sim.scenario.overrides import read_with

    plan = read_with(scenario, settings)
    from sim.provenance import provenance

    found = provenance(plan, scenario)
    if as_json:
        say_json(found.content())
        return
    from sim.listing import width

    say(found.lines(width(), everything))


PAPERS = (facts,)
