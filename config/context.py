"""What every template may use of the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "is_development": settings.DEVELOPMENT,
        "contact": settings.CONTACT,
    }
