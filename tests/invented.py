"""An invented class, the same for the same seed: learners of differing ability, and twelve questions of which three are faulty."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

from coursekit.content.strict_parsing import structure
from coursekit.gradebook.assignment import Assignment, Item, Work, as_json
from coursekit.model.grading import grade
from coursekit.model.kinds import KINDS

WRONG_KEY, DEAD, EASY = 7, 4, 2  # numbers of the faulty questions; of the dead one nobody takes the option "d"
SUBJECTS = ("cost.effective-rate", "limits.say-it", "repair.own-share")
TITLES = ("The Friday call", "Two invoices", "Who was told", "A late draft", "The third change", "What the slip says")
START = datetime(2026, 3, 5, 9, tzinfo=UTC)
UNIT = 12  # so many make a point
_NOTE = ("Six trays came on 3 March; the new bill is £84.", "You get a new bill, sorry for that.", "You always complain about bills.")


def made(learners: int = 200, questions: int = 12, seed: int = 1, note: bool = True) -> tuple[Work, pd.DataFrame, pd.DataFrame]:
    """The assignment, marks and attempts. The last question but one is a number, the last a text that a person marks."""
    chance = np.random.default_rng(seed)
    exercises = [_exercise(number, questions if note else questions + 1) for number in range(1, questions + 1)]
    items = tuple(Item(one.id, Fraction(4 if one.kind == "short-text" else 1)) for one in exercises)
    work = Work(Assignment("invented", "An invented quiz", START, items, confidence=True), {one.id: one for one in exercises}, Path())
    ability, moment = chance.normal(size=learners), np.zeros(learners)
    tries = [_tries(number, one, ability, chance, moment) for number, one in enumerate(exercises, 1)]
    attempts = pd.concat([one for one in tries if len(one)], ignore_index=True)
    return work, _marks(work, attempts, learners), attempts.drop(columns="misconceptions")


def write(folder: Path, work: Work, marks: pd.DataFrame, attempts: pd.DataFrame) -> Path:
    """A graded folder as `coursekit grade` writes it, as far as statistics read it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assignment.json").write_text(as_json(work), encoding="utf-8")
    (folder / "run.json").write_text('{"stamp": "0.0", "about": "0"}', encoding="utf-8")
    marks.to_parquet(folder / "marks.parquet")
    attempts.to_parquet(folder / "attempts.parquet")
    return folder


def _exercise(number: int, last: int):
    kind = {last: "short-text", last - 1: "number"}.get(number, "multiple-choice" if number == 5 else "single-choice")
    shared = {
        "title": TITLES[number % 6],
        "prompt": "?",
        "objective": SUBJECTS[number % 3],
        "role": "graded",
        "id": f"quiz/question-{number}",
    }
    whys = {"why": "Because of the slip."}
    if kind == "short-text":
        anchors = [{"level": level, "text": "Some words on it", "why": "So."} for level in (1, 2, 3, 4)]
        return structure(KINDS[kind], {**shared, "criterion": [{"id": "fact", "text": "What came, and when"}], "anchor": anchors})
    if kind == "number":
        slip = [{"value": "112", "why": "The bill was wrong.", "misconception": "M05"}]
        return structure(
            KINDS[kind],
            {**shared, "quantity": [{"id": "sum", "label": "Owed", "unit": "£", "key": "6 * 14", "tolerance": 0.5, "slip": slip, **whys}]},
        )
    texts = (
        "“Six came; I will correct the bill.”",
        "“The bill is right.”",
        "“Let us say **seven** and be done.”",
        "Say nothing & wait until he pays",
    )
    options = [
        {"id": id, "text": text, "misconception": f"M0{1 + (number + n) % 4}", **whys}
        for n, (id, text) in enumerate(zip("abcd", texts, strict=True))
    ]
    for option in options[: 2 if kind == "multiple-choice" else 1]:
        option |= {"right": True, "misconception": ""}
    return structure(KINDS[kind], {**shared, "option": options})


def _tries(number, exercise, ability, chance, moment) -> pd.DataFrame:
    """One or two saved answers of nearly every learner; `moment` are minutes since the start, and move on."""
    rows = []
    difficulty = -4.5 if number == EASY else ((number * 5) % 11 - 5) / 5
    for learner, level in enumerate(ability):
        if chance.random() < 0.02:
            continue
        again = 1 + (chance.random() < 0.3)
        for n in range(1, again + 1):
            knows = chance.random() < 1 / (1 + np.exp(-1.6 * (level - difficulty - 0.5 * (n < again))))
            moment[learner] += chance.lognormal(0.4 + number / 20, 0.5) + 45 * (chance.random() < 0.01)
            sure = int(np.clip(chance.normal(7.7 + 1.2 * knows, 1.2), 5, 10)) * 10
            rows.append((f"P{learner:04}", exercise.id, n, moment[learner], _answer(number, exercise, knows, chance), sure, n == again))
    frame = pd.DataFrame(rows, columns=["person", "exercise", "n", "at", "answer", "confidence", "counted"])
    graded = {text: grade(exercise, json.loads(text)) for text in frame["answer"].unique()}
    frame["at"] = pd.to_datetime([START + timedelta(minutes=at) for at in frame["at"]]).as_unit("ms")
    frame["score"] = [graded[text].score for text in frame["answer"]]
    frame["status"] = [graded[text].status for text in frame["answer"]]
    frame["misconceptions"] = [" ".join(graded[text].misconceptions) for text in frame["answer"]]
    frame["confidence"] = frame["confidence"].astype("Int16")
    return frame.astype({"score": float})


def _answer(number, exercise, knows, chance) -> str:
    """What a learner who knows, or does not, answers; the wrong key is one that those who know contradict."""
    if exercise.kind == "short-text":
        return json.dumps(_NOTE[0] if knows else _NOTE[chance.integers(1, 3)], ensure_ascii=False)
    if exercise.kind == "number":
        return json.dumps("84" if knows else chance.choice(["112", "£ 98", "eighty", f"{chance.integers(20, 80)}"]))
    if exercise.kind == "multiple-choice":
        return json.dumps(["a", "b"] if knows else sorted(chance.choice(list("abcd"), 2, replace=False)))
    true = "b" if number == WRONG_KEY else "a"
    others = [id for id in "abcd" if id != true and (number, id) != (DEAD, "d")]
    return json.dumps(true if knows else str(chance.choice(others, p=(0.5, 0.3, 0.2) if len(others) == 3 else (0.6, 0.4))))


def _marks(work: Work, attempts: pd.DataFrame, learners: int) -> pd.DataFrame:
    """One row a learner and question; nine in ten texts are marked."""
    people = pd.Index([f"P{learner:04}" for learner in range(learners)], name="person")
    most = {item.exercise: float(item.points) for item in work.assignment.item}
    every = pd.MultiIndex.from_product([people, list(most)], names=["person", "exercise"]).to_frame(index=False)
    last = attempts[attempts["counted"]].drop(columns=["n", "counted"])
    frame = every.merge(last, how="left", on=["person", "exercise"])
    frame["status"] = frame["status"].fillna("not answered").astype(object)
    texts = frame["status"].eq("needs marking") & ~frame["person"].str.endswith("3")
    frame.loc[texts, "score"] = frame.loc[texts, "answer"].map(
        {json.dumps(text, ensure_ascii=False): level for text, level in zip(_NOTE, (1.0, 0.5, 0.0), strict=True)}
    )
    frame.loc[texts, "status"] = "marked"
    frame.loc[frame["status"] == "not answered", "score"] = 0.0
    frame["max_points"] = frame["exercise"].map(most)
    frame["points"] = frame["score"] * frame["max_points"]
    units = frame.assign(earned=frame["points"] * UNIT, averaged=1, most=frame["max_points"] * UNIT)[["earned", "averaged", "most"]]
    frame = frame.join(units.round().astype("Int64"))
    tries = attempts.groupby(["person", "exercise"]).size().rename("attempts").reset_index()
    frame = frame.merge(tries, how="left", on=["person", "exercise"]).fillna({"attempts": 0, "misconceptions": ""})
    frame["key"] = [_key(id, text) if isinstance(text, str) else "" for id, text in zip(frame["exercise"], frame["answer"], strict=True)]
    return frame.assign(late_days=np.int16(0))


def _key(exercise: str, answer: str) -> str:
    return hashlib.sha256(f"{exercise}\0{answer}".encode()).hexdigest()[:16]
