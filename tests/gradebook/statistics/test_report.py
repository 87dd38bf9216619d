"""The folder `stats`: its page says everything without a script, its tables open in a spreadsheet, its notebook runs."""

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import invented
import nbformat
import pandas as pd
import pytest
from attrs import evolve
from click.testing import CliRunner
from nbclient import NotebookClient

from coursekit.cli import main
from coursekit.gradebook.csv_files import read_csv
from coursekit.gradebook.marks import Act, MarkLog
from coursekit.gradebook.statistics.all_tables import figures
from coursekit.gradebook.statistics.item_statistics import Results
from coursekit.gradebook.statistics.report import report_page
from coursekit.gradebook.statistics.write_statistics import write

TABLES = {"items", "distractors", "flags", "objectives", "misconceptions", "calibration", "totals", "agreement", "reliability"}
EVIL = "<script>document.title='gotcha'</script><img src=x onerror=alert(1)> [link](javascript:alert(1)) =1+1"
TYPED = (EVIL, '"><b onclick="x">', "' onclick='x", "&lt;b&gt; &", "{{ 7*7 }} {% raw %} {# gone #}", "{0} {} %s", "a\0b \x1b[31m")
NOW = datetime(2026, 3, 8, tzinfo=UTC)
VOID = {"meta", "br", "img"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The graded folder of an invented class, with its statistics."""
    folder = invented.write(tmp_path_factory.mktemp("graded"), *invented.made())
    write(folder)
    return folder


@pytest.fixture(scope="module")
def html(graded):
    return (graded / "stats" / "report.html").read_text(encoding="utf-8")


class Outline(HTMLParser):
    """What a page is made of; complains about tags that are not closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.ids, self.links, self.names = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.names += given.get("aria-labelledby", "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def of(learners, **more):
    """The page on an invented class."""
    work, marks, attempts = invented.made(learners=learners, **more)
    return report_page(figures(Results(work, marks, attempts)))


@pytest.mark.parametrize("learners", [1, 4, 12, 200])
def test_a_whole_page_for_every_size(learners):
    """Every tag is closed, every id there once, every link and name leads to one; nothing says nan or None."""
    outline = Outline(of(learners))

    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} | set(outline.names) <= set(outline.ids)
    assert not re.search(r"\bnan\b|\bNone\b|\{\w*\}", re.sub(r"<style>.*?</style>", "", of(learners), flags=re.S))


def test_the_page_needs_nothing_else(html):
    """No script, no address, no picture; the policy forbids them besides."""
    outline = Outline(html)

    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in outline.tags}
    assert all(link.startswith("#") for link in outline.links)
    assert "http" not in html.replace("http-equiv", "")
    assert "default-src 'none'" in html


def test_every_chart_has_name_description_table_and_sentence(html):
    """A chart is well-formed SVG with title and desc; its section has a table and begins with a sentence."""
    sections = re.findall(r'<section id="([a-z]+)".*?(?=<section id="[a-z]+"|</main>)', html, re.S)
    for name in ("totals", "questions", "objectives", "misconceptions", "time", "confidence"):
        assert name in sections
        part = re.search(rf'<section id="{name}".*?(?=<section id="[a-z]+"|</main>)', html, re.S)[0]
        chart = ElementTree.fromstring(re.search(r"<svg.*?</svg>", part, re.S)[0])
        assert chart.get("role") == "img"
        assert [chart.find(tag).get("id") for tag in ("title", "desc")] == chart.get("aria-labelledby").split()
        assert chart.find("desc").text in part.replace("<p>", "")
        assert "<table>" in part and re.search(r"</h2><p>[^<]+\.</p>", part)


def test_a_flag_is_a_shape_and_a_word(html):
    """Three diamonds, three flags in words, each leading to the question; the key is a tick and a word."""
    assert html.count('<path class="flagged"') == 3
    assert re.findall(r'<li><span class="chip">([^<]+)</span> <a href="#q(\d+)">', html) == [
        ("wrong key", "7"),
        ("too easy", "2"),
        ("dead option", "4"),
    ]
    assert html.count("✓ key") == 12  # ten single choices and a number have one, the multiple choice two


@pytest.mark.parametrize(("learners", "says"), [(3, "Fewer than five"), (12, "below 20 learners no option"), (200, "±7 percentage points")])
def test_what_so_few_cannot_show(learners, says):
    """The page says in its first lines how far its figures reach."""
    assert says in of(learners).partition("<main>")[0]


@pytest.mark.parametrize("text", TYPED)
def test_texts_stay_texts(text):
    """Tags, Markdown tricks, templates and formulas of an author are shown and do nothing."""
    work, marks, attempts = invented.made(learners=30)
    options = {id: [evolve(one, text=text) for one in ex.option] for id, ex in work.exercises.items() if hasattr(ex, "option")}
    exercises = {
        id: evolve(one, title=text, objective=text, **({"option": tuple(options[id])} if id in options else {}))
        for id, one in work.exercises.items()
    }
    work = evolve(work, exercises=exercises, assignment=evolve(work.assignment, title=text))

    made = report_page(figures(Results(work, marks.assign(misconceptions="<b>x</b>"), attempts)))
    outline = Outline(made)

    shown = re.sub(r"[\0\x1b]", "\ufffd", text)
    assert shown in unescape(re.search(r'<p class="what">(.*?)</p>', made)[1])
    assert f"1. {shown}" in unescape(made)
    made.encode()

    assert not {"script", "img", "b"} & {tag for tag, _ in outline.tags}
    assert all(link.startswith("#") for link in outline.links)
    assert not any(name.startswith("on") for _, given in outline.tags for name in given)


def test_no_learner_is_named(graded):
    """No id of a learner stands in any file of the folder."""
    people = pd.read_parquet(graded / "marks.parquet")["person"].unique()

    for path in (graded / "stats").iterdir():
        assert not [person for person in people if person in path.read_text(encoding="utf-8")]


def test_the_tables(graded):
    """Nine CSV files; the wrong key stands in flags.csv, alpha in reliability.csv, yes and no in distractors.csv."""
    assert {path.stem for path in (graded / "stats").glob("*.csv")} == TABLES
    flags = read_csv(graded / "stats" / "flags.csv").rows
    figures = {row["figure"]: row["value"] for row in read_csv(graded / "stats" / "reliability.csv").rows}

    assert [(row["number"], row["flag"]) for row in flags] == [("2", "too easy"), ("4", "dead option"), ("7", "wrong key")]
    assert 0 < float(figures["low"]) < float(figures["alpha"]) < float(figures["high"]) < 1
    assert {row["right"] for row in read_csv(graded / "stats" / "distractors.csv").rows} == {"yes", "no"}


def test_the_same_class_gives_the_same_bytes(graded):
    """A second run changes nothing."""
    before = {path.name: path.read_bytes() for path in (graded / "stats").iterdir()}
    write(graded)

    assert before == {path.name: path.read_bytes() for path in (graded / "stats").iterdir()}


@pytest.mark.parametrize("learners", [200, 3])
def test_the_notebook_runs(tmp_path, learners):
    """Every cell runs as it is, for a class and for three learners, and the chart has its words."""
    write(invented.write(tmp_path, *invented.made(learners=learners)))
    notebook = nbformat.read(tmp_path / "stats" / "gradebook.ipynb", as_version=4)

    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path / "stats")}}).execute()

    shown = str(notebook)
    assert "questions by mean score and correlation" in shown
    assert all(len(cell.source.splitlines()) <= 7 for cell in notebook.cells if cell.cell_type == "code")


def test_a_notebook_that_was_changed_stays(tmp_path):
    """What an instructor wrote in it is kept, and the command says so."""
    folder = invented.write(tmp_path, *invented.made(learners=6))
    write(folder)
    path = folder / "stats" / "gradebook.ipynb"
    path.write_text("mine")

    assert any("stays as it is" in line for line in write(folder))
    assert path.read_text() == "mine"


def test_the_command(tmp_path):
    """It says the flags and where everything is; a folder that is not graded ends with 1 and a sentence."""
    folder = invented.write(tmp_path / "graded", *invented.made())

    good, bad = (CliRunner().invoke(main, ["stats", str(path)]) for path in (folder, tmp_path))

    assert good.exit_code == 0
    assert "7. quiz/question-7: Possibly a wrong key" in good.output and "report.html" in good.output
    assert bad.exit_code == 1 and "coursekit grade" in bad.output and "Traceback" not in bad.output


def test_a_place_that_cannot_be_written(tmp_path):
    """A file in the way of the folder is an error in words."""
    folder = invented.write(tmp_path, *invented.made(learners=3))
    (folder / "stats").write_text("")

    assert CliRunner().invoke(main, ["stats", str(folder)]).exit_code == 2


def test_two_markers(tmp_path):
    """Where two persons marked the same texts, the page has a section on how far they agree."""
    work, marks, attempts = invented.made(learners=12)
    folder = invented.write(tmp_path, work, marks, attempts)
    text = work.assignment.item[-1].exercise
    keys = marks.loc[(marks["exercise"] == text) & marks["answer"].notna(), "key"].unique()
    for marker, levels in (("anna", (4, 3, 0)), ("ben", (4, 2, 1))):
        acts = [Act("mark", NOW, text, key, "fact", level) for key, level in zip(keys, levels, strict=False)]
        MarkLog(folder, marker).record(acts)

    write(folder)

    html = (folder / "stats" / "report.html").read_text(encoding="utf-8")
    assert 'id="marking"' in html and "anna, ben" in html
    assert [row["kappa"] != "" for row in read_csv(folder / "stats" / "agreement.csv").rows] == [True]
