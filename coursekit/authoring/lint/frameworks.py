"""Rules about frameworks: what is taught is practised."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library, Problem
from ...wording import rule_and_cure


def covered(root: Path, library: Library) -> Iterator[Problem]:
    """Each element of a framework that is taught is practised by two exercises at least."""
    counts = Counter(id for one in library.values() if not one.tested for id in one.covers)
    for id, element in library.elements.items():
        if set(element.units) <= library.units.keys() and counts[id] < 2:
            yield Problem("exercises/frameworks.toml", id, *rule_and_cure("lint.practised", n=counts[id]))


RULES = (covered,)
