"""What a study's folder tells: its table, its schema, its findings, exports and pictures."""

import csv
import io

import pytest
from small_study import study

from sim import shelves
from sim.conclusions import lines
from sim.errors import FolderError
from sim.estimates import mean
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
