"""Rules about a unit as a whole."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library, Problem
from ...model.kinds import KINDS

EXERCISES, KINDS_LEAST = (8, 14), 5


def unit_shape(root: Path, library: Library) -> Iterator[Problem]:
    """A unit has 8–14 exercises of five kinds, one comparison, one worksheet, one short text; its minutes add up."""
    for name, unit in library.units.items():
        file = f"exercises/{name}/unit.toml"
        if (total := sum(one.minutes for one in unit.objective)) != unit.minutes:
            yield Problem(file, "minutes", f"the objectives take {total} minutes and the unit {unit.minutes}", "Make them equal.")
        kinds = Counter(one.kind for one in library.of_unit(name) if one.role == "exercise")
        if unit.step == "start" or not kinds:
            continue
        if not EXERCISES[0] <= kinds.total() <= EXERCISES[1]:
            yield Problem(
                file, "", f"{kinds.total()} exercises, {EXERCISES[0]} to {EXERCISES[1]} are planned", "Add some, or change a role."
            )
        if len(kinds) < KINDS_LEAST:
            yield Problem(file, "", f"{len(kinds)} kinds of exercise, {KINDS_LEAST} are the least", "Ask in other ways.")
        for kind in (name for name, one in KINDS.items() if one.in_every_unit):
            if not kinds[kind]:
                yield Problem(file, "", f"no {kind}", "Add one.")


RULES = (unit_shape,)
