"""Variants of drawn questions as plain ones, their numbers fixed: what another program can ask.

What a variant gives becomes Markdown. One number stays a number with its tolerance and its slips, options
stay a choice, places become a matching. A table of values is several questions, one for each open cell. What
is judged as a whole (weights that many answers meet, networks) has no plain form.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quizzes.interchange.answers import GENERAL
from quizzes.interchange.items import Question, faults
from quizzes.interchange.prose import escaped
from quizzes.kinds import Json, JsonObject, Kind, Known, Variant
from quizzes.kinds.forms import CellsForm, ManyForm, NumberForm, OneForm, OrderForm
from quizzes.kinds.generated.forward_pass import ForwardPass
from quizzes.kinds.given import code, kernel_table
from quizzes.kinds.ladder import is_number
from quizzes.kinds.numbers import shown_shape

NO_FORM = "It is judged as a whole: many answers can be right, so it has no plain form."
OPEN = "…"
ASKED = "?"


def freeze(question: Question, rules: Kind, variant: Variant, name: str) -> list[Question] | str:
    """The plain questions of one variant, `name` added to their titles; or why there are none."""
    base = replace(
        question,
        title=f"{question.title[:80]} ({name})",
        prompt=_told(question.prompt, _given(rules, variant)),
        explanation=_told(question.explanation, _steps(variant)),
    )
    found = list(_questions(base, rules, variant))
    if not found:
        return NO_FORM
    if amiss := [reason for one in found for reason in faults(one)]:
        return amiss[0]
    return found


def _questions(base: Question, rules: Kind, variant: Variant) -> Iterator[Question]:
    if isinstance(rules, NumberForm) and is_number(variant.key):
        yield replace(base, kind="numeric", data=_numeric(variant))
    elif isinstance(rules, OneForm):
        yield replace(base, kind="single_choice", data=_one(variant))
    elif isinstance(rules, ManyForm):
        yield replace(base, kind="multiple_choice", data=_many(variant))
    elif isinstance(rules, OrderForm):
        yield replace(base, kind="matching", data=_order(variant))
    elif isinstance(rules, CellsForm) and _is_by_cell(rules):
        yield from _cells(base, variant)


def _is_by_cell(rules: CellsForm) -> bool:
    """Whether each cell is right or not by itself; in a pass by hand it is, but for errors carried on."""
    return type(rules).grade is CellsForm.grade or isinstance(rules, ForwardPass)


def _numeric(variant: Variant) -> JsonObject:
    data: JsonObject = {"answer": variant.key, "tolerance": variant.tolerance, "hints": list(variant.hints)}
    if unit := variant.shown.get("unit"):
        data["unit"] = unit
    slips = [known for known in variant.answers if known.fraction < 1 and known.feedback]
    if slips:
        data["slips"] = [
            {"value": known.value, "title": known.title, "feedback": " ".join(known.feedback)}
            for known in slips
        ]
    return data


def _one(variant: Variant) -> JsonObject:
    known = {answer.value: answer for answer in variant.answers}
    return {"options": [_option(one["text"], known[one["id"]]) for one in variant.shown["options"]]}


def _option(text: str, known: Known) -> JsonObject:
    feedback = " ".join(known.feedback)
    if known.fraction:
        return {"text": text, "is_right": True} | ({"feedback": feedback} if feedback else {})
    return {"text": text, "feedback": feedback or GENERAL}


def _many(variant: Variant) -> JsonObject:
    key = variant.key.split()
    return {
        "options": [
            {"text": one["text"], "is_right": True}
            if one["id"] in key
            else {"text": one["text"], "feedback": GENERAL}
            for one in variant.shown["options"]
        ]
    }


def _order(variant: Variant) -> JsonObject:
    rows = variant.shown["cells"]["rows"]
    pairs = [{"left": row["head"], "right": place} for row, place in zip(rows, variant.key, strict=True)]
    listed = rows[0]["cells"][0]["options"]
    others = [place for place in listed if place not in variant.key]
    return {"pairs": pairs, "hints": list(variant.hints)} | ({"others": others} if others else {})


def _cells(base: Question, variant: Variant) -> Iterator[Question]:
    table = variant.shown["cells"]
    opened = [
        (row, column)
        for row, line in enumerate(table["rows"])
        for column, cell in enumerate(line["cells"])
        if "reads" in cell
    ]
    points = max(1, round(base.points / len(opened)))
    for (row, column), value in zip(opened, variant.key, strict=True):
        line, cell = table["rows"][row], table["rows"][row]["cells"][column]
        name = ", ".join(part for part in (line["head"], table["columns"][column]) if part)
        kind, data = _cell(cell, value, variant)
        yield replace(
            base,
            title=f"{base.title}: {name}"[:120],
            prompt=_told(base.prompt, _grid(table, (row, column)), f"What stands at **{ASKED}**?"),
            kind=kind,
            data=data,
            points=points,
        )


def _cell(cell: JsonObject, value: Json, variant: Variant) -> tuple[str, JsonObject]:
    if cell["reads"] == "choice":
        options = [
            {"text": text, "is_right": True} if text == value else {"text": text, "feedback": GENERAL}
            for text in cell["options"]
        ]
        return "single_choice", {"options": options}
    if cell["reads"] == "shape":
        return "short_text", {"answers": [shown_shape(value)], "hints": list(variant.hints)}
    data = {"answer": value, "tolerance": variant.tolerance, "hints": list(variant.hints)}
    return "numeric", data


def _given(rules: Kind, variant: Variant) -> str:
    """Everything the variant gives, and the sentence that asks, as Markdown."""
    part = variant.shown
    if rules.name == "parameter_count":
        return _told(_block(code("", part["source"])), "How many parameters does this network have?")
    if rules.name == "weighted_sum":
        table = kernel_table(part["features"], part["x"], part["kernel"], part["bias"], part["names"])
        asked = escaped(part["names"][part["asked"]])
        return _told(_block(table), f"What is z of **{asked}**, before {part['activation']}?")
    blocks = [_block(block) for block in part.get("given", [])]
    return _told(*blocks, _inline(part["ask"]) if "ask" in part else "")


def _block(block: JsonObject) -> str:
    if block["type"] == "facts":
        return "\n".join(f"- {_inline(name)}: {_inline(value)}" for name, value in block["rows"])
    label = _inline(block.get("label") or block.get("caption") or "")
    if block["type"] == "code":
        return _told(label, f"```\n{block['text'].strip()}\n```")
    return _told(label, _table(block["columns"], block["rows"]))


def _grid(table: JsonObject, asked: tuple[int, int]) -> str:
    """The table of a question with one open cell asked for."""
    rows = [
        [line["head"]]
        + [
            ASKED if (row, column) == asked else cell.get("text", OPEN)
            for column, cell in enumerate(line["cells"])
        ]
        for row, line in enumerate(table["rows"])
    ]
    return _table([table["corner"], *table["columns"]], rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(
        "| " + " | ".join(cell if cell == "---" else _inline(cell) for cell in line) + " |" for line in lines
    )


def _steps(variant: Variant) -> str:
    return "\n".join(f"{n}. {_inline(step.text)}" for n, step in enumerate(variant.steps, 1))


def _inline(text: str) -> str:
    """A text of a variant, in which only `code` is marked up, on one line of Markdown."""
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        return escaped("`".join(parts))
    return "".join(f"`{part}`" if n % 2 else _kept(part) for n, part in enumerate(parts))


def _kept(text: str) -> str:
    """Escaped, with the spaces at its ends."""
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{escaped(text)}{tail}" if text.strip() else text


def _told(*parts: str) -> str:
    """Paragraphs, without the empty ones."""
    return "\n\n".join(part.strip() for part in parts if part.strip())
