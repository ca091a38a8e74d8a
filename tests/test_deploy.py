"""What stands in deploy/ names files, commands and settings that exist, and no host to fetch from."""

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from tests.config.test_settings_documented import settings_read

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
OTHERS = {
    "DATABASE_PASSWORD",
    "BROKER_PASSWORD",
    "POSTGRES_USER",
    "POSTGRES_DB",
    "POSTGRES_PASSWORD",
    "RABBITMQ_DEFAULT_USER",
    "RABBITMQ_DEFAULT_PASS",
}
"""Names in env files and the compose file that are not the site's own settings."""


def compose() -> dict[str, dict[str, dict[str, object]]]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def container_lines(word: str) -> list[list[str]]:
    lines = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ").splitlines()
    return [line.split()[1:] for line in lines if line.startswith(f"{word} ")]


def commands() -> set[str]:
    return {file.stem for file in ROOT.glob("*/management/commands/*.py")}


def settings_in(env_file: Path) -> set[str]:
    return {line.partition("=")[0] for line in env_file.read_text().splitlines() if re.match(r"\w+=", line)}


def copied() -> list[str]:
    """What the container takes from the repository."""
    copies = [words for words in container_lines("COPY") if not words[0].startswith("--from=")]
    return [source for words in copies for source in words[:-1]]


def test_the_container_copies_what_is_there_and_not_ignored() -> None:
    ignored = [
        line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in ("", "#")
    ]
    for source in copied():
        assert (ROOT / source).exists(), source
        assert not any(fnmatch(source, pattern) for pattern in ignored), source


def test_the_container_has_every_package_that_the_site_imports() -> None:
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages | {"content", "templates", "static", "manage.py"} <= set(copied())


def test_images_are_named_without_a_host() -> None:
    images = [words[0] for words in container_lines("FROM")]
    images += [str(one["image"]) for one in compose()["services"].values()]
    assert images
    assert [one for one in images if "/" in one] == []


def test_the_container_does_not_run_as_root() -> None:
    assert container_lines("USER") == [["layerwise"]]


@pytest.mark.parametrize("name", ["prepare", "web", "worker"])
def test_services_of_the_site_are_closed_and_run_commands_that_exist(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["command"][:2] == ["python", "manage.py"]
    assert service["command"][2] in commands()
    volumes = {str(one).partition(":")[0] for one in service["volumes"]}
    assert volumes <= set(compose()["volumes"])


def test_settings_of_the_compose_file_exist() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    named = {name for one in compose()["services"].values() for name in one.get("environment", {})}
    named |= set(re.findall(r"\$\{(\w+)", text))
    assert named <= settings_read().keys() | OTHERS
    needed = set(re.findall(r"\$\{(\w+):\?", text))
    assert needed <= settings_in(DEPLOY / "compose.env.example")


@pytest.mark.parametrize("file", sorted(DEPLOY.glob("*.env.example")), ids=lambda one: one.name)
def test_settings_of_the_examples_exist(file: Path) -> None:
    assert settings_in(file) <= settings_read().keys() | OTHERS


@pytest.mark.parametrize("file", UNITS, ids=lambda one: one.name)
def test_a_unit_runs_a_command_that_exists_and_is_hardened(file: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(file)
    service = unit["Service"]
    python, manage, command, *_ = service["ExecStart"].split()
    assert (python, manage) == ("/srv/layerwise/.venv/bin/python", "manage.py")
    assert command in commands()
    assert service["EnvironmentFile"] == "/srv/layerwise/layerwise.env"
    assert (service["User"], service["Restart"]) == ("layerwise", "always")
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_the_health_check_needs_the_standard_library_only() -> None:
    tree = ast.parse((DEPLOY / "healthy.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert imported == {"os", "sys", "urllib.request"}


def test_the_proxy_lets_the_largest_video_through() -> None:
    limit = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text())
    assert limit is not None
    assert int(limit[1]) > ast.literal_eval(settings_read()["VIDEO_MAX_MB"])


def pinned(lock: Path) -> dict[str, str]:
    """Versions by package."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements-celery.lock", "requirements-dev.lock"])
def test_what_the_site_needs_stands_in_every_lock_alike(name: str) -> None:
    """A container is installed from another lock than `make run`."""
    site, other = pinned(ROOT / "requirements.lock"), pinned(ROOT / name)
    assert {package: other.get(package) for package in site} == site


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["postgres"], *extras["celery"]]
    names = {re.split(r"[^a-z0-9-]", one)[0] for one in wanted}
    assert names <= pinned(ROOT / "requirements-celery.lock").keys()


def test_the_image_installs_the_lock_that_it_copies() -> None:
    [installs] = [words for words in container_lines("RUN") if "--require-hashes" in words]
    assert installs[-1] in copied()


def test_the_commands_of_the_image_are_there() -> None:
    """Its own command, its check of health, and what it compiles."""
    assert container_lines("CMD") == [['["python",', '"manage.py",', '"serve"]']]
    for part in ("manage.py", "deploy/healthy.py"):
        assert part in copied()
    [compiled] = [words[5:] for words in container_lines("RUN") if "compileall" in words]
    assert set(compiled) <= set(copied())


def test_what_the_image_holds_is_a_site_that_writes_nothing_beside_its_folder(tmp_path: Path) -> None:
    """The files of the last stage alone, and a folder for what it writes."""
    image, var = tmp_path / "image", tmp_path / "var"
    last_stage = (DEPLOY / "Containerfile").read_text().rpartition("\nFROM ")[2]
    for source in re.findall(r"^COPY (?!--)(\S+) ", last_stage, re.MULTILINE):
        target = image / source
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        copy(ROOT / source, target)
    (image / "build").mkdir()
    (image / "var").symlink_to(var)
    var.mkdir()
    before = sorted(image.rglob("*"))
    environment = {
        "PATH": os.environ["PATH"],
        "DEVELOPMENT": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATABASE_URL": f"sqlite:///{var}/site.sqlite3",
    }
    for command in (["check"], ["migrate", "--plan"], ["collectstatic", "--no-input", "--dry-run"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=image, env=environment, check=True, capture_output=True,
        )  # fmt: skip
    assert sorted(image.rglob("*")) == before
