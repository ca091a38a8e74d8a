"""A process from its start to its first result: wall time and the most memory it held.

Modules start from their bytecode, as pip leaves it for the peers: a start that is not counted comes first.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.workloads import ANIMALS

OWN_PYTHON = Path(__file__).parent.parent / ".venv" / "bin" / "python"

PEAK = "\nprint(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"

NUMPY = "import numpy"
ENGINE = f"import engine\nengine.build(engine.parse({ANIMALS!r})).predict([[1.0] * 8])"
KERAS = f"""
import keras
from keras import Input, Sequential
from keras.layers import Dense
import numpy as np
{ANIMALS}
model.predict(np.ones((1, 8), 'float32'), verbose=0)"""


@dataclass(frozen=True)
class Cold:
    """Medians of several starts."""

    seconds: float
    mebibytes: float


def starts(rounds: int) -> dict[str, Cold]:
    """Each kind of process in turns; Keras a few times only, for it takes seconds."""
    own = str(OWN_PYTHON) if OWN_PYTHON.exists() else sys.executable
    kinds = {"import numpy": (own, NUMPY), "engine": (own, ENGINE), "keras": (sys.executable, KERAS)}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    for python, code in kinds.values():
        _start(python, code)
    for turn in range(rounds):
        for name, (python, code) in kinds.items():
            if name != "keras" or turn < 3:
                found[name].append(_start(python, code))
    return {name: Cold(*map(statistics.median, zip(*each, strict=True))) for name, each in found.items()}


def _start(python: str, code: str) -> tuple[float, float]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    done = subprocess.run(
        [python, "-c", code + PEAK], capture_output=True, text=True, check=True, env=environment
    )
    return time.perf_counter() - begin, int(done.stdout.split()[-1]) / 1024
