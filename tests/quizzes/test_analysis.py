"""Item statistics against NumPy on generated data, against published figures, and where nothing is told."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.analysis import binomial_band, item_statistics

# Law School Admission Test, section 6: how many of 1,000 candidates answered five items in each pattern.
# Data: R. D. Bock and M. Lieberman, Psychometrika 35 (1970). The figures below: D. Rizopoulos, "ltm: An R
# package for latent variable modeling", Journal of Statistical Software 17(5) (2006), descript(LSAT):
# the proportions, and the point-biserial correlation of each item with the total without it.
LSAT = """
00000 3  00001 6  00010 2  00011 11  00100 1  00101 1  00110 3  00111 4  01000 1  01001 8  01011 16
01101 3  01110 2  01111 15  10000 10  10001 29  10010 14  10011 81  10100 3  10101 28  10110 15  10111 80
11000 16  11001 56  11010 21  11011 173  11100 11  11101 61  11110 28  11111 298
"""
LSAT_PROPORTIONS = [0.924, 0.709, 0.553, 0.763, 0.870]
LSAT_EXCLUDED = [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def test_the_published_figures_come_out() -> None:
    words = LSAT.split()
    rows = [
        [float(mark) for mark in pattern]
        for pattern, count in zip(words[::2], words[1::2], strict=True)
        for _ in range(int(count))
    ]
    assert len(rows) == 1000
    found = item_statistics(rows, [1.0] * 5)
    assert [item.facility for item in found] == pytest.approx(LSAT_PROPORTIONS, abs=1e-12)
    for item, published in zip(found, LSAT_EXCLUDED, strict=True):
        assert item.discrimination == pytest.approx(100 * published, abs=0.005)


# Ten students and ten items, with p and p · q of each item printed below the table, and 5.84 as the variance
# of the totals: K. L. Wuensch, "The Kuder-Richardson 20", East Carolina University, StatHelp/KR20.txt.
KR20 = """
1111110110 1011011101 1111011001 0010001000 0000010010 1110111111 1101110111 1111111101 0101111101 1101101110
"""
KR20_P = [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6]
KR20_PQ = [0.21, 0.21, 0.24, 0.21, 0.24, 0.16, 0.21, 0.21, 0.25, 0.24]


def test_the_worked_example_of_kr20_comes_out() -> None:
    rows = [[float(mark) for mark in row] for row in KR20.split()]
    found = item_statistics(rows, [1.0] * 10)
    assert [item.facility for item in found] == pytest.approx(KR20_P, abs=1e-12)
    # Printed are variances of these ten, ours are those of a sample.
    spread = [0.9 * item.deviation**2 for item in found if item.deviation is not None]
    assert spread == pytest.approx(KR20_PQ, abs=1e-12)
    (whole,) = item_statistics([[sum(row)] for row in rows], [1.0])
    assert whole.deviation is not None
    assert 0.9 * whole.deviation**2 == pytest.approx(5.84, abs=1e-12)


def by_numpy(scores: np.ndarray, maxima: np.ndarray) -> dict[str, np.ndarray]:
    """The same definitions over, by matrices."""
    total = scores.sum(axis=1)
    rest = total[:, None] - scores
    items = range(scores.shape[1])
    shared = np.array([np.cov(scores[:, i], rest[:, i])[0, 1] for i in items])
    best = np.array([np.cov(np.sort(scores[:, i]), np.sort(rest[:, i]))[0, 1] for i in items])
    spread = np.array([np.cov(scores[:, i], total)[0, 1] for i in items])
    roots = np.where(spread >= 0, np.sqrt(np.abs(spread)), np.nan)
    return {
        "facility": scores.mean(axis=0) / maxima,
        "deviation": scores.std(axis=0, ddof=1) / maxima,
        "discrimination": np.array([100 * np.corrcoef(scores[:, i], rest[:, i])[0, 1] for i in items]),
        "efficiency": 100 * shared / best,
        "weight": 100 * roots / np.nansum(roots),
    }


@pytest.mark.parametrize("seed", range(12))
def test_numpy_agrees_on_generated_data(seed: int) -> None:
    rng = np.random.default_rng(seed)
    learners, items = int(rng.integers(12, 300)), int(rng.integers(2, 15))
    ability = rng.normal(size=(learners, 1))
    maxima = rng.integers(1, 6, size=items).astype(float)
    chance = 1 / (1 + np.exp(rng.normal(size=items) - ability * rng.normal(0.7, 0.6, size=items)))
    scores = maxima * np.round(np.clip(chance + rng.normal(0, 0.3, size=chance.shape), 0, 1), 1)
    found = item_statistics(scores.tolist(), maxima.tolist())
    for name, values in by_numpy(scores, maxima).items():
        mine = [getattr(item, name) for item in found]
        assert [one is None for one in mine] == np.isnan(values).tolist(), name
        told = [(one, float(value)) for one, value in zip(mine, values, strict=True) if one is not None]
        for one, value in told:
            assert one == pytest.approx(value, rel=1e-9, abs=1e-9), name


def test_who_was_not_asked_is_left_out_of_that_question() -> None:
    scores = [[1.0, 2.0, None], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [0.0, 2.0, 1.0]]
    third = item_statistics(scores, [1.0, 2.0, 1.0])[2]
    alone = item_statistics([[1.0, 0.0], [0.0, 2.0], [1.0, 2.0]], [1.0, 4.0])[0]
    assert (third.n, third.facility) == (3, pytest.approx(2 / 3))
    assert third.discrimination == pytest.approx(alone.discrimination)
    assert third.efficiency == pytest.approx(alone.efficiency)


def test_what_cannot_be_told_is_none() -> None:
    nobody = item_statistics([], [1.0])[0]
    assert (nobody.n, nobody.facility, nobody.deviation, nobody.weight) == (0, None, None, None)
    one = item_statistics([[1.0, 0.0]], [1.0, 1.0])[0]
    assert (one.n, one.facility, one.deviation, one.discrimination) == (1, 1.0, None, None)
    same = item_statistics([[1.0, 0.0], [1.0, 1.0], [1.0, 0.0]], [1.0, 1.0])[0]
    assert (same.deviation, same.discrimination, same.efficiency, same.weight) == (0.0, None, None, 0.0)


def test_an_item_against_the_rest_has_no_weight() -> None:
    scores = [[1.0, 0.0, 0.0], [0.0, 3.0, 3.0], [1.0, 0.0, 0.0], [0.0, 3.0, 3.0]]
    against, _, _ = item_statistics(scores, [1.0, 3.0, 3.0])
    assert against.discrimination == pytest.approx(-100)
    assert against.weight is None


def test_few_and_poor() -> None:
    few = item_statistics([[1.0, 0.0], [0.0, 1.0]] * 4 + [[1.0, 1.0]], [1.0, 1.0])[0]
    assert (few.is_few, few.is_poor) == (True, False)
    enough = item_statistics([[1.0, 0.0], [0.0, 1.0]] * 5, [1.0, 1.0])[0]
    assert (enough.is_few, enough.is_poor) == (False, True)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 99))
def test_the_band_holds_the_level_and_no_less_would(n: int, percent: int) -> None:
    p = percent / 100
    low, high = binomial_band(n, p)
    mass = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    assert sum(mass[:low]) <= 0.005 + 1e-9
    assert sum(mass[high + 1 :]) <= 0.005 + 1e-9
    assert sum(mass[: low + 1]) > 0.005 - 1e-9
    assert sum(mass[high:]) > 0.005 - 1e-9


def test_bands_at_the_ends() -> None:
    assert binomial_band(7, 0.0) == (0, 0)
    assert binomial_band(7, 1.0) == (7, 7)
    assert binomial_band(5000, 0.5) == (2409, 2591)
