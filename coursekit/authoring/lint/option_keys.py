"""Rules about what the options of choices give away."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library, Problem
from ...wording import rule_and_cure

MOST_LONGEST = 0.35  # share of single choices whose longest option may be the right one
CHI_SQUARE_5_PERCENT = {1: 3.84, 2: 5.99, 3: 7.81, 4: 9.49}  # critical values by degrees of freedom


def keys_hidden(root: Path, library: Library) -> Iterator[Problem]:
    """Neither the length nor the place of an option gives the key away."""
    offered = {one.id: one.offered() for one in library.values() if one.picks == "one"}
    choices = {id: options for id, options in offered.items() if not all(option.right for option in options)}
    longest = [id for id, options in choices.items() if max(options, key=lambda option: len(option.text)).right]
    if len(choices) >= 8 and len(longest) > MOST_LONGEST * len(choices):
        told = rule_and_cure("lint.longest", longest=len(longest), n=len(choices), ids=", ".join(longest))
        yield Problem("exercises", "", *told)
    for size in {len(options) for options in choices.values()}:
        places = Counter(next(n for n, one in enumerate(options) if one.right) for options in choices.values() if len(options) == size)
        expected = places.total() / size
        chi = sum((places[place] - expected) ** 2 / expected for place in range(size))
        if expected >= 2 and chi > CHI_SQUARE_5_PERCENT.get(size - 1, 11.1):
            told = rule_and_cure("lint.places_of_keys", size=size, places=dict(sorted(places.items())))
            yield Problem("exercises", "", *told)


RULES = (keys_hidden,)
