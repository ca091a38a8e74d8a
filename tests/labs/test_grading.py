"""Grading in a process apart: a report comes back, limits hold, what breaks is not the learner's fault."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest

from labs import grading
from labs.child import Job, Limits
from labs.grading import GradingError, run
from labs.rubric import criterion_toml
from tests.labs.conftest import BAD, GOOD, SMALL

CRITERIA = criterion_toml("layers", 2, 'want = ["Dense", "Dense", "Dense"]')
ROOT = Path(__file__).parents[2]


def graded(source: str, criteria: str = CRITERIA) -> dict[str, object]:
    report = run(Job(source, criteria), beat=lambda: True)
    assert report is not None
    return report


def test_a_network_is_graded() -> None:
    report = graded(GOOD)
    assert (report["verdict"], report["points"], report["possible"]) == ("passed", 2, 2)


def test_what_is_not_met_has_its_reason() -> None:
    [row] = graded(SMALL)["rows"]
    assert row["reason"] == "The network ends after 2 layers; 3 are wanted."
    assert row["try"] == "Add a Dense layer."


def test_a_text_that_does_not_read_is_a_verdict_not_a_fault() -> None:
    report = graded(BAD)
    assert report["verdict"] == "invalid"
    assert report["diagnostics"][0]["message"] == "Dense has no argument 'unit'; did you mean 'units'?"


def test_a_network_too_large_for_the_worker_is_told_so() -> None:
    report = graded(GOOD.replace("units=6", "units=4000"))
    assert report["verdict"] == "invalid"
    assert report["diagnostics"][0]["message"] == (
        "The network needs 16,056,004 parameters, 3.22 times what the worker budget allows "
        "(5,000,000 parameters). Use fewer units or fewer layers."
    )


def test_criteria_that_cannot_be_read_are_our_fault() -> None:
    with pytest.raises(GradingError, match="There is no criterion"):
        run(Job(GOOD, ""), beat=lambda: True)


def test_a_child_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(GradingError) as error:
        run(Job(GOOD, CRITERIA), beat=lambda: True, limits=Limits(wall_seconds=0))
    assert str(error.value) == "Grading took longer than 0 s and was stopped."


def test_a_child_that_ends_without_a_report_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def kill_it() -> bool:
        for process in multiprocessing.active_children():
            process.kill()
        return True

    monkeypatch.setattr(grading, "BEAT_SECONDS", 0.0)
    with pytest.raises(GradingError) as error:
        run(Job(GOOD, CRITERIA), beat=kill_it)
    assert str(error.value) == "The grading process ended with status -9 and no report."


def test_a_lost_lease_ends_the_grading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading, "BEAT_SECONDS", 0.0)
    assert run(Job(GOOD, CRITERIA), beat=lambda: False) is None


def test_the_child_never_imports_django() -> None:
    script = (
        "import runpy, sys; import labs.child; runpy.run_path('manage.py', run_name='__mp_main__');"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"
