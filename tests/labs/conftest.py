"""A challenge of our own, small enough to know by heart, and texts for it."""

from datetime import UTC, datetime

import pytest

from labs.models import Challenge, Criterion

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

GOOD = """\
from keras.models import Sequential
from keras.layers import Dense

model = Sequential([
    Dense(units=6, input_shape=(8,), activation='relu'),
    Dense(units=6, activation='relu'),
    Dense(units=4, activation='softmax'),
])
"""
BAD = GOOD.replace("Dense(units=6, activation='relu')", "Dense(unit=6, activation='relu')")
SMALL = GOOD.replace("    Dense(units=6, activation='relu'),\n", "")


@pytest.fixture
def challenge(db: None) -> Challenge:
    made = Challenge.objects.create(
        slug="three-layers",
        title="Three layers",
        summary="Three Dense layers, at most 124 parameters.",
        starter="model = Sequential([])\n",
        is_published=True,
    )
    Criterion.objects.create(
        challenge=made, order=1, kind="layers", settings='want = ["Dense", "Dense", "Dense"]', points=2
    )
    Criterion.objects.create(challenge=made, order=2, kind="parameters", settings="at_most = 124", points=1)
    return made
