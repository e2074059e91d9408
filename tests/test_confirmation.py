"""Confirmation by m of n looks: its law against enumeration and known means."""

from itertools import product

import pytest

from sim.confirmation import Confirmation


def enumerated(wanted, of, chances):
    """Chance that some run of `of` looks in turn holds `wanted` successes, by all outcomes."""
    total = 0.0
    for outcomes in product((0, 1), repeat=len(chances)):
        share = 1.0
        for hit, chance in zip(outcomes, chances, strict=True):
            share *= chance if hit else 1.0 - chance
        if any(sum(outcomes[max(0, last - of + 1) : last + 1]) >= wanted for last in range(len(chances))):
            total += share
    return total


@pytest.mark.parametrize(("wanted", "of"), [(1, 1), (2, 2), (2, 3), (3, 5), (1, 4)])
def test_it_is_the_chance_over_all_outcomes(wanted, of):
    chances = [0.1, 0.7, 0.3, 0.9, 0.2, 0.6, 0.5]
    found = Confirmation(wanted, of)
    for chance in chances:
        found.advance(chance)
    assert found.confirmed == pytest.approx(enumerated(wanted, of, chances), rel=1e-12)


def test_twelve_glimpses_and_two_in_a_row_as_in_the_textbook():
    """SEN-07: 1 - (1 - g)^n, and (1 + p)/p^2 scans in the mean to two successes in a row."""
    glimpses = Confirmation()
    for _ in range(12):
        glimpses.advance(0.08)
    assert glimpses.confirmed == pytest.approx(0.6323336, rel=1e-6)
    row, mean = Confirmation(2, 2), 0.0
    for _ in range(400):
        mean += 1.0 - row.confirmed
        row.advance(0.6)
    assert mean == pytest.approx(1.6 / 0.36, rel=1e-9)


def test_a_better_look_never_confirms_later():
    worse, better = Confirmation(2, 3), Confirmation(2, 3)
    for chance in (0.2, 0.5, 0.1, 0.4):
        worse.advance(chance)
        better.advance(min(1.0, chance + 0.1))
        assert better.confirmed >= worse.confirmed


def test_a_copy_goes_its_own_way():
    one = Confirmation(2, 2)
    one.advance(0.5)
    other = one.copy()
    other.advance(0.5)
    assert (one.confirmed, other.confirmed) == (0.0, 0.25)


@pytest.mark.parametrize(("wanted", "of"), [(1, 1), (2, 3), (4, 4)])
def test_looks_in_one_go_are_looks_one_by_one_up_to_the_level(wanted, of):
    chances = [0.4, 0.7, 0.9, 0.9, 0.8, 0.6, 0.5]
    single, level, looks = Confirmation(wanted, of), 0.45, 0
    while single.confirmed < level:
        single.advance(chances[looks])
        looks += 1
    together = Confirmation(wanted, of)
    assert together.look(chances, level) == looks
    assert together.confirmed == single.confirmed
    assert together.look([]) == 0
    assert together.look(chances) == len(chances)


@pytest.mark.parametrize(("wanted", "of"), [(0, 1), (3, 2)])
def test_more_than_all_cannot_be_wanted(wanted, of):
    with pytest.raises(ValueError, match=f"{wanted} of {of} looks"):
        Confirmation(wanted, of)
