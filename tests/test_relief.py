"""Relief on task: how many aircraft keep a station filled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.relief import cycle

PHASE = st.floats(0.0, 300.0)


def test_a_helicopter_cycle():
    """LOG-09: 200 min round for 90 on task takes three helicopters; two cover nine tenths."""
    sortie = cycle(20, 25, 90, 25, 40)

    assert 200.0 == sortie.length
    assert 3 == sortie.needed()
    assert 0.9 == pytest.approx(sortie.coverage(2))
    assert (10.0, 0.0, float("inf")) == (sortie.gap(2), sortie.gap(3), sortie.gap(0))


@given(PHASE, PHASE, st.floats(1.0, 300.0), PHASE, PHASE, st.integers(1, 4))
def test_so_many_and_no_fewer(launch, out, on_task, back, turnaround, stations):
    """What is needed covers the stations, one fewer does not."""
    sortie = cycle(launch, out, on_task, back, turnaround)
    needed = sortie.needed(stations)

    assert needed * on_task >= stations * sortie.length * (1 - 1e-8)
    assert (needed - 1) * on_task < stations * sortie.length
    assert sortie.coverage(sortie.needed()) == pytest.approx(1.0)


def test_whole_ratios_count_as_they_are():
    """0.3 over 0.1 is three, not four."""
    assert 3 == cycle(0.0, 0.1, 0.1, 0.1, 0.0).needed()


@pytest.mark.parametrize("phases", [(1, 1, 0, 1, 1), (-1, 1, 1, 1, 1), (1, 1, 1, 1, float("inf"))])
def test_no_cycle(phases):
    with pytest.raises(ValueError, match="time on task above 0"):
        cycle(*phases)
