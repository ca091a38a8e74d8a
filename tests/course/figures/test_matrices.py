"""The pass as NumPy and as one product per layer; the code really computes what the figure shows."""

from typing import Any

import numpy as np
import pytest
from django.http import QueryDict

from course.figures import Figure, Focus, lesson_figure, network_figure
from course.figures.forward import MIRRORED
from course.figures.matrices import NUMPY
from tests.course.figures.networks import ANIMALS, LLAMA, random_document


def lines(figure: Figure, form: int) -> list[str]:
    return [line.forms[form].code for line in figure.code]


def test_the_llama_in_numpy() -> None:
    figure = network_figure(ANIMALS, LLAMA, 8)
    assert lines(figure, 0) == [
        "x = np.array([[2, 2, 0, 2, 2, 0, 0, 2]])",
        "z1 = x @ W1 + b1",
        "a1 = np.maximum(z1, 0)",
        "z2 = a1 @ W2 + b2",
        "a2 = np.maximum(z2, 0)",
        "z3 = a2 @ W3 + b3",
        "p = np.exp(z3) / np.exp(z3).sum()",
        "classes[p.argmax()]",
    ]
    assert figure.code[1].forms[0].shapes == "(1, 8) @ (8, 6) + (6,) → (1, 6)"
    assert figure.code[1].forms[1].shapes == "(6, 8) @ (8, 1) + (6, 1) → (6, 1)"
    assert [line.result for line in figure.code][5:] == [
        "[−2.5, −1, 1.5, −2]",
        "[0.016, 0.073, 0.884, 0.027]",
        "llama",
    ]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("form", [0, 1])
def test_the_code_computes_what_the_figure_shows(seed: int, form: int) -> None:
    """Every line is run, with the document's own weights, in both ways of writing vectors."""
    document = random_document(seed)
    figure = network_figure(document)
    names: dict[str, Any] = {"np": np, "classes": document.classes}
    for k, (kernel, bias) in enumerate(zip(document.kernels, document.biases, strict=True), start=1):
        names[f"W{k}"] = np.array(kernel)
        names[f"b{k}"] = np.array(bias) if form == 0 else np.array([bias]).T
    names["x"] = np.array([document.first_x]) if form == 0 else np.array([document.first_x]).T
    for line in figure.code[1:]:
        name, _, code = line.forms[form].code.rpartition(" = ")
        value = eval(code, names)
        if not name:
            assert value == line.result
            continue
        names[name] = value
        shown = [float(text.replace("\u2212", "-")) for text in line.result.strip("[]").split(", ")]
        assert value.ravel() == pytest.approx(shown, abs=0.0051)


def test_every_activation_that_is_drawn_has_its_numpy() -> None:
    assert set(NUMPY) == MIRRORED - {"linear"}


def test_hidden_results_are_question_marks() -> None:
    figure = lesson_figure(ANIMALS, QueryDict("preset=llama&t=3.2"))
    assert [line.result for line in figure.code[2:]] == ["[0, 0, ?, ?, ?, ?]", *["?"] * 5]
    rows = {row.name: [cell.text for cell in row.cells] for row in figure.matrix_in_rows.rows}
    assert rows["a1"] == ["", "0.00", "0.00", "?", "?", "?", "?"]


def test_the_pinned_units_column_is_marked_and_linked() -> None:
    figure = network_figure(ANIMALS, LLAMA, 8, Focus(1, 2))
    linked = [cell.term for row in figure.matrix_in_rows.rows for cell in row.cells if "here" in cell.css]
    assert linked == [*map(str, range(8)), "b", None, None]
    assert figure.matrix_in_rows.head == ("x", "h1.1", "h1.2", "h1.3", "h1.4", "h1.5", "h1.6")
    assert figure.matrix_in_columns.head == (*ANIMALS.features, "b1", "z1", "a1")
    assert [line.layer for line in figure.source if line.is_current] == [1]
