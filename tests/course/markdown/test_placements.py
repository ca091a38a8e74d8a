"""Figures in a text: a block of a known kind places one, and what is wrong in it is told with its line."""

from collections.abc import Sequence

import pytest

from course.markdown import MarkdownError, Placement, Problem, render

TEXT = """A dial:

```dial
at = 3
```

## Dial 2

```dial
at = {{ z }}
```

```python
at = 3
```
"""


class Dials:
    """One kind of figure, whose block says where it stands."""

    kinds = ("dial",)

    def problems(self, kind: str, body: str) -> Sequence[Problem]:
        return [] if body.startswith("at = ") else [Problem(1, f"A {kind} needs at = 3.")]


class OneFact:
    def text(self, expression: str, *, is_prose: bool) -> str:
        return "−4" if is_prose else "-4"

    def check_cue(self, settings: dict[str, str]) -> None:
        return


def problems(text: str) -> list[str]:
    with pytest.raises(MarkdownError) as caught:
        render(text, None, None, Dials())
    return [str(problem) for problem in caught.value.problems]


def test_a_figure_leaves_a_mark_and_what_its_block_says() -> None:
    rendered = render(TEXT, OneFact(), None, Dials())
    assert rendered.figures == (
        Placement("dial-1", "dial", "at = 3\n", 3),
        Placement("dial-2-2", "dial", "at = -4\n", 9),
    )
    assert rendered.html.startswith("<p>A dial:</p>\n<!--figure:dial-1-->\n<h2")
    assert rendered.html.count("<!--figure:") == 2
    assert ">Python<" in rendered.html


def test_without_kinds_a_block_is_code() -> None:
    rendered = render("```text\nat = 3\n```\n")
    assert rendered.figures == ()
    assert "<!--" not in rendered.html


def test_problems_have_the_line_of_the_text() -> None:
    assert problems("One.\n\n```dial\nto = 3\n```\n") == ["Line 4: A dial needs at = 3."]


def test_an_expression_that_cannot_be_filled_is_told_once() -> None:
    assert problems("```dial\nto = {{ z }}\n```\n") == [
        "Line 1: {{ z }} needs a network, and this text has none. Choose a network or write text."
    ]


def test_a_figure_stands_by_itself() -> None:
    assert problems("- One:\n\n  ```dial\n  at = 3\n  ```\n") == [
        "Line 3: A figure stands by itself, not inside of another block or a list."
    ]


def test_settings_do_not_stand_beside_the_kind() -> None:
    assert problems("```dial A title\nat = 3\n```\n") == [
        "Line 1: A figure's block opens with ```dial alone; its settings stand inside."
    ]


def test_a_text_cannot_write_a_mark_of_its_own() -> None:
    html = render("<!--figure:dial-1-->\n", None, None, Dials()).html
    assert "<!--" not in html
