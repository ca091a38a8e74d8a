"""Sets the environment that the settings read, before Django is loaded (a pytest plugin, see pyproject)."""

import os

os.environ.setdefault("DEVELOPMENT", "1")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop beside the ORM
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
