"""Assignment files: one bad file for each message, and the same work from every process and every place."""

# ruff: noqa: E501  (each line as a person reads it)

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from collected import QUIZ

from coursekit.content import location
from coursekit.errors import BadAssignment
from coursekit.gradebook.assignment import Criterion, Work, as_json, from_json, read_assignment, rubric

BROKEN = Path(__file__).parent / "broken"
TINY = Path(__file__).parents[1] / "tiny_course" / "exercises"
SHIPPED = sorted((location.root() / "exercises" / "assignments").glob("*.toml"))
shipped = pytest.mark.parametrize("path", [QUIZ, *SHIPPED], ids=lambda path: path.stem)

LINES = {  # what is said after "quiz.toml: "; two faults are two lines
    "abouts": "“abuot” is not a key here. Did you mean “about”?",
    "attempts-below-zero": "attempts.most: is -1. Write a whole number from 0 (no limit) to 10,000.",
    "attempts-without-end": "attempts.most: is 99999999999999999999. Write a whole number from 0 (no limit) to 10,000.",
    "criteria-for-a-choice": "item[1]: “quiz/what-to-say” is marked by rule, so that a rubric has no use. Take the criteria out.",
    "criteria-with-one-id": "item[1]: criteria need ids of their own and weights above 0. Correct them.",
    "criterion-of-unknown-weight": "item[1].criterion[1].weight: must be a number of at most 15 digits, not “NaN”. Correct its type.",
    "criterion-without-weight": "item[1]: criteria need ids of their own and weights above 0. Correct them.",
    "cut-off-without-a-day": "late.until: is missing. Write the day and hour after which nothing counts.",
    "due-a-day": "due: must be a date with its hour and zone, without quotes, not “2026-03-06”. Correct its type.",
    "due-an-hour": "due: must be a date with its hour and zone, without quotes, not “17:00:00”. Correct its type.",
    "due-in-quotes": "due: must be a date with its hour and zone, without quotes, not “2026-03-06T17:00:00+01:00”. Correct its type.",
    "due-left-out": "due: is missing. Add it to the file.",
    "due-without-zone": "due: has no time zone. Write it with its distance from UTC, for example 2027-01-15T17:00:00+01:00.",
    "exercise-asked-twice": "item: asks “quiz/what-to-say” twice. Ask it once.",
    "exercise-that-cannot-be-loaded": "item[1].exercise: the exercise “quiz/damaged” could not be loaded: {folder}/quiz/damaged.toml: title: is missing. Add it to the file.",
    "feedback-before-due": "feedback.after: is before the due date. Choose the due date or later.",
    "feedback-without-zone": "feedback.after: has no time zone. Write it with its distance from UTC, for example 2027-01-15T17:00:00+01:00.",
    "item-as-a-table": "item: must be a list, not a table. Correct its type.",
    "late-percent-left-out": "late.percent: is 0. Write a number above 0, up to 100.",
    "late-percent-nan": "late.percent: must be a number of at most 15 digits, not “NaN”. Correct its type.",
    "late-percent-too-much": "late.percent: is 101. Write a number above 0, up to 100.",
    "late-percent-without-use": 'late.percent: has no use where the rule is “none”. Write rule = "per-day", or take it out.',
    "late-rule-unknown": "late.rule: must be one of none, per-day, cut-off, not “per-week”. Correct the word.",
    "late-until-before-due": "late.until: is before the due date. Choose the due date or later.",
    "late-until-without-use": 'late.until: has no use where the rule is “none”. Write rule = "cut-off", or take it out.',
    "late-until-without-zone": "late.until: has no time zone. Write it with its distance from UTC, for example 2027-01-15T17:00:00+01:00.",
    "least-above-one": "item[1]: points 1, least 50. Points are from 0 to 10,000, least is a share from 0 to 1.",
    "least-of-nothing": ("item[1]: without points nobody would see that the least was not reached. Give it points, or take `least` out."),
    "levels-left-out": "item[1]: a criterion describes the levels 1, 2, 3 and 4, or none. Correct [[item.criterion.level]].",
    "material-elsewhere": "material[1].file: “../brief.md” is no .md or .csv file beside the assignment. Correct the path.",
    "material-missing": "material[1].file: “quiz/brief.md” is no .md or .csv file beside the assignment. Correct the path.",
    "material-no-file": "material[1].file: “” is no .md or .csv file beside the assignment. Correct the path.",
    "material-of-another-kind": "material[1].file: “quiz/note.toml” is no .md or .csv file beside the assignment. Correct the path.",
    "material-with-a-long-name": "material[1].file: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx” is no .md or .csv file beside the assignment. Correct the path.",
    "material-with-nul": "material[1].file: “brief\0.md” is no .md or .csv file beside the assignment. Correct the path.",
    "minutes-below-zero": "minutes: is -5. Write a whole number from 0 (no limit) to 10,000.",
    "minutes-in-part": "minutes: must be a whole number, not “7.5”. Correct its type.",
    "name-said-again": "name: the file's name says it already: “quiz”. Take the key out.",
    "nested-too-deep": "nests its lists too deep. Take the brackets out.",
    "no-item-at-all": "item: is missing. Add it to the file.",
    "no-item": "item: at least one is needed. Add an [[item]].",
    "not-utf-8": "line 2: is not UTF-8 text. Save the file with the encoding UTF-8.",
    "pass-percent-above-hundred": "pass_percent: is 101. Write a percentage from 0 to 100.",
    "pass-percent-below-zero": "pass_percent: is -1. Write a percentage from 0 to 100.",
    "points-below-zero": "item[1]: points -1, least 0. Points are from 0 to 10,000, least is a share from 0 to 1.",
    "points-in-words": "item[1].points: must be a number, not “two”. Correct its type.",
    "points-nan": "item[1].points: must be a number of at most 15 digits, not “NaN”. Correct its type.",
    "points-next-to-nothing": "item[1].points: must be a number of at most 15 digits, not “1E-999999999”. Correct its type.",
    "points-of-many-digits": "item[1].points: must be a number of at most 15 digits, not “0.1234567890123456”. Correct its type.",
    "points-too-fine": (
        "item: the points and the parts of their questions have no common fraction of at most 18 digits. "
        "Choose points and credits with fewer decimals, or fewer questions with many parts."
    ),
    "points-without-end": "item[1].points: must be a number of at most 15 digits, not “Infinity”. Correct its type.",
    "toml-syntax-error": "is not valid TOML: Invalid value (at line 2, column 7). Correct that line.",
    "two-faults": (
        "due: has no time zone. Write it with its distance from UTC, for example 2027-01-15T17:00:00+01:00."
        "\n"
        "item[1]: points -1, least 0. Points are from 0 to 10,000, least is a share from 0 to 1."
    ),
    "unknown-exercise-of-no-unit": "item[1].exercise: there is no exercise “”. Correct the id.",
    "unknown-exercise": "item[1].exercise: there is no exercise “quiz/what-to-sy”; did you mean quiz/what-to-say, quiz/what-counts or quiz/what-is-owed?",
    "unknown-key-in-an-item": "item[1]: “point” is not a key here. Did you mean “points”?",
    "unknown-show": "feedback.show: must be one of reasons, points, none, not “all”. Correct the word.",
    "worksheet-with-points": "item[1]: “quiz/my-own-bill” is the learner's own worksheet and is never graded. Write points = 0.",
}


@pytest.fixture
def beside(tmp_path):
    """A folder with the quiz's own exercises, one of them damaged, for a quiz.toml of the test."""
    shutil.copytree(QUIZ.with_suffix(""), tmp_path / "quiz")
    (tmp_path / "quiz" / "damaged.toml").write_text('kind = "single-choice"\n')
    return tmp_path


class TestBroken:
    """Files that cannot be used."""

    @pytest.mark.parametrize("name", LINES)
    def test_a_bad_file_is_named_with_place_rule_and_cure(self, beside, name):
        """Each fault gives its line: the file, the place in it, the rule, and what to do."""
        shutil.copyfile(BROKEN / f"{name}.toml", beside / "quiz.toml")

        with pytest.raises(BadAssignment) as said:
            read_assignment(beside / "quiz.toml", TINY)
        expected = [f"quiz.toml: {line.replace('{folder}', beside.as_posix())}" for line in LINES[name].splitlines()]
        assert expected == str(said.value).splitlines()

    def test_every_broken_file_is_in_the_table(self):
        """No file lies in broken/ that no test reads."""
        assert sorted(path.stem for path in BROKEN.iterdir()) == sorted(LINES)

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("nowhere.toml", "nowhere.toml: cannot be read: No such file or directory. Check the path."),
            ("quiz", "quiz: cannot be read: Is a directory. Check the path."),
        ],
    )
    def test_a_file_that_is_not_there(self, beside, name, line):
        """A path without a file is said in a line too."""
        with pytest.raises(BadAssignment) as said:
            read_assignment(beside / name)
        assert line == str(said.value)

    def test_material_behind_a_link_out_of_the_folder(self, beside, tmp_path_factory):
        """A link does not lead to a file elsewhere."""
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "brief.md"
        elsewhere.write_text("Brief")
        (beside / "quiz" / "brief.md").symlink_to(elsewhere)
        shutil.copyfile(BROKEN / "material-missing.toml", beside / "quiz.toml")

        with pytest.raises(BadAssignment, match=r"material\[1\]\.file"):
            read_assignment(beside / "quiz.toml")


class TestExercises:
    """Where the questions come from."""

    def test_material_beside_the_assignment(self, beside):
        """A file that is there is taken."""
        (beside / "quiz" / "brief.md").write_text("Brief")
        shutil.copyfile(BROKEN / "material-missing.toml", beside / "quiz.toml")

        assert [one.file for one in read_assignment(beside / "quiz.toml").assignment.material] == ["quiz/brief.md"]

    def test_questions_of_the_course(self, beside):
        """An assignment outside the course may ask what the course has."""
        (beside / "quiz.toml").write_text('title = "T"\ndue = 2026-03-06T17:00:00Z\n[[item]]\nexercise = "cost/effective-rate"\n')

        assert list(read_assignment(beside / "quiz.toml").exercises) == ["cost/effective-rate"]

    def test_own_questions_go_before_those_of_the_course(self, tmp_path):
        """The folder beside an earlier version of a shipped assignment has that version's wording."""
        old = SHIPPED[-1].with_suffix("")
        shutil.copytree(old, tmp_path / old.name)
        shutil.copyfile(SHIPPED[-1], tmp_path / SHIPPED[-1].name)
        first = sorted((tmp_path / old.name).glob("*.toml"))[0]
        now = read_assignment(SHIPPED[-1]).exercises[f"{old.name}/{first.stem}"].title
        first.write_text(first.read_text(encoding="utf-8").replace(f'title = "{now}"', 'title = "As it was"'), encoding="utf-8")

        assert read_assignment(tmp_path / SHIPPED[-1].name).exercises[f"{old.name}/{first.stem}"].title == "As it was"

    def test_a_damaged_own_question_is_not_replaced_by_that_of_the_course(self, tmp_path):
        """What cannot be read is said, and not passed over in silence for another version."""
        old = SHIPPED[-1].with_suffix("")
        shutil.copytree(old, tmp_path / old.name)
        shutil.copyfile(SHIPPED[-1], tmp_path / SHIPPED[-1].name)
        first = sorted((tmp_path / old.name).glob("*.toml"))[0]
        first.write_text("kind = ")

        with pytest.raises(BadAssignment, match=r"could not be loaded: .* is not valid TOML"):
            read_assignment(tmp_path / SHIPPED[-1].name)

    def test_a_course_of_another_version(self, course_copy):
        """An assignment inside an exercises folder asks the exercises of that folder."""
        folder = course_copy / "exercises" / "assignments"
        shutil.copytree(QUIZ.with_suffix(""), folder / "quiz")
        (folder / "quiz.toml").write_text(
            'title = "T"\ndue = 2026-03-06T17:00:00Z\n[[item]]\nexercise = "quiz/what-to-say"\n[[item]]\nexercise = "shop/what-is-owed"\n'
        )

        work = read_assignment(folder / "quiz.toml")

        assert {"quiz/what-to-say", "shop/what-is-owed"} == set(work.exercises)
        assert work.folder == folder


class TestJson:
    """The work written down and read again."""

    @shipped
    def test_round_trip(self, path):
        """The text gives the same work, with the same text and digest."""
        work = read_assignment(path)

        again = from_json(as_json(work), work.folder)

        assert (work.assignment, work.exercises) == (again.assignment, again.exercises)
        assert (as_json(work), work.digest) == (as_json(again), again.digest)

    @shipped
    def test_points_add_up(self, path):
        """A shipped assignment is worth something, and every question of it loads."""
        work = read_assignment(path)

        assert work.assignment.points > 0
        assert {item.exercise for item in work.assignment.item} == set(work.exercises)

    def test_every_kind(self, tiny):
        """Each of the ten kinds comes back from its text as it was."""
        work = read_assignment(QUIZ)
        whole = Work(work.assignment, dict(tiny), work.folder)

        assert dict(tiny) == from_json(as_json(whole), work.folder).exercises

    def test_digest_is_the_same_in_every_process(self):
        """No order of a set or of a folder gets into it."""
        code = "import sys; from pathlib import Path; from coursekit.gradebook.assignment import read_assignment; print([read_assignment(Path(one)).digest for one in sys.argv[1:]])"
        command = [sys.executable, "-c", code, str(QUIZ), *map(str, SHIPPED)]

        said = {subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout for seed in "123"}

        assert {f"{[read_assignment(path).digest for path in (QUIZ, *SHIPPED)]}\n"} == said

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("due = 2026-03-06T17:00:00+01:00", "due = 2026-03-06T17:00:01+01:00"),
            ("points = 4", "points = 5"),
            ("most = 3", "most = 2"),
            ('count = "last"', 'count = "best"'),
            ("percent = 10", "percent = 11"),
            ("weight = 3.0", "weight = 2.0"),
        ],
    )
    def test_digest_changes_with_what_changes_a_grade(self, beside, old, new):
        """A rule that is written otherwise is another work."""
        (beside / "quiz.toml").write_text(QUIZ.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

        assert read_assignment(QUIZ).digest != read_assignment(beside / "quiz.toml").digest

    def test_digest_changes_with_a_key(self, beside):
        """So is another key, wherever the folder lies."""
        shutil.copyfile(QUIZ, beside / "quiz.toml")
        assert read_assignment(QUIZ).digest == read_assignment(beside / "quiz.toml").digest

        owed = beside / "quiz" / "what-is-owed.toml"
        owed.write_text(owed.read_text(encoding="utf-8").replace("trays * price", "trays * price + 1"), encoding="utf-8")

        assert read_assignment(QUIZ).digest != read_assignment(beside / "quiz.toml").digest


class TestRubric:
    """What a person marks."""

    def test_the_items_own(self, work):
        """Criteria of the item go before those of the exercise."""
        (item,) = (one for one in work.assignment.item if one.criterion)

        assert item.criterion == rubric(item, work.exercises[item.exercise])

    def test_that_of_the_exercise(self, work):
        """Without them the exercise's are taken, each of weight 1."""
        (item,) = (one for one in work.assignment.item if one.criterion)
        bare = type(item)(item.exercise)

        assert (Criterion("fact", "What came, and when"),) == rubric(bare, work.exercises[item.exercise])

    def test_one_for_the_whole(self, tiny):
        """A comparison without criteria is marked as a whole."""
        exercise = tiny["shop/two-bills"]
        bare = type(read_assignment(QUIZ).assignment.item[0])(exercise.id)

        assert (Criterion("whole", exercise.title),) == rubric(bare, exercise)


def test_due_keeps_its_moment(work):
    """The distance from UTC is read."""
    assert datetime(2026, 3, 6, 16, 0, tzinfo=UTC) == work.assignment.due
