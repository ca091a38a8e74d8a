"""`python -m benchmarks [--only NAME] [--rounds N]`: times everything, prints ratios, keeps the results."""

from __future__ import annotations

import argparse
import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from benchmarks import cold, report  # noqa: E402  (the libraries read the environment when they load)


def main() -> None:
    """Runs the workloads whose name contains `--only`; without it, all, and the cold start first."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help="run workloads whose name contains this")
    parser.add_argument("--rounds", type=int, default=21, help="turns that each contestant takes")
    parser.add_argument("--slice", type=float, default=0.03, help="seconds of one turn")
    given = parser.parse_args()
    rows = [] if given.only else report.cold_rows(cold.starts(7))
    for row in rows:
        print(report.line(row), flush=True)
    # The peers are imported only now: a process that holds them starts others slowly.
    from benchmarks import running  # noqa: PLC0415

    for row in running.rows(given.only, given.rounds, given.slice):
        print(report.line(row), flush=True)
        rows.append(row)
    if not given.only:
        report.keep(rows)


if __name__ == "__main__":
    main()
