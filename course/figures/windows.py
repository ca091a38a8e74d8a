"""A window that slides over a grid of numbers: where it stands, what it covers, and the map of its answers.

Convolution and pooling are drawn with it. Windows are counted row by row; the step is the window in view.
"""

from dataclasses import dataclass

from course.figures.document import Matrix
from course.figures.numbers import NIL, inside_node
from course.figures.scene import fill
from engine.spec.geometry import output_size, padding_of


@dataclass(frozen=True)
class Sliding:
    """A square window of `size` over a square of `side`, padding "valid" or "same"."""

    side: int
    size: int
    stride: int
    padding: str

    @property
    def count(self) -> int:
        """How many windows fit along a side."""
        return output_size(self.side, self.size, self.stride, padding=self.padding) or 0

    @property
    def pads(self) -> tuple[int, int]:
        """Rows of padding before and after."""
        return padding_of(self.side, self.size, self.stride, 1, self.padding)

    def corner(self, step: int) -> tuple[int, int]:
        """Row and column where a window begins, counted from 0; padding lies outside of the square."""
        row, column = divmod(step, self.count)
        before, _ = self.pads
        return row * self.stride - before, column * self.stride - before

    def covers(self, step: int, row: int, column: int) -> bool:
        """Whether a place lies in a window."""
        top, left = self.corner(step)
        return top <= row < top + self.size and left <= column < left + self.size

    def is_inside(self, row: int, column: int) -> bool:
        """Whether a place lies in the square, not in its padding."""
        return 0 <= row < self.side and 0 <= column < self.side

    def places(self) -> list[list[tuple[int, int]]]:
        """Every place of the square with its padding, row by row."""
        before, after = self.pads
        span = range(-before, self.side + after)
        return [[(row, column) for column in span] for row in span]

    def span(self, step: int) -> str:
        """What a window covers, in words that count from 1: rows 1 to 2 and columns 4 to 6, with padding."""
        top, left = self.corner(step)
        inside = f"{self._reach('row', top)} and {self._reach('column', left)}"
        is_beyond = min(top, left) < 0 or max(top, left) + self.size > self.side
        return f"{inside}, with padding" if is_beyond else inside

    def _reach(self, word: str, start: int) -> str:
        first, last = max(start, 0) + 1, min(start + self.size, self.side)
        return f"{word} {first}" if first == last else f"{word}s {first} to {last}"


@dataclass(frozen=True)
class Answer:
    """One cell of the map. `text` is "?" while the window has not come there."""

    step: int
    label: str
    text: str
    css: str
    is_negative: bool
    is_current: bool


def answers(
    values: Matrix, sliding: Sliding, step: int, scale: float, *, is_filling: bool
) -> tuple[tuple[Answer, ...], ...]:
    """The map of all windows' answers; while it fills, what comes after `step` is hidden.

    scale: the size that gets the deepest fill.
    """
    return tuple(
        tuple(_answer(value, row * len(line) + column, (row, column), step, scale, is_filling)
              for column, value in enumerate(line))
        for row, line in enumerate(values)
    )  # fmt: skip


def _answer(
    value: float, at: int, place: tuple[int, int], step: int, scale: float, is_filling: bool
) -> Answer:
    is_hidden = is_filling and at > step
    text = "?" if is_hidden else inside_node(value)
    return Answer(
        step=at,
        label=f"Row {place[0] + 1}, column {place[1] + 1}: {'not computed yet' if is_hidden else text}",
        text=text,
        css="unknown" if is_hidden else fill(value, scale),
        is_negative=not is_hidden and value < -NIL,
        is_current=at == step,
    )


def strongest(values: Matrix) -> int:
    """The step, counted from 1, of the first of the largest answers."""
    flat = [value for row in values for value in row]
    return flat.index(max(flat)) + 1
