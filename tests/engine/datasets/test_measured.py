"""Measured data sets: there when their files are, and a clear word where they are not."""

from pathlib import Path

import numpy as np
import pytest

import engine
from engine.datasets import DRAWN, NAMES, SPLITS, Datasets
from engine.datasets.measured import NAMES as MEASURED
from engine.datasets.measured import apportioned, measured

HINT = "Run make datasets once; it fetches the data sets that are not drawn."


def keep(folder: Path, **changes: np.ndarray) -> None:
    """A file that has the form of the irises; a sample's first number tells which one it is."""
    random = np.random.default_rng(0)
    x = np.column_stack([np.arange(150), random.normal(5, 2, (150, 3))]).astype(np.float32)
    np.savez(folder / "iris.npz", **{"x": x, "y": np.repeat(np.arange(3), 50)} | changes)


def test_they_are_offered_where_their_files_are(tmp_path):
    datasets = Datasets(tmp_path)
    assert tuple(datasets) == tuple(DRAWN)
    assert "iris" not in datasets
    keep(tmp_path)
    assert tuple(datasets) == (*DRAWN, "iris")
    assert len(datasets) == len(DRAWN) + 1
    assert datasets["iris"].classes == ("setosa", "versicolor", "virginica")
    assert datasets["spiral"] is DRAWN["spiral"]


def test_one_that_is_not_there_says_what_to_run(tmp_path):
    with pytest.raises(engine.DatasetMissing) as caught:
        Datasets(tmp_path)["iris"]
    assert str(caught.value) == f"The data set iris is not on this machine. {HINT}"
    with pytest.raises(KeyError):
        Datasets(tmp_path)["irises"]
    with pytest.raises(engine.DatasetMissing):
        measured("iris", tmp_path).split("train")


@pytest.mark.parametrize(
    "changes", [{"x": np.ones((150, 5))}, {"y": np.zeros(150, int)}, {"x": np.array([{}] * 150)}]
)
def test_a_file_of_another_form_is_told(tmp_path, changes):
    keep(tmp_path, **changes)
    with pytest.raises(engine.DatasetMissing) as caught:
        Datasets(tmp_path)["iris"].split("hidden")
    assert str(caught.value) == f"The data set iris is damaged. {HINT}"


def test_a_broken_file_is_told(tmp_path):
    (tmp_path / "iris.npz").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(engine.DatasetMissing, match="is damaged"):
        Datasets(tmp_path)["iris"].split("hidden")


def test_splits_share_nothing_and_seeds_only_order(tmp_path):
    keep(tmp_path)
    iris = Datasets(tmp_path)["iris"]
    found = [iris.split(split) for split in SPLITS]
    assert [len(samples) for samples in found] == [90, 30, 30]
    assert len(np.unique(np.concatenate([samples.x[:, 0] for samples in found]))) == 150
    again = iris.split("hidden", seed=7)
    assert not np.array_equal(again.x, found[2].x)
    assert np.array_equal(np.sort(again.x[:, 0]), np.sort(found[2].x[:, 0]))
    assert all(np.bincount(samples.y).tolist() == [len(samples) // 3] * 3 for samples in found)


def test_measures_are_scaled_by_the_samples_to_train_on(tmp_path):
    keep(tmp_path)
    train = Datasets(tmp_path)["iris"].split("train")
    assert train.x.dtype == np.float32
    np.testing.assert_allclose(train.x.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(train.x.std(axis=0), 1, atol=1e-6)


def test_pixels_are_scaled_to_one(tmp_path):
    x = np.random.default_rng(0).integers(0, 17, (1797, 8, 8, 1))
    np.savez(tmp_path / "handwritten.npz", x=x, y=np.arange(1797) % 10)
    train = Datasets(tmp_path)["handwritten"].split("train")
    assert (train.x.min(), train.x.max()) == (0, 1)
    assert train.x.shape == (1077, 8, 8, 1)


def test_every_stretch_has_each_class_in_proportion():
    y = np.repeat([0, 1], [90, 10])
    order = apportioned(y, np.random.default_rng(0))
    assert sorted(order) == list(range(100))
    assert [int(y[part].sum()) for part in np.split(order, 5)] == [2] * 5


@pytest.mark.parametrize("name", MEASURED)
def test_each_declares_itself(name):
    dataset = measured(name)
    assert dataset.doc.endswith(".")
    assert len(dataset.features) == dataset.shape[-1]
    assert dataset.train > dataset.validation == dataset.hidden
    assert dataset.source.startswith("UCI Machine Learning Repository, data set ")
    assert dataset.citation.endswith(".")
    assert name in NAMES


@pytest.mark.parametrize(
    "kind",
    ['kind = "accuracy"\nat_least = 0.9', 'kind = "healthy"', 'kind = "loss"\nat_most = 1'],
    ids=lambda kind: kind[8:12],
)
def test_criteria_that_name_one_say_so(kind, monkeypatch, tmp_path):
    monkeypatch.setattr("engine.datasets.DATASETS.folder", tmp_path)
    with pytest.raises(engine.CriteriaError) as caught:
        engine.criteria(f'[[criterion]]\n{kind}\ndataset = "iris"')
    line = 3 + kind.count("\n")
    assert str(caught.value) == f"line {line}: The data set iris is not on this machine. {HINT}"
    keep(tmp_path)
    (criterion,) = engine.criteria(f'[[criterion]]\n{kind}\ndataset = "iris"')
    assert criterion.config["dataset"] == "iris"


def test_a_network_learns_from_one(monkeypatch, tmp_path):
    monkeypatch.setattr("engine.datasets.DATASETS.folder", tmp_path)
    keep(tmp_path)
    text = "model = Sequential([Input((4,)), Dense(8, activation='relu'), Dense(3, activation='softmax')])"
    asked = engine.criteria('[[criterion]]\nkind = "accuracy"\ndataset = "iris"\nat_least = 0.9')
    assert engine.evaluate(text, asked).rows[0].earned == 1
