"""An answer's question with the key that is right now: what was asked stays, word for word.

A written question takes the key of its newest version. A drawn one is drawn again from the stream it came
from, so that its kind computes the key anew from the numbers that were asked.
"""

from collections.abc import Callable, Iterator

from quizzes.kinds import KINDS, NoVariantError, Variant, make_variant
from quizzes.kinds.random import Pcg32
from quizzes.kinds.rekeying import rekeyed
from quizzes.kinds.variants import Seed
from quizzes.models import Answer, Question
from quizzes.services.questions import as_version
from quizzes.services.variants import author_seed, practice_keys, seed_of

Draw = Callable[[Question], Variant]

OTHER_KIND = "the question is of another kind now"
OTHER_WORDS = "what stood on the page then is no longer what the question asks"
NOT_DRAWN = "its numbers cannot be drawn again, so its key cannot be computed anew"
FAULTY = "the question as it is now cannot be asked"


class ImpossibleError(Exception):
    """The answer cannot be graded by the question as it is now; the message ends a sentence that says why."""


class Keys:
    """New keys for the answers to one question. What is drawn once is kept."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._faulty = bool(question.rules.validate(question.data))
        self._then = {row.number: as_version(question, row) for row in question.versions.all()}
        self._seeds = sorted(
            {
                seed
                for seeds in question.history.values_list("approved_seeds", flat=True)
                for seed in seeds or ()
            }
        )
        self._drawn: dict[tuple[int, str, int], Variant | None] = {}

    def for_answer(self, answer: Answer) -> Variant:
        """The variant that was asked, with the key of today. Raises ImpossibleError."""
        if answer.kind != self.question.kind:
            raise ImpossibleError(OTHER_KIND)
        if self._faulty:
            raise ImpossibleError(FAULTY)
        if not KINDS[answer.kind].is_generated:
            found = rekeyed(answer.asked, self._written())
            if found is None:
                raise ImpossibleError(OTHER_WORDS)
            return found
        for variant in self._candidates(answer):
            if found := rekeyed(answer.asked, variant):
                return found
        raise ImpossibleError(NOT_DRAWN)

    def _written(self) -> Variant:
        return self.question.rules.generate(self.question.data, Pcg32.from_bytes(bytes(16)))

    def _candidates(self, answer: Answer) -> Iterator[Variant]:
        """What the stream of the asked version gives: by the data of today, then by those of then."""
        then = self._then.get(answer.question_version)
        if then is None:
            return
        now = Question(pk=then.pk, stream=then.stream, kind=then.kind, data=self.question.data)
        keys = [f"{answer.attempt_id}|{answer.number}"]
        if answer.attempt.quiz_id is None:
            keys = practice_keys(answer.attempt_id, answer.position, answer.number)
        for source in (now, then):
            for one in keys:
                if variant := _draw(source, seed_of(source, one)):
                    yield variant
        for name, source in (("now", now), ("then", then)):
            for seed in self._seeds:
                place = (then.stream, name if source is now else f"then {then.version}", seed)
                if place not in self._drawn:
                    self._drawn[place] = _draw(source, author_seed(source, seed))
                if drawn := self._drawn[place]:
                    yield drawn


def _draw(question: Question, seed: Seed) -> Variant | None:
    try:
        return make_variant(question.rules, question.data, seed)
    except NoVariantError:
        return None
