"""Questions, tabs and glossary terms in a text: what is written, what is told, what stays hidden."""

import pytest

from course.markdown import MarkdownError, render
from tests.course.markdown.test_render import OneFact

MEANINGS = {"bias": 'Added "once" & always.'}
PREDICT = """\
Before.

::: predict Which class?
Think first.

- cat
- [x] **llama**

It is a *llama*.
:::

After.
"""


def problem(text: str) -> str:
    with pytest.raises(MarkdownError) as caught:
        render(text, None, MEANINGS)
    return str(caught.value)


def test_a_prediction_leaves_a_mark_and_takes_its_answer_out_of_the_text() -> None:
    rendered = render(PREDICT)
    assert rendered.html == "<p>Before.</p>\n<!--predict:which-class-->\n<p>After.</p>\n"
    [prediction] = rendered.predictions
    assert (prediction.name, prediction.question) == ("which-class", "Which class?")
    assert prediction.lead == "<p>Think first.</p>\n"
    assert prediction.options == ("cat", "<strong>llama</strong>")
    assert prediction.right == 1
    assert prediction.reveal == "<p>It is a <em>llama</em>.</p>\n"


def test_an_author_cannot_write_the_mark() -> None:
    assert "<!--" not in render("<!--predict:x-->\n\n`<!--predict:x-->`\n").html


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "::: predict\n- [x] a\n- b\n\nx\n:::\n",
            "A prediction needs a question: ::: predict Which class will the network choose?",
        ),
        (
            "::: predict Q\n- [x] a\n\nx\n:::\n",
            "A prediction has 2 to 6 options, as a list with - before each; this one has 1.",
        ),
        (
            "::: predict Q\nx\n:::\n",
            "A prediction has 2 to 6 options, as a list with - before each; this one has 0.",
        ),
        (
            "::: predict Q\n- a\n- b\n\nx\n:::\n",
            "Mark the one right option of a prediction with [x], as in - [x] llama; 0 are marked.",
        ),
        (
            "::: predict Q\n- [x] a\n- [x] b\n\nx\n:::\n",
            "Mark the one right option of a prediction with [x], as in - [x] llama; 2 are marked.",
        ),
        (
            "::: predict Q\n- [x] [a](https://example.org)\n- b\n\nx\n:::\n",
            "An option is chosen by clicking it, so it cannot hold a link or a figure cue.",
        ),
        (
            "::: predict Q\n- [x] a\n- b\n:::\n",
            "After its options a prediction needs text that is shown once the reader committed.",
        ),
        (
            "::: predict Q\n- [x] a\n- b\n\n## H\n:::\n",
            "A prediction holds no headings: its question is one.",
        ),
        (
            "> ::: predict Q\n> - [x] a\n> - b\n>\n> x\n> :::\n",
            "A prediction stands by itself, not inside of another block or a list.",
        ),
        (
            "::: tab One\nx\n:::\n",
            "A tab stands inside of tabs: :::: tabs around it, closed by :::: alone.",
        ),
        (":::: tabs\n::: tab\nx\n:::\n::::\n", "A tab needs a name: ::: tab By hand"),
        ("::: recall\nx\n:::\n", "A recall block needs its question: ::: recall What does a bias do?"),
        ("::: practice\nx\n:::\n", "A practice block needs its task: ::: practice Work out neuron h1.1"),
        ("[x](term:none)\n", "There is no term 'none' in the glossary. Its terms: bias."),
    ],
)
def test_a_block_that_cannot_work_says_what_to_write(text: str, told: str) -> None:
    line = 2 if text.startswith("::::") else 1
    assert problem(text) == f"Line {line}: {told}"


@pytest.mark.parametrize(("name", "kicker"), [("recall", "From memory"), ("practice", "Your turn")])
def test_a_question_opens_to_its_answer_without_a_script(name: str, kicker: str) -> None:
    assert render(f"::: {name} What is <b>z</b>?\nA sum.\n:::\n").html == (
        f'<details class="recall"><summary><span><span class="kicker">{kicker}</span>'
        "What is &lt;b&gt;z&lt;/b&gt;?</span></summary><div>\n<p>A sum.</p>\n</div></details>\n"
    )


def test_tabs_are_named_sections_for_the_script_to_join() -> None:
    html = render(":::: tabs\n::: tab By hand\nOne.\n:::\n::: tab In NumPy\nTwo.\n:::\n::::\n").html
    assert html == (
        '<div class="tabset" data-tabset="">\n'
        '<section aria-labelledby="by-hand"><h3 id="by-hand">By hand</h3>\n<p>One.</p>\n</section>\n'
        '<section aria-labelledby="in-numpy"><h3 id="in-numpy">In NumPy</h3>\n<p>Two.</p>\n</section>\n'
        "</div>\n"
    )


def test_a_term_links_to_the_glossary_and_is_described_by_its_meaning() -> None:
    html = render("A [bias](term:bias) and the [bias](term:bias).\n", None, MEANINGS).html
    assert html.startswith(
        '<p>A <span class="gloss">'
        '<a href="../glossary/#bias" class="term" aria-describedby="term-1" rel="noopener noreferrer">'
        "bias</a>"
        '<span class="meaning" role="tooltip" id="term-1">Added "once" &amp; always.</span></span> and'
    )
    assert 'id="term-2"' in html


def test_a_title_may_have_numbers() -> None:
    html = render("::: practice From {{ z }} on\nx\n:::\n", OneFact()).html
    assert "</span>From −4 on</span></summary>" in html


def test_a_column_of_words_stands_at_the_left() -> None:
    html = render("| a | b | c |\n|---|:---|---:|\n| 1 | two | 3 |\n").html
    assert '<th scope="col">a</th>\n<th scope="col" class="words">b</th>\n<th scope="col">c</th>' in html
    assert '<td>1</td>\n<td class="words">two</td>\n<td>3</td>' in html
    assert "style" not in html
