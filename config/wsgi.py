"""The WSGI entry that gunicorn serves; it refuses to load on unsafe settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config.checks import refuse_unsafe_settings  # noqa: E402  reads the settings, so Django comes first

refuse_unsafe_settings()
