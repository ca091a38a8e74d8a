"""The lab: anybody reads a network in it, people with an account keep drafts, other people's do not exist."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from labs import services
from labs.models import Draft, content_hash
from tests.conftest import SignIn
from tests.labs.conftest import BAD, GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(learner: User) -> Draft:
    return services.keep_draft(learner, None, "Mine", BAD)


def test_the_lab_opens_with_a_network_that_reads(client: Client) -> None:
    response = client.get("/lab/")
    assert response.status_code == 200
    assert response.context["understanding"].total == "124"


def test_a_visitor_reads_any_text(client: Client) -> None:
    response = client.post("/lab/", {"source": BAD, "read": "1"})
    assert response.status_code == 200
    assert response.context["understanding"].findings[0].line == 6
    assert not Draft.objects.exists()


def test_a_draft_is_kept_even_when_it_does_not_read(learner: User, learner_client: Client) -> None:
    response = learner_client.post("/lab/", {"source": BAD, "title": "  First  "})
    draft = Draft.objects.get()
    assert response["Location"] == f"/lab/{draft.pk}/"
    assert (draft.learner, draft.title, draft.source) == (learner, "First", BAD)


def test_a_draft_without_a_title_gets_one(learner_client: Client) -> None:
    learner_client.post("/lab/", {"source": GOOD})
    assert Draft.objects.get().title == "Untitled network"


def test_a_visitor_signs_in_and_finds_the_text_again(client: Client, learner: User) -> None:
    response = client.post("/lab/", {"source": GOOD, "title": "Kept"})
    assert response["Location"] == "/accounts/sign-in/?next=%2Flab%2F"
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get("/lab/").context["form"]
    assert (form["source"].value(), form["title"].value()) == (GOOD, "Kept")


def test_a_draft_is_changed(learner_client: Client, draft: Draft) -> None:
    response = learner_client.post(draft.get_absolute_url(), {"source": GOOD, "title": "Better"})
    assert response["Location"] == draft.get_absolute_url()
    draft.refresh_from_db()
    assert (draft.title, draft.source) == ("Better", GOOD)


def test_a_draft_is_mended_on_the_page_and_stored_only_when_saved(
    learner_client: Client, draft: Draft
) -> None:
    response = learner_client.post(draft.get_absolute_url(), {"source": BAD, "title": "Mine", "mend": "0"})
    assert response.context["form"]["source"].value() == GOOD
    draft.refresh_from_db()
    assert draft.source == BAD


def test_a_draft_is_deleted(learner_client: Client, draft: Draft) -> None:
    assert learner_client.post(draft.get_absolute_url(), {"delete": "1"})["Location"] == "/lab/"
    assert not Draft.objects.exists()


def test_an_empty_text_is_not_kept(learner_client: Client, draft: Draft) -> None:
    assert learner_client.post(draft.get_absolute_url(), {"source": "", "title": "x"}).status_code == 422
    draft.refresh_from_db()
    assert draft.source == BAD


@pytest.mark.parametrize("form", [{}, {"source": GOOD}, {"delete": "1"}])
def test_other_peoples_drafts_do_not_exist(
    client: Client, other_client: Client, draft: Draft, form: dict[str, str]
) -> None:
    for stranger in (client, other_client):
        assert stranger.get(draft.get_absolute_url()).status_code == 404
        assert stranger.post(draft.get_absolute_url(), form).status_code == 404
    assert Draft.objects.get().source == BAD


def test_a_draft_that_never_was_is_not_found(learner_client: Client) -> None:
    assert learner_client.get(f"/lab/{uuid4()}/").status_code == 404


def test_the_lab_lists_ones_own_drafts(learner_client: Client, other_client: Client, draft: Draft) -> None:
    assert draft.get_absolute_url() in learner_client.get("/lab/").content.decode()
    assert draft.get_absolute_url() not in other_client.get("/lab/").content.decode()


def test_the_lab_knows_no_other_methods(learner_client: Client, draft: Draft) -> None:
    assert learner_client.delete("/lab/").status_code == 405
    assert learner_client.put(draft.get_absolute_url()).status_code == 405


def autosave(client: Client, draft: Draft, saved: str, source: str = GOOD) -> Any:
    fields = {"source": source, "title": "By itself", "saved": saved, "autosave": "1"}
    return client.post(draft.get_absolute_url(), fields)


def test_a_draft_saves_itself(learner_client: Client, draft: Draft) -> None:
    answer = autosave(learner_client, draft, content_hash(BAD))
    assert answer.json() == {"saved": content_hash(GOOD)}
    draft.refresh_from_db()
    assert (draft.title, draft.source) == ("By itself", GOOD)


def test_what_another_tab_saved_is_not_overwritten_unasked(learner_client: Client, draft: Draft) -> None:
    learner_client.post(draft.get_absolute_url(), {"source": GOOD, "title": "There"})
    answer = autosave(learner_client, draft, content_hash(BAD), BAD)
    assert answer.status_code == 409
    assert answer.json() == {
        "told": "Another tab has saved this draft meanwhile. Save keeps what stands here."
    }
    draft.refresh_from_db()
    assert draft.source == GOOD


def test_nobody_saves_into_another_s_draft(client_for: SignIn, other_learner: User, draft: Draft) -> None:
    assert autosave(client_for(other_learner), draft, content_hash(BAD)).status_code == 404
