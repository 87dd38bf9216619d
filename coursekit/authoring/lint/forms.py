"""Rules about test forms: they are twins."""

from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library, Problem
from ...record.forms import items
from ...wording import rule_and_cure


def forms(root: Path, library: Library) -> Iterator[Problem]:
    """Forms A and B hold twins of the same names; each form has as many items as the others."""
    names = {form: {id.partition("/")[2] for id in items(library, form)} for form in ("form-a", "form-b", "form-c")}
    for name in sorted(names["form-a"] ^ names["form-b"]):
        yield Problem("exercises/measure", "", *rule_and_cure("lint.no_twin", name=name))
    if len({len(found) for found in names.values()}) > 1:
        sizes = ", ".join(f"{form}: {len(found)}" for form, found in names.items())
        yield Problem("exercises/measure", "", *rule_and_cure("lint.lengths", sizes=sizes))


RULES = (forms,)
