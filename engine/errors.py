"""What can go wrong, told apart by whose fault it is and said so that it can be mended.

A `Diagnostic` marks one place in a learner's text; `SourceError` carries at least one of them.
The other errors are raised where there is no text to point into: arrays, JSON, budgets, training, criteria.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One remark about one place in a text.

    Lines and columns count from 1, columns in code points (not bytes); `end_column` is the column just
    after the marked range. `code` is stable and meant for machines, `message` says what is the matter,
    `hint` how to mend it (it may be empty). `name` is set for holes: the name in the text that needs a
    value. `fix` is the text that should stand in the marked range, when one replacement mends it.
    `snippet` is the marked text, escaped and cut to 80 characters.
    """

    code: str
    message: str
    hint: str
    line: int
    column: int
    end_line: int
    end_column: int
    name: str | None = None
    fix: str | None = None
    snippet: str = ""

    def __str__(self) -> str:
        told = f"line {self.line}, column {self.column}: {self.message}"
        return f"{told} {self.hint}" if self.hint else told

    def to_dict(self) -> dict[str, str | int | None]:
        """Plain JSON values, one key per field."""
        return {field: getattr(self, field) for field in self.__slots__}


class EngineError(Exception):
    """Anything the engine refuses. `str()` of it is a sentence for people."""


class SourceError(EngineError):
    """A text that is not a network we can read. `diagnostics` is never empty."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        if not diagnostics:
            raise ValueError("a SourceError needs at least one diagnostic")
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class SpecError(EngineError):
    """A layer, setting or JSON config that no network can have.

    `code` is stable; `argument` names the argument at fault, where there is one; `fix` is its right spelling.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        code: str = "bad-config",
        argument: str | None = None,
        fix: str | None = None,
    ) -> None:
        self.message, self.hint, self.code, self.argument, self.fix = message, hint, code, argument, fix
        super().__init__(f"{message} {hint}" if hint else message)


class ShapeError(EngineError):
    """Shapes that do not fit: between two layers of a spec, or of an array given to a model."""

    def __init__(self, message: str, hint: str = "", *, code: str = "shape") -> None:
        self.message, self.hint, self.code = message, hint, code
        super().__init__(f"{message} {hint}" if hint else message)


class BudgetExceeded(EngineError):  # noqa: N818 - the word of the house for it
    """A network larger than the budget it must stay within.

    `what` is 'parameters', 'flops' or 'bytes'; `needed` and `limit` are in that unit.
    """

    def __init__(self, what: str, needed: int, limit: int, message: str) -> None:
        self.what, self.needed, self.limit = what, needed, limit
        super().__init__(message)


class Diverged(EngineError):  # noqa: N818 - the word of the house for it
    """A training run whose loss is no longer a finite number. `epoch` counts from 1."""

    def __init__(self, epoch: int, cause: str) -> None:
        self.epoch, self.cause = epoch, cause
        super().__init__(f"Training diverged in epoch {epoch}: {cause}")


class DatasetMissing(EngineError):  # noqa: N818 - the word of the house for it
    """A data set that was measured, and whose file is not on this machine, or not what it should be."""

    def __init__(self, name: str, problem: str = "is not on this machine") -> None:
        self.name = name
        self.hint = "Run make datasets once; it fetches the data sets that are not drawn."
        self.message = f"The data set {name} {problem}."
        super().__init__(f"{self.message} {self.hint}")


class CriteriaError(EngineError):
    """Criteria that an author wrote and nobody can grade by. `line` counts from 1."""

    def __init__(self, message: str, line: int, hint: str = "") -> None:
        self.message, self.line, self.hint = message, line, hint
        told = f"line {line}: {message}"
        super().__init__(f"{told} {hint}" if hint else told)
