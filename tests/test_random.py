"""The same seed gives the same run: nothing in the core draws, counts or orders by anything but the streams.

What is looked for, by reading the source: the global generators, Mesa's own, wall clocks, `id` and `hash`, loops
over sets, and the functions of NumPy whose last bit depends on the machine's vector instructions.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "sim"
SHOWN = ("plots", "progress.py")  # after the run, or beside it
CORE = [path for path in sorted(HOUSE.rglob("*.py")) if path.relative_to(HOUSE).parts[0] not in SHOWN]
CLOCKS = {
    "time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.process_time", "datetime.now",
    "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "uuid.uuid4", "os.urandom", "os.getpid",
}  # fmt: skip
ADDRESSES = {"id", "hash"}
INEXACT = {"exp", "expm1", "exp2", "log", "log1p", "log2", "log10", "power", "float_power", "tan", "sin", "cos", "tanh",
           "sinh", "cosh", "arcsin", "arccos", "arctan", "arctan2", "dot", "matmul", "einsum", "vdot", "inner"}  # fmt: skip
STREAMS = {"Generator", "PCG64", "SeedSequence"}  # classes, not the global generator


def dotted(node):
    """`np.random.normal` of an attribute or a name; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    head = dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{head}.{node.attr}" if head else ""


def sets(tree):
    """Names bound to a set in this file, and a test for expressions that are one."""
    bound = set()

    def is_set(node):
        if isinstance(node, ast.Set | ast.SetComp):
            return True
        if isinstance(node, ast.Call):
            return dotted(node.func) in ("set", "frozenset") or (
                isinstance(node.func, ast.Attribute)
                and node.func.attr in ("union", "intersection", "difference", "symmetric_difference")
                and is_set(node.func.value)
            )
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
            return is_set(node.left) or is_set(node.right)
        return dotted(node) in bound if isinstance(node, ast.Name | ast.Attribute) else False

    for _ in range(2):  # a set may be made of another
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and is_set(node.value):
                bound |= {dotted(each) for each in node.targets}
            elif isinstance(node, ast.AnnAssign) and (
                (node.value is not None and is_set(node.value))
                or dotted(getattr(node.annotation, "value", node.annotation)) in ("set", "frozenset")
            ):
                bound.add(dotted(node.target))
            elif (
                isinstance(node, ast.arg)
                and node.annotation is not None
                and (dotted(getattr(node.annotation, "value", node.annotation)) in ("set", "frozenset"))
            ):
                bound.add(node.arg)
    return is_set


def found(text):
    """(line, what) for everything that must not be in the core."""
    tree = ast.parse(text)
    is_set = sets(tree)
    numpy = {"np", "numpy"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (
                (node.lineno, f"import {each.name}")
                for each in node.names
                if each.name in ("random", "secrets")
            )
        elif isinstance(node, ast.ImportFrom):
            if node.module in ("random", "secrets", "time"):
                yield node.lineno, f"from {node.module} import"
            elif node.module == "numpy.random":
                yield from (
                    (node.lineno, f"numpy.random.{each.name}")
                    for each in node.names
                    if each.name not in STREAMS
                )
            elif node.module == "numpy":
                yield from (
                    (node.lineno, f"numpy.{each.name}") for each in node.names if each.name in INEXACT
                )
        elif isinstance(node, ast.Attribute):
            name = dotted(node)
            if name in CLOCKS:
                yield node.lineno, name
            elif (
                name.split(".")[0] in numpy
                and name.split(".")[1:2] == ["random"]
                and len(name.split(".")) == 3
            ):
                if node.attr not in STREAMS:
                    yield node.lineno, name
            elif name.split(".")[0] in numpy and node.attr in INEXACT:
                yield node.lineno, name
            elif node.attr in ("random", "rng") and name.split(".")[-2:-1] and name.split(".")[-2] in (
                "model", "exercise", "self", "agent", "unit"):  # fmt: skip
                yield node.lineno, f"{name}: Mesa's generator"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield node.lineno, "@: a matrix product"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ADDRESSES:
            yield node.lineno, f"{node.func.id}()"
        elif isinstance(node, ast.Call) and dotted(node.func) in (
            "list",
            "tuple",
            "next",
            "enumerate",
            "iter",
            "zip",
        ):
            yield from ((node.lineno, "the order of a set") for each in node.args if is_set(_inner(each)))
        elif isinstance(node, ast.For) and is_set(node.iter):
            yield node.lineno, "a loop over a set"
        elif isinstance(node, ast.ListComp | ast.GeneratorExp | ast.DictComp):
            yield from ((node.lineno, "a loop over a set") for each in node.generators if is_set(each.iter))
        elif isinstance(node, ast.Starred) and is_set(node.value):
            yield node.lineno, "the order of a set"


def _inner(node):
    """What `iter(...)` goes over."""
    return node.args[0] if isinstance(node, ast.Call) and dotted(node.func) == "iter" and node.args else node


@pytest.mark.parametrize("path", CORE, ids=[str(path.relative_to(HOUSE)) for path in CORE])
def test_nothing_depends_on_chance_but_the_streams(path):
    wrong = [f"{path.relative_to(ROOT)}:{line}: {what}" for line, what in found(path.read_text("utf-8"))]

    assert [] == wrong


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("import random", "import random"),
        ("from random import gauss", "from random import"),
        ("import numpy as np\nnp.random.seed(1)", "np.random.seed"),
        ("import numpy as np\nnp.random.default_rng(1)", "np.random.default_rng"),
        ("from numpy.random import normal", "numpy.random.normal"),
        ("x = self.model.random.choice(y)", "self.model.random: Mesa's generator"),
        ("x = self.random.random()", "self.random: Mesa's generator"),
        ("import time\nx = time.time()", "time.time"),
        ("from datetime import datetime\nx = datetime.now()", "datetime.now"),
        ("x = id(y)", "id()"),
        ("x = sorted(y, key=lambda z: hash(z))", "hash()"),
        ("import numpy as np\nx = np.exp(y)", "np.exp"),
        ("x = a @ b", "@: a matrix product"),
        ("for x in {1, 2}: pass", "a loop over a set"),
        ("for x in set(y): pass", "a loop over a set"),
        ("x = set(y)\nfor z in x: pass", "a loop over a set"),
        ("x: set[str] = f()\ny = [z for z in x]", "a loop over a set"),
        ("x = set(y) | z\ny = {a: 1 for a in x}", "a loop over a set"),
        ("def f(x: set[str]):\n  return list(x)", "the order of a set"),
        ("x = next(iter({1, 2}))", "the order of a set"),
        ("x = [*set(y)]", "the order of a set"),
    ],
)
def test_each_is_found(text, what):
    assert what in [each for _, each in found(text)]


@pytest.mark.parametrize(
    "text",
    ["x = sorted(set(y))", "x = 1 in {1, 2}", "x = len(set(y))", "rng.random()", "from numpy.random import Generator",
     "import math\nx = math.exp(1.0)", "x = {z for z in {1, 2}}"],
)  # fmt: skip
def test_what_is_harmless_is_left_alone(text):
    assert [] == list(found(text))


PLAY = "import sim; print(sim.run('gunnery_day', seed=5).fingerprint)"


MACHINES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "UNRELATED": "x" * 99},
)


def test_one_fingerprint_on_every_machine():
    """Strings hash anew in each process, so an order that hangs on it would show; zone and locale reach no record."""
    prints = set()
    for machine in MACHINES:
        done = subprocess.run([sys.executable, "-c", PLAY], cwd=ROOT, check=True, capture_output=True, text=True,
                              env=os.environ | machine | {"PYTHONPATH": str(ROOT)})  # fmt: skip
        prints.add(done.stdout)

    assert 1 == len(prints)
