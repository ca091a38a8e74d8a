"""Runs a command beside a PostgreSQL server that lives only as long as the command.

    python -m tests.postgres pytest -m data
    python -m tests.postgres --is-installed

The server listens on a socket in a temporary folder, and DATABASE_URL names it. PostgreSQL refuses to run as
root; for root the server runs as the user that Debian's package made for it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

IN_MEMORY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]


def programs() -> Path | None:
    """The folder of initdb and postgres: on the PATH, or where Debian hides it."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((one.parent for one in versions), key=lambda one: float(one.parent.name), default=None)


@contextmanager
def server(programs: Path, options: Sequence[str] = IN_MEMORY) -> Iterator[str]:
    """Yields the DATABASE_URL of a fresh, empty database."""
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="layerwise-postgres-") as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        data = folder / "data"
        control = [programs / "pg_ctl", "--silent", "--wait", "-D", data, "-l", folder / "log"]
        settings = " ".join(f"-c {one}" for one in [*options, f"unix_socket_directories={folder}"])

        def run(*command: str | Path) -> None:
            subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

        run(programs / "initdb", "-D", data, "-U", "layerwise", "-A", "trust", "-E", "UTF8", "--locale=C")
        run(*control, "-o", settings, "start")
        try:
            yield f"postgres://layerwise@{quote(name, safe='')}/postgres"
        finally:
            run(*control, "-m", "immediate", "stop")


def main(command: list[str]) -> int:
    found = programs()
    if command == ["--is-installed"]:
        return 0 if found else 1
    if found is None:
        print("PostgreSQL is not installed. As root: apt-get install -y postgresql", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends as well
    with server(found) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
