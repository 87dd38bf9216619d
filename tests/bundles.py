"""A bundle as JSON, for tests of graded work."""

import json

from coursekit.assignment.bundle import Released, _bundle
from coursekit.assignment.bundle_fields import FORMAT

CHOICE = {"type": "pick-one", "id": "answer", "label": "Pick one", "options": [{"id": id, "text": f"Option {id}"} for id in "abcd"]}
ORDER = {"type": "arrange", "id": "answer", "label": "Order", "items": [{"id": id, "text": f"Step {id}"} for id in "abcde"]}
TEXT = {"type": "paragraph", "id": "answer", "label": "Your text", "words": 30, "help": ""}
SUMS = [{"type": "number", "id": f"q{n}", "label": f"Sum {n}", "unit": "£", "help": ""} for n in (1, 2)]


def question(name, kind, *controls, **more):
    least = 3 if kind == "short-text" else 0
    public = {"kind": kind, "title": name, "note": "", "prompt": "?", "words_least": least, "controls": list(controls)}
    return {"exercise": f"quiz/{name}", "of": "0" * 12, "confidence": False, "points": 1.0, "private": False, "public": public, **more}


def raw(**changes):
    """A whole bundle as JSON."""
    questions = [
        question("pick", "single-choice", CHOICE),
        question("order", "ordering", ORDER),
        question("note", "short-text", TEXT),
        question("sums", "number", *SUMS),
    ]
    return {
        "v": FORMAT, "name": "quiz", "title": "A quiz", "due": "2027-01-15T17:00:00+01:00", "about": "", "points": 4.0, "digest": "ab" * 8,
        "course": "0.1.0", "shuffle": False, "count": "last", "most": 0, "questions": questions, **changes,
    }  # fmt: skip


def released(exercise, masked) -> Released:
    """The question as a learner's machine reads it from the bundle."""
    one = {"exercise": exercise.id, "of": masked.of, "confidence": False, "points": 1.0, "public": json.loads(json.dumps(masked.public))}
    raw = {
        "v": FORMAT,
        "name": "all",
        "title": "",
        "due": "2027-01-15T17:00:00+01:00",
        "about": "",
        "points": 1.0,
        "digest": "ab",
        "course": "",
    }
    return _bundle({**raw, "shuffle": False, "count": "last", "most": 0, "questions": [one]}).questions[0]
