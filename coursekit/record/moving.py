"""What an older version wrote into one log goes to where it lies now: drafts, and what is about the learner's own client.

Broken off at any step, it is begun again: a line that lies in both places is one line, by its id.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache

from attrs import evolve

from ..content import location
from ..content.library import load
from ..errors import CourseNotFound
from ..model.exercise import Exercise
from .clients import FIRST, about_own_client
from .entry import BadLine, Entry, from_line, to_line
from .reading import read_log
from .store import ATTEMPTS, CLIENTS, Store

OWN = f"{CLIENTS}/{FIRST}"


def move_old(store: Store) -> None:
    """Move what lies in the log of attempts and does not belong there; what is about a forgotten client goes for good.

    Of several drafts of an exercise only the last is kept, and none that was given in since. Raises OSError.
    """
    for client in store.forgotten():
        store.forget(client)  # somebody may have copied an older record over this one
    if _apart(dict(enumerate(read_log(store, ATTEMPTS).entries))):
        store.take_out(ATTEMPTS, lambda lines: _moved(store, _entries(lines)))


def _entries(lines: Iterable[tuple[int, bytes]]) -> dict[int, Entry]:
    found = {}
    for position, line in lines:
        with suppress(BadLine):
            found[position] = from_line(line, position)
    return found


def _moved(store: Store, entries: dict[int, Entry]) -> set[int]:
    """Put entries where they belong; returns the positions from which they may go now."""
    apart, own, gone = _apart(entries), own_ids(entries.values()), FIRST in store.forgotten()
    there = [] if gone else list(_entries(enumerate(store.lines(OWN).whole)).values())
    known = {entry.id for entry in there}
    new = [entry for entry in apart.values() if entry.exercise in own and entry.act != "draft" and entry.id not in known]
    if new and not gone:
        store.append(OWN, b"".join(map(to_line, new)))
    since = [entry for entry in there if entry.writer]  # a move was broken off, and the learner went on
    _keep_drafts(store, [*entries.values(), *since], own, gone)
    return set(apart)


def _apart(entries: Mapping[int, Entry]) -> dict[int, Entry]:
    """Those that do not belong here. A newer version writes each where it belongs."""
    own = own_ids(entries.values())
    return {key: one for key, one in entries.items() if not one.writer and (one.act == "draft" or one.exercise in own)}


def _keep_drafts(store: Store, entries: Iterable[Entry], own: set[str], gone: bool) -> None:
    """Keep the last draft of each exercise that was not given in since."""
    answers: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.act in ("check", "draft") and not (gone and entry.exercise in own):
            answers.setdefault(entry.exercise, []).append(entry)
    for exercise, given in answers.items():
        log = OWN if exercise in own else ATTEMPTS
        if given[-1].act == "draft" and store.draft(log, exercise) is None:
            checked = next((entry.id for entry in reversed(given) if entry.act == "check"), "")
            store.keep_draft(log, exercise, to_line(evolve(given[-1], after=checked)))


def own_ids(entries: Iterable[Entry]) -> set[str]:
    """The exercises of older entries that are about the learner's own client, as far as the course has them.

    Of others, those whose answers were kept and not graded, which is said of worksheets only.
    """
    said: dict[str, set[str]] = {}
    for entry in entries:
        if not entry.writer:
            said.setdefault(entry.exercise, set()).add(entry.status)
    unclear = {id for id, status in said.items() if not status & {"graded", "needs marking"} and not _tested(id)}
    course = _course() if unclear else {}
    return {id for id in unclear if (about_own_client(course[id]) if id in course else "kept" in said[id])}


def _tested(id: str) -> bool:
    """Whether it is a question of graded work, or of a test form: their answers are kept too."""
    return ":" in id or id.startswith("form-")


@cache
def _course() -> Mapping[str, Exercise]:
    try:
        return load(location.root() / "exercises")
    except CourseNotFound:
        return {}
