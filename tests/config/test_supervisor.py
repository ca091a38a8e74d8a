"""The supervisor with real processes: it restarts the dead, hears each signal, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from config.supervisor import Child, Program, Supervisor

ROOT = Path(__file__).parent.parent.parent

SUPERVISE = """
import sys
from config.supervisor import Program, Supervisor
folder = sys.argv[1]
child = "import os, pathlib, subprocess, sys, time;" \\
    "grandchild = subprocess.Popen(['sleep', '60']);" \\
    "pathlib.Path(sys.argv[1], str(os.getpid())).write_text(str(grandchild.pid));" \\
    "time.sleep(60)"
stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + child
programs = [Program("One", [sys.executable, "-c", child, folder])]
if "stubborn" in sys.argv:
    programs.append(Program("Two", [sys.executable, "-c", stubborn, folder]))
Supervisor(programs, grace=1.0, say=lambda line: print(line, flush=True)).run()
"""

Start = Callable[..., subprocess.Popen[str]]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def started(folder: Path) -> dict[int, int]:
    """The children that said they started, each with the process that it started in turn."""
    return {int(one.name): int(one.read_text()) for one in folder.iterdir() if one.read_text()}


def everyone(folder: Path) -> list[int]:
    return [pid for pair in started(folder).items() for pid in pair]


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **options: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", SUPERVISE, str(tmp_path), *arguments]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload]
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
    for pid in filter(is_alive, everyone(tmp_path)):
        os.kill(pid, signal.SIGKILL)
    for process in running:
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_signal_ends_everything(supervise: Start, tmp_path: Path, number: signal.Signals) -> None:
    supervisor = supervise()
    wait_for(lambda: len(started(tmp_path)) == 1)

    supervisor.send_signal(number)

    assert supervisor.wait(timeout=60) == 0
    wait_for(lambda: not any(map(is_alive, everyone(tmp_path))))


def test_a_sigint_that_was_ignored_is_heard(supervise: Start, tmp_path: Path) -> None:
    supervisor = supervise(preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    wait_for(lambda: len(started(tmp_path)) == 1)

    supervisor.send_signal(signal.SIGINT)

    assert supervisor.wait(timeout=60) == 0


def test_a_child_that_will_not_end_is_killed(supervise: Start, tmp_path: Path) -> None:
    supervisor = supervise("stubborn")
    wait_for(lambda: len(started(tmp_path)) == 2)

    supervisor.send_signal(signal.SIGTERM)

    assert supervisor.wait(timeout=60) == 0
    wait_for(lambda: not any(map(is_alive, everyone(tmp_path))))


def test_a_killed_child_is_started_again_and_its_group_is_cleared(supervise: Start, tmp_path: Path) -> None:
    supervisor = supervise()
    wait_for(lambda: len(started(tmp_path)) == 1)
    [(first, grandchild)] = started(tmp_path).items()

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: len(started(tmp_path)) == 2)
    wait_for(lambda: not is_alive(grandchild))
    supervisor.send_signal(signal.SIGTERM)
    output, _ = supervisor.communicate(timeout=60)
    assert output == "One ended (signal SIGKILL); starting it again in 0.5 s.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_children_end_when_the_supervisor_is_killed(supervise: Start, tmp_path: Path) -> None:
    supervisor = supervise()
    wait_for(lambda: len(started(tmp_path)) == 1)
    [(child, _)] = started(tmp_path).items()

    supervisor.kill()

    wait_for(lambda: not is_alive(child))


def test_a_child_that_dies_young_waits_longer_each_time() -> None:
    child = Child(Program("One", [sys.executable, "-c", "raise SystemExit(3)"]))
    pauses = []
    for _ in range(3):
        child.start()
        assert child.process is not None
        child.process.wait()
        pauses.append(child.note_death())

    assert pauses == [0.5, 1.0, 2.0]


def test_the_pause_has_a_longest_and_ends_with_a_long_life(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child(Program("One", [sys.executable, "-S", "-c", ""]))

    def pause_after_a_life() -> float:
        child.start()
        assert child.process is not None
        child.process.wait()
        return child.note_death()

    assert [pause_after_a_life() for _ in range(9)][-3:] == [30.0, 30.0, 30.0]
    monkeypatch.setattr(Child, "HEALTHY_AFTER", 0.0)
    assert pause_after_a_life() == 0.0
    monkeypatch.undo()
    assert pause_after_a_life() == 0.5


def test_one_that_dies_at_once_again_and_again_leaves_the_other_alone(tmp_path: Path) -> None:
    """Started less and less often, while the other runs on as the process that it was."""
    mayfly = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    stayer = (
        "import os, pathlib, sys, time; pathlib.Path(sys.argv[1], str(os.getpid())).touch(); time.sleep(60)"
    )
    programs = [
        Program("Mayfly", [sys.executable, "-S", "-c", mayfly]),
        Program("Stayer", [sys.executable, "-S", "-c", stayer, str(tmp_path)]),
    ]
    told: list[tuple[float, str]] = []
    supervisor = Supervisor(programs, say=lambda line: told.append((time.monotonic(), line)))

    def stop_after_four() -> None:
        try:
            wait_for(lambda: len(told) >= 4 and any(tmp_path.iterdir()))
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    watch = Thread(target=stop_after_four)
    watch.start()

    supervisor.run()

    watch.join()
    pauses = ("0.5", "1", "2", "4")
    assert [line for _, line in told[:4]] == [
        f"Mayfly ended (signal SIGKILL); starting it again in {pause} s." for pause in pauses
    ]
    waited = [later - earlier for (earlier, _), (later, _) in pairwise(told[:4])]
    assert all(gap >= least for gap, least in zip(waited, (0.5, 1.0, 2.0), strict=True))
    [stayed] = [int(one.name) for one in tmp_path.iterdir()]
    assert not is_alive(stayed), "ended with the supervisor, and not before: nothing was told of it"
