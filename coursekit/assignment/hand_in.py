"""One learner who hands in an assignment: what is answered, what would leave the machine, and the file that is written.

Knows no widget: the page and the command line do the same through it.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from attrs import frozen

from .. import files
from ..errors import BadSubmission, NotSaved
from ..formats import listed
from ..record.attempts import Entry, Log, why_not
from ..record.home import nearest
from ..wording import say
from .bundle import Bundle, Released, find_bundle
from .submission import SUFFIX, Answer, Header, answers, file_name, pack, plain_name, preview, read_answer, read_header, saved, saves

State = Literal["not answered", "answered", "changed", "not saved"]
LARGEST = 100_000_000  # bytes of a file handed in that is read again


@frozen
class QuestionState:
    """How one question stands. "changed": since it was handed in; "not saved": what is on the page is not what was saved."""

    number: int
    question: Released
    state: State
    saves: int
    at: datetime | None


@frozen
class Receipt:
    """What was handed in. `answered` of `questions` have an answer in the file; `before` is when an earlier one was written."""

    path: Path
    answers: int
    answered: int
    questions: int
    late: bool
    before: datetime | None


@frozen
class _Handed:
    """A file that this learner handed in before."""

    path: Path
    header: Header
    answers: tuple[Answer, ...]

    def of(self, exercise: str) -> list[Answer]:
        return [one for one in self.answers if one.exercise == exercise]


@frozen
class Handover:
    """The assignment in `folder` and the record of its learner. `clock` returns an aware time."""

    bundle: Bundle
    folder: Path
    log: Log
    clock: Callable[[], datetime]

    def rows(self) -> list[QuestionState]:
        """Every question in the order in which the learner sees it."""
        entries, before = self.log.entries(), self.before()
        given = saved(self.bundle, entries)
        return [self._row(n, one, given[one.id], entries, before) for n, one in enumerate(self.bundle.questions, 1)]

    def _row(self, number: int, one: Released, given: list[Entry], entries: list[Entry], before: _Handed | None) -> QuestionState:
        typed = [entry for entry in entries if entry.exercise == one.id and entry.act in ("check", "draft")]
        state: State = "answered" if given else "not answered"
        if typed and (typed[-1].act, typed[-1].status) != ("check", "kept"):
            state = "not saved"
        elif before and (before.of(one.exercise) or not one.private):
            now = [(entry.answer, entry.at) for entry in given]
            state = state if now == [(answer.answer, answer.at) for answer in before.of(one.exercise)] else "changed"
        return QuestionState(number, one, state, len(given), given[-1].at if given else None)

    def late(self) -> bool:
        """Whether the due time is over."""
        return self.clock() > self.bundle.due

    def preview(self, name: str, ticked: Collection[str]) -> str:
        """The text of the file as it would be written now."""
        entries = self.log.entries()
        given = answers(self.bundle, entries, ticked)
        return preview(self.bundle, given, self.learner(), name, self.clock(), saves(self.bundle, entries)).decode("utf-8")

    def learner(self) -> str:
        """The learner's id; empty as long as none can be kept."""
        try:
            return self.log.learner()
        except NotSaved:
            return ""

    def before(self) -> _Handed | None:
        """The newest file that this learner has handed in here: the order of saving decides, and a clock only between equals."""
        return max(self._handed(), key=lambda one: (one.header.saves, one.header.handed_in), default=None)

    def _handed(self) -> Iterator[_Handed]:
        for path in sorted(self.folder.glob(f"*-{self.bundle.name}{SUFFIX}")):
            if (found := _read(path)) and (found.header.assignment, found.header.learner) == (self.bundle.name, self.learner()):
                yield found

    def hand_in(self, name: str, ticked: Collection[str]) -> Receipt:
        """Write the file, in place of one that this learner handed in before.

        Raises BadSubmission where there is nothing to hand in or no name, NotSaved where the file cannot be written.
        """
        now, entries = self.clock(), self.log.entries()
        given = answers(self.bundle, entries, ticked)
        content = pack(self.bundle, given, self.learner(), name, now, saves(self.bundle, entries))
        self._check(content)
        earlier = list(self._handed())
        path = self._path(plain_name(name))
        self._write(path, content)
        for one in earlier:
            if one.path != path:  # the same learner under another name
                with suppress(OSError):  # open in another program: the gradebook takes the newer of the two
                    one.path.unlink(missing_ok=True)
        before = max((one.header.handed_in for one in earlier), default=None)
        answered = {question.exercise for question, _ in given}
        return Receipt(path, len(given), len(answered), len(self.bundle.questions), now > self.bundle.due, before)

    def _check(self, content: bytes) -> None:
        """What nobody could read later must not be called handed in."""
        try:
            read_header(content.partition(b"\n")[0])
        except BadSubmission:
            raise BadSubmission(say("handin.no_id", file=self.log.folder / "learner-id")) from None

    def _path(self, name: str) -> Path:
        """Where the file goes; not over the one of somebody else of that name."""
        path = self.folder / file_name(name, self.bundle.name)
        there = _read(path) if path.exists() else None
        taken = there is not None and there.header.learner != self.learner()
        return self.folder / file_name(f"{name} {self.learner()[:6]}", self.bundle.name) if taken else path

    def _write(self, path: Path, content: bytes) -> None:
        try:
            files.write(path, content)
        except OSError as error:
            raise NotSaved(say("handin.not_written", why=why_not(error, self.folder), file=path)) from None


def _read(path: Path) -> _Handed | None:
    """A file handed in; None where it is none, or is damaged."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        first, *lines = path.read_bytes().split(b"\n")
        return _Handed(path, read_header(first), tuple(read_answer(line) for line in lines if line))
    except (OSError, BadSubmission):
        return None


def submit(folder: Path, name: str, ticked: Collection[str]) -> Iterator[str]:
    """Hand in the assignment in `folder` and say what was done, a line each. Raises BadBundle, BadSubmission and NotSaved."""
    bundle = find_bundle(folder)
    log = Log(nearest(folder))
    desk = Handover(bundle.for_learner(Handover(bundle, folder, log, _now).learner()), folder, log, _now)
    private = [one.exercise for one in bundle.questions if one.private]
    if unknown := sorted(set(ticked) - set(private)):
        raise BadSubmission(say("handin.not_private", ids=listed(unknown), known=listed(private) or "-"))
    receipt = desk.hand_in(name, ticked)
    yield say("handin_form.succeeded")
    yield from summary(desk.rows())
    yield from (say("handin.left_out", id=one) for one in private if one not in ticked)
    yield from told(receipt)


def _now() -> datetime:
    return datetime.now(UTC)


def summary(rows: list[QuestionState]) -> Iterator[str]:
    """Each question on a line of its own, as plain text."""
    for row in rows:
        yield say("handin.row", number=row.number, title=row.question.title, state=said(row))


def said(row: QuestionState) -> str:
    """The state of a question in words."""
    if row.saves > 1 and row.state in ("answered", "changed"):
        return say(f"handin.{row.state}_often", n=row.saves)
    return say(f"handin.{row.state.replace(' ', '_')}")


def told(receipt: Receipt) -> list[str]:
    """What was done and what to do next, a sentence each."""
    done = say("handin.done", file=receipt.path.name, folder=receipt.path.parent)
    counts = say("handin.counts", answered=receipt.answered, n=receipt.questions, answers=receipt.answers)
    before = [say("handin.replaced")] if receipt.before else []
    late = [say("handin.late_now")] if receipt.late else []
    return [done, counts, *before, *late, say("handin.next")]
