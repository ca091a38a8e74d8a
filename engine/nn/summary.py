"""A model as a table: one row per layer, in the layout that people know from Keras."""

from __future__ import annotations

from engine.spec import Graph, Shape, estimate, graph_weights

HEAD = ("Layer (type)", "Output shape", "Parameters")


def summary(graph: Graph) -> str:
    """The table, without a line break at its end."""
    rows = [
        (f"{row.name} ({row.kind})", ", ".join(map(_shape, row.output_shapes)), f"{row.parameters:,}")
        for row in estimate(graph).layers
    ]
    widths = [max(len(row[column]) for row in (HEAD, *rows)) for column in range(3)]
    rule = "─" * (sum(widths) + 4)
    return "\n".join(
        [f'Model: "{graph.name}"', rule, _line(HEAD, widths), rule]
        + [_line(row, widths) for row in rows]
        + [rule, *_totals(graph)]
    )


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}}"


def _shape(shape: Shape) -> str:
    return str(shape)


def _totals(graph: Graph) -> list[str]:
    total = trainable = 0
    for layer, weights in graph_weights(graph):
        learns = layer.config.get("trainable") is not False
        total += sum(weight.size for weight in weights)
        trainable += sum(weight.size for weight in weights if learns and weight.trainable)
    return [
        f"Total parameters: {total:,} ({_size(4 * total)})",
        f"Trainable parameters: {trainable:,}",
        f"Non-trainable parameters: {total - trainable:,}",
    ]


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} bytes"
    return f"{count / 2**10:,.1f} KiB" if count < 2**20 else f"{count / 2**20:,.1f} MiB"
