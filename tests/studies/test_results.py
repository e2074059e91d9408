"""What a study's folder tells: its table, its schema, its findings, exports and pictures."""

import csv
import io
import re
from dataclasses import dataclass

import pytest
from small_study import study

from sim import shelves
from sim.conclusions import best, lines
from sim.errors import FolderError
from sim.estimates import mean
from sim.runs import Run, play
from sim.studies.findings import content, findings, responses
from sim.studies.results import load
from sim.studies.sweep import sweep


def test_the_folder_tells_what_was_played(played, found):
    assert found.table.csv() == played[1]
    assert found.missing == 0
    assert found.experiment.experiment == "Signals"


def test_there_is_a_row_for_each_run(played):
    rows = list(csv.DictReader(io.StringIO(played[1])))
    assert [(row["point"], row["replication"]) for row in rows] == [
        (str(p), str(k)) for p in range(4) for k in range(6)
    ]
    assert {row["sea_state"] for row in rows[:12]} == {"1"}
    assert all(row["result.1"] == "completed" for row in rows)


def test_the_schema_says_what_each_column_is(found):
    said = {name: kind for name, kind, _ in found.table.schema()}
    assert said["sea_state"] == "number"
    assert said["delay"] == "text"
    assert said["lateness_min.1"] == "number"
    assert list(said) == found.table.header()


def test_parquet_holds_the_same(found, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    found.table.parquet(tmp_path / "runs.parquet")
    read = parquet.read_table(tmp_path / "runs.parquet")
    assert read.column_names == found.table.header()
    assert read.column("signals_in_time_share.1").to_pylist() == found.table.column("signals_in_time.1")


def test_main_effects_are_differences_of_the_means(found):
    finding = next(each for each in findings(found) if each.name == "signals_in_time_share.1")
    values = responses(found, finding.name)
    delay = next(each for each in finding.changes if each.factor == "delay")
    wanted = values[[1, 3]].mean() - values[[0, 2]].mean()
    assert delay.estimate.value == pytest.approx(wanted)
    assert delay.estimate.value < 0.0
    assert finding.at_points[0] == mean([float(each) for each in values[0]])


def test_the_text_tells_each_measure_and_factor(found):
    text = "\n".join(lines(found, 100))
    assert "Signals" in text
    assert "4 points, 6 replications each, 24 runs played" in text
    assert "signals_in_time_share.1: mean" in text
    assert "1 min to 8 min" in text
    assert content(found)["measures"]["signals_in_time_share.1"]["changes"][1]["factor"] == "delay"


def test_a_study_that_is_not_whole_is_told(tmp_path):
    sweep(study(replications=2), tmp_path)
    sweep(study(replications=2), tmp_path)
    found = load(tmp_path)
    assert found.missing == 0
    assert found.experiment.replications == 2


def test_what_is_no_study_is_refused(tmp_path):
    with pytest.raises(FolderError, match="holds no replications"):
        load(tmp_path)


@pytest.mark.parametrize("kind", shelves.names("figures"))
def test_pictures_show_what_was_found(found, kind):
    pictures = list(shelves.module("figures", kind).draw(found))
    if kind == "pairs":  # of ranges only
        assert pictures == []
        return
    assert len(pictures) == 1
    (_, picture), finding = pictures[0], findings(found)[0]
    said = {text.get_text() for axes in picture.axes for text in (axes.xaxis.label, axes.yaxis.label)}
    assert any(finding.name.replace("_", " ") in each for each in said)
    assert any("Signals" in text.get_text() for text in [picture._suptitle])


def test_the_points_of_a_picture_are_the_means(found):
    ((_, picture),) = shelves.module("figures", "main-effects").draw(found)
    finding = findings(found)[1]
    panel = picture.axes[len(found.experiment.factors) * 1 + 1]
    drawn = [float(each) for each in panel.lines[0].get_ydata()]
    values = responses(found, finding.name)
    assert drawn == pytest.approx([values[[0, 2]].mean(), values[[1, 3]].mean()])


def analytic(plan, seed, replication):
    """A run whose measure is a function of two of the plan's numbers: 2 x1 + x1 x2, of shares of their ranges."""
    first = (plan.environment.visibility.value / 1852.0 - 5.0) / 10.0
    second = (plan.command.order_delay.across.value - 60.0) / 420.0
    return Known(plan, seed, replication, play(plan, seed, replication).log, 2.0 * first + first * second)


@dataclass(frozen=True)
class Known(Run):
    answer: float = 0.0

    def measures(self, *names):
        return {"serials_completed": self.answer}


BY_VARIANCE = """\
experiment: Known
scenario: communications
design: {design}
points: {points}
replications: 1
factors:
  sight: {{path: environment.visibility, low: 5 nmi, high: 15 nmi}}
  delay: {{path: command.order_delay.across, low: 60 s, high: 480 s}}
measures: [serials_completed]
"""


def test_saltelli_tells_shares_of_the_variance(tmp_path):
    """Of 2 x + x y with both uniform on 0 to 1, by hand: V1 = (2.5)^2 / 12, V2 = (1/2)^2 / 12, V12 = 1/144."""
    sweep(study(BY_VARIANCE.format(design="saltelli", points=256)), tmp_path, play=analytic)
    sight, delay = findings(load(tmp_path))[0].variance
    whole = 6.25 / 12 + 0.25 / 12 + 1 / 144
    assert sight.told[0].value == pytest.approx(6.25 / 12 / whole, abs=0.03)
    assert delay.told[0].value == pytest.approx(0.25 / 12 / whole, abs=0.03)
    assert delay.told[1].value == pytest.approx((0.25 / 12 + 1 / 144) / whole, abs=0.03)
    assert "alone" in "\n".join(lines(load(tmp_path), 100))


def test_morris_tells_sizes_of_steps(tmp_path):
    """A step through the whole of x moves 2 x + x y by 2 + y: 2 to 3; of y by x: 0 to 1."""
    sweep(study(BY_VARIANCE.format(design="morris", points=60)), tmp_path, play=analytic)
    sight, delay = findings(load(tmp_path))[0].variance
    assert 2.2 < sight.told[0].value < 2.8
    assert 0.2 < delay.told[0].value < 0.8


def test_the_best_point_is_told_with_how_surely(found):
    text = "\n".join(best(found, "signals_in_time.1", 0.2, True).lines(100))
    assert "signals_in_time_share.1, largest first" in text
    ranks = [line.split(":")[0] for line in text.splitlines() if re.match(r"\d: ", line)]
    assert set(ranks[:2]) == {"0", "2"}  # the short delays
    with pytest.raises(KeyError):
        best(found, "nothing", 0.2, True)
