"""A marking session as tables: what lies on the session, what an act does to it, and what is in the log afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from to_mark import TEXTS, graded_folder, key_of

from coursekit.errors import BadInput, NotSaved
from coursekit.gradebook import marks
from coursekit.gradebook.marking import texts_to_mark
from coursekit.gradebook.marking.marker import Marker, report
from coursekit.gradebook.marking.marking_session import MarkingSession
from coursekit.gradebook.marking.view import view
from coursekit.gradebook.marks import MarkLog

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GROUP = tuple(key_of(text) for text in TEXTS[:3])


@pytest.fixture
def out(tmp_path, work):
    """A graded folder with seven texts: a group of three and four single ones, two criteria."""
    return graded_folder(tmp_path / "out", work)


@pytest.fixture
def tick():
    """A clock that moves ten seconds with each step, and can be moved on."""

    class Tick:
        now = START

        def __call__(self):
            self.now += timedelta(seconds=1)
            return self.now

    return Tick()


def session(out, tick, name="anna", **how):
    """The session of a marker, opened anew from the log."""
    return Marker(str(out), name, **how).open(tick)[0]


def finish(one, level=3):
    """Mark all that is left."""
    while not one.finished:
        one.mark(level)


def test_one_criterion_after_the_other(out, tick):
    """All texts on the first criterion come before any on the second; the biggest group first."""
    one = session(out, tick)

    assert [unit.criterion for unit in one.units] == ["fact"] * 5 + ["tone"] * 5
    assert set(one.unit.keys) == set(GROUP)
    assert sum(one.pile.texts[key].learners for key in one.unit.keys) == 5


def test_no_name_is_on_the_desk(out, tick):
    """What the page is given has the texts and no person."""
    one, about = Marker(str(out), "anna").open(tick)

    assert not {"p0", "p1", "more0", "more1"} & set(str(view(one, about)).split("'"))


def test_a_mark_marks_the_group_and_goes_on(out, tick):
    """One decision, a line for each member, in one step."""
    one = session(out, tick)
    group = one.unit
    one.mark(3)

    acts = MarkLog(out, "anna").acts()
    assert {(act.key, act.criterion, act.level, act.group) for act in acts} == {(key, "fact", 3, group.group) for key in GROUP}
    assert len({act.step for act in acts}) == 1
    assert one.unit is one.units[1]
    assert "Level 3 for 3 texts" in one.said


@pytest.mark.parametrize("level", [5, -1, True, 2.0, "3", None, [1]])
def test_only_levels_are_marks(out, tick, level):
    """A page that sends nonsense marks nothing."""
    one = session(out, tick)
    one.take({"do": "mark", "unit": one.unit.id, "level": level})

    assert MarkLog(out, "anna").acts() == []


@pytest.mark.parametrize("asked", [{}, {"do": "erase"}, {"do": "pull", "key": 7}, {"do": "comment"}, {"do": None}])
def test_nonsense_does_nothing(out, tick, asked):
    """Unknown acts and missing fields are passed over."""
    one = session(out, tick)
    one.take({"unit": one.unit.id, **asked})

    assert MarkLog(out, "anna").acts() == []


def test_a_mark_for_another_text_is_not_taken(out, tick):
    """A key pressed when the page had moved on marks nothing unseen."""
    one = session(out, tick)
    seen = one.unit.id
    one.mark(3)
    one.take({"do": "mark", "unit": seen, "level": 0})

    assert "moved on" in one.said
    assert set(one.levels.values()) == {3}


def test_back_next_and_round_the_end(out, tick):
    """One can leave a text open, go back and change a mark; what was left open comes round again."""
    one = session(out, tick)
    one.next()
    finish(one)
    assert one.place == 0  # the last that was marked is the one left open
    one.next()
    one.mark(0)

    assert one.finished
    assert one.level(one.units[1]) == 0
    one.place = 0
    one.back()
    assert "first" in one.said


def test_pull_out(out, tick):
    """A text pulled out of a group is marked by itself, next, and on every criterion."""
    one = session(out, tick)
    odd = one.unit.keys[1]
    one.pull(odd)
    assert (one.place, len(one.unit.keys), one.units[1].keys) == (0, 2, (odd,))
    one.mark(4)
    assert one.unit.keys == (odd,)
    one.mark(1)

    assert one.levels[odd, "fact"] == 1
    assert next(unit.keys for unit in one.units if unit.criterion == "tone" and len(unit.keys) == 1) == (odd,)


def test_pull_out_after_the_mark(out, tick):
    """Pulled out of a group that has its level, a text loses it and is asked for at once; undo gives it back."""
    one = session(out, tick)
    one.mark(4)
    one.back()
    odd = one.unit.keys[2]
    one.pull(odd)

    assert (odd, "fact") not in one.levels
    assert one.unit.keys == (odd,)
    one.undo()
    assert one.levels[odd, "fact"] == 4
    assert len(one.unit.keys) == 3


def test_split(out, tick):
    """A group taken apart is three decisions."""
    one = session(out, tick)
    one.split()

    assert [len(unit.keys) for unit in one.units[:3]] == [1, 1, 1]
    assert len(one.units) == 14
    one.split()
    assert "no group" in one.said


def test_look_inside(out, tick):
    """Shown are the typical text and those least like it, each form once; inside is every text."""
    one = session(out, tick)
    assert len(one.shown()) == 2
    one.look()
    assert one.shown() == list(one.unit.keys)
    one.next()
    assert not one.inside


def test_undo_goes_back_step_by_step(out, tick):
    """Undo takes back the last thing that stands and leads to it; the log only grows."""
    one = session(out, tick)
    one.mark(3)
    one.mark(2)
    one.write("Say when.")
    size = len(MarkLog(out, "anna").acts())
    one.undo()
    assert (one.comments, one.place) == ({}, 2)
    one.undo()
    assert one.place == 1
    one.undo()
    one.undo()

    assert one.levels == {}
    assert "nothing to take back" in one.said
    assert len(MarkLog(out, "anna").acts()) == size + 3


def test_comments_and_the_bank(out, tick):
    """A comment goes to all of the group; the bank has this criterion's own, the latest first, each once."""
    one = session(out, tick)
    one.write("  Say\n when. ")
    one.mark(2)
    one.write("Kind.")
    one.mark(2)
    one.write("Say when.")

    assert one.bank() == ["Say when.", "Kind."]
    assert marks.comments(out)[GROUP[0]] == ["Say when."]
    while one.unit.criterion == "fact":
        one.mark(2)
    assert one.bank() == []


def test_a_new_start_goes_on_where_it_was(out, tick):
    """Whatever is in the log is on the desk again, with pulled texts, comments and the next open place."""
    one = session(out, tick)
    one.pull(one.unit.keys[2])
    one.write("Say when.")
    one.mark(3)
    again = session(out, tick)

    assert (again.place, again.levels, again.comments, again.bank()) == (1, one.levels, one.comments, ["Say when."])
    assert [unit.keys for unit in again.units] == [unit.keys for unit in one.units]


def test_what_cannot_be_saved_is_said_and_not_done(out, tick):
    """A full disk leaves the desk as it was."""

    def full(acts):
        raise NotSaved("the disk is full")

    one = MarkingSession(texts_to_mark.read_texts(out), [], full, tick)
    one.mark(3)

    assert (one.trouble, one.levels, one.place) == ("the disk is full", {}, 0)


def test_time_left(out, tick):
    """The median of the recent times by what is left, after three decisions; a long pause is no decision."""
    one = session(out, tick)
    for pause in (0, 10, 10_000, 20):
        tick.now += timedelta(seconds=pause)
        one.mark(3)
    assert one.seconds_left() is None
    tick.now += timedelta(seconds=30)
    one.mark(3)

    assert one.seconds_left() == pytest.approx(22.0 * 5, abs=12)


def test_progress(out, tick):
    """Texts are counted, not decisions."""
    one = session(out, tick)
    one.mark(3)

    assert (one.done(one.unit), one.done(), one.open_units()) == ((3, 7), (3, 14), 9)


class TestSeveral:
    """Several markers of one folder."""

    def test_another_marker_gets_what_is_left(self, out, tick):
        """Two people can share the work: what one has marked the other is not asked."""
        session(out, tick).mark(3)

        assert len(session(out, tick, "ben").units) == 9

    def test_the_second_marker_is_blind(self, out, tick):
        """The second gets all texts and sees no level, comment or pulled text of the first."""
        first = session(out, tick)
        first.pull(first.unit.keys[1])
        first.write("Say when.")
        finish(first)
        one, about = Marker(str(out), "ben", second=True).open(tick)

        assert len(one.units) == 10
        assert (one.levels, one.comments, one.bank(), about.given) == ({}, {}, [], {})
        assert "Say when." not in str(view(one, about))

    def test_decisions(self, out, tick):
        """Only where levels lie two or more apart; both are shown without names, and the decision counts."""
        finish(session(out, tick), 4)
        second = session(out, tick, "ben", second=True)
        second.mark(3)
        second.write("Where is the day?")
        second.mark(1)
        finish(second, 4)
        one, about = Marker(str(out), "cleo", decide=True).open(tick)
        key = one.unit.keys[0]
        shown = view(one, about)
        assert len(one.units) == 1
        assert [given["level"] for given in shown["unit"]["given"]] == [4, 1]
        assert not {"anna", "ben"} & set(str(shown).replace("'", " ").split())
        one.mark(2)

        assert one.finished
        assert marks.decided(out)[key, "fact"] == 2
        assert marks.decided(out)[GROUP[0], "fact"] == 3.5
        assert MarkLog(out, "decision").acts()[0].by == "cleo"
        assert session(out, tick, "cleo", decide=True).finished

    def test_report(self, out, tick):
        """The agreement in lines, with the next step."""
        assert [line[:17] for line in report(out)] == ["Nobody has marked"]
        finish(session(out, tick), 4)
        assert "--second" in next(iter(report(out)))
        second = session(out, tick, "ben", second=True)
        second.mark(1)
        finish(second, 4)
        fact, tone, waiting = report(out)

        assert "7 texts: 57 % the same" in fact
        assert "not defined" in tone
        assert "3 of 3. Decide with" in waiting

    @pytest.mark.parametrize("name", ["decision", "Decision", "!!"])
    def test_names_that_are_none(self, out, name):
        """The log of decisions is nobody's name."""
        with pytest.raises(BadInput, match="--as"):
            Marker(str(out), name).check()


class TestNothing:
    """Folders with nothing to mark."""

    def test_no_text(self, tmp_path, work, tick):
        """A graded folder without free text has an empty desk and says so."""
        one, about = Marker(str(graded_folder(tmp_path / "out", work, texts=())), "anna").open(tick)
        one.take({"do": "undo"})

        assert (one.unit, one.finished, one.shown(), one.bank()) == (None, True, [], [])
        assert "No text" in view(one, about)["nothing"]

    def test_others_have_marked_all(self, out, tick):
        """Somebody who comes when all is done is told how to mark again."""
        finish(session(out, tick))
        one, about = Marker(str(out), "ben").open(tick)

        assert "--second" in view(one, about)["nothing"]

    @pytest.mark.parametrize("broken", ["none", "assignment", "marks"])
    def test_a_folder_that_is_no_graded_one(self, tmp_path, work, broken):
        """It is refused with the next step and no traceback."""
        folder = graded_folder(tmp_path / "out", work)
        if broken == "none":
            (folder / "run.json").unlink()
        else:
            (folder / {"assignment": "assignment.json", "marks": "marks.parquet"}[broken]).write_bytes(b"{}")

        with pytest.raises(BadInput, match="coursekit grade"):
            texts_to_mark.read_texts(folder)


def test_a_comparison_is_shown_as_text(tiny):
    """The cells of a table stand one below the other, each after what it was asked."""
    asked = tiny["shop/two-bills"]
    (full,) = asked.samples().right
    text = texts_to_mark.written(asked, full)

    assert asked.principle.prompt in text
    assert asked.row[0].model[asked.column[0].id] in text
