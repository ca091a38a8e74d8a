"""A trace of any small network, for programs: Keras text or config, weights or a seed, one sample."""

import json
from typing import Any

import engine
from engine.errors import Diagnostic

MAX_SEED = 2**63 - 1


class TraceRefused(Exception):  # noqa: N818 - it is told to the caller, not logged
    """What was asked cannot be traced. `diagnostics` point into the text, where there is one."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        self.diagnostics = diagnostics
        super().__init__(message)


def trace_network(
    *,
    source: str | None,
    config: dict[str, Any] | None,
    weights: Any,
    seed: int,
    x: Any,
) -> dict[str, Any]:
    """The trace JSON of one sample, within the interactive budget.

    source: Keras text; config: Keras's JSON config; exactly one of them. weights: {"W": [...], "b": [...]} or
    arrays in Keras's order; None draws them from `seed`. Raises TraceRefused.
    """
    try:
        model = engine.build(_spec(source, config), seed=seed, dtype="float64", budget=engine.INTERACTIVE)
        if weights is not None:
            model.set_weights(engine.weights_from_plain(weights))
        traced: dict[str, Any] = engine.trace(model, x, budget=engine.INTERACTIVE).to_dict()
    except engine.SourceError as error:
        raise TraceRefused("The text is not a network that can be read.", error.diagnostics) from None
    except engine.EngineError as error:
        raise TraceRefused(str(error)) from None
    return traced


def _spec(source: str | None, config: dict[str, Any] | None) -> engine.Spec:
    if (source is None) == (config is None):
        raise TraceRefused("Send either source (Keras text) or config (Keras JSON), and not both.")
    if source is not None:
        return engine.parse(source)
    return engine.Spec.from_json(json.dumps(config))
