"""The documentation is true where a machine can tell: links lead somewhere, commands and folders exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.fixture(params=PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_links_lead_to_files(document: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text(), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#]+)", text)
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_commands_exist(document: Path) -> None:
    text = document.read_text()
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= get_commands().keys()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"(?:^|`|&& )make ([a-z-]+)", text, flags=re.MULTILINE)) <= targets


def test_the_readme_shows_what_the_engine_prints(tmp_path: Path) -> None:
    session = (ROOT / "README.md").read_text().split("$ cat network.py\n", 1)[1].split("```", 1)[0]
    source, shown = re.split(r"\$ .+ -m engine summary network\.py\n", session)
    file = tmp_path / "network.py"
    file.write_text(source)
    command = [sys.executable, "-m", "engine", "summary", str(file)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert printed.rstrip() == shown.rstrip()


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = (folder / "README.md").read_text()
    assert [one.name for one in folder.glob("0*.md") if one.name not in listed] == []


def test_architecture_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    packages = [one.parent.name for one in ROOT.glob("*/__init__.py")]
    assert [name for name in packages if f"`{name}/`" not in text] == []


def test_architecture_names_every_address() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    from config.urls import urlpatterns

    tops = {str(pattern.pattern).split("/")[0] for group in urlpatterns for pattern in flatten(group)}
    documented = set(re.findall(r"`/([a-z]*)", text))
    assert tops - documented - {"favicon.ico"} == set()


def flatten(pattern: object) -> list[object]:
    """The patterns below one that includes others without a prefix, else the pattern itself."""
    prefix = str(pattern.pattern).removeprefix("^")  # type: ignore[attr-defined]
    return list(pattern.url_patterns) if not prefix else [pattern]  # type: ignore[attr-defined]


def test_every_promise_names_a_test_that_is_there() -> None:
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", (ROOT / "docs" / "acceptance.md").read_text())
    assert len(named) > 20
    missing = [(file, test) for file, test in named if f"def {test}(" not in (ROOT / file).read_text()]
    assert missing == []
