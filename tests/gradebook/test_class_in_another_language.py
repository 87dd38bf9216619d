"""A class from release to export in the pseudo-locale: all that a person reads came out of the catalogue, and no grade depends on it."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import invented
import pandas as pd
import pytest
from attrs import asdict
from click.testing import CliRunner
from collected import QUIZ, RIGHT, START, Tries
from pseudo import PSEUDO, forget, outside, speak, unsaid

from coursekit.cli import main
from coursekit.content import location
from coursekit.content.library import load
from coursekit.errors import BadAssignment
from coursekit.gradebook.assignment import read_assignment
from coursekit.gradebook.csv_files import read_csv
from coursekit.gradebook.grade.grading_sql import key_of
from coursekit.gradebook.marks import Act, MarkLog
from coursekit.gradebook.masking import mask
from coursekit.gradebook.statistics.all_tables import figures
from coursekit.gradebook.statistics.group_report import _flag
from coursekit.gradebook.statistics.item_statistics import Results
from coursekit.gradebook.statistics.report import report_page

SAY, COUNTS, OWED, COSTS, NOTE = RIGHT
COURSE = load(location.root() / "exercises")
WRONG = {SAY: "wait", COUNTS: ["slip"], OWED: Tries("98", "112"), COSTS: RIGHT[COSTS]}
HALF = {SAY: Tries("six", "split"), COUNTS: ["slip", "mood"], OWED: "eighty", NOTE: "Sorry, it was six."}
ROSTER = "id,name,email,lms_id,login,section\n" + "".join(
    f"s{number},{name} Moss,{name}@x.org,{100 + number},{name.lower()},A\n"
    for number, name in enumerate(("Ada", "Bo", "Cy", "Di", "Ed", "Fi", "Gus", "Hal"))
)


def download(folder, submission):
    """What a platform gives: seven learners of eight, one late, and everything that can be wrong with a file."""
    folder.mkdir()
    hand = lambda name, answers, **more: submission(answers, name=f"{name} Moss", learner=name.encode().hex().ljust(16, "0"), **more)  # noqa: E731
    later = (START + timedelta(days=3)).isoformat()
    whole = {
        "mossada_100_900_": hand("Ada", RIGHT),
        "mossbo_101_901_": hand("Bo", {**RIGHT, NOTE: HALF[NOTE]}),
        "mosscy_LATE_102_902_": hand("Cy", WRONG, handed_in=later).replace(b'"answers": 5', b'"answers": 9'),
        "mossdi_103_903_": hand("Di", HALF, handed_in=later).replace(b'"answers": 5', b'"answers": 1'),
        "mossed_104_904_": hand("Ed", {**WRONG, NOTE: "You always complain about our bills."}),
        "mossfi_105_905_": hand("Fi", {**RIGHT, SAY: "split", NOTE: RIGHT[NOTE]}),
        "mossgus_106_906_": b"no header",
        "nobody": hand("Nobody", RIGHT),
    }
    whole["mossed_104_907_"] = hand("Ed", WRONG, handed_in=START.isoformat(), assignment="quiz")
    whole["mossfi_105_908_"] = whole["mossfi_105_905_"]
    whole["mossada_100_909_"] = hand("Ada", RIGHT, assignment="other")
    for name, data in whole.items():
        (folder / f"{name}quiz.coursekit.jsonl").write_bytes(data)
    (folder / "photo.png").write_bytes(b"no work")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 broken")
    (folder / "mossdi_103_910_more.coursekit.jsonl").write_bytes(b"\n".join([whole["mossdi_103_903_"].splitlines()[0], *[b"{"] * 25]))
    return folder


def mark(graded):
    """Two markers, who agree on one text and on another not at all, and a comment."""
    for marker, levels in {"anna": (4, 0, 3), "ben": (4, 3, 3)}.items():
        log, texts = MarkLog(graded, marker), (RIGHT[NOTE], HALF[NOTE], "You always complain about our bills.")
        keys = [key_of(NOTE, json.dumps(text, ensure_ascii=False, separators=(",", ":"))) for text in texts]
        for key, level in zip(keys, levels, strict=True):
            log.record([Act("mark", START, NOTE, key, criterion, level) for criterion in ("fact", "tone")])
        log.record([Act("comment", START, NOTE, keys[0], "fact", comment="Well put.")])


def whole_way(folder, submission):
    """Every command of the gradebook but the page for marking; what each printed, in order."""
    folder.mkdir()
    said, at = [], {name: str(folder / name) for name in ("given", "download", "roster.csv", "collected", "graded")}
    download(Path(at["download"]), submission)
    Path(at["roster.csv"]).write_text(ROSTER, encoding="utf-8")
    collect = ["collect", at["download"], "--out", at["collected"], "--roster", at["roster.csv"], "--now", "2026-03-06"]
    grade = ["grade", at["collected"], "--assignment", str(QUIZ), "--out", at["graded"]]

    def run(*words):
        said.append(CliRunner().invoke(main, words, catch_exceptions=False, prog_name="coursekit").output)

    run("release", str(QUIZ), "--out", at["given"])
    run("release", str(QUIZ), "--out", at["given"])
    run(*collect)
    run(*collect)
    run(*grade)
    run(*grade)
    run("export", at["graded"], "--to", "canvas")
    run("mark", at["graded"], "--agreement")
    mark(Path(at["graded"]))
    run("mark", at["graded"], "--agreement")
    run(*grade, "--force")
    run("stats", at["graded"])
    for platform in ("canvas", "moodle", "blackboard", "csv"):
        run("export", at["graded"], "--to", platform, "--partial")
    run("grade", at["given"], "--assignment", str(QUIZ), "--out", at["graded"])
    return said


@pytest.fixture(scope="module")
def way(tmp_path_factory, submission):
    """{language: (what was printed, the folder)}."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for tag in ("en", PSEUDO):
            speak(patch, tag)
            folder = tmp_path_factory.mktemp("class") / "all"
            found[tag] = whole_way(folder, submission), folder
    forget()
    return found


@pytest.fixture
def pseudo(monkeypatch):
    """This process says everything in the pseudo-locale."""
    speak(monkeypatch)
    yield
    monkeypatch.undo()
    forget()


def plain(text):
    """The words of a text, with one space between them."""
    return " ".join(outside(text))


def strings(value):
    """Every text in what an author wrote."""
    if isinstance(value, dict | list | tuple):
        return [text for one in (value.values() if isinstance(value, dict) else value) for text in strings(one)]
    return [str(value)]


WORK = read_assignment(QUIZ)
AUTHORS = [text for one in (WORK.assignment, *WORK.exercises.values()) for text in strings(asdict(one))]
AUTHORS += [one.belief for one in COURSE.misconceptions.values()] + list(COURSE.misconceptions)
LEARNERS = [
    str(text) for given in (RIGHT, WRONG, HALF) for one in given.values() for text in (one.tries if isinstance(one, Tries) else (one,))
]
WRITTEN = plain(" | ".join([*AUTHORS, *LEARNERS, ROSTER, "You always complain about our bills.", "Well put.", "anna", "ben"]))
# How things are called that are no words of a language.
NAMES = {"coursekit", "report", "html", "gradebook", "ipynb", "quiz", "txt", "README", "summary", "md", "csv"}


def left(text):
    """What of a text neither went through the catalogue, nor was written by an author or a learner, nor is a name or a path."""
    named = re.sub(r"(?<!\S)/\S+|\w+…", "", unsaid(text))  # paths, and a word that was cut
    parts = map(plain, re.split(r"[|→]|: ", named))
    return [one for one in parts if f" {one} " not in f" {WRITTEN} " and not set(one.split()) <= NAMES]


class Shown(HTMLParser):
    """The texts of a page that are seen or heard, each with the tag that it stands in."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.within = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.within.append(tag)
        self.texts += [value for name, value in attributes if name in ("aria-label", "alt", "title", "placeholder")]

    def handle_endtag(self, tag):
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" not in self.within:
            self.texts.append(data)


def test_every_line_on_the_terminal(way):
    """Also those of what is refused, and of progress."""
    said, _ = way[PSEUDO]
    lines = [line for one in said for line in one.splitlines()]

    assert len(lines) > 60
    assert [(line, rest) for line in lines if (rest := left(line))] == []


@pytest.mark.parametrize("name", ["graded/feedback/*.html", "graded/stats/report.html"])
def test_every_page(way, name):
    """Texts, headings, descriptions of charts and names for those who hear the page; it says its language."""
    pages = list(way[PSEUDO][1].glob(name))
    texts = [(path.name, "|".join(Shown(path.read_text(encoding="utf-8")).texts)) for path in pages]

    assert len(pages) == (6 if "feedback" in name else 1)
    assert [(page, rest) for page, text in texts if (rest := left(text))] == []
    assert all(f'<html lang="{PSEUDO}">' in path.read_text(encoding="utf-8") for path in pages)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("learners", [1, 4, 12, 200])
def test_every_sentence_on_the_questions(learners, pseudo):
    """The report on classes of all sizes, with faulty questions among theirs, and markers who do not agree."""
    work, marks, attempts = invented.made(learners=learners)
    texts = marks.loc[marks["exercise"].eq(work.assignment.item[-1].exercise), "key"].unique()
    levels = {name: {(key, "fact"): 4 * place for key in texts} for place, name in enumerate(("anna", "ben"))}
    page = report_page(figures(Results(work, marks, attempts, levels)))
    written = [text for one in (work.assignment, *work.exercises.values()) for text in strings(asdict(one))]

    assert [one for one in left("|".join(Shown(page).texts)) if f" {one} " not in f" {plain(' | '.join(written))} "] == []


def test_the_notebook(way):
    """Each text of it, and the one that its code has for a chart."""
    cells = json.loads((way[PSEUDO][1] / "graded" / "stats" / "gradebook.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    (chart,) = re.findall(r'figure\(axes, "(.*)"\)', "".join(line for cell in cells for line in cell["source"]))

    assert [text for text in (*texts, chart) if outside(text)] == []


@pytest.mark.parametrize("table", ["graded/problems.csv", "graded/stats/flags.csv"])
def test_sentences_in_tables(way, table):
    """What is wrong, why and what to do; the words by which programs know a row are the same in every language."""
    english, other = (read_csv(way[tag][1] / table).rows for tag in ("en", PSEUDO))
    told = {"what", "why", "do", "sentence"}
    texts = [cell for row in other for name, cell in row.items() if name in told]

    assert texts and [text for text in texts if left(text)] == []
    assert [{name: cell for name, cell in row.items() if name not in told} for row in english] == [
        {name: cell for name, cell in row.items() if name not in told} for row in other
    ]


SAME = [
    *(f"collected/{name}.csv" for name in ("people", "matches")),
    *(f"graded/{name}.csv" for name in ("grades", "people", "export-canvas", "export-blackboard", "export-csv")),
    *(
        f"graded/stats/{name}.csv"
        for name in ("items", "distractors", "objectives", "misconceptions", "calibration", "totals", "reliability")
    ),
]


@pytest.mark.parametrize("name", SAME)
def test_the_same_bytes_in_every_language(way, name):
    """A grade, and every other word that a program reads, depends on no language."""
    english, other = ((way[tag][1] / name).read_bytes() for tag in ("en", PSEUDO))

    assert english == other


@pytest.mark.parametrize("name", ["collected/answers", "collected/files", "graded/marks", "graded/attempts"])
def test_the_same_rows_in_every_language(way, name):
    """Marks and attempts too, but for the sentence on why an answer could not be read."""
    english, other = (pd.read_parquet(way[tag][1] / f"{name}.parquet").drop(columns="why", errors="ignore") for tag in ("en", PSEUDO))

    pd.testing.assert_frame_equal(english, other)


def test_a_language_is_graded_anew(way, monkeypatch, submission):
    """Pages in one language are not taken for those in another."""
    folder = way["en"][1]
    words = ["grade", str(folder / "collected"), "--assignment", str(QUIZ), "--out", str(folder / "graded")]
    before = (folder / "graded" / "grades.csv").read_bytes()
    speak(monkeypatch)
    given = CliRunner().invoke(main, words)
    monkeypatch.undo()
    forget()

    assert "⟦" in (folder / "graded" / "summary.md").read_text(encoding="utf-8") and given.exit_code == 1
    assert before == (folder / "graded" / "grades.csv").read_bytes()


def test_a_wording_is_known_in_every_language(monkeypatch):
    """An answer that was given in one language is graded in another, whatever our labels beside the question."""
    english = {id: mask(one).of for id, one in COURSE.items()}
    speak(monkeypatch)
    other = {id: mask(one) for id, one in COURSE.items()}
    monkeypatch.undo()
    forget()

    assert english == {id: one.of for id, one in other.items()}
    assert any("⟦" in str(one.public) for one in other.values())


BROKEN = sorted((Path(__file__).parent / "broken").glob("*.toml"))


@pytest.mark.parametrize("file", BROKEN, ids=lambda path: path.stem)
def test_what_is_wrong_with_an_assignment(file, pseudo):
    """Rule and cure of every problem."""
    with pytest.raises(BadAssignment) as error:
        read_assignment(file, QUIZ.parent)
    texts = [text for one in error.value.problems for text in (one.rule, one.cure)]

    assert [text for text in texts if outside(text)] == []


def test_what_a_group_report_says(pseudo):
    """The sentence on an item that is easy, hard or weak."""
    assert [outside(_flag(*item)) for item in ((0.95, 0.3), (0.1, 0.3), (0.5, 0.1))] == [[], [], []]
