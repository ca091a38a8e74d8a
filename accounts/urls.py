"""Addresses of accounts. They are promises: see docs/architecture.md."""

from django.urls import path

from accounts.views import about, entry, passwords, person

app_name = "accounts"
urlpatterns = [
    path("accounts/sign-in/", entry.sign_in, name="sign-in"),
    path("accounts/sign-up/", entry.sign_up, name="sign-up"),
    path("accounts/sign-out/", entry.sign_out, name="sign-out"),
    path("accounts/password/", passwords.change, name="password"),
    path("accounts/password/reset/", passwords.ask_reset, name="reset"),
    path("accounts/password/reset/sent/", passwords.reset_sent, name="reset-sent"),
    path("accounts/password/reset/<uidb64>/<token>/", passwords.reset, name="reset-confirm"),
    path("accounts/export/", person.export, name="export"),
    path("accounts/delete/", person.delete, name="delete"),
    path("settings/", person.preferences, name="settings"),
    path("settings/theme/", person.theme, name="theme"),
    path("help/", about.help_page, name="help"),
    path("privacy/", about.privacy, name="privacy"),
]
