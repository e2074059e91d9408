"""No line of any command is wider than a terminal of 80 columns, asked about the whole exercise."""

import re
import shlex
import sys

import pytest
from click.testing import CliRunner

from sim import cli
from sim.listing import cells

MAIN = "northern_interaction_2023"
PLACED = r"\S+:\d+:\d+: "  # a finding with its place stands on one line, so that editors can jump to it
STUDY = """\
experiment: How many signals get through while the sea and the delay of orders change
scenario: communications
design: full-factorial
replications: 2
seed: 3
factors:
  delay: {path: command.order_delay.across, levels: [1 min, 8 min]}
measures: [serials_completed, lateness.1]
"""
ASKED = (
    f"check {MAIN} --plan", "show", "show drills", "show measures", "show drills surface-gunnery", "show platforms type-054a",
    f"run {MAIN} --seed 7 --no-pictures --out run --audit-step 60s", f"run {MAIN} --seed 7 -n 2 --workers 1 --out many", "plot run timeline",
    "why run 15", "why run Qiqihar", "why run '21 Jul 16:05'", "report run", "animate run --serial 4 --fps 1 --speed 30min --size 400x400",
    f"facts {MAIN}", "new mine.yaml", "migrate mine.yaml", "sweep study.yaml --executor serial --no-pictures --out study",
    "sweep study.yaml --plan-only", "results study", "results study --best serials_completed", "compare many others", "compare many others --all",
    "sensitivity communications --points 16 --measure lateness.1 --executor serial --out ranked", "route '35-54N 120-24E' '40-00N 134-00E' --speed 14kn",
    "verify --quick --only KIN-01",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where all is asked, one after the other: later commands read what earlier ones wrote."""
    made = tmp_path_factory.mktemp("columns")
    (made / "study.yaml").write_text(STUDY)
    return made


def test_every_command_is_asked():
    assert {each.split()[0] for each in ASKED} == set(cli.cli.commands)


def test_no_line_is_wider_than_the_terminal(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    others = CliRunner().invoke(
        cli.cli, f"run {MAIN} --seed 7 -n 2 --workers 1 --set environment.sea_state=5 --out others".split()
    )
    assert 0 == others.exit_code, others.output
    capsys.readouterr()
    wide, codes = [], []
    for asked in ASKED:
        monkeypatch.setattr(sys, "argv", ["navdrill", *shlex.split(asked)])
        try:
            cli.main()
        except SystemExit as left:
            codes.append((asked, left.code))
        out, _ = capsys.readouterr()
        assert out
        wide += [
            (asked, line) for line in out.splitlines() if cells(line) > 80 and not re.match(PLACED, line)
        ]
    assert [] == wide
    assert [] == [
        each for each in codes if each[1] not in (0, 1)
    ]  # 1: a plan on paper that cannot go as planned
