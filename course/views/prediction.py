"""Committing to a prediction, and taking it back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from course import forms, predictions
from course.views.lesson import find_lesson


@require_POST
def predict(request: HttpRequest, course: str, lesson: str, question: str) -> HttpResponse:
    """The reader says what they expect; back on the page, they see what is so.

    An incomplete form leads back to the question, which says what to choose.
    """
    found = find_lesson(request.user, course, lesson)
    asked = next((one for one in predictions.questions(found) if one.name == question), None)
    if asked is None:
        raise Http404
    state = request.GET.copy()
    state.pop("predict", None)
    if "undo" in request.POST:
        predictions.forget(found, request.user, request.session, asked)
    else:
        form = forms.Commitment(request.POST, options=len(asked.options))
        if form.is_valid():
            commitment = predictions.Commitment(
                asked.words[form.cleaned_data["choice"]], form.cleaned_data["sure"]
            )
            predictions.commit(found, request.user, request.session, asked, commitment)
        else:
            state["predict"] = question
    query = f"?{state.urlencode(safe=',')}" if state else ""
    return redirect(f"{found.get_absolute_url()}{query}#{question}")
