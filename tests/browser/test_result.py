"""A graded network that was trained: its pictures and tables, in every light, on every screen."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

import engine
from accounts.models import User
from labs import services
from labs.models import Challenge, Criterion, Submission
from tests.browser.conftest import PHONE, VIEWS, OpenPage

TEXT = """\
from keras import Sequential
from keras.layers import Dense

model = Sequential([
    Dense(4, input_shape=(2,), activation="tanh"),
    Dense(1, activation="sigmoid"),
])
"""


@pytest.fixture
def submission(learner: User) -> Submission:
    challenge = Challenge.objects.create(slug="moons", title="Two moons", summary="Part them.")
    Criterion.objects.create(
        challenge=challenge, kind="accuracy", settings='dataset = "moons"\nat_least = 0.99\nepochs = 5'
    )
    Criterion.objects.create(challenge=challenge, kind="parameters", settings="at_most = 10", order=1)
    made = services.submit(
        learner, challenge, TEXT, token=uuid4(), now=timezone.now(), enqueue=lambda one: None
    )
    services.claim(made.pk, 0, timezone.now())
    report = engine.evaluate(TEXT, engine.criteria(made.criteria), seed=made.seed)
    services.finish(made.pk, 0, report.to_dict(), timezone.now())
    return made


def test_a_result_shows_how_the_network_learned(
    submission: Submission,
    learner: User,
    visit: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    for viewport, theme in VIEWS:
        page = visit(submission.get_absolute_url(), person=learner, viewport=viewport, theme=theme)
        trained = page.get_by_role("region", name="Your network, trained on moons")
        for picture in ("The plane in areas", "Training loss from epoch 1 to 5", "Validation accuracy from"):
            expect(trained.get_by_role("img", name=picture)).to_be_visible()
        expect(trained.get_by_role("table", name="Rows: the true class.")).to_be_visible()
        for table in page.locator("details.behind > summary").all():
            table.click()
        expect(page.get_by_role("cell", name="Dense", exact=True)).to_have_count(2)
        no_sideways_scroll(page)
        axe(page)


def test_a_result_needs_no_javascript(submission: Submission, learner: User, open_page: OpenPage) -> None:
    page = open_page(submission.get_absolute_url(), person=learner, viewport=PHONE, javascript=False)
    page.get_by_text("Parameters, layer by layer").click()
    expect(page.get_by_role("region", name="Parameters, layer by layer").locator("tbody tr")).to_have_count(2)
