"""The engine on the command line: `python -m engine check|summary|predict|train|trace|convert NET`.

NET is a file of Keras text, of Keras's JSON (by its name, `.json`), or `-` for the standard input. A
mistake in it goes to the standard error with a caret under its place, exit status 2; with `--json`, as
JSON to the standard output.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from engine.command_line import converting, showing, training
from engine.command_line.telling import refuse, refuse_text
from engine.errors import EngineError, SourceError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0, or 2 for anything refused."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except SourceError as error:
        return refuse_text(options, error)
    except EngineError as error:
        return refuse(options, str(error))
    except OSError as error:
        return refuse(options, f"{error.filename}: {error.strerror}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m engine", description="Reads and runs Keras networks.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, text in (
        ("check", showing.check, "say whether NET can be read, and what was passed over"),
        ("summary", showing.summary, "print its layers, shapes and parameters"),
        ("predict", showing.predict, "run it on samples"),
        ("train", training.train, "let it learn a data set"),
        ("trace", showing.trace, "run it on one sample and print every number"),
        ("convert", converting.convert, "turn Keras text into Keras's JSON, or JSON into text"),
    ):
        sub = commands.add_parser(name, help=text, description=text.capitalize() + ".")
        sub.set_defaults(command=command, json=False)
        _network_options(sub)
        if command is not converting.convert:
            sub.add_argument("--json", action="store_true", help="print JSON")
        if command in (showing.predict, showing.trace, training.train):
            sub.add_argument("--weights", metavar="FILE", help="weights to begin with: .json, .npz or .npy")
            sub.add_argument("--seed", type=int, default=0, help="where weights start without --weights")
        if command in (showing.predict, showing.trace):
            sub.add_argument("--x", required=True, help="numbers (2,2,0) or a .csv, .json or .npy file")
        elif command is training.train:
            _training_options(sub)
        elif command is converting.convert:
            sub.add_argument("--to", choices=("text", "json"), help="what to write (the other of the two)")
            sub.add_argument("--out", metavar="FILE", help="where to (the standard output)")
    words = commands.add_parser("vocabulary", help="print every layer and argument as Markdown")
    words.add_argument("file", nargs="?", help="a file whose reference is to be brought up to date")
    words.set_defaults(command=showing.vocabulary, json=False)
    return parser


def _network_options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("net", metavar="NET", help="a file of Keras text or JSON, or - for the standard input")
    sub.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a value for a name that the text leaves open, such as num_classes=10",
    )


def _training_options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--dataset", metavar="NAME", help="a data set of the engine, such as xor or spiral")
    sub.add_argument("--x", metavar="FILE", help="samples of your own: .csv, .json or .npy")
    sub.add_argument("--y", metavar="FILE", help="their answers, one row for each")
    sub.add_argument("--epochs", type=_count, help="how often to go through all samples (as the text says)")
    sub.add_argument("--batch-size", type=_count, help="samples in one step (as the text says, or 32)")
    sub.add_argument("--out", metavar="FILE", help="write the weights, .npz")
    sub.add_argument("--svg", metavar="FILE", help="write the curves of loss and metrics")


def _count(given: str) -> int:
    number = int(given)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
