"""Looks: how many it takes to find what is in range, drawn for whole columns of pairs at once.

A generator for each pair would cost more than all its draws, so the uniform of a pair is a hash of who looks, at whom
and for the how-manyeth time: any order of asking gives the same.
Source of the hash: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014 (SplitMix64).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.tracks import Floats, Ints

Keys = NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # the stream's step: odd, and nothing in it repeats
MIX = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
LAST_SHIFT = np.uint64(31)
UNUSED = np.uint64(11)  # bits of a word that a double of 53 has no room for
CELL = 2.0**-53
BITS = 32  # of one number in that of a pair
MOST = 10_000  # looks; who is not found by then, at the rate sensors look, is not found


def uniforms(one: Keys, other: Keys, visit: Ints) -> Floats:
    """A number from 0 to 1 for each pair and visit. one, other: keys as `sim.streams.Streams.key` gives them."""
    word = _mixed(_mixed(one ^ _mixed(other)) + visit.astype(np.uint64) * GOLDEN)
    return (word >> UNUSED).astype(np.float64) * CELL


def looks_needed(uniform: Floats, chance: float) -> Ints:
    """Looks up to and with the first that finds, when each does by a chance, independently of the others.

    By inverse of the geometric law, summed up term by term: logarithms differ in their last bit between machines.
    uniform: (n,) from 0 to 1. chance: above 0, at most 1.
    """
    found: list[float] = []
    missed = 1.0
    while len(found) < MOST and missed > CELL:
        missed *= 1.0 - chance
        found.append(1.0 - missed)
    return np.searchsorted(np.array(found), uniform, side="right") + 1


def first_finding(enter: Floats, uniform: Floats, chance: float, phase: Floats, period: float) -> Floats:
    """When a sensor that looks at its own rate finds what comes into its range, s.

    enter: s, when it comes. phase: s, one of the sensor's looks. period: s; 0 for one that never looks away, and finds
    at once.
    """
    if period <= 0.0:
        return enter
    ahead = np.ceil((enter - phase) / period) + (looks_needed(uniform, chance) - 1)
    return np.maximum(phase + ahead * period, enter)


class Visits:
    """How often each pair has met so far."""

    def __init__(self) -> None:
        self._met = np.empty(0, np.int64)

    def count(self, one: Ints, other: Ints, time: Floats) -> Ints:
        """For each meeting of two, in any order, how many they have had before it; these are taken in.

        one, other: (n,) numbers of the two, below 2**31. time: s, of the meetings, none before one taken in earlier.
        """
        pair = (one << BITS) | other
        order = np.lexsort((time, pair))
        ordered = pair[order]
        before = np.arange(pair.size) - np.searchsorted(ordered, ordered)
        before += np.searchsorted(self._met, ordered, "right") - np.searchsorted(self._met, ordered)
        self._met = np.sort(np.concatenate((self._met, pair)), kind="stable")
        found = np.empty_like(before)
        found[order] = before
        return found


def _mixed(word: Keys) -> Keys:
    for shift, factor in MIX:
        word = (word ^ (word >> shift)) * factor
    return word ^ (word >> LAST_SHIFT)
