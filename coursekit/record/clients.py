"""The learner's own clients: which exercises are about them, and where what is written about one is kept."""

from collections.abc import Collection
from itertools import count

from ..model.exercise import Exercise
from .hard_scenes import ASKED
from .store import ATTEMPTS, CLIENTS

FIRST = "own"  # the one client of a record until there is a workbook with several


def about_own_client(exercise: Exercise) -> bool:
    """Whether what is written there lies apart from all else.

    Graded work does not: it is there to be handed in. Nor does the choice to skip hard scenes, which is to outlive every client.
    """
    private = exercise.private and exercise.role not in ("graded", "demo") and exercise.id != ASKED
    return private or exercise.role == "journal"


def log_of(exercise: Exercise, forgotten: Collection[str]) -> str:
    """The log of everything that is done at an exercise: one log, so that the order of its lines is the order of saving."""
    return f"{CLIENTS}/{_client(forgotten)}" if about_own_client(exercise) else ATTEMPTS


def _client(forgotten: Collection[str]) -> str:
    """Who begins anew after forgetting a client writes about another one: "own", then "own-2"."""
    return next(id for number in count(1) if (id := FIRST if number == 1 else f"{FIRST}-{number}") not in forgotten)
