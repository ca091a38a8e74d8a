"""`manage.py serve` as a person starts it: reachable, gone after a signal, and plain about a taken port."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import connection

from config.management.commands.serve import address, open_socket

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DEVELOPMENT": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'serve.sqlite3'}",
        "HOST": "127.0.0.1",
        "PORT": "0",
    }


@pytest.fixture
def site(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "manage.py", "serve"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    yield process
    process.terminate()
    process.communicate(timeout=60)


def test_it_serves_until_a_signal_and_leaves_the_port(site: subprocess.Popen[str]) -> None:
    assert site.stdout is not None
    line = site.stdout.readline()
    found = re.fullmatch(r"Layerwise is at (http://127\.0\.0\.1:(\d+)/) \(Ctrl-C ends it\)\.\n", line)
    assert found, line

    with urllib.request.urlopen(f"{found[1]}healthz", timeout=120) as response:
        assert response.status == 200

    site.send_signal(signal.SIGINT)
    assert site.wait(timeout=60) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(found[2]))) != 0


def children_of(pid: int) -> dict[str, int]:
    """The processes that a process started, by what they run."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    lines = {int(one): Path(f"/proc/{one}/cmdline").read_bytes() for one in listed}
    return {("web" if b"gunicorn" in line else "worker"): one for one, line in lines.items() if line}


@pytest.fixture
def tables(environment: dict[str, str], db: None) -> None:
    """The site's database has its tables: without them its worker ends by itself."""
    made = sqlite3.connect(connection.settings_dict["NAME"])
    copy = sqlite3.connect(environment["DATABASE_URL"].removeprefix("sqlite:///"))
    made.backup(copy)
    made.close()
    copy.close()


@pytest.mark.sqlite
def test_killed_again_and_again_both_come_back_and_the_site_answers_meanwhile(
    tables: None, site: subprocess.Popen[str]
) -> None:
    """Who asks while the web server is down is answered by the next one: the open socket is not its own."""
    assert site.stdout is not None
    found = re.search(r"http://\S+/", site.stdout.readline())
    assert found
    for _ in range(2):
        before = wait_for_both(site.pid, {})
        for pid in before.values():
            os.kill(pid, signal.SIGKILL)
        told = {site.stdout.readline().partition("; starting it again in ")[0] for _ in before}
        assert told == {f"{name} ended (signal SIGKILL)" for name in ("The web server", "The worker")}
        with urllib.request.urlopen(f"{found[0]}healthz", timeout=120) as response:
            assert response.status == 200
        wait_for_both(site.pid, before)


def wait_for_both(pid: int, before: dict[str, int]) -> dict[str, int]:
    """Both children, once they are there and others than before."""
    deadline = time.monotonic() + 120
    while True:
        now = children_of(pid)
        if len(now) == 2 and not set(now.values()) & set(before.values()):
            return now
        assert time.monotonic() < deadline, now
        time.sleep(0.05)


def test_the_worker_may_run_elsewhere(environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "serve", "--without-worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+/", process.stdout.readline())
        assert found
        with urllib.request.urlopen(f"{found[0]}healthz", timeout=120):
            pass  # whoever answers was started, and whoever else would be started with it
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.terminate()
    assert len(children) == 1


def test_a_taken_port_is_one_clear_line(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={**environment, "PORT": str(port)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"CommandError: Port {port} on 127.0.0.1 cannot be used: Address already in use. "
        "Choose another: PORT=…\n"
    )


def test_a_port_that_cannot_be_is_refused() -> None:
    with pytest.raises(CommandError, match="PORT=70000 is not a port: choose one from 0"):
        open_socket("127.0.0.1", 70000)


def test_a_host_that_is_not_here_is_refused() -> None:
    with pytest.raises(CommandError, match=r"HOST=no\.such\.host\.invalid is not an address of this machine"):
        open_socket("no.such.host.invalid", 0)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_can_be_opened(host: str, shown: str) -> None:
    assert address(host, 8000) == shown
