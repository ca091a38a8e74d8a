"""What arguments accept, and what is said of those they do not."""

import pytest

from engine.spec.arguments import Argument, Choice, Dimensions, Flag, Only, Real, Sizes, Text, Unfit, Whole
from engine.spec.completion import complete
from engine.spec.composites import Either, Many, Several


@pytest.mark.parametrize(
    ("wanted", "given", "kept"),
    [
        (Whole(), 3, 3),
        (Whole(0, none=True), None, None),
        (Real(), 3, 3.0),
        (Real(least=0.0), 0, 0.0),
        (Flag(), True, True),
        (Flag(), 1, True),
        (Choice(("valid", "same")), "SAME", "same"),
        (Sizes(2), 3, (3, 3)),
        (Sizes(2), (3, 5), (3, 5)),
        (Dimensions(), (None, 3), (None, 3)),
        (Only(False), False, False),
        (Many(Whole()), (1, 2), (1, 2)),
        (Either((Whole(), Text())), "x", "x"),
        (Several(Text()), ("a", ("b",)), ("a", ("b",))),
        (Several(Text(), always=True), "a", ("a",)),
    ],
)
def test_what_is_kept(wanted, given, kept):
    value = wanted.read(given)
    assert value == kept
    assert type(value) is type(kept)


@pytest.mark.parametrize(
    ("wanted", "given", "told", "fix"),
    [
        (Whole(), 0, "a whole number of at least 1", None),
        (Whole(1, 9), 10, "a whole number from 1 to 9", None),
        (Whole(), True, "a whole number of at least 1", None),
        (Whole(), 6.0, "a whole number of at least 1", "6"),
        (Whole(), 2**31, "a whole number of at least 1", None),
        (Real(least=0.0, below=1.0), 1.0, "a number at least 0 and below 1", None),
        (Real(above=0.0, none=True), 0, "a number above 0 or None", None),
        (Real(), float("nan"), "a number", None),
        (Flag(), "True", "True or False", "True"),
        (Flag(), 2, "True or False", None),
        (Choice(("valid", "same")), "sme", "'valid' or 'same'", "'same'"),
        (Choice(("valid", "same"), none=True), 3, "'valid', 'same' or None", None),
        (Sizes(2), (1, 2, 3), "a whole number of at least 1, or 2 of them", None),
        (Sizes(2), 0, "a whole number of at least 1, or 2 of them", None),
        (Dimensions(), 8, "a tuple of whole numbers such as (8,) or (28, 28, 1)", "(8,)"),
        (Dimensions(), (0,), "a tuple of whole numbers such as (8,) or (28, 28, 1)", None),
        (Dimensions(), (1,) * 9, "a tuple of at most 8 whole numbers", None),
        (Only(False), True, "False, the only value the engine computes with", "False"),
        (Many(Whole()), 3, "a list, each entry a whole number of at least 1", None),
        (Text(), "a\n", "a short string", None),
        (Text(), "a" * 201, "a short string", None),
        (Either((Whole(), Flag())), 1.5, "a whole number of at least 1, or True or False", None),
    ],
)
def test_what_is_refused(wanted, given, told, fix):
    with pytest.raises(Unfit) as caught:
        wanted.read(given)
    assert (caught.value.wanted, caught.value.fix) == (told, fix)


ARGUMENTS = (Argument("units", Whole(), doc="How many."), Argument("rate", Real(), 0.5))


def test_defaults_are_filled_in():
    config, problems = complete("It", ARGUMENTS, {"units": 3})
    assert (dict(config or {}), problems) == ({"units": 3, "rate": 0.5}, [])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, ["It needs units: a whole number of at least 1. How many."]),
        (
            {"unit": 3},
            ["It has no argument 'unit'; did you mean 'units'? units: how many. It takes units and rate."],
        ),
        ({"units": 1, "zzz": 3}, ["It has no argument 'zzz'. It takes units and rate."]),
        (
            {"units": 1.0, "rate": "a"},
            [
                "It: units must be a whole number of at least 1; it is 1.0. Write units=1.",
                "It: rate must be a number; it is 'a'.",
            ],
        ),
    ],
)
def test_everything_wrong_is_told(given, told):
    config, problems = complete("It", ARGUMENTS, given)
    assert config is None
    assert [str(problem.error()) for problem in problems] == told
