"""Seeded random numbers, against values that others published."""

import pytest

from engine.playground.randomness import Rc4, SeededRandom


@pytest.mark.parametrize(
    ("key", "bytes_of_stream"),
    [
        ("Key", "eb9f7781b734ca72a719"),
        ("Wiki", "6044db6d41b7"),
        ("Secret", "04d46b053ca87b59"),
    ],
)
def test_the_stream_is_rc4(key: str, bytes_of_stream: str) -> None:
    stream = Rc4(list(key.encode()))

    found = bytes(stream.number(1) for _ in range(len(bytes_of_stream) // 2))

    assert found.hex() == bytes_of_stream


def test_several_bytes_are_one_number() -> None:
    assert Rc4(list(b"Key")).number(3) == 0xEB9F77


def test_numbers_are_those_of_the_documented_example() -> None:
    random = SeededRandom("hello.")

    assert [random.random(), random.random()] == [0.9282578795792454, 0.3752569768646784]


@pytest.mark.parametrize(
    ("seed", "last"),
    [
        ("0.43", 0.2597085594553479),
        ("0.60812", 0.4550725650751124),
        ("", 0.6340776039260407),
        ("x" * 300, 0.6115063857904174),
        ("\N{LATIN SMALL LETTER E WITH ACUTE}\N{SNOWMAN}", 0.4289700084333875),
    ],
)
def test_the_ten_thousandth_number_is_the_librarys(seed: str, last: float) -> None:
    """As seedrandom 3.0.5 gives it in Node.js."""
    random = SeededRandom(seed)
    for _ in range(9_999):
        random.random()

    assert random.random() == last


def test_a_long_seed_and_an_empty_one_are_seeds_too() -> None:
    seeds = ("", "a", "b", "a" * 257, "a" * 256 + "b", "\N{LATIN SMALL LETTER E WITH ACUTE}", "\N{SNOWMAN}")
    firsts = {SeededRandom(seed).random() for seed in seeds}

    assert len(firsts) == len(seeds)
    assert all(0 <= first < 1 for first in firsts)
