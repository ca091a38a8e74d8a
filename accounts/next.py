"""Where to go after signing in: the `next` a page asked for, if it is an address of this site."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def next_url(request: HttpRequest) -> str:
    """The checked `next` of the form or the address; "" when there is none or it leads elsewhere."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def next_or_home(request: HttpRequest) -> str:
    return next_url(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
