"""What an author has to mend in a text: the line, and a sentence that says how."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


class MarkdownError(ValueError):
    """A text that cannot be rendered, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))
