"""Migrations that move what is stored: nothing is lost on the way there or back."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from quizzes.models import Attempt, Quiz
from quizzes.services import practice_set
from tests.quizzes.conftest import NOW
from tests.quizzes.test_memory import skilled

__all__ = ["skilled"]
pytestmark = pytest.mark.django_db(transaction=True)


def migrate(name: str) -> None:
    MigrationExecutor(connection).migrate([("quizzes", name)])


@pytest.fixture
def at_the_latest() -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] == "quizzes"])


def column(name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM quizzes_attempt")
        return [str(value) for (value,) in cursor.fetchall()]


def test_sets_for_practice_keep_their_question(skilled: Quiz, learner: User, at_the_latest: None) -> None:
    made = practice_set(learner, skilled.questions.filter(kind="parameter_count")[0], NOW)
    migrate("0014_regrades_with_leases_and_memories")
    assert column("practises_id") == [str(made.practice_of_id)]
    migrate("0015_practice_of")
    assert Attempt.objects.get().practice_of == made.practice_of
