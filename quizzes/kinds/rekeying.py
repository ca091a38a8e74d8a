"""Another key for a question that was asked already: what stood on the page stays, what is right is new.

Two variants ask the same when they differ at most in the order of options and rows and in the unit behind a
field. Answers name options by what they say; the values of a table follow its rows.
"""

import json
from dataclasses import replace

from quizzes.kinds.contract import Json, JsonObject, Known, Variant


def rekeyed(asked: Variant, drawn: Variant) -> Variant | None:
    """`asked` with everything that `drawn` says of right and wrong; None when they do not ask the same."""
    mine, other = _plain(asked.shown), _plain(drawn.shown)
    if mine == other:
        return replace(drawn, shown=asked.shown)
    if _unordered(mine) != _unordered(other):
        return None
    if "cells" not in mine:
        return replace(drawn, shown=asked.shown)
    heads = [row["head"] for row in other["cells"]["rows"]]
    if len(set(heads)) < len(heads):
        return None
    order = [heads.index(row["head"]) for row in mine["cells"]["rows"]]
    sizes = [sum("reads" in cell for cell in row["cells"]) for row in other["cells"]["rows"]]
    answers = tuple(_moved(known, order, sizes) for known in drawn.answers)
    return replace(drawn, shown=asked.shown, answers=answers)


def _plain(value: Json) -> Json:
    """As it comes back from the database."""
    return json.loads(json.dumps(value))


def _unordered(shown: JsonObject) -> JsonObject:
    """What is asked, whatever order it stands in."""
    plain = {name: part for name, part in shown.items() if name not in ("unit", "cells", "options")}
    if "options" in shown:
        plain["options"] = _sorted_options(shown["options"])
    if "cells" in shown:
        rows = [
            row | {"cells": [_sorted_cell(cell) for cell in row["cells"]]} for row in shown["cells"]["rows"]
        ]
        plain["cells"] = shown["cells"] | {"rows": sorted(rows, key=_text)}
    return plain


def _sorted_options(options: list[Json]) -> list[Json]:
    """Of one list, or of a list for each blank; the blanks keep their order."""
    if any(isinstance(one, list) for one in options):
        return [sorted(one, key=_text) for one in options]
    return sorted(options, key=_text)


def _sorted_cell(cell: JsonObject) -> JsonObject:
    return cell | {"options": sorted(cell["options"])} if "options" in cell else cell


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def _moved(known: Known, order: list[int], sizes: list[int]) -> Known:
    """The answer with the values of its rows in another order."""
    if not isinstance(known.value, list) or len(known.value) != sum(sizes):
        return known
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    rows = [known.value[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    return replace(known, value=[value for place in order for value in rows[place]])
