"""One learner at one exercise: what they did so far, what the page shows, what each of their acts changes.

Knows no widget, so that it is tested as it is; whatever draws it is a thin layer over it.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from ..content.markdown import html
from ..errors import NotSaved
from ..files import Changed
from ..model.exercise import Exercise, Grade, Part
from ..model.grading import grade
from ..model.points import rounded
from ..record.attempts import Act, Entry, Log
from ..record.progress import Standing, standing
from ..wording import page_words, say
from .conflict import Conflict
from .html import tag
from .three_way_merge import merge, same

HONEST_TRIES = 2  # different graded answers before the answer is offered
_DRAWN = re.compile(r"[0-9a-f]{16,64}")  # an id that the page drew


class Sitting:
    """The state of one exercise for one learner. `clock` returns an aware time."""

    def __init__(self, exercise: Exercise, log: Log, clock: Callable[[], datetime]):
        self.exercise, self.log, self.clock = exercise.as_asked(), log, clock
        self.entries: list[Entry] = []
        self.n = 0
        self.address = ""
        self.trouble = ""  # why the last act could not be saved
        self.left: Any = None  # what of this act was put aside
        self.conflict: Conflict | None = None
        self._read_on()
        self._show()

    def _read_on(self) -> None:
        """Take in what came since, from here or from another window; what could not be saved keeps its place."""
        found, self.seen = self.log.about(self.exercise)
        known = {entry.id for entry in self.entries}
        before = [entry for entry in self.entries if entry.act != "draft"]
        self.entries = before + [entry for entry in found if entry.act == "draft" or entry.id not in known]

    def _show(self) -> None:
        """The last answer and its feedback, as the learner left them."""
        last = _last(self.entries, "check", "draft")
        self.raw = last.answer if last else None
        self.confidence = last.confidence if last else None
        self.drafted = bool(last and last.act == "draft")
        checked = _last(self.entries, "check")
        self.grade = self._graded(checked.answer) if checked else None
        self.lost = bool(checked and not checked.learner)
        marked = _last(self.entries, "mark")
        self.mark = marked.mark if marked else None
        self.at = (last or self.entries[-1]).at.isoformat() if self.entries else ""

    def _graded(self, raw: Any) -> Grade:
        """The grade as the learner sees it: a test item says that it is saved, and neither right nor wrong."""
        given = grade(self.exercise, raw)
        silent = self.exercise.tested and given.status == "graded"
        return Grade("kept", None, given.max_points, (), say("feedback.test")) if silent else given

    def take(self, submission: dict[str, Any]) -> bool:
        """Act on what the page sent and return whether anything new is in the record, from here or from another window.

        A submission has an `action`, a number `n`, and an `id` by which a repeat is known. "look" asks what another window
        saved, and with `begin` it gets somebody who begins to type an id; "draft" keeps what is typed. With an answer comes
        `base`, the one that the window was told before. What was changed in both windows waits for the learner, who sends it
        again with `prefer` ("mine" or "theirs") and `over`, the id of what they were shown. Anything that does not fit is
        ignored, as a page can be forged.
        """
        act, n = submission.get("action"), submission.get("n")
        if act not in ("check", "draft", "hint", "solution", "mark", "look") or not isinstance(n, int):
            return False
        before, self.left = [entry.id for entry in self.entries], None
        if act != "look":
            self.n, self.conflict = n, None
        elif submission.get("begin") is True:
            with suppress(NotSaved):  # the first save says so
                self.log.learner()
        while True:
            self._read_on()
            with suppress(Changed):  # another window was first: what it saved may decide
                if act != "look" and not self._repeated(submission.get("id")):
                    self._act(act, submission)
                break
        self._show()
        return before != [entry.id for entry in self.entries]

    def _repeated(self, id: Any) -> bool:
        return bool(id) and any(entry.id == id and entry.learner for entry in self.entries)

    def _act(self, act: Act, submission: dict[str, Any]) -> None:
        id = submission.get("id")
        id = id if isinstance(id, str) and _DRAWN.fullmatch(id) else ""
        if act in ("check", "draft"):
            self._answer(act, id, submission)
        elif act == "mark" and self._anchors() and submission.get("mark") in (1, 2, 3, 4):
            self._record("mark", id, self.raw, mark=submission["mark"])
        elif act == "hint" and self._hints() < len(self.exercise.hint):
            self._record("hint", id, None)
        elif act == "solution" and self._offered():
            self._record("solution", id, None)

    def _answer(self, act: Act, id: str, submission: dict[str, Any]) -> None:
        """Save what was typed with what another window saved meanwhile, or ask which of the two is meant."""
        there = _last([entry for entry in self.entries if entry.learner], "check", "draft")
        mine, theirs = submission.get("answer"), self._boxed(there.answer) if there else None
        base = submission.get("base", theirs)
        prefer = submission.get("prefer") if there and submission.get("over") == there.id else None
        prefer = prefer if prefer in ("mine", "theirs") else None
        asked = act == "draft" or self.exercise.written  # else what is on the page is what is checked
        merged = merge(base if asked else theirs, mine, theirs, "theirs" if prefer == "theirs" else "mine")
        if there and merged.clashes and not prefer:
            self.conflict = Conflict(there, merged.clashes)
            return
        confidence = submission.get("confidence")
        left = None
        if prefer == "theirs":
            act, left = "draft", mine  # shown first; to save it is another act
        elif there and there.act == "draft" and (merged.clashes or not asked) and not same(base, theirs) and not same(mine, theirs):
            left = theirs
        self._save(act, id, merged.answer, confidence if confidence in range(50, 101) else None, left)

    def _save(self, act: Act, id: str, answer: Any, confidence: int | None, left: Any) -> None:
        """`left` is what the learner did not choose."""
        try:
            if left is not None and left != self.left:
                self.log.put_aside(self.exercise, self._unboxed(left), self.clock())
                self.left = left  # once, however often another window is first
            if act == "draft" and self._is_kept(answer, confidence):
                self.trouble = ""
                return
        except NotSaved as error:
            self.trouble = str(error)
            return
        raw = self._unboxed(answer)
        self._record(act, id, raw, self._graded(raw) if act == "check" else None, confidence=confidence)

    def _is_kept(self, answer: Any, confidence: int | None) -> bool:
        """Whether a draft says nothing new. One that says again what was given in takes the draft before it away."""
        if self._says(_last(self.entries, "check", "draft"), answer, confidence):
            return True
        if not self._says(_last(self.entries, "check"), answer, confidence):
            return False
        self.log.drop_draft(self.exercise, self.seen)
        self.entries = [entry for entry in self.entries if entry.act != "draft"]
        return True

    def _says(self, entry: Entry | None, answer: Any, confidence: int | None) -> bool:
        known = (self._boxed(entry.answer), entry.confidence) if entry else (None, None)
        return same(known[0], answer) and known[1] == confidence and not (entry and not entry.learner)

    def _record(self, act: Act, id: str, answer: Any, given: Grade | None = None, **more: Any) -> None:
        now = self.clock()
        try:
            entry = self.log.record(self.exercise, answer, given, now, act=act, id=id, after=self.seen, **more)
            self.trouble = ""
        except NotSaved as error:
            self.trouble = str(error)
            shown = {"status": given.status, "score": given.score} if given else None
            entry = Entry(self.exercise.id, act, answer, now, "", "", shown, **more)
        self.entries.append(entry)

    def _boxed(self, raw: Any) -> Any:
        """A raw answer as the page has it: {control: value}."""
        return {"answer": raw} if self._single() and raw is not None else raw

    def _unboxed(self, answer: Any) -> Any:
        return answer.get("answer") if isinstance(answer, dict) and self._single() else answer

    def _single(self) -> bool:
        return [control.id for control in self.exercise.controls()] == ["answer"]

    def _hints(self) -> int:
        return sum(entry.act == "hint" for entry in self.entries)

    def _standing(self) -> Standing:
        return standing(self.entries, {self.exercise.id: self.exercise})

    def _offered(self) -> bool:
        now = self._standing()
        return (now.tries >= HONEST_TRIES or now.best == 1) and bool(self.exercise.solution())

    def fixed(self) -> dict[str, Any]:
        """What never changes while the page is open: the question, without key, reasons or hints."""
        exercise = self.exercise
        return {
            "id": exercise.id,
            "kind": exercise.kind,
            "title": exercise.title,
            "note": html(exercise.note) if exercise.note else "",
            "prompt": html(exercise.prompt),
            "controls": [control.drawn() for control in exercise.controls()],
            "confidence": exercise.confidence,
            "hints": len(exercise.hint),
            "submit": say("form.save" if exercise.saves else "form.check"),
            "saves": exercise.saves,
            "tested": exercise.tested,
            "words": page_words("form"),
        }

    def state(self) -> dict[str, Any]:
        """What the page shows now: answer, feedback, hints so far, the answer if asked for, whether it is saved."""
        offered = self._offered()
        seen = any(entry.act == "solution" for entry in self.entries)
        return {
            "n": self.n,
            "answer": self._boxed(self.raw),
            "confidence": self.confidence,
            "drafted": self.drafted,
            "attempts": self._standing().tries,
            "summary": self._summary(),
            "feedback": self._feedback(),
            "parts": [_shown(part) for part in self.grade.parts if _told(part, self.grade)] if self.grade else [],
            "hints": [html(hint) for hint in self.exercise.hint[: self._hints()]],
            "solution": {"offered": offered and not seen, "html": html(self.exercise.solution()) if offered and seen else ""},
            "anchors": self._anchors(),
            "mark": self.mark,
            "saved": self._saved(),
            "conflict": self._conflict(),
            "address": self._address(),
        }

    def _saved(self) -> dict[str, Any] | None:
        if self.trouble:
            return {"ok": False, "text": self.trouble}
        return {"ok": True, "at": self.at} if self.entries else None

    def _conflict(self) -> dict[str, Any] | None:
        there = self.conflict
        return there.state(self.exercise.controls(), self._boxed(there.theirs.answer)) if there else None

    def _address(self) -> str:
        """Under what a browser keeps what it could not send yet."""
        self.address = self.address or self.log.address(self.exercise)
        return self.address

    def _summary(self) -> dict[str, str] | None:
        if self.grade is None or self.grade.status != "kept":
            return _summary(self.grade)
        if self.lost:
            return {"verdict": "missed", "text": say("summary.not_saved")}
        kept = [entry.answer for entry in self.entries if entry.act == "check" and entry.status == "kept" and entry.learner]
        return {"verdict": "kept", "text": self.exercise.said(kept)}

    def _feedback(self) -> str:
        if not self.grade or (self.grade.status == "kept" and self.lost):
            return ""
        if self.grade.status == "unreadable":  # quotes what was typed, which is no Markdown
            return tag("p", self.grade.feedback)
        text = self.grade.feedback
        if self.grade.score == 1 and self.exercise.explanation:
            text += f"\n\n{self.exercise.explanation}"
        return html(text)

    def _anchors(self) -> list[dict[str, Any]]:
        if not self.grade or self.grade.status != "needs marking":
            return []
        anchors = sorted(self.exercise.anchor, key=lambda anchor: anchor.level)
        return [{"level": a.level, "text": html(a.text), "why": html(a.why)} for a in anchors]


def _last(entries: list[Entry], *acts: Act) -> Entry | None:
    return next((entry for entry in reversed(entries) if entry.act in acts), None)


def _summary(given: Grade | None) -> dict[str, str] | None:
    if given is None:
        return None
    if given.status != "graded":
        verdict = {"unreadable": "unreadable", "needs marking": "marking"}[given.status]
        return {"verdict": verdict, "text": say(f"summary.{verdict}")}
    verdict = "right" if given.score == 1 else "partly" if given.score else "wrong"
    percent = min(99, max(1, int(rounded(100 * (given.score or 0), 0))))  # partly right never reads as nothing or as all
    return {"verdict": verdict, "text": say(f"summary.{verdict}", percent=percent)}


def _told(part: Part, given: Grade) -> bool:
    """Whether a part is shown beside its control: not where the summary has said it all of the only box."""
    return bool(part.text) or part.id != "answer" or given.status == "unreadable"


def _shown(part: Part) -> dict[str, str]:
    return {"id": part.id, "verdict": part.verdict, "label": say(f"verdict.{part.verdict}"), "text": html(part.text) if part.text else ""}
