"""Rules about files that do not belong where they lie, or not under their name."""

from collections.abc import Iterator
from pathlib import Path

from ...content.library import APART, Library, Problem
from ...file_names import can_be_held, folded
from ...wording import rule_and_cure


def strays(root: Path, library: Library) -> Iterator[Problem]:
    """Only TOML files lie in the folders of units and cases."""
    for path in sorted((root / "exercises").glob("*/*")):
        if path.is_file() and path.suffix != ".toml" and path.parent.name not in APART[1:]:
            yield Problem(path.relative_to(root).as_posix(), "", *rule_and_cure("lint.stray"))


def names(root: Path, library: Library) -> Iterator[Problem]:
    """Every system can hold every file of the course, and takes no two for one."""
    seen: dict[str, str] = {}
    for path in sorted(path for folder in ("exercises", "notebooks") for path in (root / folder).rglob("*")):
        file = path.relative_to(root).as_posix()
        if file.count("/."):  # what editors and Jupyter leave
            continue
        if not can_be_held(path.name):
            yield Problem(file, "", *rule_and_cure("lint.file_name"))
        if (other := seen.setdefault(folded(file), file)) != file:
            yield Problem(file, "", *rule_and_cure("lint.same_name", other=other))


RULES = (strays, names)
