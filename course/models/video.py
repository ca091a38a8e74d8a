"""A real video beside a lesson: its file or its address, its poster, its captions and chapters as WebVTT."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

from accounts.models import User
from course.models.reading import Lesson
from course.storage import MediaStorage
from course.video import CaptionError, read_cues

MAX_CAPTIONS = 300_000  # characters of one WebVTT file
UNCAPTIONED = (
    "A published lesson's video needs captions, for those who cannot hear it. Give them as WebVTT, "
    "or leave the lesson unpublished until you have them."
)
ON_THIS_SITE = RegexValidator(
    r"\A(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\.(?:mp4|webm)\Z",
    "Write a path on this site, such as /films/layers.webm. Videos of other sites are not shown.",
)


class VideoQuerySet(models.QuerySet["Video"]):
    def visible_to(self, user: User | AnonymousUser) -> "VideoQuerySet":
        """Captioned videos of published lessons; for those who write lessons every one."""
        if user.has_perm("course.change_lesson"):
            return self
        return self.filter(lesson__in=Lesson.objects.published()).exclude(captions="")


class Video(models.Model):
    """What plays on the Video tab, after the film if the lesson has both."""

    lesson = models.OneToOneField(Lesson, on_delete=models.CASCADE, related_name="video")
    title = models.CharField(max_length=120)
    file = models.FileField(storage=MediaStorage(), max_length=80, blank=True)
    address = models.CharField(
        max_length=240, blank=True, validators=[ON_THIS_SITE],
        help_text="Instead of a file: the path of an MP4 or WebM that your web server sends from this site.",
    )  # fmt: skip
    poster = models.FileField(storage=MediaStorage(), max_length=80, blank=True)
    captions = models.TextField(
        blank=True, validators=[MaxLengthValidator(MAX_CAPTIONS)],
        help_text="WebVTT. They are the transcript too.",
    )  # fmt: skip
    chapters = models.TextField(
        blank=True, validators=[MaxLengthValidator(MAX_CAPTIONS)],
        help_text="WebVTT: a cue for each chapter, with its title. Empty for none.",
    )  # fmt: skip
    seconds = models.PositiveIntegerField(
        "length in seconds", default=0, help_text="0: as long as its captions."
    )

    objects = VideoQuerySet.as_manager()

    class Meta:
        ordering = ["lesson_id"]

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> str:
        """Where browsers get it."""
        return self.file.url if self.file else self.address

    def clean(self) -> None:
        if bool(self.file) == bool(self.address):
            raise ValidationError({"file": "Give either a file or an address on this site."})
        for name in ("captions", "chapters"):
            if text := getattr(self, name):
                _check_cues(name, text)
        if self.lesson.is_published and not self.captions:
            raise ValidationError({"captions": UNCAPTIONED})


def _check_cues(name: str, text: str) -> None:
    try:
        read_cues(text)
    except CaptionError as error:
        raise ValidationError({name: str(error)}) from error
