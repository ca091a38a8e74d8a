"""Pages of labs: challenges, submissions and the free editor."""
