"""Rules about a unit as a whole."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library, Problem
from ...model.kinds import KINDS
from ...wording import rule_and_cure

EXERCISES, KINDS_LEAST = (8, 14), 5


def unit_shape(root: Path, library: Library) -> Iterator[Problem]:
    """A unit has 8–14 exercises of five kinds, one comparison, one worksheet, one short text; its minutes add up."""
    for name, unit in library.units.items():
        file = f"exercises/{name}/unit.toml"
        if (total := sum(one.minutes for one in unit.objective)) != unit.minutes:
            yield Problem(file, "minutes", *rule_and_cure("lint.minutes", n=total, minutes=unit.minutes))
        kinds = Counter(one.kind for one in library.of_unit(name) if one.role == "exercise")
        if unit.step == "start" or not kinds:
            continue
        if not EXERCISES[0] <= kinds.total() <= EXERCISES[1]:
            yield Problem(file, "", *rule_and_cure("lint.exercises", n=kinds.total(), least=EXERCISES[0], most=EXERCISES[1]))
        if len(kinds) < KINDS_LEAST:
            yield Problem(file, "", *rule_and_cure("lint.kinds", n=len(kinds), least=KINDS_LEAST))
        for kind in (name for name, one in KINDS.items() if one.in_every_unit):
            if not kinds[kind]:
                yield Problem(file, "", *rule_and_cure("lint.no_kind", kind=kind))


RULES = (unit_shape,)
