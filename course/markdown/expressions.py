"""Numbers in prose that the engine computes: {{ llama.h1.3.z }} is replaced when a text is rendered."""

import re
from typing import Protocol

EXPRESSION = re.compile(r"\{\{\s*([^{}\n]{1,200}?)\s*\}\}")


class FactError(ValueError):
    """An expression or a figure cue that names nothing; the message says what there is."""


class FactSource(Protocol):
    """What a text may ask of its network."""

    def text(self, expression: str, *, is_prose: bool) -> str:
        """The value as text; in prose with a true minus, in code and mathematics with a hyphen. FactError."""
        ...

    def check_cue(self, settings: dict[str, str]) -> None:
        """FactError when a cue asks the figure for what it does not have."""
        ...


def fill(text: str, facts: FactSource | None, *, is_prose: bool) -> str:
    """The text with every expression replaced. Raises FactError for the first that names nothing."""

    def value(match: re.Match[str]) -> str:
        if facts is None:
            raise FactError(
                f"{match[0]} needs a network, and this text has none. Choose a network or write text."
            )
        return facts.text(match[1], is_prose=is_prose)

    return EXPRESSION.sub(value, text)
