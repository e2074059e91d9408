"""Every command prints its result as the JSON object that sim/shapes.py declares, and nothing else; faults too."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim import cli, shapes
from sim.options import asks_json

ROOT = Path(__file__).parent.parent
SMALL = "gunnery_day"
WITHOUT = {}  # commands that need no --json, each with its reason
STUDY = """\
experiment: Signals
scenario: communications
design: full-factorial
replications: 2
seed: 3
factors:
  delay: {path: command.order_delay.across, levels: [1 min, 8 min]}
measures: [serials_completed, lateness.1]
"""


def tree(shape):
    """Declared keys as a tree: a name, `{}` for any, `[]` for a list; (needed, below)."""
    root = {}
    for path in shape:
        at, is_needed = root, not path.startswith("?")
        for part in re.findall(r"\{[^}]+\}|\[\]|[^.\[\]{}]+", path.removeprefix("?")):
            key = "{}" if part.startswith("{") else part
            at = at.setdefault(key, {"?": is_needed, "below": {}})["below"]
    return root


def faults(content, declared, path=""):
    """What of a JSON value is otherwise than declared."""
    if not declared:
        return
    if "[]" in declared:
        if not isinstance(content, list):
            yield f"{path} is no list"
            return
        for each in content:
            yield from faults(each, declared["[]"]["below"], f"{path}[]")
        return
    if not isinstance(content, dict):
        yield f"{path} is no object"
        return
    for key, each in content.items():
        known = declared.get(key) or declared.get("{}")
        if known is None:
            if "*" not in declared:
                yield f"{path}.{key} is not declared"
            continue
        yield from faults(each, known["below"], f"{path}.{key}")
    yield from (f"{path}.{key} is missing" for key, known in declared.items()
                if known["?"] and key not in content and key not in ("{}", "*"))  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A run, replications and a study to ask about."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "study.yaml").write_text(STUDY)
    runner = CliRunner()
    for words in (
        ("run", SMALL, "--seed", "3", "--no-pictures", "--out", folder / "run"),
        ("run", SMALL, "--seed", "3", "-n", "2", "--workers", "1", "--out", folder / "many"),
        ("run", SMALL, "--seed", "3", "-n", "2", "--workers", "1", "--set", "environment.sea_state=1", "--out", folder / "others"),
        ("sweep", folder / "study.yaml", "--executor", "serial", "--no-pictures", "--out", folder / "study"),
    ):  # fmt: skip
        done = runner.invoke(cli.cli, list(map(str, words)))
        assert 0 == done.exit_code, done.output
    return folder


ASKED = {
    "run": "run gunnery_day --no-pictures --audit-step 60s --out {0}/new-run",
    "run -n": "run gunnery_day -n 2 --seed 3 --workers 1 --out {0}/many",
    "check": "check --plan gunnery_day",
    "show": "show",
    "show SHELF": "show drills",
    "show SHELF NAME": "show drills surface-gunnery",
    "plot": "plot {0}/run timeline --out {0}/pictures",
    "why": "why {0}/run 1",
    "report": "report {0}/run",
    "animate": "animate {0}/run --serial 1 --fps 1 --speed 30min --size 400x400",
    "facts": "facts gunnery_day --html --out {0}/facts.html",
    "new": "new {0}/mine.yaml",
    "migrate": "migrate {0}/run/../old.yaml",
    "sweep": "sweep {0}/study.yaml --executor serial --no-pictures --out {0}/study",
    "sweep --plan-only": "sweep {0}/study.yaml --plan-only",
    "results": "results {0}/study --csv {0}/table.csv",
    "results --best": "results {0}/study --best serials_completed",
    "compare": "compare {0}/many {0}/others",
    "sensitivity": "sensitivity communications --points 16 --measure lateness.1 --executor serial --out {0}/ranked",
    "route": "route '35-54N 120-24E' '40-00N 134-00E' --speed 14kn",
    "verify": "verify --quick --only KIN-01",
}


def test_every_command_has_it_and_a_shape():
    """A new command without --json, or without its shape, fails here."""
    for name, command in cli.cli.commands.items():
        if name in WITHOUT:
            continue
        assert "as_json" in {each.name for each in command.params}, f"{name} offers no --json"
        assert name in shapes.SHAPES, f"{name} has no shape in sim/shapes.py"
    assert set(shapes.SHAPES) == set(ASKED)
    assert {each.split()[0] for each in ASKED} == set(cli.cli.commands) - set(WITHOUT)


def test_the_comparison_finds_what_differs():
    declared = tree({"a.b": "", "?c": "", "d[].e": "", "f.{any}.g": ""})
    good = {"a": {"b": 1}, "d": [{"e": 2}], "f": {"x": {"g": 3}}}
    assert [] == list(faults(good, declared))
    assert [".a.b is missing"] == list(faults(good | {"a": {}}, declared))
    assert [".h is not declared"] == list(faults(good | {"h": 1}, declared))
    assert [".d[].e is missing"] == list(faults(good | {"d": [{}]}, declared))
    assert [".f.x.g is missing"] == list(faults(good | {"f": {"x": {}}}, declared))
    assert [".d is no list"] == list(faults(good | {"d": {}}, declared))


@pytest.mark.parametrize("form", ASKED)
def test_it_prints_what_is_declared_and_nothing_else(invoke, places, form):
    import shlex

    if form == "migrate":
        (places / "old.yaml").write_text((ROOT / "scenarios" / f"{SMALL}.yaml").read_text("utf-8"), "utf-8")
    code, out, err = invoke(*shlex.split(ASKED[form].format(places)), "--json")
    found = json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert (0, "") == (code, err)
    assert isinstance(found, dict)
    assert [] == list(faults(found, tree(shapes.SHAPES[form])))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("run gunnery_dy", "Did you mean"),
        ("run", "Missing argument"),
        ("chek", "Did you mean 'check'?"),
        ("run gunnery_day --seed -1", "not in the range"),
        ("show drills surface-gunery", "Did you mean 'surface-gunnery'?"),
        ("plot {0}/nothing", "is not a run folder"),
        ("why {0}/run 77", "no serial or unit called '77'"),
        ("animate {0}/run --serial 77", "no serial called '77'"),
        ("animate {0}/run --out {0}/film.avi", "ends in .gif or .mp4"),
        ("animate {0}/run --size big", "write it like 960x720"),
        ("results {0}/study --best nothing", "no measure called 'nothing'"),
        ("results {0}/study --csv -", "both print"),
        ("compare {0}/study {0}/many", "say which"),
        ("facts gunnery_day --html", "give --out for the page"),
        ("verify --only KIN-99", "no case or chapter"),
        ("route 35N 40-00N", "FROM: "),
        ("new {0}/run/run.json", "is there already"),
    ],
)
def test_a_refusal_is_an_object_of_faults(invoke, places, words, said):
    code, out, err = invoke(*words.format(places).split(), "--json")
    found = json.loads(out)
    assert (2, "") == (code, err)
    assert [] == list(faults(found, tree(shapes.FAULTS)))
    assert said in found["faults"][0]["message"]


def test_faults_of_a_file_keep_their_place(invoke, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        (ROOT / "scenarios" / f"{SMALL}.yaml")
        .read_text("utf-8")
        .replace("surface-gunnery", "surface-gunery", 1),
        "utf-8",
    )
    code, out, err = invoke("run", bad, "--json")
    (first, *_) = json.loads(out)["faults"]
    assert (2, "") == (code, err)
    assert bad.as_posix() == first["file"]
    assert first["line"] > 1


def test_json_is_asked_for_by_its_own_word_only():
    assert asks_json(["run", "x", "--json"])
    assert not asks_json(["run", "--", "--json"])


def test_letters_an_encoding_lacks_are_escaped(invoke, monkeypatch, places):
    monkeypatch.setattr("sim.terminal.is_ascii", lambda *_: True)
    _, out, _ = invoke("show", "drills", "surface-gunnery", "--json")
    assert out.isascii()
    assert "≤" in json.dumps(json.loads(out), ensure_ascii=False)


def test_the_page_tells_the_shapes():
    assert shapes.page() == (ROOT / "docs" / "json.md").read_text("utf-8"), (
        "renew it: python -c \"import sim.shapes as s; s.write('docs/json.md')\""
    )
