"""`python -m benchmarks.pages`: times of the site, each beside the same way with nothing at its end.

A browser edits a weight of the docked figure, and presses a key in a field that nobody listens to; the server
answers a lesson, a trace and a piece of training, and an empty view. The figures go into docs/performance.md.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- pages -->\n", "<!-- end of pages -->\n"
LESSON = "/courses/neural-networks/layers/"
EDITS, REQUESTS = 50, 200

# From the event to the frame that shows what it led to. `change` writes a number into a field and tells so;
# `shown` says whether every linked view has the new value.
WATCH = """async ([selector, values, isFigure]) => {
    const field = document.querySelector(selector);
    const figure = document.querySelector("#figure");
    const frame = () => new Promise((done) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
    }));
    const linked = [".eq", ".twin .values", ".net", ".fall"];
    const views = () => linked.map((one) => figure.querySelector(one)?.innerHTML);
    const times = [];
    for (const value of values) {
        await frame();
        const before = isFigure ? views() : [];
        const start = performance.now();
        field.value = value;
        field.dispatchEvent(new Event("change", { bubbles: true }));
        const handled = performance.now();
        await frame();
        times.push([handled - start, performance.now() - start]);
        const isStill = (one, place) => one === before[place];
        if (isFigure && views().some(isStill)) throw new Error("A view stood still.");
    }
    return times;
}"""


@dataclass(frozen=True)
class Line:
    """One thing that was timed, in milliseconds, and the same way with nothing at its end."""

    what: str
    limit: str
    found: float
    bare: float


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DEVELOPMENT": "1", "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
        for command in (["migrate", "-v0"], ["load_content", "-v0"]):
            subprocess.run([sys.executable, ROOT / "manage.py", *command], cwd=ROOT, check=True)
        with site() as address:
            lines = edits(address)
        lines += answers()
    told = table(lines)
    print(told)
    before, rest = PAGE.read_text().split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{told}\n{END}{rest.split(END)[1]}")


@contextmanager
def site() -> Iterator[str]:
    """The site as `make run` serves it, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, ROOT / "manage.py", "serve"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        process.wait()


def wait(url: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(url).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The site did not start within 30 seconds.")


def edits(address: str) -> list[Line]:
    """A weight is edited 50 times, then a field that nobody listens to."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = driver.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        page.goto(f"{address}{LESSON}?focus=h1.3&t=8")
        page.locator("network-figure [data-go=play]").wait_for()
        page.get_by_text("Edit weights").click()
        values = [f"{(place % 20 + 1) / 8:.3f}" for place in range(EDITS)]
        edited = page.evaluate(WATCH, ["#figure .edit [name=to]", values, True])
        page.evaluate("document.body.append(Object.assign(document.createElement('input'), {id: 'idle'}))")
        idle = page.evaluate(WATCH, ["#idle", values, False])
        browser.close()
    handled, shown = ([median(times, at) for times in (edited, idle)] for at in (0, 1))
    return [
        Line("A weight edited: every linked view recomputed and written", "", *handled),
        Line("A weight edited: until the frame that shows it", "50 ms", *shown),
    ]


def median(times: list[list[float]], at: int) -> float:
    return statistics.median(one[at] for one in times)


def answers() -> list[Line]:
    """The 95th percentile of 200 answers, through every middleware, in this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415

    django.setup()
    from django.http import HttpResponse  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    import config.urls  # noqa: PLC0415
    from benchmarks.workloads import ANIMALS  # noqa: PLC0415

    config.urls.urlpatterns.append(path("bare/", lambda request: HttpResponse("")))
    client = Client(headers={"host": "localhost"})
    sample = {
        "source": f"from keras import Sequential\nfrom keras.layers import Dense, Input\n{ANIMALS}",
        "x": [1.0] * 8,
    }

    def trace() -> Any:
        return client.post("/api/networks/trace", sample, content_type="application/json")

    run = {"settings": {}, "state": "", "until": 1_000_000, "tables": False}

    def piece() -> Any:
        answer = client.post("/api/playground/train", run, content_type="application/json")
        run["state"] = answer.json()["state"]
        return answer

    bare = slowest(lambda: client.get("/bare/"))
    return [
        Line(f"The lesson {LESSON}, 95th percentile", "200 ms", slowest(lambda: client.get(LESSON)), bare),
        Line("A forward pass through the API, 95th percentile", "30 ms", slowest(trace), bare),
        Line("A piece of the playground's training, 95th percentile", "30 ms", slowest(piece), bare),
    ]


def slowest(call: Callable[[], Any]) -> float:
    """Milliseconds of the processor within which 95 of 100 calls are answered, on a busy machine too."""
    times = []
    for _ in range(REQUESTS):
        start = time.process_time()
        answer = call()
        times.append((time.process_time() - start) * 1000)
        assert answer.status_code == 200, answer.content[:400]
    return statistics.quantiles(times, n=20)[-1]


def table(lines: list[Line]) -> str:
    """The times as Markdown."""
    rows = [f"| {line.what} | {line.found:.1f} ms | {line.bare:.1f} ms | {line.limit} |" for line in lines]
    return "\n".join(["| What | Time | With nothing at its end | Limit |", "|---|---|---|---|", *rows, ""])


if __name__ == "__main__":
    main()
