"""System checks: what would make a running site unsafe or lose mail, each with an id and how to mend it.

Errors stop every management command and the server itself; warnings are printed and the site starts.
"""

import os
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured

LOCAL_NAMES = {"localhost", "[::1]", "::1"}
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "glusterfs", "ceph"}
MOUNTS = Path("/proc/mounts")


def is_local(host: str) -> bool:
    if host in LOCAL_NAMES or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@register(Tags.security)
def development_stays_at_home(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """DEVELOPMENT and DEBUG show secrets and known passwords: this machine only."""
    names = [name for name in ("DEVELOPMENT", "DEBUG") if getattr(settings, name)]
    reachable = [host for host in [settings.HOST, *settings.ALLOWED_HOSTS] if not is_local(host)]
    if not names or not reachable:
        return []
    return [
        Error(
            f"{' and '.join(names)} is on, but the site would answer to others at {', '.join(reachable)}.",
            hint="Unset it and set SECRET_KEY and ALLOWED_HOSTS, or keep HOST and ALLOWED_HOSTS local.",
            id="layerwise.E001",
        )
    ]


@register(Tags.security)
def debug_is_for_development(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEVELOPMENT or not settings.DEBUG:
        return []
    return [
        Error(
            "DEBUG is on in production: an error page would show source code and settings.",
            hint="Unset DEBUG. On your own machine, set DEVELOPMENT=1 beside it.",
            id="layerwise.E009",
        )
    ]


@register(Tags.security)
def secret_is_secret(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEVELOPMENT or settings.SECRET_KEY != settings.DEVELOPMENT_SECRET:
        return []
    return [
        Error(
            "SECRET_KEY is the one that stands in the source, so anyone can sign in as anyone.",
            hint="Set it to 50 random characters or more: openssl rand -base64 50",
            id="layerwise.E002",
        )
    ]


@register(Tags.security)
def hosts_are_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEVELOPMENT:
        return []
    if not settings.ALLOWED_HOSTS:
        return [
            Error(
                "ALLOWED_HOSTS is empty, so every request would be refused.",
                hint="Set it to the site's names, separated by commas: ALLOWED_HOSTS=learn.example.org",
                id="layerwise.E003",
            )
        ]
    if "*" in settings.ALLOWED_HOSTS:
        return [
            Error(
                "ALLOWED_HOSTS allows every name, so a reset letter could carry someone else's address.",
                hint="Name the site's own hosts instead of *.",
                id="layerwise.E004",
            )
        ]
    return []


@register(Tags.security)
def transport_is_encrypted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEVELOPMENT or settings.HTTPS:
        return []
    return [
        Warning(
            "HTTPS is off: passwords and sessions travel in the clear.",
            hint="Put a proxy with TLS in front, set BEHIND_PROXY=1 and leave HTTPS unset.",
            id="layerwise.W005",
        )
    ]


@register()
def mail_can_leave(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEVELOPMENT or settings.EMAIL_HOST:
        return []
    return [
        Warning(
            "No mail server is set: people who forget their password cannot come back by themselves.",
            hint="Set EMAIL_HOST and, if it wants them, EMAIL_PORT, EMAIL_HOST_USER and EMAIL_HOST_PASSWORD. "
            "Until then letters are printed by the worker, and an operator resets passwords in the admin.",
            id="layerwise.W006",
        )
    ]


@register()
def operator_can_be_reached(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEVELOPMENT or settings.CONTACT:
        return []
    return [
        Warning(
            "CONTACT is empty: the help and privacy pages cannot say who runs this site.",
            hint="Set it to a mail address or a name people know.",
            id="layerwise.W007",
        )
    ]


@register(Tags.database)
def sqlite_is_on_a_local_disk(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """SQLite's write-ahead log needs shared memory, which network file systems do not give."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or not MOUNTS.exists():
        return []
    file_system = file_system_of(Path(database["NAME"]), MOUNTS.read_text(encoding="utf-8"))
    if file_system not in NETWORK_FILE_SYSTEMS:
        return []
    return [
        Error(
            f"The SQLite database lies on a network file system ({file_system}), where it can be corrupted.",
            hint="Point DATABASE_URL at a local disk, or at PostgreSQL.",
            id="layerwise.E008",
        )
    ]


@register()
def media_can_be_stored(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The folder is made with the first upload, so it may be missing, but not closed."""
    folder = Path(settings.MEDIA_ROOT)
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return []
    return [
        Warning(
            f"Videos cannot be uploaded: {nearest} is no folder that the site may write to.",
            hint="Give it to the user who runs the site, or set MEDIA_ROOT to another folder.",
            id="layerwise.W010",
        )
    ]


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that holds `path`, by the longest mount point above it; "" if unknown."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, mounted_at, mount_type, *_ = line.split(" ")
        if path.resolve().is_relative_to(mounted_at) and len(mounted_at) > best:
            best, kind = len(mounted_at), mount_type
    return kind


def refuse_unsafe_settings() -> None:
    """Raise ImproperlyConfigured when a check of ours is an error: for servers, which run no checks."""
    refusals: Sequence[CheckMessage] = [
        message
        for message in run_checks(tags=[Tags.security])
        if message.is_serious() and str(message.id).startswith("layerwise.")
    ]
    if refusals:
        ordered = sorted(refusals, key=lambda message: str(message.id))  # Django keeps checks in a set
        raise ImproperlyConfigured("\n".join(f"({m.id}) {m.msg}\n    {m.hint}" for m in ordered))
