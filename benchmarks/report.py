"""The table: one row for each workload and peer, printed and kept."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.cold import Cold

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- results -->\n", "<!-- end of results -->\n"
PEERS = ("numpy", "torch", "onnxruntime", "tensorflow-cpu", "keras")


@dataclass(frozen=True)
class Row:
    """How many times the engine's time a peer takes: median and quartiles over all rounds."""

    workload: str
    peer: str
    engine_seconds: float
    peer_seconds: float
    ratio: float
    low: float
    high: float
    must: float | None
    aim: float | None

    @property
    def verdict(self) -> str:
        """Which of the marks the median reaches."""
        if self.aim is not None and self.ratio >= self.aim:
            return "aim"
        if self.must is not None:
            return "must" if self.ratio >= self.must else "missed"
        return ""


def line(row: Row) -> str:
    """One row for a terminal."""
    spread = f"{figure(row.low)}–{figure(row.high)}"
    marks = f"must {figure(row.must)}" if row.must is not None else ""
    return (
        f"{row.workload:42} {row.peer:28} {figure(row.ratio):>7} ({spread:>13})  {marks:10} {row.verdict:6} "
        f"{seconds(row.engine_seconds):>8} : {seconds(row.peer_seconds)}"
    )


def figure(number: float | None) -> str:
    """Three digits."""
    if number is None:
        return ""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def seconds(number: float) -> str:
    """A time with its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return f"{number / 1e-6:.3g} µs"


def cold_rows(found: dict[str, Cold]) -> list[Row]:
    """The cold start's rows: limits are told as ratios of the limit to what was needed."""
    ours, theirs, bare = found["engine"], found["keras"], found["import numpy"]

    def row(what: str, peer: str, time: float, ratio: float, must: float | None, aim: float | None) -> Row:
        return Row(f"Cold start, {what}", peer, ours.seconds, time, ratio, ratio, ratio, must, aim)

    return [
        row("time", "keras", theirs.seconds, theirs.seconds / ours.seconds, 20, 30),
        row(
            f"memory ({ours.mebibytes:.1f} MiB)",
            "keras",
            theirs.seconds,
            theirs.mebibytes / ours.mebibytes,
            14,
            17,
        ),
        row("time", "limit of 250 ms", 0.25, 0.25 / ours.seconds, 1, None),
        row(
            f"memory ({ours.mebibytes:.1f} MiB)", "limit of 40 MB", 0, 40e6 / 2**20 / ours.mebibytes, 1, None
        ),
        row("time", "import numpy", bare.seconds, bare.seconds / ours.seconds, None, None),
        row(
            f"memory ({bare.mebibytes:.1f} MiB)",
            "import numpy",
            bare.seconds,
            bare.mebibytes / ours.mebibytes,
            None,
            None,
        ),
    ]


def machine() -> dict[str, str]:
    """What the results depend on."""
    info = Path("/proc/cpuinfo")
    names = [
        part.split(":")[1].strip() for part in info.read_text().splitlines() if part.startswith("model name")
    ]
    versions = {name: version(name) for name in PEERS}
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": str(len(names)),
        "system": platform.system(),
        "python": platform.python_version(),
        **versions,
    }


def keep(rows: Sequence[Row]) -> None:
    """Writes the results as JSON and as a table in Markdown, which the documentation shows too."""
    about = machine()
    name = "-".join(about["processor"].lower().split()[:3])
    RESULTS.mkdir(exist_ok=True)
    told = {"machine": about, "rows": [asdict(row) | {"verdict": row.verdict} for row in rows]}
    (RESULTS / f"{name}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    told_as_table = table(about, rows)
    (RESULTS / f"{name}.md").write_text(told_as_table)
    before, rest = PAGE.read_text().split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{told_as_table}\n{END}{rest.split(END)[1]}")


def table(about: dict[str, str], rows: Sequence[Row]) -> str:
    """The results as Markdown."""
    lines = [
        ", ".join(f"{key} {value}" for key, value in about.items()) + ".",
        "",
        "| Workload | Peer | Ratio | Quartiles | Must | Aim | Reached | Engine |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        spread = f"{figure(row.low)}–{figure(row.high)}"
        lines.append(
            f"| {row.workload} | {row.peer} | {figure(row.ratio)} | {spread} | {figure(row.must)} "
            f"| {figure(row.aim)} | {row.verdict} | {seconds(row.engine_seconds)} |"
        )
    return "\n".join(lines) + "\n"
