"""Which engine this is: what it answers is the same for the same version."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
