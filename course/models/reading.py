"""What is read: Course > Chapter > Lesson, with its skills, network, revisions and resources."""

from hashlib import sha256

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import User
from course.models.learning import Act

MAX_TEXT = 60_000  # characters of Markdown in one lesson
MAX_FILM = 20_000  # characters of a storyboard


class Level(models.TextChoices):
    FIRST_STEPS = "first-steps", "First steps"
    GOING_DEEPER = "going-deeper", "Going deeper"


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: User | AnonymousUser) -> "CourseQuerySet":
        """What is published; for those who write courses also what is not yet."""
        return self if user.has_perm("course.change_course") else self.published()

    def published(self) -> "CourseQuerySet":
        return self.filter(is_published=True)


class Course(models.Model):
    """A course. An edition is a course of its own; the older one names its successor."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    outcome = models.CharField(max_length=240, help_text="One sentence: what the learner can do afterwards.")
    about = models.TextField(
        blank=True, validators=[MaxLengthValidator(4_000)], help_text="A paragraph or two."
    )
    level = models.CharField(max_length=16, choices=Level.choices, default=Level.FIRST_STEPS)
    position = models.PositiveIntegerField(default=0, help_text="Where it stands in the recommended order.")
    is_published = models.BooleanField("published", default=False)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors",
        help_text="The newer edition of this course.",
    )  # fmt: skip
    needs = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="leads_to",
        help_text="Courses that should be done before this one.",
    )  # fmt: skip
    checked_on = models.DateField(
        "checked", null=True, blank=True,
        help_text="The day on which somebody last read it through and found it right.",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("course:course", args=[self.slug])

    def clean(self) -> None:
        if self.successor_id is not None and self.successor_id == self.pk:
            raise ValidationError(
                {"successor": "A course cannot be its own successor. Choose another or none."}
            )


class Skill(models.Model):
    """Something a course teaches; lessons, questions and challenges name it. It may build on others."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="skills")
    slug = models.SlugField()
    title = models.CharField(max_length=80)
    needs = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="leads_to",
        help_text="Skills of the same course that it builds on.",
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "title"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="skill_once_per_course")]

    def __str__(self) -> str:
        return self.title


class Term(models.Model):
    """A word of the course's glossary; texts link to it and show its meaning in place."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="terms")
    slug = models.SlugField()
    title = models.CharField(max_length=60)
    meaning = models.CharField(max_length=300, help_text="One or two sentences, without marks.")

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="term_once_per_course")]

    def __str__(self) -> str:
        return self.title


class Chapter(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="chapters")
    slug = models.SlugField()
    title = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="chapter_once_per_course")]

    def __str__(self) -> str:
        return self.title


class CourseNetwork(models.Model):
    """A network that lessons of a course show: Keras text, weights, words for its inputs and outputs."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="networks")
    slug = models.SlugField()
    document = models.JSONField(
        help_text="source, weights, features, classes, presets: see the authoring guide."
    )

    class Meta:
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="network_once_per_course")]

    def __str__(self) -> str:
        return self.slug


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, user: User | AnonymousUser) -> "LessonQuerySet":
        """What is published; for those who write lessons also what is not yet."""
        return self if user.has_perm("course.change_lesson") else self.published()

    def listed(self) -> "LessonQuerySet":
        """Lessons that stand in their course's list: published and placed in a chapter."""
        return self.filter(is_published=True, chapter__isnull=False)

    def published(self) -> "LessonQuerySet":
        """Lessons that everybody may read: listed, in a published course."""
        return self.listed().filter(course__is_published=True)

    def in_order(self) -> "LessonQuerySet":
        return self.order_by("course__position", "course_id", "chapter__position", "position")


class Lesson(models.Model):
    """One lesson: Markdown as its author wrote it, and the HTML made from it when it was saved."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    chapter = models.ForeignKey(
        Chapter, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons",
        help_text="A lesson without a chapter is not shown.",
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0)
    slug = models.SlugField()
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=240, help_text="One sentence for lists and search.")
    minutes = models.PositiveSmallIntegerField(default=15, help_text="Time to read and to try.")
    skills = models.ManyToManyField(Skill, blank=True, related_name="lessons")
    is_published = models.BooleanField("published", default=True)
    acts = models.JSONField(
        "acts that complete it", default=list, blank=True,
        help_text='A list, such as ["text-read", "quiz-passed"].',
    )  # fmt: skip
    network = models.ForeignKey(
        CourseNetwork, null=True, blank=True, on_delete=models.PROTECT, related_name="lessons",
        help_text="The network of the figure.",
    )  # fmt: skip
    preset = models.CharField("input at first", max_length=40, blank=True, help_text='Such as "llama".')
    focus = models.CharField("neuron at first", max_length=20, blank=True, help_text='Such as "h1.3".')
    figure_hides = models.JSONField(
        "left out of the figure", default=list, blank=True, help_text='A list, such as ["edit", "compare"].'
    )
    text = models.TextField(
        validators=[MaxLengthValidator(MAX_TEXT)], help_text="Markdown: see the authoring guide."
    )
    film = models.TextField(
        blank=True, validators=[MaxLengthValidator(MAX_FILM)],
        help_text="A storyboard in TOML that plays the figure: see the authoring guide.",
    )  # fmt: skip
    html = models.TextField(editable=False, blank=True)
    plain = models.TextField(editable=False, blank=True)  # its words alone, for search
    headings = models.JSONField(editable=False, default=list)
    predictions = models.JSONField(editable=False, default=list)
    figures = models.JSONField(editable=False, default=list)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LessonQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["html", "plain", "headings", "predictions", "figures"])

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="lesson_once_per_course")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("course:lesson", args=[self.course.slug, self.slug])

    def clean(self) -> None:
        for name, row in (("chapter", self.chapter), ("network", self.network)):
            if row is not None and row.course_id != self.course_id:
                raise ValidationError(
                    {name: f"This {name} belongs to another course. Choose one of this course."}
                )
        for name in ("acts", "figure_hides"):
            if not _is_texts(getattr(self, name)):
                raise ValidationError({name: "Write a list of names in quotes, in brackets."})
        unknown = [act for act in self.acts if act not in Act.Name.values]
        if unknown:
            known = ", ".join(Act.Name.values)
            raise ValidationError({"acts": f"There is no act named {unknown[0]!r}. Known acts: {known}."})


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


class RevisionQuerySet(models.QuerySet["Revision"]):
    def listed(self) -> "RevisionQuerySet":
        """Updates of lessons that stand in their course's list, newest first, with their lessons."""
        found = self.filter(lesson__is_published=True, lesson__chapter__isnull=False)
        return found.select_related("lesson__course").defer("lesson__text", "lesson__html", "lesson__plain")


class Revision(models.Model):
    """One dated update of a lesson: what changed, in words for learners."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="revisions")
    date = models.DateField()
    change = models.CharField(max_length=400, help_text="What changed, in a sentence or two.")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}: {self.change}"

    def get_absolute_url(self) -> str:
        return f"{self.lesson.get_absolute_url()}?tab=updates#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Its place on the page, the same whenever the same words are loaded again."""
        return f"update-{self.date:%Y-%m-%d}-{sha256(self.change.encode()).hexdigest()[:8]}"


class Resource(models.Model):
    """Something to take along: a link, or the lesson's own network in one of its forms."""

    class Kind(models.TextChoices):
        LINK = "link", "Link"
        KERAS = "keras", "The network as Keras text"
        JSON = "json", "The network as JSON"
        NPZ = "npz", "The weights as NumPy arrays"

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.LINK)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=240, blank=True)
    url = models.URLField("address", blank=True, help_text="For a link only.")
    licence = models.CharField("license", max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if (self.kind == self.Kind.LINK) != bool(self.url):
            raise ValidationError(
                {"url": "A link needs an address; everything else is made from the network."}
            )
        if self.kind != self.Kind.LINK and self.lesson.network_id is None:
            raise ValidationError({"kind": "This lesson has no network. Choose one for the lesson first."})
