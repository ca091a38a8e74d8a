"""The fixed stream, held to the vectors its author publishes with pcg32-demo (state 42, sequence 54)."""

from collections import Counter

from quizzes.kinds.random import Pcg32


def test_the_stream_is_the_published_one() -> None:
    rng = Pcg32(42, 54)
    assert [rng.next() for _ in range(6)] == [
        0xA15C02B7, 0x7B47F409, 0xBA1D3330, 0x83D2F293, 0xBFA4784B, 0xCBED606E,
    ]  # fmt: skip


def test_bounded_numbers_are_the_published_coins_and_dice() -> None:
    rng = Pcg32(42, 54)
    for _ in range(6):
        rng.next()
    coins = "".join("TH"[rng.below(2)] for _ in range(65))
    assert coins == "HHTTTHTHHHTHTTTHHHHHTTTHHHTHTHTHTTHTTTHHHHHHTTTTHHTTTTTHTTTTTTTHT"
    dice = [rng.between(1, 6) for _ in range(33)]
    assert dice == [3,4,1,1,2,2,3,2,4,3,2,4,3,3,5,2,3,1,3,1,5,1,4,1,5,6,4,6,6,2,6,3,3]  # fmt: skip


def test_a_digest_chooses_the_stream() -> None:
    first, again, other = (Pcg32.from_bytes(bytes([n]) * 16) for n in (1, 1, 2))
    numbers = [first.next() for _ in range(4)]
    assert numbers == [again.next() for _ in range(4)]
    assert numbers != [other.next() for _ in range(4)]


def test_shuffling_keeps_the_items_and_reaches_every_order() -> None:
    rng = Pcg32(1, 1)
    orders = Counter("".join(rng.shuffled("abc")) for _ in range(600))
    assert len(orders) == 6
    assert min(orders.values()) > 60
