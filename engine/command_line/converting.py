"""`convert`: Keras text as Keras's own JSON, and back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import engine
from engine.command_line import given


def convert(options: argparse.Namespace) -> int:
    """`convert`: JSON of a text, text of a JSON; or what --to asks for, which tidies a text."""
    network = given.spec(options)
    wanted = options.to or ("text" if options.net.endswith(".json") else "json")
    made = (
        engine.write(network)
        if wanted == "text"
        else json.dumps(json.loads(network.to_json()), indent=2) + "\n"
    )
    if options.out:
        Path(options.out).write_text(made, "utf-8")
        print(f"{options.out} is written.")
    else:
        print(made, end="")
    return 0
