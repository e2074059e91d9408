"""The versions of the format of scenario files: which one is read, and the steps from each older one to the next."""

from __future__ import annotations

from sim.errors import ScenarioError, described
from sim.scenario.schema import FORMAT
from sim.scenario.tree import Tree


def check(tree: Tree) -> None:
    """Refuses a file of another format, or of none. Raises ScenarioError."""
    given = tree.data.get("navdrill")
    if given == str(FORMAT):
        return
    came = "is missing" if "navdrill" not in tree.data else f"is {described(given)}"
    sentence = f"the format version {came}; this navdrill reads 'navdrill: {FORMAT}'"
    raise ScenarioError([tree.fault(("navdrill",), sentence)])
