"""What a dump starts from: the texts as last loaded, and what the files said of a row."""

from typing import Any

from course.models import ContentFile, ContentRecord


def stored_text(path: str) -> str:
    """The text of a content file as it was last loaded; empty for a file that does not exist yet."""
    stored = ContentFile.objects.filter(path=path).first()
    return stored.text if stored else ""


def file_values(kind: str, key: str) -> dict[str, Any]:
    """What the stored files say of a row, the base for `rewrite`; empty for a row made in the admin."""
    record = ContentRecord.objects.filter(kind=kind, key=key).first()
    if record is None:
        return {}
    return dict(record.values if record.offered is None else record.offered)
