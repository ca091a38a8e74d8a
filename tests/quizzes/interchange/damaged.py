"""Files damaged at random, by a seed: spans cut out, doubled, or put in from what the formats know."""

import random
import time
from html import escape

from quizzes.interchange import FORMATS, FileError, decode
from tests.quizzes.interchange.samples import SAMPLES

_PIECES = (
    b"{", b"}", b"=", b"~", b"#", b"####", b"->", b"%50%", b"%", b":", b"..", b"::", b"\\", b"//", b"\n\n",
    b"[html]", b"[markdown]", b"$CATEGORY: a", b"ANSWER: A", b"A. ", b"B) ", b"T", b"\x00", b"\xff", b"\x01",
    b"<", b">", b"</text>", b"<text>", b"<![CDATA[", b"]]>", b"&#0;", b"&#x1;", b"&a;",
    b'<question type="cloze">',
    b"<!DOCTYPE a>", b"1e99", b"-0", b"nan", b"9" * 30, b"```", b"$$", b"![a](b)", b":::", b"{{ a }}", b"`",
    "\u202e\ud7ff\U0010ffff".encode(),
)  # fmt: skip

_TEXTS = (
    "{", "}", "=", "~", "#", "####", "->", "%50%", "%", ":", "..", "::", "\\", "//", "\n\n", "\n", "[html]",
    "<p>", "[markdown]", "ANSWER: A\n", "A. ", "\nB) ", "T", "<img src=x>", "&amp;", "1e99", "-0", "nan",
    "9" * 30, "```", "$$", "![a](b)", ":::", "{{ a }}", "`", "*", "<!--", "\u202e", "\U0010ffff", "x" * 1_200,
    "true", "\n\n$CATEGORY: a\n",
)  # fmt: skip


def damaged(name: str, seed: int) -> bytes:
    """A file with some samples that the format carries, damaged in one to eight places.

    Every other seed only puts text in, so that most of the file can still be read.
    """
    stream = random.Random(f"{name}|{seed}")
    content = FORMATS[name].write(stream.sample(SAMPLES, 6)).text.encode()
    for _ in range(stream.randint(1, 8)):
        at = stream.randint(0, len(content))
        if seed % 2:
            content = _insert(name, content, at, stream.choice(_TEXTS))
        else:
            end = min(len(content), at + stream.randint(0, 60))
            new = stream.choice([b"", content[at:end] * 2, stream.choice(_PIECES), stream.randbytes(2)])
            content = content[:at] + new + content[at if new else end :]
    return content


def outcome(name: str, content: bytes) -> tuple[float, int]:
    """Seconds of processor time for reading it, and how many of its questions can be taken.

    Whatever is read can be written; whatever is not says why.
    """
    start = time.process_time()
    try:
        items = FORMATS[name].read(decode(content))
    except FileError as error:
        if not str(error).strip():
            raise AssertionError("a refusal without a word") from error
        return time.process_time() - start, 0
    seconds = time.process_time() - start
    for item in items:
        assert (item.question is None) == any(problem.is_fatal for problem in item.problems)
        assert all(problem.line > 0 and problem.reason for problem in item.problems)
    taken = [item.question for item in items if item.question]
    for form in FORMATS.values():
        form.write(taken)
    return seconds, len(taken)


def _insert(name: str, content: bytes, at: int, text: str) -> bytes:
    """In XML as the text of an element, where one begins."""
    if name == "moodle":
        at = content.find(b">", at) + 1
        text = escape(text)
    return content[:at] + text.encode() + content[at:]
