"""The documentation of the language says what the language does: layers, arguments, diagnostics."""

import re
from pathlib import Path

import pytest

import engine
from engine.language.vocabulary import MARK, vocabulary
from engine.spec.catalogue import LAYERS

ROOT = Path(engine.__file__).parent
DOCUMENT = (ROOT.parent / "docs" / "network-language.md").read_text()

EXAMPLES = re.findall(
    r"^#### `([a-z-]+)`\n\n[^\n]+\n\n```python\n(.+?)\n```\n\n> (.+?)\n", DOCUMENT, re.M | re.S
)
TOLD = re.compile(
    r"(?:diagnostic|unknown|note|unknown_fix|_refuse|refuse|_fail|Problem|_reason)\(\s*(?:\w+,\s*)?\"([a-z-]+)\"|code=\"([a-z-]+)\""
)
SOURCES = [*ROOT.glob("language/*.py"), ROOT / "spec" / "arguments.py", *ROOT.glob("spec/catalogue/*.py")]


def test_the_reference_is_the_vocabulary():
    """`python -m engine vocabulary docs/network-language.md` brings it up to date."""
    assert DOCUMENT.partition(MARK)[2] == vocabulary()


def test_every_layer_is_in_the_reference():
    for name in LAYERS:
        assert f"\n#### {name}\n" in DOCUMENT


@pytest.mark.parametrize(("code", "text", "told"), EXAMPLES, ids=[code for code, _, _ in EXAMPLES])
def test_every_diagnostic_is_told_as_documented(code, text, told):
    reading = engine.read(text)
    found = [each for each in (*reading.diagnostics, *reading.notes) if each.code == code]
    assert f"{found[0].message} {found[0].hint}".strip() == told


def test_every_diagnostic_has_its_place_in_the_documentation():
    used = {
        first or last for source in SOURCES for first, last in TOLD.findall(source.read_text())
    }  # what fit returns is never told
    documented = set(re.findall(r"^#### `([a-z-]+)`$", DOCUMENT, re.M))
    assert used - {"history"} == documented
