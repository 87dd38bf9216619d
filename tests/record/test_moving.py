"""What an older version wrote into one log is moved once, and whatever happens on the way nothing is lost or doubled."""

import shutil
from collections import Counter
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from breaking import broken
from making import TINY
from processes import in_child

from coursekit.content.library import load
from coursekit.errors import NotSaved
from coursekit.record.attempts import Log
from coursekit.record.moving import own_ids

OLD = Path(__file__).parents[1] / "old" / "log-v1"
EXERCISE = load(TINY / "exercises")["shop/what-counts"]
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def copies(tmp_path):
    """A function that makes a copy of the old record."""
    numbers = count()
    return lambda: Log(shutil.copytree(OLD, tmp_path / f"copy-{next(numbers)}"))


def write(log):
    """The first write of a process, which moves what is old."""
    return log.record(EXERCISE, None, None, NOW, act="hint").act


def old(log):
    """What the older version wrote, how often each; of the drafts those that are not overtaken."""
    entries = [entry for entry in log.entries() if not entry.writer]
    last = {entry.exercise: entry for entry in entries if entry.act in ("check", "draft")}
    return Counter((one.exercise, one.act, repr(one.answer), one.at) for one in entries if one.act != "draft" or one is last[one.exercise])


def names(log):
    """The files of a record; a kill may leave one beside them that never came to its place."""
    return sorted(path.relative_to(log.folder) for path in log.folder.rglob("*") if path.suffix in (".json", ".jsonl"))


@pytest.mark.parametrize("how", ["killed", "failed"])
def test_broken_off_at_any_step(copies, how):
    """Killed, or stopped by a full disk, at each file operation of a move: all is there, once, at once and after the next write."""
    whole = copies()
    expected = old(whole)
    write(whole)  # here, so that not each process below imports and reads the course anew
    files = names(whole)
    for number in count():
        log = copies()
        reached = broken(lambda log=log: write(log), number, how, NotSaved)

        assert expected == old(log), number
        in_child(lambda log=log: write(log))
        assert expected == old(log), number
        assert b'"draft"' not in log.path.read_bytes()
        assert files == names(log)
        assert (log.folder / "clients" / "own.jsonl").read_bytes().count(b"\n") == 2
        if not reached:
            break
    assert number > 20


def test_moved_once(copies):
    """The second process has nothing to move, and what was not moved lies byte for byte where it lay."""
    log = copies()
    before = log.path.read_bytes().split(b"\n")
    in_child(lambda: write(log))
    after = log.path.read_bytes()
    in_child(lambda: write(log))

    assert log.path.read_bytes().startswith(after)
    assert [line for line in after.split(b"\n")[: len(before)] if line.strip() and line not in before] == []
    assert list(map(len, before)) == list(map(len, after.split(b"\n")[: len(before)]))


def test_a_window_that_was_open_meanwhile(copies):
    """It goes on where it was: nothing came since, and what was moved is there once."""
    log = copies()
    seen, entries = log.about(EXERCISE)[1], old(log)
    in_child(lambda: write(Log(log.folder)))
    _, now = log.about(EXERCISE)
    log.record(EXERCISE, ["slip"], None, NOW, after=now)

    assert now.end.position > seen.end.position
    assert entries == old(log)


@pytest.mark.parametrize("left", ["deleted", "written over"])
def test_a_draft_that_went_on_after_a_broken_move(copies, left):
    """What was typed or given in since stands, whatever the old line says."""
    log, sheet = copies(), load(TINY / "exercises")["shop/two-bills"]
    lines = log.path.read_bytes()
    act = "draft" if left == "written over" else "check"
    in_child(lambda: log.record(sheet, {"who-knew": {"bakery": "newer"}}, None, NOW, act=act).act)
    log.path.write_bytes(lines + log.path.read_bytes()[len(lines) :])  # as if it had been broken off before its last step
    in_child(lambda: write(log))

    assert [one.answer["who-knew"]["bakery"] for one in log.about(sheet)[0]] == ["newer"]


def test_which_exercises_are_about_the_own_client(copies):
    """Worksheets of the course, drafts of them too, and of exercises that it does not have those that were kept."""
    own = {"start-here/choose-a-client", "cost/journal", "shop/my-own-bill"}

    assert own == own_ids(copies().entries())
