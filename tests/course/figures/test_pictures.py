"""Pictures and kernels: what the file says was drawn and learned is made again by the engine."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

import engine
from course.figures import pictures
from course.figures.pictures import KERNELS, PICTURES, SIDE

TABLES = tomllib.loads((Path(pictures.__file__).parent / "pictures.toml").read_text("utf-8"))


def averaged(image: np.ndarray) -> np.ndarray:
    """A 12 by 12 picture on 8 by 8 pixels, each the mean of the area that it covers."""
    edges = np.arange(SIDE + 1) * image.shape[0] / SIDE
    places = np.arange(image.shape[0])
    shares = np.clip(np.minimum(edges[1:, None], places + 1) - np.maximum(edges[:-1, None], places), 0, None)
    shares /= shares.sum(axis=1, keepdims=True)
    mean: np.ndarray = shares @ image @ shares.T
    return mean


@pytest.mark.parametrize(
    "row", [row for row in TABLES["picture"] if "dataset" in row], ids=lambda row: row["name"]
)
def test_a_drawn_picture_is_a_sample_of_its_data_set(row: dict[str, str]) -> None:
    sample = engine.DATASETS[row["dataset"]].split("validation", seed=0).x[int(row["sample"]), :, :, 0]
    on = tuple(tuple(int(pixel) for pixel in line) for line in averaged(sample) > 0.4)
    assert PICTURES[row["name"]].pixels == on


def test_the_learned_kernels_are_what_the_training_learns() -> None:
    told = TABLES["learned"]
    samples = engine.DATASETS[told["dataset"]].split("train", seed=0)
    model = engine.build(engine.parse(told["source"]), seed=told["seed"], dtype=told["dtype"])
    model.fit(samples.x, samples.y, epochs=told["epochs"], batch_size=told["batch_size"], seed=0)
    learned = model.get_weights()[0][:, :, 0, :]
    rows = [row for row in TABLES["kernel"] if "filter" in row]
    assert len(rows) == 3
    for row in rows:
        assert np.array(row["weights"]) == pytest.approx(learned[:, :, row["filter"]], abs=0.0051)
        assert KERNELS[row["name"]].is_learned


def test_a_code_and_its_picture() -> None:
    for picture in PICTURES.values():
        assert pictures.decode(pictures.encode(picture.pixels)) == picture.pixels
    assert pictures.encode(PICTURES["seven"].pixels) == "003e040c08181000"
    assert pictures.decode("nothing") is None
    assert pictures.decode("003e040c0818100g") is None


def test_one_pixel_turned() -> None:
    turned = pictures.turned(PICTURES["empty"].pixels, 9)
    assert turned[1][1] == 1
    assert sum(map(sum, turned)) == 1
    assert pictures.turned(turned, 9) == PICTURES["empty"].pixels
    assert pictures.name_of(PICTURES["empty"].pixels) == "empty"
    assert pictures.name_of(turned) is None


def test_the_reach_of_a_kernel_is_its_largest_sum() -> None:
    assert KERNELS["vertical"].reach == 3.0
    assert KERNELS["outline"].reach == 8.0
    assert KERNELS["blur"].reach == pytest.approx(1.0)
