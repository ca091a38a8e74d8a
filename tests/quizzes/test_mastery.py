"""Mastery and misconceptions, stated anew as plain rules and compared on drawn histories."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.mastery import Outcome, Result, Strength, is_mastered, latest, strength
from quizzes.misconceptions import Chance, misconceptions

RIGHT, HELPED, NOT_YET = Outcome.RIGHT, Outcome.HELPED, Outcome.NOT_YET
DAY = date(2026, 3, 1)
HISTORIES = st.lists(
    st.builds(
        Result,
        st.sampled_from("abcdef"),
        st.integers(0, 4).map(lambda days: DAY + timedelta(days=days)),
        st.sampled_from([RIGHT, RIGHT, RIGHT, HELPED, NOT_YET]),
    ),
    max_size=14,
)


def results(*said: tuple[str, int, Outcome]) -> list[Result]:
    return [Result(variant, DAY + timedelta(days=day), outcome) for variant, day, outcome in said]


@given(HISTORIES)
def test_mastery_is_its_rule(history: list[Result]) -> None:
    last: dict[str, tuple[int, Result]] = {}
    for place, result in enumerate(history):
        last[result.variant] = (place, result)
    three = [result for _, result in sorted(last.values(), key=lambda pair: pair[0])[-3:]]
    rule = (
        len(three) == 3 and all(one.outcome == RIGHT for one in three) and len({one.day for one in three}) > 1
    )
    assert is_mastered(history) is rule
    assert latest(history) == three[::-1]


@given(HISTORIES)
def test_words_follow_the_rule(history: list[Result]) -> None:
    word = strength(history)
    ever = any(is_mastered(history[:end]) for end in range(len(history) + 1))
    assert (word is Strength.NEW) is (not history)
    assert (word in (Strength.HOLDING, Strength.SLIPPING)) is ever
    if is_mastered(history):
        assert word is Strength.HOLDING
        assert strength(history, 0.89) is Strength.SLIPPING
        assert strength(history, 0.9) is Strength.HOLDING


@given(HISTORIES, st.sampled_from("abcdefg"))
def test_a_miss_ends_mastery_and_asking_again_never_makes_it(history: list[Result], variant: str) -> None:
    assert not is_mastered([*history, Result(variant, DAY + timedelta(days=9), NOT_YET)])
    assert not is_mastered([*history, Result(variant, DAY + timedelta(days=9), HELPED)])
    assert not is_mastered([Result("a", one.day, RIGHT) for one in history])


def test_three_on_one_day_are_learning_and_a_miss_later_is_slipping() -> None:
    same = results(("a", 0, RIGHT), ("b", 0, RIGHT), ("c", 0, RIGHT))
    assert strength(same) is Strength.LEARNING
    held = [*same, *results(("d", 1, RIGHT))]
    assert strength(held) is Strength.HOLDING
    on_one_day = [*held, *results(("e", 2, RIGHT), ("f", 2, RIGHT), ("g", 2, RIGHT))]
    assert strength(on_one_day) is Strength.HOLDING
    assert strength([*held, *results(("e", 2, NOT_YET))]) is Strength.SLIPPING


def chance(
    variant: str, code: str = "", *, is_right: bool | None = None, can: tuple[str, ...] = ("B0",)
) -> Chance:
    return Chance(variant, can, code, f"title of {code}", not code if is_right is None else is_right)


def test_two_hits_of_five_chances_and_three_clean_variants() -> None:
    once = [chance("a", "B0")]
    assert misconceptions(once) == []
    twice = [*once, *(chance(name) for name in "bc"), chance("d", "B0")]
    (found,) = misconceptions(twice)
    assert (found.code, found.title, found.hits, found.is_active, found.to_go) == (
        "B0",
        "title of B0",
        2,
        True,
        3,
    )
    nearly = [*twice, chance("e"), chance("f"), chance("f"), chance("g", is_right=False)]
    assert misconceptions(nearly)[0].to_go == 1  # the same variant again, and another slip, tell nothing
    cleared = [*nearly, chance("h")]
    assert [(one.is_active, one.was_there) for one in misconceptions(cleared)] == [(False, True)]
    again = [*cleared, chance("i", "B0")]
    assert not misconceptions(again)[0].is_active
    assert misconceptions([*again, chance("j", "B0")])[0].is_active


def test_what_could_not_show_is_no_chance() -> None:
    far = [chance("a", "B0"), *(chance(str(n), can=("T1",)) for n in range(9)), chance("z", "B0")]
    assert [one.code for one in misconceptions(far)] == ["B0"]
    late = [chance("a", "B0"), *(chance(str(n), is_right=False) for n in range(4)), chance("z", "B0")]
    assert misconceptions(late) == []  # six chances lie between the first and the last


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["", "B0", "T1", "?"])), max_size=20))
def test_active_is_never_told_without_two_hits(said: list[tuple[str, str]]) -> None:
    told = [
        chance(name, "" if code == "?" else code, is_right=code == "", can=("B0", "T1"))
        for name, code in said
    ]
    for found in misconceptions(told):
        assert sum(code == found.code for _, code in said) == found.hits >= 2
        last = max(place for place, (_, code) in enumerate(said) if code == found.code)
        clean = {name for name, code in said[last + 1 :] if code == ""}
        if len(clean) >= 3:
            assert not found.is_active
