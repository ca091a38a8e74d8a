"""What is asked: quizzes, questions, attempts, answers, grading."""
