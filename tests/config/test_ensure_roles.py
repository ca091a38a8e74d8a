"""The shipped group, from what the apps list."""

from io import StringIO

from django.contrib.auth.models import Group
from django.core.management import call_command

from config.management.commands.ensure_roles import author_permissions


def test_authors_get_what_the_apps_list_and_nothing_of_people(db: None) -> None:
    out = StringIO()
    call_command("ensure_roles", stdout=out)
    call_command("ensure_roles", stdout=StringIO())

    group = Group.objects.get(name="Authors")
    labels = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
    assert labels == set(author_permissions())
    assert out.getvalue() == f"Group Authors: {len(author_permissions())} permissions.\n"
    assert not [label for label in labels if label.startswith(("accounts.", "auth."))]
