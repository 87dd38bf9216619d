"""The end of an assignment on the page: what is answered, exactly what will leave the machine, and handing it in.

Knows no widget, so that it is tested as it is; as `sitting` does for one exercise.
"""

from typing import Any

from ..assignment.hand_in import Handover, QuestionState, said, told
from ..assignment.notebook import when
from ..errors import BadSubmission, NotSaved
from ..wording import page_words, say


class HandingIn:
    """The state of handing in one assignment for one learner."""

    def __init__(self, handover: Handover):
        self.handover, self.n, self.looking = handover, 0, False
        self.outcome: dict[str, Any] | None = None
        before = handover.before()
        self.name = before.header.name if before else ""
        self.ticked = self._private({answer.exercise for answer in before.answers} if before else ())

    def take(self, sent: dict[str, Any]) -> None:
        """Act on what the page sent; anything that does not fit is ignored, as a page can be forged."""
        name, ticked = sent.get("name"), sent.get("ticked")
        if not isinstance(sent.get("n"), int) or not isinstance(name, str) or not isinstance(ticked, list):
            return
        self.n, self.name, self.looking = sent["n"], name, bool(sent.get("looking"))
        self.ticked = self._private(ticked)
        if sent.get("action") == "hand in":
            self.outcome = self._hand_in()

    def forget(self) -> None:
        """Say no longer what came of an earlier hand-in: something has been saved since."""
        self.outcome = None

    def _private(self, ids: Any) -> list[str]:
        return [one.exercise for one in self.handover.bundle.questions if one.private and one.exercise in ids]

    def _hand_in(self) -> dict[str, Any]:
        try:
            return {"ok": True, "lines": told(self.handover.hand_in(self.name, self.ticked))}
        except (BadSubmission, NotSaved) as error:
            return {"ok": False, "lines": [str(error)], "missing": "name" if str(error) == say("handin.no_name") else ""}

    def fixed(self) -> dict[str, Any]:
        """What never changes while the page is open."""
        bundle = self.handover.bundle
        return {"id": bundle.name, "due": bundle.due.isoformat(), "due_text": when(bundle.due), "words": page_words("handin_form")}

    def state(self) -> dict[str, Any]:
        """What the page shows now."""
        before = self.handover.before()
        return {
            "n": self.n,
            "rows": [self._row(row) for row in self.handover.rows()],
            "name": self.name,
            "ticked": self.ticked,
            "file": self.handover.preview(self.name, self.ticked) if self.looking else "",
            "handed": before.header.handed_in.isoformat() if before else "",
            "said": self.outcome,
        }

    def _row(self, row: QuestionState) -> dict[str, Any]:
        one = row.question
        stays = one.private and one.exercise not in self.ticked and row.state == "answered"
        text = say("handin.stays") if stays else said(row)
        return {"number": row.number, "id": one.exercise, "title": one.title, "state": row.state, "said": text, "private": one.private}
