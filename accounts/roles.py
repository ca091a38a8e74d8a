"""Roles are groups with permissions. The shipped one is Authors: staff who may change what is taught."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission

AUTHORS = "Authors"


class UnknownPermissionError(Exception):
    """A permission that no model of this site has."""


def ensure_group(name: str, permissions: Iterable[str]) -> Group:
    """The group with at least these permissions ("course.change_lesson"); what an operator added stays.

    Raises UnknownPermissionError naming the first that does not exist.
    """
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*(find_permission(label) for label in permissions))
    return group


def find_permission(label: str) -> Permission:
    app, _, codename = label.partition(".")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        raise UnknownPermissionError(
            f"No model has the permission {label}. Write app.action_model, as in course.change_lesson; "
            "run `manage.py migrate` first if the model is new."
        )
    return found
