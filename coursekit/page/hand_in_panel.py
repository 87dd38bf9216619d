"""The panel at the end of an assignment: what is answered, exactly what will leave the machine, and the button."""

from html import escape
from typing import Any

import anywidget
import traitlets

from ..assignment.hand_in import Handover, Row, said, told
from ..assignment.notebook import when
from ..errors import BadSubmission
from ..wording import say, section
from .assets import script, style


class HandIn(anywidget.AnyWidget):
    """Handing in, on the page. `submission` is the only input; `form` and `state` are written, never read back."""

    _esm = script("hand_in")
    _css = style("exercise", "hand_in")
    form = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    submission = traitlets.Dict().tag(sync=True)

    def __init__(self, handover: Handover):
        self._handover, self._n, self._looking, self._said = handover, 0, False, None
        before = handover.before()
        self._name = before.header.name if before else ""
        handed = {answer.exercise for answer in before.answers} if before else set()
        self._ticked = [one.exercise for one in handover.bundle.questions if one.private and one.exercise in handed]
        super().__init__(form=self._form(), state=self._state())
        self.observe(self._take, "submission")

    def refresh(self) -> None:
        """Show what has been saved since, and no longer what was said of an earlier hand-in."""
        self._said = None
        self.state = self._state()

    def _take(self, change: Any) -> None:
        """Act on what the page sent; anything that does not fit is ignored, as a page can be forged."""
        sent = change["new"]
        name, ticked = sent.get("name"), sent.get("ticked")
        if not isinstance(sent.get("n"), int) or not isinstance(name, str) or not isinstance(ticked, list):
            return
        self._n, self._name, self._looking = sent["n"], name, bool(sent.get("looking"))
        self._ticked = [one.exercise for one in self._handover.bundle.questions if one.private and one.exercise in ticked]
        if sent.get("action") == "hand in":
            self._said = self._hand_in()
        self.state = self._state()

    def _hand_in(self) -> dict[str, Any]:
        try:
            return {"ok": True, "lines": told(self._handover.hand_in(self._name, self._ticked))}
        except BadSubmission as error:
            return {"ok": False, "lines": [str(error)], "missing": "name" if str(error) == say("handin.no_name") else ""}

    def _form(self) -> dict[str, Any]:
        bundle = self._handover.bundle
        return {"id": bundle.name, "due": bundle.due.isoformat(), "due_text": when(bundle.due), "words": section("handin_form")}

    def _state(self) -> dict[str, Any]:
        before = self._handover.before()
        return {
            "n": self._n,
            "rows": [self._row(row) for row in self._handover.rows()],
            "name": self._name,
            "ticked": self._ticked,
            "file": self._handover.preview(self._name, self._ticked) if self._looking else "",
            "handed": before.header.handed_in.isoformat() if before else "",
            "said": self._said,
        }

    def _row(self, row: Row) -> dict[str, Any]:
        one = row.question
        stays = one.private and one.exercise not in self._ticked and row.state == "answered"
        text = say("handin.stays") if stays else said(row)
        return {"number": row.number, "id": one.exercise, "title": one.title, "state": row.state, "said": text, "private": one.private}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        text = say("handout.hand_in")
        return {**data, "text/plain": text, "text/html": f"<p>{escape(text)}</p>"}, metadata
