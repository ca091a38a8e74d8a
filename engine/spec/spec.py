"""A whole network: a model, and how the text that built it wants it compiled and trained."""

from __future__ import annotations

from dataclasses import dataclass

from engine.spec.settings import Compile, Fit
from engine.spec.structure import Graph


@dataclass(frozen=True, slots=True)
class Spec(Graph):
    """A Graph with its compile and fit settings; both are None where the text has none.

    Two specs are equal when everything is: graph, names, compile and fit settings.
    """

    compiled: Compile | None = None
    fit: Fit | None = None

    @classmethod
    def of(cls, graph: Graph, compiled: Compile | None = None, fit: Fit | None = None) -> Spec:
        """The spec of a model."""
        return cls(
            graph.kind, graph.name, graph.layers, graph.calls, graph.inputs, graph.outputs, compiled, fit
        )

    def to_json(self) -> str:
        """Keras 3's own config as JSON text: `keras.models.model_from_json` builds the model from it.

        Fit settings have no place there and are left out.
        """
        from engine.spec.keras_json import dump  # noqa: PLC0415 - few ask, and it loads json

        return dump(self, self.compiled)

    @classmethod
    def from_json(cls, text: str) -> Spec:
        """The spec of a Keras 3 model's `to_json()`. Raises SpecError or ShapeError, for any text
        whatever.
        """
        from engine.spec.keras_json import load  # noqa: PLC0415 - as above

        return cls.of(*load(text))
