"""One's own account: settings, the theme button, export and deletion."""

from axes.utils import reset as forget_failed_sign_ins
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.export import whole_export
from accounts.forms import DeleteForm, SettingsForm
from accounts.http import SignedInRequest
from accounts.letters import site_address
from accounts.models import Theme, User
from accounts.tasks import send_mail_changed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)  # a copy: the page's head must not show what failed to save
    old_email = user.email
    form = SettingsForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            if old_email and old_email != user.email:
                send_mail_changed.enqueue(user.pk, old_email, site_address(request))
        messages.success(request, "Your settings are saved.")
        return redirect("accounts:settings")
    context = {"form": form, "section": "settings"}
    return render(request, "accounts/settings.html", context)


@login_required
@require_POST
def theme(request: SignedInRequest) -> HttpResponse:
    """The theme button of a person signed in; the page has changed its look already."""
    wanted = request.POST.get("theme", "")
    if wanted not in Theme.values:
        values = ", ".join(Theme.values)
        return HttpResponse(f"theme is one of: {values}.", status=422, content_type="text/plain")
    User.objects.filter(pk=request.user.pk).update(theme=wanted)
    return HttpResponse(status=204)


@login_required
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    name = f"account-{request.user.pk}-{timezone.localdate():%Y-%m-%d}.json"
    disposition = f'attachment; filename="{name}"'
    return JsonResponse(
        whole_export(request.user),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": disposition},
    )


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest) -> HttpResponse:
    form = DeleteForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _delete_account(request)
        messages.success(request, "Your account and everything in it is deleted.")
        return redirect("course:catalogue")
    context = {"form": form, "section": "settings"}
    return render(request, "accounts/delete.html", context)


def _delete_account(request: SignedInRequest) -> None:
    user = User.objects.get(pk=request.user.pk)
    logout(request)
    with transaction.atomic():
        forget_failed_sign_ins(username=user.username)
        user.delete()
