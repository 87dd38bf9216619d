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
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TINY
from processes import in_child
from stores import MemoryStore

from coursekit.content.library import load
from coursekit.errors import NotSaved
from coursekit.files import Changed
from coursekit.model.exercise import Grade
from coursekit.model.grading import grade
from coursekit.record.attempts import Entry, Log, course_version, home
from coursekit.record.store import FileStore

NOW = datetime(2026, 3, 2, 9, 30, 15, 250_000, UTC)
EXERCISE = load(TINY / "exercises")["shop/answer-mr-abe"]
SHEET = load(TINY / "exercises")["shop/my-own-bill"]
RIGHT = grade(EXERCISE, "say-six")
TORN = "the last line was cut short (a crash, or a full disk); it was set aside and every line before it is there"
BROKEN = "the line is not an entry of this course; it was set aside and the others were read"


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


def test_a_score_is_kept_as_a_number_that_a_person_can_read(log):
    """Exact inside, a hint in the log: a third is written as a decimal, and read back as one."""
    log.record(EXERCISE, "say-seven", Grade("graded", Fraction(1, 3), Fraction(1, 2)), NOW)
    (entry,) = log.entries()

    assert entry.grade == {"status": "graded", "score": 1 / 3, "points": 1 / 6, "max_points": 0.5}
    assert '"score":0.3333333333333333,"points":0.16666666666666666,"max_points":0.5' in log.path.read_text()


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


@pytest.mark.parametrize("exercise", [EXERCISE, SHEET], ids=lambda one: one.id)
@pytest.mark.parametrize("kept", ["files", "memory"])
def test_a_draft_stands_apart(tmp_path, kept, exercise):
    """It is replaced and never logged, stands last, and is over with the next check; each store does the same."""
    log = Log(tmp_path, FileStore(tmp_path) if kept == "files" else MemoryStore())

    def acts():
        assert log.entries() == log.about(exercise)[0]
        return [(entry.act, entry.answer) for entry in log.entries()]

    for text in ("a", "ab"):
        log.record(exercise, text, None, NOW, act="draft")
    assert acts() == [("draft", "ab")]
    log.record(exercise, None, None, NOW, act="hint")
    assert acts() == [("hint", None), ("draft", "ab")]
    log.record(exercise, "abc", RIGHT, NOW)
    assert acts() == [("hint", None), ("check", "abc")]
    log.record(exercise, "abcd", None, NOW, act="draft")

    assert acts() == [("hint", None), ("check", "abc"), ("draft", "abcd")]
    assert [b"draft" in line for name in log.store.logs() for line in log.store.lines(name).whole] == [False, False]


def test_a_draft_that_a_crash_left(log, monkeypatch):
    """A check that was saved before its draft could be taken away has overtaken it, and stays so."""
    log.record(EXERCISE, "a", None, NOW, act="draft")
    monkeypatch.setattr(FileStore, "keep_draft", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "broken")))
    record(log, "b")

    assert [(entry.act, entry.answer) for entry in log.entries()] == [("check", "b")]
    assert list(log.store.drafts().values()) != []


def test_what_is_about_the_own_client_lies_apart(log):
    """Nothing of it is in the log of attempts; read together, each exercise has its own order, whatever the clock did."""
    for n, (exercise, act) in enumerate([(SHEET, "check"), (EXERCISE, "hint"), (SHEET, "draft"), (SHEET, "check"), (EXERCISE, "check")]):
        log.record(exercise, {"client": f"C{n}"}, RIGHT, NOW - timedelta(hours=n), act=act)
    apart = log.folder / "clients" / "own.jsonl"

    assert SHEET.id.encode() not in log.path.read_bytes() and EXERCISE.id.encode() not in apart.read_bytes()
    for exercise, order in ((SHEET, [0, 3]), (EXERCISE, [1, 4])):
        assert [{"client": f"C{n}"} for n in order] == [entry.answer for entry in log.about(exercise)[0]]
        assert log.about(exercise)[0] == [entry for entry in log.entries() if entry.exercise == exercise.id]


@pytest.mark.parametrize("exercise", [EXERCISE, SHEET], ids=lambda one: one.id)
def test_what_came_since_is_looked_at_first(log, exercise):
    """Who decided on an older record is told, and nothing was added, whether an answer or a draft came or is to be saved."""
    log.record(exercise, "a", None, NOW)
    _, seen = log.about(exercise)
    in_child(lambda: log.record(exercise, "b", None, NOW).answer)
    for act in ("check", "draft", "hint"):
        with pytest.raises(Changed):
            log.record(exercise, "c", None, NOW, act=act, after=seen)
    _, seen = log.about(exercise)
    in_child(lambda: log.record(exercise, "d", None, NOW, act="draft").answer)
    for act in ("check", "draft", "hint"):
        with pytest.raises(Changed):
            log.record(exercise, "e", None, NOW, act=act, after=seen)
    with pytest.raises(Changed):
        log.drop_draft(exercise, seen)
    assert [entry.answer for entry in log.entries()] == ["a", "b", "d"]
    log.record(exercise, "f", None, NOW, after=log.about(exercise)[1])

    assert [entry.answer for entry in log.entries()] == ["a", "b", "f"]


def test_each_line_says_who_wrote_it(log):
    """An id of its own, the process, and its running number there."""
    entries = [record(log, n) for n in range(3)]
    in_child(lambda: record(log, 3).answer)
    entries = log.entries()

    assert len({entry.id for entry in entries}) == 4
    assert [len({entry.writer for entry in entries[:3]}), len({entry.writer for entry in entries})] == [1, 2]
    assert [entry.seq - entries[0].seq for entry in entries[:3]] == [0, 1, 2]


@pytest.mark.parametrize("between", [b"", b"garbage\n"])
def test_a_repeat_is_dropped(log, between):
    """The same line twice, as after a crash, is one entry, at the place of the first."""
    record(log, "a")
    line = log.path.read_bytes()
    record(log, "b")
    log.path.write_bytes(log.path.read_bytes() + between + line)

    assert [entry.answer for entry in log.entries()] == ["a", "b"]
    record(log, "c")
    assert [entry.answer for entry in log.entries()] == ["a", "b", "c"]


def test_a_submission_that_is_sent_again(log):
    """It is one entry, whatever else came between."""
    for id, answer in (("1", "a"), ("2", "b"), ("1", "a"), ("1", "a")):
        record(log, answer, id=id)

    assert [(entry.id, entry.answer) for entry in log.entries()] == [("1", "a"), ("2", "b")]


@pytest.mark.parametrize("line", ["", "[7]", '{"v":3}'])
def test_a_draft_that_cannot_be_read(log, line):
    """It is named, and stands in nobody's way."""
    log.record(EXERCISE, "a", None, NOW, act="draft")
    (draft,) = (log.folder / "drafts").iterdir()
    draft.write_text(line)

    assert (log.entries(), [problem.file for problem in log.problems()]) == ([], [str(draft)])
    log.record(EXERCISE, "b", None, NOW, act="draft")
    assert [entry.answer for entry in log.entries()] == ["b"]


@pytest.mark.parametrize("lost", ["there", "emptied", "deleted"])
def test_the_address_of_an_answer(log, lost):
    """It tells learners, exercises and clients apart; looking makes no id, and one that was lost is found in the log."""
    assert (log.address(EXERCISE), log.folder.exists()) == ("", False)
    record(log)
    address, own = log.address(EXERCISE), log.address(SHEET)
    if lost == "emptied":
        (log.folder / "learner-id").write_text("")
    elif lost == "deleted":
        (log.folder / "learner-id").unlink()

    assert log.address(EXERCISE) == address == f"{log.learner()} attempts {EXERCISE.id}"
    assert own == f"{log.learner()} clients/own {SHEET.id}"
    log.forget_client("own")
    assert log.address(SHEET) == f"{log.learner()} clients/own-2 {SHEET.id}"


class TestForgettingAClient:
    """What was written about one is gone, wherever it lay, and does not come back."""

    def test_all_is_gone(self, log):
        """Log and drafts of the client; all else stays, and a new one can be begun."""
        for act in ("check", "draft"):
            log.record(SHEET, {"client": "harbour"}, RIGHT, NOW, act=act)
        record(log, "stays")
        log.forget_client("own")

        assert [entry.answer for entry in log.entries()] == ["stays"]
        assert [path for path in log.folder.rglob("*") if path.is_file() and b"harbour" in path.read_bytes()] == []
        log.record(SHEET, {"client": "anew"}, RIGHT, NOW, after=log.about(SHEET)[1])
        assert [entry.answer for entry in log.entries()] == ["stays", {"client": "anew"}]

    def test_lines_of_an_older_version(self, log):
        """They lay in the log of attempts, and go from there."""
        log.folder.mkdir()
        kept = GOOD.replace(b'"act"', b'"grade":{"status":"kept"},"act"').replace(b'"a"', b'"harbour"').replace(b"shop/x", b"old/sheet")
        log.path.write_bytes(GOOD + b"\n" + kept + b"\n" + GOOD + b"\n")
        log.forget_client("own")

        assert b"harbour" not in log.path.read_bytes()
        assert [entry.answer for entry in log.entries()] == ["a", "a"]
        log.path.write_bytes(GOOD + b"\n" + kept + b"\n")  # from an old copy
        in_child(lambda: record(log, "next").answer)
        assert [path for path in log.folder.rglob("*") if path.is_file() and b"harbour" in path.read_bytes()] == []

    def test_an_old_copy_of_the_folder(self, log):
        """Copied over this one it is not read, and goes with the next write of a process."""
        log.record(SHEET, {"client": "harbour"}, RIGHT, NOW)
        apart = log.folder / "clients" / "own.jsonl"
        old = apart.read_bytes()
        log.forget_client("own")
        apart.write_bytes(old)

        assert log.entries() == []
        log.record(SHEET, {"client": "anew"}, RIGHT, NOW)
        assert [entry.answer for entry in log.entries()] == [{"client": "anew"}]


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


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 50))])
def test_kill_9(tmp_path, seed):
    """Killed at any moment (20 times in each log), a recorder loses no acknowledged line; at most one is torn."""
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


@pytest.mark.parametrize("left", [None, b"", b" \n", b"0123456789abcdef", b"\xff\xfe\x00", b"Ada\n"])
@pytest.mark.parametrize(
    ("attempts", "own", "expected"),
    [
        ([b"l"], [], "l"),
        ([b"first", b"newest"], [], "newest"),
        ([b"newest", b""], [], "newest"),
        ([], [b"mine"], "mine"),
        ([b"l"], [b"mine"], "l"),
    ],
)
def test_a_lost_learner_id_is_found_in_the_log(log, left, attempts, own, expected):
    """Nobody becomes somebody else: the newest line says who it was."""
    (log.folder / "clients").mkdir(parents=True)
    for path, ids in ((log.path, attempts), (log.folder / "clients" / "own.jsonl", own)):
        path.write_bytes(b"".join(GOOD.replace(b'"learner":"l"', b'"learner":"%s"' % id) + b"\n" for id in ids) + b'{"torn')
    if left is not None:
        (log.folder / "learner-id").write_bytes(left)

    assert expected == log.learner() == record(log).learner
    assert (log.folder / "learner-id").read_text() == f"{expected}\n"


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


@pytest.mark.parametrize("how", [None, KeyboardInterrupt()], ids=["cut short", "a kernel that is interrupted"])
def test_a_write_that_ends_at_any_byte(log, monkeypatch, how):
    """What the page does not call saved is not there, neither now nor for whoever reads it next."""
    record(log, "one")
    before, written = log.path.read_bytes(), os.write
    for room in range(len(before)):

        def write(handle, data, room=room):
            done = written(handle, data[:room])
            if how:
                raise how
            return done

        with monkeypatch.context() as patch:
            patch.setattr(os, "write", write)
            with pytest.raises(type(how) if how else NotSaved):
                record(log, "two")

        assert log.path.read_bytes() == before
    record(log, "three")
    assert [entry.answer for entry in log.entries()] == ["one", "three"]


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
