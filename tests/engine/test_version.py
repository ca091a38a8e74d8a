"""The engine's version is the project's."""

import tomllib
from pathlib import Path

import engine


def test_the_engine_has_the_projects_version() -> None:
    text = (Path(engine.__file__).parent.parent / "pyproject.toml").read_text()
    assert tomllib.loads(text)["project"]["version"] == engine.VERSION
