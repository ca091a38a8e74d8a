"""Nothing a stranger sends is executed, crashes, hangs or goes unexplained."""

import random
import subprocess
import sys
import threading
import time
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from tests.engine.language.hostile_made import CORPUS, LESSON, PIECES, made


def refused(text):
    """Reads a text that is no network; what is said must be complete."""
    reading = engine.read(text)
    assert reading.spec is None
    assert_told(reading)
    return reading


def assert_told(reading):
    assert reading.spec is not None or reading.diagnostics
    assert all(diagnostic.hint for diagnostic in reading.diagnostics)
    for diagnostic in (*reading.diagnostics, *reading.notes):
        assert diagnostic.code
        assert diagnostic.message
        assert diagnostic.line >= 1
        assert diagnostic.column >= 1
        assert (diagnostic.end_line, diagnostic.end_column) >= (diagnostic.line, diagnostic.column)
        assert len(diagnostic.snippet) <= 80
        assert diagnostic.snippet.isprintable()
        assert len(diagnostic.message) <= 600
        str(diagnostic).encode()


def test_the_corpus_is_large() -> None:
    assert len(set(CORPUS)) >= 300


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_a_hostile_text_is_refused_with_a_reason(text):
    start = time.process_time()
    refused(text)
    assert time.process_time() - start < 1.0


def test_the_corpus_is_refused_in_a_thread_with_a_small_stack():
    done = []

    def run():
        for text in CORPUS:
            refused(text)
        done.append(True)

    before = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert done == [True]


AUDIT = """
import sys
import engine
from engine.language import read
from engine.language.guard import FILENAME
from tests.engine.language.hostile_made import CORPUS

read("model = Sequential([Dense(unit=1, input_dim=2)])")
events = []
watching = False
ALLOWED = {"builtins.id", "object.__getattr__"}

def hook(event, arguments):
    if not watching or event in ALLOWED:
        return
    # The parser: compile() of a text, with no name of a file that exists, never followed by exec.
    if event == "compile" and arguments[1] == FILENAME:
        return
    # For a SyntaxError Python looks for a file of that name, which no file can have.
    if event == "open" and arguments[0] == FILENAME:
        return
    events.append((event, arguments))

sys.addaudithook(hook)
for text in CORPUS:
    watching = True
    read(text)
    watching = False
assert not events, events[:5]
print(len(CORPUS), "texts")
"""


def test_nothing_is_executed_imported_or_opened():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", AUDIT], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stderr == ""
    assert done.stdout == f"{len(CORPUS)} texts\n"


def test_the_audit_would_notice_an_execution():
    planted = AUDIT.replace("    read(text)\n", "    eval('1')\n    read(text)\n")
    done = subprocess.run(
        [sys.executable, "-c", planted], capture_output=True, text=True, timeout=120, check=False
    )
    assert "AssertionError" in done.stderr


def test_warnings_of_the_parser_stay_silent():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reading = engine.read("x = '\\d'\nmodel = Sequential([Dense(1, input_dim=2)])\ny = 1is 2\n")
    assert reading.spec is not None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_heap_of_words_is_told_about(pieces):
    assert_told(engine.read("".join(pieces)))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_told_about(text):
    assert_told(engine.read(text))


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_told_about(data):
    assert_told(engine.read(data))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(LESSON)), st.integers(0, 12), st.sampled_from([*PIECES, ""]))
def test_a_text_with_a_part_replaced_is_told_about(start, length, piece):
    assert_told(engine.read(LESSON[:start] + piece + LESSON[start + length :]))


@pytest.mark.parametrize("seed", range(120))
def test_a_generated_text_is_told_about(seed: int) -> None:
    text = made(random.Random(seed))
    start = time.process_time()
    assert_told(engine.read(text))
    assert time.process_time() - start < 1.0
