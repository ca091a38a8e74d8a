"""Random numbers from a text, bit for bit those of the JavaScript library seedrandom: RC4 keyed by the text,
its first 256 bytes dropped, and 52 bits and more of it for each number.
"""

from __future__ import annotations

from typing import Final

WIDTH: Final = 256
FIRST_BYTES: Final = 6
SIGNIFICANCE: Final = 2.0**52
OVERFLOW: Final = 2.0**53


class SeededRandom:
    """A stream of numbers of at least 0 and below 1 that belongs to `seed`."""

    def __init__(self, seed: str) -> None:
        self._stream = Rc4(mixed(seed))
        self._stream.number(WIDTH)

    def random(self) -> float:
        """The next number."""
        number = float(self._stream.number(FIRST_BYTES))
        scale = float(WIDTH**FIRST_BYTES)
        rest = 0
        while number < SIGNIFICANCE:
            number = (number + rest) * WIDTH
            scale *= WIDTH
            rest = self._stream.number(1)
        while number >= OVERFLOW:
            number /= 2
            scale /= 2
            rest >>= 1
        return (number + rest) / scale

    def uniform(self, low: float, high: float) -> float:
        """The next number between these two."""
        return self.random() * (high - low) + low


class Rc4:
    """The stream cipher's bytes for a key of 1 to 256 bytes."""

    def __init__(self, key: list[int]) -> None:
        self._i = self._j = j = 0
        self._s = s = list(range(WIDTH))
        for i in range(WIDTH):
            j = (j + key[i % len(key)] + s[i]) % WIDTH
            s[i], s[j] = s[j], s[i]

    def number(self, count: int) -> int:
        """The next `count` bytes as one number, the first byte highest."""
        i, j, s, found = self._i, self._j, self._s, 0
        for _ in range(count):
            i = (i + 1) % WIDTH
            j = (j + s[i]) % WIDTH
            s[i], s[j] = s[j], s[i]
            found = found * WIDTH + s[(s[i] + s[j]) % WIDTH]
        self._i, self._j = i, j
        return found


def mixed(seed: str) -> list[int]:
    """A text as a key: its UTF-16 units, those beyond the 256th smeared over the first."""
    units = seed.encode("utf-16-le", "surrogatepass")
    key: list[int] = []
    smear = 0
    for place in range(len(units) // 2):
        unit, at = units[2 * place] + WIDTH * units[2 * place + 1], place % WIDTH
        smear ^= key[at] * 19 if place >= WIDTH else 0
        mixture = (smear + unit) % WIDTH
        if place >= WIDTH:
            key[at] = mixture
        else:
            key.append(mixture)
    return key or [0]
