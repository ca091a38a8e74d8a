"""Text from one notation to the other: plain text and HTML to Markdown, and to the plain text of an option.

Formats, by the names that Moodle gives them: `markdown`, `html`, `plain_text`, and `moodle_auto_format`,
which is plain text unless it has tags. In options and feedback only code between backticks is marked up.
"""

import re
from html.parser import HTMLParser

MOST_HTML = 10_000  # characters; the parser of the standard library takes quadratic time on some of them
_SPECIAL = re.compile(r"[\\`*_$\[\]<~|]|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(?:([#>+\-=:])|(\d{1,9})([.)]))", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>|&(?:[a-zA-Z]{2,8}|#\d{2,6});")
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
_BLOCKS = frozenset(
    ("p", "div", "ul", "ol", "li", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr")
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_LOST = {
    "img": "A picture", "audio": "A sound", "video": "A film", "table": "A table's form", "svg": "A drawing",
    "object": "An embedded object", "iframe": "An embedded page", "script": "A script", "math": "MathML",
}  # fmt: skip
_SILENT = frozenset({"script", "style", "svg", "head", "title"})


def escaped(text: str) -> str:
    """Markdown that shows this plain text, character by character."""
    lines = "\n".join(line.strip() for line in text.strip().split("\n"))
    return _LINE_START.sub(_escape_start, _SPECIAL.sub(r"\\\g<0>", lines))


def unescaped(markdown: str) -> str:
    """The inverse of `escaped`; other Markdown stays what it is."""
    return _ESCAPED.sub(r"\1", markdown)


def to_markdown(text: str, notation: str) -> tuple[str, list[str]]:
    """The text as Markdown, and what is lost of it."""
    if notation == "markdown":
        return text.strip(), []
    if _is_html(text, notation):
        return _converted(text, is_markdown=True)
    return escaped(text), []


def to_plain(text: str, notation: str) -> tuple[str, list[str]]:
    """The text of an option or a feedback, and what is lost of it."""
    if _is_html(text, notation):
        return _converted(text, is_markdown=False)
    return text.strip(), []


def _is_html(text: str, notation: str) -> bool:
    return notation == "html" or (notation == "moodle_auto_format" and bool(_TAG.search(text)))


def _escape_start(match: re.Match[str]) -> str:
    mark, digits, after = match.groups()
    return f"\\{mark}" if mark else f"{digits}\\{after}"


def _converted(text: str, *, is_markdown: bool) -> tuple[str, list[str]]:
    reader = _Html(is_markdown)
    reader.feed(_tags_alone(text[:MOST_HTML]))
    reader.close()
    if len(text) > MOST_HTML:
        reader.lost.append(f"What follows the first {MOST_HTML} characters")
    return reader.text(), list(dict.fromkeys(reader.lost))


def _tags_alone(html: str) -> str:
    """Without comments, and with every other < that begins no whole tag as a letter.

    The parser would look for the end of each of them to the end of the text.
    """
    first, *rest = html.split("<!--")
    kept = first + "".join(piece.partition("-->")[2] for piece in rest)
    return _NO_TAG.sub("&lt;", kept)


class _Html(HTMLParser):
    """Keeps paragraphs, lists, emphasis, code and line breaks; says what it loses."""

    def __init__(self, is_markdown: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.is_markdown = is_markdown
        self.lost: list[str] = []
        self.parts: list[str] = []
        self.lists: list[str] = []
        self.silent = 0
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LOST:
            self.lost.append(_LOST[tag])
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self.parts.append("\\\n" if self.is_markdown else "\n")
        elif tag in ("ul", "ol"):
            self.lists.append("1. " if tag == "ol" else "- ")
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append("\n" + (self.lists[-1] if self.lists else "- "))
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        else:
            self._mark(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("ul", "ol"):
            del self.lists[-1:]
            self.parts.append("\n\n")
        elif tag in _BLOCKS:
            self.parts.append("" if tag == "li" else "\n\n")
        else:
            self._mark(tag, -1)

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        words = re.sub(r"\s+", " ", data)
        if self.code:
            self.parts.append(words.replace("`", "'"))
        else:
            self.parts.append(_SPECIAL.sub(r"\\\g<0>", words) if self.is_markdown else words)

    def text(self) -> str:
        whole = "".join(self.parts)
        lines = "\n".join(line.strip() for line in whole.split("\n"))
        whole = re.sub(r"\n{3,}", "\n\n", lines)
        return re.sub(r"\\?\n*\Z|\A\s+", "", whole) if self.is_markdown else " ".join(whole.split())

    def _mark(self, tag: str, step: int) -> None:
        if tag == "code":
            self.code = max(0, self.code + step)
            self.parts.append("`")
        elif self.is_markdown and not self.code:
            self.parts.append(_MARKS.get(tag, ""))
