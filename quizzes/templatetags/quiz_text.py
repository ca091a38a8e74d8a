"""Texts of options and feedback: plain, but for `code` between backticks."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from quizzes.kinds.numbers import shown

register = template.Library()


@register.filter
def inline_code(text: str) -> SafeString:
    """Escaped text; what stands between backticks becomes code. A lone backtick stays what it is."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in enumerate(parts))
    )


@register.filter
def points(number: float) -> str:
    """Points as people write them: 7, 7.5, 7.67."""
    return shown(number, places=2)


@register.filter
def ordinal_word(number: int) -> str:
    """second, third, up to tenth; from there on 11th, 12th."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if 1 <= number <= len(words):
        return words[number - 1]
    teens = 10 < number % 100 < 14
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
