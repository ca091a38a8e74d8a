"""From the content folder to challenges with their criteria. Lessons must be loaded before."""

from course.content import Outcome, Tree, remember_files, report_missing, upsert
from labs.authoring import render_tasks
from labs.files import KIND, read_challenges
from labs.shelf import ChallengeShelf


def load(tree: Tree, *, overwrite: bool) -> list[Outcome]:
    """Bring the rows up to date with the files, one outcome per row. Call it inside a transaction.

    Raises ContentError for a file that cannot be read or that names what does not exist.
    """
    outcomes = []
    for entry, paths in read_challenges(tree):
        outcomes.append(upsert(entry, ChallengeShelf(paths[0]), overwrite=overwrite)[1])
        remember_files(tree, paths)
    render_tasks()
    return outcomes + report_missing(KIND, [outcome.key for outcome in outcomes])
