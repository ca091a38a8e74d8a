"""The skills of a course as this visitor has them: what builds on what, and how far each has come.

A skill is done when every listed lesson that teaches it is done.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course import skills
from course.models import Lesson, Skill
from course.progress import STATE_WORDS, CourseStanding, State

ACROSS, DOWN, MARGIN = 64, 26, 12  # of the picture, in its own units


@dataclass(frozen=True)
class SkillStanding:
    skill: Skill
    state: State
    also: tuple[Skill, ...]  # what else it builds on, besides the skill it stands under
    branches: tuple["SkillStanding", ...]

    @property
    def words(self) -> str:
        return STATE_WORDS[self.state]


@dataclass(frozen=True)
class Picture:
    """The same as dots and lines, what comes first on the left; it says nothing that the list does not."""

    width: int
    height: int
    lines: tuple[tuple[int, int, int, int], ...]
    points: tuple[tuple[int, int, State], ...]


@dataclass(frozen=True)
class SkillMap:
    branches: tuple[SkillStanding, ...]
    done: int
    total: int
    picture: Picture | None  # None where no skill builds on another


def skill_map(standing: CourseStanding) -> SkillMap:
    """Three queries."""
    found = {skill.slug: skill for skill in standing.course.skills.prefetch_related("needs")}
    needs = {slug: [other.slug for other in skill.needs.all()] for slug, skill in found.items()}
    if skills.fault(needs):  # nobody can save one; a list without order is still a list
        needs = {slug: [] for slug in found}
    states = _states(found.values(), standing)

    def standing_of(branch: skills.Branch) -> SkillStanding:
        also = tuple(found[name] for name in branch.also)
        return SkillStanding(
            found[branch.name], states[branch.name], also, tuple(map(standing_of, branch.branches))
        )

    done = sum(state is State.DONE for state in states.values())
    branches = tuple(map(standing_of, skills.nested(needs)))
    return SkillMap(branches, done, len(found), _picture(needs, states) if any(needs.values()) else None)


def _states(found: Iterable[Skill], standing: CourseStanding) -> dict[str, State]:
    lessons: defaultdict[int, list[State]] = defaultdict(list)
    states = {item.lesson.pk: item.state for item in standing.lessons}
    taught = Lesson.skills.through.objects.filter(skill__course=standing.course)
    for lesson, skill in taught.values_list("lesson_id", "skill_id"):
        if lesson in states:
            lessons[skill].append(states[lesson])
    return {skill.slug: _joined(lessons[skill.pk]) for skill in found}


def _joined(states: list[State]) -> State:
    if states and all(state is State.DONE for state in states):
        return State.DONE
    return State.NOW if any(state is not State.NEW for state in states) else State.NEW


def _picture(needs: skills.Needs, states: Mapping[str, State]) -> Picture:
    level, rows = skills.levels(needs), defaultdict[int, int](int)
    places: dict[str, tuple[int, int]] = {}
    for name in needs:
        places[name] = (MARGIN + ACROSS * level[name], MARGIN + DOWN * rows[level[name]])
        rows[level[name]] += 1
    lines = tuple((*places[other], *places[name]) for name, wanted in needs.items() for other in wanted)
    points = tuple((*places[name], states[name]) for name in needs)
    width = 2 * MARGIN + ACROSS * max(level.values())
    return Picture(width, 2 * MARGIN + DOWN * (max(rows.values()) - 1), lines, points)
