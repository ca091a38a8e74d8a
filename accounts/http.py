"""The request of a person who has signed in, for type checkers; `login_required` is what makes it true."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    user: User
