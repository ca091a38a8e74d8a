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
    "quizzes.add_accommodation",
    "quizzes.change_accommodation",
    "quizzes.delete_accommodation",
    "quizzes.view_accommodation",
    "quizzes.view_answer",
    "quizzes.view_card",
    "quizzes.view_review",
    "quizzes.add_regrade",
    "quizzes.change_regrade",
    "quizzes.view_regrade",
]
