"""How files become rows and rows become files again: the one mechanism of every app's loading and dumping.

A `Tree` is the content folder read once. An app turns files into `Entry`s (plain values under a lasting key);
`upsert` lays each beside its row through a `Shelf`: new rows are created, untouched rows follow the file, and
a row edited since it was loaded is kept, with the file's version stored beside it, unless told to overwrite.
`rewrite` goes the other way: it changes in the stored TOML only the values that differ, so comments survive.
"""

from course.content.entry import Entry, Outcome, Status
from course.content.stored import file_values, stored_text
from course.content.table import Table
from course.content.toml import read_toml, rewrite
from course.content.tree import ContentError, Tree
from course.content.upsert import Shelf, remember_files, report_missing, upsert

__all__ = [
    "ContentError",
    "Entry",
    "Outcome",
    "Shelf",
    "Status",
    "Table",
    "Tree",
    "file_values",
    "read_toml",
    "remember_files",
    "report_missing",
    "rewrite",
    "stored_text",
    "upsert",
]
