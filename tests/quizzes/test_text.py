"""Small texts: code between backticks, points, typed fields of a form."""

import pytest
from django.http import QueryDict

from quizzes.forms import sender_of, typed_fields
from quizzes.templatetags.quiz_text import inline_code, points


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain <b>", "plain &lt;b&gt;"),
        ("use `Dense(6, 'relu')` here", "use <code>Dense(6, &#x27;relu&#x27;)</code> here"),
        ("`a` and `<b>`", "<code>a</code> and <code>&lt;b&gt;</code>"),
        ("a lone ` stays", "a lone ` stays"),
        ("`a` and ` alone", "<code>a</code> and ` alone"),
        ("", ""),
    ],
)
def test_backticks_make_code_and_everything_is_escaped(text: str, html: str) -> None:
    assert inline_code(text) == html


def test_points_have_no_needless_zeros() -> None:
    assert [points(n) for n in (2.0, 1.5, 10 / 3)] == ["2", "1.5", "3.33"]


def test_fields_are_cut_and_cleaned() -> None:
    form = QueryDict(mutable=True)
    form.setlist("answer", [" a\x00b\x1b ", "x" * 9_000, "Dense(6)\r\n\tx", *["y"] * 80])
    form["other"] = "ignored"
    fields = typed_fields(form)
    assert list(fields) == ["answer"]
    assert [len(text) for text in fields["answer"][:2]] == [2, 8_001]  # one too many: its kind says so
    assert fields["answer"][2] == "Dense(6)\n\tx"
    assert len(fields["answer"]) == 60


@pytest.mark.parametrize(
    ("text", "version"), [("3", 3), ("", None), ("-1", None), ("٣", None), ("9" * 12, None)]
)
def test_a_version_is_a_small_number_or_unknown(text: str, version: int | None) -> None:
    sender = sender_of(QueryDict(f"version={text}"))
    assert (sender and sender.version) == version
