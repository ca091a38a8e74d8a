"""Demo accounts: known passwords, so development only."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User


def test_it_prints_two_accounts_that_work(db: None) -> None:
    out = StringIO()
    call_command("demo_accounts", stdout=out)

    assert out.getvalue().splitlines() == [
        "Demo learner: sign in as learner with password learner-demo",
        "Demo author: sign in as author with password author-demo",
    ]
    author = User.objects.get(username="author")
    assert author.check_password("author-demo")
    assert author.is_staff
    assert not author.is_superuser
    assert [group.name for group in author.groups.all()] == ["Authors"]
    assert not User.objects.get(username="learner").is_staff


def test_again_is_harmless(db: None) -> None:
    call_command("demo_accounts", stdout=StringIO())
    User.objects.filter(username="learner").update(first_name="Ada")

    call_command("demo_accounts", stdout=StringIO())

    assert User.objects.count() == 2
    assert User.objects.get(username="learner").first_name == "Ada"


def test_production_refuses(db: None, settings: Settings) -> None:
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError) as refusal:
        call_command("demo_accounts")

    assert str(refusal.value) == (
        "Demo accounts have known passwords, so they exist in development only. "
        "Make real accounts with `manage.py createsuperuser` or on the sign-up page."
    )
    assert not User.objects.exists()
