"""Where the course lies: the one look-up that everything else goes through."""

from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from ..errors import CourseNotFound
from ..wording import say

PARTS = ("notebooks", "exercises")


@cache
def root() -> Path:
    """The folder that holds `notebooks/` and `exercises/`.

    A wheel carries the course inside the package. An editable install runs from the repository, where the
    course lies beside the package; there `files()` names the repository's own package, so no copy is in the way.
    """
    package = Path(str(files(__package__.partition(".")[0])))
    for folder in (package / "_course", package.parent):
        if all((folder / part).is_dir() for part in PARTS):
            return folder
    first, second = (f"{part}/" for part in PARTS)
    raise CourseNotFound(say("course.not_found", inside=package / "_course", beside=package.parent, first=first, second=second))


def in_repository() -> bool:
    """Whether coursekit runs from its repository, so that the notebooks there are the ones to open."""
    return root().name != "_course"


@cache
def course_version() -> str:
    """The version of the course and its package, as each line of the log names it."""
    return version("coursekit")
