"""Keras text, read as data: guard, reader and writer. Nothing of a text is ever executed."""

from __future__ import annotations

from engine.language.reader import Reading, parse, read
from engine.language.rows import Row

__all__ = ["Reading", "Row", "parse", "read"]
