"""Modules that are loaded when first used."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def python(code):
    """What a process of its own prints."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
    return done.stdout.split()


def test_a_run_is_the_same_and_loads_none_of_them():
    code = (
        "import sys\nfrom sim import later\nlater.put_off()\nimport sim.runs\nfrom sim.scenario.read import read\n"
        "print(sim.runs.play(read('gunnery_day'), 3).fingerprint)\n"
        "print(*(name for name in later.SPARED if not isinstance(sys.modules[name], later.Later)))\n"
    )
    plain = "import sim\nprint(sim.run('gunnery_day', 3).fingerprint)\n"

    assert python(plain) == python(code)


def test_they_come_when_asked_for():
    code = (
        "from sim import later\nlater.put_off()\nimport mesa, networkx, sys\n"
        "print(mesa.space.MultiGrid.__name__, networkx.Graph().order(), mesa.DataCollector.__name__)\n"
        "from mesa.discrete_space import Cell\nimport pandas as pd, pandas.api.types\nprint(Cell.__name__, pd.Series([3]).sum())\n"
        "print(isinstance(sys.modules['networkx'], later.Later))"
    )

    assert ["MultiGrid", "0", "DataCollector", "Cell", "3", "False"] == python(code)


def test_they_tell_their_version():
    """As asked by pyarrow of pandas."""
    code = "from sim import later\nlater.put_off()\nimport pandas\nprint(pandas.__version__[0].isdigit())"

    assert ["True"] == python(code)


def test_what_is_loaded_stays():
    assert ["True"] == python(
        "import json\nfrom sim import later\nlater.put_off('json')\nprint(json.loads('true'))"
    )
