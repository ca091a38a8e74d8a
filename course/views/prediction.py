"""Committing to a prediction, and taking it back; predicting what the figure answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from course import forms, predictions, services
from course.figures import NetworkDocument, lesson_figure
from course.models import Act
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


@require_POST
def predict_figure(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The reader says what the lesson's figure will answer; back on the page, the figure shows it.

    All that the form holds is the figure's own state, which its address carries on.
    """
    found = find_lesson(request.user, course, lesson)
    if found.network is None:
        raise Http404
    state = request.POST.copy()
    state.pop("csrfmiddlewaretoken", None)
    document = NetworkDocument.load(found.network.document)
    figure = lesson_figure(document, state, services.figure_start(found))
    if figure.state.guess is not None and figure.state.guess.choice is not None:
        services.record_act(request.user, found, Act.Name.FIGURE_PREDICTED)
    return redirect(f"{found.get_absolute_url()}?{state.urlencode(safe=',:')}#{figure.id}")
