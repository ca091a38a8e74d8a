"""The admin has no sign-in page of its own: one door, one throttle, one look."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from accounts.next import next_url
from accounts.pending import to_sign_in

# Its link to a new password leads to ours.
change_password = RedirectView.as_view(pattern_name="accounts:password")


@require_safe
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admin sends people who may not enter: to the sign-in page, or to a plain no."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return to_sign_in(next_url(request) or reverse("admin:index"))
