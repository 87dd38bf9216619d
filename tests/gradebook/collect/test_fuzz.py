"""Whatever is handed in ends in a grade or in a line of problems.csv: nothing raises, hangs or runs, and the counts add up."""

import contextlib
import json
import random
from collections import Counter
from datetime import UTC, datetime

import pytest
from collected import QUIZ, RIGHT
from hypothesis import given
from hypothesis import strategies as st

from coursekit.gradebook import csv_files
from coursekit.gradebook.collect.collect import collect
from coursekit.gradebook.collect.submission_reader import Reader
from coursekit.gradebook.grade.grade import grade
from coursekit.gradebook.progress_bar import steps

NOW = datetime(2026, 4, 1, tzinfo=UTC)
PAYLOADS = (
    "__import__('os').system('touch executed')",
    "{{7*7}}",
    "<script>document.title='executed'</script>",
    "=cmd|'/c touch executed'!A1",
    "'; DROP TABLE answers; --",
    "$(touch executed)",
    "\u202e\u0000\ud800",
    "x" * 30_000,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(PAYLOADS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def flipped(data: bytes, draw: random.Random) -> bytes:
    """Some bytes are others."""
    spoilt = bytearray(data)
    for _ in range(draw.randint(1, 12)):
        spoilt[draw.randrange(len(spoilt))] = draw.randrange(256)
    return bytes(spoilt)


def cut(data: bytes, draw: random.Random) -> bytes:
    """The end is missing."""
    return data[: draw.randrange(len(data))]


def torn_out(data: bytes, draw: random.Random) -> bytes:
    """A stretch is missing, or stands twice."""
    start, end = sorted(draw.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:] if draw.random() < 0.5 else data[:end] + data[start:]


def shuffled(data: bytes, draw: random.Random) -> bytes:
    """The lines stand in another order."""
    lines = data.splitlines(keepends=True)
    draw.shuffle(lines)
    return b"".join(lines)


def replaced(data: bytes, draw: random.Random) -> bytes:
    """A value in one of the lines is something else."""
    lines = [json.loads(line) for line in data.splitlines()]
    row = draw.choice(lines)
    row[draw.choice(sorted(row))] = draw.choice(
        (None, True, -1, 1e308, [], {}, [[[]]], "2026-99-99", *PAYLOADS, {"a": draw.choice(PAYLOADS)})
    )
    return b"".join(json.dumps(row).encode() + b"\n" for row in lines)


def answered(data: bytes, draw: random.Random) -> bytes:
    """Every answer is something else."""
    lines = [json.loads(line) for line in data.splitlines()]
    for row in lines[1:]:
        row["answer"] = draw.choice((*PAYLOADS, None, 0, -0.0, [], {}, ["a", "a"], {"a": "1"}, [{"mark": "a"}], "a", ["a", "b"], "84"))
    return b"".join(json.dumps(row).encode() + b"\n" for row in lines)


def whole(data: bytes, draw: random.Random) -> bytes:
    """As it was handed in."""
    return data


def other_bytes(data: bytes, draw: random.Random) -> bytes:
    """No work of ours at all."""
    return draw.choice(
        (b"", b"\x00" * 2000, b"PK\x03\x04", draw.randbytes(500), data.decode().encode("utf-16"), b"[" * 5000, b"\xef\xbb\xbf" + data)
    )


MUTATORS = (flipped, cut, torn_out, shuffled, replaced, answered, whole, other_bytes)


@pytest.fixture(scope="module", params=[800, pytest.param(100_000, marks=pytest.mark.soak)], ids="{} files".format)
def fuzzed(request, tmp_path_factory, submission):
    """A class whose files were all spoilt in one way or another, collected and graded: (mutator by person, folder)."""
    folder, draw, how = tmp_path_factory.mktemp("fuzz"), random.Random(7), {}
    for number in range(request.param):
        person, mutate = f"p{number:06}", MUTATORS[number % len(MUTATORS)]
        place = folder / "submitted" / person / "quiz"
        place.mkdir(parents=True)
        data = submission({**RIGHT, "quiz/note": f"Six trays came on 3 March, says {person}."}, name=person, learner=f"{number:032x}")
        (place / f"{person}-quiz.coursekit.jsonl").write_bytes(mutate(data, draw))
        how[person] = mutate.__name__
    csv_files.write_csv(folder / "roster.csv", ["id", "name"], [(person, person) for person in how])
    with contextlib.chdir(folder):  # where a payload would leave its mark
        collect(folder / "submitted", folder / "collected", steps, roster=folder / "roster.csv", now=NOW)
        grade(folder / "collected", QUIZ, folder / "graded", NOW, steps)
    return how, folder


def test_every_file_has_its_row(fuzzed):
    """matches.csv has one row for each file, and one outcome."""
    how, folder = fuzzed
    rows = csv_files.read_csv(folder / "collected" / "matches.csv").rows

    assert len(rows) == len(how)
    assert {row["outcome"].split(" ")[0] for row in rows} <= {"counted", "unreadable", "other", "copy", "replaced", "unmatched"}


def test_every_person_has_a_status(fuzzed):
    """A row each, and the counts add up to the class."""
    how, folder = fuzzed
    counts = Counter(row["status"] for row in csv_files.read_csv(folder / "graded" / "grades.csv").rows)

    assert counts.total() == len(how)
    assert set(counts) <= {"graded", "needs marking", "unreadable", "too late", "not handed in"}
    assert counts["needs marking"] >= len(how) // len(MUTATORS)


def test_whole_files_are_graded_as_if_alone(fuzzed):
    """What stands beside them changes nothing: all that is closed is right, and the text waits for a person."""
    how, folder = fuzzed
    rows = [row for row in csv_files.read_csv(folder / "graded" / "grades.csv").rows if how[row["person"]] == "whole"]

    assert {(row["so_far"], row["status"]) for row in rows} == {("8", "needs marking")}


def test_nothing_disappears(fuzzed):
    """Whoever has no result, though they handed in a file, has a line in problems.csv that says why."""
    _, folder = fuzzed
    lines = csv_files.read_csv(folder / "graded" / "problems.csv").rows
    told = {row["person"] for row in lines} | {row["file"].partition("/")[0] for row in lines}  # a name spoilt into another's is nobody's
    rows = csv_files.read_csv(folder / "graded" / "grades.csv").rows

    assert {row["person"] for row in rows if row["status"] in ("unreadable", "not handed in")} <= told


def test_what_is_unreadable_is_no_zero(fuzzed):
    """No total stands beside a status that says that something could not be read."""
    _, folder = fuzzed
    rows = [row for row in csv_files.read_csv(folder / "graded" / "grades.csv").rows if row["status"] == "unreadable"]

    assert rows and all(row["total"] == row["percent"] == row["passed"] == "" for row in rows)


def test_nothing_was_executed(fuzzed):
    """No payload left its mark, in the folder or live in a page."""
    _, folder = fuzzed
    pages = [path.read_text(encoding="utf-8") for path in (folder / "graded" / "feedback").iterdir()]

    assert not list(folder.rglob("executed"))
    assert pages and not [page for page in pages if "<script" in page]


@given(st.lists(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()), max_size=6))
def test_the_reader_takes_any_bytes(lines):
    """Any lines give a header and rows, or findings."""
    handed = Reader().read_file(b"\n".join(lines), "x.coursekit.jsonl")

    assert handed.header or handed.findings


@given(value=JSON, exercise=st.sampled_from(list(RIGHT)))
def test_any_json_is_graded_or_unreadable(work, value, exercise):
    """Whatever an answer is, it has one of the outcomes."""
    from coursekit.gradebook.grade.answer_keys import AnswerKeys
    from coursekit.gradebook.masking import mask

    outcome = AnswerKeys([work]).grade(exercise, mask(work.exercises[exercise]).of, json.dumps(value))

    assert outcome.status in ("graded", "unreadable", "needs marking")
