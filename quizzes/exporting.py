"""A quiz's questions for other programs: written ones as they are, drawn ones as frozen variants."""

from quizzes.interchange import Note, freeze
from quizzes.interchange import Question as Plain
from quizzes.kinds import NoVariantError
from quizzes.models import Question, Quiz
from quizzes.services.variants import seeded_variant

MOST_VARIANTS = 20
USUAL_VARIANTS = 3
UNFIT = "Its data have to be mended first."


def plain_questions(quiz: Quiz, variants: int) -> tuple[list[Plain], list[Note]]:
    """What the quiz asks, each drawn question that many times; and why some of it is left out.

    The variants are those of the approved seeds where there are any, else of seeds 1, 2, 3, ….
    """
    found: list[Plain] = []
    notes: list[Note] = []
    for row in quiz.questions.asked():
        plain = Plain(row.title, row.prompt, row.kind, row.data, row.explanation, row.points)
        if row.rules.validate(row.data):
            notes.append(Note(row.title, UNFIT, is_left_out=True))
        elif not row.rules.is_generated:
            found.append(plain)
        else:
            frozen = _frozen(row, plain, variants)
            if isinstance(frozen, str):
                notes.append(Note(row.title, frozen, is_left_out=True))
            else:
                found += frozen
    return found, notes


def _frozen(row: Question, plain: Plain, variants: int) -> list[Plain] | str:
    found: list[Plain] = []
    for seed in (row.approved_seeds or range(1, MOST_VARIANTS + 1))[:variants]:
        try:
            made = freeze(plain, row.rules, seeded_variant(row, seed), f"seed {seed}")
        except NoVariantError as error:
            made = str(error)
        if isinstance(made, str):
            return made
        found += made
    return found
