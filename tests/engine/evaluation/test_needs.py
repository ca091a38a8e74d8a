"""What grading takes is known before it begins: the largest run that the criteria lead to."""

import engine
from engine.spec.memory import predicting, training

CONVOLUTION = engine.parse(
    "model = Sequential([Input((8, 8, 1)), Conv2D(32, 3, activation='relu'), Flatten(), Dense(10)])"
)
TRAINS = engine.criteria('[[criterion]]\nkind = "accuracy"\ndataset = "digits"\nat_least = 0.5\n')


def test_a_network_that_is_only_looked_at_needs_room_for_probes() -> None:
    assert engine.needed_bytes(CONVOLUTION, ()) == predicting(CONVOLUTION, 256)


def test_a_network_that_is_trained_needs_room_for_that() -> None:
    digits = engine.DATASETS["digits"]
    assert engine.needed_bytes(CONVOLUTION, TRAINS) == max(
        predicting(CONVOLUTION, max(digits.train, digits.validation, digits.hidden)),
        training(CONVOLUTION, None, digits.train, 32),
    )


def test_the_size_of_its_batches_counts() -> None:
    text = "\nmodel.compile('adam', 'mse')\nmodel.fit(x, y, batch_size=400)"
    large = engine.parse(engine.write(CONVOLUTION) + text)
    assert engine.needed_bytes(large, TRAINS) > engine.needed_bytes(CONVOLUTION, TRAINS)
