"""The table in docs/self-hosting.md and the settings file name the same settings with the same defaults."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def settings_read() -> dict[str, ast.expr]:
    """Each name that config/settings.py reads from the environment, with its default as written."""
    tree = ast.parse((ROOT / "config" / "settings.py").read_text())
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
    ]
    return {ast.literal_eval(call.args[0]): call.args[1] for call in calls}


def settings_documented() -> dict[str, str]:
    """Each name in the table, with the text of its default."""
    text = (ROOT / "docs" / "self-hosting.md").read_text()
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| .+ \|$", text, flags=re.MULTILINE))


def as_documented(default: object) -> str:
    match default:
        case bool():
            return f"`{int(default)}`"
        case "" | []:
            return "empty"
        case _:
            return f"`{default}`"


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    assert settings_documented().keys() == settings_read().keys()


def test_documented_defaults_are_the_real_ones() -> None:
    documented = settings_documented()
    for name, default in settings_read().items():
        try:
            value = ast.literal_eval(default)
        except ValueError:
            continue  # computed from another setting or from a path: told in words
        assert documented[name].startswith(as_documented(value)), name


def test_the_settings_are_read_in_no_other_file() -> None:
    packages = ("config", "accounts", "course", "quizzes", "labs", "engine")
    files = [file for package in packages for file in (ROOT / package).rglob("*.py")]
    elsewhere = [
        str(file.relative_to(ROOT))
        for file in files
        if re.search(r"os\.getenv|os\.environ\[|os\.environ\.get", file.read_text())
    ]
    assert elsewhere == []
