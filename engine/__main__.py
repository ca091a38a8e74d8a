"""The engine on the command line: `python -m engine check|summary|predict|trace NET`, and `vocabulary`.

NET is a file of Keras text, of Keras's JSON (by its name, `.json`), or `-` for the standard input. A
mistake in it goes to the standard error with a caret under its place, exit status 2; with `--json`, as
JSON to the standard output.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import engine
from engine.errors import Diagnostic, EngineError, SourceError
from engine.language.vocabulary import MARK, vocabulary
from engine.nn.summary import summary

if TYPE_CHECKING:
    from engine import Model, Spec

MOST_BYTES: Final = 64 * 2**20


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0, or 2 for anything refused."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except SourceError as error:
        return _refuse_text(options, error)
    except EngineError as error:
        return _refuse(options, str(error))
    except OSError as error:
        return _refuse(options, f"{error.filename}: {error.strerror}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m engine", description="Reads and runs Keras networks.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, text in (
        ("check", _check, "say whether NET can be read, and what was passed over"),
        ("summary", _summary, "print its layers, shapes and parameters"),
        ("predict", _predict, "run it on samples"),
        ("trace", _trace, "run it on one sample and print every number"),
    ):
        sub = commands.add_parser(name, help=text, description=text.capitalize() + ".")
        sub.set_defaults(command=command)
        sub.add_argument(
            "net", metavar="NET", help="a file of Keras text or JSON, or - for the standard input"
        )
        sub.add_argument("--json", action="store_true", help="print JSON")
        sub.add_argument(
            "--value",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="a value for a name that the text leaves open, such as num_classes=10",
        )
        if command in (_predict, _trace):
            sub.add_argument("--weights", metavar="FILE", help="weights: .json, .npz or .npy")
            sub.add_argument("--x", required=True, help="numbers (2,2,0) or a .csv, .json or .npy file")
            sub.add_argument("--seed", type=int, default=0, help="where weights start without --weights")
    words = commands.add_parser("vocabulary", help="print every layer and argument as Markdown")
    words.add_argument("file", nargs="?", help="a file whose reference is to be brought up to date")
    words.set_defaults(command=_vocabulary, json=False)
    return parser


def _vocabulary(options: argparse.Namespace) -> int:
    if options.file is None:
        print(vocabulary(), end="")
    else:
        path = Path(options.file)
        before, mark, _ = path.read_text("utf-8").partition(MARK)
        path.write_text(before + mark + vocabulary() if mark else before, "utf-8")
    return 0


def _text(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES)


def _values(options: argparse.Namespace) -> dict[str, object]:
    """The names given by --value; a value is a number, a string or a JSON list."""
    values: dict[str, object] = {}
    for pair in options.value:
        name, found, value = pair.partition("=")
        if not found:
            raise EngineError(f"--value takes NAME=VALUE, such as num_classes=10; it is {pair!r}.")
        try:
            plain = json.loads(value)
        except ValueError:
            plain = value
        values[name] = tuple(plain) if isinstance(plain, list) else plain
    return values


def _spec(options: argparse.Namespace) -> Spec:
    text = _text(options.net)
    if options.net.endswith(".json"):
        return engine.Spec.from_json(text.decode("utf-8", "replace"))
    return engine.parse(text, _values(options))


def _check(options: argparse.Namespace) -> int:
    notes: tuple[Diagnostic, ...] = ()
    if options.net.endswith(".json"):
        spec = _spec(options)
    else:
        reading = engine.read(_text(options.net), _values(options))
        if reading.spec is None:
            raise SourceError(reading.diagnostics)
        spec, notes = reading.spec, reading.notes
    cost = engine.estimate(spec)
    if options.json:
        _print_json({"ok": True, "notes": [note.to_dict() for note in notes], "cost": _cost(cost)})
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


def _summary(options: argparse.Namespace) -> int:
    spec = _spec(options)
    if options.json:
        _print_json(_cost(engine.estimate(spec)))
    else:
        print(summary(spec))
    return 0


def _model(options: argparse.Namespace) -> Model:
    model = engine.build(_spec(options), seed=options.seed)
    if options.weights:
        with Path(options.weights).open("rb") as file:
            model.set_weights(engine.read_weights(file.read(MOST_BYTES)))
    return model


def _predict(options: argparse.Namespace) -> int:
    model = _model(options)
    x = _samples(options.x, model)
    predictions = model.predict(x)
    outputs = predictions if isinstance(predictions, list) else [predictions]
    if options.json:
        plain = [output.tolist() for output in outputs]
        _print_json(plain if len(plain) > 1 else plain[0])
        return 0
    for output in outputs:
        for row in output.reshape(len(output), -1):
            print(" ".join(_number(value) for value in row))
    return 0


def _number(value: float) -> str:
    """Six decimals, without a leading zero, as tables of probabilities are set."""
    told = f"{value:.6f}"
    return told.replace("0.", ".", 1) if told.startswith(("0.", "-0.")) else told


def _trace(options: argparse.Namespace) -> int:
    model = _model(options)
    traced = engine.trace(model, _samples(options.x, model)[0])
    if options.json:
        print(traced.to_json())
        return 0
    for layer in traced.layers:
        print(f"{layer.name} ({layer.kind})")
        if layer.z is not None:
            print("  z", " ".join(f"{value:.6g}" for value in layer.z.reshape(-1)))
        print("  a", " ".join(f"{value:.6g}" for value in layer.a.reshape(-1)))
    return 0


def _samples(given: str, model: Model) -> Any:
    """Samples as a batch: rows of a file, or one sample's numbers in the text of the option."""
    path = Path(given)
    try:
        if path.suffix == ".npy":
            flat = np.load(path, allow_pickle=False)
        elif path.suffix == ".csv":
            flat = np.loadtxt(path, delimiter=",", ndmin=2)
        elif path.suffix == ".json":
            flat = np.asarray(json.loads(path.read_text("utf-8")), dtype=float)
        else:
            flat = np.asarray([[float(number) for number in given.replace(",", " ").split()]])
    except ValueError as error:
        raise EngineError(f"--x cannot be read: {error}. Give numbers such as 2,2,0,2,2,0,0,2.") from None
    shape = model.input_shapes[0][1:]
    wanted = tuple(-1 if size is None else size for size in shape)
    try:
        return flat.reshape((len(flat), *wanted)) if flat.ndim == 2 else flat.reshape((-1, *wanted))
    except ValueError:
        told = "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"
        count = flat.shape[-1] if flat.ndim else 1
        raise EngineError(
            f"--x gives {count} numbers for a sample; the network takes samples of shape {told}."
        ) from None


def _print_json(value: object) -> None:
    print(json.dumps(value, indent=2))


def _refuse(options: argparse.Namespace, message: str) -> int:
    if options.json:
        _print_json({"ok": False, "error": message})
    else:
        print(message, file=sys.stderr)
    return 2


def _refuse_text(options: argparse.Namespace, error: SourceError) -> int:
    if options.json:
        _print_json({"ok": False, "diagnostics": [diagnostic.to_dict() for diagnostic in error.diagnostics]})
        return 2
    lines = _text(options.net).decode("utf-8", "replace").splitlines() if options.net != "-" else []
    for diagnostic in error.diagnostics:
        print(told(options.net, diagnostic, lines), file=sys.stderr)
    return 2


def told(name: str, diagnostic: Diagnostic, lines: Sequence[str]) -> str:
    """A diagnostic for the terminal: place and message, the line, a caret under the place, the hint."""
    rows = [f"{name}:{diagnostic.line}:{diagnostic.column}: {diagnostic.message}"]
    if diagnostic.line <= len(lines):
        line = lines[diagnostic.line - 1]
        one_line = diagnostic.end_line == diagnostic.line
        width = max(1, (diagnostic.end_column if one_line else len(line) + 1) - diagnostic.column)
        shown = "".join(letter if letter.isprintable() else "?" for letter in line.expandtabs(1))
        rows += [f"    {shown}", "    " + " " * (diagnostic.column - 1) + "^" * width]
    if diagnostic.hint:
        rows.append(f"    {diagnostic.hint}")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
