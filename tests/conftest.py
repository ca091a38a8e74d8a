"""What many tests need: a database of their own, people, clients signed in as them, and the shipped course.

The test database is a file, not memory, so that live servers and worker processes see what a test wrote.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client, override_settings

import tests.profiles  # noqa: F401 (registers them)
from accounts.models import User
from config import throttle

PASSWORD = "a long enough passphrase"

MakeUser = Callable[..., User]
SignIn = Callable[[User], Client]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what touches the database, so that nobody forgets: it runs again on PostgreSQL. What needs a
    broker is for the run beside one (tests/rabbitmq.py).
    """
    if django_settings.QUEUE == "database":
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("rabbitmq")])
        items[:] = [item for item in items if not item.get_closest_marker("rabbitmq")]
    for item in items:
        names = getattr(item, "fixturenames", ())
        uses_database = item.get_closest_marker("django_db") or "db" in names or "transactional_db" in names
        is_elsewhere = any(map(item.get_closest_marker, ("browser", "sqlite", "once")))
        if uses_database and not is_elsewhere:
            item.add_marker(pytest.mark.data)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    database = django_settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return
    database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    # Nothing here has to survive a power cut, and waiting for the disk is most of a test's time.
    options = database["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords(django_test_environment: None) -> object:
    """The real hasher takes a quarter of a second on purpose; tests of it name it themselves."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_media(django_test_environment: None, tmp_path_factory: pytest.TempPathFactory) -> object:
    """Uploads of tests are nobody's."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture
def noon() -> Iterator[None]:
    """Time stands still shortly after a full hour: no window of a throttle ends during the test."""
    throttle._unwritten.clear()  # an earlier test's learner had the same number
    with time_machine.travel(datetime(2026, 3, 1, 12, 0, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """Creates a person whose password is PASSWORD."""

    def make(username: str, **fields: object) -> User:
        return User.objects.create(
            username=username,
            email=f"{username}@example.org",
            password=make_password(PASSWORD),
            **fields,
        )

    return make


@pytest.fixture
def learner(make_user: MakeUser) -> User:
    return make_user("learner")


@pytest.fixture
def other_learner(make_user: MakeUser) -> User:
    return make_user("other-learner")


@pytest.fixture
def author(make_user: MakeUser) -> User:
    """Staff with the rights of the shipped group, and not one more."""
    call_command("ensure_roles", verbosity=0)
    person = make_user("author", is_staff=True)
    person.groups.add(Group.objects.get(name="Authors"))
    return person


@pytest.fixture
def client_for() -> SignIn:
    """A client signed in as the given person, without the throttle's ado."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def learner_client(learner: User, client_for: SignIn) -> Client:
    return client_for(learner)


@pytest.fixture
def other_client(other_learner: User, client_for: SignIn) -> Client:
    return client_for(other_learner)


@pytest.fixture
def author_client(author: User, client_for: SignIn) -> Client:
    return client_for(author)


_loaded: list[tuple[type[Model], list[Model]]] = []


@pytest.fixture
def course_content(db: None) -> None:
    """The shipped course as an operator loads it. Loading renders everything, which takes seconds: it is done
    once into an empty database, and later tests that start with an empty one get the rows that it left.
    """
    is_empty = not any(model._base_manager.exists() for model in _content_models())
    if is_empty and _loaded:
        with transaction.atomic():
            for model, rows in _loaded:
                model._base_manager.bulk_create(rows)
            _reset_sequences([model for model, _ in _loaded])
        return
    call_command("load_content", verbosity=0)
    if is_empty:
        _loaded.extend((model, list(model._base_manager.all())) for model in _content_models())


def _content_models() -> list[type[Model]]:
    return [
        model
        for app in ("course", "quizzes", "labs")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]


def _reset_sequences(models: list[type[Model]]) -> None:
    """Numbers that a database hands out go on after the rows that brought their own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


@pytest.fixture
def database_url() -> str:
    """Where a process started by a test finds the test's own database (needs a transactional test)."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    host = quote(database["HOST"], safe="") + (f":{database['PORT']}" if database["PORT"] else "")
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{host}/{database['NAME']}"
