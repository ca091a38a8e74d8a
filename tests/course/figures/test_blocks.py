"""The block of a figure: settings by name and type; a fault says its line and what may be."""

from collections.abc import Callable
from typing import Any

import pytest

from course.figures.blocks import Block
from course.figures.errors import FigureError


def places(body: str, take: Callable[[Block], Any]) -> tuple[tuple[int, str], ...]:
    with pytest.raises(FigureError) as caught:
        take(Block(body))
    return caught.value.places


def test_settings_are_taken_by_their_type() -> None:
    block = Block(
        'title = "A"\nrate = 1\nis = true\nlist = [1, 2.5]\nnames = ["a", "b"]\nway = "up"\nsize = 3\n'
    )
    assert block.text("title") == "A"
    assert block.number("rate", 0, 2) == 1.0
    assert block.is_on("is")
    assert block.numbers("list", least=2, most=2) == (1.0, 2.5)
    assert block.words("names", least=1, most=2) == ("a", "b")
    assert block.choice("way", ["up", "down"]) == "up"
    assert block.whole("size", 1, 3) == 3
    assert block.choices("way2", ["up", "down"], ["down"]) == ("down",)
    assert block.raw("nothing") is None
    block.end()


@pytest.mark.parametrize(
    ("body", "take", "line", "message"),
    [
        ("a = 1\nb = = 2\n", lambda b: b, 2,
         'This is not TOML: Unexpected character: \'=\'. '
         'Write settings like title = "A title", one to a line.'),
        ("\nb = 9\n", lambda b: b.number("b", 0, 2), 2, "b is a number from 0 to 2."),
        ("b = true\n", lambda b: b.number("b", 0, 2), 1, "b is a number from 0 to 2."),
        ("b = nan\n", lambda b: b.number("b", 0, 2), 1, "b is a number from 0 to 2."),
        ("b = 1.5\n", lambda b: b.whole("b", 0, 2), 1, "b is a whole number from 0 to 2."),
        ("b = 1\n", lambda b: b.is_on("b"), 1, "b is true or false, without quotes."),
        ("b = 1\n", lambda b: b.text("b"), 1, "b is text of at most 100 characters, in quotes."),
        ("b = [1]\n", lambda b: b.numbers("b", least=2, most=3), 1, "b is a list of 2 to 3 numbers."),
        ('b = [1, "2"]\n', lambda b: b.numbers("b", least=2, most=2), 1,
         "b holds numbers from -1000 to 1000 only."),
        ("b = [1]\n", lambda b: b.words("b", least=1, most=1), 1,
         "b is a list of 1 names of at most 24 characters."),
        ('b = "x"\n', lambda b: b.choice("b", ["up", "down"]), 1, "b is 'x'; it can be up, down."),
        ('b = ["up", "up"]\n', lambda b: b.choices("b", ["up", "down"]), 1,
         "b is a list of different names among up, down."),
        ("", lambda b: b.number("b", 0, 2), 0, "This figure needs b. Write a line like b = 0"),
    ],
)  # fmt: skip
def test_a_fault_is_told(body: str, take: Callable[[Block], Any], line: int, message: str) -> None:
    assert places(body, take) == ((line, message),)


def test_what_nobody_asked_for_is_told() -> None:
    def read(block: Block) -> None:
        block.text("title", "T")
        block.end()

    assert places("titel = 1\n", read) == (
        (1, "'titel' is not a setting of this figure. Its settings: title."),
    )
