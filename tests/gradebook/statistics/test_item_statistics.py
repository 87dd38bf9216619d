"""Figures on questions: as R has them, as counted by hand, and those on a class whose faults are known."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import invented
import pandas as pd
import pytest
from attrs import evolve
from making import made
from pytest import approx

from coursekit.errors import BadInput
from coursekit.gradebook.assignment import Assignment, Item, Work
from coursekit.gradebook.statistics import item_statistics
from coursekit.gradebook.statistics.all_tables import figures
from coursekit.gradebook.statistics.flags import flags
from coursekit.gradebook.statistics.item_statistics import Results
from coursekit.gradebook.statistics.picked_options import picked

DATA = Path(__file__).parents[2] / "data"
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def options(*keys):
    """Options 1 to 4; the others than the keys show a misconception."""
    more = {n: "right = true" if n in keys else f'misconception = "M0{n}"' for n in (1, 2, 3, 4)}
    return "".join(f'[[option]]\nid = "{n}"\ntext = "Option {n}"\nwhy = "w"\n{line}\n' for n, line in more.items())


def marks(rows):
    """Marks from (person, exercise, score or a status): "-" not answered, "?" unreadable, "!" unmarked, "k" kept."""
    names = {"-": "not answered", "?": "unreadable", "!": "needs marking", "k": "kept"}
    made = [
        {
            "person": person,
            "exercise": exercise,
            "status": names.get(score, "graded"),
            "score": 0.0 if score == "-" else None if score in names else float(score),
            "max_points": 1.0,
            "answer": None,
            "confidence": None,
            "misconceptions": "",
            "key": "",
        }
        for person, exercise, score in rows
    ]
    frame = pd.DataFrame(made).astype({"score": float})
    return frame.assign(earned=(frame["score"] * 100).round().astype("Int64"), averaged=1, most=100)


def table(*lines):
    """Marks of learners 1, 2, … to questions a, b, …: one text a learner, one cell a question."""
    return marks((f"P{n}", name, cell) for n, line in enumerate(lines, 1) for name, cell in zip("abcdef", line.split(), strict=False))


def attempts(*rows):
    """Attempts from (person, exercise, n, minutes after noon, score)."""
    frame = pd.DataFrame(rows, columns=["person", "exercise", "n", "at", "score"]).astype({"score": float})
    return frame.assign(at=pd.to_datetime([NOON + timedelta(minutes=minute) for minute in frame["at"]]))


NOTHING = attempts(("P1", "a", 1, 0, 1.0)).iloc[:0]


@pytest.fixture(scope="module")
def psych():
    """What R says about the choices, and our table on the same."""
    said = json.loads((DATA / "psych.json").read_text())["choices"]
    rows = list(csv.DictReader((DATA / "choices.csv").read_text().splitlines()))
    exercises = {name: made("single-choice", options(key)) for name, key in zip(rows[0], said["key"], strict=True)}
    work = Work(Assignment("choices", "t", NOON, tuple(Item(name) for name in exercises)), exercises, DATA)
    given = [
        (f"P{n:03}", name, cell, key) for n, row in enumerate(rows) for (name, cell), key in zip(row.items(), said["key"], strict=True)
    ]
    frame = marks((person, name, float(int(cell) == key) if cell else "?") for person, name, cell, key in given)
    frame["answer"] = [f'"{cell}"' if cell else None for _, _, cell, _ in given]
    return said, frame, item_statistics.distractors(work, frame)


def test_options_agree_with_psych(psych):
    """Takers, shares (score.multiple.choice), mean scores elsewhere and point-biserials of 32 options: to three decimals."""
    said, _, ours = psych
    theirs = pd.DataFrame(said["options"])
    ours = ours.assign(option=ours["option"].astype(int)).sort_values(["exercise", "option"], ignore_index=True)

    assert ours["n"].tolist() == theirs["n"].tolist()
    for column, scale in (("share", 1), ("mean_rest", 7), ("point_biserial", 1)):
        assert (ours[column] * scale).tolist() == approx(theirs[column].tolist(), abs=5e-4, nan_ok=True)


def test_items_agree_with_psych(psych):
    """Difficulty uses every answer that could be read, correlations and alpha only those who have all (listwise)."""
    said, frame, _ = psych
    ours = item_statistics.items(frame, NOTHING)

    assert ours["difficulty"].tolist() == approx(said["mean"], abs=6e-3)  # psych rounds them to two decimals
    assert ours["item_rest"].tolist() == approx(said["scale"]["r_drop"], abs=5e-4)
    assert ours["alpha_without"].tolist() == approx(said["scale"]["alpha_drop"], abs=5e-4)
    assert item_statistics.overall(frame).alpha == approx(said["scale"]["alpha"], abs=5e-4)


def test_what_is_missing_and_what_is_zero():
    """Not answered counts 0 in totals and not in difficulty; unreadable and unmarked leave the learner out of totals alone."""
    frame = table("1 1 1", "1 0 1", "0 - 1", "? 1 1", "1 ! 0", "0 0 0", "1 1 1")

    ours = item_statistics.items(frame, NOTHING).set_index("exercise")

    assert ours[["n", "not_answered", "unreadable", "unmarked"]].to_numpy().tolist() == [[6, 0, 1, 0], [5, 1, 0, 1], [7, 0, 0, 0]]
    assert ours["difficulty"].tolist() == approx([4 / 6, 3 / 5, 5 / 7])
    assert item_statistics.points(frame).sum(axis=1).to_dict() == {"P1": 3, "P2": 2, "P3": 1, "P6": 0, "P7": 3}
    assert item_statistics.overall(frame).learners == 5


def test_a_text_that_nobody_marked_leaves_everybody_in():
    """A question without a score for half of the learners is no part of totals; nor is one without points."""
    frame = table("1 ! 1", "0 ! 1", "1 1 0", "0 ! 0", "1 ! 1")
    frame.loc[frame["exercise"] == "c", "max_points"] = 0.0

    assert list(item_statistics.points(frame)) == ["a"]
    assert item_statistics.items(frame, NOTHING)["n"].tolist() == [5, 1, 5]


def test_points_weigh():
    """Totals are in points, so that a question of four counts four times."""
    frame = table(*["1 0.5"] * 5)
    frame.loc[frame["exercise"] == "b", "max_points"] = 4.0

    assert item_statistics.points(frame).to_numpy().tolist() == [[1, 2]] * 5
    assert item_statistics.rest(frame).iloc[0].tolist() == [0.5, 1]


def test_a_question_that_all_have_right_has_no_correlation():
    """What does not vary, also if only by binary rounding, correlates with nothing, and disturbs nothing."""
    third = str(1 / 3)
    ours = item_statistics.items(table(*(f"{third} {a} {b}" for a, b in zip("110100", "100110", strict=True))), NOTHING)

    assert ours["item_rest"].isna().tolist() == [True, False, False]
    assert ours["item_rest"].tolist()[1:] == approx([1 / 3, 1 / 3])


def test_minutes_are_those_since_the_answer_before():
    """Per learner and question they add up; the first answer has none before it, and a gap over 30 minutes was a break."""
    each = [
        row
        for n in range(1, 6)
        for row in ((f"P{n}", "a", 1, 0, 1), (f"P{n}", "b", 1, n, 0), (f"P{n}", "b", 2, n + 2, 1), (f"P{n}", "c", 1, 60, 1))
    ]
    ours = item_statistics.minutes(attempts(*each))

    assert ours.to_dict() == {"timed": {"b": 5}, "minutes": {"b": 5.0}}  # 3, 4, 5, 6, 7


def test_first_and_best():
    """Share wholly right at first and at best, and how many attempts; answers without a score are no attempts here."""
    rows = [("P1", "a", 1, 0, 0), ("P1", "a", 2, 1, 1), ("P1", "a", 3, 2, 0.5), ("P2", "a", 0, 0, None)]
    ours = item_statistics.tries(attempts(*rows, *((f"P{n}", "a", 1, 0, n == 3) for n in range(2, 6)))).loc["a"]

    assert ours.tolist() == approx([5, 7 / 5, 1 / 5, 2 / 5])


def test_confidence_beside_correctness():
    """In steps of ten; the last row is over all; few learners give counts alone."""
    frame = table(*["1 0"] * 5).assign(confidence=[90, 50] * 5)
    frame = pd.concat([frame, table("1").assign(person="P9", confidence=70)])

    assert item_statistics.calibration(frame).fillna(-1).to_numpy().tolist() == [
        [50, 5, 5, 0.5, 0, 0.5],
        [70, 1, 1, -1, -1, -1],
        [90, 5, 5, 0.9, 1, approx(-0.1)],
        [-1, 6, 11, approx(7.7 / 11), approx(6 / 11), approx(1.7 / 11)],
    ]


def test_nobody_was_asked_how_sure():
    """Without a confidence there are no rows."""
    assert len(item_statistics.calibration(table("1 0", "1 1"))) == 0


def test_misconceptions_count_learners():
    """One learner who shows it twice is one; the questions are named."""
    frame = table("0 0", "0 1", "1 1", "1 1", "1 1").assign(misconceptions=["M02 M01", "M02", "M02", *[""] * 7])

    assert item_statistics.misconceptions(frame).to_numpy().tolist() == [["M02", 2, 0.4, 3, "a b"], ["M01", 1, 0.2, 1, "a"]]


def test_totals_by_tenths():
    """All points belong to the last tenth, and 30 % begin the fourth."""
    frame = table(*["1"] * 3, "0.3", "0")

    assert item_statistics.totals(frame)["learners"].tolist() == [1, 0, 0, 1, 0, 0, 0, 0, 0, 3]


def test_fewer_than_five_learners_give_counts_alone():
    """No mean, share or correlation stands where it would say something about one person."""
    work, all_marks, all_attempts = invented.made(learners=4)
    found = figures(Results(work, all_marks, all_attempts))
    counts = {"number", "max_points", "n", "not_answered", "unreadable", "unmarked", "timed", "tried"}

    assert found.items.drop(columns=[*counts, "exercise", "title", "flags"]).isna().all(axis=None)
    assert found.distractors[["share", "mean_rest", "point_biserial", "t"]].isna().all(axis=None)
    assert found.objectives["mean"].isna().all() and found.misconceptions["share"].isna().all()
    assert found.calibration[["confidence", "correct", "bias"]].isna().all(axis=None)
    assert (found.overall.mean, found.overall.alpha, len(found.flags), len(found.totals)) == (None, None, 0, 0)


SORTING = "".join(f'[[bucket]]\nid = "{b}"\ntext = "{b.upper()}"\n' for b in "xy") + (
    '[[item]]\nid = "i"\ntext = "I"\nbucket = "x"\nmisconception = "M02"\nwhy = "w"\n'
)
NUMBER = '[[quantity]]\nid = "sum"\nlabel = "Owed"\nunit = "£"\nkey = "6 * 14"\ntolerance = 0.5\nwhy = "w"\n'


@pytest.mark.parametrize(
    ("kind", "text", "answer", "took"),
    [
        ("single-choice", options(1), '"2"', ["2"]),
        ("single-choice", options(1), '"no such"', []),
        ("multiple-choice", options(1, 2), '["3","1"]', ["1", "3"]),
        ("sorting", SORTING, '{"i":"y"}', ["i → y"]),
        ("number", NUMBER, '"84.2"', ["key"]),
        ("number", NUMBER, '"£ 98"', ["98"]),
        ("number", NUMBER, '"eighty"', []),
        ("number", NUMBER + NUMBER.replace('"sum"', '"tax"'), '{"sum":"84","tax":"7"}', ["sum → key", "tax → 7"]),
        ("worksheet", '[[field]]\nid = "f"\nlabel = "F"\n', '{"f":"x"}', []),
    ],
)
def test_what_an_answer_picked(kind, text, answer, took):
    """The ids of the options; figures that count as the key are one; what cannot be read picks nothing."""
    exercise = made(kind, text)

    assert [one.id for one in picked(exercise, answer)] == took
    assert all(one in exercise.offered() for one in picked(exercise, answer) if one.right)


def test_figures_that_one_learner_typed_are_not_listed():
    """Of figures only the key and what several typed is shown, the most frequent first."""
    exercise = made("number", NUMBER)
    work = Work(Assignment("a", "t", NOON, (Item("a"),)), {"a": exercise}, DATA)
    frame = table(*["1"] * 3, *["0"] * 6).assign(
        answer=['"84"', '"84.0"', '"£84"', '"98"', '"98"', '"98,00"', '"112"', '"112"', '"5551234"']
    )

    ours = item_statistics.distractors(work, frame)

    assert ours[["option", "text", "right", "n"]].to_numpy().tolist() == [
        ["key", "£84.00", True, 3],
        ["98", "£98.00", False, 3],
        ["112", "£112.00", False, 2],
    ]


@pytest.mark.parametrize("seed", range(1, 6))
def test_exactly_the_faulty_questions_are_flagged(seed):
    """Two hundred invented learners, twelve questions: a wrong key, an option that nobody takes, and one that is too easy."""
    work, all_marks, all_attempts = invented.made(seed=seed)
    found = figures(Results(work, all_marks, all_attempts)).flags

    assert [(one.number, one.flag) for one in found.itertuples()] == [
        (invented.EASY, "too easy"),
        (invented.DEAD, "dead option"),
        (invented.WRONG_KEY, "wrong key"),
    ]


@pytest.mark.parametrize(
    ("figures", "flag"),
    [
        ({"difficulty": 0.95}, ["too easy"]),
        ({"difficulty": 0.1, "item_rest": -0.3}, ["too hard"]),
        ({"item_rest": -0.3}, ["avoided"]),
        ({"item_rest": -0.1}, ["weak"]),
        ({"item_rest": 0.1}, ["weak"]),
        ({"item_rest": -0.3, "n": 19}, []),
        ({"difficulty": 0.1, "n": 8}, ["too hard"]),
        ({"difficulty": None, "item_rest": None, "n": 4}, []),
        ({}, []),
    ],
)
def test_flags_of_a_question(figures, flag):
    """The limits, one at a time; on correlations nothing is said below twenty learners."""
    item = pd.DataFrame([{"number": 1, "exercise": "a", "n": 30, "difficulty": 0.5, "item_rest": 0.4} | figures]).astype(
        {"difficulty": float, "item_rest": float}
    )
    nothing = pd.DataFrame(columns=["exercise", "kind", "text", "right", "n", "mean_rest", "t"])
    nobody = pd.DataFrame(columns=["exercise", "criterion", "texts", "kappa"])

    assert flags(item, nothing, nobody)["flag"].tolist() == flag


def test_markers_who_differ_are_flagged():
    """Twenty texts that two persons marked with little agreement; the decision is no third opinion."""
    work, all_marks, all_attempts = invented.made()
    text = work.assignment.item[-1].exercise
    keys = all_marks[all_marks["exercise"] == text]["key"].unique()
    keys = [*keys, *(f"{n:016x}" for n in range(30))]
    extra = pd.DataFrame({"exercise": text, "key": keys[-30:]})
    first = {(key, "fact"): n % 5 for n, key in enumerate(keys)}
    second = {(key, "fact"): (n * 3) % 5 for n, key in enumerate(keys)}

    ours = item_statistics.agreement(work, pd.concat([all_marks, extra]), {"anna": first, "ben": second, "decision": first})

    assert ours[["criterion", "first", "second"]].to_numpy().tolist() == [["fact", "anna", "ben"]]
    item = item_statistics.items(all_marks, all_attempts)
    nothing = item_statistics.distractors(work, all_marks).iloc[:0]
    assert "unreliable marks" in flags(item, nothing, ours)["flag"].tolist()
    assert ours["kappa"].item() < 0.6


def test_reads_a_graded_folder(tmp_path):
    """Worksheets and learners who answered nothing are left out."""
    work, all_marks, all_attempts = invented.made(learners=6)
    nobody = all_marks[all_marks["person"] == "P0001"].assign(person="P9999", status="not answered", score=0.0)
    own = made("worksheet", '[[field]]\nid = "f"\nlabel = "F"\n')
    kept = all_marks[all_marks["exercise"] == "quiz/question-1"].assign(exercise="quiz/own", status=["kept", *["not answered"] * 5])
    work = evolve(work, exercises={**work.exercises, "quiz/own": evolve(own, id="quiz/own")})
    invented.write(tmp_path, work, pd.concat([all_marks, nobody, kept], ignore_index=True), all_attempts)

    ours = item_statistics.read_results(tmp_path)

    assert (ours.marks["person"].nunique(), ours.marks["exercise"].nunique()) == (6, 12)
    assert ours.work.assignment == work.assignment


def test_a_folder_that_is_not_graded_is_named(tmp_path):
    """The error says which folder, and what to run first."""
    with pytest.raises(BadInput, match=r"coursekit grade"):
        item_statistics.read_results(tmp_path)


@pytest.mark.parametrize("file", ["marks.parquet", "attempts.parquet", "assignment.json"])
def test_a_damaged_folder_is_named(tmp_path, file):
    """A table that is cut short, or missing, is an error in words."""
    invented.write(tmp_path, *invented.made(learners=3))
    (tmp_path / file).write_bytes(b"PAR1 and no more")
    with pytest.raises(BadInput, match=r"coursekit grade"):
        item_statistics.read_results(tmp_path)

    (tmp_path / file).unlink()
    with pytest.raises(BadInput, match=r"coursekit grade"):
        item_statistics.read_results(tmp_path)
