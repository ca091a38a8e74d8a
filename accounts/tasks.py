"""Letters are sent by the worker, so that no page tells by its speed whether an account exists."""

from django_tasks import task

from accounts.letters import reset_link, send_letter
from accounts.models import User


@task()
def send_reset(email: str, address: str) -> None:
    """Send a reset link to each account with this mail address; to none, if there is none."""
    for user in User.objects.with_mail(email):
        send_letter("reset", user.email, {"person": user, "link": reset_link(user, address)})


@task()
def send_welcome(user_id: int, address: str) -> None:
    """Tell the owner of a mail address that an account was made with it."""
    for user in User.objects.active().filter(pk=user_id).exclude(email=""):
        send_letter("welcome", user.email, {"person": user, "address": address})


@task()
def send_mail_changed(user_id: int, old_email: str, address: str) -> None:
    """Tell the old mail address that the account no longer uses it."""
    for user in User.objects.active().filter(pk=user_id):
        send_letter("mail_changed", old_email, {"person": user, "address": address})
