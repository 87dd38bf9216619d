"""Rules about files that do not belong where they lie."""

from collections.abc import Iterator
from pathlib import Path

from ...content.library import APART, Library, Problem


def strays(root: Path, library: Library) -> Iterator[Problem]:
    """Only TOML files lie in the folders of units and cases."""
    for path in sorted((root / "exercises").glob("*/*")):
        if path.is_file() and path.suffix != ".toml" and path.parent.name not in APART[1:]:
            yield Problem(path.relative_to(root).as_posix(), "", "is not an exercise file", "Move it elsewhere.")


RULES = (strays,)
