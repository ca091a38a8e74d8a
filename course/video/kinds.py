"""What an upload is, by its first bytes and never by its name: videos and posters that browsers show."""

from dataclasses import dataclass

HEAD = 64  # bytes that tell a kind

# MP4's family is large; these brands are the ones that hold what browsers play.
MP4_BRANDS = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso8", b"iso9",
    b"mp41", b"mp42", b"avc1", b"dash", b"MSNV", b"M4V ", b"M4VH", b"M4VP",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    suffix: str
    content_type: str


MP4, WEBM = Kind("mp4", "video/mp4"), Kind("webm", "video/webm")
PNG, JPEG, WEBP = Kind("png", "image/png"), Kind("jpg", "image/jpeg"), Kind("webp", "image/webp")
CONTENT_TYPES = {kind.suffix: kind.content_type for kind in (MP4, WEBM, PNG, JPEG, WEBP)}


def video_kind(head: bytes) -> Kind | None:
    """The kind of a file that begins with `head`, when it is a video that browsers play."""
    if head[4:8] == b"ftyp" and head[8:12] in MP4_BRANDS:
        return MP4
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:HEAD]:
        return WEBM
    return None


def poster_kind(head: bytes) -> Kind | None:
    """The kind of a file that begins with `head`, when it is a picture that browsers show."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return None


def content_type(name: str) -> str:
    """What a file that we named is sent as."""
    return CONTENT_TYPES[name.rpartition(".")[2]]
