"""All addresses of the site, app by app. They last: a published one is never reused for something else."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config.admin_entry import admin_sign_in, change_password
from config.api import api
from config.health import healthz

urlpatterns = [
    path("", include("course.urls")),
    path("", include("quizzes.urls")),
    path("", include("labs.urls")),
    path("", include("accounts.urls")),
    path("api/", api.urls),
    path("admin/login/", admin_sign_in, name="admin-entry"),
    path("admin/password_change/", change_password, name="admin-password"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    # Browsers ask for it beside pages that name no icon of their own, such as JSON.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}icons/mark.svg"), name="favicon"),
]
handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"
