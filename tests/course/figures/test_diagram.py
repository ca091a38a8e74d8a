"""Architecture diagrams: what was read, gaps left open."""

from django.template.loader import render_to_string

from course.figures import DiagramLayer, diagram, stack


def test_every_line_is_a_weight_that_exists() -> None:
    drawn = diagram([DiagramLayer(2, "2"), DiagramLayer(6, "6"), DiagramLayer(3, "3")])
    assert len(drawn.wires) == 2 * 6 + 6 * 3
    assert drawn.label == "Layers: 2, 6, 3."


def test_a_layer_that_could_not_be_read_is_a_gap() -> None:
    gap = DiagramLayer(None, "?", "line 6", is_gap=True)
    drawn = diagram([DiagramLayer(2, "2"), DiagramLayer(6, "6"), gap, DiagramLayer(3, "3")])
    assert len(drawn.wires) == 12
    assert drawn.label == "Layers: 2, 6, one that could not be read, 3."
    assert 'class="gapq"' in render_to_string("course/figures/_diagram.html", {"diagram": drawn})


def test_a_large_layer_is_shortened() -> None:
    [column] = diagram([DiagramLayer(512, "512")]).columns
    assert len(column.dots) == 6
    assert len(column.ellipsis) == 3


def test_many_layers_are_shortened_in_the_middle() -> None:
    drawn = diagram(DiagramLayer(n, str(n)) for n in range(1, 20))
    assert [column.layer.label for column in drawn.columns] == ["1", "2", "3", "13 more", "17", "18", "19"]
    assert drawn.label.endswith("18, 19.")


def test_layers_that_are_no_vectors_are_blocks() -> None:
    drawn = diagram([DiagramLayer(None, "28×28×1"), DiagramLayer(10, "10")])
    assert [column.is_block for column in drawn.columns] == [True, False]
    assert drawn.wires == ()


def test_nothing_read_is_an_empty_drawing() -> None:
    assert diagram([]).label == "No layers yet."
    assert render_to_string("course/figures/_diagram.html", {"diagram": diagram([])})


def test_a_stack_has_a_dot_per_unit() -> None:
    drawn = stack([2, 3, 1])
    assert len(drawn.dots) == 6
    assert len(drawn.wires) == 9
    assert "<circle" in render_to_string("course/figures/_stack.html", {"stack": drawn})


def test_notes_that_would_touch_stand_in_two_lines_by_turns() -> None:
    notes = ("input", "Conv2D", "MaxPooling2D", "Flatten", "Dense")
    drawn = diagram([DiagramLayer(None, "4", note) for note in notes])
    assert [column.note_y for column in drawn.columns] == [210, 223, 210, 223, 210]
    assert drawn.height == diagram([]).height + 13
    short = diagram([DiagramLayer(4, "4", "Dense") for _ in range(5)])
    assert {column.note_y for column in short.columns} == {210}
