"""Which apps have a part in the content folder, in the order in which they are loaded."""

from course import dumping as course_dumping
from course import loading as course_loading
from course.content import Outcome, Tree
from labs import dumping as labs_dumping
from labs import loading as labs_loading

LOADS = (course_loading.load, labs_loading.load)
DUMPS = (course_dumping.dump, labs_dumping.dump)


def load(tree: Tree, *, overwrite: bool) -> list[Outcome]:
    """Load every app's part; call it inside a transaction. Raises ContentError."""
    return [outcome for load_part in LOADS for outcome in load_part(tree, overwrite=overwrite)]


def dump() -> dict[str, str]:
    """Text by path of every app's part."""
    return {path: text for dump_part in DUMPS for path, text in dump_part().items()}
