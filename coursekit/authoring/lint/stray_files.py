"""Rules about files that do not belong where they lie, or not under their name."""

from collections.abc import Iterator
from pathlib import Path

from ...content.library import APART, Library, Problem
from ...file_names import can_be_held, folded


def strays(root: Path, library: Library) -> Iterator[Problem]:
    """Only TOML files lie in the folders of units and cases."""
    for path in sorted((root / "exercises").glob("*/*")):
        if path.is_file() and path.suffix != ".toml" and path.parent.name not in APART[1:]:
            yield Problem(path.relative_to(root).as_posix(), "", "is not an exercise file", "Move it elsewhere.")


def names(root: Path, library: Library) -> Iterator[Problem]:
    """Every system can hold every file of the course, and takes no two for one."""
    seen: dict[str, str] = {}
    for path in sorted(path for folder in ("exercises", "notebooks") for path in (root / folder).rglob("*")):
        file = path.relative_to(root).as_posix()
        if file.count("/."):  # what editors and Jupyter leave
            continue
        if not can_be_held(path.name):
            yield Problem(file, "", "has a name that not every system can hold", "Rename it: letters, digits and hyphens.")
        if (other := seen.setdefault(folded(file), file)) != file:
            yield Problem(file, "", f"is one file with {other} on Windows and macOS", "Rename one of them.")


RULES = (strays, names)
