"""What a visitor typed before signing in: kept in the session, shown again afterwards, never sent on its own.

A view that needs an account keeps the form and sends the visitor to the sign-in page; signed in and back, the
same view takes the form and fills it in. `kind` names the form, such as "challenge:first-network". Signing in
gives the session a new key but keeps what is in it.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode

SESSION_KEY = "pending"
MAX_BYTES = 200_000
MAX_KINDS = 8
NOT_KEPT = ("csrfmiddlewaretoken",)


def keep(request: HttpRequest, kind: str, data: QueryDict) -> None:
    """Keep a typed form under `kind`, replacing what was kept under it; the oldest beyond eight is dropped.

    Raises RequestDataTooBig (answered with 400) for a form of more than 200 kB.
    """
    form = data.copy()
    for name in NOT_KEPT:
        form.pop(name, None)
    typed = form.urlencode()
    if len(typed) > MAX_BYTES:
        raise RequestDataTooBig(f"This form has {len(typed)} bytes; at most {MAX_BYTES} can be kept.")
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    kept.pop(kind, None)
    kept[kind] = typed
    request.session[SESSION_KEY] = dict(list(kept.items())[-MAX_KINDS:])


def take(request: HttpRequest, kind: str) -> QueryDict | None:
    """The form kept under `kind`, once: it is gone from the session afterwards. None when there is none."""
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    if kind not in kept:
        return None
    typed = kept.pop(kind)
    request.session[SESSION_KEY] = kept
    return QueryDict(typed)


def has_any(request: HttpRequest) -> bool:
    """Whether something waits for this visitor to sign in."""
    return bool(request.session.get(SESSION_KEY))


def to_sign_in(next_url: str) -> HttpResponseRedirect:
    """A redirect to the sign-in page that leads back to `next_url`, a path on this site."""
    return HttpResponseRedirect(f"{resolve_url('accounts:sign-in')}?{urlencode({'next': next_url})}")
