"""The record: every line that the page called saved is there, whatever happened next."""

import errno
import json
import os
import random
import resource
import select
import shutil
import signal
import tempfile
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TINY

from coursekit.content.library import load
from coursekit.errors import NotSaved
from coursekit.model.exercise import Grade
from coursekit.model.grading import grade
from coursekit.record.attempts import Entry, Log, course_version, home

NOW = datetime(2026, 3, 2, 9, 30, 15, 250_000, UTC)
EXERCISE = load(TINY / "exercises")["shop/answer-mr-abe"]
RIGHT = grade(EXERCISE, "say-six")
TORN = "the last line was cut short (a crash, or a full disk); it was set aside and every line before it is there"
BROKEN = "the line is not an entry of this course; it was set aside and the others were read"


def in_child(work):
    """What `work` returns (JSON) when it runs in a forked process, which ends without any of pytest's own clean-up."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            os.write(writer, json.dumps(work()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    assert (pid, 0) == os.waitpid(pid, 0)
    return json.loads(said)


def record(log, answer="say-six", **more):
    return log.record(EXERCISE, answer, RIGHT, NOW, **more)


@pytest.fixture
def log(tmp_path):
    return Log(tmp_path / "my-work")


def test_an_entry_comes_back(log):
    """What was recorded is read back as it was, with the version of the course and one learner's id."""
    entry = record(log, confidence=80)
    expected = Entry(
        "shop/answer-mr-abe", "check", "say-six", NOW, log.learner(), course_version(),
        {"status": "graded", "score": 1.0, "points": 1.0, "max_points": 1.0}, 80,
    )  # fmt: skip

    assert expected == entry
    assert [expected] == log.entries()
    assert (entry.status, entry.score) == ("graded", 1.0)
    assert log.problems() == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec=None)), inner, max_size=4),
    max_leaves=10,
)


@given(JSON)
def test_any_answer_comes_back(answer):
    """Any JSON answer is read back as it was given in, also with line breaks, control characters or half a character."""
    with tempfile.TemporaryDirectory() as folder:
        record(Log(folder), answer)

        assert [answer] == [entry.answer for entry in Log(folder).entries()]


@pytest.mark.parametrize(
    ("act", "given", "more"),
    [
        ("draft", None, {}),
        ("hint", None, {}),
        ("solution", None, {}),
        ("mark", None, {"mark": 3}),
        ("check", Grade("unreadable"), {"confidence": 50}),
        ("check", Grade("kept"), {}),
        ("check", Grade("needs marking"), {}),
    ],
)
def test_every_act_comes_back(log, act, given, more):
    """Every act of a learner is one line."""
    entry = log.record(EXERCISE, None, given, NOW, act=act, **more)

    assert [entry] == log.entries()
    assert (given.status if given else "", None) == (entry.status, entry.score)


def test_times_are_kept_in_utc(log):
    """A time of another zone is the same moment when it is read back."""
    moment = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    log.record(EXERCISE, "x", None, moment)

    assert [entry.at for entry in log.entries()] == [NOW]
    assert b'"at":"2026-03-02T09:30:15.250+00:00"' in log.path.read_bytes()


def test_each_entry_is_one_line_of_ascii(log):
    """The file can be read by anything that reads JSON lines, whatever was typed."""
    answers = ["a\nb", "naïve €", "\ud800", "\u2028", {"k": ["\r\n"]}]
    for answer in answers:
        record(log, answer)
    lines = log.path.read_bytes().decode("ascii").splitlines()

    assert answers == [json.loads(line)["answer"] for line in lines]
    assert {2} == {json.loads(line)["v"] for line in lines}


def test_the_log_is_only_appended_to(log):
    """What stood in the file stays there byte for byte."""
    before = b""
    for n in range(5):
        record(log, n)
        now = log.path.read_bytes()

        assert now.startswith(before)
        before = now


def test_the_record_is_there_after_reopening(log):
    """Another process sees what this one recorded, and adds to it under the same learner."""
    record(log, "one")
    in_child(lambda: record(Log(log.folder), "two").answer)

    assert [entry.answer for entry in log.entries()] == ["one", "two"]
    assert len({entry.learner for entry in log.entries()}) == 1


def test_only_the_learner_can_read_the_log(log):
    """The file is the learner's own."""
    record(log)

    assert log.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("moved", "folder", "expected"),
    [("elsewhere", "course", "elsewhere"), ("", "course", "course/my-work"), ("", "course/notebooks", "course/my-work")],
)
def test_home(tmp_path, monkeypatch, moved, folder, expected):
    """The record lives where COURSEKIT_HOME says, else in my-work beside the folder of notebooks."""
    (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / folder)
    monkeypatch.setenv("COURSEKIT_HOME", str(tmp_path / moved) if moved else "")

    assert tmp_path / expected == home() == Log().folder


def _record_until_killed(log, pipe, chance):
    """In the child: record without end, and say each number once its line is said to be saved."""
    number = 0
    while True:
        number += 1
        record(log, {"pid": os.getpid(), "n": number, "text": "x" * chance.choice((10, 1_000, 300_000))})
        os.write(pipe, b".")


def _killed(log, chance):
    """Start a recorder, kill it -9 at a random moment; returns its process id and how many lines it was told are saved."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            _record_until_killed(log, writer, chance)
        finally:
            os._exit(1)
    os.close(writer)
    os.set_blocking(reader, False)
    end, acknowledged = time.monotonic() + chance.uniform(0.001, 0.011), 0
    while (left := end - time.monotonic()) > 0:
        if select.select([reader], [], [], left)[0]:
            acknowledged += len(os.read(reader, 65536))
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    while more := os.read(reader, 65536):
        acknowledged += len(more)
    os.close(reader)
    return pid, acknowledged


@pytest.mark.parametrize("seed", range(15))
def test_kill_9(tmp_path, seed):
    """Killed at any moment (20 times in each of 15 logs), a recorder loses no acknowledged line; at most one is torn."""
    chance, log, torn = random.Random(seed), Log(tmp_path), 0
    log.learner()
    for _ in range(20):
        pid, acknowledged = _killed(log, chance)
        kept = [entry.answer["n"] for entry in log.entries() if entry.answer["pid"] == pid]
        problems = log.problems()

        assert list(range(1, len(kept) + 1)) == kept
        assert acknowledged <= len(kept) <= acknowledged + 1
        assert torn <= len(problems) <= torn + 1
        assert [TORN] * (len(problems) - torn) == [problem.text for problem in problems[torn:]]
        torn = len(problems)
        after = record(log, {"pid": 0, "n": 0})

        assert after == log.entries()[-1]
        assert torn == len(log.problems())


@pytest.mark.parametrize("cut", [1, 2, 20, 100, -2])
def test_a_torn_last_line(log, cut):
    """A line cut short by a crash is reported and set aside; the lines before it and the next record are whole."""
    record(log, "one")
    whole = log.path.read_bytes()
    log.path.write_bytes(whole + whole[:cut])
    (problem,) = log.problems()

    assert f"{log.path}: line 2: {TORN}" == str(problem)
    assert [entry.answer for entry in log.entries()] == ["one"]
    record(log, "two")

    assert [entry.answer for entry in log.entries()] == ["one", "two"]
    assert [(problem.line, problem.text) for problem in log.problems()] == [(2, BROKEN)]


def test_a_last_line_that_lacks_only_its_line_break(log):
    """Cut just before the line break the entry is whole, and the next one does not run into it."""
    record(log, "one")
    log.path.write_bytes(log.path.read_bytes()[:-1])
    record(log, "two")

    assert [entry.answer for entry in log.entries()] == ["one", "two"]
    assert log.problems() == []


GOOD = b'{"v":1,"learner":"l","course":"1","exercise":"shop/x","act":"check","answer":"a","at":"2026-03-02T09:30:15+00:00"}'


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b"garbage", BROKEN),
        (b"\xff\xfe\x00", BROKEN),
        (b"{}", BROKEN),
        (b"[]", BROKEN),
        (b"7", BROKEN),
        (b"null", BROKEN),
        (b"[" * 100_000, BROKEN),
        (b"9" * 5000, BROKEN),
        (GOOD.replace(b"+00:00", b""), BROKEN),
        (GOOD.replace(b'"2026-03-02T09:30:15+00:00"', b"7"), BROKEN),
        (GOOD.replace(b'"shop/x"', b"7"), BROKEN),
        (GOOD.replace(b'"answer":"a",', b""), BROKEN),
        (GOOD.replace(b'"act"', b'"grade":{"status":"graded","score":"high"},"act"'), BROKEN),
        (
            GOOD.replace(b'"v":1', b'"v":3'),
            "the line was written by a newer version of the course (format 3); install that version to see it",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_lines_that_cannot_be_read(log, line, text):
    """A bad line among good ones is reported with its number; the good ones are read, and the next record works."""
    log.folder.mkdir()
    log.path.write_bytes(GOOD + b"\n" + line + b"\n" + GOOD + b"\n")

    assert [(2, text)] == [(problem.line, problem.text) for problem in log.problems()]
    assert [entry.answer for entry in log.entries()] == ["a", "a"]
    record(log, "next")

    assert [entry.answer for entry in log.entries()] == ["a", "a", "next"]


@pytest.mark.parametrize("content", [b"", b"\n", b"\n\n  \n", b"\r\n"])
def test_nothing_recorded_yet(log, content):
    """An empty file and blank lines are no problem."""
    log.folder.mkdir()
    log.path.write_bytes(content)

    assert (log.entries(), log.problems()) == ([], [])
    record(log, "one")

    assert ([entry.answer for entry in log.entries()], log.problems()) == (["one"], [])


def test_no_folder_yet(log):
    """Looking makes nothing; the first record makes the folder."""
    assert (log.entries(), log.problems()) == ([], [])
    assert not log.folder.exists()
    record(log)

    assert sorted(path.name for path in log.folder.iterdir()) == [".attempts.jsonl.lock", "attempts.jsonl", "learner-id"]


def _append_many(folder, start):
    os.read(start, 1)
    for n in range(500):
        record(Log(folder), [os.getpid(), n])
    os._exit(0)


def test_two_processes_at_once(tmp_path):
    """Two tabs that record at the same moment lose nothing: 2 × 500 lines, each whole, each tab's in order."""
    start, go = os.pipe()
    pids = []
    for _ in range(2):
        if not (pid := os.fork()):
            try:
                _append_many(tmp_path, start)
            finally:
                os._exit(1)
        pids.append(pid)
    os.write(go, b"..")

    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0, 0]
    found = [entry.answer for entry in Log(tmp_path).entries()]
    assert Log(tmp_path).problems() == []
    for pid in pids:
        assert list(range(500)) == [n for owner, n in found if owner == pid]
    assert len(found) == 1000
    assert len({entry.learner for entry in Log(tmp_path).entries()}) == 1


@pytest.mark.parametrize("round", range(20))
def test_the_learner_id_is_made_once(tmp_path, round):
    """Two tabs at the first start agree on one id, and leave nothing else behind."""
    start, go = os.pipe()
    reader, writer = os.pipe()
    pids = []
    for _ in range(2):
        if not (pid := os.fork()):
            try:
                os.read(start, 1)
                os.write(writer, Log(tmp_path / "new").learner().encode() + b"\n")
                os._exit(0)
            finally:
                os._exit(1)
        pids.append(pid)
    os.write(go, b"..")
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0, 0]
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read().split()

    assert [Log(tmp_path / "new").learner()] * 2 == said
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["learner-id"]


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_learner_id_is_made_anew(log, content):
    """A file that a crash left empty is filled, once."""
    log.folder.mkdir()
    (log.folder / "learner-id").write_bytes(content)
    first = log.learner()

    assert len(first) == 32
    assert first == log.learner()


def test_a_damaged_learner_id_stops_nobody(log):
    """An id that is not even text is still one and the same id."""
    log.folder.mkdir()
    (log.folder / "learner-id").write_bytes(b"\xff\xfe-id\n")

    assert record(log, "a").learner == record(log, "b").learner


FULL = "could not save: the disk is full, or what you may use of it; your answer is still on this page"


def test_a_full_disk(log):
    """No room at all: the learner is told so, and nothing that was there is touched."""
    record(log, "one")
    log.path.rename(log.folder / "kept")
    log.path.symlink_to("/dev/full")
    with pytest.raises(NotSaved) as caught:
        record(log, "two")

    assert str(caught.value) == FULL


@pytest.mark.parametrize("room", [0, 1, 60, 200])
def test_the_disk_fills_up_within_a_line(log, room):
    """A line that fits only in part is said not to be saved, nothing of it stays, and the next one that fits is whole."""
    record(log, "one")
    size = log.path.stat().st_size

    def record_with_little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, hard))
        try:
            record(log, "two" * 100)
        except NotSaved as error:
            return str(error)

    assert in_child(record_with_little_room) == FULL
    assert [entry.answer for entry in log.entries()] == ["one"]
    assert (log.problems(), size) == ([], log.path.stat().st_size)
    record(log, "three")

    assert [entry.answer for entry in log.entries()] == ["one", "three"]
    assert log.problems() == []


def test_no_room_for_the_learner_id(log):
    """With no room even for the id, the learner is told; an empty id is not left behind as theirs."""

    def record_without_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            record(log, "one")
        except NotSaved as error:
            return str(error)

    assert in_child(record_without_room) == FULL
    assert list(log.folder.iterdir()) == []
    record(log, "two")

    assert [entry.answer for entry in log.entries()] == ["two"]


def test_a_folder_below_a_file(tmp_path):
    """Where no folder can be, the learner is told which one it was; reading gives an empty record and says why."""
    (tmp_path / "file").write_text("x")
    log = Log(tmp_path / "file" / "my-work")
    with pytest.raises(NotSaved) as caught:
        record(log)

    assert f"could not save: the folder {log.folder} cannot be written to; your answer is still on this page" == str(caught.value)
    assert log.entries() == []
    assert [f"{log.path}: line 0: the record cannot be read: {os.strerror(errno.ENOTDIR)}"] == list(map(str, log.problems()))


@pytest.mark.parametrize("there", [True, False], ids=["with a record", "without"])
def test_a_folder_that_may_not_be_written(there):
    """Without permission (as somebody who is not root) the learner is told, and what was there can still be read."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    log = Log(folder)
    if there:
        record(log, "one")
        log.path.chmod(0o444)
        (folder / "learner-id").chmod(0o444)
    folder.chmod(0o555)

    def record_as_nobody():
        if os.geteuid() == 0:
            os.setuid(65534)
        try:
            record(log, "two")
        except NotSaved as error:
            return [str(error), [entry.answer for entry in log.entries()]]

    said, kept = in_child(record_as_nobody)
    folder.chmod(0o755)
    shutil.rmtree(folder)

    assert f"could not save: the folder {folder} cannot be written to; your answer is still on this page" == said
    assert ["one"] * there == kept


def test_what_another_process_adds_is_seen(log):
    """Reading is quick the second time, and still sees each new line."""
    for n in range(3):
        in_child(lambda n=n: record(Log(log.folder), n).answer)

        assert list(range(n + 1)) == [entry.answer for entry in log.entries()]
