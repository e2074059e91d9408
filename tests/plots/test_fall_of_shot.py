"""The fall of shot is that of the log, and the hits shown are the hits measured."""

import numpy as np
import pytest

from sim.plots import fall_of_shot


@pytest.fixture(scope="module")
def drawn(gunnery_day):
    return fall_of_shot.draw(gunnery_day)


def test_every_round_for_effect_is_drawn_where_it_fell(gunnery_day, drawn, points):
    wanted = sorted(
        (record.details["across_m"], record.details["along_m"])
        for record in gunnery_day.log.of("round", "shore-round")
        if record.details["phase"] == "effect"
    )
    shown = np.concatenate([points(drawn, "hit"), points(drawn, "miss")])
    assert wanted
    assert wanted == sorted(map(tuple, shown))


def test_ranging_rounds_are_drawn_in_the_panel_or_at_its_edge(gunnery_day, drawn, points):
    fired = [
        record
        for record in gunnery_day.log.of("round", "shore-round")
        if record.details["phase"] == "ranging"
    ]
    assert len(fired) == len(points(drawn, "ranging")) + len(points(drawn, "beyond"))


def test_hits_shown_are_the_hits_measured(gunnery_day, drawn, points):
    for measure in ("gunnery_hits", "shore_hits"):
        for serial, share in gunnery_day.measures(measure)[measure].items():
            panels = [axes.get_label() for axes in drawn.axes if axes.get_label().startswith(f"{serial} ")]
            hits = sum(len(points(drawn, "hit", panel)) for panel in panels)
            misses = sum(len(points(drawn, "miss", panel)) for panel in panels)
            assert share == pytest.approx(hits / (hits + misses))


def test_the_outline_parts_hits_from_misses(gunnery_day):
    """What is inside the target's outline hit; what is outside did not."""
    for string in fall_of_shot.strings(gunnery_day):
        across, along = np.abs(string.effect).T
        wide, deep = np.array(string.size) / 2
        inside = np.hypot(across, along) <= wide if string.is_round else (across <= wide) & (along <= deep)
        assert (inside == string.hits).all()


def test_words_stay_inside(run, within):
    within(fall_of_shot.draw(run))


def test_a_run_without_rounds_says_so(quiet, says_so):
    says_so(fall_of_shot.draw(quiet))
