"""Passwords: changing a known one, and coming back after forgetting it.

The reply to a reset is the same, and takes the same time, whether or not an account has that address: the
page only queues a task, and the worker finds out.
"""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import ResetForm
from accounts.http import SignedInRequest
from accounts.letters import site_address
from accounts.models import User
from accounts.tasks import send_reset

RESET_TOKEN_KEY = "reset-token"  # noqa: S105  a name in the session, not a secret
TOKEN_IN_SESSION = "set"  # noqa: S105


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        messages.success(request, "Your password is changed. Other devices are signed out.")
        return redirect("accounts:settings")
    return _form_page(request, "accounts/password.html", form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_reset(request: HttpRequest) -> HttpResponse:
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        send_reset.enqueue(form.cleaned_data["email"], site_address(request))
        return redirect("accounts:reset-sent")
    return _form_page(request, "accounts/reset.html", form)


@require_safe
def reset_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/reset_sent.html")


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """The letter's link. The token moves into the session, so that no Referer or history carries it on."""
    user = _owner(uidb64)
    if token != TOKEN_IN_SESSION:
        if user is None or not default_token_generator.check_token(user, token):
            return render(request, "accounts/reset_expired.html", status=404)
        request.session[RESET_TOKEN_KEY] = token
        return redirect("accounts:reset-confirm", uidb64=uidb64, token=TOKEN_IN_SESSION)
    kept = request.session.get(RESET_TOKEN_KEY, "")
    if user is None or not default_token_generator.check_token(user, kept):
        return render(request, "accounts/reset_expired.html", status=404)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        del request.session[RESET_TOKEN_KEY]
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("accounts:sign-in")
    return _form_page(request, "accounts/reset_confirm.html", form, name=user.username)


def _owner(uidb64: str) -> User | None:
    try:
        return User.objects.active().get(pk=int(urlsafe_base64_decode(uidb64)))
    except (ValueError, OverflowError, User.DoesNotExist):
        return None


def _form_page(request: HttpRequest, template: str, form: BaseForm, **context: str) -> HttpResponse:
    return render(request, template, {"form": form, "section": "settings", **context})
