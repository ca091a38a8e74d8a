"""Names on a board: drawn from two lists of words, or chosen, but never one that says who somebody is."""

import re
from collections.abc import Container
from random import Random

from accounts.models import User

LONGEST = 24
FITTING = re.compile(r"[^\W_][\w' .-]*[\w.]", re.UNICODE)
DRAWS = 50

FIRST = (
    "Amber", "Brisk", "Calm", "Clear", "Dapper", "Early", "Gentle", "Golden", "Hardy", "Keen", "Lively",
    "Lucid", "Mellow", "Nimble", "Patient", "Plain", "Quick", "Quiet", "Russet", "Silver", "Steady",
    "Sunny", "Tidy", "Wry",
)  # fmt: skip
SECOND = (
    "Badger", "Beetle", "Bittern", "Crane", "Dormouse", "Falcon", "Finch", "Gecko", "Heron", "Ibex",
    "Jay", "Kestrel", "Lark", "Lemur", "Marten", "Newt", "Otter", "Plover", "Raven", "Sparrow", "Tapir",
    "Vole", "Wombat", "Wren",
)  # fmt: skip


def drawn(taken: Container[str], random: Random) -> str:
    """A name that is not `taken` (lower case)."""
    for _ in range(DRAWS):
        name = f"{random.choice(FIRST)} {random.choice(SECOND)}"
        if name.lower() not in taken:
            return name
    return f"{random.choice(SECOND)} {random.randrange(10**6):06}"


def fault_of(name: str, learner: User) -> str:
    """Why a learner cannot be called so on a board, or nothing."""
    if not 2 <= len(name) <= LONGEST or not FITTING.fullmatch(name):
        return f"A name has 2 to {LONGEST} letters, digits, spaces, hyphens or apostrophes."
    told = {learner.username, learner.email, learner.first_name, learner.last_name, learner.get_full_name()}
    if name.lower() in {one.lower() for one in told}:
        return "That name says who you are. Choose another, or leave it empty to have one drawn."
    return ""
