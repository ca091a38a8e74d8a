"""Code with colors by class: the four kinds of token that the style sheet knows."""

from html import escape

from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Number, String
from pygments.util import ClassNotFound

CLASSES = ((Keyword, "k"), (String, "s"), (Number, "d"), (Comment, "c"))
LANGUAGES = {"keras": "python"}
NAMES = {"keras": "Keras", "python": "Python", "toml": "TOML", "json": "JSON", "text": "Text", "": "Text"}


class CodeError(ValueError):
    """A language that has no colors here."""


def highlight(code: str, language: str) -> str:
    """The code as escaped HTML with <span class="k|s|d|c">. CodeError for an unknown language."""
    try:
        lexer = get_lexer_by_name(LANGUAGES.get(language, language or "text"), stripnl=False, ensurenl=False)
    except ClassNotFound as error:
        raise CodeError(
            f"The code is marked as {language!r}, which is not known. Try python or text."
        ) from error
    return "".join(_span(kind, text) for kind, text in lex(code, lexer))


def language_name(language: str) -> str:
    """How the language is called above a block that has no title of its own."""
    return NAMES.get(language, language.capitalize())


def _span(kind: object, text: str) -> str:
    css = next((css for known, css in CLASSES if kind in known), None)
    return f'<span class="{css}">{escape(text)}</span>' if css and text.strip() else escape(text)
