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


def test_a_long_seed_and_an_empty_one_are_seeds_too() -> None:
    seeds = ("", "a", "b", "a" * 257, "a" * 256 + "b", "\N{LATIN SMALL LETTER E WITH ACUTE}", "\N{SNOWMAN}")
    firsts = {SeededRandom(seed).random() for seed in seeds}

    assert len(firsts) == len(seeds)
    assert all(0 <= first < 1 for first in firsts)
