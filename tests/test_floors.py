"""The house: who may import whom. FLOORS below is the one place that says it; docs/architecture.md shows it.

A module imports only from a lower floor, or from further left on its own; imports for typing and inside functions
count too. What stands in a folder may use the rest of its folder, without circles. Nothing is told of what a
shelf finds by name at run time: that is how a lower floor reaches kinds it must not know.
"""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "sim"
PAGE = ROOT / "docs" / "architecture.md"
PROGRAMME = 5  # the floor up to which records are made
LONGEST = 350  # lines; past it, look for the second noun

FLOORS = (
    (
        9,
        "entry",
        "__init__ pictures shapes answers options refusals paperwork run_commands study_commands cli __main__",
        "click rich matplotlib",
    ),
    (
        8,
        "output",
        "terminal sparks progress symbols affiliation plots/ bands/ figures/ listing parameters starter wording accounts feasibility/ scoreboard summary catalogue provenance passage verification report/ animation/ reported facts_page conclusions",
        "PIL matplotlib numpy rich",
    ),
    (7, "studies", "studies/", "numpy pydantic pyarrow"),
    (
        6,
        "results",
        "designs/ runs measures/ records tables store worker crews replications executors archive estimates shown comparison effects metamodel indices selection stopping sequential cases/",
        "distributed mpi4py pyarrow numpy pydantic_core scipy",
    ),
    (
        5,
        "programme",
        "waters line_of_fire passing serial drills/ board range_guard stand_off safety assembly preparation conductor exercise",
        "mesa simpy numpy",
    ),
    (4, "exercise", "weather traffic audit contacts referee command encounter vigil", "mesa simpy numpy"),
    (3, "components", "clock setting motion sensors/ weapons/ units/", "mesa simpy numpy"),
    (2, "scenario", "scenario/", "pydantic pydantic_core ruamel numpy"),
    (
        1,
        "foundations",
        "outside shelves streams variates voyages fishing chain renewal fuel rows log tracks slabs compiled kernels crossings areas looks watch names outcomes water/",
        "numba numpy shapely",
    ),
    (
        0,
        "basics",
        "errors packages later quantities geometry geodesy daylight coast ways stations patterns pursuit reach passages confirmation detection search danger critical_path relief scramble time_on_target",
        "numpy",
    ),
)  # highest first: floor, what it holds, modules from left to right, packages it may import


def floors_table():
    """The table of floors as docs/architecture.md has it."""
    rows = [
        f"| {floor} {name} | {_ticked(modules)} | {_ticked(reach)} |"
        for floor, name, modules, reach in FLOORS
    ]
    return "\n".join(["| floor | modules, from left to right | may import, beside the standard library |",
                      "|---|---|---|", *rows])  # fmt: skip


def _ticked(words):
    return " ".join(f"`{word}`" for word in words.split())


PLACES = {module: (floor, at) for floor, _, modules, _ in FLOORS for at, module in enumerate(modules.split())}
REACH = {floor: set(reach.split()) for floor, _, _, reach in FLOORS}


@cache
def files():
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room(name):
    """The entry of the table a module belongs to: itself, or its folder."""
    parts = name.split(".")[1:]
    if not parts:
        return "__init__"
    return f"{parts[0]}/" if (HOUSE / parts[0]).is_dir() else parts[0]


@cache
def imports(name):
    """(line, module) for each import of a module, wherever in the file it stands."""
    found = []
    for node in ast.walk(ast.parse(files()[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, each.name) for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}:{node.lineno}: imports are written in full"
            found += [(node.lineno, f"{node.module}.{each.name}" if f"{node.module}.{each.name}" in files()
                       else node.module or "") for each in node.names]  # fmt: skip
    return tuple(dict.fromkeys(found))


def own(name):
    return [(line, each) for line, each in imports(name) if each.split(".")[0] == "sim"]


def test_every_module_has_its_floor():
    rooms = {room(name) for name in files()}

    assert [] == sorted(rooms - set(PLACES)), "not in FLOORS"
    assert [] == sorted(set(PLACES) - rooms), "in FLOORS, but there is no such module"


@pytest.mark.parametrize("name", sorted(files()))
def test_imports_go_down_or_left(name):
    here = room(name)
    wrong = [f"{files()[name].relative_to(ROOT)}:{line}: {here} may not import {each}" for line, each in own(name)
             if room(each) != here and not _below(room(each), here)]  # fmt: skip

    assert [] == wrong


def _below(there, here):
    (floor, at), (own_floor, own_at) = PLACES[there], PLACES[here]
    return floor < own_floor or (floor == own_floor and at < own_at)


@pytest.mark.parametrize("name", sorted(files()))
def test_packages_stay_within_reach(name):
    reach = REACH[PLACES[room(name)][0]]
    wrong = [f"{files()[name].relative_to(ROOT)}:{line}: {each}" for line, each in imports(name)
             if each.split(".")[0] not in {"sim"} | reach | sys.stdlib_module_names]  # fmt: skip

    assert [] == wrong


def test_no_circles():
    """Also none inside a folder, nor by way of imports for typing."""
    after = {name: [each for _, each in own(name)] for name in files()}
    done = set()

    def walk(name, way):
        assert name not in way, " -> ".join([*way[way.index(name) :], name])
        if name not in done:
            for each in after[name]:
                walk(each, [*way, name])
            done.add(name)

    for name in files():
        walk(name, [])


def test_modules_are_short():
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files().values()
    }

    assert {} == {path: count for path, count in lines.items() if count > LONGEST}


def test_the_page_shows_the_table():
    assert floors_table() in PAGE.read_text("utf-8"), "docs/architecture.md: put there\n\n" + floors_table()


if __name__ == "__main__":
    print(floors_table())
