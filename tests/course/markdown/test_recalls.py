"""Recall questions leave their text without what binds them to it."""

from course.markdown import recalls, render

TEXT = """
A [bias](term:bias).

::: recall What does a [bias](term:bias) do?
It is **added**: $z = x w + b$. See [the sum](#the-sum).

    ```python Code
    b = 1
    ```
:::

::: practice Work it out
Not from memory.
:::
"""


def test_a_question_can_stand_on_another_page() -> None:
    html = render(TEXT, None, {"bias": "It is added."}).html
    [asked] = recalls(html)
    assert asked.startswith('<details class="recall"><summary><span><span class="kicker">From memory</span>')
    assert "It is <strong>added</strong>: <math" in asked
    assert "See the sum." in asked
    for bound in (" id=", " href=", "aria-describedby", "It is added.", "<button", "Not from memory"):
        assert bound not in asked


def test_a_text_without_questions() -> None:
    assert recalls(render("Nothing to remember.", None, {}).html) == []
