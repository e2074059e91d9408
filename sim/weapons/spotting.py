"""Spotting: observing the fall of shot, correcting the aim, bracketing the target.

Aim is signed, m, mean point of impact minus target, along one axis; across and along are corrected alike.
Source: A. R. Washburn, Notes on Firing Theory, NPS 2002; time lines derived from their steps
"""

import math

SLACK = 1e-9  # of a ratio of inputs: 0.3/0.1 must count as 3 although it is a little less


def corrected(aim: float, observed_mean: float, gain: float) -> float:
    """The aim after one correction, m.

    observed_mean: m, mean fall of the spotted rounds minus target. gain: share of it taken off, 1 for all.
    """
    return aim - gain * observed_mean


def aim_after(aim: float, gain: float, corrections: int) -> float:
    """The mean aim after so many corrections from a first aim, m."""
    _corrections(gain, corrections)
    return aim * math.pow(1.0 - gain, corrections)


def aim_spread(sd: float, rounds: int, gain: float, corrections: int | None) -> float:
    """Standard deviation of the aim after so many corrections, m: what spotting itself puts in.

    sd: m, of one round. rounds: spotted before each correction. corrections: None for the long run.
    The variance is gain^2 sd^2/rounds times the sum of (1 - gain)^{2k} over the corrections.
    Raises ValueError in the long run for a gain of 2, under which the aim never settles.
    """
    _corrections(gain, 0 if corrections is None else corrections)
    if not (sd >= 0 and rounds >= 1):
        raise ValueError(f"aim_spread: sd is {sd}, rounds is {rounds}, want sd 0 or more, rounds 1 or more")
    if gain == 0:
        return 0.0
    ratio = (1.0 - gain) ** 2
    if corrections is not None:
        terms = float(corrections) if ratio == 1 else (1.0 - math.pow(ratio, corrections)) / (1.0 - ratio)
    elif ratio < 1:
        terms = 1.0 / (1.0 - ratio)
    else:
        raise ValueError(f"aim_spread: gain is {gain}, want less than 2 in the long run")
    return gain * sd * math.sqrt(terms / rounds)


def splits(first: float, last: float) -> int:
    """How often a bracket is halved until it is no wider than wanted.

    first: m, the bracket's opening width. last: m, the width that lets fire for effect begin.
    """
    if not (0 < last < math.inf and 0 < first < math.inf):
        raise ValueError(f"splits: first is {first}, last is {last}, want finite and above 0")
    count = 0
    while first > last * (1.0 + SLACK):  # halving is exact, a logarithm is not
        first /= 2
        count += 1
    return count


def time_to_fire_for_effect(
    first: float, last: float, time_of_flight: float, spot: float, lay: float
) -> float:
    """From the first round until the guns are laid for effect, s.

    One cycle of flight, spot and lay for the opening round and one for each split of the bracket.
    first, last: m, as for splits. time_of_flight, spot, lay: s.
    """
    if not (time_of_flight >= 0 and spot >= 0 and lay >= 0):
        raise ValueError(
            f"time_to_fire_for_effect: time_of_flight is {time_of_flight}, spot is {spot}, lay is {lay}, "
            "want 0 or more"
        )
    return (1 + splits(first, last)) * (time_of_flight + spot + lay)


def rounds_in(duration: float, rate: float) -> int:
    """Rounds a gun fires in a time, the first at once and the last at the very end if one is due.

    duration: s, 0 or more. rate: rounds a second, above 0.
    """
    if not (0 <= duration < math.inf and 0 < rate < math.inf):
        raise ValueError(
            f"rounds_in: duration is {duration}, rate is {rate}, want duration 0 or more, rate > 0"
        )
    intervals = duration * rate
    return math.floor(intervals + SLACK * max(1.0, intervals)) + 1


def _corrections(gain: float, corrections: int) -> None:
    if not (0 <= gain <= 2 and corrections >= 0):
        raise ValueError(
            f"spotting: gain is {gain}, corrections is {corrections}, want gain 0 to 2, 0 or more"
        )
