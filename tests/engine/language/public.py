"""The texts in the manner of public code, as files: what each holds is said in its first lines.

    # 1409 parameters, as Keras counts them.
    # values: x_train.shape=(404, 13); num_classes=3

Those in `refused/` begin with the code and line of the first diagnostic instead.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
COUNTED = " parameters, as Keras counts them."
VALUES = "# values: "


@dataclass(frozen=True)
class PublicText:
    name: str
    text: str

    @property
    def parameters(self) -> int:
        return int(self.text.split()[1])

    @property
    def values(self) -> dict[str, object]:
        """What fills the names that the text leaves open."""
        for line in self.text.splitlines()[:2]:
            if line.startswith(VALUES):
                pairs = (pair.split("=") for pair in line.removeprefix(VALUES).split("; "))
                return {name: ast.literal_eval(value) for name, value in pairs}
        return {}

    @property
    def refusal(self) -> tuple[str, int]:
        """`# Refused: needs-running, line 9.`"""
        code, _, line = self.text.splitlines()[0].removeprefix("# Refused: ").rstrip(".").partition(", line ")
        return code, int(line)


def texts(folder: Path = FOLDER) -> list[PublicText]:
    return [PublicText(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]
