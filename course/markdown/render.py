"""One text on its whole way: limits, tokens, numbers and cues filled in, faults collected, HTML, gate."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from course.markdown import blocks, code, cues, expressions, maths, placements, predictions, terms
from course.markdown.anchors import Anchors
from course.markdown.marks import FIGURE, PREDICTION, mark
from course.markdown.placements import FigureSource, Placement
from course.markdown.predictions import Prediction
from course.markdown.problems import MarkdownError, Problem
from course.markdown.sanitize import sanitize

MAX_CHARACTERS = 60_000
MAX_HTML = 1_000_000
MAX_REFERENCES = 100  # a few KB of references can otherwise render to many MB
VERBATIM = {"fence", "code_block", "code_inline", "math_inline", "math_inline_double", "math_block"}


class RuleError(ValueError):
    """Something that Markdown allows and a page of ours does not."""


FAULTS = (
    RuleError,
    expressions.FactError,
    maths.MathError,
    code.CodeError,
    terms.TermError,
    predictions.PredictionError,
)


class Heading(NamedTuple):
    level: int
    anchor: str
    title: str


@dataclass(frozen=True)
class Rendered:
    """Safe HTML with a mark for each prediction and figure, and its headings for a table of contents."""

    html: str
    headings: tuple[Heading, ...]
    predictions: tuple[Prediction, ...] = ()
    figures: tuple[Placement, ...] = ()


def render(
    text: str,
    facts: expressions.FactSource | None = None,
    meanings: Mapping[str, str] | None = None,
    figures: FigureSource | None = None,
) -> Rendered:
    """Markdown to safe HTML. Raises MarkdownError that lists every problem with its line.

    facts: what computes the text's numbers. meanings: the glossary, text by slug.
    figures: what blocks may place; without it there are none.
    """
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
    headings, problems = _prepare(tokens, facts, terms.Terms(meanings or {}), figures)
    if problems:
        raise MarkdownError(problems)
    html, asked, placed = _write(md, tokens)
    if len(html) + sum(len(prediction.reveal) for prediction in asked) > MAX_HTML:
        raise MarkdownError([Problem(1, "The text becomes a page of more than 1 MB. Split the lesson.")])
    return Rendered(html, headings, asked, placed)


def _write(md: MarkdownIt, tokens: list[Token]) -> tuple[str, tuple[Prediction, ...], tuple[Placement, ...]]:
    """Safe HTML of the text, each prediction and each figure taken out of it and marked."""

    def write(part: Sequence[Token]) -> str:
        return sanitize(md.renderer.render(part, md.options, {}))

    ends = dict(predictions.blocks_of(tokens))
    parts, asked, placed, done = [], [], [], 0
    for start, token in enumerate(tokens):
        placement = placements.placement_of(token)
        if placement is not None:
            placed.append(placement)
            parts += [write(tokens[done:start]), mark(FIGURE, placement.name)]
            done = start + 1
        elif start in ends:
            name, question = token.meta["anchor"], blocks.container_title(token, "predict")
            asked.append(predictions.read(tokens[start : ends[start] + 1], name, question, write))
            parts += [write(tokens[done:start]), mark(PREDICTION, name)]
            done = ends[start] + 1
    return "".join([*parts, write(tokens[done:])]), tuple(asked), tuple(placed)


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 12}).enable(["table", "strikethrough"])
    dollarmath_plugin(md, allow_labels=False, allow_space=False, double_inline=True)
    blocks.install(md)
    return md


def _prepare(
    tokens: list[Token],
    facts: expressions.FactSource | None,
    glossary: terms.Terms,
    figures: FigureSource | None,
) -> tuple[tuple[Heading, ...], list[Problem]]:
    """Fill in numbers, cues, terms and anchors; try what may fail, so that all faults are told at once."""
    anchors, headings, problems = Anchors(), [], []
    for token, line in _with_lines(tokens):
        try:
            _fill(token, facts)
            if not placements.kind_of(token, figures):
                _check(token)
            _explain(token, glossary)
        except FAULTS as error:
            problems.append(Problem(line, str(error)))
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            title = _plain(tokens[place + 1])
            token.attrs["id"] = anchors.new(title)
            headings.append(Heading(int(token.tag[1]), str(token.attrs["id"]), title))
        elif (name := _container(token)) in blocks.ANCHORED and token.nesting == 1:
            token.meta = {"anchor": anchors.new(blocks.container_title(token, name))}
    problems += placements.place(tokens, figures, anchors)
    return tuple(headings), [*problems, *_misplaced(tokens)]


def _misplaced(tokens: list[Token]) -> Iterator[Problem]:
    """Blocks that stand where they cannot work."""
    parents: list[str] = []
    for place, token in enumerate(tokens):
        name = _container(token)
        if not name:
            continue
        if token.nesting == -1:
            parents.pop()
            continue
        line = token.map[0] + 1 if token.map else 1
        if name == "tab" and parents[-1:] != ["tabs"]:
            yield Problem(line, "A tab stands inside of tabs: :::: tabs around it, closed by :::: alone.")
        if name == "predict" and token.level:
            yield Problem(line, "A prediction stands by itself, not inside of another block or a list.")
        elif name == "predict":
            yield from _unaskable(tokens, place, line)
        parents.append(name)


def _unaskable(tokens: list[Token], start: int, line: int) -> Iterator[Problem]:
    end = dict(predictions.blocks_of(tokens))[start]
    try:
        predictions.check(tokens[start : end + 1], blocks.container_title(tokens[start], "predict"))
    except predictions.PredictionError as error:
        yield Problem(line, str(error))


def _container(token: Token) -> str:
    """The name of the block that a token opens or closes, else nothing."""
    if not token.type.startswith("container_"):
        return ""
    return token.type.removeprefix("container_").rpartition("_")[0]


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
    elif _container(token) and token.nesting == 1:
        token.info = expressions.fill(token.info, facts, is_prose=True)
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
    name = _container(token)
    if name in blocks.TITLES and token.nesting == 1 and not blocks.container_title(token, name):
        raise RuleError(blocks.TITLES[name])
    if token.type in ("fence", "code_block"):
        code.highlight("", token.info.strip().partition(" ")[0])
    if token.type.startswith("math_"):
        maths.to_mathml(token.content, is_block=token.type != "math_inline")


def _explain(token: Token, glossary: terms.Terms) -> None:
    """Give a line's glossary terms their meanings."""
    for place, child in enumerate(token.children or []):
        if child.type == "link_open" and terms.is_term(str(child.attrs["href"])):
            glossary.make(token.children or [], place)


def _plain(token: Token) -> str:
    """A heading's words without its marks."""
    return "".join(child.content for child in token.children or [] if child.type != "softbreak").strip()
