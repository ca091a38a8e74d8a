"""An author's own solutions: one that passes, and known mistakes that each miss the criterion meant for them.

A challenge whose solutions do not do what they should asks for something else than its author thinks.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import engine
from course.content import Tree
from labs.files import read_challenges, settings_text
from labs.models import Challenge, Solution
from labs.rubric import criteria_toml, criterion_toml

SEED = 0


@dataclass(frozen=True)
class Outcome:
    """What came of a solution, and whether it was meant so."""

    is_as_meant: bool
    told: str


def outcome_of(report: Mapping[str, Any], misses: str) -> Outcome:
    """Judges a solution's report: with nothing in `misses` it must pass, else miss that criterion."""
    if report["verdict"] == "invalid":
        return Outcome(False, f"It cannot be graded. {report['diagnostics'][0]['message']}")
    missed = {row["title"]: row["reason"] for row in report["rows"] if row["verdict"] != "met"}
    told = " ".join(f"{title}: {reason}" for title, reason in missed.items()) or "It meets every criterion."
    if not misses:
        return Outcome(not missed, told)
    if misses not in {row["title"] for row in report["rows"]}:
        return Outcome(False, f"No criterion is titled {misses!r}.")
    return Outcome(misses in missed, told)


def fingerprint(challenge: Challenge, solution: Solution) -> str:
    """Changes when the solution, or anything that it is judged by, does."""
    said = [criteria_toml(challenge.criteria.all()), solution.source, solution.weights, solution.misses]
    return sha256(json.dumps(said).encode()).hexdigest()


def is_checked(challenge: Challenge) -> bool:
    """Whether every solution was found to do what it should, by the criteria as they stand."""
    return all(
        solution.is_as_meant and solution.checked == fingerprint(challenge, solution)
        for solution in challenge.solutions.all()
    )


def solution_faults(tree: Tree) -> list[str]:
    """One sentence for each solution of a content folder that does not do what it should.

    Runs and trains them all. Raises ContentError for files that cannot be read.
    """
    return [
        f"{paths[0]}: The solution {solution['title']!r} {should(solution['misses'])}. {found.told}"
        for entry, paths in read_challenges(tree)
        for solution, found in tried(entry.values)
        if not found.is_as_meant
    ]


def tried(values: Mapping[str, Any], seed: int = SEED) -> Iterable[tuple[Mapping[str, Any], Outcome]]:
    """Every solution of one content file with what came of it."""
    texts = [criterion_toml(one["kind"], one["points"], settings_text(one)) for one in values["criterion"]]
    asked = engine.criteria("\n".join(texts))
    for solution in values["solution"]:
        report = engine.evaluate(
            solution["source"], asked, seed, engine.WORKER, solution["weights"] or None
        ).to_dict()
        yield solution, outcome_of(report, solution["misses"])


def should(misses: str) -> str:
    return f"should miss {misses!r}" if misses else "should pass"
