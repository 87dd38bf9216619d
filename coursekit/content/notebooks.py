"""The course's notebooks: which there are, and which bytes are the course's own."""

import json
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from .. import files
from ..errors import CourseNotFound
from ..wording import say
from . import location

MANIFEST = "manifest.json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
METADATA = {"coursekit": {"run_on_open": True}, "kernelspec": KERNEL, "language_info": {"name": "python"}}
_NAME = re.compile(r"\d\d_[a-z0-9_]+\.ipynb")
_HEADING = re.compile(r"^# +(.+?)\s*#*$", re.MULTILINE)


def listed(folder: Path) -> list[Path]:
    """The notebooks of a folder in the order of the course; the number in the name is the order."""
    return sorted(path for path in folder.glob("*.ipynb") if _NAME.fullmatch(path.name))


def unit_of(path: Path | str) -> str:
    """The unit that a notebook belongs to: "05_cost.ipynb" is "cost", "00_start_here.ipynb" is "start-here"."""
    return Path(path).stem.partition("_")[2].replace("_", "-")


def title_of(path: Path) -> str:
    """The first heading of the first level in a notebook, or its unit in words where it has none, or was damaged by its learner."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        for cell in json.loads(path.read_bytes())["cells"]:
            if cell["cell_type"] == "markdown" and (heading := _HEADING.search("".join(cell["source"]))):
                return heading[1]
    return unit_of(path).replace("-", " ").capitalize()


def digest(path: Path) -> str:
    """What stands in the manifest for a file: the SHA-256 of its bytes."""
    return sha256(path.read_bytes()).hexdigest()


def manifest() -> dict[str, str]:
    """File name and digest of every notebook of the course as shipped; empty before its author refreshed it.

    Raises CourseNotFound where it is damaged.
    """
    path = location.root() / "notebooks" / MANIFEST
    try:
        found = json.loads(path.read_bytes()) if path.is_file() else {}
        return {**found}
    except (ValueError, TypeError, RecursionError):
        raise CourseNotFound(say("course.damaged", file=path)) from None


def write_manifest(folder: Path) -> None:
    """Say in `folder` which bytes are the course's own (for its author, after the notebooks were refreshed)."""
    shipped = {path.name: digest(path) for path in listed(folder)}
    files.write(folder / MANIFEST, json.dumps(shipped, indent=1) + "\n")
