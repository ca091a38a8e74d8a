"""Pictures of a training: curves, the plane, and what is taken for what, from a report's evidence."""

from typing import Any

from labs.pictures import Count, pictures

CURVES = {"epoch": [1, 2, 4], "loss": [0.8, None, 0.2], "validation accuracy": [0.5, 0.75, 1.0]}


def row(**evidence: Any) -> dict[str, Any]:
    return {"evidence": {"dataset": "moons", "curves": CURVES, **evidence}}


def test_rows_that_trained_on_one_data_set_share_their_pictures() -> None:
    shown = pictures([row(), {"evidence": {}}, {}, row(), {"evidence": {"dataset": "xor", "curves": CURVES}}])
    assert [one.dataset for one in shown] == ["moons", "xor"]


def test_a_curve_breaks_where_a_value_is_missing() -> None:
    [shown] = pictures([row()])
    loss, accuracy = shown.curves
    assert loss.title == "Training loss"
    assert loss.path == "M0 20h1M100 80h1"
    assert loss.ticks == ("1", "0.5", "0")
    assert (loss.first, loss.last, loss.end) == (1, 4, "0.200")
    assert loss.table == ((1, "0.800"), (2, "not a number"), (4, "0.200"))
    assert accuracy.title == "Validation accuracy"
    assert accuracy.path == "M0 50L33.33 25L100 0"


def test_a_loss_above_one_gets_a_round_axis() -> None:
    [shown] = pictures([{"evidence": {"dataset": "line", "curves": {"epoch": [1, 2], "loss": [37.0, 3.0]}}}])
    assert shown.curves[0].ticks == ("50", "25", "0")


def test_a_run_without_a_single_number_has_no_curve() -> None:
    [shown] = pictures([{"evidence": {"dataset": "line", "curves": {"epoch": [1], "loss": [None]}}}])
    assert shown.curves == ()


def test_the_matrix_tells_hits_from_slips_and_names_the_largest() -> None:
    [shown] = pictures([row(confusion={"classes": ["cat", "dog"], "matrix": [[8, 2], [0, 5]]})])
    assert shown.confusion is not None
    assert shown.confusion.rows == (
        ("cat", (Count(8, "hit"), Count(2, "slip")), "80%"),
        ("dog", (Count(0, "none"), Count(5, "hit")), "100%"),
    )
    assert shown.confusion.sentence == "The largest confusion: cat taken for dog, 2 times."


def test_a_class_without_samples_has_no_recall() -> None:
    [shown] = pictures([row(confusion={"classes": ["cat", "dog"], "matrix": [[3, 0], [0, 0]]})])
    assert shown.confusion is not None
    assert [recall for *_, recall in shown.confusion.rows] == ["100%", "none"]
    assert shown.confusion.sentence == "Nothing is mistaken for anything else."


def test_the_plane_has_areas_borders_and_points() -> None:
    regions = {
        "x": [0, 4],
        "y": [0, 2],
        "grid": ["01", "11"],
        "points": [[1, 1.5, 0, 0], [3, 0.5, 0, 1]],
    }
    confusion = {"classes": ["in", "out"], "matrix": [[1, 1], [0, 0]]}
    [shown] = pictures([row(regions=regions, confusion=confusion)])
    plane = shown.plane
    assert plane is not None
    assert plane.areas == ((1, "M0 0h200v200h-200z"), (2, "M200 0h200v200h-200zM0 200h400v200h-400z"))
    assert plane.border == "M200 0v200M0 200h200"
    assert [(point.x, point.y, point.is_missed) for point in plane.points] == [
        (100.0, 100.0, False),
        (300.0, 300.0, True),
    ]
    assert plane.sentence == "The ringed point is on another side."


def test_more_classes_than_shapes_have_no_plane() -> None:
    regions = {"x": [0, 1], "y": [0, 1], "grid": ["0"], "points": []}
    confusion = {"classes": list("abcde"), "matrix": [[0] * 5] * 5}
    [shown] = pictures([row(regions=regions, confusion=confusion)])
    assert shown.plane is None
