"""Where course rows live, seen from the content files: found by key, told and saved as plain values."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.utils import update_change_reason

from course import files, services
from course.content import ContentError
from course.models import Chapter, Course, CourseNetwork, Lesson, Resource, Revision, Skill, Term

Values = Mapping[str, Any]
LOADED = "Loaded from the content files"


class CourseShelf:
    def find(self, key: str) -> Course | None:
        return Course.objects.filter(slug=key).first()

    def values(self, row: Course) -> dict[str, Any]:
        return {
            "title": row.title,
            "outcome": row.outcome,
            "about": row.about,
            "level": row.level,
            "position": row.position,
            "published": row.is_published,
            "checked": row.checked_on.isoformat() if row.checked_on else "",
            "skill": [
                {"slug": skill.slug, "title": skill.title, "needs": sorted(s.slug for s in skill.needs.all())}
                for skill in row.skills.prefetch_related("needs")
            ],
        }

    def save(self, row: Course | None, key: str, values: Values) -> Course:
        course = row or Course(slug=key)
        for name in ("title", "outcome", "about", "level", "position"):
            setattr(course, name, values[name])
        course.is_published = values["published"]
        course.checked_on = date.fromisoformat(values["checked"]) if values["checked"] else None
        _check(course, files.course_path(key))
        course.save()
        skills = {}
        for position, skill in enumerate(values["skill"]):
            skills[skill["slug"]], _ = course.skills.update_or_create(
                slug=skill["slug"], defaults={"title": skill["title"], "position": position}
            )
        for skill in values["skill"]:
            skills[skill["slug"]].needs.set(skills[slug] for slug in skill["needs"])
        course.skills.exclude(slug__in=list(skills)).delete()
        return course


class GlossaryShelf:
    """The terms of a course, by its slug; a course without terms has no glossary yet."""

    def find(self, key: str) -> Course | None:
        return Course.objects.filter(slug=key, terms__isnull=False).distinct().first()

    def values(self, row: Course) -> dict[str, Any]:
        return {"term": list(row.terms.order_by("slug").values("slug", "title", "meaning"))}

    def save(self, row: Course | None, key: str, values: Values) -> Course:
        course = row or Course.objects.get(slug=key)
        for wanted in values["term"]:
            term = course.terms.filter(slug=wanted["slug"]).first() or Term(course=course)
            for name, value in wanted.items():
                setattr(term, name, value)
            _check(term, files.glossary_path(key))
            term.save()
        course.terms.exclude(slug__in=[term["slug"] for term in values["term"]]).delete()
        return course


class NetworkShelf:
    def find(self, key: str) -> CourseNetwork | None:
        course, name = key.split("/")
        return CourseNetwork.objects.filter(course__slug=course, slug=name).first()

    def values(self, row: CourseNetwork) -> dict[str, Any]:
        return {"document": row.document}

    def save(self, row: CourseNetwork | None, key: str, values: Values) -> CourseNetwork:
        course, name = key.split("/")
        network = row or CourseNetwork(course=Course.objects.get(slug=course), slug=name)
        network.document = values["document"]
        path = files.network_path(key)
        _check(network, path)
        _tell(path, lambda: services.save_network(network))
        return network


class LessonShelf:
    def find(self, key: str) -> Lesson | None:
        course, slug = key.split("/")
        lessons = Lesson.objects.select_related("course", "network")
        return lessons.filter(course__slug=course, slug=slug).first()

    def values(self, row: Lesson) -> dict[str, Any]:
        resources = row.resources.values("kind", "title", "about", "url", "licence")
        return {
            "title": row.title,
            "summary": row.summary,
            "minutes": row.minutes,
            "skills": sorted(skill.slug for skill in row.skills.all()),
            "published": row.is_published,
            "acts": row.acts,
            "figure": {
                "network": row.network.slug if row.network else "",
                "preset": row.preset,
                "focus": row.focus,
                "hide": sorted(row.figure_hides),
            },
            "resource": list(resources),
            "revision": files.newest_first(
                [{"date": r.date.isoformat(), "change": r.change} for r in row.revisions.all()]
            ),
            "text": row.text,
            "film": row.film,
        }

    def save(self, row: Lesson | None, key: str, values: Values) -> Lesson:
        course_slug, slug = key.split("/")
        course = Course.objects.get(slug=course_slug)
        lesson = row or Lesson(course=course, slug=slug)
        settings_path, text_path = files.lesson_paths(key)
        for name in ("title", "summary", "minutes", "acts", "text", "film"):
            setattr(lesson, name, values[name])
        lesson.is_published = values["published"]
        figure = values["figure"]
        lesson.network = _network(course, figure["network"], settings_path)
        lesson.preset, lesson.focus = figure["preset"], figure["focus"]
        lesson.figure_hides = figure.get("hide", [])
        _check(lesson, settings_path)
        _tell(files.film_path(key), lambda: services.check_film(lesson))
        _tell(text_path, lambda: services.save_lesson(lesson))
        update_change_reason(lesson, LOADED)
        lesson.skills.set(_skills(course, values["skills"], settings_path))
        _replace(lesson, Resource, values["resource"], settings_path)
        _replace(lesson, Revision, values["revision"], settings_path)
        return lesson


class OutlineShelf:
    """What refers to other rows: chapters, the order of lessons, courses it needs, the newer edition."""

    def find(self, key: str) -> Course | None:
        """The course once it has an outline: before, there is nothing that an author could have edited."""
        courses = Course.objects.filter(slug=key).select_related("successor")
        return courses.exclude(chapters=None, successor=None, needs=None).first()

    def values(self, row: Course) -> dict[str, Any]:
        chapters = row.chapters.prefetch_related(
            models.Prefetch("lessons", Lesson.objects.only("slug", "chapter").order_by("position"))
        )
        return {
            "successor": row.successor.slug if row.successor else "",
            "needs": sorted(course.slug for course in row.needs.all()),
            "chapter": [
                {"slug": c.slug, "title": c.title, "lessons": [lesson.slug for lesson in c.lessons.all()]}
                for c in chapters
            ],
        }

    def save(self, row: Course | None, key: str, values: Values) -> Course:
        course = row or Course.objects.get(slug=key)
        path = files.course_path(key)
        course.successor = None
        if values["successor"]:
            course.successor = Course.objects.filter(slug=values["successor"]).first()
            if course.successor is None:
                raise ContentError(path, f"There is no course {values['successor']!r} to be the successor.")
        course.save()
        course.needs.set(_needed(course, values["needs"], path))
        course.lessons.update(chapter=None)
        for position, wanted in enumerate(values["chapter"]):
            defaults = {"title": wanted["title"], "position": position}
            chapter, _ = course.chapters.update_or_create(slug=wanted["slug"], defaults=defaults)
            _place(course, chapter, wanted["lessons"], path)
        course.chapters.exclude(slug__in=[chapter["slug"] for chapter in values["chapter"]]).delete()
        return course


def _needed(course: Course, slugs: list[str], path: str) -> list[Course]:
    known = {found.slug: found for found in Course.objects.filter(slug__in=slugs).exclude(pk=course.pk)}
    for slug in slugs:
        if slug not in known:
            raise ContentError(path, f"The course needs {slug!r}, and there is no other course of that name.")
    return list(known.values())


def _place(course: Course, chapter: Chapter, slugs: list[str], path: str) -> None:
    for position, slug in enumerate(slugs):
        if not course.lessons.filter(slug=slug).update(chapter=chapter, position=position):
            raise ContentError(
                path,
                f"Chapter {chapter.slug!r} names the lesson {slug!r}, and there is no folder of that name.",
            )


def _network(course: Course, slug: str, path: str) -> CourseNetwork | None:
    if not slug:
        return None
    network = course.networks.filter(slug=slug).first()
    if network is None:
        raise ContentError(path, f"In figure: there is no file networks/{slug}.json in this course.")
    return network


def _skills(course: Course, slugs: list[str], path: str) -> list[Skill]:
    known = {skill.slug: skill for skill in course.skills.all()}
    for slug in slugs:
        if slug not in known:
            names = ", ".join(known) or "none"
            raise ContentError(path, f"There is no skill {slug!r} in course.toml. Its skills: {names}.")
    return [known[slug] for slug in slugs]


def _replace(lesson: Lesson, model: type[Resource] | type[Revision], wanted: list[Values], path: str) -> None:
    """The lesson's resources or revisions, made anew from their values: nothing else refers to them."""
    model._default_manager.filter(lesson=lesson).delete()
    for position, values in enumerate(wanted):
        row = model(lesson=lesson, **values, **({"position": position} if model is Resource else {}))
        _check(row, path)
        row.save()


def _check(row: models.Model, path: str) -> None:
    _tell(path, row.full_clean)


def _tell(path: str, act: Callable[[], object]) -> None:
    """Do it; what is invalid becomes a ContentError that names the file."""
    try:
        act()
    except ValidationError as error:
        raise ContentError(path, " ".join(error.messages)) from error
