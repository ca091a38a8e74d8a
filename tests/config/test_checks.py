"""System checks, one by one, and a production environment that passes every check of Django's too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from config import checks

ROOT = Path(__file__).parent.parent.parent
PRODUCTION = {
    "SECRET_KEY": "k7$Pq2vXz9!mN4bR8wT1yU6eI3oA5sD0fG-hJ_lZxCvBnM" * 2,
    "ALLOWED_HOSTS": "learn.example.org",
    "EMAIL_HOST": "mail.example.org",
    "CONTACT": "help@example.org",
    "DATABASE_URL": "sqlite:///var/never-made.sqlite3",
}
KEPT = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


@pytest.fixture
def production(settings: Settings) -> Settings:
    for name in ("DEVELOPMENT", "DEBUG"):
        setattr(settings, name, False)
    for name in ("SECRET_KEY", "EMAIL_HOST", "CONTACT"):
        setattr(settings, name, PRODUCTION[name])
    settings.ALLOWED_HOSTS = ["learn.example.org"]
    settings.HTTPS = True
    return settings


def found() -> list[str]:
    """The ids of what our checks say now."""
    every = [
        checks.development_stays_at_home,
        checks.debug_is_for_development,
        checks.secret_is_secret,
        checks.hosts_are_named,
        checks.transport_is_encrypted,
        checks.mail_can_leave,
        checks.operator_can_be_reached,
        checks.sqlite_is_on_a_local_disk,
        checks.media_can_be_stored,
    ]
    return [str(message.id) for check in every for message in check(None)]


def test_a_good_production_is_quiet(production: Settings) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEVELOPMENT", True, "layerwise.E001"),
        ("DEBUG", True, "layerwise.E001 layerwise.E009"),
        ("ALLOWED_HOSTS", [], "layerwise.E003"),
        ("ALLOWED_HOSTS", ["*"], "layerwise.E004"),
        ("HTTPS", False, "layerwise.W005"),
        ("EMAIL_HOST", "", "layerwise.W006"),
        ("CONTACT", "", "layerwise.W007"),
    ],
)
def test_each_fault_is_said(production: Settings, name: str, value: object, said: str) -> None:
    setattr(production, name, value)

    assert " ".join(found()) == said


def test_the_source_codes_secret_is_refused(production: Settings) -> None:
    production.SECRET_KEY = production.DEVELOPMENT_SECRET

    assert found() == ["layerwise.E002"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "::1", "lab.localhost"])
def test_development_on_this_machine_is_fine(settings: Settings, host: str) -> None:
    settings.DEVELOPMENT = True
    settings.HOST = host
    settings.ALLOWED_HOSTS = [host]

    assert found() == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "learn.example.org", "notlocalhost"])
def test_development_off_this_machine_is_refused(settings: Settings, host: str) -> None:
    settings.DEVELOPMENT = True
    settings.HOST = host
    settings.ALLOWED_HOSTS = ["localhost"]

    (message,) = checks.development_stays_at_home(None)

    assert message.msg == f"DEVELOPMENT is on, but the site would answer to others at {host}."
    assert message.hint == (
        "Unset it and set SECRET_KEY and ALLOWED_HOSTS, or keep HOST and ALLOWED_HOSTS local."
    )


def test_sqlite_on_a_network_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("root / ext4 rw 0 0\nserver:/home /srv nfs4 rw 0 0\nother /srv/local ext4 rw 0 0\n")
    monkeypatch.setattr(checks, "MOUNTS", mounts)

    def said(name: str) -> list[str]:
        monkeypatch.setitem(django_settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
        monkeypatch.setitem(django_settings.DATABASES["default"], "NAME", name)
        return [str(message.id) for message in checks.sqlite_is_on_a_local_disk(None)]

    assert said("/srv/layerwise.sqlite3") == ["layerwise.E008"]
    assert said("/srv/local/layerwise.sqlite3") == []
    assert said("/var/layerwise.sqlite3") == []


def test_a_server_refuses_what_the_checks_call_an_error(production: Settings) -> None:
    production.DEBUG = True

    with pytest.raises(ImproperlyConfigured) as refusal:
        checks.refuse_unsafe_settings()

    assert str(refusal.value) == (
        "(layerwise.E001) DEBUG is on, but the site would answer to others at learn.example.org.\n"
        "    Unset it and set SECRET_KEY and ALLOWED_HOSTS, or keep HOST and ALLOWED_HOSTS local.\n"
        "(layerwise.E009) DEBUG is on in production: an error page would show source code and settings.\n"
        "    Unset DEBUG. On your own machine, set DEVELOPMENT=1 beside it."
    )


def run(code: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *code],
        cwd=ROOT,
        env={**KEPT, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_deployment_checks_of_django_pass_in_production() -> None:
    result = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION)

    assert result.returncode == 0, result.stderr
    assert result.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"DEBUG": "1"}, "layerwise.E009"),
        ({"DEVELOPMENT": "1"}, "layerwise.E001"),
        ({"ALLOWED_HOSTS": ""}, "layerwise.E003"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
    ],
)
def test_the_web_server_does_not_load_on_unsafe_settings(changes: dict[str, str], said: str) -> None:
    result = run(["-c", "import config.wsgi"], {**PRODUCTION, **changes})

    assert result.returncode != 0
    assert said in result.stderr


def test_a_media_folder_that_cannot_be_written_is_told(production: Settings, tmp_path: Path) -> None:
    production.MEDIA_ROOT = tmp_path / "made" / "with" / "the first upload"
    assert found() == []
    file = tmp_path / "file"
    file.write_text("no folder")
    production.MEDIA_ROOT = file / "media"
    assert found() == ["layerwise.W010"]
    [told] = checks.media_can_be_stored(None)
    assert told.msg == f"Videos cannot be uploaded: {file} is no folder that the site may write to."
