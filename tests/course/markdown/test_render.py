"""Markdown becomes safe HTML: what authors may write, what they are told, what hostile texts cannot do."""

import time
from html.parser import HTMLParser

import pytest

from course.markdown import MAX_CHARACTERS, MarkdownError, render
from course.markdown.expressions import FactError


class Elements(HTMLParser):
    """The elements and attributes that a browser would make of the HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


class OneFact:
    """A network of one neuron and one number."""

    def text(self, expression: str, *, is_prose: bool) -> str:
        if expression != "z":
            raise FactError(f"There is nothing called {expression!r} here.")
        return "−4" if is_prose else "-4"

    def check_cue(self, settings: dict[str, str]) -> None:
        if settings.get("focus") not in ("h1.3", None):
            raise FactError(f"There is no neuron {settings['focus']!r}.")


def problems(text: str) -> list[str]:
    with pytest.raises(MarkdownError) as caught:
        render(text, OneFact())
    return [str(problem) for problem in caught.value.problems]


def test_headings_get_addresses_that_do_not_repeat() -> None:
    rendered = render("## One *neuron*\n\n### One neuron\n\n## Größe\n\n## 重さ\n")
    assert [tuple(heading) for heading in rendered.headings] == [
        (2, "one-neuron", "One neuron"),
        (3, "one-neuron-2", "One neuron"),
        (2, "groe", "Größe"),
        (2, "part", "重さ"),
    ]
    assert '<h2 id="one-neuron">One <em>neuron</em></h2>' in rendered.html


def test_headings_keep_clear_of_the_page_s_own_anchors() -> None:
    assert render("## Figure\n").headings[0].anchor == "figure-2"


def test_a_network_s_name_is_not_broken_between_lines() -> None:
    assert render("Our 8-6-6-4.", None).html == '<p>Our <span class="whole">8-6-6-4</span>.</p>\n'
    assert "whole" not in render("x-1 and [a <b>](https://example.org/1-2)", None).html


def test_a_callout() -> None:
    html = render("::: callout\n**Zeros.** End a path.\n:::\n").html
    assert html == '<div class="callout">\n<p><strong>Zeros.</strong> End a path.</p>\n</div>\n'


def test_a_worked_example_is_a_named_section() -> None:
    html = render("::: worked One neuron\nAdd.\n:::\n").html
    assert html == (
        '<section class="block" aria-labelledby="one-neuron"><span class="kicker">Worked example</span>'
        '<h3 id="one-neuron">One neuron</h3>\n<p>Add.</p>\n</section>\n'
    )


def test_code_has_a_title_colors_and_a_copy_button_for_the_script_to_show() -> None:
    html = render("```python One neuron\nz = 4  # sum\n```\n").html
    assert "<header><span>One neuron</span>" in html
    assert 'data-copy="" hidden=""' in html
    assert 'z = <span class="d">4</span>  <span class="c"># sum</span>' in html


def test_keras_text_is_colored_as_python() -> None:
    html = render("```keras\nfrom keras import Input\n```\n").html
    assert '<span class="k">from</span>' in html
    assert "<header><span>Keras</span>" in html


def test_mathematics_becomes_mathml() -> None:
    html = render("Inline $z = x w$.\n\n$$\n\\sum_{i=1}^{8} x_i\n$$\n").html
    assert 'display="inline"' in html
    assert "<munderover><mo>∑</mo>" in html


def test_a_formula_in_two_forms_is_both_on_the_page_each_marked() -> None:
    html = render("$x W + b // W^{\\top} x + b$").html
    assert html.count("<math") == 2
    rows, columns = html.split("</math>")[:2]
    assert 'class="in-rows"' in rows
    assert 'class="in-columns"' in columns
    assert "⊤" in columns
    assert "⊤" not in rows


def test_a_formula_on_a_line_of_its_own_can_be_scrolled_by_keyboard() -> None:
    for text in ("$$\nz = x w + b\n$$\n", "So $$z = x w + b$$ holds.\n"):
        html = render(text, None).html
        assert '<span class="formula" tabindex="0" role="group" aria-label="Formula"><math' in html


def test_prices_are_not_mathematics() -> None:
    assert "math" not in render("It costs 5 $ or 6 $ a month.\n").html


def test_a_figure_cue_is_a_link_that_works_without_a_script() -> None:
    html = render("[neuron h1.3](focus:h1.3) and [a step](figure:focus=h1.3&t=3)\n", OneFact()).html
    assert '<a href="?focus=h1.3#figure" class="cue" data-focus="h1.3" rel="noopener noreferrer">' in html
    assert 'href="?focus=h1.3&amp;t=3#figure"' in html
    assert 'data-t="3"' in html


def test_numbers_are_filled_in_with_a_true_minus_in_prose_and_a_hyphen_in_code() -> None:
    html = render("So {{ z }}, `{{z}}`, $z = {{ z }}$.\n\n```text\nz = {{ z }}\n```\n", OneFact()).html
    assert "So −4, <code>-4</code>" in html
    assert "<code>z = -4\n</code>" in html
    assert "<mo>−</mo><mn>4</mn>" in html


def test_numbers_are_filled_in_tables() -> None:
    html = render("| a |\n|---|\n| {{ z }} |\n", OneFact()).html
    assert "<td>−4</td>" in html
    assert '<th scope="col">a</th>' in html


def test_every_problem_is_told_with_its_line() -> None:
    text = "# Title\n\nGood.\n{{ y }}\n\n[there](focus:h9.9)\n\n![a](b.png)\n\n::: nope\nText\n\n$\\wrong{$\n"
    assert problems(text) == [
        "Line 1: Headings go from ## to ####; the page itself has the first level.",
        "Line 4: There is nothing called 'y' here.",
        "Line 6: There is no neuron 'h9.9'.",
        "Line 8: Images are not shown in texts. Describe it, or let the figure show it.",
        "Line 10: '::: nope' opens or closes no block. "
        "Blocks: callout, worked, predict, recall, practice, tabs, tab, closed by ::: alone.",
        "Line 13: This is not LaTeX that can be shown: '\\\\wrong{'. Check braces and commands.",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "::: worked\nText\n:::\n",
            "Line 1: A worked example needs a title: ::: worked The same neuron in NumPy",
        ),
        (
            "```nolanguage\nx\n```\n",
            "Line 1: The code is marked as 'nolanguage', which is not known. Try python or text.",
        ),
        ("$\\foo x$\n", "Line 1: The command \\foo is not known here. Write the formula without it."),
        (
            "$x W //$\n",
            "Line 1: 'x W //' does not give two forms. "
            "Write the one with row vectors, then //, then the one with columns.",
        ),
        ("[a](figure:zoom=3)\n", "Line 1: The figure cue asks for 'zoom'; it can set preset, x, focus, t."),
        ("[a](figure:)\n", "Line 1: The figure cue asks for nothing; it can set preset, x, focus, t."),
        (f"${'x' * 1001}$\n", "Line 1: The formula has 1001 characters; at most 1000 fit. Split it."),
    ],
)
def test_a_problem_says_how_to_mend_it(text: str, problem: str) -> None:
    assert problems(text) == [problem]


def test_a_text_without_a_network_cannot_ask_for_numbers() -> None:
    with pytest.raises(MarkdownError) as caught:
        render("{{ z }} and [a](focus:h1.3)\n")
    assert str(caught.value) == (
        "Line 1: A figure cue needs a figure, and this text has no network. Choose a network first.\n"
        "Line 1: {{ z }} needs a network, and this text has none. Choose a network or write text."
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        '[x](http://e.org "onmouseover=alert(1)")',
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></mtext><style><img src onerror=alert(1)></style></math>",
        "```python <script>alert(1)</script>\nx\n```",
        '```python "onfocus=alert(1) autofocus=\nx\n```',
        "::: worked <script>alert(1)</script>\nx\n:::",
        "## <img src=x onerror=alert(1)>",
        "$\\text{<script>alert(1)</script>}$",
        "$\\href{javascript:alert(1)}{x}$",
        '$\\class{x" onload="alert(1)}{x}$',
        "$\\style{color:red}{x}$",
        "[x](figure:focus=h1.3&t=%22%3E%3Cscript%3E)",
    ],
)
def test_hostile_text_stays_text(hostile: str) -> None:
    try:
        html = render(hostile + "\n", OneFact()).html
    except MarkdownError:
        return
    seen = Elements()
    seen.feed(html)
    assert not {"script", "img", "svg", "style", "iframe"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "style"]
    addresses = [value for name, value in seen.attributes if name == "href"]
    assert all(address.startswith(("http://", "https://", "?", "#")) for address in addresses)


@pytest.mark.parametrize(
    "text",
    [
        "*" * MAX_CHARACTERS,
        "[" * MAX_CHARACTERS,
        "> " * (MAX_CHARACTERS // 2),
        "- " * (MAX_CHARACTERS // 2),
        "`" * MAX_CHARACTERS,
        "![](" * (MAX_CHARACTERS // 4),
        "a**b" * (MAX_CHARACTERS // 4),
        "$" * MAX_CHARACTERS,
        "{{" * (MAX_CHARACTERS // 2),
        "|" * MAX_CHARACTERS,
        "| a\n" * (MAX_CHARACTERS // 4),
        "".join(f"[{n}]: x\n" for n in range(3000)) + "[1]" * 1000,
        "::: callout\n" * (MAX_CHARACTERS // 12),
    ],
    ids=lambda text: text[:6],
)
def test_a_large_hostile_text_is_answered_in_time(text: str) -> None:
    start = time.process_time()
    try:
        html = render(text[:MAX_CHARACTERS]).html
    except MarkdownError:
        html = ""
    assert time.process_time() - start < 5
    assert len(html) <= 1_000_000


def test_a_text_that_is_too_long_is_told_so() -> None:
    with pytest.raises(MarkdownError) as caught:
        render("a" * (MAX_CHARACTERS + 1))
    assert str(caught.value) == "Line 1: The text has 60001 characters; at most 60000 fit."
