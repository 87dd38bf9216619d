"""What is handed in: plain text that says what it is, reads back as it was, and holds nothing that was not meant to leave."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from bundles import TEXT, question, raw
from hypothesis import given
from hypothesis import strategies as st

from coursekit.assignment.bundle import _bundle
from coursekit.assignment.submission import answers, file_name, pack, plain_name, preview, read_answer, read_header
from coursekit.errors import BadSubmission
from coursekit.files import write
from coursekit.record.attempts import Entry

NOW = datetime(2027, 1, 15, 15, 0, tzinfo=UTC)
LEARNER = "ab" * 16
BUNDLE = _bundle(raw(questions=[*raw()["questions"], question("own", "short-text", TEXT, private=True)]))
ID = {one.exercise: one.id for one in BUNDLE.questions}


def entry(exercise, answer, minutes=0, act="check", status="kept", **more):
    at = NOW - timedelta(hours=1) + timedelta(minutes=minutes)
    return Entry(ID.get(exercise, exercise), act, answer, at, LEARNER, "0.1.0", {"status": status, "score": None}, **more)


def lines(entries, ticked=(), name="Ada Mole"):
    header, *rest, last = pack(BUNDLE, answers(BUNDLE, entries, ticked), LEARNER, name, NOW).split(b"\n")
    assert last == b""
    return read_header(header), [read_answer(line) for line in rest]


def test_a_file_reads_back():
    """Header and answers, oldest first, with their times and how sure the learner was."""
    header, found = lines([entry("quiz/note", "A note.", 5), entry("quiz/pick", "a", 1, confidence=80), entry("quiz/pick", "b", 9)])

    assert (header.assignment, header.digest, header.learner, header.name, header.handed_in) == ("quiz", "ab" * 8, LEARNER, "Ada Mole", NOW)
    assert header.answers == len(found) == 3
    assert [(one.exercise, one.answer, one.confidence) for one in found] == [
        ("quiz/pick", "a", 80),
        ("quiz/note", "A note.", None),
        ("quiz/pick", "b", None),
    ]
    assert [one.of for one in found] == ["0" * 12] * 3


def test_what_does_not_leave():
    """Drafts, what could not be read, other exercises, hints, and what is private and not ticked."""
    others = [
        entry("quiz/note", "half a", act="draft"),
        entry("quiz/note", "a", status="unreadable"),
        entry("cost/effective-rate", "56"),
        entry("quiz/own", "About me."),
    ]
    _, found = lines([*others, entry("quiz/pick", "a")])
    assert [one.exercise for one in found] == ["quiz/pick"]

    _, found = lines([*others, entry("quiz/pick", "a")], ticked=["quiz/own"])
    assert {one.exercise for one in found} == {"quiz/pick", "quiz/own"}


def test_the_same_answer_saved_again_is_one():
    """The newest of them, as how sure one is may have changed; a return to an earlier answer is a new one."""
    _, found = lines([entry("quiz/pick", answer, n, confidence=50 + n) for n, answer in enumerate("aabba")])

    assert [(one.answer, one.confidence) for one in found] == [("a", 51), ("b", 53), ("a", 54)]


def test_the_order_of_saving_decides():
    """A clock that was put back between two saves changes no order among the answers to one question."""
    _, found = lines([entry("quiz/pick", "a", 50), entry("quiz/note", "A note.", 20), entry("quiz/pick", "b", 10)])

    assert [one.answer for one in found if one.exercise == "quiz/pick"] == ["a", "b"]


def test_nothing_to_hand_in_and_no_name():
    """Both are said; the answers first, since they take longer."""
    with pytest.raises(BadSubmission, match="no saved answer yet"):
        pack(BUNDLE, [], LEARNER, "", NOW)
    with pytest.raises(BadSubmission, match="Type your name"):
        pack(BUNDLE, answers(BUNDLE, [entry("quiz/pick", "a")]), LEARNER, " \n ", NOW)


def test_it_can_be_read_by_whoever_hands_it_in():
    """Letters of every script stand as they are; what cannot be seen is shown as JSON writes it."""
    text = "Grüße, Ζωή, 東京, مرحبا — “done”\u202e\u200b"
    file = preview(BUNDLE, answers(BUNDLE, [entry("quiz/note", text)]), LEARNER, "Zoë", NOW).decode("utf-8")

    assert "Grüße, Ζωή, 東京, مرحبا — “done”" in file and r"\u202e\u200b" in file
    assert read_answer(file.splitlines()[1].encode()).answer == text


@given(st.text(st.characters(exclude_categories=()), max_size=40), st.text(max_size=300))
def test_any_text_stays_on_its_line_and_comes_back(text, name):
    """Line breaks of every sort, half characters, quotes: one line an answer, and the same text when read."""
    file = preview(BUNDLE, answers(BUNDLE, [entry("quiz/note", text)]), LEARNER, name, NOW)

    assert len(file.decode("utf-8").splitlines()) == 2
    assert read_answer(file.split(b"\n")[1]).answer == text
    assert read_header(file.split(b"\n")[0]).name == plain_name(name)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Zoë O'Neill", "Zoë-O-Neill-quiz"), ("  ", "somebody-quiz"), ("../../etc/passwd", "etc-passwd-quiz"),
        ("=cmd|' /C calc'!A0", "cmd-C-calc-A0-quiz"),
        ("CON", "CON-quiz"), ("Ζωή", "Ζωή-quiz"), ("x" * 500, "x" * 73 + "-c38c2b-quiz"),
        ("a\u202eb\x00c", "a-b-c-quiz"), ("José", "José-quiz"),
    ],
)  # fmt: skip
def test_the_name_of_the_file(name, file):
    """Letters and digits of any script and nothing else, whatever somebody is called."""
    assert file_name(name, "quiz") == f"{file}.coursekit.jsonl"


@pytest.mark.parametrize("letter", ["x", "é", "न", "न\u093f", "字", "𝔸", "e\u0323\u0302"], ids=ascii)
def test_a_long_name_in_letters_of_any_size(tmp_path, letter):
    """Every disk takes the name of the file, also while it is written, and two learners have two."""
    names = [file_name(letter * 60 + rest, "x" * 100) for rest in ("", "a", "b")]
    for name in names:
        write(tmp_path / name, "")

    assert {path.name for path in tmp_path.iterdir()} == set(names) and len(set(names)) == 3


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"coursekit": "log"}, "not the header"), ({"v": 2}, "newer coursekit"), ({"v": None}, "newer coursekit"),
        ({"name": 7}, "not the header"),
        ({"name": "x" * 201}, "not the header"), ({"learner": "../x"}, "not the header"), ({"answers": -1}, "not the header"),
        ({"answers": True}, "not the header"), ({"handed_in": "2027-01-15T15:00:00"}, "no time with a zone"), ({"handed_in": 7}, "no time"),
        ({"handed_in": "0001-01-01T00:00:00+00:00"}, "no time"),
    ],
    ids=str,
)  # fmt: skip
def test_a_header_that_is_none(change, says):
    """Each fault in a sentence."""
    header = json.loads(preview(BUNDLE, [], LEARNER, "Ada", NOW).split(b"\n")[0])
    with pytest.raises(BadSubmission, match=says):
        read_header(json.dumps({**header, **change}).encode())


@pytest.mark.parametrize("line", [b"", b"{", b"[1]", b"7", b"\xff", b"[" * 100_000, b'{"exercise": 7}', b'{"exercise": "a", "of": "b"}'])
def test_a_line_that_is_no_answer(line):
    """A sentence, and no other error."""
    with pytest.raises(BadSubmission):
        read_answer(line)


def test_a_claimed_score_is_not_read():
    """Only what was answered counts."""
    row = {"exercise": "quiz/pick", "of": "x", "answer": "a", "at": NOW.isoformat(), "score": 1.0, "confidence": 5}

    assert not hasattr(read_answer(json.dumps(row).encode()), "score")
    assert read_answer(json.dumps(row).encode()).confidence is None
