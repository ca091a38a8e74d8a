"""The content folder, read once into memory: relative paths and their texts, with limits and no surprises."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Self

SUFFIXES = {".toml", ".md", ".json"}
MAX_FILE_BYTES = 512 * 1024


class ContentError(ValueError):
    """A content file that cannot be read: which one, where, and how to mend it."""

    def __init__(self, path: str, message: str, line: int | None = None) -> None:
        self.path, self.message, self.line = path, message, line
        place = f"{path}, line {line}" if line else path
        super().__init__(f"{place}: {message}")


@dataclass(frozen=True)
class Tree:
    """Texts by path relative to the content folder, with forward slashes ("neural-networks/course.toml")."""

    files: Mapping[str, str]

    @classmethod
    def read(cls, root: Path) -> Self:
        """Read every .toml, .md and .json below `root`; ContentError names a file too large or not UTF-8."""
        if not root.is_dir():
            raise ContentError(str(root), "There is no content folder here. Set CONTENT_DIR to one.")
        return cls(dict(_read_files(root)))

    def matching(self, pattern: str) -> Iterator[tuple[str, str]]:
        """Paths and texts whose path matches, part by part, a pattern such as "*/*/quiz.toml", in order."""
        parts = pattern.split("/")
        for path in sorted(self.files):
            names = path.split("/")
            if len(names) == len(parts) and all(map(fnmatchcase, names, parts)):
                yield path, self.files[path]


def _read_files(root: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(root.rglob("*")):
        if file.suffix not in SUFFIXES or file.is_symlink() or not file.is_file():
            continue
        path = file.relative_to(root).as_posix()
        if file.stat().st_size > MAX_FILE_BYTES:
            raise ContentError(path, f"The file is larger than {MAX_FILE_BYTES // 1024} KiB. Split it.")
        try:
            # newline="" keeps the file's own line ends, so that dumping gives the same bytes.
            with file.open(encoding="utf-8", newline="") as stream:
                yield path, stream.read()
        except UnicodeDecodeError as error:
            raise ContentError(path, "The file is not UTF-8 text. Save it as UTF-8.") from error
