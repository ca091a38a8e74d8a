"""The two accounts to try the site with, in development only."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import AUTHORS


@dataclass(frozen=True)
class DemoAccount:
    name: str
    password: str
    is_author: bool


DEMO_ACCOUNTS = (
    DemoAccount("learner", "learner-demo", is_author=False),
    DemoAccount("author", "author-demo", is_author=True),
)


def ensure_account(account: DemoAccount) -> User:
    """The account, with its known password and role; what it has done on the site stays."""
    user, _ = User.objects.get_or_create(username=account.name)
    if not user.check_password(account.password):
        user.set_password(account.password)
    user.is_staff = account.is_author
    user.is_active = True
    user.save()
    if account.is_author:
        user.groups.add(Group.objects.get_or_create(name=AUTHORS)[0])
    return user
