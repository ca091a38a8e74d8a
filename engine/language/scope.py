"""Names and what they stand for: a chain of scopes, the names that libraries bring, and names nobody
bound.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.language.values import Thing


class Scope:
    """Names of a function or of the whole text; a name not found is looked for further out."""

    def __init__(self, outer: Scope | None = None) -> None:
        self.names: dict[str, Thing] = {}
        self.outer = outer
        self.stars: list[str] = [] if outer is None else outer.stars

    def chain(self) -> Iterator[Scope]:
        """This scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def find(self, name: str) -> tuple[bool, Thing]:
        """Whether the name is bound, and to what."""
        for scope in self.chain():
            if name in scope.names:
                return True, scope.names[name]
        return False, None

    def bind(self, name: str, value: Thing) -> None:
        """Binds the name here."""
        self.names[name] = value
