"""The engine's tests need no Django and run alone: `pytest tests/engine` (see pytest.ini beside this)."""

import tests.profiles  # noqa: F401 (registers them)
