"""A learner stays who they are: whatever becomes of the file with their id, the log says who wrote it."""

import json
import os
import shutil
from datetime import UTC, datetime

import pytest
from bundles import raw
from making import TINY

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.hand_in import Handover
from coursekit.content.library import load
from coursekit.errors import NotSaved
from coursekit.record.attempts import Log
from coursekit.record.forms import form_for

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
EXERCISE, SHEET = (load(TINY / "exercises")[id] for id in ("shop/what-counts", "shop/my-own-bill"))
OTHER = "0" * 32


def remove(path):
    path.unlink()


def replace_by_a_folder(path):
    path.unlink()
    path.mkdir()


def becomes(change):
    """A damage that changes the bytes of the file."""
    return lambda path: path.write_bytes(change(path.read_bytes()))


DAMAGES = {
    "missing": remove,
    "empty": becomes(lambda _: b""),
    "blank": becomes(lambda _: b" \r\n"),
    "cut in half": becomes(lambda id: id[:16]),
    "its last letter lost": becomes(lambda id: id[:31]),
    "not even text": becomes(lambda _: b"\xff\xfe\x00\x81"),
    "zeroes, as a power cut leaves them": becomes(lambda id: bytes(len(id))),
    "another's text": becomes(lambda _: b"Ada Mole\n"),
    "written twice": becomes(lambda id: id.strip() * 2),
    "a folder in its place": replace_by_a_folder,
}


def line(log, learner):
    """A line that another learner wrote, as a merge brings it."""
    row = json.loads(log.path.read_bytes().splitlines()[0]) | {"learner": learner, "id": "other"}
    return json.dumps(row).encode() + b"\n"


@pytest.fixture
def log(tmp_path):
    return Log(tmp_path / "my-work")


@pytest.fixture
def desk(log, tmp_path):
    """The learner at an assignment that is shuffled for each."""
    (tmp_path / "quiz.bundle.json").write_text(json.dumps(raw(shuffle=True)))
    return Handover(find_bundle(tmp_path), tmp_path, log, lambda: NOW)


def torn(path):
    path.write_bytes(path.read_bytes() + b'{"v":2,"lear')


RECORDS = {
    "in the log": lambda log: log.record(EXERCISE, ["slip"], None, NOW),
    "in what is about a client": lambda log: log.record(SHEET, {"fee": "1"}, None, NOW),
    "in a draft": lambda log: log.record(EXERCISE, ["slip"], None, NOW, act="draft"),
    "in a log whose last line is torn": lambda log: (log.record(EXERCISE, ["slip"], None, NOW), torn(log.path)),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("found", RECORDS)
def test_one_learner(log, desk, found, damage):
    """Test form, order of the questions and the id of a hand-in stay the same, and the file is right again."""

    def self():
        bundle = desk.bundle.for_learner(desk.learner())
        return desk.learner(), form_for(log.learner(), "before"), [one.id for one in bundle.questions]

    RECORDS[found](log)
    before, file = self(), (log.folder / "learner-id").read_bytes()
    DAMAGES[damage](log.folder / "learner-id")

    assert self() == before
    assert (log.folder / "learner-id").read_bytes() == file


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("newest", ["own", "other"])
def test_two_learners_after_a_merge(log, newest, damage):
    """What is left of the id says which; where nothing is, the newest line does."""
    log.record(EXERCISE, ["slip"], None, NOW)
    own, lines = log.learner(), log.path.read_bytes()
    log.path.write_bytes(line(log, OTHER) + lines if newest == "own" else lines + line(log, OTHER))
    DAMAGES[damage](log.folder / "learner-id")

    assert log.learner() == (own if newest == "own" or damage in ("cut in half", "its last letter lost") else OTHER)


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_record(log, damage):
    """Nobody can know it any more: there is a new one, once, also for two windows that ask at the same moment."""
    before = log.learner()
    DAMAGES[damage](log.folder / "learner-id")
    start, go = os.pipe()
    reader, writer = os.pipe()
    pids = []
    for _ in range(2):
        if not (pid := os.fork()):
            try:
                os.read(start, 1)
                os.write(writer, Log(log.folder).learner().encode() + b"\n")
                os._exit(0)
            finally:
                os._exit(1)
        pids.append(pid)
    os.write(go, b"..")
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0, 0]
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read().split()

    assert said == [log.learner()] * 2
    assert len(said[0]) == 32 and said[0] != before
    assert log.record(EXERCISE, ["slip"], None, NOW).learner == said[0]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_record_that_cannot_be_read(log, damage):
    """It is said, and nobody is made somebody else for it: when it can be read again, it is the same person."""
    log.record(EXERCISE, ["slip"], None, NOW)
    before, aside = log.learner(), log.path.with_name("aside")
    DAMAGES[damage](log.folder / "learner-id")
    shutil.move(log.path, aside)
    log.path.mkdir()
    with pytest.raises(NotSaved, match="the record cannot be read"):
        log.learner()
    log.path.rmdir()
    shutil.move(aside, log.path)

    assert log.learner() == before
