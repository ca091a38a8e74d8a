"""Keeps a few processes alive together and ends them together: what `manage.py serve` runs on.

Each child leads a process group of its own. A child that dies is started again, after a longer pause each
time it dies young. SIGINT, SIGTERM or SIGHUP ends everything within the grace period, a second one at once.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to start: a name for people, a command line, and file descriptors it inherits."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    descriptors: tuple[int, ...] = ()


class Child:
    """One program and the process that runs it at the moment, if any."""

    HEALTHY_AFTER = 30.0  # seconds; whoever lives that long did not die of its start
    LONGEST_PAUSE = 30.0

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.start_at = 0.0
        self._started = 0.0
        self._early_deaths = 0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - the command lines are our own
            list(self.program.command),
            env={**os.environ, **self.program.environment},
            pass_fds=self.program.descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )
        self._started = time.monotonic()

    def note_death(self) -> float:
        """Clears away what the dead process left; returns the pause before the next start, in seconds."""
        self.kill_group()
        lived = time.monotonic() - self._started
        self._early_deaths = 0 if lived > self.HEALTHY_AFTER else self._early_deaths + 1
        pause = min(self.LONGEST_PAUSE, 0.25 * 2.0**self._early_deaths) if self._early_deaths else 0.0
        self.process = None
        self.start_at = time.monotonic() + pause
        return pause

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def terminate(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill_group(self) -> None:
        """Ends the leader and everything it started that is still in its group."""
        if self.process is None:
            return
        with contextlib.suppress(
            ProcessLookupError, PermissionError
        ):  # the latter: macOS, a group of zombies
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """Runs programs until told to stop.

    `grace` is how long children may take to finish what they are doing, in seconds; `say` prints one line.
    """

    TICK = 0.1

    def __init__(
        self, programs: Sequence[Program], *, grace: float = 8.0, say: Callable[[str], None] = print
    ) -> None:
        self.children = [Child(program) for program in programs]
        self.grace = grace
        self.say = say
        self._signals = 0

    def run(self) -> None:
        """Returns when a signal came and every child is gone."""
        # Installed even where a signal was ignored before: a shell hands background jobs an ignored SIGINT.
        before = {number: signal.signal(number, self._on_signal) for number in STOP_SIGNALS}
        try:
            while not self._signals:
                self._tend()
                time.sleep(self.TICK)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1

    def _tend(self) -> None:
        for child in self.children:
            if child.process is None:
                if time.monotonic() >= child.start_at:
                    child.start()
            elif (status := child.process.poll()) is not None:
                pause = child.note_death()
                self.say(f"{child.program.name} ended ({_reason(status)}); starting it again in {pause:g} s.")

    def _stop(self) -> None:
        for child in self.children:
            child.terminate()
        deadline = time.monotonic() + self.grace
        while time.monotonic() < deadline and self._signals < 2:
            if all(child.has_ended() for child in self.children):
                break
            time.sleep(self.TICK / 2)
        for child in self.children:
            child.kill_group()


def _reason(status: int) -> str:
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _die_with(parent: int) -> Callable[[], None] | None:
    """A step for the new process that asks the kernel to end it when `parent` is gone, even by kill -9."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask
