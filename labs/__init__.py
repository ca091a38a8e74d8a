"""What is built: challenges, drafts, submissions and the worker that grades them."""
