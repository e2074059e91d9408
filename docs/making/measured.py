"""Measured pages: what runs of many seeds showed, made by scripts in experiments/ that name a page of docs/ in their first lines.

Each script that is run from here leaves in `docs/measured.json` what its page hangs on: its own text, the scenarios' fingerprints and the
studies. So a page is known to be stale without playing anything.
"""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STAMPS = ROOT / "docs" / "measured.json"
WORDS = {"four_days": ["--page", "docs/results.md"]}  # what a script is told besides
VERIFY = "verification"
FINGERPRINTS = ROOT / "tests" / "fingerprints.yaml"


def scripts() -> dict[str, list[str]]:
    """Each by its name, as the command that makes its page."""
    found = {}
    for path in sorted((ROOT / "experiments").glob("*.py")):
        if "docs/" in (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""):
            found[path.stem] = [f"experiments/{path.name}", *WORDS.get(path.stem, [])]
    return found | {VERIFY: ["-m", "sim", "verify", "--out", "docs"]}


def make(names: list[str]) -> None:
    """Runs scripts, and remembers what their pages hang on. Raises CalledProcessError when one breaks."""
    for name in names:
        print(" ".join(["python", *scripts()[name]]), file=sys.stderr)
        subprocess.run([sys.executable, *scripts()[name]], cwd=ROOT, check=True)
        stamps = _stamps() | {name: stamp(name)}
        STAMPS.write_text(json.dumps(dict(sorted(stamps.items())), indent=1) + "\n", "utf-8")


def stale() -> list[str]:
    """A line for each measured page that was made before something it hangs on has changed."""
    stamps = _stamps()
    return [
        f"{name}: python docs/build.py --only {name}" for name in scripts() if stamps.get(name) != stamp(name)
    ]


def stamp(name: str) -> str:
    """What a page hangs on, as a digest."""
    files = [FINGERPRINTS, *sorted((ROOT / "experiments").glob("*.yaml"))]
    files += sorted((ROOT / "sim" / "cases").rglob("*.*")) if name == VERIFY else [ROOT / scripts()[name][0]]
    files += sorted((ROOT / "experiments").glob("*/**/*.py"))  # what scripts share
    found = hashlib.sha256()
    for path in files:
        if "__pycache__" not in path.parts:
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _stamps() -> dict[str, str]:
    return dict(json.loads(STAMPS.read_text("utf-8"))) if STAMPS.is_file() else {}
