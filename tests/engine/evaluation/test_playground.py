"""The classic set-ups of TensorFlow Playground learn what they are known to learn."""

import pytest

from tests.engine.evaluation.grading import row, text

SGD_MSE = "model.compile(optimizer=SGD({rate}), loss='mse')\nmodel.fit(x, y, epochs={epochs}, batch_size=10)"


@pytest.mark.parametrize(
    ("dataset", "hidden", "rate", "epochs", "at_least"),
    [
        ("circles", (4, 2), 0.1, 150, 0.97),
        ("xor", (4, 2), 0.1, 150, 0.95),
        ("blobs", (), 0.1, 30, 0.97),
        ("spiral", (8, 8), 0.1, 600, 0.9),
    ],
)
def test_learns_with_tanh_and_plain_descent(
    dataset: str, hidden: tuple[int, ...], rate: float, epochs: int, at_least: float
) -> None:
    classes = 3 if dataset == "blobs" else 1
    last = "softmax" if classes == 3 else "tanh"
    layers = [f"Dense({units}, activation='tanh')" for units in hidden]
    source = text("Input((2,))", *layers, f"Dense({classes}, activation='{last}')",
                  after=SGD_MSE.format(rate=rate, epochs=epochs))  # fmt: skip
    found = row(source, "accuracy", f'dataset = "{dataset}"\nat_least = {at_least}\nepochs = {epochs}')
    assert found.verdict == "met", found.reason
