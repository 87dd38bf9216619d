"""One file handed in: the quick way reads exactly what the careful way reads, and says what it cannot."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.assignment.submission import read_answer
from coursekit.errors import BadSubmission
from coursekit.gradebook.collect.submission_reader import MOST_TOLD, Reader, canonical

HEADER = {
    "coursekit": "submission",
    "v": 1,
    "assignment": "quiz",
    "digest": "d",
    "course": "1",
    "learner": "ab" * 8,
    "name": "Zoë",
    "handed_in": "2026-03-05T10:00:00.000+00:00",
    "answers": 1,
}
AT = "2026-03-05T09:00:00.000+00:00"
ANSWER = {"exercise": "quiz/a", "of": "0123456789ab", "answer": "x", "at": AT, "confidence": 80}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def line(row, **how):
    return json.dumps(row, **{"ensure_ascii": False, "separators": (",", ":"), **how}).encode("utf-8", "surrogatepass")


def file(*lines, **header):
    return b"\n".join([line({**HEADER, "answers": len(lines), **header}), *lines, b""])


def read(*lines, **header):
    return Reader().read_file(file(*lines, **header), "f")


def carefully(raw):
    """What submission.read_answer makes of a line, as a row."""
    try:
        one = read_answer(raw)
    except BadSubmission:
        return None
    at = (one.at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
    text = [value.encode("utf-8", "replace").decode() for value in (one.exercise, one.of)]
    return (*text, canonical(one.answer), int(at * 1000 // 1), one.confidence)


def quickly(raw):
    rows = read(raw).rows
    return rows[0][:5] if rows else None


def test_a_line_as_our_own_code_writes_it():
    """The quick way: text, list, mapping; the answer as JSON with its keys in order."""
    assert read(line(ANSWER)).rows == [("quiz/a", "0123456789ab", '"x"', 1772701200000, 80, 2)]
    assert [row[2] for row in read(line({**ANSWER, "answer": {"b": "é", "a": [1, None]}})).rows] == ['{"a":[1,null],"b":"é"}']


TRICKS = {
    "keys twice": b'{"exercise":"a","of":"b","answer":"x","at":"%b","answer":"y","at":"%b"}' % (AT.encode(), AT.encode()),
    "a time in the answer": line({**ANSWER, "answer": f'","at":"{AT}"}}'}),
    "spaces": line(ANSWER, separators=(", ", ": ")),
    "other order": line(dict(reversed(ANSWER.items()))),
    "another zone": line({**ANSWER, "at": "2026-03-05T10:00:00+01:00"}),
    "microseconds": line({**ANSWER, "at": "2026-03-05T10:00:00.123999+00:00"}),
    "Z": line({**ANSWER, "at": "2026-03-05T10:00:00Z"}),
    "no zone": line({**ANSWER, "at": "2026-03-05T10:00:00"}),
    "no such day": line({**ANSWER, "at": "2026-02-30T10:00:00.000+00:00"}),
    "no such hour": line({**ANSWER, "at": "2026-02-03T24:00:00.000+00:00"}),
    "far away": line({**ANSWER, "at": "2300-02-03T10:00:00.000+00:00"}),
    "no confidence": line({key: value for key, value in ANSWER.items() if key != "confidence"}),
    "odd confidence": line({**ANSWER, "confidence": 20}),
    "leading zero": line(ANSWER).replace(b":80", b":080"),
    "true": line({**ANSWER, "confidence": True}),
    "half a pair": line({**ANSWER, "answer": "\ud800"}, ensure_ascii=True),
    "half a pair in the id": line({**ANSWER, "exercise": "\ud800"}, ensure_ascii=True),
    "NaN": line({**ANSWER, "answer": float("nan")}),
    "a number without end": b'{"exercise":"a","of":"b","answer":%b,"at":"%b"}' % (b"9" * 5000, AT.encode()),
    "too deep": b'{"exercise":"a","of":"b","answer":%b,"at":"%b"}' % (b"[" * 100_000 + b"]" * 100_000, AT.encode()),
    "not UTF-8": line(ANSWER).replace(b'"x"', b'"\xff"'),
    "not UTF-8 in the id": line(ANSWER).replace(b"quiz/a", b"quiz/\xff"),
    "NUL": line(ANSWER).replace(b'"x"', b'"\0"'),
    "cut short": line(ANSWER)[:-3],
    "long id": line({**ANSWER, "exercise": "é" * 201}),
    "long id that fits": line({**ANSWER, "exercise": "é" * 200}),
    "a list": b"[1]",
    "no answer": line({"exercise": "a", "of": "b", "at": AT}),
    "CR at the end": line(ANSWER) + b"\r",
    "empty text": line({**ANSWER, "answer": ""}),
}


@pytest.mark.parametrize("what", TRICKS)
def test_the_quick_way_is_the_careful_way(what):
    """Whatever a line plays at, both read the same or refuse the same."""
    assert quickly(TRICKS[what]) == carefully(TRICKS[what])


@given(st.text(max_size=12), json_values, st.datetimes(datetime(1999, 1, 1), datetime(2201, 1, 1)), st.integers(-1, 120), st.booleans())
def test_any_line_our_code_could_write(exercise, answer, at, confidence, ascii):
    """A property over ids, answers and times."""
    row = {
        "exercise": exercise,
        "of": "ab",
        "answer": answer,
        "at": f"{at.isoformat(timespec='milliseconds')}+00:00",
        "confidence": confidence,
    }
    raw = line(row, ensure_ascii=ascii)

    assert quickly(raw) == carefully(raw)


@given(st.binary(max_size=60), st.integers(0, 120))
def test_any_mutation(noise, at):
    """And over bytes pushed into a good line."""
    good = line(ANSWER)
    raw = (good[:at] + noise + good[at + len(noise) // 2 :]).replace(b"\n", b"")

    assert quickly(raw) == carefully(raw)


@given(st.binary(max_size=300))
def test_any_file(data):
    """No bytes break it: a header that can be read, or a line that says why not."""
    for whole in (data, file(line(ANSWER)) + data):
        handed = Reader().read_file(whole, "f")

        assert handed.header or handed.findings


def kinds(handed):
    return [(one.severity, one.line, one.what) for one in handed.findings]


def test_bad_lines_are_named():
    """Each with its number and reason; the good ones are read."""
    handed = read(line(ANSWER), b"{", line(ANSWER)[:40], b"\xff", line(ANSWER))

    assert (len(handed.rows), handed.broken, [row[5] for row in handed.rows]) == (2, 3, [2, 6])
    assert [(one.line, one.why) for one in handed.findings] == [
        (3, "the line is cut short or is not JSON"),
        (4, "the line is cut short or is not JSON"),
        (5, "the line is not UTF-8 text"),
    ]


def test_thousands_of_bad_lines_are_not_told_one_by_one():
    """The first twenty, and how many more."""
    handed = read(*[b"{"] * 1_000)

    assert (handed.broken, len(handed.findings), handed.findings[-1].what) == (
        1_000,
        MOST_TOLD + 1,
        "980 more lines of this file cannot be read",
    )


def test_a_line_without_end():
    """A line of ten million bytes is not parsed."""
    handed = read(line({**ANSWER, "answer": "x" * 10_000_001}))

    assert handed.findings[0].why == "the line is longer than 10,000,000 bytes"


@pytest.mark.parametrize(
    "data, why",
    [
        (b"", "cut short"),
        (b"\n\n", "cut short"),
        (b'{"coursekit":"other"}', "not the header"),
        (line({**HEADER, "v": 2}), "newer coursekit"),
        (line(HEADER).decode().encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04", "cut short"),
        (b"\xff\xfe\xff", "UTF-16"),
    ],
)
def test_a_file_without_a_header_is_unreadable(data, why):
    """One line says why; nothing of it is read."""
    handed = Reader().read_file(data, "f")

    assert (handed.header, handed.rows, len(handed.findings), handed.findings[0].severity) == (None, [], 1, "problem")
    assert why in handed.findings[0].why


def test_a_bom_and_windows_line_ends_are_no_harm():
    """An editor may have added them."""
    handed = Reader().read_file(b"\xef\xbb\xbf" + file(line(ANSWER), line(ANSWER)).replace(b"\n", b"\r\n"), "f")

    assert (len(handed.rows), handed.findings) == (2, [])


def test_lines_are_counted():
    """Fewer than the header says is a problem, more is worth a look."""
    assert kinds(read(line(ANSWER), answers=5)) == [("problem", None, "the file has 1 answer, and its first line says 5")]
    assert kinds(read(line(ANSWER), answers=0)) == [("notice", None, "the file has 1 answer, and its first line says 0")]


def test_times_that_cannot_be():
    """An answer saved after handing in is worth a look."""
    assert kinds(read(line({**ANSWER, "at": "2026-03-05T10:00:00.001+00:00"}))) == [
        ("notice", None, "an answer was saved after the file was handed in")
    ]


def test_a_claimed_score_is_ignored_and_told():
    """Our own files have none."""
    handed = read(line({**ANSWER, "score": 1}), line({**ANSWER, "answer": 'my "score": 1'}))

    assert ([row[2] for row in handed.rows], kinds(handed)) == (['"x"', '"my \\"score\\": 1"'], [("notice", 2, "the file claims a result")])


def test_the_memory_of_short_answers_is_bounded():
    """And the same answers are the same texts, before and after it was emptied."""
    reader = Reader()
    reader._known = {str(number).encode(): "" for number in range(200_001)}

    assert [row[2] for row in reader.read_file(file(line(ANSWER), line(ANSWER)), "f").rows] == ['"x"', '"x"']
    assert len(reader._known) == 1
