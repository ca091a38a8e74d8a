"""What a question gives: facts, tables and code, as plain data that one template shows.

A question is complete in these words and numbers; a figure beside them adds nothing that is asked about.
"""

from collections.abc import Sequence

from quizzes.kinds.contract import JsonObject
from quizzes.kinds.numbers import shown, signed


def facts(*rows: tuple[str, str]) -> JsonObject:
    """Names with their values."""
    return {"type": "facts", "rows": [list(row) for row in rows]}


def code(label: str, text: str) -> JsonObject:
    return {"type": "code", "label": label, "text": text}


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> JsonObject:
    """`columns` begins with the corner, each row with its head."""
    return {
        "type": "table",
        "caption": caption,
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "tinted": False,
    }


def kernel_table(
    features: Sequence[str],
    x: Sequence[float],
    kernel: Sequence[Sequence[float]],
    bias: Sequence[float],
    units: Sequence[str],
) -> JsonObject:
    """A layer: for each input its value and its weights, and the biases below; signs are tinted."""
    rows = [
        [name, shown(value), *map(signed, weights)]
        for name, value, weights in zip(features, x, kernel, strict=True)
    ]
    rows.append(["bias", "", *map(signed, bias)])
    caption = "Inputs x, and for each neuron its weights and its bias"
    return table(caption, ("Input", "x", *units), rows) | {"tinted": True}


def weight_table(
    caption: str, heads: Sequence[str], kernel: Sequence[Sequence[float]], columns: Sequence[str]
) -> JsonObject:
    """Weights alone: a row for each input; signs are tinted."""
    rows = [[head, *map(signed, weights)] for head, weights in zip(heads, kernel, strict=True)]
    return table(caption, ("From", *columns), rows) | {"tinted": True}


def given_context(part: JsonObject) -> JsonObject:
    """What `quizzes/kinds/_given.html` shows of a variant: its blocks, and the sentence that asks."""
    context: JsonObject = {name: part[name] for name in ("ask",) if name in part}
    if "given" in part:
        tables = [block for block in part["given"] if block["type"] == "table"]
        context["given"] = [_block(block) for block in part["given"]]
        context["has_captions"] = len(tables) > 1  # one table needs no telling apart
    return context


def _block(block: JsonObject) -> JsonObject:
    if block["type"] != "table":
        return block
    rows = [
        {"head": row[0], "cells": [_cell(text, block["tinted"]) for text in row[1:]]} for row in block["rows"]
    ]
    return block | {"rows": rows, "is_wide": len(block["columns"]) > 5}


def _cell(text: str, is_tinted: bool) -> dict[str, str]:
    signs = {"+": "pos", "\N{MINUS SIGN}": "neg", "0": "nil"}
    return {"text": text, "sign": signs.get(text[:1], "") if is_tinted else ""}
