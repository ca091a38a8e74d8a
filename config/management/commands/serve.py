"""`manage.py serve`: the web server and the worker together, until Ctrl-C."""

import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.supervisor import Program, Supervisor

# Two processes of NumPy with a thread per core each are slower than with one thread each.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Command(BaseCommand):
    help = "Serves the site and grades submissions, until Ctrl-C. HOST and PORT come from the environment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--without-worker", action="store_true", help="Only the web server; `worker` runs elsewhere."
        )

    def handle(self, *args: Any, without_worker: bool, **options: Any) -> None:
        with open_socket(settings.HOST, settings.PORT) as listener:
            host, port = listener.getsockname()[:2]
            self.say(f"{settings.SITE_NAME} is at {address(host, port)} (Ctrl-C ends it).")
            programs = [web(listener)] if without_worker else [web(listener), worker()]
            Supervisor(programs, say=self.say).run()
        self.say("Stopped.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket; raises CommandError with one clear line when the address cannot be had."""
    if not 0 <= port <= 65535:
        raise CommandError(f"PORT={port} is not a port: choose one from 0 (any free one) to 65535.")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    except OSError as error:
        raise CommandError(f"HOST={host} is not an address of this machine: {error.strerror}.") from None
    try:
        listener.bind(place)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Port {port} on {host} cannot be used: {error.strerror}. Choose another: PORT=…"
        ) from None
    return listener


def address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def web(listener: socket.socket) -> Program:
    """gunicorn on a socket that is already open: no second process can take the port between restarts."""
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--chdir", str(settings.BASE_DIR)),
        *("--bind", f"fd://{listener.fileno()}"),
        *("--worker-class", "gthread"),
        *("--workers", str(settings.WEB_WORKERS), "--threads", str(settings.WEB_THREADS)),
        *("--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
    ]
    return Program("The web server", command, ONE_THREAD, descriptors=(listener.fileno(),))


def worker() -> Program:
    return Program("The worker", [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"], ONE_THREAD)
