"""Every kind of criterion, by its one entry in the table."""

import json

import pytest
from hypothesis import given

from engine.budget import WORKER, Budget
from engine.evaluation import criteria, evaluate_spec
from engine.evaluation.kinds import KINDS
from engine.spec import Spec
from tests.engine.evaluation.grading import row, text
from tests.engine.networks_random import specs

SMALL = Budget("small", parameters=10**9, flops=10**9, bytes=10**9)

SETTINGS = {
    "layers": 'want = ["Dense", "Dense"]',
    "units": "want = [4, 1]",
    "activations": 'want = ["tanh", "sigmoid"]',
    "input_shape": "want = [2]",
    "output_shape": "want = [1]",
    "parameters": "at_most = 100",
    "uses": 'want = ["Dense"]',
    "avoids": 'want = ["Conv2D"]',
    "layer_count": "at_most = 2",
    "flops": "at_most = 1000",
    "epochs": "at_most = 80",
    "compile": 'loss = ["binary_crossentropy"]',
    "outputs": "rows = [{ x = [0, 0], y = [0.5] }]\ntolerance = 0.5",
    "truth_table": 'gate = "xor"\ndataset = "xor_gate"',
    "equivalent": "reference = '''@'''",
    "accuracy": 'dataset = "xor_gate"\nat_least = 0.9',
    "loss": 'dataset = "xor_gate"\nat_most = 0.4',
    "metric": 'dataset = "xor_gate"\nname = "auc"\nat_least = 0.9',
    "converges": 'dataset = "xor_gate"\nat_least = 0.9\nwithin = 80',
    "robustness": 'dataset = "xor_gate"\nat_least = 0.9\nseeds = 2',
    "healthy": 'dataset = "xor_gate"',
}
GOOD = text(
    "Dense(4, input_shape=(2,), activation='tanh')",
    "Dense(1, activation='sigmoid')",
    after="model.compile(Adam(0.05), 'binary_crossentropy')\nmodel.fit(x, y, epochs=80)",
)
OTHERS = {
    "a bare network": text("Dense(1, input_shape=(2,))"),
    "another shape": text("Conv2D(2, 3, input_shape=(8, 8, 1))", "Flatten()"),
    "a wild one": text(
        "Dense(4, input_shape=(2,), activation='exponential')",
        "Dense(1, activation='exponential')",
        after="model.compile(SGD(1e30), 'mse')",
    ),
    "a large one": text("Dense(1500, input_shape=(2,))", "Dense(1500)", "Dense(1)"),
}
KIND = pytest.mark.parametrize("kind", KINDS)


def settings(kind: str) -> str:
    return SETTINGS[kind].replace("@", GOOD)


def test_every_kind_has_settings_here() -> None:
    assert SETTINGS.keys() == KINDS.keys()


@KIND
def test_declares_itself(kind: str) -> None:
    entry = KINDS[kind]
    assert entry.doc.endswith(".")
    assert all(argument.doc.endswith(".") for argument in entry.arguments)


@KIND
def test_a_good_network_meets_it(kind: str) -> None:
    found = row(GOOD, kind, settings(kind), budget=WORKER)
    assert found.verdict == "met", found.reason
    assert found.earned == 6
    assert found.reason.endswith(".")
    assert found.advice == ""
    json.dumps(found.to_dict(), allow_nan=False)


@KIND
@pytest.mark.parametrize("source", OTHERS.values(), ids=list(OTHERS))
def test_any_network_gets_a_reason(kind: str, source: str) -> None:
    found = row(source, kind, settings(kind), budget=WORKER)
    assert found.reason.endswith((".", "?"))
    assert 0 <= found.earned <= 6
    assert (found.verdict == "met") == (found.earned == 6)
    json.dumps(found.to_dict(), allow_nan=False)


@KIND
def test_static_kinds_are_those_that_run_nothing(kind: str) -> None:
    names = {argument.name for argument in KINDS[kind].arguments}
    assert KINDS[kind].is_static != bool(names & {"dataset", "weights"})


EVERYTHING = criteria(
    "\n".join(f'[[criterion]]\nkind = "{kind}"\nid = "{kind}"\n{settings(kind)}' for kind in KINDS)
)


@given(spec=specs())
def test_whatever_the_network_grading_ends_with_a_report(spec: Spec) -> None:
    report = evaluate_spec(spec, EVERYTHING, budget=SMALL)
    assert len(json.loads(report.to_json())["rows"]) == len(KINDS)
    assert all(each.reason for each in report.rows)
