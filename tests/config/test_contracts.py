"""The import contracts are alive: an import planted against each of them is found."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

# One planted import against each contract, by the first words of the contract's name.
PLANTS = {
    "Apps import to the right": ("accounts/models.py", "import course.models"),
    "The engine knows nothing of the web": ("engine/errors.py", "import django"),
    "Only figures, question kinds and labs": ("course/services.py", "import engine"),
    "Only modules named tasks": ("course/services.py", "import django_tasks"),
    "Inside an app": ("labs/models/drafts.py", "import labs.services"),
    "No cycles inside an app": ("labs/models/drafts.py", "import labs.services"),
    "Pure rooms": ("quizzes/kinds/__init__.py", "import django.utils"),
    "Inside the engine": ("engine/spec/__init__.py", "import engine.nn"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a copy of the packages with every violation planted."""
    copy = tmp_path_factory.mktemp("contracts")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in CONFIGURATION["root_packages"]:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for path, line in set(PLANTS.values()):
        file = copy / path
        file.write_text(f"{file.read_text()}\n{line}\n")
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"]
    result = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stdout + result.stderr
    return " ".join(result.stdout.split())


@pytest.mark.parametrize("contract", [contract["name"] for contract in CONFIGURATION["contracts"]])
def test_a_planted_violation_breaks_the_contract(broken: str, contract: str) -> None:
    assert any(contract.startswith(start) for start in PLANTS), "plant a violation of the new contract"
    assert f"{contract} BROKEN" in broken


def test_the_engine_imports_numpy_and_the_standard_library_only() -> None:
    strangers = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in (ROOT / "engine").rglob("*.py")
        for name in imported(ast.parse(file.read_text()))
        if name not in {"engine", "numpy", *sys.stdlib_module_names}
    }
    assert strangers == set()


def imported(tree: ast.Module) -> set[str]:
    """The top-level names of everything that a module imports, wherever in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module.split(".")[0])
    return names
