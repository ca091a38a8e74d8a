"""A fixed random stream of our own: PCG32 (XSH-RR 64/32) by Melissa O'Neill, in twenty lines.

Stored seeds must give the same variant for ever; the streams of the standard library and of NumPy may change.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MULTIPLIER = 6364136223846793005
_MASK_64 = (1 << 64) - 1
_MASK_32 = (1 << 32) - 1


class Pcg32:
    """A stream of 32-bit numbers, chosen by a 64-bit state and a 64-bit sequence number."""

    def __init__(self, state: int, sequence: int) -> None:
        self._increment = (sequence << 1 | 1) & _MASK_64
        self._state = 0
        self.next()
        self._state = (self._state + state) & _MASK_64
        self.next()

    @classmethod
    def from_bytes(cls, digest: bytes) -> "Pcg32":
        """The stream of a seed of at least 16 bytes, such as an HMAC."""
        return cls(int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big"))

    def next(self) -> int:
        """The next number in 0 .. 2**32 - 1."""
        old = self._state
        self._state = (old * _MULTIPLIER + self._increment) & _MASK_64
        xorshifted = ((old >> 18) ^ old) >> 27 & _MASK_32
        rotation = old >> 59
        return (xorshifted >> rotation | xorshifted << (-rotation & 31)) & _MASK_32

    def below(self, bound: int) -> int:
        """A whole number in 0 .. bound - 1, each equally likely."""
        threshold = (1 << 32) % bound
        while (number := self.next()) < threshold:
            pass
        return number % bound

    def between(self, low: int, high: int) -> int:
        """A whole number in low .. high, both included."""
        return low + self.below(high - low + 1)

    def choice(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """A new list in random order (Fisher and Yates)."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result
