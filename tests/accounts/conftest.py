"""Letters are written as soon as they are queued, so that a test can read them."""

from collections.abc import Iterator

import pytest
from django.test import override_settings


@pytest.fixture
def letters_at_once(mailoutbox: list[object]) -> Iterator[list[object]]:
    backend = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with override_settings(TASKS=backend):
        yield mailoutbox
