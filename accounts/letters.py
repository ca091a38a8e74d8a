"""Letters the site sends. Each is a text file in templates/accounts/letters/: subject, then body."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User


def site_address(request: HttpRequest) -> str:
    """Scheme and host the visitor uses, such as "https://learn.example"; the host is one of ALLOWED_HOSTS."""
    return f"{request.scheme}://{request.get_host()}"


def send_letter(name: str, to: str, context: dict[str, object]) -> None:
    """Render and send one letter. Raises the mail backend's error when the server does not take it."""
    text = render_to_string(f"accounts/letters/{name}.txt", {**context, "site_name": settings.SITE_NAME})
    subject, _, body = text.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [to])


def reset_link(user: User, address: str) -> str:
    """An address, good once and for a day, where this person sets a new password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("accounts:reset-confirm", args=[uid, default_token_generator.make_token(user)])
    return address + path
