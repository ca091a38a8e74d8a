"""Every forward pass is Keras's, to four digits; and so are counts and shapes."""

import numpy as np
import pytest

from engine.nn import build
from engine.spec import Spec, catalogue
from tests.goldens.files import Golden, families, read

GOLDENS = [golden for family in families() for golden in read(family)]


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_computes_what_keras_computes(golden: Golden) -> None:
    model = build(Spec.from_json(golden.facts["json"]))
    assert model.count_params() == golden.facts["parameters"]
    model.set_weights(golden.arrays["w"])
    x = golden.arrays["x"]
    y = model.predict(x if len(x) > 1 else x[0])
    for got, wanted in zip(y if isinstance(y, list) else [y], golden.arrays["y"], strict=True):
        assert got.shape == wanted.shape
        assert np.allclose(got, wanted, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_json_comes_back_the_same(golden: Golden) -> None:
    spec = Spec.from_json(golden.facts["json"])
    assert Spec.from_json(spec.to_json()) == spec


def test_no_layer_is_without_a_golden() -> None:
    shown = "".join(golden.facts["json"] for golden in GOLDENS)
    assert [kind for kind in catalogue.LAYERS if f'"class_name": "{kind}"' not in shown] == []


def test_there_are_enough_of_them() -> None:
    assert len(GOLDENS) >= 400
