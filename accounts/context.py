"""What every page knows of its reader: look, shortcuts, and how formulas are written."""

from django.http import HttpRequest

from accounts.models import Theme, User, Vectors


def person(request: HttpRequest) -> dict[str, object]:
    """`theme` ("light", "dark" or "" for what the device says), `has_shortcuts` and `vectors`."""
    user = getattr(request, "user", None)  # absent on error pages that come before the middleware of sign-in
    if isinstance(user, User):
        return {
            "theme": _explicit(user.theme),
            "has_shortcuts": user.has_shortcuts,
            "vectors": user.vectors,
        }
    return {
        "theme": _explicit(request.COOKIES.get("theme", "")),
        "has_shortcuts": request.COOKIES.get("shortcuts") != "off",
        "vectors": Vectors.ROW.value,
    }


def _explicit(theme: str) -> str:
    return theme if theme in (Theme.LIGHT, Theme.DARK) else ""
