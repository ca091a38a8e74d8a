"""Points that somebody brings along, as text."""

import numpy as np
import pytest

from engine.playground import Settings, start
from engine.playground.own import MOST_POINTS, read, write
from engine.playground.points import drawn

POINTS = [(1.5, -2.0, 1.0), (6.0, -6.0, 1.0), (0.005, 0.0, -1.0), (-0.25, 3.14, -1.0)]


def test_what_is_written_reads_the_same() -> None:
    assert read(write(POINTS)) == POINTS
    assert len(write(POINTS)) == 4 * len(POINTS) + 1


def test_coordinates_beyond_the_plane_end_at_its_rim() -> None:
    assert read(write([(99, -99, 1), (0, 0, 1), (0, 0, -1), (1, 1, -1)]))[0] == (6.0, -6.0, 1.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "at most 300 points of four characters, a dot between the classes"),
        ("AAAAAAAA", "at most 300 points of four characters, a dot between the classes"),
        ("AAA.AAAAA", "at most 300 points of four characters, a dot between the classes"),
        ("AAAA" * 301 + ".", "at most 300 points of four characters, a dot between the classes"),
        ("AAAA.AAAAAAAA", "points of two classes, at least 2 of each"),
        ("AAAAAAAA.", "points of two classes, at least 2 of each"),
        ("__AA____.AAAAAAAA", "points with coordinates from -6 to 6"),
        ("AA!AAAAA.AAAAAAAA", "points with coordinates from -6 to 6"),
    ],
)
def test_other_texts_are_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match="^" + told.replace(".", r"\.") + "$"):
        read(text)


@pytest.mark.parametrize("share", [10, 50, 90])
def test_few_points_are_learned_and_held_out(share: int) -> None:
    points, _ = drawn("own", "0.43", 0, share, write(POINTS))

    assert 1 <= points.train < len(points.labels) == 4
    assert {(*at, label) for at, label in zip(points.at.tolist(), points.labels, strict=True)} == set(POINTS)


def test_a_batch_is_no_larger_than_what_there_is_to_learn() -> None:
    run = start(Settings(dataset="own", own=write(POINTS), batch_size=100))
    before = run.weights.copy()
    run.train(1)

    assert run.epoch == 1
    assert not np.array_equal(run.weights, before)


def test_the_most_points_fit() -> None:
    many = [(x / 100, x / 50, 1.0 if x % 2 else -1.0) for x in range(MOST_POINTS)]

    assert len(drawn("own", "a", 0, 50, write(many))[0].labels) == MOST_POINTS
