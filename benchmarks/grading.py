"""How long `grade()` takes for one answer, for each kind of exercise over the real bank.

Every sample answer of every exercise (right, partly right, wrong, unreadable) is graded in rounds of 50; the best of
five rounds counts, so that a neighbour's load does not. The figure of a kind is the median over its answers.
"""

from collections import defaultdict
from timeit import repeat

from table import limited, median

import coursekit
from coursekit.content import location
from coursekit.model.exercise import Exercise

ROUND, ROUNDS = 50, 5


def microseconds(exercise: Exercise) -> list[float]:
    """The time for each sample answer of an exercise."""
    samples = exercise.samples()
    answers = [*samples.right, *samples.partly, *samples.wrong, *samples.unreadable]
    return [1e6 / ROUND * min(repeat(lambda raw=raw: coursekit.grade(exercise, raw), number=ROUND, repeat=ROUNDS)) for raw in answers]


def main() -> None:
    times = defaultdict(list)
    for exercise in coursekit.load(location.root() / "exercises").values():
        times[exercise.kind] += microseconds(exercise)
    everything = [one for kind in times.values() for one in kind]
    limited(f"`grade()`, median over {len(everything):,} answers of all kinds", median(everything), 20, "µs", 1)
    for kind, found in sorted(times.items()):
        limited(f"`grade()`, {kind}", median(found), 20, "µs", 1, f" (median of {len(found)}; slowest {max(found):.0f})")


if __name__ == "__main__":
    main()
