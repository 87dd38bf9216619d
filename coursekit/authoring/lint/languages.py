"""Rules about translations of the package's own sentences."""

from collections.abc import Iterator
from pathlib import Path

from ... import wording
from ...content.library import Library, Problem
from ...errors import BadInput
from ...wording import rule_and_cure
from .. import translation


def places(root: Path, library: Library) -> Iterator[Problem]:
    """A translation has the places of its sentence, and no others."""
    for path in sorted(wording.LANGUAGES.glob("*.po")):
        try:
            for key, found, wanted in translation.wrong_places(path):
                told = rule_and_cure("lint.translated_places", found=_listed(found), wanted=_listed(wanted))
                yield Problem(f"languages/{path.name}", key, *told)
        except BadInput as error:
            yield Problem(f"languages/{path.name}", "", *rule_and_cure("lint.translation_damaged", error=error))


def _listed(places: set[str]) -> str:
    return ", ".join(f"{{{one}}}" for one in sorted(places)) or "–"


RULES = (places,)
