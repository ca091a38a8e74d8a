"""Predictions: a question whose answer stays out of the page until the reader has committed to an option.

    ::: predict Which class will the network choose?
    A sentence or two before the options, if you like.

    - cat
    - [x] llama

    What is shown afterwards.
    :::

A prediction leaves a mark in the HTML around it; the page fills it, for what it shows depends on the reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

RIGHT = "[x] "
FEWEST, MOST = 2, 6
EXAMPLE = "::: predict Which class will the network choose?"
Write = Callable[[Sequence[Token]], str]


class PredictionError(ValueError):
    """A prediction that cannot be asked; the message says what to write."""


@dataclass(frozen=True)
class Prediction:
    """A question with its options, all HTML but name and question; `right` is the right option's place."""

    name: str
    question: str
    lead: str
    options: tuple[str, ...]
    right: int
    reveal: str


def blocks_of(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """First and last place of every prediction that stands by itself in the text."""
    opened = [
        i for i, token in enumerate(tokens) if token.type == "container_predict_open" and not token.level
    ]
    return [(start, _end(tokens, start)) for start in opened]


def check(block: Sequence[Token], question: str) -> None:
    """Raises PredictionError unless the block has a question, options of text, one right, and a reveal."""
    if not question:
        raise PredictionError(f"A prediction needs a question: {EXAMPLE}")
    _, options, reveal = _parts(block)
    if not FEWEST <= len(options) <= MOST:
        raise PredictionError(
            f"A prediction has {FEWEST} to {MOST} options, as a list with - before each; "
            f"this one has {len(options)}."
        )
    right = sum(_is_right(option) for option in options)
    if right != 1:
        raise PredictionError(
            f"Mark the one right option of a prediction with [x], as in - [x] llama; {right} are marked."
        )
    if any(child.type == "link_open" for option in options for child in option[0].children or []):
        raise PredictionError("An option is chosen by clicking it, so it cannot hold a link or a figure cue.")
    if not reveal:
        raise PredictionError(
            "After its options a prediction needs text that is shown once the reader committed."
        )
    if any(token.type == "heading_open" for token in block):
        raise PredictionError("A prediction holds no headings: its question is one.")


def read(block: Sequence[Token], name: str, question: str, write: Write) -> Prediction:
    """The prediction of a checked block; `write` makes safe HTML of tokens."""
    lead, options, reveal = _parts(block)
    right = next(place for place, option in enumerate(options) if _is_right(option))
    _unmark(options[right])
    return Prediction(name, question, write(lead), tuple(write(o) for o in options), right, write(reveal))


def _parts(block: Sequence[Token]) -> tuple[Sequence[Token], list[Sequence[Token]], Sequence[Token]]:
    """What stands before the list, the inline token of each item, and what stands behind."""
    inner = block[1:-1]
    start = next((i for i, token in enumerate(inner) if token.type == "bullet_list_open"), None)
    if start is None:
        return inner, [], []
    end = _end(inner, start)
    options: list[Sequence[Token]] = [
        [inner[i + 2]]
        for i in range(start, end)
        if inner[i].type == "list_item_open" and inner[i].level == inner[start].level + 1
        if inner[i + 2].type == "inline"
    ]
    return inner[:start], options, inner[end + 1 :]


def _end(tokens: Sequence[Token], start: int) -> int:
    """The place of the token that closes the one at `start`."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].nesting
        if not depth:
            return place
    return len(tokens) - 1


def _is_right(option: Sequence[Token]) -> bool:
    children = option[0].children or []
    return bool(children) and children[0].type == "text" and children[0].content.startswith(RIGHT)


def _unmark(option: Sequence[Token]) -> None:
    children = option[0].children or []
    children[0].content = children[0].content.removeprefix(RIGHT)
