"""Addresses of labs. They are promises: see docs/architecture.md."""

from django.urls import path

from labs.views import (
    board,
    carrying,
    challenges,
    drafts,
    long_runs,
    playground,
    points,
    submissions,
    two_runs,
    versions,
    weights,
)

app_name = "labs"
urlpatterns = [
    path("challenges/", challenges.challenge_list, name="challenges"),
    path("challenges/<slug:slug>/", challenges.challenge, name="challenge"),
    path("challenges/<slug:slug>/board/", board.board, name="board"),
    path("submissions/<uuid:pk>/", submissions.submission, name="submission"),
    path("submissions/<uuid:pk>/compare/<uuid:other>/", submissions.comparison, name="compare"),
    path("submissions/<uuid:pk>/cancel/", submissions.cancel, name="cancel"),
    path("lab/", drafts.lab, name="lab"),
    path("lab/playground/", playground.playground, name="playground"),
    path("lab/playground/compare/", two_runs.comparison, name="comparison"),
    path("lab/playground/points/", points.points, name="points"),
    path("lab/playground/runs/", long_runs.start, name="long-runs"),
    path("lab/playground/runs/<uuid:pk>/", long_runs.long_run, name="long-run"),
    path("lab/playground/runs/<uuid:pk>/cancel/", long_runs.cancel, name="cancel-long-run"),
    path("lab/export/<slug:kind>/", carrying.export, name="export"),
    path("lab/import/", carrying.import_file, name="import"),
    path("lab/shared/<uuid:key>/", drafts.shared, name="shared"),
    path("lab/<uuid:pk>/", drafts.draft, name="draft"),
    path("lab/<uuid:pk>/weights/", weights.weights, name="weights"),
    path("lab/<uuid:pk>/weights/<str:name>", weights.weights_file, name="weights-file"),
    path("lab/<uuid:pk>/share/", drafts.share, name="share"),
    path("lab/<uuid:pk>/versions/", versions.versions, name="versions"),
    path("lab/<uuid:pk>/versions/<int:version>/", versions.version, name="version"),
]
