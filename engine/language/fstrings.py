"""F-strings of constants: `f'block_{number}'`."""

from __future__ import annotations

import ast

from engine.language.evaluator import Evaluator
from engine.language.formatting import LONGEST
from engine.language.scope import Scope
from engine.language.values import Thing, Unknown


def formatted(expressions: Evaluator, node: ast.JoinedStr, scope: Scope) -> Thing:
    """The text that an f-string of constants makes."""
    text = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            value = expressions.evaluate(part.value, scope)
            plain = isinstance(value, bool | int | float | str) or value is None
            if not plain or part.format_spec is not None or part.conversion not in (-1, ord("s")):
                return value if isinstance(value, Unknown) else expressions.opaque(node)
            text += str(value)
        elif isinstance(part, ast.Constant):
            text += str(part.value)
    return text if len(text) <= LONGEST else expressions.impossible(node, "it is too long a string")
