"""A text as numbered lines in color, with the places of its findings cut out."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from labs.listing import Line, Part, listing


class At(NamedTuple):
    line: int
    column: int
    end_line: int
    end_column: int


def test_lines_are_numbered_from_one() -> None:
    assert listing("a\n\nb\n") == [Line(1, (Part("a"),)), Line(2, ()), Line(3, (Part("b"),))]


def test_pieces_have_their_colors() -> None:
    [line] = listing("from x import y  # why")
    assert [(part.text, part.color) for part in line.parts if part.color] == [
        ("from", "k"),
        ("import", "k"),
        ("# why", "c"),
    ]
    [line] = listing("units = 6, 'relu'")
    colored = [(part.text, part.color) for part in line.parts if part.color]
    assert colored == [("6", "d"), ("'", "s"), ("relu", "s"), ("'", "s")]


def test_a_finding_is_cut_out_of_its_line() -> None:
    [line] = listing("Dense(unit=6)", [At(1, 7, 1, 11)])
    assert [part.text for part in line.parts if part.finding] == ["unit"]
    assert line.is_bad


def test_a_finding_over_several_lines_marks_them_all() -> None:
    lines = listing("ab\ncd\nef", [At(1, 2, 3, 2)])
    assert [line.parts for line in lines] == [
        (Part("a"), Part("b", "", 1)),
        (Part("cd", "", 1),),
        (Part("e", "", 1), Part("f")),
    ]


def test_of_two_that_overlap_the_first_is_shown_whole() -> None:
    [line] = listing("abcdef", [At(1, 2, 1, 5), At(1, 3, 1, 7)])
    assert line.parts == (Part("a"), Part("bcd", "", 1), Part("ef", "", 2))


def test_a_place_past_the_end_marks_a_blank() -> None:
    assert listing("ab", [At(1, 9, 1, 9)])[0].parts == (Part("ab"), Part(" ", "", 1))
    assert listing("", [At(1, 1, 1, 1)])[0].parts == (Part(" ", "", 1),)
    assert listing("a\n", [At(2, 1, 2, 1)])[1] == Line(2, (Part(" ", "", 1),))
    assert listing("a", [At(7, 1, 7, 2)]) == [Line(1, (Part("a"),))]


@given(
    st.text(alphabet="a('\"#\r\n\t\f 1\\\ufeff"),
    st.lists(st.builds(At, *[st.integers(1, 6)] * 4), max_size=3),
)
def test_nothing_is_lost_whatever_the_text(source: str, findings: list[At]) -> None:
    lines = listing(source, findings)
    shown = "\n".join("".join(part.text for part in line.parts) for line in lines)
    assert shown.replace("\n", "").replace(" ", "") == source.replace("\n", "").replace(" ", "")
