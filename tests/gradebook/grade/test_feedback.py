"""Learners' pages: every kind of answer in words, whatever was typed as text, and a page that is valid and needs nothing else."""

import json
import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import evolve
from collected import QUIZ

from coursekit.content import location
from coursekit.content.library import load
from coursekit.gradebook.assignment import Assignment, Criterion, Item, Level, read_assignment
from coursekit.gradebook.grade.feedback import FeedbackPages, Marked, Question
from coursekit.gradebook.grade.totals import LearnerTotal
from coursekit.model.grading import grade

TINY = load(Path(__file__).parents[2] / "tiny_course" / "exercises")
COURSE = load(location.root() / "exercises")
KINDS = {}  # two exercises of the course for each kind
for one in COURSE.values():
    if len(KINDS.setdefault(one.kind, [])) < 2:
        KINDS[one.kind].append(one)
EXERCISES = {one.id: one for one in (*TINY.values(), *(one for kind in KINDS.values() for one in kind))}
ASSIGNMENT = read_assignment(QUIZ).assignment
NASTY = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script><style>",
    "</p></section></main><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "**bold** `code` # heading\n\n# heading\n- list\n> quote",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "שלום \u202eevil\u202c \u2066x\u2069",
    "👩‍🏫 Zoë O'Neill 日本語",
    "{title} {0} {body} %s $HOME $850 … $27",
    "{{ 7*7 }} {% raw %} {# gone #}",
    "\ud800 half, \0 nothing, \x1b[31m red",
    "x" * 5_000,
]
VOID = {"meta", "br", "hr", "img", "input", "col"}


class Page(HTMLParser):
    """What a page has: elements, attributes, headings, ids and text; `wrong` are tags that do not fit together."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.headings, self.ids, self.open, self.wrong, self.text = [], [], [], [], [], [], []
        self.feed(text)
        self.close()
        self.text = "".join(self.text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("p", "ul", "ol", "table", "section", "div", "h2", "h3", "dl") and "p" in self.open:
            self.wrong.append(f"<{tag}> in <p>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data):
        self.text.append(data)


def question(exercise, answer, **more):
    """A question answered with `answer` (own ids; ... for none), graded."""
    if answer is ...:
        return Question(exercise.id, "not answered", Fraction(0), Fraction(2))
    given = grade(exercise, answer)
    return evolve(Question(exercise.id, given.status, given.score, Fraction(2), json.dumps(answer)), **more)


def page(questions, name="Ada Mole", show="reasons", exercises=EXERCISES, row=None, **assignment):
    """The page of a learner, and what is in it."""
    items = tuple(Item(one.exercise, one.max_points) for one in questions)
    whole = evolve(ASSIGNMENT, item=items, **assignment)
    whole = evolve(whole, feedback=evolve(whole.feedback, show=show))
    row = row or LearnerTotal("ada", (), Fraction(3), Fraction(3), Fraction(50), True, 0, 3, "graded")
    text = FeedbackPages(whole, lambda id, of: exercises[id]).page(row, name, questions)
    return text, Page(text)


def sound(text):
    """Assert what every page keeps: valid, in order, and nothing in it that runs or is fetched."""
    found = Page(text)

    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert (found.wrong, found.open) == ([], [])
    assert found.tags.count("title") == found.tags.count("h1") == found.tags.count("main") == found.tags.count("style") == 1
    assert found.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(found.headings, found.headings[1:], strict=False))
    assert len(found.ids) == len(set(found.ids))
    assert not {"script", "iframe", "object", "embed", "link", "form", "input", "base", "svg", "img"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name in ("src", "srcset", "action", "background")]
    assert {value for name, value in found.attributes if name == "style"} <= {f"text-align:{side}" for side in ("left", "right", "center")}
    assert not [value for name, value in found.attributes if name == "href" and not re.match(r"https://|#", value or "")]
    assert "@import" not in text and "url(" not in text
    text.encode()
    return found


def samples():
    """(exercise, what it is, answer) for each way to answer each exercise."""
    for exercise in EXERCISES.values():
        given = exercise.samples()
        for what in ("right", "partly", "wrong", "unreadable"):
            for answer in getattr(given, what)[:3]:
                if len(json.dumps(answer)) < 3_000:
                    yield exercise, what, answer
        yield exercise, "none", ...


SAMPLES = list(samples())


class TestEveryKind:
    """The ten kinds, from the tiny course and from the course itself."""

    def test_all_are_here(self):
        """Each kind, each way to answer."""
        from coursekit.model.kinds import KINDS as ALL

        assert {exercise.kind for exercise, _, _ in SAMPLES} == set(ALL)
        assert {what for _, what, _ in SAMPLES} == {"right", "partly", "wrong", "unreadable", "none"}

    @pytest.mark.parametrize(
        ("exercise", "what", "answer"), SAMPLES, ids=[f"{one.id}-{what}-{n}" for n, (one, what, _) in enumerate(SAMPLES)]
    )
    def test_page(self, exercise, what, answer):
        """The page is sound; it tells the outcome in words, and the answer without an id of the file."""
        one = question(exercise, answer)
        text, _ = page([one])
        found = sound(text)

        outcome = {
            "graded": "Right" if one.score == 1 else "Partly right" if one.score else "Not this",
            "needs marking": "Not marked yet",
            "unreadable": "Could not be read",
            "kept": "Yours: not graded",
            "not answered": "Not answered",
        }[one.status]
        assert outcome in found.text
        assert "None" not in re.sub(r"\bNone\b(?= of| \w)", "", found.text)
        assert "{'" not in found.text and "['" not in found.text

    @pytest.mark.parametrize(("exercise", "answer"), [(one, answer) for one, what, answer in SAMPLES if what == "unreadable"])
    def test_the_unreadable_gives_nothing_away(self, exercise, answer):
        """The learner may be asked to answer again: no solution and no reasons."""
        found = page([question(exercise, answer)])[1]

        assert "The answer and why" not in found.text
        assert "no attempt and no zero" in found.text

    def test_right_answers_get_no_solution_below(self):
        """Who has it right need not read it twice."""
        exercise = EXERCISES["shop/answer-mr-abe"]

        assert "The answer and why" not in page([question(exercise, exercise.samples().right[0])])[1].text
        assert "The answer and why" in page([question(exercise, exercise.samples().wrong[0])])[1].text
        assert "The answer and why" in page([question(exercise, ...)])[1].text


class TestStaysText:
    """Whatever a person typed."""

    @pytest.mark.parametrize("nasty", NASTY)
    def test_name_title_and_comment(self, nasty, work):
        """A name, a title, a rubric and a marker's comment are text."""
        criterion = Criterion("fact", nasty, 1, tuple(Level(level, nasty) for level in (1, 2, 3, 4)))
        note = work.exercises["quiz/note"]
        one = question(note, "Six trays came", status="marked", rubric=(criterion,), marked=Marked({"fact": 3.0}, (nasty,)))
        text, _ = page([one], name=nasty, exercises=work.exercises, title=nasty)
        found = sound(text)

        visible = re.sub(r"[\ud800\0\x1b]", "\ufffd", nasty)
        assert found.text.count(visible) >= 6

    @pytest.mark.parametrize("nasty", NASTY)
    @pytest.mark.parametrize("status", [None, "unreadable"])
    def test_every_place_to_type(self, nasty, status):
        """So is an answer, in every kind of box, whether it could be read or not."""
        for exercise in TINY.values():
            for answer in (
                nasty,
                [nasty],
                {nasty: nasty},
                {control.id: nasty for control in exercise.controls()},
                {"principle": {"rule": nasty}},
            ):
                one = question(exercise, answer)
                sound(page([one if status is None else evolve(one, status=status)])[0])

    @pytest.mark.parametrize("nasty", [one for one in NASTY if "\0" not in one])
    def test_typed_text_is_all_there(self, nasty, work):
        """A text is shown as it was typed, letter for letter."""
        found = page([question(work.exercises["quiz/note"], f"Three words and {nasty}")], exercises=work.exercises)[1]

        assert nasty in found.text

    def test_direction_of_what_was_typed(self, work):
        """Right-to-left text runs its own way and does not turn what stands around it."""
        text, _ = page([question(work.exercises["quiz/note"], "שלום, אני רוצה")], name="\u202eevil", exercises=work.exercises)

        assert '<p class="typed" dir="auto">שלום' in text
        assert "<bdi>\u202eevil</bdi>" in text

    @pytest.mark.parametrize("answer", ["[" * 400 + "]" * 400, "1e999", "NaN", '"\\ud800"', "null", '{"a":{"b":[1,{"c":null}]}}'])
    def test_any_json(self, answer):
        """A row of marks that was made by something else has a page too."""
        for exercise in TINY.values():
            sound(page([Question(exercise.id, "unreadable", None, Fraction(1), answer)])[0])


class TestHead:
    """What stands above the questions."""

    ROW = LearnerTotal("ada", (), None, 3.0, None, None, 0, 3, "graded")

    @pytest.mark.parametrize(
        ("row", "text"),
        [
            (evolve(ROW, total=3.0, percent=50.0, passed=True), "Points: 3 of 6 (50 %). Passed."),
            (evolve(ROW, total=2.99, percent=49.83, passed=False), "Points: 2.99 of 6 (49.83 %). Not passed."),
            (evolve(ROW, total=3.0, percent=49.96, passed=False), "(49.96 %). Not passed."),
            (evolve(ROW, total=0.0, percent=0.0), "Points: 0 of 6 (0 %)."),
            (evolve(ROW, total=1.333, percent=66.666), "Points: 1.33 of 6 (66.67 %)."),
            (evolve(ROW, status="needs marking"), "Points so far: 3 of 6. A person still has to mark a part of it."),
            (evolve(ROW, status="unreadable"), "could not be read, so that there is no result yet."),
            (evolve(ROW, status="unreadable", so_far=None), "Points known so far: 0 of 6."),
            (evolve(ROW, total=2.7, percent=45.0, late_days=1), "Each takes 10 % of the points away."),
            (evolve(ROW, total=0.0, percent=0.0, late_days=11, status="too late"), "so that the points below do not count."),
        ],
    )
    def test_result(self, row, text):
        """The result in a sentence, and what late cost."""
        questions = [evolve(question(EXERCISES["shop/answer-mr-abe"], ...), max_points=Fraction(6))]

        assert text in sound(page(questions, row=row)[0]).text

    def test_points_only(self):
        """An assignment that shows points shows no question, key or reason."""
        exercise = EXERCISES["shop/answer-mr-abe"]
        text, found = page([question(exercise, exercise.samples().wrong[0])], show="points")

        assert "section" not in found.tags
        assert exercise.option[0].why not in text
        assert exercise.title in found.text

    def test_practice_without_points(self):
        """A question that is worth nothing is told right or wrong all the same, and stands in no table."""
        exercise = EXERCISES["shop/answer-mr-abe"]
        found = page([question(exercise, exercise.samples().right[0], max_points=Fraction(0))])[1]

        assert "Right" in found.text
        assert "td" not in found.tags

    @pytest.mark.parametrize(("level", "text"), [(4.0, "4 of 4. All."), (2.5, "2.5 of 4."), (0.0, "0 of 4.")])
    def test_rubric(self, work, level, text):
        """Each criterion has its level and what a text at that level does; a half has no such sentence."""
        criterion = Criterion("fact", "Facts", 1, (Level(4, "All."), Level(3, "Most."), Level(2, "Some."), Level(1, "None.")))
        one = question(work.exercises["quiz/note"], "Six trays came", rubric=(criterion,), marked=Marked({"fact": level}))

        assert text in page([one], exercises=work.exercises)[1].text

    def test_not_marked_yet(self, work):
        """As long as no criterion has a level, nothing is said of them; where one has, the others are said to wait."""
        criteria = (Criterion("fact", "Facts"), Criterion("tone", "Tone"))
        one = question(work.exercises["quiz/note"], "Six trays came", rubric=criteria, marked=Marked({"fact": None, "tone": None}))
        two = evolve(one, marked=Marked({"fact": 4.0, "tone": None}))

        assert "Facts" not in page([one], exercises=work.exercises)[1].text
        assert "ToneNot marked yet" in page([two], exercises=work.exercises)[1].text


def test_shipped_assignments():
    """A page of each assignment of the course, right in all and without an answer, is sound."""
    for path in sorted((location.root() / "exercises" / "assignments").glob("*.toml")):
        work = read_assignment(path)
        for pick in (lambda exercise: exercise.samples().right[0], lambda exercise: ...):
            questions = [question(exercise, pick(exercise)) for exercise in work.exercises.values()]
            assert isinstance(work.assignment, Assignment)
            sound(page(questions, exercises=work.exercises)[0])
