"""Two runs side by side: at one pace, with a tape, whole again after a journey."""

from dataclasses import replace

import numpy as np
import pytest

from engine.playground import Pair, Settings, resume_pair, start, start_pair
from engine.playground.pair import MOST_FRAMES

ONE = Settings(hidden=(3,), share=20)
SETUPS = (ONE, replace(ONE, learning_rate=0.3, batch_size=30, optimizer="adam"))


def learned(until: int, setups: tuple[Settings, Settings] = SETUPS) -> Pair:
    pair = start_pair(setups)
    pair.train(100_000, until)
    return pair


def test_each_learns_as_it_does_alone() -> None:
    pair = learned(7)

    for run, settings in zip(pair.runs, SETUPS, strict=True):
        alone = start(settings)
        alone.train(alone.steps_until(7))
        assert run.to_bytes() == alone.to_bytes()


def test_pieces_with_a_journey_between_them_equal_the_whole() -> None:
    pair = start_pair(SETUPS)
    while pair.epoch < 60:
        pair.train(17, 60)
        pair = resume_pair(SETUPS, pair.to_bytes())

    assert pair.to_bytes() == learned(60).to_bytes()


def test_who_is_ahead_waits() -> None:
    pair = start_pair(SETUPS)
    for _ in range(4):
        pair.step()

    assert [(run.epoch, run.position) for run in pair.runs] == [(0, 40), (1, 0)]
    assert pair.epoch == 0
    pair.train(1000, 1)
    assert [run.epoch for run in pair.runs] == [1, 1]


def test_the_tape_has_both_at_a_few_epochs_alike() -> None:
    pair = learned(300)

    assert len(pair.epochs) <= MOST_FRAMES
    assert pair.epochs[0] == 0
    assert set(np.diff(pair.epochs)) == {pair.stride}
    epoch, shown = pair.at(100)
    assert 100 - pair.stride < epoch <= 100
    alone = learned(epoch)
    for was, run in zip(shown, alone.runs, strict=True):
        assert was.epoch == epoch
        np.testing.assert_allclose(was.weights, run.weights, rtol=1e-3, atol=1e-3)
        assert max(moment.epoch for moment in was.moments) <= epoch


def test_now_is_exact() -> None:
    pair = learned(50)

    assert pair.at(50) == (50, pair.runs)
    assert pair.at(10**9) == (50, pair.runs)


def test_one_goes_on_where_the_other_ended() -> None:
    given = replace(ONE, dataset="reg-plane", activation="relu")
    pair = learned(30, (replace(given, learning_rate=0.001), replace(given, learning_rate=10.0)))

    assert pair.runs[1].is_over == "diverged"
    assert pair.epoch == 30
    assert not pair.is_over
    _, (_, burst) = pair.at(20)
    assert np.isfinite(burst.weights).all()


def test_runs_that_do_not_start_alike_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^the runs must have the same points and first weights$"):
        start_pair((ONE, replace(ONE, seed="other")))


@pytest.mark.parametrize("kept", [b"", b"x" * 16, b"x" * 9999])
def test_bytes_that_do_not_fit_are_refused(kept: bytes) -> None:
    with pytest.raises(ValueError, match=r"^the bytes do not fit the settings$"):
        resume_pair(SETUPS, kept)
