"""All addresses of the site, app by app. They last: a published address is never reused for something else."""

from django.contrib import admin
from django.urls import include, path

from config.api import api
from config.health import healthz

urlpatterns = [
    path("", include("course.urls")),
    path("", include("quizzes.urls")),
    path("", include("labs.urls")),
    path("", include("accounts.urls")),
    path("api/", api.urls),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
