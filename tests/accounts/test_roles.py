"""Groups and what they may do."""

import pytest
from django.contrib.auth.models import Permission

from accounts.roles import UnknownPermissionError, ensure_group

pytestmark = pytest.mark.django_db


def test_a_group_gets_its_permissions_and_keeps_what_an_operator_added() -> None:
    group = ensure_group("Testers", ["accounts.view_user"])
    group.permissions.add(Permission.objects.get(codename="delete_user"))

    ensure_group("Testers", ["accounts.view_user", "accounts.change_user"])

    names = group.permissions.values_list("codename", flat=True)
    assert sorted(names) == ["change_user", "delete_user", "view_user"]


def test_an_unknown_permission_is_named() -> None:
    with pytest.raises(UnknownPermissionError) as refusal:
        ensure_group("Testers", ["accounts.juggle_user"])

    assert str(refusal.value) == (
        "No model has the permission accounts.juggle_user. "
        "Write app.action_model, as in course.change_lesson; "
        "run `manage.py migrate` first if the model is new."
    )
