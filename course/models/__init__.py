"""The rows of the course: what is read, what learners did, and what the content files said."""

from course.models.learning import (
    Act,
    ActQuerySet,
    Prediction,
    PredictionQuerySet,
    Progress,
    ProgressQuerySet,
)
from course.models.reading import (
    Chapter,
    Course,
    CourseNetwork,
    CourseQuerySet,
    Lesson,
    LessonQuerySet,
    Level,
    Resource,
    Revision,
    RevisionQuerySet,
    Skill,
    Term,
)
from course.models.records import ContentFile, ContentRecord
from course.models.video import UNCAPTIONED, Video, VideoQuerySet

__all__ = [
    "UNCAPTIONED",
    "Act",
    "ActQuerySet",
    "Chapter",
    "ContentFile",
    "ContentRecord",
    "Course",
    "CourseNetwork",
    "CourseQuerySet",
    "Lesson",
    "LessonQuerySet",
    "Level",
    "Prediction",
    "PredictionQuerySet",
    "Progress",
    "ProgressQuerySet",
    "Resource",
    "Revision",
    "RevisionQuerySet",
    "Skill",
    "Term",
    "Video",
    "VideoQuerySet",
]
