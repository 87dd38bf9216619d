"""Rules about what the options of choices give away."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library, Problem

MOST_LONGEST = 0.35  # share of single choices whose longest option may be the right one
CHI_SQUARE_5_PERCENT = {1: 3.84, 2: 5.99, 3: 7.81, 4: 9.49}  # critical values by degrees of freedom


def keys_hidden(root: Path, library: Library) -> Iterator[Problem]:
    """Neither the length nor the place of an option gives the key away."""
    offered = {one.id: one.offered() for one in library.values() if one.picks == "one"}
    choices = {id: options for id, options in offered.items() if not all(option.right for option in options)}
    longest = [id for id, options in choices.items() if max(options, key=lambda option: len(option.text)).right]
    if len(choices) >= 8 and len(longest) > MOST_LONGEST * len(choices):
        yield Problem(
            "exercises",
            "",
            f"the longest option is right in {len(longest)} of {len(choices)} single choices ({', '.join(longest)})",
            "Shorten the key or lengthen a rival.",
        )
    for size in {len(options) for options in choices.values()}:
        places = Counter(next(n for n, one in enumerate(options) if one.right) for options in choices.values() if len(options) == size)
        expected = places.total() / size
        chi = sum((places[place] - expected) ** 2 / expected for place in range(size))
        if expected >= 2 and chi > CHI_SQUARE_5_PERCENT.get(size - 1, 11.1):
            yield Problem(
                "exercises", "", f"keys of {size}-option choices stand at places {dict(sorted(places.items()))}", "Spread them evenly."
            )


RULES = (keys_hidden,)
