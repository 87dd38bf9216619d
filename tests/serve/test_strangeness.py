"""An assignment that was released before runs, whatever its sentences; one that somebody tampered with does not, and says why."""

import copy
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from coursekit import wording
from coursekit.errors import BadBundle
from coursekit.serve.signing import sign_assignment

OLD = Path(__file__).parents[1] / "old" / "bundle-v1" / "quiz"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that 0.1.0 gave out, unpacked; nobody's signatures but this test's."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    return Path(shutil.copytree(OLD, tmp_path / "quiz"))


def changed(value, change):
    """The sections of text/*.toml with `change` done to every sentence."""
    if isinstance(value, str):
        return change(value)
    return {key: changed(one, change) for key, one in value.items()}


LANGUAGES = {
    "other words": lambda text: f"{text} Newly said.",
    "no words": lambda text: "",
    "a pseudo-locale": lambda text: "".join({"a": "á", "e": "é", "o": "ø"}.get(sign, sign) for sign in text if sign not in "{}") + "!",
    "Markdown and sums": lambda text: "**Neu** [Seite](https://a.example) $5",
}


@pytest.mark.parametrize("change", LANGUAGES.values(), ids=LANGUAGES)
def test_any_sentence_of_ours_may_change(folder, monkeypatch, change):
    """Every sentence of the catalogue at once, and in another language: it is signed, and not a byte of it is touched."""
    text, before = changed(wording.english(), change), (folder / "quiz.ipynb").read_bytes()
    monkeypatch.setattr(wording, "english", lambda: text)
    monkeypatch.setattr(wording, "_entry", wording._entry.__wrapped__)

    assert sign_assignment(folder) == "quiz.ipynb"
    assert (folder / "quiz.ipynb").read_bytes() == before


def first(notebook, kind="code"):
    """The first question's cell, or the first cell of another kind."""
    return next(
        cell for cell in notebook.cells if cell.cell_type == kind and cell.source not in ("from coursekit import hand_in, question",)
    )


def said(one):
    return first(one).outputs[0]


def code(source, id="more"):
    return {**nbformat.v4.new_code_cell(source), "id": id}


STATE = {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2, "version_minor": 0}}
VIEW = "application/vnd.jupyter.widget-view+json"
TAMPERED = {
    "a cell of code more": (lambda one: one.cells.append(code("import os")), "cell 10 is neither text nor code"),
    "a cell of code before": (lambda one: one.cells.insert(0, code("import os")), "cell 1 is neither text nor code"),
    "our code once more": (lambda one: one.cells.append(code("hand_in()")), "cell 10 is neither text nor code"),
    "our cell once more": (lambda one: one.cells.append(copy.deepcopy(one.cells[-1])), "damaged"),
    "other code": (lambda one: first(one).update(source="import os"), "cell 3 is neither text nor code"),
    "code behind ours": (lambda one: first(one).update(source="question(1); import os"), "cell 3 is neither text nor code"),
    "a comment": (lambda one: first(one).update(source="question(1)  # mine"), "cell 3 is neither text nor code"),
    "a magic": (lambda one: first(one).update(source="%run x.py"), "cell 3 is neither text nor code"),
    "other arguments": (lambda one: first(one).update(source="question(2)"), "cell 3 is neither text nor code"),
    "another import": (lambda one: one.cells[1].update(source="from evil import hand_in, question"), "cell 2 is neither text nor code"),
    "a cell's id": (lambda one: first(one).update(id="question-9"), "cell 3 is neither text nor code"),
    "a cell less": (lambda one: one.cells.pop(), "is missing, twice there or in another order"),
    "another order": (lambda one: one.cells.append(one.cells.pop(2)), "is missing, twice there or in another order"),
    "a raw cell": (lambda one: one.cells.append({**nbformat.v4.new_raw_cell("<script>x</script>"), "id": "raw"}),
    "cell 10 is neither text nor code"),
    "text for code": (lambda one: one.cells.__setitem__(2, {**nbformat.v4.new_markdown_cell("question(1)"), "id": "question-1"}),
    "is missing, twice"),
    "code for text": (lambda one: one.cells.__setitem__(0, code("import os", "about")), "cell 1 is neither text nor code"),
    "a script in a text": (lambda one: one.cells[0].update(source="<script>x</script>"), "the text of cell 1 holds HTML"),
    "a link in a text": (lambda one: one.cells[0].update(source="[a](javascript:x)"), "the text of cell 1 holds HTML"),
    "a picture in a text": (lambda one: one.cells[0].update(source="![a](https://evil.example/x.png)"), "the text of cell 1 holds HTML"),
    "an attachment": (lambda one: one.cells[0].update(attachments={"x.svg": {"image/svg+xml": "<svg/>"}}), "the text of cell 1 holds HTML"),
    "a script in an output": (lambda one: said(one).data.update({"text/html": "<script>x</script>"}), "what stands below cell 3"),
    "a link in an output": (lambda one: said(one).data.update({"text/html": "<a href='javascript:x'>a</a>"}), "what stands below cell 3"),
    "an address in capitals": (lambda one: said(one).data.update({"text/html": '<a href="&#74;avascript:x">a</a>'}),
    "what stands below cell 3"),
    "a picture in an output": (lambda one: said(one).data.update({"image/svg+xml": "<svg/>"}), "what stands below cell 3"),
    "JavaScript": (lambda one: said(one).data.update({"application/javascript": "x"}), "what stands below cell 3"),
    "LaTeX": (lambda one: said(one).data.update({"text/latex": "x"}), "what stands below cell 3"),
    "Markdown": (lambda one: said(one).data.update({"text/markdown": "x"}), "what stands below cell 3"),
    "a widget with more": (lambda one: said(one).data.update({VIEW: {"model_id": "a", "html": "x"}}), "what stands below cell 3"),
    "a widget of text": (lambda one: said(one).data.update({VIEW: "x"}), "what stands below cell 3"),
    "an output in a frame": (lambda one: said(one).metadata.update({"text/html": {"isolated": True}}), "what stands below cell 3"),
    "an output of another type": (lambda one: first(one).outputs.append(nbformat.v4.new_output("display_data", {"text/plain": "x"})),
    "cell 3"),
    "a stream": (lambda one: first(one).outputs.append(nbformat.v4.new_output("stream", text="x")), "what stands below cell 3"),
    "the state of a widget": (lambda one: one.metadata.update(widgets=STATE), "settings along .*widgets"),
    "runs in another way": (lambda one: one.metadata.coursekit.update(run_on_open="always"), "settings along .*coursekit"),
    "a setting of ours more": (lambda one: one.metadata.coursekit.update(x=1), "settings along .*coursekit"),
    "none of our settings": (lambda one: one.metadata.pop("coursekit"), "settings along .*coursekit"),
    "another kernel": (lambda one: one.metadata.kernelspec.update(name="bash"), "settings along .*kernelspec"),
    "another language": (lambda one: one.metadata.language_info.update(name="javascript"), "settings along .*language_info"),
    "another exporter": (lambda one: one.metadata.language_info.update(nbconvert_exporter="evil.Exporter"),
    "settings along .*language_info"),
    "settings of another tool": (lambda one: one.metadata.update(jupytext={"formats": "ipynb,py"}), "settings along .*jupytext"),
    "settings of a cell": (lambda one: first(one).metadata.update(evil=1), "cell 3 brings settings along"),
    "an older format": (lambda one: one.update(nbformat_minor=4), "damaged, or no notebook"),
    "a newer format": (lambda one: one.update(nbformat_minor=6), "damaged, or no notebook"),
    "no notebook": (lambda one: one.update(cells=7), "damaged, or no notebook"),
}  # fmt: skip


@pytest.mark.parametrize(("tamper", "says"), TAMPERED.values(), ids=TAMPERED)
def test_what_somebody_tampered_with_is_not_signed(folder, tamper, says):
    """One sentence says what is strange and what to do, nothing is signed, and the file stays as it is."""
    path = folder / "quiz.ipynb"
    notebook = nbformat.read(path, as_version=4)
    tamper(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(BadBundle, match=rf"quiz\.ipynb does not run by itself: .*{says}.*give this file another name, unpack"):
        sign_assignment(folder)

    assert path.read_bytes() == before and not trusted(path)


def trusted(path):
    notary = NotebookNotary()
    try:
        return notary.check_signature(nbformat.from_dict(json.loads(path.read_bytes())))
    finally:
        notary.store.close()


NOTES = [
    "# My notes\n\nIt costs $5 … $6, *why*?\n\n- 3 < 4 & [this page](https://a.example)",
    "",
    "| a |\n|---|\n| b |",
    "`x[0]` and \\(y\\)",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_learners_own_notes_stay_and_are_no_hindrance(folder, note):
    """Carried to another machine, where no signature is: texts of the learner's between ours, and ours crossed out."""
    path = folder / "quiz.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(3, nbformat.v4.new_markdown_cell(note, metadata={"jp-MarkdownHeadingCollapsed": True, "tags": []}))
    notebook.cells[0].source = "Done by Friday!"
    nbformat.write(notebook, path)
    before = path.read_bytes()

    assert sign_assignment(folder) == "quiz.ipynb"
    assert path.read_bytes() == before and trusted(path)


def test_one_that_was_run_and_saved_elsewhere_runs_here(folder):
    """JupyterLab leaves a view of each widget, which shows nothing without its kernel, and what it knows of Python."""
    path = folder / "quiz.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.language_info.update(version="3.12.1", file_extension=".py", nbconvert_exporter="python")
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.data[VIEW] = {"model_id": "0" * 32, "version_major": 2, "version_minor": 0}
    first(notebook).metadata.update(execution={"iopub.status.busy": "2027-01-15T16:00:00Z"})
    nbformat.write(notebook, path)

    assert sign_assignment(folder) == "quiz.ipynb"
    assert trusted(path)


def test_a_link_out_of_the_folder_is_no_material(folder, tmp_path):
    """What nobody meant to show is not shown, whatever the link is called; nor is a folder, or links in a circle."""
    secret, bundle = tmp_path / "secret.md", json.loads((folder / "quiz.bundle.json").read_text())
    secret.write_text("Keys")
    bundle["material"] = [{"title": "A letter", "file": "letter.md"}]
    (folder / "quiz.bundle.json").write_text(json.dumps(bundle))
    for make in (lambda at: at.symlink_to(secret), lambda at: at.symlink_to(at), lambda at: at.mkdir(), lambda at: None):
        make(folder / "letter.md")
        with pytest.raises(BadBundle, match=r"letter\.md, which belongs to this assignment, is missing or cannot be read"):
            sign_assignment(folder)
        if (folder / "letter.md").is_symlink():
            (folder / "letter.md").unlink()
        elif (folder / "letter.md").is_dir():
            (folder / "letter.md").rmdir()
    (folder / "letter.md").write_text("Dear Bo")
    assert sign_assignment(folder) == "quiz.ipynb"
