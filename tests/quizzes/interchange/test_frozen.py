"""Drawn questions as plain ones with fixed numbers: complete, graded alike, the same after every format."""

import re
from functools import cache
from typing import Any

import pytest

from quizzes.interchange import FORMATS, Question, decode, faults
from quizzes.interchange.frozen import NO_FORM, freeze
from quizzes.interchange.gift_writer import CARRIED as GIFT_CARRIES
from quizzes.interchange.moodle_writer import CARRIED as MOODLE_CARRIES
from quizzes.kinds import KINDS, Variant, make_variant
from quizzes.kinds.forms import option_id
from quizzes.kinds.random import Pcg32

WHOLE = {"gate", "xor_network", "class_flip", "repair_network", "build_to_spec"}
SUM = {"features": ["legs", "fur|scales", "neck"], "units": 2}
DRAWN = [kind for kind in KINDS.values() if kind.is_generated]
SEEDS = range(1, 6)


@cache
def drawn(name: str, seed: int) -> Variant:
    data: dict[str, Any] = SUM if name == "weighted_sum" else {}
    return make_variant(KINDS[name], data, lambda k: bytes([seed, k % 256]) * 8)


def frozen(name: str, seed: int) -> list[Question]:
    question = Question("A *title*", "The **prompt**.", name, {}, "Because.", 4)
    found = freeze(question, KINDS[name], drawn(name, seed), f"variant {seed}")
    assert not isinstance(found, str), found
    return found


def right(question: Question) -> list[str]:
    """The right answer of a plain question, as a learner gives it."""
    data = question.data
    match question.kind:
        case "numeric":
            return [repr(data["answer"])]
        case "short_text":
            return [data["answers"][0]]
        case "matching":
            return [pair["right"] for pair in data["pairs"]]
        case _:
            return [option_id(one["text"]) for one in data["options"] if one.get("is_right")]


@pytest.mark.parametrize("rules", DRAWN, ids=lambda rules: rules.name)
def test_a_kind_freezes_or_says_why_not(rules: Any) -> None:
    found = freeze(Question("T", "P.", rules.name, {}), rules, drawn(rules.name, 1), "variant 1")
    assert (found == NO_FORM) == (rules.name in WHOLE)


@pytest.mark.parametrize("name", [rules.name for rules in DRAWN if rules.name not in WHOLE])
def test_the_plain_questions_ask_the_same_and_are_graded_alike(name: str) -> None:
    for seed in SEEDS:
        variant = drawn(name, seed)
        plain = frozen(name, seed)
        for question in plain:
            assert faults(question) == []
            assert question.prompt.startswith("The **prompt**.")
            assert question.explanation.startswith("Because.")
            rules = KINDS[question.kind]
            asked = rules.generate(question.data, Pcg32.from_bytes(bytes(16)))
            response = right(question)
            if question.kind == "matching":
                order = {pair["left"]: pair["right"] for pair in question.data["pairs"]}
                response = [order[row["head"]] for row in asked.shown["cells"]["rows"]]
            assert rules.grade(asked, rules.parse(asked, {"answer": response})).is_right
        if plain[0].kind == "numeric" and len(plain) == 1:
            values = [slip["value"] for slip in plain[0].data.get("slips", [])]
            assert values == [known.value for known in variant.answers if known.fraction < 1]


def without(question: Question, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: part for name, part in question.data.items() if name in names}


@pytest.mark.parametrize("name", [rules.name for rules in DRAWN if rules.name not in WHOLE])
@pytest.mark.parametrize(("form", "carries"), [("gift", GIFT_CARRIES), ("moodle", MOODLE_CARRIES)])
def test_written_and_read_they_are_the_same(name: str, form: str, carries: dict[str, Any]) -> None:
    plain = [question for seed in SEEDS for question in frozen(name, seed)]
    written = FORMATS[form].write(plain)
    assert not [note for note in written.notes if note.is_left_out]
    items = FORMATS[form].read(decode(written.text.encode()))
    for question, item in zip(plain, items, strict=True):
        read = item.question
        assert read is not None, item.problems
        assert (read.kind, read.prompt, read.explanation) == (
            question.kind, question.prompt, question.explanation,
        )  # fmt: skip
        names = (*carries[question.kind], "shuffle")
        assert without(read, names) == without(question, names)


def test_tables_and_facts_stand_in_the_prompt() -> None:
    [question] = frozen("weighted_sum", 1)
    lines = question.prompt.split("\n")
    assert "| Input | x | h1.1 | h1.2 |" in lines
    assert any(line.startswith("| fur\\|scales | ") for line in lines)
    assert re.fullmatch(r"What is z of \*\*h1\.[12]\*\*, before relu\?", lines[-1])


def test_a_table_of_values_is_a_question_for_each_open_cell() -> None:
    plain = frozen("forward_pass", 1)
    assert len(plain) == len(drawn("forward_pass", 1).key)
    assert {question.kind for question in plain} == {"numeric", "single_choice"}
    assert all(question.prompt.count("| ? |") == 1 for question in plain)
    assert all(question.prompt.endswith("What stands at **?**?") for question in plain)
