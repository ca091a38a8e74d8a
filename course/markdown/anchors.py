"""Addresses of headings: from their words, each once on a page."""

import re
import unicodedata

NOT_A_WORD = re.compile(r"[^a-z0-9]+")
TAKEN = {"main", "figure"}  # the page's own anchors


class Anchors:
    """Hands out anchors for one text."""

    def __init__(self) -> None:
        self._used = set(TAKEN)

    def new(self, title: str) -> str:
        """ "Weights and sums" becomes "weights-and-sums"; a second one "weights-and-sums-2"."""
        letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        base = NOT_A_WORD.sub("-", letters)[:60].strip("-") or "part"
        anchor, count = base, 1
        while anchor in self._used:
            count += 1
            anchor = f"{base}-{count}"
        self._used.add(anchor)
        return anchor
