"""The grammar of typed numbers: what is read, what is refused and in which words."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.contract import FormatError
from quizzes.kinds.numbers import (
    HOW,
    exact,
    read_number,
    read_shape,
    read_whole,
    shown,
    shown_shape,
    signed,
)

THREE_QUARTERS = Fraction(3, 4)


@pytest.mark.parametrize(
    "typed",
    [
        "0.75",
        "0,75",
        "3/4",
        "+.75",
        ",75",
        "0.750",
        " 75e-2",
        "75%",
        "75 %",
        "7,5e-1",
        "\N{NO-BREAK SPACE}0.75",
        "1.5/2",
    ],
)
def test_many_spellings_of_one_number(typed: str) -> None:
    assert read_number(typed) == THREE_QUARTERS


@pytest.mark.parametrize("typed", ["-3", "\N{MINUS SIGN}3", "\N{EN DASH}3", "-3.", "-6/2", "-300%", "-0.3e1"])
def test_negative_numbers_with_any_minus(typed: str) -> None:
    assert read_number(typed) == -3


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "nan",
        "inf",
        "-Infinity",
        "1e999",
        "1_0",
        "0x10",
        "1.2.3",
        "--1",
        "1/2/3",
        "٣",
        "\N{FULLWIDTH DIGIT THREE}",
        "+",
        ".",
        "1e",
        "1 2",
        "1,000.5",
        "3/-4",
        "%",
    ],
)
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_number(typed)
    assert str(caught.value) == f"“{typed}” cannot be read as a number. {HOW}"


def test_other_refusals_say_what_to_do() -> None:
    for typed, message in {
        "  ": f"There is no answer yet. {HOW}",
        "1/0": f"“1/0” divides by zero. {HOW}",
        "3,456": "“3,456” may mean 3456 or 3.456. Write the one that you mean.",
        "-12,000": "“-12,000” may mean -12000 or -12.000. Write the one that you mean.",
        "1,000/2": "“1,000” may mean 1000 or 1.000. Write the one that you mean.",
        "1 000": "“1 000” has a separator in it. Write the number without: 1000.",
        "1,000,000": "“1,000,000” has a separator in it. Write the number without: 1000000.",
        "9" * 41: f"That is longer than 40 characters. {HOW}",
    }.items():
        with pytest.raises(FormatError) as caught:
            read_number(typed)
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("typed", "value"),
    [("124", 124), ("+124", 124), ("\N{MINUS SIGN}3", -3), ("124.0", 124), ("1.24e2", 124)],
)
def test_whole_numbers(typed: str, value: int) -> None:
    assert read_whole(typed) == value


@pytest.mark.parametrize("typed", ["0,125", ",125", "1,25", "1.000", "1234,500"])
def test_a_comma_that_can_only_be_a_decimal_mark_is_one(typed: str) -> None:
    assert read_number(typed) == Fraction(typed.replace(",", "."))


def test_whole_numbers_refuse_fractions_and_separators() -> None:
    for typed, message in {
        "1,024": "“1,024” has a separator in it. Write the number without: 1024.",
        "1 024": "“1 024” has a separator in it. Write the number without: 1024.",
        "12.5": "“12.5” is not a whole number. This question asks how many: type 42, say.",
        "": "There is no answer yet. Type a whole number, such as 42.",
    }.items():
        with pytest.raises(FormatError) as caught:
            read_whole(typed)
        assert str(caught.value) == message


def test_numbers_are_shown_with_a_true_minus_and_no_needless_zeros() -> None:
    assert [shown(n) for n in (0.5, -0.5, 3.0, -0.0, 1 / 3, 12.25)] == [
        "0.5",
        "−0.5",
        "3",
        "0",
        "0.3333",
        "12.25",
    ]
    assert [signed(n) for n in (0.5, -1, 0)] == ["+0.5", "−1", "0"]


def test_an_authors_decimal_is_exact() -> None:
    assert exact(0.1) == Fraction(1, 10)


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=1000))
def test_a_shown_fraction_reads_back(value: Fraction) -> None:
    assert read_number(f"{value.numerator}/{value.denominator}") == value


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_a_format_error(text: str) -> None:
    for read in (read_number, read_whole):
        with suppress(FormatError):
            read(text)


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        ("(8, 6)", [8, 6]),
        ("8 x 6", [8, 6]),
        ("[8,6]", [8, 6]),
        ("8 × 6", [8, 6]),
        ("(6,)", [6]),
        ("6", [6]),
        (" ( 32 , 12, 12, 3 ) ", [32, 12, 12, 3]),
    ],
)
def test_shapes_are_read_as_people_write_them(typed: str, shape: list[int]) -> None:
    assert read_shape(typed) == shape
    assert read_shape(shown_shape(shape)) == shape


@pytest.mark.parametrize(
    "typed", ["(8, )6", "8, six", "(8", "-3, 2", "8.5, 2", "()", "٣, 2", "8,,6", "9" * 9]
)
def test_what_is_no_shape_is_refused(typed: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_shape(typed)
    assert str(caught.value) == (
        f"“{typed}” cannot be read as a shape. Write it like (8, 6), or (6,) for a single number."
    )
