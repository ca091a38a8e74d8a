"""How far a training has come: a bar that is drawn anew on a terminal, a line now and then anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TextIO

WIDTH: Final = 24
LINES: Final = 10
"""How many lines a training leaves in a file."""


class Progress:
    """Reports epochs as they end."""

    def __init__(self, epochs: int, stream: TextIO) -> None:
        self.epochs, self.stream = epochs, stream
        self.is_drawn = stream.isatty()
        self.width = 0

    def epoch(self, number: int, results: Mapping[str, object]) -> None:
        """Epoch `number`, counted from 1, is over."""
        told = f"epoch {number:{len(str(self.epochs))}}/{self.epochs}"
        numbers = "  ".join(f"{name} {value:.4f}" for name, value in results.items() if _is_number(value))
        if self.is_drawn:
            done = WIDTH * number // self.epochs
            line = f"{told} [{'#' * done}{'.' * (WIDTH - done)}] {numbers}"
            self.stream.write("\r" + line.ljust(self.width))
            self.width = len(line)
            if number == self.epochs:
                self.end()
            self.stream.flush()
        elif number * LINES // self.epochs > (number - 1) * LINES // self.epochs:
            self.stream.write(f"{told}  {numbers}\n")

    def end(self) -> None:
        """Leaves the bar as it stands, on a line of its own."""
        if self.is_drawn and self.width:
            self.stream.write("\n")
            self.width = 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
