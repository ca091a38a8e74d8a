"""One text on its whole way: limits, tokens, numbers and cues filled in, faults collected, HTML, gate."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from course.markdown import blocks, code, cues, expressions, maths
from course.markdown.anchors import Anchors
from course.markdown.problems import MarkdownError, Problem
from course.markdown.sanitize import sanitize

MAX_CHARACTERS = 60_000
MAX_HTML = 1_000_000
MAX_REFERENCES = 100  # a few KB of references can otherwise render to many MB
VERBATIM = {"fence", "code_block", "code_inline", "math_inline", "math_inline_double", "math_block"}


class RuleError(ValueError):
    """Something that Markdown allows and a page of ours does not."""


FAULTS = (RuleError, expressions.FactError, maths.MathError, code.CodeError)


class Heading(NamedTuple):
    level: int
    anchor: str
    title: str


@dataclass(frozen=True)
class Rendered:
    """Safe HTML, and the headings in it for a table of contents."""

    html: str
    headings: tuple[Heading, ...]


def render(text: str, facts: expressions.FactSource | None = None) -> Rendered:
    """Markdown to safe HTML. Raises MarkdownError that lists every problem with its line."""
    if len(text) > MAX_CHARACTERS:
        raise MarkdownError(
            [Problem(1, f"The text has {len(text)} characters; at most {MAX_CHARACTERS} fit.")]
        )
    if text.count("]:") > MAX_REFERENCES:
        raise MarkdownError(
            [Problem(1, f"More than {MAX_REFERENCES} link references. Write the links in place.")]
        )
    md = _parser()
    tokens = md.parse(text)
    headings, problems = _prepare(tokens, facts)
    if problems:
        raise MarkdownError(problems)
    html = sanitize(md.renderer.render(tokens, md.options, {}))
    if len(html) > MAX_HTML:
        raise MarkdownError([Problem(1, "The text becomes a page of more than 1 MB. Split the lesson.")])
    return Rendered(html, headings)


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 12}).enable(["table", "strikethrough"])
    dollarmath_plugin(md, allow_labels=False, allow_space=False, double_inline=True)
    blocks.install(md)
    return md


def _prepare(
    tokens: list[Token], facts: expressions.FactSource | None
) -> tuple[tuple[Heading, ...], list[Problem]]:
    """Fill in numbers, cues and anchors; try what may fail, so that all faults are told at once."""
    anchors, headings, problems = Anchors(), [], []
    for token, line in _with_lines(tokens):
        try:
            _fill(token, facts)
            _check(token)
        except FAULTS as error:
            problems.append(Problem(line, str(error)))
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            title = _plain(tokens[place + 1])
            token.attrs["id"] = anchors.new(title)
            headings.append(Heading(int(token.tag[1]), str(token.attrs["id"]), title))
        elif token.type == "container_worked_open":
            token.meta = {"anchor": anchors.new(blocks.container_title(token, "worked"))}
    return tuple(headings), problems


def _with_lines(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Every token with the line of the text it stands on, counted from 1."""
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        yield token, line
        inside = line
        for child in token.children or []:
            if child.type in ("softbreak", "hardbreak"):
                inside += 1
            yield child, inside


def _fill(token: Token, facts: expressions.FactSource | None) -> None:
    if token.type == "text" or token.type in VERBATIM:
        token.content = expressions.fill(token.content, facts, is_prose=token.type == "text")
    elif token.type == "link_open" and cues.is_cue(str(token.attrs["href"])):
        cues.make_cue(token, facts)


def _check(token: Token) -> None:
    if token.type == "heading_open" and token.tag not in ("h2", "h3", "h4"):
        raise RuleError("Headings go from ## to ####; the page itself has the first level.")
    if token.type == "image":
        raise RuleError("Images are not shown in texts. Describe it, or let the figure show it.")
    if token.type == "text" and token.content.startswith(":::"):
        known = ", ".join(blocks.CONTAINERS)
        raise RuleError(
            f"{token.content[:40]!r} opens or closes no block. Blocks: {known}, closed by ::: alone."
        )
    if token.type == "container_worked_open" and not blocks.container_title(token, "worked"):
        raise RuleError("A worked example needs a title: ::: worked The same neuron in NumPy")
    if token.type in ("fence", "code_block"):
        code.highlight("", token.info.strip().partition(" ")[0])
    if token.type.startswith("math_"):
        maths.to_mathml(token.content, is_block=token.type != "math_inline")


def _plain(token: Token) -> str:
    """A heading's words without its marks."""
    return "".join(child.content for child in token.children or [] if child.type != "softbreak").strip()
