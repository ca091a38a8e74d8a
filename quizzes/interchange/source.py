"""From the bytes of an uploaded file to its text. Files are hostile until proven otherwise."""

import re

MOST_BYTES = 2 * 1024 * 1024
MOST_QUESTIONS = 500
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class FileError(ValueError):
    """The file as a whole cannot be read; the message says where, why, and how to mend it."""


def decode(content: bytes) -> str:
    """The text of a file, its lines ending in a line feed. Raises FileError."""
    if len(content) > MOST_BYTES:
        size = len(content) / 1024**2
        raise FileError(f"The file has {size:.1f} MB; at most {MOST_BYTES // 1024**2} MB are read. Split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(f"Line {line} is not UTF-8. Save the file again with the encoding UTF-8.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FileError(
            f"Line {line} has a control character (U+{ord(found[0]):04X}). "
            "This is not a text file, or it is damaged."
        )
    if not text.strip():
        raise FileError("The file is empty.")
    return text


def too_many(count: int) -> FileError:
    return FileError(f"The file has {count} questions; at most {MOST_QUESTIONS} are read. Split it.")
