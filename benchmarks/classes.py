"""Classes of any size for the gradebook's benchmarks: files as they are handed in, with right, wrong and odd answers."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import coursekit
from coursekit.content import location
from coursekit.gradebook.assignment import Assignment, Item, Work
from coursekit.gradebook.masking import mask
from coursekit.model.controls import Number, Paragraph

DUE = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
TEXTS = 3  # of the questions, how many are free texts, different from everybody


def work(questions: int) -> Work:
    """An assignment of that many questions of the course, a few of them free texts."""
    library = coursekit.load(location.root() / "exercises")
    closed = [one for one in library.values() if one.marked_by == "key" and one.role == "exercise"]
    written = [one for one in library.values() if one.marked_by == "person" and one.role == "exercise"]
    texts = [one for one in written if isinstance(one.controls()[0], Paragraph)]
    few = min(TEXTS, questions // 10)
    asked = [*closed[: questions - few], *texts[:few]]
    assignment = Assignment("bench", "A class of any size", DUE, tuple(Item(one.id, 2.0) for one in asked))
    return Work(assignment, {one.id: one for one in asked}, Path())


def as_file(made: Work, path: Path) -> None:
    """The assignment as its author would have written it."""
    items = "".join(f'[[item]]\nexercise = "{item.exercise}"\npoints = {item.points}\n' for item in made.assignment.item)
    path.write_text(f'title = "{made.assignment.title}"\ndue = {DUE.isoformat()}\n{items}', encoding="utf-8")


def submissions(made: Work, learners: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of each learner's file."""
    draw = random.Random(seed)
    digest = made.digest
    pools = [(id, mask(one).of, list(_answers(one, draw))) for id, one in made.exercises.items()]
    for number in range(learners):
        at = DUE - timedelta(hours=draw.randint(1, 90))
        lines = []
        for id, of, pool in pools:
            at += timedelta(seconds=draw.randint(20, 200))
            answer = draw.choice(pool) if pool else _line(f"Learner {number} writes on {id}: " + ". ".join(draw.choices(_WORDS, k=8)))
            time, sure = at.isoformat(timespec="milliseconds"), draw.randint(50, 100)
            lines.append(f'{{"exercise":"{id}","of":"{of}","answer":{answer},"at":"{time}","confidence":{sure}}}')
        header = {
            "coursekit": "submission",
            "v": 1,
            "assignment": "bench",
            "digest": digest,
            "course": "0.1.0",
            "learner": f"{number:032x}",
            "name": f"Learner {number}",
            "handed_in": (at + timedelta(minutes=2)).isoformat(),
            "answers": len(lines),
        }
        yield f"learner-{number}-bench.coursekit.jsonl", "\n".join([json.dumps(header), *lines, ""]).encode()


_WORDS = ("on the third of March six trays came so that the bill is wrong", "we agreed in writing", "please call me by noon")


def _line(value: Any) -> str:
    """JSON as a learner's file has it."""
    return json.dumps(value, separators=(",", ":"))


def _answers(one: Any, draw: random.Random) -> Iterator[str]:
    """JSON texts of what people may answer to a closed question; nothing for a free text."""
    if one.marked_by != "key":
        return
    masked, samples = mask(one), one.samples()
    for answer in (*samples.right * 3, *samples.partly, *samples.wrong):
        yield _line(masked.masked(answer))
    if isinstance(one.controls()[0], Number) and len(one.controls()) == 1:
        yield from (_line(f"{draw.uniform(1, 5000):.2f}") for _ in range(200))
