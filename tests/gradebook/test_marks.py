"""The logs of markers: nothing lost, nothing changed, and one level out of several."""

import json
import os
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from coursekit.errors import BadInput, NotSaved
from coursekit.gradebook import marks
from coursekit.gradebook.marks import Act, MarkLog

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def mark(key, level, criterion="clear", **more):
    """A mark on the text of that key."""
    return Act("mark", AT, "quiz/letter", key, criterion, level, **more)


def marked(folder, **given):
    """A folder in which each marker gave these levels: anna={"a": 3}."""
    for marker, levels in given.items():
        MarkLog(folder, marker).record([mark(key, level) for key, level in levels.items()])
    return folder


class TestDecided:
    """What counts of several markers' levels."""

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"anna": 3}, 3),
            ({"anna": 0}, 0),
            ({"anna": 3, "ben": 3}, 3),
            ({"anna": 3, "ben": 2}, 2.5),
            ({"anna": 4, "ben": 2}, None),
            ({"anna": 0, "ben": 4}, None),
            ({"anna": 4, "ben": 2, "decision": 2}, 2),
            ({"anna": 3, "ben": 3, "decision": 1}, 1),
            ({"anna": 3, "ben": 3, "cleo": 2}, Fraction(8, 3)),
            ({"anna": 3, "ben": 2, "cleo": 1}, None),
            ({"decision": 4}, 4),
        ],
    )
    def test_rule(self, tmp_path, given, expected):
        """One counts alone, near ones are averaged, far ones wait for a decision, and a decision always wins."""
        marked(tmp_path, **{marker: {"a": level} for marker, level in given.items()})

        assert {("a", "clear"): expected} == marks.decided(tmp_path)

    def test_no_marks(self, tmp_path):
        """A folder that nobody has marked has no levels, comments or problems."""
        assert (marks.decided(tmp_path), marks.levels(tmp_path), marks.comments(tmp_path), marks.problems(tmp_path)) == (
            {},
            {},
            {},
            [],
        )

    def test_levels_are_apart_by_marker(self, tmp_path):
        """What each marker said stays their own."""
        marked(tmp_path, ben={"a": 1, "b": 0}, anna={"a": 4})

        assert marks.levels(tmp_path) == {"anna": {("a", "clear"): 4}, "ben": {("a", "clear"): 1, ("b", "clear"): 0}}


class TestLog:
    """Append only, one write a step."""

    def test_a_later_mark_counts_and_the_earlier_stays(self, tmp_path):
        """To mark again adds a line."""
        log = MarkLog(tmp_path, "anna")
        log.record([mark("a", 1)])
        before = log.path.read_bytes()
        log.record([mark("a", 4)])

        assert log.path.read_bytes().startswith(before)
        assert marks.levels_of(log.acts()) == {("a", "clear"): 4}

    def test_undo_takes_a_whole_step_back(self, tmp_path):
        """Undoing a decision on a group gives every member the level it had before."""
        log = MarkLog(tmp_path, "anna")
        log.record([mark("a", 1)])
        step = log.record([mark("a", 4), mark("b", 4), Act("comment", AT, "quiz/letter", "b", "clear", comment="Say when.")])[0].step
        log.record([Act("undo", AT, step=step)])

        assert marks.levels_of(log.acts()) == {("a", "clear"): 1}
        assert marks.comments(tmp_path) == {}

    def test_line_format(self, tmp_path):
        """A line has the keys that the brief promises to whoever reads the log without coursekit."""
        log = MarkLog(tmp_path, "Anna Ødegård")
        log.record([mark("a", 0, group="g1")])
        row = json.loads(log.path.read_text())

        assert tmp_path / "marks" / "anna-ødegård.jsonl" == log.path
        assert row.pop("step")
        assert row == {
            "v": 1,
            "marker": "anna-ødegård",
            "at": "2026-11-22T09:30:00.000+00:00",
            "act": "mark",
            "exercise": "quiz/letter",
            "key": "a",
            "criterion": "clear",
            "level": 0,
            "comment": None,
            "group": "g1",
        }

    def test_what_is_written_is_read(self, tmp_path):
        """Reading gives the acts back, with the odd characters of a comment."""
        log = MarkLog(tmp_path, "anna", by="x")
        done = log.record(
            [mark("a", 2), Act("comment", AT, "quiz/letter", "a", "clear", comment='=1+1 <b>\n"é\u2028'), Act("pull", AT, key="a")]
        )

        assert done == log.acts()

    def decision(self, log):
        """A decision on a group of three, one of them with a comment."""
        comment = Act("comment", AT, "quiz/letter", "b", "clear", comment="Say when.")
        return log.record([mark("a", 4), mark("b", 4), comment, mark("c", 4)])

    def test_a_decision_that_a_crash_cut_short(self, tmp_path):
        """At whatever byte: it counts whole or not at all, it is told where only some of it is there, and what comes next counts."""
        log = MarkLog(tmp_path, "anna")
        log.record([mark("a", 1)])
        before = log.path.read_bytes()
        self.decision(log)
        whole = log.path.read_bytes()
        for size in range(len(before), len(whole) + 1):
            log.path.write_bytes(whole[:size])
            stands = size >= len(whole) - 1  # the line break alone may be missing

            assert marks.levels_of(log.acts()) == ({(key, "clear"): 4 for key in "abc"} if stands else {("a", "clear"): 1}), size
            assert bool(marks.problems(tmp_path)) == (len(before) < size and not stands)
            log.record([mark("d", 2), mark("e", 2)])
            assert marks.levels_of(log.acts()).items() >= {("d", "clear"): 2, ("e", "clear"): 2}.items()
            assert (("b", "clear") in marks.levels_of(log.acts())) == stands

    def test_a_decision_of_which_some_lines_are_there(self, tmp_path):
        """It says how many, once, and that it does not count."""
        log = MarkLog(tmp_path, "anna")
        self.decision(log)
        log.path.write_bytes(b"".join(log.path.read_bytes().splitlines(keepends=True)[:2]))

        assert [(one.line, "only some are there, 2 of 4" in one.text) for one in marks.problems(tmp_path)] == [(1, True)]
        assert log.acts() == []

    def test_a_decision_that_is_undone(self, tmp_path):
        """An undo is a step of one line, whatever it takes back."""
        log = MarkLog(tmp_path, "anna")
        step = self.decision(log)[0].step
        log.record([Act("undo", AT, step=step)])

        assert (marks.levels_of(log.acts()), marks.problems(tmp_path)) == ({}, [])

    def test_the_disk_fills_within_a_decision(self, tmp_path, monkeypatch):
        """At whatever byte: it is said not to be saved, and no level of it stands."""
        log = MarkLog(tmp_path, "anna")
        log.record([mark("a", 1)])
        before, written = log.path.read_bytes(), os.write
        for room in range(0, 900, 7):
            with monkeypatch.context() as patch:
                patch.setattr(os, "write", lambda handle, data, room=room: written(handle, data[: min(room, len(data) - 1)]))
                with pytest.raises(NotSaved, match="disk is full"):
                    self.decision(log)

            assert log.path.read_bytes() == before

    def test_a_log_of_before_has_no_number_of_lines(self, tmp_path):
        """Each of its lines counts as it did."""
        log = MarkLog(tmp_path, "anna")
        self.decision(log)
        log.path.write_bytes(log.path.read_bytes().replace(b',"lines":4', b"").rpartition(b'{"v"')[0])

        assert marks.levels_of(log.acts()) == {("a", "clear"): 4, ("b", "clear"): 4}

    def test_a_torn_last_line_is_set_aside(self, tmp_path):
        """A write that a crash cut short loses that line only, and the next one stands alone."""
        log = MarkLog(tmp_path, "anna")
        log.record([mark("a", 1), mark("b", 2)])
        with log.path.open("ab") as file:
            file.write(b'{"v":1,"marker":"anna","at":"2026')
        torn = marks.problems(tmp_path)
        log.record([mark("c", 3)])

        assert [problem.line for problem in torn] == [3]
        assert "cut short" in torn[0].text
        assert marks.levels_of(log.acts()) == {("a", "clear"): 1, ("b", "clear"): 2, ("c", "clear"): 3}
        assert [problem.line for problem in marks.problems(tmp_path)] == [3]

    @pytest.mark.parametrize(
        "change",
        [
            *({"level": level} for level in (5, -1, True, 2.0, "3")),
            *({"at": at} for at in ("yesterday", "2026-01-01T00:00:00", None)),
            *({"v": 2}, {"act": "erase"}, {"key": 7}, {"comment": ["x"]}, {"group": 1}),
        ],
    )
    def test_a_line_of_another_shape_is_set_aside(self, tmp_path, change):
        """What is no mark never counts as one, and the lines around it do."""
        log = MarkLog(tmp_path, "anna")
        log.record([mark("a", 1)])
        log.path.write_text(log.path.read_text() + json.dumps(json.loads(log.path.read_text()) | {"key": "b"} | change) + "\n")
        log.record([mark("c", 3)])

        assert marks.levels_of(log.acts()) == {("a", "clear"): 1, ("c", "clear"): 3}
        assert [problem.line for problem in marks.problems(tmp_path)] == [2]

    @pytest.mark.parametrize("junk", [b"\x00\xff\n", b"[]\n", b"null\n", b"[" * 200_000 + b"\n", b"{}\n"])
    def test_junk_is_set_aside(self, tmp_path, junk):
        """Bytes that are no JSON object hurt nothing else."""
        log = MarkLog(tmp_path, "anna")
        log.record([mark("a", 1)])
        log.path.write_bytes(junk + log.path.read_bytes())

        assert marks.levels_of(log.acts()) == {("a", "clear"): 1}
        assert [problem.line for problem in marks.problems(tmp_path)] == [1]

    def test_a_log_that_cannot_be_written_says_so(self, tmp_path):
        """Not saved is never silent."""
        (tmp_path / "marks" / "anna.jsonl").mkdir(parents=True)

        with pytest.raises(NotSaved, match="The mark was not saved"):
            MarkLog(tmp_path, "anna").record([mark("a", 1)])

    def test_a_group_counts_whole_or_not_at_all(self, tmp_path, monkeypatch):
        """A disk that is full in the middle of fifty levels leaves none of them standing."""
        log, written = MarkLog(tmp_path, "anna"), os.write
        log.record([mark("a", 1)])
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", lambda handle, data: written(handle, data[: len(data) // 2]))
            with pytest.raises(NotSaved, match="full"):
                log.record([mark(f"b{number}", 4) for number in range(50)])

        assert marks.levels_of(log.acts()) == {("a", "clear"): 1}
        assert not marks.problems(tmp_path)


class TestNames:
    """A marker's name as a file."""

    @pytest.mark.parametrize(
        ("name", "file"),
        [
            ("anna", "anna"),
            ("ANNA", "anna"),
            ("../../etc/passwd", "etc-passwd"),
            ("a b\tc", "a-b-c"),
            ("CON", "con-"),
            ("com1", "com1-"),
            ("x" * 300, "x" * 193 + "-0d4e2c"),
            ("LPT¹", "lpt¹-"),
            ("מרים", "מרים"),
            ("a\x00b", "a-b"),
        ],
    )
    def test_safe(self, name, file):
        """No name leaves the folder, and one person has one file however they capitalise."""
        assert file == marks.slug(name)

    @pytest.mark.parametrize("name", ["", "  ", "..", "/", "🙂", "---"])
    def test_nothing_left(self, name):
        """A name without a letter or digit is refused with the next step."""
        with pytest.raises(BadInput, match="--as"):
            MarkLog(".", name)


class TestComments:
    """What the learner's page says."""

    def test_all_markers_once_each(self, tmp_path):
        """The last comment of each marker on each criterion, the same sentence once; an emptied one is gone."""

        def say(marker, text, criterion="clear", key="a"):
            MarkLog(tmp_path, marker).record([Act("comment", AT, "quiz/letter", key, criterion, comment=text)])

        say("anna", "first try")
        say("anna", "Name a day.")
        say("anna", "Kind and clear.", "tone")
        say("ben", "Name a day.")
        say("ben", "Too long.", key="b")
        say("ben", "", key="b")

        assert marks.comments(tmp_path) == {"a": ["Name a day.", "Kind and clear."]}
