"""What there is to mark in a graded folder: the questions with their rubrics, and the texts without their writers."""

import json
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from attrs import frozen

from ...model.controls import Control
from ...model.exercise import Exercise
from ..assignment import Criterion, Item, rubric
from ..grade.graded_folder import assigned, reading
from .text_groups import Group, Text, groups

WAITING = ("needs marking", "marked")  # the statuses of a text that a person marks; what is marked may be marked again


@frozen
class Question:
    """A question that a person marks, with its criteria."""

    exercise: Exercise
    points: Fraction
    criteria: tuple[Criterion, ...]


@frozen
class Pile:
    """All texts of one assignment, by key, grouped; `questions` are in the order of the assignment."""

    title: str
    questions: tuple[Question, ...]
    texts: dict[str, Text]
    groups: tuple[Group, ...]

    @property
    def of(self) -> dict[str, str]:
        """{key: the exercise it answers}."""
        return {key: text.exercise for key, text in self.texts.items()}


def read_texts(folder: Path) -> Pile:
    """The pile of a folder that `coursekit grade` wrote. Raises BadInput where it is none."""
    work = assigned(folder)
    asked = {item.exercise: _question(item, work.exercises[item.exercise]) for item in work.assignment.item}
    texts: dict[str, Text] = {}
    with reading(folder / "marks.parquet"):
        for exercise, key, answer, learners in _rows(folder / "marks.parquet"):
            if exercise in asked:
                texts[key] = Text(key, exercise, written(asked[exercise].exercise, json.loads(answer)), learners)
    used = {text.exercise for text in texts.values()}
    questions = tuple(question for id, question in asked.items() if id in used)
    ordered = [text for question in questions for text in texts.values() if text.exercise == question.exercise.id]
    return Pile(work.assignment.title, questions, texts, tuple(groups(ordered)))


def _question(item: Item, exercise: Exercise) -> Question:
    return Question(exercise, item.points, rubric(item, exercise))


def _rows(path: Path) -> list[tuple[str, str, str, int]]:
    """(exercise, key, answer, how many learners) of the distinct texts, by key."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["exercise", "key", "answer", "status"], filters=[("status", "in", WAITING)])
    counted = table.group_by(["exercise", "key", "answer"]).aggregate([([], "count_all")]).sort_by("key")
    rows = zip(*(counted[name].to_pylist() for name in ("exercise", "key", "answer", "count_all")), strict=True)
    return [row for row in rows if row[1] and row[2] is not None]


def written(exercise: Exercise, answer: Any) -> str:
    """An answer as plain text, each of several ways to answer below its label."""
    controls = exercise.controls()
    if [control.id for control in controls] == ["answer"]:
        return _written(controls[0], answer)
    given = answer if isinstance(answer, dict) else {}
    return "\n\n".join(f"{one.label}\n{_written(one, given[one.id])}" for one in controls if one.id in given)


def _written(control: Control, answer: Any) -> str:
    """One control's answer. The cells of a table stand one below the other, each after what it was asked."""
    told = control.told(answer)
    if told is None:
        return json.dumps(answer, ensure_ascii=False)
    blocks = [(of, [": ".join((*one.of[1:], one.text)) for one in lines]) for of, lines in groupby(told, key=lambda one: one.of[:1])]
    return "\n\n".join("\n".join([*of, *lines]) for of, lines in blocks).strip()
