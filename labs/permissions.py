"""What an author may do in labs: write challenges, and see what learners hand in."""

AUTHOR_PERMISSIONS = [
    "labs.add_challenge",
    "labs.change_challenge",
    "labs.delete_challenge",
    "labs.view_challenge",
    "labs.add_criterion",
    "labs.change_criterion",
    "labs.delete_criterion",
    "labs.view_criterion",
    "labs.add_solution",
    "labs.change_solution",
    "labs.delete_solution",
    "labs.view_solution",
    "labs.view_boardentry",
    "labs.delete_boardentry",
    "labs.view_submission",
    "labs.change_submission",
]
