"""Make a class to try the gradebook on: 30 invented learners, their roster, and what they handed in for an assignment.

    python docs/sample_class.py sample                     a folder with download.zip as Canvas makes it, and roster.csv
    python docs/sample_class.py sample --shape moodle      as Moodle makes it; or --shape folder
    python docs/sample_class.py sample --assignment exercises/assignments/mid-location.toml

Everything that can happen is in it: late, twice, cut short, somebody else's file, a name that looks like a formula.
The same words make the same class.
"""

import argparse
import io
import json
import os
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from coursekit.assignment.submission import file_name
from coursekit.content import location
from coursekit.gradebook import csv_files
from coursekit.gradebook.assignment import Work, read_assignment
from coursekit.gradebook.masking import mask

QUIZ = "exercises/assignments/weekly-quiz.toml"
DAY = (2027, 2, 1, 12, 0, 0)  # of the files inside the zip: after the due date; the same class, the same bytes
NAMES = (
    "Ada Molefe", "Zoë Brandt", "Seán O'Neill", "Nguyễn Thị Hà", "=SUM(A1:A9)", "Müller, Jürgen", "עדי לוי", "محمد الأمين",
    "Åsa Öberg", "<script>alert(1)</script>", "Jean-Luc d’Arcy", "Mary Ann Smith", "Mary Anne Smith", "Łukasz Żak", "李小龙",
    "Chidi Okeke", "Ines Ferreira", "Tomás Núñez", "Priya Raman", "Olu Adeyemi", "Anna-Lena Voß", "Björk Jónsdóttir", "Kim Min-jun",
    "Fatou Diop", "Elif Çelik", "George \"Geo\" Hall", "Nadia Petrova", "Rui Costa", "Sol Ortega", "Wanda Nowak",
)  # fmt: skip


@frozen
class Learner:
    """One of the class. `ability` is the chance (0..1) of a right answer; `what` says what is odd about what they hand in."""

    number: int
    name: str
    ability: float
    what: str = ""
    hours: float = -20.0

    @property
    def id(self) -> str:
        """The number in the register."""
        return f"2026{self.number:03}"

    @property
    def lms_id(self) -> str:
        """The number that the learning platform gives."""
        return str(70100 + 7 * self.number)

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"learner{self.number:02}@example.org"


ODD = {  # number: (what is odd, hours after the due date)
    3: ("", 5), 7: ("", 30), 11: ("", 9 * 24), 8: ("cut short", -3), 14: ("not handed in", 0), 16: ("twice", -30),
    18: ("copy of 17", -9), 20: ("nothing written", -4), 21: ("claims everything", -6), 22: ("not UTF-8", -2), 25: ("a document", -1),
    27: ("ambiguous number", -7), 28: ("half", -10),
}  # fmt: skip


def learners() -> list[Learner]:
    """The thirty."""
    draw = random.Random(2026)
    return [Learner(n, name, round(draw.uniform(0.3, 0.95), 2), *ODD.get(n, ("", -draw.uniform(1, 60)))) for n, name in enumerate(NAMES)]


def submission(work: Work, one: Learner, answers: list[dict[str, Any]]) -> bytes:
    """The file that a learner hands in."""
    handed_in = work.assignment.due + timedelta(hours=one.hours)
    header = {
        "coursekit": "submission",
        "v": 1,
        "assignment": work.assignment.name,
        "digest": work.digest,
        "course": "0.1.0",
        "learner": f"{one.number + 161:032x}",
        "name": one.name,
        "handed_in": handed_in.astimezone(UTC).isoformat(timespec="milliseconds"),
        "answers": len(answers),
    }
    return b"".join(json.dumps(row).encode() + b"\n" for row in (header, *answers))


def answers(work: Work, one: Learner) -> list[dict[str, Any]]:
    """What a learner of that ability answers, now and then in a second try."""
    draw, rows = random.Random(one.number), []
    at = work.assignment.due.astimezone(UTC) + timedelta(hours=one.hours, minutes=-45)
    for exercise in work.exercises.values():
        if exercise.kind == "worksheet" or (one.what == "nothing written" and exercise.kind == "short-text"):
            continue
        masked, samples = mask(exercise), exercise.samples()
        tries = [_text(exercise, one, draw)] if exercise.kind == "short-text" else _tries(samples, one.ability, draw)
        for answer in tries:
            at += timedelta(seconds=draw.randint(30, 240))
            row = {"exercise": exercise.id, "of": masked.of, "answer": masked.masked(answer), "at": at.isoformat(timespec="milliseconds")}
            rows.append(row | ({"confidence": draw.choice((50, 60, 70, 80, 90, 100))} if work.assignment.confidence else {}))
    return rows[: len(rows) // 2] if one.what == "half" else rows


def _tries(samples: Any, ability: float, draw: random.Random) -> list[Any]:
    pool = samples.right if draw.random() < ability else (*samples.wrong, *samples.partly)
    first = draw.choice(pool)
    return [first, draw.choice(samples.right)] if first not in samples.right and draw.random() < 0.2 else [first]


def _text(exercise: Any, one: Learner, draw: random.Random) -> str:
    """A text near one of the four anchors: some of its sentences, sometimes with a word of one's own before or after."""
    level = min(4, max(1, round(4 * one.ability + draw.uniform(-0.7, 0.7))))
    text = next(anchor.text for anchor in exercise.anchor if anchor.level == level)
    sentences = text.split(". ")
    if len(sentences) > 2 and draw.random() < 0.5:
        sentences.pop(draw.randrange(len(sentences)))
    told = draw.choice(("", "", "Note: ", "Hello, ")) + ". ".join(sentences) + draw.choice(("", "", " Thank you."))
    return "<b>Note</b> " + told + " [link](javascript:alert(1))" if one.name.startswith("<") else told


def files(work: Work) -> Iterator[tuple[Learner, str, bytes]]:
    """(learner, file name, bytes) of all that is handed in."""
    everybody = learners()
    for one in everybody:
        name, rows = file_name(one.name, work.assignment.name), answers(work, one)
        if one.what == "not handed in":
            continue
        if one.what == "a document":
            yield one, "my answers.docx", b"PK\x03\x04 not what was asked for"
            continue
        if one.what == "twice":
            yield one, name, submission(work, evolve(one, hours=one.hours - 20), rows[:-3])
            name = name.replace(".coursekit", " (1).coursekit")
        if one.what == "copy of 17":
            rows = answers(work, everybody[17])
        if one.what == "claims everything":
            rows = [row | {"grade": {"score": 1.0, "status": "graded"}, "score": 1} for row in rows]
        if one.what == "ambiguous number":
            rows += [row | {"answer": "1.130"} for row in rows if work.exercises[row["exercise"]].kind == "number"][:1]
        yield one, name, _spoilt(one, submission(work, one, rows))


def _spoilt(one: Learner, data: bytes) -> bytes:
    """The bytes as they arrive where something went wrong on the way."""
    if one.what == "cut short":
        return data[: len(data) * 2 // 3]
    return data.decode().replace('"answers"', '"änswers"').encode("latin-1") if one.what == "not UTF-8" else data


def paths(shape: str, work: Work) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) in the shape of a learning platform's download."""
    for number, (one, name, data) in enumerate(files(work)):
        folded = "".join(char for char in one.name.casefold() if char.isalnum()) or "x"
        late = "late_" if one.hours > 0 else ""
        yield (
            {
                "canvas": f"{folded}_{late}{one.lms_id}_{90000 + number}_{name}",
                "moodle": f"{one.name.replace('/', '-')}_{one.lms_id}_assignsubmission_file/{name}",
                "folder": f"{one.id}/{name}",
            }[shape],
            data,
        )
    stranger = Learner(99, "Nobody Known", 0.5)
    place = {"canvas": "nobody_999999_1_", "moodle": "Nobody Known_999999_assignsubmission_file/", "folder": "a stranger/"}[shape]
    yield place + file_name(stranger.name, work.assignment.name), submission(work, stranger, answers(work, stranger))


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--shape", choices=("canvas", "moodle", "folder"), default="canvas")
    words.add_argument("--assignment", type=Path, default=location.root() / QUIZ)
    given = words.parse_args()
    work = read_assignment(given.assignment)
    given.folder.mkdir(parents=True, exist_ok=True)
    rows = [(one.id, one.name, one.email, one.lms_id, "A" if one.number % 2 else "B") for one in learners()]
    csv_files.write_csv(given.folder / "roster.csv", ("id", "name", "email", "lms_id", "section"), rows)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for path, data in paths(given.shape, work):
            made.writestr(zipfile.ZipInfo(path, DAY), data)
    download = given.folder / "download.zip"
    download.write_bytes(buffer.getvalue())
    os.utime(download, (datetime(*DAY, tzinfo=UTC).timestamp(),) * 2)  # or every time in it would lie in the future
    print(
        f"{given.folder / 'download.zip'} and {given.folder / 'roster.csv'}: {len(rows)} learners, due {work.assignment.due:%d %B %Y %H:%M}"
    )


if __name__ == "__main__":
    main()
