"""What an author may do in course: everything about texts, nothing about learners' progress but see it."""

TEXTS = ["course", "skill", "chapter", "coursenetwork", "lesson", "revision", "resource", "term", "video"]
AUTHOR_PERMISSIONS = [
    f"course.{do}_{what}" for what in TEXTS for do in ("view", "add", "change", "delete")
] + [
    "course.view_act",
    "course.view_progress",
    "course.view_prediction",
    "course.view_contentrecord",
    "course.change_contentrecord",
]
