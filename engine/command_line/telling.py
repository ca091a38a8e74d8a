"""What a command prints: JSON, and refusals with a caret under their place."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from engine.command_line.given import text
from engine.errors import Diagnostic, SourceError


def print_json(value: object) -> None:
    print(json.dumps(value, indent=2))


def refuse(options: argparse.Namespace, message: str) -> int:
    if options.json:
        print_json({"ok": False, "error": message})
    else:
        print(message, file=sys.stderr)
    return 2


def refuse_text(options: argparse.Namespace, error: SourceError) -> int:
    if options.json:
        print_json({"ok": False, "diagnostics": [diagnostic.to_dict() for diagnostic in error.diagnostics]})
        return 2
    lines = text(options.net).decode("utf-8", "replace").splitlines() if options.net != "-" else []
    for diagnostic in error.diagnostics:
        print(told(options.net, diagnostic, lines), file=sys.stderr)
    return 2


def told(name: str, diagnostic: Diagnostic, lines: Sequence[str]) -> str:
    """A diagnostic for the terminal: place and message, the line, a caret under the place, the hint."""
    rows = [f"{name}:{diagnostic.line}:{diagnostic.column}: {diagnostic.message}"]
    if diagnostic.line <= len(lines):
        line = lines[diagnostic.line - 1]
        one_line = diagnostic.end_line == diagnostic.line
        width = max(1, (diagnostic.end_column if one_line else len(line) + 1) - diagnostic.column)
        shown = "".join(letter if letter.isprintable() else "?" for letter in line.expandtabs(1))
        rows += [f"    {shown}", "    " + " " * (diagnostic.column - 1) + "^" * width]
    if diagnostic.hint:
        rows.append(f"    {diagnostic.hint}")
    return "\n".join(rows)
