"""Search over lessons and the glossary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from course import forms, search


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    form = forms.Search(request.GET)
    words = form.words()
    hits = search.find(words, request.user)
    context = {
        "section": "courses",
        "form": form,
        "words": words,
        "hits": hits,
        "some": [] if hits else search.find_some(words, request.user),
        "terms": search.find_terms(words, request.user),
    }
    return render(request, "course/search.html", context)
