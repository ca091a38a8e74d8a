"""What became of a model: its graph, its layers as far as they could be read, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.errors import Diagnostic
from engine.language.source import Place
from engine.language.values import LayerObject
from engine.records import record
from engine.spec.structure import Config, Graph, Layer, Shape, Value
from engine.spec.wording import show


@record
class Row:
    """One layer as far as it could be read; None is what is not known.

    A gap is something that is no layer, or a layer with a mistake in it. `summary` tells its main settings
    (`6 units, relu`), of a gap that is no layer its text. `config` is None for a gap.
    """

    place: Place
    kind: str
    name: str
    summary: str
    input_shape: Shape | None
    output_shape: Shape | None
    parameters: int | None
    gap: bool
    config: Config | None = None

    @property
    def line(self) -> int:
        """Where it is written: the line, counted from 1."""
        return self.place.line

    @property
    def column(self) -> int:
        """Where it is written: the column, counted from 1."""
        return self.place.column


@dataclass(slots=True, eq=False)
class Assembly:
    """A model put together: its graph, unless something is wrong, and what could be read all the same."""

    graph: Graph | None = None
    rows: list[Row] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    calls: int = 0
    """How many layers one run of the model calls, those inside nested models included."""


def row_of(
    entry: LayerObject,
    layer: Layer | None,
    received: Shape | None,
    shape: Shape | None,
    parameters: int | None,
) -> Row:
    """The row of a layer that receives and returns these shapes."""
    told = summary(entry.config)
    return Row(
        entry.place,
        entry.kind,
        entry.name,
        told,
        received,
        shape,
        parameters,
        gap=layer is None,
        config=layer.config if layer else None,
    )


def summary(config: Config | None) -> str:
    """The settings of a layer that tell it from others of its kind: `6 units, relu`."""
    if config is None:
        return ""
    told: list[str] = []
    for name, value in config.items():
        if name in ("units", "filters", "kernel_size", "pool_size", "rate", "output_dim", "target_shape"):
            told.append(_phrase(name, value))
        elif name == "activation" and value != "linear":
            told.append(str(value) if isinstance(value, str) else show(value))
    return ", ".join(told)


def _phrase(name: str, value: Value) -> str:
    if name not in ("units", "filters"):
        return f"{name} {show(value)}"
    return f"{show(value)} {name.removesuffix('s') if value == 1 else name}"
