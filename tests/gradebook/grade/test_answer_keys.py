"""Keys: every answer that anybody can send ends in one of four outcomes, and a real id is no neutral one."""

import json
import shutil

import pytest
from collected import QUIZ, RIGHT
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.gradebook.assignment import Work, read_assignment
from coursekit.gradebook.grade.answer_keys import AnswerKeys
from coursekit.gradebook.masking import mask

OWED = "quiz/what-is-owed"
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**300, max_value=10**320)
    | st.floats()
    | st.text(st.characters())  # lone surrogates and NUL among them
    | st.sampled_from(["a", "b", "six", "slip", "changes", "1", "q1", "answer", "?a", "84", "1.130"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3) | st.sampled_from(["a", "q1", "r"]), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def everything(work, tiny):
    """The quiz, and the tiny course with each of the ten kinds."""
    return Work(work.assignment, {**work.exercises, **tiny}, work.folder)


@pytest.fixture(scope="module")
def keys(everything):
    return AnswerKeys([everything])


def of(work, id):
    """The wording that an answer to that question names."""
    return mask(work.exercises[id]).of


class TestOutcome:
    """One answer graded."""

    @pytest.mark.parametrize(
        ("exercise", "answer", "expected"),
        [
            ("quiz/what-to-say", '"b"', ("graded", 1.0, "", '"six"')),
            ("quiz/what-to-say", '"c"', ("graded", 0.25, "M02", '"split"')),
            ("quiz/what-to-say", '"a"', ("graded", 0.0, "M01", '"wait"')),
            ("quiz/what-counts", '["b","a"]', ("graded", 1.0, "", '["photo","slip"]')),
            ("quiz/what-counts", "[]", ("unreadable", None, "", "[]")),
            (OWED, '"£ 84"', ("graded", 1.0, "", '"£ 84"')),
            (OWED, "112", ("graded", 0.0, "M01", "112")),
            ("quiz/sort-costs", '{"c":"2","a":"1","b":"2"}', ("graded", 1.0, "", '{"flour":"changes","oven":"stays","rent":"stays"}')),
            ("quiz/note", '"Six trays came."', ("needs marking", None, "", '"Six trays came."')),
            ("quiz/my-own-bill", '{"q1":"Q"}', ("kept", None, "", '{"client":"Q"}')),
        ],
    )
    def test_neutral_ids(self, work, keys, exercise, answer, expected):
        """Letters and numbers are put back into the author's ids, and graded."""
        one = keys.grade(exercise, of(work, exercise), answer)

        assert expected == (one.status, one.score, one.misconceptions, one.answer)
        assert bool(one.why) == (one.status == "unreadable")

    @pytest.mark.parametrize(
        ("exercise", "answer"),
        [
            ("quiz/what-to-say", '"six"'),
            ("quiz/what-counts", '["slip","photo"]'),
            ("quiz/sort-costs", json.dumps(RIGHT["quiz/sort-costs"])),
            ("quiz/sort-costs", '{"a":"changes","b":"stays","c":"stays"}'),
            ("quiz/my-own-bill", '{"client":"Q"}'),
            ("quiz/what-to-say", '"?six"'),
            ("quiz/what-to-say", '"d"'),
        ],
    )
    def test_real_ids_are_not_read(self, work, keys, exercise, answer):
        """Who knows the author's ids and sends them is not graded on them."""
        assert keys.grade(exercise, of(work, exercise), answer).status == "unreadable"

    @pytest.mark.parametrize(
        "answer", ['"\\ud800"', '"a\\u0000b c d"', '"\\udfff and more words"', '{"\\ud800":1}', "NaN", "-Infinity", "1e999"]
    )
    def test_signs_that_no_file_holds(self, work, keys, answer):
        """Half a character and NUL are unreadable; what is written of them can stand in a file, and says the same."""
        for exercise in work.exercises:
            one = keys.grade(exercise, of(work, exercise), answer)

            assert one.status == "unreadable"
            (one.answer + one.why).encode()

    @pytest.mark.parametrize(
        "answer", ["[" * 100_000 + "]" * 100_000, "[" * 900 + "]" * 900, '{"a":' * 5_000 + "1" + "}" * 5_000, "9" * 5_000, "{", ""]
    )
    def test_json_without_end_or_beginning(self, work, keys, answer):
        """Lists in lists, a number of thousands of digits and a text that is no JSON are unreadable, with a reason."""
        for exercise in work.exercises:
            one = keys.grade(exercise, of(work, exercise), answer)

            assert one.status == "unreadable"
            assert one.why

    def test_not_asked(self, keys):
        """An exercise that the assignment does not ask is no attempt at anything."""
        assert keys.grade("quiz/none", "0" * 12, '"b"').status == "not asked"

    def test_another_wording(self, keys):
        """A wording that no key is there for is said to be one."""
        one = keys.grade(OWED, "0" * 12, '"84"')

        assert (one.status, one.answer) == ("unreadable", "null")
        assert "--keys" in one.why


class TestAnyJson:
    """Whatever is sent."""

    @settings(max_examples=300)
    @given(answer=JSON)
    def test_ends_in_an_outcome(self, everything, keys, answer):
        """Nothing raises; a score is from 0 to 1 and there where it is graded; the answer's text is JSON that a file can hold."""
        for id in everything.exercises:
            one = keys.grade(id, of(everything, id), json.dumps(answer))

            assert one.status in ("graded", "unreadable", "needs marking", "kept")
            assert (one.score is not None) == (one.status == "graded")
            assert one.score is None or 0 <= one.score <= 1
            json.loads(one.answer.encode())
            one.why.encode()

    @settings(max_examples=100)
    @given(text=st.text())
    def test_text_that_is_not_json(self, work, keys, text):
        """A file that was tampered with raises nothing either."""
        assert keys.grade(OWED, of(work, OWED), text).status in ("graded", "unreadable")


class TestEarlierVersions:
    """Answers to the wording of an earlier version."""

    @pytest.fixture
    def earlier(self, tmp_path):
        """The quiz as it was, with eight trays delivered, other options and one more question."""
        shutil.copytree(QUIZ.with_suffix(""), tmp_path / "quiz")
        owed = tmp_path / "quiz" / "what-is-owed.toml"
        owed.write_text(
            owed.read_text(encoding="utf-8").replace("Six trays at £14", "Seven trays at £14").replace("trays = 6", "trays = 7")
        )
        (tmp_path / "quiz" / "dropped.toml").write_text(owed.read_text(encoding="utf-8"))
        text = QUIZ.read_text(encoding="utf-8") + '\n[[item]]\nexercise = "quiz/dropped"\n'
        (tmp_path / "quiz.toml").write_text(text, encoding="utf-8")
        return read_assignment(tmp_path / "quiz.toml")

    def test_own_key(self, work, earlier):
        """Each answer is graded by the key of the wording that it names."""
        keys = AnswerKeys([work, earlier])

        assert keys.grade(OWED, of(work, OWED), '"84"').score == 1
        assert keys.grade(OWED, of(earlier, OWED), '"84"').score == 0
        assert keys.grade(OWED, of(earlier, OWED), '"98"').score == 1
        assert keys.grade("quiz/what-to-say", of(work, "quiz/what-to-say"), '"b"').score == 1

    def test_the_wording_for_the_page(self, work, earlier):
        """The page of a learner shows what they were asked."""
        keys = AnswerKeys([work, earlier])

        assert keys.exercise(OWED, of(earlier, OWED)).prompt.startswith("Seven")
        assert keys.exercise(OWED, of(work, OWED)).prompt.startswith("Six")
        assert keys.exercise(OWED, None).prompt.startswith("Six")

    def test_what_is_no_longer_asked(self, work, earlier):
        """A question that was dropped counts for nobody; the first work says what is asked."""
        answer = ("quiz/dropped", of(earlier, "quiz/dropped"), '"98"')

        assert AnswerKeys([work, earlier]).grade(*answer).status == "not asked"
        assert AnswerKeys([earlier, work]).grade(*answer).status == "graded"

    def test_a_corrected_key(self, work, tmp_path):
        """Where only the key was corrected, the wording is the same and the corrected key counts for all."""
        shutil.copytree(QUIZ.with_suffix(""), tmp_path / "quiz")
        shutil.copyfile(QUIZ, tmp_path / "quiz.toml")
        owed = tmp_path / "quiz" / "what-is-owed.toml"
        owed.write_text(owed.read_text(encoding="utf-8").replace('key = "trays * price"', 'key = "trays * price + 1"'), encoding="utf-8")
        wrong = read_assignment(tmp_path / "quiz.toml")

        assert of(work, OWED) == of(wrong, OWED)
        assert AnswerKeys([work, wrong]).grade(OWED, of(work, OWED), '"84"').score == 1
        assert AnswerKeys([wrong, work]).grade(OWED, of(work, OWED), '"84"').score == 0
