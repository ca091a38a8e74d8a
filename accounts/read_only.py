"""What learners did is looked at in the admin, never changed there."""

from django.http import HttpRequest


class ReadOnly:
    """Goes before ModelAdmin: nobody adds, changes or deletes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
