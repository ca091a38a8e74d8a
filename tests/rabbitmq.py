"""Runs a command beside a RabbitMQ broker that lives only as long as the command.

    python -m tests.rabbitmq pytest -m queue
    python -m tests.rabbitmq --is-installed

The broker has ports, folders and a cookie of its own, so it meets no other on the machine; QUEUE and
BROKER_URL tell the command of it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

START_SECONDS = 120.0


def program() -> Path | None:
    """The broker's start script; Debian's on the PATH would run it as another user, in the user's folders."""
    debian = Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server")
    elsewhere = shutil.which("rabbitmq-server")
    return next(debian, Path(elsewhere) if elsewhere else None)


class Broker:
    """One broker, which can be killed and started again with what it had."""

    def __init__(self, program: Path, folder: Path, ports: tuple[int, int, int]) -> None:
        port, distribution, mapper = map(str, ports)
        self.port = ports[0]
        self.url = f"amqp://guest:guest@127.0.0.1:{port}//"
        self._program = program
        self._mapper = ["epmd", "-port", mapper, "-kill"]
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "plugins").write_text("[].\n")
        (folder / "rabbitmq.conf").write_text("log.console = false\ndisk_free_limit.absolute = 1MB\n")
        self._environment = {
            "HOME": str(folder),  # where the cookie goes
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": f"layerwise-{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": port,
            "RABBITMQ_DIST_PORT": distribution,
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none",  # one core, and no busy waiting
            "ERL_EPMD_PORT": mapper,
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }

    def start(self) -> None:
        """Returns when the broker takes connections."""
        self._process = subprocess.Popen(
            [self._program],
            env=self._environment,
            cwd=self._environment["HOME"],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + START_SECONDS
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("RabbitMQ did not start.")
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9: nothing of it can tidy up."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def end(self) -> None:
        """The broker, and the port mapper that it started and left behind."""
        self.kill()
        for _ in range(50):  # it stays until it has noticed that the broker is gone
            done = subprocess.run(self._mapper, env=self._environment, capture_output=True, check=False)
            if done.returncode == 0:
                return
            time.sleep(0.1)


@contextmanager
def broker(program: Path) -> Iterator[Broker]:
    """A fresh broker that takes connections."""
    with tempfile.TemporaryDirectory(prefix="layerwise-rabbitmq-", ignore_cleanup_errors=True) as name:
        one = Broker(program, Path(name), free_ports())
        try:
            one.start()
            yield one
        finally:
            one.end()


def free_ports() -> tuple[int, int, int]:
    """Three ports that nobody listens on at the moment."""
    with ExitStack() as held:
        found = [held.enter_context(socket.socket()) for _ in range(3)]
        for one in found:
            one.bind(("127.0.0.1", 0))
        first, second, third = (one.getsockname()[1] for one in found)
    return first, second, third


def main(command: list[str]) -> int:
    found = program()
    if command == ["--is-installed"]:
        return 0 if found else 1
    if found is None:
        print("RabbitMQ is not installed. As root: apt-get install -y rabbitmq-server", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the broker ends as well
    with broker(found) as one:
        environment = {**os.environ, "QUEUE": "celery", "BROKER_URL": one.url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
