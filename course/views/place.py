"""Where a learner stopped reading, told by the page when it is left."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.models import User
from course import services
from course.views.lesson import find_lesson


@require_POST
def stop(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    found = find_lesson(request.user, course, lesson)
    if not isinstance(request.user, User):
        return redirect_to_login(found.get_absolute_url())
    services.record_place(request.user, found, request.POST.get("heading", ""))
    return HttpResponse(status=204)
