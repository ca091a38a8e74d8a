import json

import pytest

import engine
from engine.budget import WORKER, Budget
from tests.engine.evaluation.grading import report, row, text

ANIMALS = text(
    "Dense(6, input_shape=(8,), activation='relu')",
    "Dense(6, activation='relu')",
    "Dense(4, activation='softmax')",
)
XOR = ("Dense(8, input_shape=(2,), activation='tanh')", "Dense(1, activation='sigmoid')")


def with_rate(rate: float, *layers: str, epochs: int = 30) -> str:
    after = (
        f"model.compile(optimizer=SGD({rate}), loss='mse')\nmodel.fit(x, y, epochs={epochs}, batch_size=10)"
    )
    return text(*layers, after=after)


def test_learns_the_animals() -> None:
    found = row(ANIMALS, "accuracy", 'dataset = "animals"\nat_least = 0.9', budget=WORKER)
    assert found.verdict == "met"
    assert found.title == "At least 90% right on animals"
    assert found.reason.endswith(" of 200 hidden samples of animals are right after 50 epochs.")
    assert found.limit == "needed 90%"
    assert found.advice == ""


def test_evidence_is_what_plots_need() -> None:
    found = row(ANIMALS, "accuracy", 'dataset = "animals"\nat_least = 0.9\nepochs = 5')
    evidence = json.loads(json.dumps(dict(found.evidence)))
    assert evidence["confusion"]["classes"] == ["cat", "dog", "llama", "lizard"]
    assert sum(map(sum, evidence["confusion"]["matrix"])) == 200
    right = sum(evidence["confusion"]["matrix"][k][k] for k in range(4))
    assert found.reason.startswith(f"{right} of 200 hidden samples")
    assert evidence["curves"]["epoch"] == [1, 2, 3, 4, 5]
    assert len(evidence["curves"]["loss"]) == len(evidence["curves"]["validation accuracy"]) == 5
    assert evidence["values"] == [right / 200]


def test_the_text_says_how_it_trains() -> None:
    source = ANIMALS + "model.compile('sgd', 'categorical_crossentropy')\nmodel.fit(x, y, epochs=3)\n"
    found = row(source, "accuracy", 'dataset = "animals"\nat_least = 0.9')
    assert found.reason.endswith("hidden samples of animals are right after 3 epochs.")
    assert found.advice.startswith("The loss is still falling (1.")
    assert found.advice.endswith("): train for more epochs, or in larger steps.")
    capped = row(source, "accuracy", 'dataset = "animals"\nat_least = 0.9\nepochs = 2')
    assert capped.reason.endswith("after 2 epochs.")


@pytest.mark.parametrize(
    ("last", "loss"),
    [
        ("Dense(4, activation='softmax')", "'sparse_categorical_crossentropy'"),
        ("Dense(4, activation='softmax')", "'mse'"),
        ("Dense(4, activation='sigmoid')", "'binary_crossentropy'"),
        ("Dense(4)", "'categorical_hinge'"),
    ],
)
def test_any_loss_gets_targets_in_its_form(last: str, loss: str) -> None:
    source = text(
        "Dense(8, input_shape=(8,), activation='relu')", last, after=f"model.compile(Adam(0.01), {loss})"
    )
    assert row(source, "accuracy", 'dataset = "animals"\nat_least = 0.9\nepochs = 20').verdict == "met"


@pytest.mark.parametrize(
    "last",
    ["Dense(1, activation='sigmoid')", "Dense(1, activation='tanh')", "Dense(1)",
     "Dense(2, activation='softmax')", "Dense(2)"],
)  # fmt: skip
def test_two_classes_need_one_output_or_two(last: str) -> None:
    source = text(XOR[0], last)
    assert row(source, "accuracy", 'dataset = "xor"\nat_least = 0.9').verdict == "met"


def test_hinge_parts_classes_at_zero() -> None:
    source = text(XOR[0], "Dense(1)", after="model.compile(Adam(0.01), 'hinge')")
    assert row(source, "accuracy", 'dataset = "xor"\nat_least = 0.9').verdict == "met"


@pytest.mark.parametrize(
    ("source", "dataset", "reason", "advice"),
    [
        (ANIMALS, "xor", "Samples of xor have the shape (2,); the network takes (8,).",
         "Write input_shape=(2,) in the first layer."),
        (text("Dense(10, input_shape=(144,))"), "digits",
         "Samples of digits have the shape (12, 12, 1); the network takes (144,).",
         "Begin with Flatten(input_shape=(12, 12, 1))."),
        (text("Dense(3, input_shape=(8,))"), "animals",
         "animals has 4 classes; the network gives outputs of shape (3,).",
         "Let the last layer have 4 units."),
        (text("Dense(3, input_shape=(2,))"), "xor",
         "xor has 2 classes; the network gives outputs of shape (3,).",
         "Let the last layer have 1 or 2 units."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(source: str, dataset: str, reason: str, advice: str) -> None:
    found = row(source, "accuracy", f'dataset = "{dataset}"\nat_least = 0.9')
    assert (found.reason, found.advice, found.earned) == (reason, advice, 0)


def test_one_input_and_one_output() -> None:
    source = (
        "from keras import Input, Model\nfrom keras.layers import Dense\nx = Input((2,))\n"
        "model = Model(x, [Dense(1)(x), Dense(1)(x)])\n"
    )
    found = row(source, "accuracy", 'dataset = "xor"\nat_least = 0.9')
    assert found.reason == "The network has 1 input and 2 outputs; xor needs one of each."


def test_divergence_is_told_with_its_epoch() -> None:
    layers = ("Dense(8, input_shape=(1,), activation='linear')", "Dense(1)")
    found = row(with_rate(100.0, *layers), "metric", 'dataset = "line"\nname = "mae"\nat_most = 0.1')
    assert found.reason.startswith("Training diverged in epoch ")
    assert "The learning rate is 100; try 10." in found.reason
    assert found.advice == "Use a smaller learning rate, or scale what goes in."


def test_a_symptom_is_the_likely_cause() -> None:
    source = text("Dense(4, input_shape=(2,), activation='linear')", "Dense(1, activation='sigmoid')")
    found = row(source, "accuracy", 'dataset = "xor"\nat_least = 0.9')
    assert found.verdict == "not yet"
    assert found.advice == (
        'Dense "dense" has no activation, so that it and Dense "dense_1" are no more than one Dense layer. '
        "Write activation='relu' in it."
    )


def test_several_seeds_each_count() -> None:
    source = text("Dense(2, input_shape=(2,), activation='relu')", "Dense(1, activation='sigmoid')")
    found = row(source, "accuracy", 'dataset = "xor"\nat_least = 0.95\nseeds = 6')
    values = found.evidence["values"]
    assert isinstance(values, list)
    met = sum(1 for value in values if isinstance(value, float) and value >= 0.95)
    assert len(values) == 6
    assert found.earned == met
    assert found.reason.startswith(f"{met} of 6 trainings reach it. In the first that does not, ")


def test_numbers_are_measured() -> None:
    source = text("Dense(16, input_shape=(1,), activation='tanh')", "Dense(1)")
    found = row(source, "metric", 'dataset = "parabola"\nname = "mae"\nat_most = 0.1')
    assert found.verdict == "met"
    assert found.title == "mae at most 0.1 on parabola"
    assert found.reason.startswith("The mae on 200 hidden samples of parabola is 0.0")
    assert "confusion" not in found.evidence


@pytest.mark.parametrize(
    "name", ["accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "f1_score"]
)
def test_metrics_by_keras_names(name: str) -> None:
    settings = f'dataset = "animals"\nname = "{name}"\nat_least = 0.9'
    assert row(ANIMALS, "metric", settings).verdict == "met"


def test_own_loss() -> None:
    found = row(ANIMALS, "loss", 'dataset = "animals"\nat_most = 0.2')
    assert found.verdict == "met"
    assert found.reason.startswith("The loss on 200 hidden samples of animals is 0.")


def test_how_soon() -> None:
    settings = 'dataset = "animals"\nat_least = 0.8\nwithin = {}'
    found = row(ANIMALS, "converges", settings.format(20))
    assert found.verdict == "met"
    epoch = int(found.value)
    assert found.reason == f"It reaches a validation accuracy of 80% in epoch {epoch}."
    late = row(ANIMALS, "converges", settings.format(1))
    assert late.reason == (
        f"It reaches a validation accuracy of 80% only in epoch {epoch}; within 1 epoch is wanted."
    )
    never = row(ANIMALS, "converges", 'dataset = "animals"\nat_least = 1.0\nwithin = 2\nepochs = 2')
    assert never.reason.startswith(
        "It does not reach a validation accuracy of 100% in 2 epochs; its best is "
    )


def test_how_soon_for_numbers() -> None:
    source = text("Dense(1, input_shape=(1,))")
    found = row(source, "converges", 'dataset = "line"\nat_most = 0.1\nwithin = 60')
    assert found.title == "Reaches an error of 0.1 on line within 60 epochs"
    assert found.verdict == "met"


SHARED = """
[[criterion]]
kind = "accuracy"
dataset = "animals"
at_least = 0.9
[[criterion]]
kind = "converges"
dataset = "animals"
at_least = 0.9
within = 30
[[criterion]]
kind = "robustness"
dataset = "animals"
at_least = 0.9
seeds = 2
"""


def test_the_same_always_gives_the_same_report() -> None:
    assert report(ANIMALS, SHARED, seed=7).to_json() == report(ANIMALS, SHARED, seed=7).to_json()
    assert report(ANIMALS, SHARED, seed=7).to_json() != report(ANIMALS, SHARED, seed=8).to_json()


def test_criteria_share_a_training() -> None:
    """Three criteria that need two trainings fit into a budget for two."""
    flops = 2 * 3 * engine.estimate(engine.parse(ANIMALS)).flops * 400 * 50
    enough = Budget("small", parameters=1000, flops=flops, bytes=10**7)
    assert report(ANIMALS, SHARED, budget=enough).passed
    short = Budget("small", parameters=1000, flops=flops - 1, bytes=10**7)
    rows = report(ANIMALS, SHARED, budget=short).rows
    assert [each.verdict for each in rows] == ["met", "met", "not yet"]
    assert rows[2].reason.startswith("Training on animals takes ")
    assert rows[2].reason.endswith("; with it, grading takes 1.01 times what is allowed.")
    assert rows[2].advice == "Use fewer units or fewer epochs."


def test_steps_have_a_limit_of_their_own() -> None:
    source = ANIMALS + "model.compile('adam', 'mse')\nmodel.fit(x, y, epochs=2000, batch_size=1)\n"
    found = row(source, "accuracy", 'dataset = "animals"\nat_least = 0.9\nepochs = 2000', budget=WORKER)
    assert found.reason == (
        "Training on animals takes 800,000 steps; with it, grading takes 4.00 times what is allowed."
    )
    assert found.advice == "Use fewer epochs or a larger batch_size."


def test_steps_through_time_count() -> None:
    after = "model.compile('adam', 'mse')\nmodel.fit(x, y, epochs=1000, batch_size=16)"
    source = text("LSTM(1, input_shape=(10, 1))", "Dense(1)", after=after)
    found = row(source, "accuracy", 'dataset = "recall"\nat_least = 0.9\nepochs = 1000', budget=WORKER)
    assert found.reason == (
        "Training on recall takes 275,000 steps; with it, grading takes 1.38 times what is allowed."
    )


@pytest.mark.parametrize(
    ("kind", "settings", "message"),
    [
        ("accuracy", 'dataset = "xorr"\nat_least = 0.9',
         "line 3: The criterion accuracy: dataset must be the name of a data set such as 'xor', 'spiral' or "
         "'animals'; it is 'xorr'. Did you mean 'xor'?"),
        ("accuracy", 'dataset = "sine"\nat_least = 0.9',
         "line 1: The criterion accuracy needs a data set with classes, which sine has not."),
        ("accuracy", 'dataset = "xor"\nat_least = 90',
         "line 4: The criterion accuracy: at_least must be a number at least 0 and at most 1; it is 90. "
         "at_least: the smallest share allowed."),
        ("metric", 'dataset = "xor"\nname = "mae"',
         "line 1: The criterion metric needs at_most, at_least or both."),
        ("converges", 'dataset = "sine"\nat_least = 0.9\nwithin = 5',
         "line 1: The criterion converges needs at_most and no at_least, as sine is measured."),
    ],
)  # fmt: skip
def test_authors_are_told(kind: str, settings: str, message: str) -> None:
    with pytest.raises(engine.CriteriaError) as caught:
        engine.criteria(f'[[criterion]]\nkind = "{kind}"\n{settings}')
    assert str(caught.value) == message


def test_images_and_sequences() -> None:
    image = text(
        "Conv2D(6, 3, activation='relu', input_shape=(12, 12, 1))", "MaxPooling2D(2)", "Flatten()",
        "Dense(4, activation='softmax')",
    )  # fmt: skip
    assert row(image, "accuracy", 'dataset = "shapes"\nat_least = 0.8\nepochs = 8').verdict == "met"
    tokens = text("Embedding(3, 4)", "LSTM(6)", "Dense(1, activation='sigmoid')").replace(
        "Embedding(3, 4)", "Input((10,)), Embedding(3, 4)"
    )
    found = row(tokens, "accuracy", 'dataset = "brackets"\nat_least = 0.5\nepochs = 2')
    assert found.verdict == "met"
