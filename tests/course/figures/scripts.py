"""Runs the browser's own modules in Node, to hold their arithmetic against the engine's."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.course.figures.networks import ROOT


def node() -> str:
    """Node as the bundler uses it: the machine's own, or the one in the environment."""
    found = shutil.which("node") or shutil.which("node", path=str(ROOT / ".venv/bin"))
    assert found, "Node is missing. Run: make build"
    return found


def scripted(module: str, function: str, cases: Sequence[Any]) -> list[Any]:
    """What a JavaScript function (m, case) answers to each case; m is the module under frontend/."""
    source = (
        f"import * as m from {json.dumps(str(ROOT / 'frontend' / module))};"
        'import { readFileSync } from "node:fs";'
        f"const cases = JSON.parse(readFileSync(0)); const answer = {function};"
        "console.log(JSON.stringify(cases.map((one) => answer(m, one))));"
    )
    done = subprocess.run(
        [node(), "--input-type=module", "-e", source],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers
