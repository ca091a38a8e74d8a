"""What skills build on: faults are named, levels counted, and every skill stands in the nested list once."""

import pytest

from course.skills import Branch, Needs, fault, levels, nested

DIAMOND = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"], "e": []}


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ({}, None),
        (DIAMOND, None),
        ({"a": ["b"]}, ("a", "'a' needs 'b', and there is no such skill. Skills: a.")),
        ({"a": ["a"]}, ("a", "The skills need each other in a circle: a needs a. Take one need away.")),
        (
            {"x": ["c"], "a": ["b"], "b": ["c"], "c": ["a"]},
            ("a", "The skills need each other in a circle: a needs b needs c needs a. Take one need away."),
        ),
    ],
)
def test_faults(needs: Needs, said: tuple[str, str] | None) -> None:
    assert fault(needs) == said


def test_a_skill_is_one_level_above_the_highest_it_needs() -> None:
    assert levels(DIAMOND) == {"a": 0, "b": 1, "c": 1, "d": 2, "e": 0}


def test_a_skill_stands_under_the_latest_it_needs_and_names_the_others() -> None:
    d = Branch("d", ("b",), ())
    assert nested(DIAMOND) == (
        Branch("a", (), (Branch("b", (), ()), Branch("c", (), (d,)))),
        Branch("e", (), ()),
    )
