"""What every drawn kind promises, seed by seed."""

import json
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from html import unescape
from itertools import chain
from math import sqrt
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.template.loader import render_to_string

from quizzes.kinds import KINDS, FormatError, Kind, Variant, make_variant
from quizzes.kinds.drawing import FEWEST_SLIPS
from quizzes.kinds.forms import CellsForm, ManyForm, NumberForm, OneForm
from quizzes.kinds.ladder import PARTIAL
from quizzes.kinds.random import Pcg32
from tests.quizzes.kinds.generated.cases import CASES, NEEDS_DATA, SEEDS, drawn, grade, seed, typed
from tests.quizzes.kinds.generated.oracles import ORACLES

GOLDENS = Path(__file__).parent / "variants.json"
SAME = 1e-12
BY_BEHAVIOR = {"gate", "xor_network", "class_flip", "repair_network", "forward_pass", "order_steps"}
"""Graded by what the whole answer does."""
every_case = pytest.mark.parametrize("case", CASES)


def cases_of(form: type) -> list[str]:
    return [case for case, (name, _) in CASES.items() if isinstance(KINDS[name], form)]


def rendered(kind: Kind, variant: Variant) -> str:
    """The open question as a browser gets it, its texts readable."""
    view = kind.view(variant, {}, None, False)
    return unescape(render_to_string(view.template, {"view": view.context, "uid": "q"}))


@every_case
def test_the_key_is_right_and_every_slip_is_itself(case: str) -> None:
    kind, variants = drawn(case)
    for variant in variants:
        rights = [known for known in variant.answers if known.fraction == 1]
        slips = [known for known in variant.answers if known.fraction < 1]
        assert all(grade(kind, variant, known.value).is_right for known in rights)
        assert len(slips) >= FEWEST_SLIPS
        for slip in slips:
            found = grade(kind, variant, slip.value)
            assert not found.is_right
            assert found.code == slip.code
            assert slip.feedback
            assert slip.code
            assert isinstance(kind, OneForm) or (found.feedback, found.title) == (slip.feedback, slip.title)
            assert kind.words(variant, slip.value)


@every_case
def test_answers_keep_their_distance(case: str) -> None:
    kind, variants = drawn(case)
    for variant in variants:
        tolerance = Fraction(str(variant.tolerance))
        values = [known.value for known in variant.answers]
        assert len({json.dumps(value) for value in values}) == len(values)
        if isinstance(kind, NumberForm):
            keys = [Fraction(str(known.value)) for known in variant.answers if known.fraction == 1]
            slips = [Fraction(str(known.value)) for known in variant.answers if known.fraction < 1]
            gaps = [abs(a - b) for n, a in enumerate(slips) for b in (*keys, *slips[:n])]
            assert min(gaps) >= 4 * tolerance


@pytest.mark.parametrize("case", cases_of(CellsForm))
def test_an_unfinished_table_earns_its_right_cells(case: str) -> None:
    kind, variants = drawn(case)
    assert isinstance(kind, CellsForm)
    for variant in variants[:5]:
        *rest, _ = typed(kind, variant.key)["answer"]
        unfinished = {"answer": [*rest, ""]}
        found = kind.grade_unfinished(variant, unfinished)
        assert kind.grade_unfinished(variant, {"answer": [""]}) is None
        if not rest or kind.name in BY_BEHAVIOR - {"forward_pass"}:
            assert found is None
            continue
        assert found is not None
        assert found.fraction == pytest.approx(PARTIAL * len(rest) / len(variant.key))
        assert found.feedback[0] == f"1 of {len(variant.key)} is not right yet, or could not be read."
        rows = kind.view(variant, unfinished, found, True).context["table"]["rows"]
        marks = [cell["mark"] for row in rows for cell in row["cells"] if "reads" in cell]
        assert marks == ["right"] * len(rest) + ["other"]


@every_case
def test_keys_agree_with_plain_python(case: str) -> None:
    kind, variants = drawn(case)
    for variant in variants:
        wanted = ORACLES[kind.name](variant.shown)
        assert_same(kind, variant, wanted)


def assert_same(kind: Kind, variant: Variant, wanted: Any) -> None:
    key = variant.key
    if callable(wanted):  # any answer will do that does it
        assert wanted(key)
        return
    if isinstance(kind, OneForm | ManyForm):
        texts = {option["id"]: option["text"] for option in variant.shown["options"]}
        chosen = {texts[one] for one in key.split()}
        assert chosen == ({wanted} if isinstance(wanted, str) else wanted)
        return
    keys, others = (key, wanted) if isinstance(key, list) else ([key], [wanted])
    assert len(keys) == len(others)
    for one, other in zip(keys, others, strict=True):
        assert one == other if isinstance(one, str | list) else abs(one - other) <= SAME


def test_every_drawn_kind_is_worked_out_again_here() -> None:
    names = {name for name, kind in KINDS.items() if kind.is_generated}
    assert ORACLES.keys() == names
    assert {name for name, _ in CASES.values()} == names


@every_case
def test_a_variant_is_small_plain_and_always_the_same(case: str) -> None:
    variants = drawn(case)[1]
    again = drawn.__wrapped__(case)[1]
    for variant, other in zip(variants, again, strict=True):
        text = json.dumps(variant.to_json(), allow_nan=False)
        assert text == json.dumps(other.to_json())
        assert len(text) < 16_384
        assert Variant.from_json(json.loads(text)) == variant


@every_case
def test_the_same_seed_gives_the_same_bytes_everywhere(case: str) -> None:
    """`variants.json` keeps digests of three variants; it changes only when a kind changes what it draws."""
    digests = [sha256(json.dumps(one.to_json()).encode()).hexdigest()[:16] for one in drawn(case)[1][:3]]
    assert json.loads(GOLDENS.read_text())[case] == digests


@pytest.mark.skipif(len(SEEDS) < 1000, reason="How long drawing takes is measured by make prove.")
@every_case
def test_drawing_is_quick(case: str) -> None:
    name, data = CASES[case]
    taken = []
    for number in range(20):
        start = process_time()
        make_variant(KINDS[name], data, seed(number))
        taken.append(process_time() - start)
    assert sorted(taken)[-2] <= 0.02


@every_case
def test_hints_lead_on_in_three_levels_and_steps_show_the_slips(case: str) -> None:
    kind, variants = drawn(case)
    for variant in variants:
        assert len(set(variant.hints)) == 3
        assert all(variant.hints)
        assert variant.steps
        named = set(chain.from_iterable(step.codes for step in variant.steps))
        assert named & {known.code for known in variant.answers}
    assert any(character.isdigit() for character in "".join(variants[0].hints[1:]))
    assert kind.label.endswith("(new numbers each time)")


@every_case
def test_the_prompt_is_complete_in_words_and_tells_nothing(case: str) -> None:
    kind, variants = drawn(case)
    for variant in variants[:20]:
        page = rendered(kind, variant)
        for text in texts_of(variant.shown.get("given", [])):
            assert text in page
        assert "{{" not in page
        told = [*variant.hints, *(step.text for step in variant.steps)]
        told += [text for known in variant.answers for text in known.feedback]
        assert not [text for text in told if text in page]
        assert not {"answers", "steps", "tolerance", "hints", "key"} & variant.shown.keys()
        view = kind.view(variant, {}, None, False)
        assert view.solution == ""
        assert not {"key", "slips", "accepted", "sum", "figure_query", "figure_layer"} & view.context.keys()


def texts_of(blocks: Any) -> list[str]:
    """Every text that the blocks give, but for their types and captions of their own kind."""
    if isinstance(blocks, str):
        return [blocks] if blocks != "x" else []
    if isinstance(blocks, dict):
        return [text for name, value in blocks.items() if name != "type" for text in texts_of(value)]
    return [text for one in blocks for text in texts_of(one)] if isinstance(blocks, list) else []


@every_case
def test_what_cannot_be_read_is_not_graded(case: str) -> None:
    kind, variants = drawn(case)
    variant = variants[0]
    for said in ("", "abc", "1e999", "nan", "<script>"):
        count = len(variant.key) if isinstance(variant.key, list) else 1
        with pytest.raises(FormatError):
            kind.parse(variant, {"answer": [said] * count})
    with pytest.raises(FormatError):
        kind.parse(variant, {})


@every_case
def test_every_graded_page_can_be_shown(case: str) -> None:
    kind, variants = drawn(case)
    for variant in variants[:5]:
        for known in (variant.answers[0], variant.answers[-1]):
            fields = typed(kind, known.value)
            found = kind.grade(variant, kind.parse(variant, fields))
            view = kind.view(variant, fields, found, True)
            page = render_to_string(view.template, {"view": view.context, "uid": "q", "part": "answer"})
            assert ">None<" not in page
            assert "<input" not in page


@pytest.mark.parametrize("case", cases_of(NumberForm))
def test_rounding_is_forgiven_and_an_offset_is_not(case: str) -> None:
    kind, variants = drawn(case)
    asked = [variant for variant in variants if variant.tolerance >= 0.005]
    assert all(grade(kind, variant, f"{variant.key:.2f}").is_right for variant in asked)
    offsets = [grade(kind, variant, f"{variant.key + 0.05:.2f}").is_right for variant in asked]
    assert sum(offsets) <= len(asked) / 100


@pytest.mark.parametrize("case", [case for case in cases_of(CellsForm) if CASES[case][0] not in BY_BEHAVIOR])
def test_every_cell_counts_and_an_unknown_table_is_told_so(case: str) -> None:
    kind, variants = drawn(case)
    assert isinstance(kind, CellsForm)
    for variant in variants:
        key = kind.parse(variant, typed(kind, variant.key))
        for place, value in enumerate(key):
            if isinstance(value, Fraction):
                off = [*key[:place], value + 97, *key[place + 1 :]]
                found = kind.grade(variant, off)
                assert found.fraction < 1
                assert found.fraction == pytest.approx(0.8 * (len(key) - 1) / len(key))
                assert kind.marks(variant, off)[place] == "other"


def test_a_blind_guess_is_hardly_ever_right() -> None:
    """A bot that knows the range of the answers and two decimals, but not the question."""
    rng = Pcg32(7, 7)
    hits = tried = 0
    for case in cases_of(NumberForm):
        kind, variants = drawn(case)
        for variant in variants:
            is_count = isinstance(variant.key, int)
            guess = Fraction(rng.between(10, 300)) if is_count else Fraction(rng.between(-500, 500), 100)
            hits += kind.grade(variant, guess).is_right
            tried += 1
    assert hits <= tried / 50


@pytest.mark.parametrize("case", cases_of(OneForm))
def test_no_place_among_the_options_is_better_than_another(case: str) -> None:
    variants = drawn(case)[1]
    for place in range(max(len(variant.shown["options"]) for variant in variants)):
        hits, wanted = 0, 0.0
        for variant in variants:
            ids = [option["id"] for option in variant.shown["options"]]
            hits += place < len(ids) and ids[place] == variant.key
            wanted += 1 / len(ids)
        assert hits <= wanted + 3 * sqrt(wanted) + 1


@every_case
def test_every_code_that_is_looked_for_occurs(case: str) -> None:
    """Slips are chosen before numbers: what a kind means to show, it shows."""
    variants = drawn(case)[1]
    counted = Counter(known.code for variant in variants for known in variant.answers if known.code)
    assert len(counted) >= FEWEST_SLIPS
    assert max(counted.values()) >= len(variants) / 4


def test_kinds_that_need_no_data_say_nothing_about_none() -> None:
    for name, kind in KINDS.items():
        if kind.is_generated:
            assert bool(kind.validate({})) == (name in NEEDS_DATA)
            assert [str(fault) for fault in kind.validate({"sped": 1})][-1].startswith("sped: ")
