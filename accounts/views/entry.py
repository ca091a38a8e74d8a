"""Coming in and going out: sign up, sign in, sign out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import pending
from accounts.forms import SignInForm, SignUpForm
from accounts.letters import site_address
from accounts.next import next_or_home, next_url
from accounts.tasks import send_welcome


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_or_home(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return HttpResponseRedirect(next_or_home(request))
    return _entry_page(request, "accounts/sign_in.html", form)


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_or_home(request))
    if not settings.SIGN_UP:
        return render(request, "accounts/sign_up_closed.html", status=403)
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = form.save()
            if user.email:
                send_welcome.enqueue(user.pk, site_address(request))
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, f"Your account is ready, {user.username}. Your work is kept from now on.")
        return HttpResponseRedirect(next_or_home(request))
    return _entry_page(request, "accounts/sign_up.html", form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "You are signed out.")
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _entry_page(request: HttpRequest, template: str, form: SignInForm | SignUpForm) -> HttpResponse:
    context = {
        "form": form,
        "section": "entry",
        "next": next_url(request),
        "has_pending": pending.has_any(request),
        "is_sign_up_open": settings.SIGN_UP,
        "has_mail": bool(settings.EMAIL_HOST) or settings.DEVELOPMENT,
    }
    return render(request, template, context)
