"""docs/new_drill.md shows a complete drill: it must work as it stands there, as one file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import sim
import sim.drills
from sim import shelves

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "new_drill.md").read_text("utf-8")


def _block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.S)
    assert found is not None
    return found[1]


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """The shelf of drills with the page's file on it."""
    (tmp_path / "towing.py").write_text(_block("python"), "utf-8")
    monkeypatch.setattr(sim.drills, "__path__", [*sim.drills.__path__, str(tmp_path)])
    shelves.names.cache_clear()
    yield
    shelves.names.cache_clear()
    sys.modules.pop("sim.drills.towing", None)


@pytest.mark.usefixtures("shelf")
def test_page_drill_is_found_checked_and_played(tmp_path):
    """The drill of the page is on the shelf, its serial is read, carried out, and leaves its record."""
    text = (ROOT / "scenarios" / "gunnery_day.yaml").read_text("utf-8")
    text = re.sub(r"season: .*", "{sea_state: 3, visibility: 10 nmi, wind: 5 m/s}", text).replace(
        "  facts: [wind-mean", "  # [wind-mean"
    )
    text = (
        text.replace("environment:\n  {", "environment: {").split("serials:\n")[0]
        + "serials:\n"
        + _block("yaml")
    )
    (tmp_path / "mine.yaml").write_text(text.replace("../seeds/", f"{ROOT.as_posix()}/seeds/"), "utf-8")

    run = sim.run(tmp_path / "mine.yaml", seed=1)

    assert "towing" in shelves.names("drills")
    assert "completed" == run.outcomes["4"].details["result"]
    assert 1 == len(list(run.log.of("towed")))


@pytest.mark.usefixtures("shelf")
def test_page_drill_refuses_bad_parameters(tmp_path):
    """A typo in a parameter of the page's drill is told with the near match, like any other's."""
    text = (ROOT / "scenarios" / "gunnery_day.yaml").read_text("utf-8")
    text = text.split("serials:\n")[0] + "serials:\n" + _block("yaml").replace("speed: 4 kn", "sped: 4 kn")
    (tmp_path / "mine.yaml").write_text(text.replace("../seeds/", f"{ROOT.as_posix()}/seeds/"), "utf-8")

    with pytest.raises(sim.ScenarioError) as refused:  # type: ignore[attr-defined]
        sim.load(tmp_path / "mine.yaml")

    assert "Did you mean 'speed'?" in str(refused.value)
