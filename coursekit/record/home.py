"""Where a learner's record lies: in a folder `my-work`, or where COURSEKIT_HOME says."""

import os
from pathlib import Path

VARIABLE = "COURSEKIT_HOME"
FOLDER = "my-work"


def home() -> Path:
    """The record of whoever works here: beside the folder `notebooks`, else in the current folder."""
    here = Path.cwd()
    return within(here.parent if here.name == "notebooks" else here)


def within(folder: Path) -> Path:
    """The record of a folder that holds a course."""
    return _moved() or folder / FOLDER


def nearest(folder: Path) -> Path:
    """The record for an assignment in `folder`, which may lie in the folder of the course: the nearest there is, else its own."""
    places = [place / FOLDER for place in (folder, *folder.parents[:2])]
    return _moved() or next((place for place in places if place.is_dir()), places[0])


def _moved() -> Path | None:
    given = os.environ.get(VARIABLE)
    return Path(given) if given else None
