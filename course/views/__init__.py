"""The pages on which a course is found, read and continued."""
