"""What an author may do with quizzes: write them, and look at what learners answered."""

AUTHOR_PERMISSIONS = [
    "quizzes.add_quiz",
    "quizzes.change_quiz",
    "quizzes.delete_quiz",
    "quizzes.view_quiz",
    "quizzes.add_question",
    "quizzes.change_question",
    "quizzes.delete_question",
    "quizzes.view_question",
    "quizzes.view_attempt",
    "quizzes.view_answer",
]
