"""The audit by steps: what it misses and sees late is counted by hand on tracks one can reckon."""

import pytest

from sim.audit import Audit
from sim.cli import cli
from sim.crossings import crossings
from sim.tracks import Reach, Tracks


def audited(step, legs, end=1000.0, reach=(100.0, 0.0)):
    """The findings on an observer at rest at the origin and others on their legs."""
    tracks = Tracks.of([(0, 0.0, float("inf"), 0.0, 0.0, 0.0, 0.0), *legs])
    count = int(tracks.owner.max()) + 1
    looking, showing = ([reach[0]] + [0.0] * (count - 1)), [reach[1]] * count
    caps = Reach(looking, showing, [1e9] + [0.0] * (count - 1))
    audit = Audit()
    audit.begin(tracks, 0.0, end)
    audit.note("eye", caps, 0.0, end, crossings(tracks, caps, 0.0, end))
    return audit.stepped(step)


def test_a_short_stay_between_two_steps_is_missed():
    """60 m off the rim: inside for 9 s around 505 s, with steps every 20 s: missed; every 3 s: seen, a little late."""
    leg = (1, 0.0, 2000.0, -5050.0, 89.3, 10.0, 0.0)
    [coarse], [fine] = audited(20.0, [leg]), audited(3.0, [leg])

    assert (1, 1, 0) == (coarse.entries, coarse.missed, coarse.unforeseen)
    assert (1, 0, 0) == (fine.entries, fine.missed, fine.unforeseen)
    assert 0.0 < fine.late < 3.0
    assert fine.late == fine.latest


def test_who_is_inside_from_the_beginning_is_not_counted():
    """Nor can it be missed."""
    [found] = audited(10.0, [(1, 0.0, 2000.0, 0.0, 50.0, 0.0, 0.0)])

    assert (0, 0, 0, 0.0) == (found.entries, found.missed, found.unforeseen, found.late)


def test_who_comes_later_or_leaves_early_is_followed():
    """Turns, a late appearance inside, an early end: nothing unforeseen."""
    legs = [(1, 0.0, 40.0, -500.0, 0.0, 10.0, 0.0), (1, 40.0, 300.0, -100.5, 0.0, 10.0, 0.0),
            (2, 500.0, 600.0, 0.0, 10.0, 0.0, 0.0), (3, 15.0, 95.0, 0.0, -400.0, 0.0, 5.0)]  # fmt: skip
    [found] = audited(10.0, legs)

    assert 0 == found.unforeseen
    assert (2, 0) == (found.entries, found.missed)


@pytest.mark.parametrize("step", [0.0, -1.0])
def test_a_step_must_be_longer_than_nothing(step):
    with pytest.raises(ValueError, match="longer than 0 s"):
        Audit().stepped(step)


@pytest.mark.parametrize(
    ("text", "message"), [("10", "'10' has no unit"), ("0 s", "longer than 0 s"), ("soon", "is not a time")]
)
def test_the_command_refuses_a_step_that_is_none(text, message):
    """In the words scenarios are answered with."""
    from click.testing import CliRunner

    answer = CliRunner().invoke(cli, ["run", "gunnery_day", "--audit-step", text])

    assert 2 == answer.exit_code
    assert message in answer.output
