"""From the content folder to quizzes and questions. Lessons must be loaded before."""

from course.content import Outcome, Tree, remember_files, report_missing, upsert
from quizzes.files import QUESTION, QUIZ, read_quizzes
from quizzes.shelves import QuestionShelf, QuizShelf


def load(tree: Tree, *, overwrite: bool) -> list[Outcome]:
    """Bring the rows up to date with the files, one outcome per row. Call it inside a transaction.

    Raises ContentError for a file that cannot be read, or that names what does not exist.
    """
    quizzes: list[Outcome] = []
    questions: list[Outcome] = []
    for file in read_quizzes(tree):
        quizzes.append(upsert(file.quiz, QuizShelf(file.path), overwrite=overwrite)[1])
        shelf = QuestionShelf(file.path)
        questions += [upsert(entry, shelf, overwrite=overwrite)[1] for entry in file.questions]
        remember_files(tree, [file.path])
    gone = report_missing(QUIZ, [outcome.key for outcome in quizzes])
    return quizzes + questions + gone + report_missing(QUESTION, [outcome.key for outcome in questions])
