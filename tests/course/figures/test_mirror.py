"""The browser's mirror says, draws and computes what the engine and the server do."""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from course.figures import Figure, FigureState, Focus, NetworkDocument
from course.figures.address import Address
from course.figures.document import Vector
from course.figures.edits import normalized
from course.figures.forward import Pass, run
from course.figures.network import figure_in, view_of
from course.figures.prediction import can_predict
from course.figures.scene import View, draw
from course.figures.sheets import layouts
from course.figures.state import Edit, Guess, Run
from course.figures.steps import positions, stops
from course.figures.words import headline, step_sentence
from tests.course.figures.networks import ANIMALS, LLAMA, random_document
from tests.course.figures.scripts import node

HERE = Path(__file__).parent
TOLERANCE = 1e-9


def browser_side(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [node(), str(HERE / "mirror.mjs")],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def test_the_mirror_computes_what_the_engine_computes_on_200_networks() -> None:
    documents = [random_document(seed) for seed in range(200)]
    passes = [run(document, document.first_x) for document in documents]
    answers = browser_side([{"data": bare_data(seen), "deep": False} for seen in passes])
    for seen, answer in zip(passes, answers, strict=True):
        for column, mirrored in zip(seen.columns, answer["columns"], strict=True):
            assert mirrored["z"] == pytest.approx(column.z, rel=TOLERANCE, abs=TOLERANCE)
            assert mirrored["a"] == pytest.approx(column.a, rel=TOLERANCE, abs=TOLERANCE)


def bare_data(seen: Pass) -> dict[str, Any]:
    """What the mirror needs to compute, and no more."""
    layers = [{"kernel": c.kernel, "bias": c.bias, "activation": c.activation} for c in seen.columns]
    return {
        "layers": layers,
        "stops": [],
        "state": {
            "x": seen.x,
            "focus": None,
            "step": 1,
            "within": [],
            "edits": [],
            "pinned": None,
            "guess": None,
        },
    }


def states_of(document: NetworkDocument) -> list[tuple[int, Focus | None]]:
    """Every step in the overview, and the first and last unit of each layer at every other step."""
    last = len(stops(run(document, document.first_x)))
    units = [Focus(layer, unit) for layer, size in enumerate(document.sizes) for unit in {0, size - 1}]
    pinned: list[tuple[int, Focus | None]] = [(s, unit) for s in range(last, 0, -2) for unit in units]
    return [*((step, None) for step in range(1, last + 1)), *pinned]


def pairs(documents: list[NetworkDocument], preset: int = 0) -> list[tuple[Figure, View, dict[str, Any]]]:
    found = []
    for document in documents:
        x = document.presets[preset][1]
        address = Address(document, FigureState(document.first_x, None, 1))
        has_classes = can_predict(stops(run(document, x)))
        for step, focus in states_of(document):
            for edits in ((), normalized(document, some_edits(document))):
                pinned = Run(document.first_x, edits[:1]) if step % 2 else None
                guess = Guess(step % document.sizes[-1]) if has_classes else None
                state = FigureState(x, focus, step, edits, pinned=pinned, guess=guess)
                found.append((figure_in(state, address), view_of(document, state)))
        for state in part_states(document, x):
            found.append((figure_in(state, address), view_of(document, state)))
    answers = browser_side([{"data": figure.data, "deep": True} for figure, _ in found])
    return [(figure, view, answer) for (figure, view), answer in zip(found, answers, strict=True)]


def part_states(document: NetworkDocument, x: Vector) -> list[FigureState]:
    """Every fifth position of stepping by operation, with the unit in progress pinned or none."""
    seen = run(document, x)
    found = []
    for n, (step, within) in enumerate(positions(seen, stops(seen), "operation")[::5]):
        layer = stops(seen)[step - 1].layer
        focus = Focus(layer, within[0] - 1) if within and n % 3 else None
        found.append(FigureState(x, focus, step, (), within, "operation" if n % 2 else "neuron"))
    return found


def some_edits(document: NetworkDocument) -> list[Edit]:
    """A weight to zero, one that was anything to 1/3, a bias, in the first and the last layer."""
    last = len(document.biases)
    edits = [Edit(1, 0, 0, 0.0), Edit(last, 0, len(document.kernels[-1]) - 1, 1 / 3), Edit(1, 0, None, -1.5)]
    return edits if last > 1 else edits[:1]


@pytest.fixture(scope="module")
def compared() -> list[tuple[Figure, View, dict[str, Any]]]:
    return [*pairs([ANIMALS], preset=2), *pairs([random_document(seed) for seed in range(300, 303)])]


Compared = list[tuple[Figure, View, dict[str, Any]]]


def test_both_sides_say_the_same(compared: Compared) -> None:
    for figure, view, answer in compared:
        assert answer["headline"] == headline(view)
        assert answer["label"] == figure.label
        assert answer["sentence"] == step_sentence(view)
        compared = answer["comparison"]
        assert (compared is None) == (figure.comparison is None)
        if figure.comparison:
            assert compared == json.loads(json.dumps(asdict(figure.comparison)))
        assert answer["reckoning"] == (figure.prediction.reckoning if figure.prediction else "")
        assert answer["position"] == figure.position
        assert answer["back"] == figure.back.split("#")[0]
        assert answer["forward"] == figure.forward.split("#")[0]
        assert answer["units"] == [item.label for item in figure.sheets[0].nodes]
        assert answer["values"] == [[row.z, row.a] for group in figure.values for row in group.rows]
        if view.focus is not None:
            told = [(p["before"], p["symbol"], p["text"], p["isStrong"]) for p in answer["phrases"]]
            assert told == [(p.before, p.symbol, p.text, p.is_strong) for p in figure.phrases]


def test_both_sides_draw_the_same(compared: Compared) -> None:
    for _, view, answer in compared:
        for layout, mirrored in zip(layouts(view.document), answer["scenes"], strict=True):
            scene = draw(view, layout)
            edges = {edge["key"]: edge for edge in mirrored["edges"]}
            assert len(edges) == len(scene.edges)
            for edge in scene.edges:
                assert_same_line(asdict(edge), edges[edge.key])
            nodes = [
                (n["key"], n["id"], n["css"], n["text"], n["isNegative"], n["change"])
                for n in mirrored["nodes"]
            ]
            assert nodes == [(n.key, n.id, n.css, n.text, n.is_negative, n.change) for n in scene.nodes]
            outputs = [(o["name"], o["css"], o["share"]) for o in mirrored["outputs"]]
            assert outputs == [(o.name, o.css, o.share) for o in scene.outputs]
            pills = [(p["term"], p["text"], p["css"], p["width"], p["hasPencil"]) for p in mirrored["pills"]]
            assert pills == [(p.term, p.text, p.css, p.width, p.has_pencil) for p in scene.pills]


def test_both_sides_write_the_same_matrices(compared: Compared) -> None:
    for figure, _, answer in compared:
        assert answer["results"] == [line.result for line in figure.code]
        assert answer["inputs"] == [form.code for form in figure.code[0].forms]
        for ours, theirs in zip(
            (figure.matrix_in_rows, figure.matrix_in_columns), answer["matrices"], strict=True
        ):
            assert (theirs["caption"], theirs["head"]) == (ours.caption, list(ours.head))
            assert [row["name"] for row in theirs["rows"]] == [row.name for row in ours.rows]
            cells = [(c["text"], c["css"], c["term"]) for row in theirs["rows"] for c in row["cells"]]
            assert cells == [(c.text, c.css, c.term) for row in ours.rows for c in row.cells]


def assert_same_line(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    told = ("css", "term", "isEdited")
    assert tuple(theirs[name] for name in told) == (ours["css"], ours["term"], ours["is_edited"])
    for name in ("x1", "y1", "x2", "y2", "width"):
        assert theirs[name] == pytest.approx(ours[name], abs=0.11)


def test_both_sides_add_up_the_same(compared: Compared) -> None:
    for figure, _, answer in compared:
        if figure.sum is None:
            assert answer["sum"] is None
            continue
        ours = [(c.key, c.name, c.input, c.weight, c.weight_css, c.total, c.css) for c in figure.sum.cells]
        names = ("key", "name", "input", "weight", "weightCss", "total", "css")
        assert [tuple(cell[name] for name in names) for cell in answer["sum"]["cells"]] == ours
        assert answer["sum"]["zeros"] == list(figure.sum.zeros)
        for bar, mirrored in zip(figure.sum.bars, answer["sum"]["bars"], strict=True):
            assert (mirrored["key"], mirrored["isNil"]) == (bar.key, bar.is_nil)
            assert (mirrored["x"], mirrored["width"]) == pytest.approx((bar.x, bar.width), abs=0.011)
            assert mirrored["y"] == pytest.approx(bar.y, abs=0.11)
            assert mirrored["height"] == pytest.approx(bar.height, abs=0.21)


def test_both_sides_write_the_same_address_and_read_it_back(compared: Compared) -> None:
    document = ANIMALS
    start = FigureState(document.first_x, None, 8)
    for state in (
        start,
        FigureState((2.0, 0.5, 0.0, 0.0, 0.0, 2.0, 0.0, 1.0), Focus(1, 2), 3),
        FigureState(document.presets[2][1], Focus(3, 0), 8),
        FigureState(document.first_x, Focus(0, 7), 1),
        FigureState(document.first_x, Focus(1, 2), 2, (), (3, 4), "operation"),
        FigureState(document.first_x, None, 5, (), (2,), "neuron"),
        FigureState(document.first_x, None, 5, pinned=Run(LLAMA, normalized(document, some_edits(document)))),
        FigureState(document.first_x, None, 5, pinned=Run((0.5,) * 8)),
        FigureState(document.first_x, None, 5, guess=Guess()),
        FigureState(document.first_x, None, 8, guess=Guess(3, "certain")),
        FigureState(document.first_x, None, 8, normalized(document, some_edits(document))),
    ):
        figure = figure_in(state, Address(document, start))
        [answer] = browser_side([{"data": figure.data, "deep": True}])
        expected = Address(document, start, (("tab", "text"),)).to(state).split("#")[0]
        assert answer["address"] == expected
        assert answer["again"] == answer["state"]
