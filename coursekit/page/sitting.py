"""One learner at one exercise: what they did so far, what the page shows, what each of their acts changes.

Knows no widget, so that it is tested as it is; whatever draws it is a thin layer over it.
"""

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
from ..wording import say, section
from .html import tag

HONEST_TRIES = 2  # different graded answers before the answer is offered


class Sitting:
    """The state of one exercise for one learner. `clock` returns an aware time."""

    def __init__(self, exercise: Exercise, log: Log, clock: Callable[[], datetime]):
        self.exercise, self.log, self.clock = exercise.as_asked(), log, clock
        self.entries: list[Entry] = []
        self.n = 0
        self.saved: dict[str, Any] | None = None
        self._read_on()
        self._restore()

    def _read_on(self) -> None:
        """Take in what came since, from here or from another window; what could not be saved keeps its place."""
        found, self.end = self.log.about(self.exercise)
        known = {entry.id for entry in self.entries}
        before = [entry for entry in self.entries if entry.act != "draft"]
        self.entries = before + [entry for entry in found if entry.act == "draft" or entry.id not in known]

    def _restore(self) -> None:
        """The last answer and its feedback, as the learner left them."""
        answers = [entry for entry in self.entries if entry.act in ("check", "draft")]
        last = answers[-1] if answers else None
        self.raw = last.answer if last else None
        self.confidence = last.confidence if last else None
        self.drafted = bool(last and last.act == "draft")
        self.draft = last.id if last and self.drafted else ""  # the one that this window shows
        checked = [entry for entry in answers if entry.act == "check"]
        self.grade = self._shown(grade(self.exercise, checked[-1].answer)) if checked else None
        self.mark = next((entry.mark for entry in reversed(self.entries) if entry.act == "mark"), None)
        if self.entries:
            self.saved = {"ok": True, "at": self.entries[-1].at.isoformat()}

    def _shown(self, given: Grade) -> Grade:
        """The grade as the learner sees it: a test item says that it is saved, and neither right nor wrong."""
        silent = self.exercise.tested and given.status == "graded"
        return Grade("kept", None, given.max_points, (), say("feedback.test")) if silent else given

    def take(self, submission: dict[str, Any]) -> None:
        """Act on what the page sent; anything that does not fit is ignored, as a page can be forged."""
        act = submission.get("action")
        if act not in ("check", "draft", "hint", "solution", "mark") or not isinstance(submission.get("n"), int):
            return
        self.n = submission["n"]
        while True:
            self._read_on()
            with suppress(Changed):  # another window was first: what it saved may decide
                return self._act(act, submission)

    def _act(self, act: Act, submission: dict[str, Any]) -> None:
        if act in ("check", "draft"):
            self._answer(act, submission)
        elif act == "mark" and self._anchors() and submission.get("mark") in (1, 2, 3, 4):
            self.mark = submission["mark"]
            self._record("mark", self.raw, None, mark=self.mark)
        elif act == "hint" and self._hints() < len(self.exercise.hint):
            self._record("hint", None, None)
        elif act == "solution" and self._offered():
            self._record("solution", None, None)

    def _answer(self, act: Act, submission: dict[str, Any]) -> None:
        answer, confidence = submission.get("answer"), submission.get("confidence")
        self.raw = answer.get("answer") if isinstance(answer, dict) and self._single() else answer
        self.confidence = confidence if confidence in range(50, 101) else None
        given = self._shown(grade(self.exercise, self.raw)) if act == "check" else None
        self.drafted = act == "draft"
        self.grade = given or self.grade  # a draft keeps the feedback to the answer before it on the page
        self._record(act, self.raw, given, confidence=self.confidence)

    def _record(self, act: Act, answer: Any, given: Grade | None, **more: Any) -> None:
        now = self.clock()
        try:
            entry = self.log.record(self.exercise, answer, given, now, act=act, after=self.end, upon=self.draft, **more)
            if act in ("check", "draft"):
                self.draft = entry.id if act == "draft" else ""
            self.saved = {"ok": True, "at": entry.at.isoformat()}
        except NotSaved as error:
            grade_shown = {"status": given.status, "score": given.score} if given else None
            entry = Entry(self.exercise.id, act, answer, now, "", "", grade_shown)
            self.saved = {"ok": False, "text": str(error)}
        self.entries.append(entry)

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
            "autosave": exercise.autosaves,
            "words": section("form"),
        }

    def state(self) -> dict[str, Any]:
        """What the page shows now: answer, feedback, hints so far, the answer if asked for, whether it is saved."""
        offered = self._offered()
        seen = any(entry.act == "solution" for entry in self.entries)
        return {
            "n": self.n,
            "answer": {"answer": self.raw} if self._single() and self.raw is not None else self.raw,
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
            "saved": self.saved,
        }

    def _summary(self) -> dict[str, str] | None:
        if self.grade is None or self.grade.status != "kept":
            return _summary(self.grade)
        if self._lost():
            return {"verdict": "missed", "text": say("summary.not_saved")}
        kept = [entry.answer for entry in self.entries if entry.act == "check" and entry.status == "kept" and entry.learner]
        return {"verdict": "kept", "text": self.exercise.said(kept)}

    def _lost(self) -> bool:
        """Whether the last answer is on the page only."""
        return bool(self.saved and not self.saved["ok"])

    def _feedback(self) -> str:
        if not self.grade or (self.grade.status == "kept" and self._lost()):
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
