"""What `import sim` offers for many runs is what the modules behind it give."""

import sim
from sim.replications import replicate

STUDY = """\
experiment: Two seas
scenario: communications
factors: {sea: {path: environment.sea_state, levels: [1, 3]}}
replications: 9
measures: [serials_completed]
"""


def test_replicate_takes_a_name_or_a_plan():
    plan = sim.load("communications")
    wanted = [row.fingerprint for row in replicate(plan, 3, 2)]

    assert wanted == [row.fingerprint for row in sim.replicate("communications", seed=3, count=2)]
    assert wanted == [row.fingerprint for row in sim.replicate(plan, 3, 2, measures=["serials_completed"])]


def test_sweep_plays_a_file(tmp_path):
    """As often as asked, and gives the table it wrote."""
    (tmp_path / "seas.yaml").write_text(STUDY)
    table = sim.sweep(tmp_path / "seas.yaml", tmp_path / "out", replications=2)

    assert 4 == len(table.rows)
    assert [1.0, 1.0] == table.at(1, "serials_completed")
    assert (tmp_path / "out" / "runs.csv").read_text("utf-8") == table.csv()
