"""Numbers and places of a scenario: the four ways to write them, bounds, facts, and exact round trips."""

import math
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.quantities import DIMENSIONS
from sim.scenario.numbers import Number, Quantity
from sim.scenario.places import Place, Position

LENGTH, TIME = Quantity("length", above=0.0), Quantity("time", at_least=0.0, spread=True)
BEGINS = datetime(2023, 7, 20, 6, tzinfo=timezone(timedelta(hours=8)))


class Sheet:
    """A fact sheet of three facts."""

    FACTS = {
        "reach": {"value": "5 km", "low": None, "high": "8 km", "source": ("S06",), "confidence": "reported"},
        "place": {"value": None, "source": ("S01",)},
        "nothing": {"value": "", "source": ("S01",)},
    }

    def find(self, name):
        if name not in self.FACTS:
            raise ValueError(f"no fact called {name!r}")
        return self.FACTS[name]


CONTEXT = {"facts": Sheet(), "begins": BEGINS}


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ("5 km", Number(5000.0, "length")),
        ("5 km (4 .. 8 km)", Number(5000.0, "length", 4000.0, 8000.0, basis="assumed")),
        ("5 km (4 km .. 8 km)", Number(5000.0, "length", 4000.0, 8000.0, basis="assumed")),
        ("5 km (4000 m..8 km)", Number(5000.0, "length", 4000.0, 8000.0, basis="assumed")),
        ("5 km (1e0 .. 1e1 km)", Number(5000.0, "length", 1000.0, 10000.0, basis="assumed")),
        ("5 km (±1 km)", Number(5000.0, "length", 4000.0, 6000.0, basis="assumed")),
        ("5 km (+-1 km)", Number(5000.0, "length", 4000.0, 6000.0, basis="assumed")),
        ("5 km ( +/- 1 km )", Number(5000.0, "length", 4000.0, 6000.0, basis="assumed")),
        ({"value": "5 km"}, Number(5000.0, "length")),
        ({"value": "5 km", "why": "Because."}, Number(5000.0, "length", why="Because.")),
        ({"value": "5 km", "low": None}, Number(5000.0, "length")),
        (
            {"value": "5 km", "low": "4 km", "high": "8 km", "basis": "assumed", "why": "x"},
            Number(5000.0, "length", 4000.0, 8000.0, basis="assumed", why="x"),
        ),
        ({"value": "5 km", "source": "S06"}, Number(5000.0, "length", basis="fact", source=("S06",))),
        ({"value": "5 km", "source": ["S06", "S07"]}, Number(5000.0, "length", basis="fact", source=("S06", "S07"))),
        (
            {"value": "5 km", "source": ["S06"], "confidence": "recalled"},
            Number(5000.0, "length", basis="assumed", source=("S06",), confidence="recalled"),
        ),
        (
            {"fact": "reach"},
            Number(5000.0, "length", None, 8000.0, basis="fact", source=("S06",), fact="reach", confidence="reported"),
        ),
        (
            {"fact": "reach", "low": "4 km", "why": "Nobody said how near."},
            Number(5000.0, "length", 4000.0, 8000.0, basis="fact", why="Nobody said how near.", source=("S06",), fact="reach", confidence="reported"),
        ),
        ({"value": "6 km", "fact": "reach"}, Number(6000.0, "length", basis="fact", fact="reach")),
    ],
)  # fmt: skip
def test_forms(given_, wanted):
    """Every way to write a number gives its value, its range and where it comes from."""
    assert wanted == LENGTH.read(given_, CONTEXT)


def test_drawn():
    """low, mode and high are drawn at each use, within their bounds and about their mean."""
    number = TIME.read({"low": "30 min", "mode": "1 h", "high": "3 h"})
    draws = [
        number.draw(generator) for generator in [np.random.Generator(np.random.PCG64(7))] for _ in range(4000)
    ]

    assert number.drawn
    assert 1.5 * 3600 == number.mean
    assert 1800 <= min(draws) <= max(draws) <= 3 * 3600
    # sd of the law 0.54 h, of the mean of 4,000 draws 31 s: four of them
    assert math.isclose(number.mean, sum(draws) / len(draws), abs_tol=4 * 31)


def test_not_drawn():
    """An uncertain value is one value, the same at each use."""
    number = TIME.read("1 h (30 .. 180 min)")

    assert 3600.0 == number.draw(np.random.Generator(np.random.PCG64(7))) == number.mean


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        (None, "has no value; write a length, like '12 nmi'"),
        (True, "must be a length, like '12 nmi'; got True"),
        (["5 km"], "must be a length, like '12 nmi'; got a list"),
        ({}, "a number needs 'value', or 'low', 'mode' and 'high', or 'fact'; got an empty mapping"),
        ({"value": None}, "a number needs 'value', or 'low', 'mode' and 'high', or 'fact'; got value"),
        ({"value": ["5 km"]}, "must be a length, like '12 nmi'; got a list"),
        ({"valeu": "5 km"}, "no part of a number called 'valeu'. Did you mean 'value'?"),
        ({"low": "1 km", "mode": "2 km", "high": "3 km"}, "is one number, not drawn each time: write 'value' instead of 'mode'"),
        ({"value": "5 km", "basis": "fakt"}, "no basis called 'fakt'. Did you mean 'fact'?"),
        ({"value": "5 km", "confidence": "sure"}, "no confidence called 'sure'; there are: reported, typical, recalled, assumed"),
        ({"value": "5 km", "source": {"S": "1"}}, "'source' must be a tag or a list of tags, like [S06]; got a mapping"),
        ({"fact": ["reach"]}, "'fact' must be text; got a list"),
        ({"fact": "reech"}, "no fact called 'reech'"),
        ({"value": "5 km", "fact": "reech"}, "no fact called 'reech'"),
        ({"fact": "place"}, "fact 'place' states no number"),
        ({"fact": "nothing"}, "fact 'nothing' states no number"),
        ("0 m", "is 0 m, must be more than 0 m"),
        ("5 km (-1 .. 8 km)", "its low is -1000 m, must be more than 0 m"),
        ("5 km (8 .. 4 km)", "its low 4.32 nmi is above its high 2.16 nmi"),
        ("5 km (±-1 km)", "its low 3.24 nmi is above its high 2.16 nmi"),
        ("5 km (6 .. 8 km)", "is 2.7 nmi, outside its own range 3.24 nmi .. 4.32 nmi"),
        ("5 km (4 - 8 km)", "'5 km (4 - 8 km)' has a range that cannot be read; write it like '12 nmi (LOW .. HIGH)' or '12 nmi (±OFF)'"),
    ],
)  # fmt: skip
def test_refuses(given_, sentence):
    """What cannot be read is refused with what came and what is wanted."""
    with pytest.raises(ValueError) as refused:
        LENGTH.read(given_, CONTEXT)

    assert sentence == str(refused.value)


@pytest.mark.parametrize(
    ("quantity", "text", "sentence"),
    [
        (Quantity("share", at_least=0, at_most=1), "150 %", "is 150 %, must be at most 100 %"),
        (
            Quantity("share", at_least=0, at_most=1),
            "50 % (-5 .. 60 %)",
            "its low is -5 %, must be at least 0 %",
        ),
        (Quantity("count", at_least=0), "2.5", "is 2.5, must be a whole number"),
        (Quantity("count", at_least=0), "-1", "is -1, must be at least 0"),
        (Quantity("angle", at_most=math.tau), "400 deg", "is 400 deg, must be at most 360 deg"),
        (Quantity("moment", at_least=0), "19 Jul 06:00", "is before the exercise begins"),
        (Quantity("moment", at_least=0), "20 Jul 06:30 (±1 h)", "its low is before the exercise begins"),
    ],
)
def test_bounds(quantity, text, sentence):
    """Bounds hold for the value and for both ends of its range."""
    with pytest.raises(ValueError) as refused:
        quantity.read(text, CONTEXT)

    assert sentence == str(refused.value)


def test_fact_without_a_sheet():
    """A reference needs a sheet; a value that carries its fact with it does not."""
    with pytest.raises(ValueError, match="names no sheet"):
        LENGTH.read({"fact": "reach"})

    assert Number(5000.0, "length", basis="fact", fact="reach") == LENGTH.read(
        {"value": "5 km", "fact": "reach"}
    )


def test_moments():
    """A moment may be a clock time or a time after the beginning, and may be off."""
    quantity = Quantity("moment", at_least=0.0)

    assert 5400.0 == quantity.read("20 Jul 07:30", CONTEXT).value
    assert 5400.0 == quantity.read("+90 min", CONTEXT).value
    assert Number(5400.0, "moment", 1800.0, 9000.0, basis="assumed") == quantity.read(
        "20 Jul 07:30 (±1 h)", CONTEXT
    )
    assert 7200.0 == quantity.read("20 Jul 07:30 (20 Jul 07:00 .. 20 Jul 08:00)", CONTEXT).high


WORDS = st.none() | st.text(min_size=1, max_size=10)


@st.composite
def numbers(draw):
    """Any number that a file could hold."""
    dimension = draw(st.sampled_from([*sorted(DIMENSIONS), "moment"]))
    whole = dimension == "count"
    amounts = st.integers(0, 10**6).map(float) if whole else st.floats(0, 1e12)
    low, value, high = sorted(draw(st.tuples(amounts, amounts, amounts)))
    ranged = draw(st.sampled_from(["no", "yes", "drawn"]))
    source = tuple(draw(st.lists(st.sampled_from(["S01", "S02"]), max_size=2)))
    fact = draw(WORDS)
    basis = (
        draw(st.sampled_from(["fact", "assumed"]))
        if source or fact
        else draw(st.sampled_from([None, "fact", "assumed"]))
    )
    confidence = draw(st.sampled_from([None, "reported", "typical", "assumed"]))
    return Number(
        value, dimension, None if ranged == "no" else low, None if ranged == "no" else high, ranged == "drawn", basis,
        draw(WORDS), source, fact, confidence,
    )  # fmt: skip


@given(numbers())
def test_number_reads_back(number):
    """Every number reads back from its writing to the last bit, with all it says of itself."""
    assert number == Quantity(number.dimension, spread=True).read(number.written(), {"begins": BEGINS})


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ("40-30N 134-15E", Place(40.5, 134.25)),
        ("40-30N 134-15E (±10 km)", Place(40.5, 134.25, 10000.0, basis="assumed")),
        ({"value": "40-30N 134-15E", "within": "10 km"}, Place(40.5, 134.25, 10000.0)),
        ({"value": "40-30N 134-15E", "source": ["S01"]}, Place(40.5, 134.25, basis="fact", source=("S01",))),
        ({"value": "40-30N 134-15E", "fact": "place", "why": "x"}, Place(40.5, 134.25, basis="fact", why="x", fact="place")),
    ],
)  # fmt: skip
def test_places(given_, wanted):
    """A place may say how far it may be off and where it comes from."""
    assert wanted == Position().read(given_, CONTEXT)


@pytest.mark.parametrize(
    ("given_", "part"),
    [
        (None, "has no value; write a position"),
        (["40N", "134E"], "got a list; wants a position"),
        ({"valeu": "40-30N 134-15E"}, "no part of a position called 'valeu'"),
        ({"within": "10 km"}, "has no value"),
        ({"value": ["40N"]}, "'value' must be text; got a list"),
        ({"value": "40-30N 134-15E", "basis": "fakt"}, "Did you mean 'fact'"),
        ({"value": "40-30N 134-15E", "fact": "plaice"}, "no fact called 'plaice'"),
        ({"value": "40-30N 134-15E", "within": "-1 km"}, "cannot be '-1 km' off"),
        ("40-30N 134-15E (±-1 km)", "cannot be '-1 km' off"),
        ("40-30N 134-15E (±1 %)", "unknown length unit"),
    ],
)
def test_places_refuse(given_, part):
    """A place that is none is refused with the reason."""
    with pytest.raises(ValueError, match=part):
        Position().read(given_, CONTEXT)


@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.none() | st.floats(0, 1e9),
    st.sampled_from([None, "fact", "assumed"]),
    WORDS,
)
def test_place_reads_back(latitude, longitude, within, basis, why):
    """Every place reads back from its writing to the last bit."""
    place = Place(latitude, longitude, within, basis, why)

    assert place == Position().read(place.written())
