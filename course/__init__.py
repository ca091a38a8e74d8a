"""What is read: courses, chapters, lessons, their figures and a learner's progress."""
