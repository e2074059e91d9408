"""Named random streams: one generator per purpose and owner, keyed by seed and replication."""

from hashlib import blake2b
from math import ceil

from numpy import frombuffer, uint32
from numpy.random import PCG64, Generator, SeedSequence

SEPARATOR = "\x1f"  # the ASCII unit separator: no name is typed with it, so ("ab", "c") is not ("a", "bc")
KEY_WORDS = 4  # 32-bit words of name in the key; 128 bits, so two names never meet by accident
POOL_WORDS = 4  # 32-bit words of a SeedSequence's pool
REPLICATIONS = 2**32  # SeedSequence takes the replication as one 32-bit word


class Streams:
    """The random streams of one replication, asked for by purpose and owner.

    `streams("gunnery", "15", "Qiqihar")` is a generator fixed by seed, replication and those words:
    same words, same draws, whatever else happens. Adding an owner changes nobody else's draws, and no
    order of asking matters. A stream goes on: the same words later give the same generator, where it stands.
    A word is known by its text, so 15 and "15" are one owner.

    Pickles and copies keep the state: they go on from where each stream stood, apart from the original.

    seed: 0 or more. replication: 0 to 2**32 - 1. Raises TypeError or ValueError otherwise.
    """

    def __init__(self, seed: int, replication: int = 0) -> None:
        for name, value in (("seed", seed), ("replication", replication)):
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"Streams: {name} is {value!r}, want a whole number")
            if value < 0:
                raise ValueError(f"Streams: {name} is {value}, want 0 or more")
        if replication >= REPLICATIONS:
            raise ValueError(f"Streams: replication is {replication}, want less than 2**32")
        self.seed = seed
        self.replication = replication
        self._made: dict[str, Generator] = {}
        size = max(POOL_WORDS, ceil(seed.bit_length() / 32))
        self._begins = seed.to_bytes(4 * size, "little") + replication.to_bytes(4, "little")

    def __call__(self, *words: str | int) -> Generator:
        """The generator of these words, made at the first asking.

        Raises ValueError for no word, an empty word or one holding the separator; TypeError for anything
        but str and int: the text of an object may carry its address, and then no run repeats.
        """
        name = SEPARATOR.join([_text(word) for word in words])
        made = self._made.get(name)
        if made is None:
            if not words:
                raise ValueError("Streams: no words, want at least a purpose")
            made = self._made[name] = Generator(PCG64(self._sequence(name)))
        return made

    def key(self, *words: str | int) -> int:
        """64 bits fixed by seed, replication and these words, for draws by hash rather than by generator."""
        name = SEPARATOR.join([f"{self.seed}", f"{self.replication}", *map(_text, words)])
        return int.from_bytes(blake2b(name.encode("utf-8"), digest_size=8).digest(), "little")

    def _sequence(self, name: str) -> SeedSequence:
        """What SeedSequence makes of the seed as entropy, and of replication and name as spawn key.

        Put together beforehand, for it is slow at that: entropy is filled up to its pool, and the spawn key follows.
        """
        key = blake2b(name.encode("utf-8"), digest_size=4 * KEY_WORDS).digest()
        # Little-endian whatever the machine, else the streams would differ between machines.
        return SeedSequence(frombuffer(self._begins + key, "<u4").astype(uint32))

    def __repr__(self) -> str:
        return f"Streams(seed={self.seed}, replication={self.replication})"


def _text(word: str | int) -> str:
    if isinstance(word, str):
        if not word:
            raise ValueError("Streams: a word is empty")
        if SEPARATOR in word:
            raise ValueError(f"Streams: word {word!r} holds the separator {SEPARATOR!r}")
        return word
    if isinstance(word, int) and not isinstance(word, bool):
        return int.__repr__(word)  # not str(): an IntEnum's changed between Python versions
    raise TypeError(f"Streams: word {word!r} is {type(word).__name__}, want str or int")
