"""Addresses of course. They are promises: see docs/architecture.md."""

from django.urls import path

from course.views import catalogue, course, dashboard, lesson, place, prediction, search, video

app_name = "course"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("search/", search.find, name="search"),
    path("media/<str:name>", video.media, name="media"),
    path("courses/<slug:course>/", course.course, name="course"),
    path("courses/<slug:course>/glossary/", course.glossary, name="glossary"),
    path("courses/<slug:course>/updates.atom", course.feed, name="feed"),
    path("courses/<slug:course>/<slug:lesson>/", lesson.lesson, name="lesson"),
    path("courses/<slug:course>/<slug:lesson>/read/", lesson.read, name="read"),
    path("courses/<slug:course>/<slug:lesson>/place/", place.stop, name="place"),
    path("courses/<slug:course>/<slug:lesson>/captions.vtt", video.captions, name="captions"),
    path("courses/<slug:course>/<slug:lesson>/predict/", prediction.predict_figure, name="predict-figure"),
    path("courses/<slug:course>/<slug:lesson>/predict/<slug:question>/", prediction.predict, name="predict"),
    path("courses/<slug:course>/<slug:lesson>/files/<str:name>", lesson.resource, name="resource"),
]
