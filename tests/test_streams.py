"""Named random streams."""

import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

from sim.streams import Streams

PINNED = [0.7104999561836681, 0.8851160469954066, 0.7647738061494214]


def draws(seed=7, replication=0, words=("gunnery", "15", "Qiqihar"), n=4):
    return Streams(seed, replication)(*words).random(n).tolist()


def test_same_words_same_draws():
    """Seed, replication and words fix the draws."""
    assert draws() == draws()


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 8},
        {"replication": 1},
        {"words": ("gunnery", "15", "Guiyang")},
        {"words": ("gunnery", "1", "5Qiqihar")},
        {"words": ("gunnery15", "Qiqihar")},
        {"words": ("Qiqihar", "15", "gunnery")},
    ],
)
def test_any_other_key_gives_other_draws(other):
    """No part of the key is lost, nor where one word ends, nor their order."""
    assert draws() != draws(**other)


def test_a_stream_goes_on():
    """The same words later give the same generator, where it stands."""
    streams = Streams(7)
    first = streams("weather")
    first.random(3)

    assert first is streams("weather")
    assert draws(words=("weather",), n=4)[3] == streams("weather").random()


def test_others_change_nothing():
    """Adding an owner, in whatever order, leaves everybody else's draws."""
    streams = Streams(7)
    for owner in ("Rizhao", "Zaozhuang", 3):
        streams("gunnery", "15", owner).random(100)

    assert draws() == streams("gunnery", "15", "Qiqihar").random(4).tolist()


def test_a_number_and_its_text_are_one_word():
    """Serial 15 and serial "15" share a stream."""
    streams = Streams(7)

    assert streams("gunnery", 15) is streams("gunnery", "15")


def test_draws_are_pinned():
    """A changed key or generator would change every run: these numbers change on purpose or not at all."""
    stream = Streams(2023, 4)("gunnery", 15, "Адмирал Трибуц")

    assert PINNED == stream.random(3).tolist()


def test_hash_seed_does_not_matter():
    """Another interpreter with another hash seed draws the same."""
    code = "from sim.streams import Streams; print(Streams(7)('gunnery', '15', 'Qiqihar').random(4).tolist())"
    for hash_seed in ("1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)

        assert str(draws()) == done.stdout.decode().strip()


def test_pickle_keeps_the_state():
    """A pickled Streams goes on where each stream stood, apart from the original."""
    streams = Streams(7, 2)
    streams("weather").random(5)
    copy = pickle.loads(pickle.dumps(streams))
    expected = streams("weather").random(3).tolist()

    assert expected == copy("weather").random(3).tolist()
    assert "Streams(seed=7, replication=2)" == repr(copy)


def test_replications_are_unrelated():
    """First draws of 1,000 replications are uniform: mean within 4 SE (sd 0.289, SE 0.0091)."""
    first = [Streams(7, replication)("weather").random() for replication in range(1000)]

    assert 1000 == len(set(first))
    assert pytest.approx(0.5, abs=4 * 0.0091) == sum(first) / 1000


@pytest.mark.parametrize(
    ("words", "error", "text"),
    [
        ((), ValueError, "Streams: no words, want at least a purpose"),
        (("gunnery", ""), ValueError, "Streams: a word is empty"),
        (("gun\x1fnery",), ValueError, "holds the separator"),
        (("gunnery", 1.5), TypeError, "Streams: word 1.5 is float, want str or int"),
        (("gunnery", True), TypeError, "Streams: word True is bool, want str or int"),
        (("gunnery", None), TypeError, "Streams: word None is NoneType, want str or int"),
        (("gunnery", np.int64(3)), TypeError, "is int64, want str or int"),
    ],
)
def test_only_words(words, error, text):
    """Nothing but whole text and whole numbers names a stream."""
    with pytest.raises(error, match=text):
        Streams(7)(*words)


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ((-1,), ValueError, "Streams: seed is -1, want 0 or more"),
        ((7, -2), ValueError, "Streams: replication is -2, want 0 or more"),
        ((7, 2**32), ValueError, "Streams: replication is 4294967296, want less than"),
        ((1.0,), TypeError, "Streams: seed is 1.0, want a whole number"),
        ((7, True), TypeError, "Streams: replication is True, want a whole number"),
    ],
)
def test_only_whole_seeds(arguments, error, text):
    """A seed that is no whole number is refused, not rounded."""
    with pytest.raises(error, match=text):
        Streams(*arguments)
