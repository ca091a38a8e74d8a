"""What one person's account holds, as plain data. Each app tells its part; here is that of accounts."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User


def account_export(user: User) -> dict[str, Any]:
    """Who the person is and what they prefer; never the password, not even its hash."""
    return {
        "sign_in_name": user.username,
        "name": user.first_name,
        "mail": user.email,
        "theme": user.theme,
        "time_zone": user.time_zone,
        "vectors": user.vectors,
        "has_shortcuts": user.has_shortcuts,
        "joined": user.date_joined,
        "last_sign_in": user.last_login,
        "roles": list(user.groups.values_list("name", flat=True)),
    }


def whole_export(user: User) -> dict[str, Any]:
    """Every app's part under the app's name, as settings.ACCOUNT_EXPORTS lists them."""
    parts = {name.partition(".")[0]: import_string(name)(user) for name in settings.ACCOUNT_EXPORTS}
    return {"site": settings.SITE_NAME, "exported": timezone.now(), **parts}
