"""Two records made one: nothing is lost, nothing doubled, and no clock decides."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processes import in_child

from coursekit.record.attempts import Log
from coursekit.record.entry import Entry
from coursekit.record.merging import Record, merged

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LOGS = ("attempts", "clients/own", "clients/other")


def entry(writer, seq, minute=0):
    return Entry("x", "check", f"{writer}{seq}", START + timedelta(minutes=minute), "l", "1", id=f"{writer}-{seq}", writer=writer, seq=seq)


@st.composite
def histories(draw):
    """Records of up to three machines that wrote, each with a clock of its own, and now and then copied one another."""
    machines = [{}, {}, {}]
    for number in range(draw(st.integers(0, 25))):
        here, there = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        log, minute = draw(st.sampled_from(LOGS)), draw(st.integers(-60, 60))
        if draw(st.booleans()):
            machines[here] = {**machines[here], log: (*machines[here].get(log, ()), entry(f"w{here}", number + 1, minute))}
        else:
            machines[here] = dict(merged(Record(machines[here]), Record(machines[there])).logs)
    return [Record(one, draw(st.frozensets(st.sampled_from(["own", "other"])))) for one in machines]


def ids(record):
    return {log: [one.id for one in entries] for log, entries in record.logs.items() if entries}


@given(histories())
def test_all_of_both_once(records):
    """Every entry of either is there once, but for those about a client whom one of them has forgotten."""
    a, b, _ = records
    both = merged(a, b)
    gone = {f"clients/{client}" for client in a.forgotten | b.forgotten}

    assert both.forgotten == a.forgotten | b.forgotten
    for log in LOGS:
        expected = set() if log in gone else {*ids(a).get(log, ()), *ids(b).get(log, ())}
        assert sorted(expected) == sorted(ids(both).get(log, ()))


@given(histories())
def test_each_writers_order(records):
    """What one writer wrote stands in the order in which it was written, whatever its clock said."""
    both = merged(records[0], records[1])
    for entries in both.logs.values():
        for writer in {one.writer for one in entries}:
            numbers = [one.seq for one in entries if one.writer == writer]
            assert sorted(numbers) == numbers


@given(histories())
def test_merging_again_changes_nothing(records):
    """With itself, with an older copy, and with one of the two, a record stays as it is."""
    a, b, _ = records
    both = merged(a, b)

    assert ids(both) == ids(merged(both, both)) == ids(merged(both, a)) == ids(merged(both, b)) == ids(merged(both, Record()))


@given(histories())
def test_the_order_of_merging(records):
    """Whoever is merged with whom first, the same entries are there, each writer's in the same order."""
    a, b, c = records

    def told(record):
        return {(log, w): [i for i in found if i.startswith(w)] for log, found in ids(record).items() for w in ("w0", "w1", "w2")}

    assert told(merged(a, b)) == told(merged(b, a))
    assert told(merged(merged(a, b), c)) == told(merged(a, merged(b, c)))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", ""),
        ("x1", "", "x1"),
        ("", "x1", "x1"),
        ("x1 x2", "x1", "x1 x2"),
        ("x1", "x1 x2", "x1 x2"),
        ("x1 y1", "x1 z1", "x1 z1 y1"),
        ("y1", "z1", "z1 y1"),
        ("x1 y1 x2", "x1 x2 z1", "x1 y1 x2 z1"),
        ("x2 x1", "", "x1 x2"),
    ],
)
def test_where_an_entry_comes_to_stand(a, b, expected):
    """Behind the entry that it follows in its own record."""

    def made(text):
        return Record({"attempts": [entry(word[0], int(word[1])) for word in text.split()]})

    assert expected.split() == [one.id.replace("-", "") for one in merged(made(a), made(b)).logs["attempts"]]


def test_lines_of_an_older_version():
    """They say no writer, and keep their places."""
    old = [Entry("x", "check", n, START, "l", "1", id=f"v1-{n}") for n in range(3)]
    both = merged(Record({"attempts": [*old, entry("a", 1)]}), Record({"attempts": [*old, entry("b", 1)]}))

    assert ids(both) == {"attempts": ["v1-0", "v1-1", "v1-2", "b-1", "a-1"]}


def test_two_copies_of_an_old_record(tmp_path, tiny, clock):
    """Taken to two machines and gone on with there: what was before is there once, and what each did is kept."""
    logs = [Log(shutil.copytree(Path(__file__).parents[1] / "old" / "log-v1", tmp_path / name)) for name in "ab"]
    for log, fee in zip(logs, ("1", "2"), strict=True):
        in_child(lambda log=log, fee=fee: log.record(tiny["shop/my-own-bill"], {"fee": fee}, None, clock()).act)
    both = merged(*(log.whole() for log in logs))

    assert {log: len(found) for log, found in both.logs.items()} == {"attempts": 32 - 6 - 3, "clients/own": 2 + 2}
    assert [one.answer["fee"] for one in both.logs["clients/own"] if one.writer] == ["2", "1"]
