"""A network, a block of a text or an address that a figure cannot show."""

from collections.abc import Sequence


class FigureError(ValueError):
    """A document, or a wish, that cannot be drawn; the message says what and how to mend it.

    line: where in an author's block, from 1; 0 when it is about all of it. more: further (line, message)
    pairs of the same block.
    """

    def __init__(self, message: str, line: int = 0, more: Sequence[tuple[int, str]] = ()) -> None:
        self.places = ((line, message), *more)
        super().__init__(message)
