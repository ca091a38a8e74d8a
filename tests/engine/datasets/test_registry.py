"""Every data set keeps what it declares, whatever it is."""

import numpy as np
import pytest

from engine.datasets import DRAWN, SPLITS, Dataset, Split

EVERY = pytest.mark.parametrize("dataset", DRAWN.values(), ids=list(DRAWN))


@EVERY
def test_samples_are_as_declared(dataset: Dataset) -> None:
    samples = dataset.split("validation")
    count = dataset.validation
    assert len(samples) == count
    assert samples.x.shape == (count, *dataset.shape)
    assert samples.x.dtype == np.float32
    assert np.isfinite(samples.x).all()
    if dataset.classes:
        assert not dataset.targets
        assert samples.y.shape == (count,)
        assert samples.y.dtype == np.int64
    else:
        assert samples.y.shape == (count, len(dataset.targets))
        assert samples.y.dtype == np.float32


@EVERY
def test_declares_itself(dataset: Dataset) -> None:
    assert dataset.doc.endswith((".", "?"))
    assert len(dataset.doc) <= 100
    assert len(dataset.features) == dataset.shape[-1]
    assert len(set(dataset.features)) == len(dataset.features)
    assert dataset.epochs > 0


@EVERY
def test_every_class_has_its_share(dataset: Dataset) -> None:
    if dataset.classes:
        counted = np.bincount(dataset.split("train").y, minlength=len(dataset.classes))
        assert len(counted) == len(dataset.classes)
        assert counted.min() >= dataset.train / len(dataset.classes) / 2.5


@EVERY
@pytest.mark.parametrize("split", SPLITS)
def test_a_seed_always_gives_the_same(dataset: Dataset, split: Split) -> None:
    one, other = dataset.split(split, 3), dataset.split(split, 3)
    assert np.array_equal(one.x, other.x)
    assert np.array_equal(one.y, other.y)


@EVERY
def test_splits_and_seeds_share_nothing(dataset: Dataset) -> None:
    drawn = [dataset.split(split, seed).x[:50] for split in SPLITS for seed in (0, 1)]
    for index, one in enumerate(drawn):
        assert not any(one.shape == other.shape and np.allclose(one, other) for other in drawn[:index])


@EVERY
def test_values_are_small_enough_to_learn_from(dataset: Dataset) -> None:
    assert np.abs(dataset.split("train").x).max() <= 4


@EVERY
def test_samples_come_in_random_order(dataset: Dataset) -> None:
    y = dataset.split("train").y
    changes = (y[1:] != y[:-1]).mean()
    assert changes > 0.3 or not dataset.classes
