"""Commands that read a network, run it, and print what they find."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import engine
from engine.command_line.given import model, samples, spec, text, values
from engine.command_line.telling import print_json
from engine.errors import Diagnostic, SourceError
from engine.language.vocabulary import MARK
from engine.language.vocabulary import vocabulary as reference
from engine.nn.summary import summary as table


def check(options: argparse.Namespace) -> int:
    """`check`: whether NET can be read, and what was passed over."""
    notes: tuple[Diagnostic, ...] = ()
    if options.net.endswith(".json"):
        network = spec(options)
    else:
        reading = engine.read(text(options.net), values(options))
        if reading.spec is None:
            raise SourceError(reading.diagnostics)
        network, notes = reading.spec, reading.notes
    cost = engine.estimate(network)
    if options.json:
        print_json({"ok": True, "notes": [note.to_dict() for note in notes], "cost": _cost(cost)})
        return 0
    for note in notes:
        print(
            f"{options.net}:{note.line}:{note.column}: {note.message} {note.hint}".rstrip(), file=sys.stderr
        )
    layers = sum(layer.kind != "InputLayer" for layer in cost.layers)
    print(f"{options.net}: {layers} layers, {cost.parameters:,} parameters.")
    return 0


def _cost(cost: engine.Cost) -> dict[str, object]:
    layers = [
        {
            "name": layer.name,
            "kind": layer.kind,
            "output_shapes": layer.output_shapes,
            "parameters": layer.parameters,
            "flops": layer.flops,
        }
        for layer in cost.layers
    ]
    return {
        "parameters": cost.parameters,
        "output_shape": cost.output_shape,
        "flops": cost.flops,
        "bytes": cost.bytes,
        "layers": layers,
    }


def summary(options: argparse.Namespace) -> int:
    """`summary`: layers, shapes and parameters."""
    network = spec(options)
    if options.json:
        print_json(_cost(engine.estimate(network)))
    else:
        print(table(network))
    return 0


def predict(options: argparse.Namespace) -> int:
    """`predict`: the network's answers to samples."""
    made = model(options)
    x = samples(options.x, made)
    predictions = made.predict(x)
    outputs = predictions if isinstance(predictions, list) else [predictions]
    if options.json:
        plain = [output.tolist() for output in outputs]
        print_json(plain if len(plain) > 1 else plain[0])
        return 0
    for output in outputs:
        for row in output.reshape(len(output), -1):
            print(" ".join(_number(value) for value in row))
    return 0


def _number(value: float) -> str:
    """Six decimals, without a leading zero, as tables of probabilities are set."""
    told = f"{value:.6f}"
    return told.replace("0.", ".", 1) if told.startswith(("0.", "-0.")) else told


def trace(options: argparse.Namespace) -> int:
    """`trace`: every number of one sample's way through the network."""
    made = model(options)
    traced = engine.trace(made, samples(options.x, made)[0])
    if options.json:
        print(traced.to_json())
        return 0
    for layer in traced.layers:
        print(f"{layer.name} ({layer.kind})")
        if layer.z is not None:
            print("  z", " ".join(f"{value:.6g}" for value in layer.z.reshape(-1)))
        print("  a", " ".join(f"{value:.6g}" for value in layer.a.reshape(-1)))
    return 0


def vocabulary(options: argparse.Namespace) -> int:
    """`vocabulary`: every layer and argument, as Markdown."""
    if options.file is None:
        print(reference(), end="")
    else:
        path = Path(options.file)
        before, mark, _ = path.read_text("utf-8").partition(MARK)
        path.write_text(before + mark + reference() if mark else before, "utf-8")
    return 0
