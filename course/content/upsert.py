"""Lay one file entry beside its row: create, update, leave, or keep an edit; remember what was loaded."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from course.content.entry import Entry, Outcome, Status
from course.content.tree import Tree
from course.models import ContentFile, ContentRecord

Row = TypeVar("Row")


class Shelf(Protocol[Row]):
    """Where rows of one kind live. `values` is the exact counterpart of `Entry.values` for a row."""

    def find(self, key: str) -> Row | None: ...

    def values(self, row: Row) -> Mapping[str, Any]: ...

    def save(self, row: Row | None, key: str, values: Mapping[str, Any]) -> Row:
        """Create (row is None) or change a row, so that `values(row)` equals `values`."""
        ...


def upsert(entry: Entry, shelf: Shelf[Row], *, overwrite: bool) -> tuple[Row, Outcome]:
    """Bring the row of `entry` up to date, unless it was edited since it was loaded and not `overwrite`."""
    row = shelf.find(entry.key)
    record = ContentRecord.objects.filter(kind=entry.kind, key=entry.key).first()
    if row is None:
        row, status = shelf.save(None, entry.key, entry.values), Status.CREATED
    else:
        mine, loaded = dict(shelf.values(row)), record.values if record else None
        is_edited = loaded is None or _said(mine) != _said(loaded)
        if mine == entry.values:
            status = Status.UNCHANGED
        elif is_edited and not overwrite:
            return row, _keep(entry, mine, record)
        else:
            row, status = shelf.save(row, entry.key, entry.values), Status.UPDATED
    ContentRecord.objects.update_or_create(
        kind=entry.kind, key=entry.key, defaults={"values": dict(entry.values), "offered": None}
    )
    return row, Outcome(entry.kind, entry.key, status)


def _said(values: Any) -> Any:
    """Values without what is empty, so that one which this version added does not look like an edit."""
    if isinstance(values, Mapping):
        return {name: _said(value) for name, value in values.items() if value not in (None, "", [], {})}
    return [_said(value) for value in values] if isinstance(values, list) else values


def _keep(entry: Entry, mine: Mapping[str, Any], record: ContentRecord | None) -> Outcome:
    """The edit stays; what the file says now is stored beside it, for the admin to show the difference."""
    loaded = record.values if record else {}
    differs: tuple[str, ...] = ()
    offered: dict[str, Any] | None = None
    if dict(entry.values) != loaded:
        offered = dict(entry.values)
        differs = tuple(name for name in entry.values if entry.values[name] != mine.get(name))
    ContentRecord.objects.update_or_create(
        kind=entry.kind, key=entry.key, defaults={"values": loaded, "offered": offered}
    )
    return Outcome(entry.kind, entry.key, Status.KEPT, differs)


def report_missing(kind: str, seen: Iterable[str]) -> list[Outcome]:
    """Rows once loaded whose entry left the files. They stay, because learners' work hangs on them."""
    gone = ContentRecord.objects.filter(kind=kind).exclude(key__in=list(seen)).order_by("key")
    return [Outcome(kind, record.key, Status.MISSING) for record in gone]


def remember_files(tree: Tree, paths: Iterable[str]) -> None:
    """Store the texts just loaded, so that a dump can change them value by value."""
    for path in paths:
        ContentFile.objects.update_or_create(path=path, defaults={"text": tree.files[path]})
