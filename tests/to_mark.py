"""A graded folder with free text to mark, made by hand: what `coursekit grade` would leave."""

import json
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from coursekit.gradebook.assignment import Work, as_json

NOTE = "quiz/note"
TEXTS = (  # the same but for punctuation, near to one another, and others
    "Dear Mr Abe, six trays came on 3 March. Bo",
    "dear Mr Abe: six trays came on 3 March! Bo",
    "Dear Mr Abe, six trays came on 3rd March. Bo",
    "You always complain about our bills.",
    "Sorry, it was six.",
    "<script>document.title = 'gotcha'</script> **bold** [link](javascript:alert(1)) & <b>html</b>",
    "=SUM(1)\nשלום, שש מגשים",
)


def key_of(text: str, exercise: str = NOTE) -> str:
    """The key of a text, as the brief has it."""
    return sha256(f"{exercise}\0{json.dumps(text, ensure_ascii=False)}".encode()).hexdigest()[:16]


def graded_folder(folder: Path, work: Work, texts=TEXTS, exercise: str = NOTE) -> Path:
    """Write assignment.json, marks.parquet and run.json into `folder`: each text by one learner, the first one by two more."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assignment.json").write_text(as_json(work), encoding="utf-8")
    rows = [
        (f"p{place}", exercise, "needs marking", json.dumps(text, ensure_ascii=False), key_of(text)) for place, text in enumerate(texts)
    ]
    rows += [(f"more{place}", *rows[0][1:]) for place in range(2)] if rows else []
    rows += [("q0", "quiz/what-to-say", "graded", '"six"', "0" * 16), ("q1", exercise, "not answered", None, None)]
    names = ("person", "exercise", "status", "answer", "key")
    table = pa.table({name: pa.array([row[place] for row in rows], pa.string()) for place, name in enumerate(names)})
    pq.write_table(table, folder / "marks.parquet")
    (folder / "run.json").write_text(json.dumps({"v": 1, "stamp": "a.b", "about": "a"}), encoding="utf-8")
    return folder
