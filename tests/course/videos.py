"""Lessons with a video, made for tests: a file that begins like WebM, captions, chapters."""

from django.core.files.base import ContentFile

from course.models import Chapter, Course, Lesson, Video

WEBM = (
    b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
    + bytes(range(256)) * 16
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
CAPTIONS = """\
WEBVTT

00:00.000 --> 00:01.000
A layer is a row of neurons.

00:01.000 --> 00:02.500
Every neuron weighs & adds.

00:02.500 --> 00:04.000
Then the next layer begins.
"""
CHAPTERS = """\
WEBVTT

00:00.000 --> 00:01.000
What a layer is

00:01.000 --> 00:04.000
What it does
"""


def make_lesson(**fields: object) -> Lesson:
    """A published lesson of a published course, without network or film."""
    course = Course.objects.create(slug="made", title="Made", outcome="Done.", is_published=True)
    chapter = Chapter.objects.create(course=course, slug="one", title="One")
    values = {
        "slug": "seen",
        "title": "Seen",
        "summary": "To see.",
        "text": "Words.\n",
        "html": "<p>Words.</p>",
    }
    return Lesson.objects.create(course=course, chapter=chapter, **(values | fields))


def give_video(lesson: Lesson, content: bytes = WEBM, **fields: object) -> Video:
    values = {"title": "Layers, filmed", "captions": CAPTIONS, "chapters": CHAPTERS, "seconds": 4}
    video = Video(lesson=lesson, **(values | fields))
    video.file.save("my film.mov", ContentFile(content), save=False)
    video.save()
    return video
