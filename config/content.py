"""Which apps have a part in the content folder, in the order in which they are loaded."""

from course import dumping as course_dumping
from course import loading as course_loading
from course.content import Outcome, Tree


def load(tree: Tree, *, overwrite: bool) -> list[Outcome]:
    """Load every app's part; call it inside a transaction. Raises ContentError."""
    return course_loading.load(tree, overwrite=overwrite)


def dump() -> dict[str, str]:
    """Text by path of every app's part."""
    return course_dumping.dump()
