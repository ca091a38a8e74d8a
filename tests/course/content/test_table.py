"""Every wrong value in a content file is told in a sentence that names file, value and remedy."""

from collections.abc import Callable

import pytest

from course.content import ContentError, Table


def table(**values: object) -> Table:
    return Table("a/lesson.toml", values)


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: table().text("title"), "a/lesson.toml: `title` is missing. Add a text in quotes."),
        (lambda: table(title=3).text("title"), "a/lesson.toml: `title` must be a text in quotes."),
        (
            lambda: table(title="abc").text("title", at_most=2),
            "a/lesson.toml: `title` has 3 characters; at most 2 fit.",
        ),
        (
            lambda: table(level="hard").choice("level", ["easy", "deep"], "easy"),
            "a/lesson.toml: `level` is 'hard'; it can be 'easy', 'deep'.",
        ),
        (
            lambda: table(minutes=True).integer("minutes", at_most=60),
            "a/lesson.toml: `minutes` must be a whole number from 0 to 60.",
        ),
        (
            lambda: table(date="2025-01-01").day("date"),
            "a/lesson.toml: `date` must be a date such as 2025-01-31, without quotes.",
        ),
        (lambda: table(acts=[1]).texts("acts"), "a/lesson.toml: `acts` must be a list of texts in quotes."),
        (
            lambda: table(resource=[1]).tables("resource"),
            "a/lesson.toml: `resource` must be tables, each under [[resource]].",
        ),
        (
            lambda: table(resource=[{"title": 1}]).tables("resource")[0].text("title"),
            "a/lesson.toml: In resource 1: `title` must be a text in quotes.",
        ),
        (
            lambda: table(figure=1).table("figure"),
            "a/lesson.toml: `figure` must be a table under [figure].",
        ),
    ],
)
def test_a_wrong_value(read: Callable[[], object], message: str) -> None:
    with pytest.raises(ContentError) as caught:
        read()
    assert str(caught.value) == message


def test_a_misspelled_name_is_told_the_nearest() -> None:
    read = table(titel="x")
    read.text("title", "")
    with pytest.raises(ContentError) as caught:
        read.done()
    assert str(caught.value) == "a/lesson.toml: There is no value named `titel`. Did you mean `title`?"


def test_an_unknown_name_is_told_the_known_ones() -> None:
    read = table(zzz="x")
    read.text("title", "")
    read.truth("published", True)
    with pytest.raises(ContentError) as caught:
        read.done()
    assert str(caught.value) == "a/lesson.toml: There is no value named `zzz`. Known names: published, title."
