"""Glossary terms: a link whose address is "term:bias" shows the term's meaning on hover and on focus.

The link itself leads to the glossary, so that the meaning can be had without hovering.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

SCHEME = "term:"


class TermError(ValueError):
    """A term that the glossary does not have."""


@dataclass
class Terms:
    """Writes the terms of one text. meanings: text by the term's slug."""

    meanings: Mapping[str, str]
    count: int = 0

    def make(self, children: list[Token], place: int) -> None:
        """Turn the link at `place` of an inline token's children into a term. Raises TermError."""
        link = children[place]
        slug = str(link.attrs["href"]).removeprefix(SCHEME)
        if slug not in self.meanings:
            known = ", ".join(sorted(self.meanings)) or "none yet"
            raise TermError(f"There is no term {slug!r} in the glossary. Its terms: {known}.")
        self.count += 1
        name = f"term-{self.count}"
        link.attrs = {"href": f"../glossary/#{slug}", "class": "term", "aria-describedby": name}
        end = next(i for i in range(place, len(children)) if children[i].type == "link_close")
        link.meta["before"] = '<span class="gloss">'
        children[end].meta["after"] = (
            f'<span class="meaning" role="tooltip" id="{name}">{escape(self.meanings[slug])}</span></span>'
        )


def is_term(href: str) -> bool:
    return href.startswith(SCHEME)
