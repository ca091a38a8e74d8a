"""The password of a quiz: a word that an instructor tells those who may start."""

import hmac
import unicodedata

from quizzes.models import Quiz


class PasswordError(Exception):
    """The quiz asks for another password than this; `is_missing` when none was given."""

    def __init__(self, is_missing: bool) -> None:
        self.is_missing = is_missing


def check_password(quiz: Quiz, typed: str) -> None:
    """Raises PasswordError unless this is the word, whatever its capitals and the spaces around it.

    It takes as long for every wrong word.
    """
    if quiz.password and not hmac.compare_digest(_plain(quiz.password), _plain(typed)):
        raise PasswordError(not typed.strip())


def _plain(word: str) -> bytes:
    return unicodedata.normalize("NFKC", word).strip().casefold().encode()
