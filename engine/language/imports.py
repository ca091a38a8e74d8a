"""Imports bind names to dotted paths. Nothing is imported."""

from __future__ import annotations

import ast

from engine.language.scope import Scope
from engine.language.values import Symbol


def bind_imports(node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
    """Binds what an import statement names."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.asname:
                scope.bind(alias.asname, Symbol(alias.name))
            else:
                root = alias.name.partition(".")[0]
                scope.bind(root, Symbol(root))
        return
    module = "." * node.level + (node.module or "")
    for alias in node.names:
        if alias.name == "*":
            scope.stars.append(module)
        else:
            scope.bind(alias.asname or alias.name, Symbol(f"{module}.{alias.name}"))
