import pytest

from tests.engine.evaluation.grading import row, text

ANIMALS = text("Dense(6, input_shape=(8,), activation='relu')", "Dense(4, activation='softmax')")


def test_again_and_again() -> None:
    found = row(ANIMALS, "robustness", 'dataset = "animals"\nat_least = 0.9\njitter = 0.2\nseeds = 2')
    assert found.verdict == "met"
    assert found.reason.startswith("2 of 2 trainings reach it, with inputs moved by 0.2: ")
    assert found.title == "At least 90% right on animals again and again"


def test_too_much_jitter() -> None:
    found = row(ANIMALS, "robustness", 'dataset = "animals"\nat_least = 0.9\njitter = 4\nseeds = 2')
    assert found.reason.startswith("0 of 2 trainings reach it, with inputs moved by 4: ")
    assert found.earned == 0
    assert found.advice.endswith(".")


def test_a_sound_network() -> None:
    found = row(ANIMALS.replace("relu", "tanh"), "healthy", 'dataset = "animals"')
    assert (found.verdict, found.reason) == (
        "met",
        "After 50 epochs on animals no such trouble is found.",
    )


@pytest.mark.parametrize(
    ("first", "without", "earned", "message"),
    [
        ("Dense(4, input_shape=(2,), kernel_initializer=Constant(0.5), activation='tanh')",
         '["symmetric-units", "dead-units"]', 3,
         'All 4 units of Dense "dense" have the same weights: units 1, 2, 3 and 4.'),
        ("Dense(4, input_shape=(2,), activation='softmax')", '["softmax-hidden"]', 0,
         'Dense "dense" applies softmax, and other layers follow.'),
        ("Dense(4, input_shape=(2,), activation='relu', bias_initializer=Constant(-50))",
         '["dead-units", "exploding-values", "not-finite"]', 4,
         'All 4 units of Dense "dense" are 0 for all 100 samples: no gradient passes this layer.'),
    ],
)  # fmt: skip
def test_an_ailing_network(first: str, without: str, earned: float, message: str) -> None:
    source = text(first, "Dense(1, activation='sigmoid', kernel_initializer=Constant(0.5))")
    found = row(source, "healthy", f'dataset = "xor"\nwithout = {without}\nepochs = 3')
    assert (found.reason, found.earned) == (message, earned)
    assert found.advice.endswith(".")
    symptoms = found.evidence["symptoms"]
    assert isinstance(symptoms, list)
    assert len(symptoms) == 1
