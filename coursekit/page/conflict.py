"""What a learner changed in two windows, in words, until they have chosen."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from ..formats import listed
from ..model.controls import Control
from ..record.attempts import Entry
from ..wording import say
from .three_way_merge import Path, at


@frozen
class Conflict:
    """`theirs` is what another window saved, and `fields` are those that this window changed too."""

    theirs: Entry
    fields: Sequence[Path]

    def state(self, controls: Sequence[Control], answer: Any) -> dict[str, Any]:
        """For the page: when it was saved, the id to name in the choice, and the fields with what stands in them there.

        `answer` is that of `theirs` as {control: value}.
        """
        fields = [told for path in self.fields for told in _told(path, at(answer, path), controls)]
        return {"over": self.theirs.id, "at": self.theirs.at.isoformat(), "fields": fields}


def _told(path: Path, value: Any, controls: Sequence[Control]) -> list[dict[str, Any]]:
    """A field in words: what it is called, "" where there is only one, and what stands in it, "" for nothing."""
    control = next((one for one in controls if path[:1] == (one.id,)), None)
    if control is None:
        return []
    for key in reversed(path[1:]):
        value = {key: "" if value is None else value}
    said = control.told(value) or []
    names = [control.label if len(controls) > 1 else "", *(said[0].of if said and len(path) > 1 else ())]
    lines = [one.text if len(path) > 1 else _line(one.of, one.text) for one in said]
    if control.told_as == "steps":
        lines = [say("window.step", number=number, text=line) for number, line in enumerate(lines, 1)]
    return [{"path": list(path), "of": listed(filter(None, names)), "text": "\n".join(lines).strip()}]


def _line(of: Sequence[str], text: str) -> str:
    for label in reversed(of):
        text = say("window.field", label=label.rstrip(".:"), text=text)
    return text
