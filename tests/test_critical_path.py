"""The critical path: both passes, floats, circles, and the three estimates of PERT."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.critical_path import Activity, Network, in_series, mean_of_longest, three_point

DAY = (
    Activity("T", 1.0), Activity("S1", 2.0, ("T",)), Activity("S2", 3.0, ("T",)), Activity("S3", 1.5, ("S1",)),
    Activity("S4", 2.5, ("S1", "S2")), Activity("S5", 4.0, ("S2",)), Activity("S6", 1.0, ("S3", "S4")),
    Activity("S7", 2.0, ("S5",)), Activity("S8", 1.5, ("S6", "S7")), Activity("R", 1.0, ("S8",)),
)  # fmt: skip


def test_a_day_of_serials():
    """PLAN-01: 12.5 h, and what may slip by how much."""
    day = Network(DAY)

    assert 12.5 == day.makespan
    assert (3.5, 2.5) == (day.times["S1"].total_float, day.times["S4"].total_float)
    assert 10.0 == day.times["S8"].early_start
    assert ("T", "S2", "S5", "S7", "S8", "R") == day.critical
    assert (0.0, 2.5) == (day.times["S1"].free_float, day.times["S6"].free_float)


def test_any_order_and_a_long_chain():
    """Whoever is listed first; ten thousand in a row are no deeper than one."""
    assert Network(reversed(DAY)).makespan == Network(DAY).makespan
    chain = [Activity(f"{number}", 1.0, (f"{number - 1}",) if number else ()) for number in range(10_000)]
    assert 10_000.0 == Network(reversed(chain)).makespan
    assert (0.0, ()) == (Network([]).makespan, Network([]).critical)


@given(
    st.lists(
        st.tuples(st.floats(0.0, 50.0), st.lists(st.integers(0, 9), max_size=3)), min_size=1, max_size=10
    )
)
def test_floats_are_what_may_slip(drawn):
    """An activity longer by its total float leaves the makespan; by more, it does not."""
    plan = [
        Activity(f"{number}", length, tuple(dict.fromkeys(f"{each}" for each in after if each < number)))
        for number, (length, after) in enumerate(drawn)
    ]
    whole = Network(plan)
    for at, each in enumerate(plan):
        total = whole.times[each.name].total_float
        for more in (0.0, 1.0):
            slipped = Network(
                [*plan[:at], each._replace(duration=each.duration + total + more), *plan[at + 1 :]]
            )
            assert whole.makespan + more == pytest.approx(slipped.makespan, abs=1e-9)
        assert whole.times[each.name].free_float <= total + 1e-9


@pytest.mark.parametrize(("plan", "fault"), [
    ([Activity("a", 1.0), Activity("a", 2.0)], "two activities are called 'a'"),
    ([Activity("a", -1.0)], "activity 'a': duration is -1.0, want 0 or more"),
    ([Activity("alpha", 1.0), Activity("b", 1.0, ("alpa",))], "activity 'b': no activity called 'alpa'. Did you mean 'alpha'?"),
    ([Activity("a", 1.0, ("c",)), Activity("b", 1.0, ("a",)), Activity("c", 1.0, ("b",))],
     "activities wait for each other: a after c after b after a"),
])  # fmt: skip
def test_plans_that_are_none(plan, fault):
    """With the name and what is wrong."""
    with pytest.raises(ValueError) as refused:
        Network(plan)

    assert fault == str(refused.value)


def test_three_estimates():
    """PLAN-02: the planners' deviation and the beta law's differ, and both are on offer."""
    legs = [three_point(2, 3, 6), three_point(1, 2, 4), three_point(4, 5, 9)]

    assert 11.0 == in_series(legs).mean
    assert 1.17851130198 == pytest.approx(in_series(legs).stdev, rel=1e-9)
    assert 0.955156989115 == pytest.approx(in_series(legs).cdf(13.0), rel=1e-9)
    assert 1.250397 == pytest.approx(in_series(legs, beta=True).stdev, rel=1e-6)
    assert 25 / 6 == pytest.approx(mean_of_longest(4, 2.0))
    with pytest.raises(ValueError, match="least, most likely, most"):
        three_point(2, 1, 6)
    with pytest.raises(ValueError, match="least, most likely, most"):
        three_point(2, 3, math.inf)
