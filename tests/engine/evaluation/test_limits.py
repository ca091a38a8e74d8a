import pytest

from tests.engine.evaluation.grading import row, text

SMALL = text(
    "Dense(6, input_shape=(8,), activation='relu')", "Dropout(0.2)", "Dense(4, activation='softmax')"
)
FITTED = text(
    "Dense(1, input_shape=(8,))",
    after="model.compile(optimizer='rmsprop', loss='mae')\nmodel.fit(x, y, epochs=30)",
)


@pytest.mark.parametrize(
    ("source", "kind", "settings", "earned", "reason", "advice"),
    [
        (SMALL, "uses", 'want = ["Dropout"]', 6, "The layers are Dense, Dropout, Dense.", ""),
        (SMALL, "uses", 'want = ["Dropout", "Flatten"]', 3,
         "There is no Flatten layer; the layers are Dense, Dropout, Dense.", "Add Flatten."),
        (SMALL, "avoids", 'want = ["Flatten", "Conv2D"]', 6, "There is no Flatten and no Conv2D layer.", ""),
        (SMALL, "avoids", 'want = ["Dropout"]', 0, 'The network has Dropout "dropout".',
         "Do it without Dropout."),
        (SMALL, "layer_count", "at_most = 3", 6, "The network has 3 layers.", ""),
        (SMALL, "layer_count", 'of = "Dense"\nat_most = 1', 0,
         "The network has 2 Dense layers; at most 1 are allowed.", "Take out Dense layers."),
        (SMALL, "layer_count", 'of = "Dense"\nat_least = 3', 0,
         "The network has 2 Dense layers; at least 3 are wanted.", "Add Dense layers."),
        (FITTED, "epochs", "at_most = 30", 6, "The text trains for 30 epochs.", ""),
        (FITTED, "epochs", "at_most = 20", 0, "The text trains for 30 epochs; at most 20 are allowed.",
         "Let epochs be smaller."),
        (SMALL, "epochs", "at_most = 20", 0, "The text does not say for how long to train.",
         "Write model.fit(x, y, epochs=20)."),
        (FITTED, "compile", 'optimizer = ["RMSprop", "adam"]\nloss = ["mae"]', 6,
         "The optimizer is RMSprop. The loss is MeanAbsoluteError.", ""),
        (FITTED, "compile", 'optimizer = ["adam"]\nloss = ["mae"]', 3,
         "The optimizer is RMSprop; wanted is Adam.", "Change it in model.compile(...)."),
        (SMALL, "compile", 'optimizer = ["adam"]', 0, "The text does not compile the model.",
         "Write model.compile(optimizer='adam', loss='categorical_crossentropy')."),
    ],
)  # fmt: skip
def test_says_what_it_finds(
    source: str, kind: str, settings: str, earned: float, reason: str, advice: str
) -> None:
    found = row(source, kind, settings)
    assert (found.reason, found.advice, found.earned) == (reason, advice, earned)
    assert found.verdict == ("met" if earned == 6 else "not yet")


def test_counts_operations() -> None:
    found = row(SMALL, "flops", "at_most = 10")
    have = int(found.value.replace(",", ""))
    assert found.reason.startswith(f"One sample takes {have:,} operations (")
    assert found.reason.endswith("; at most 10 are allowed.")
    assert 8 * 6 * 2 + 6 * 4 * 2 <= have <= 300
    assert row(SMALL, "flops", f"at_most = {have}").verdict == "met"


def test_looks_into_wrappers_and_nested_models() -> None:
    wrapped = text("Input((5, 2))", "Bidirectional(LSTM(3))", "Sequential([Dropout(0.1), Dense(2)])")
    assert row(wrapped, "uses", 'want = ["LSTM", "Bidirectional", "Dropout", "Dense"]').verdict == "met"
    assert row(wrapped, "avoids", 'want = ["LSTM"]').verdict == "not yet"
