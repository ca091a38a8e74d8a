"""Which apps have a part in the content folder, in the order in which they are loaded."""

from course import dumping as course_dumping
from course import loading as course_loading
from course.content import Outcome, Tree
from labs import dumping as labs_dumping
from labs import loading as labs_loading
from quizzes import dumping as quizzes_dumping
from quizzes import loading as quizzes_loading


def load(tree: Tree, *, overwrite: bool) -> list[Outcome]:
    """Load every app's part; call it inside a transaction. Raises ContentError."""
    parts = (course_loading, quizzes_loading, labs_loading)
    return [outcome for part in parts for outcome in part.load(tree, overwrite=overwrite)]


def dump() -> dict[str, str]:
    """Text by path of every app's part."""
    return course_dumping.dump() | quizzes_dumping.dump() | labs_dumping.dump()
