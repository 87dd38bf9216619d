"""The sentences of the package: each that stands in text/*.toml is said somewhere, and each that is said stands there."""

import ast
import re
import string
from collections.abc import Iterable
from functools import cache, reduce
from pathlib import Path

import pytest

import coursekit
from coursekit.page.scripts import linked
from coursekit.wording import FORMS, english, page_words

PACKAGE = Path(coursekit.__file__).parent
TEXT = english()
# Sections that are handed out whole, and who takes a sentence out of them by its name.
TAKEN_BY = {
    "form": ["page/js", "page/sitting.py"],
    "handin_form": ["page/js/hand_in.js", "assignment/hand_in.py"],
    "marking_page": ["gradebook/marking/js", "gradebook/marking/view.py"],
    "reading": ["serve/voila/index.html.j2"],
    "workbook": ["serve/labextension/static/remoteEntry.js"],
    "stats": ["gradebook/statistics"],
    "finding": ["gradebook"],
}
BY_DATA = ("cards.side", "cards.country")  # looked up by what stands in a unit or a case
BY_DATA += ("command.", "click.")  # by the names of commands and options, and by click itself: tests/test_cli.py
CODE = (".py", ".j2", ".js", ".ipynb")
GAP = "\0"  # stands where something is put into a key: say(f"verdict.{verdict}")


def leaves(table: dict, above: str = "") -> dict[str, str]:
    """{key: sentence, of plural forms the last} of a table and of those inside it."""
    found = {}
    for name, value in table.items():
        if isinstance(value, dict) and value.keys() != FORMS:
            found |= leaves(value, f"{above}{name}.")
        else:
            found[above + name] = value if isinstance(value, str) else value["other"]
    return found


TABLES = {key.removesuffix(".rule") for key in leaves(TEXT) if key.endswith(".rule")}  # each a rule and its cure, said together


def places(key: str) -> set[str]:
    """What a sentence, or a rule and its cure, has to be given: its {places}, and n where its words depend on it."""
    if key in TABLES:
        return places(f"{key}.rule") | places(f"{key}.cure")
    entry = reduce(dict.__getitem__, key.split("."), TEXT)
    sentence, chosen = (entry["other"], {"n"}) if isinstance(entry, dict) else (entry, set())
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name} | chosen


@cache
def texts(path: Path) -> frozenset[str]:
    """Every text that stands in a file of code, with a GAP for what is put into one."""
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = code.replace('\\"', '"')  # a text of the code that is in a notebook's JSON
        found = [one for pattern in (r'"([\w.]+)"', r"`([\w.${}]+)`", r"\bwords\.(\w+)") for one in re.findall(pattern, code)]
        return frozenset(whole(re.sub(r"\$\{[^}]*\}", GAP, one)) for one in found)
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant | ast.JoinedStr)]
    return frozenset(filter(None, map(text, nodes)))


def text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else GAP for part in node.values)
    return whole(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def whole(key: str) -> str:
    """A key to which something is added, such as "page." + status."""
    return key + GAP if key.endswith(".") and key.removesuffix(".") in TEXT else key


def files(names: Iterable[str]) -> list[Path]:
    """The files of code of that name, or in the folder of that name."""
    paths = [PACKAGE / name for name in names]
    return [one for path in paths for one in ([path] if path.is_file() else sorted(path.rglob("*"))) if one.suffix in CODE]


SAID = frozenset().union(*(texts(path) for path in files(["."]) if path.name != "wording.py"))
PATTERNS = {one: re.compile(re.escape(one).replace(GAP, r"(\w+)")) for one in SAID if GAP in one and one[0] != GAP}


def filled(key: str) -> bool:
    """Whether a key with a gap is said, and something in the code fills it in; taken out of a section, it needs more than a gap."""
    taken = {f"{section}.{GAP}" for section in TAKEN_BY}
    put_in = {found[1] for one, pattern in PATTERNS.items() if one not in taken and (found := pattern.fullmatch(key))}
    return any({one, one.replace("_", " ")} & SAID for one in put_in)


def taken(key: str) -> bool:
    """Whether whoever has the section takes the sentence out of it."""
    section, *rest = key.split(".")
    names = frozenset().union(*map(texts, files(TAKEN_BY.get(section, ()))))
    patterns = [pattern for one, pattern in PATTERNS.items() if one in names]
    return bool({rest[0], rest[-1], f"{rest[-1]}#"} & names) or any(pattern.fullmatch(rest[-1]) for pattern in patterns)


@pytest.mark.parametrize("key", [key for key in leaves(TEXT) if not key.startswith(BY_DATA)])
def test_every_sentence_is_said(key):
    """A sentence that nothing says would be translated for nobody."""
    assert any(one in SAID or filled(one) or taken(one) for one in {key, re.sub(r"\.(rule|cure)$", "", key)})


CALLS = [
    (path.relative_to(PACKAGE).as_posix(), call)
    for path in files(["."])
    if path.suffix == ".py"
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("say", "rule_and_cure")
]


@pytest.mark.parametrize(("file", "call"), CALLS, ids=lambda one: one if isinstance(one, str) else str(one.lineno))
def test_everything_that_is_said_stands_there(file, call):
    """Each key is one of text/*.toml, and gets what its sentence asks for and no more."""
    if not isinstance(call.args[0], ast.Constant):
        assert call.args[0]  # put together, and looked for above
        return
    given = {one.arg for one in call.keywords}

    assert None in given or places(call.args[0].value) == given


NO_KEYS = {
    "assignment.json",
    "click.mo",
    "feedback.after",
    "feedback.css",
    "graded.parquet",
    "marking.css",
    "marking.js",
    "progress.js",
    "summary.md",
    "workbook.json",
}  # a field, and files
KEYS = sorted(one for one in SAID - NO_KEYS if re.fullmatch(r"\w+\.\w*[a-z0-9]", one) and one.split(".")[0] in TEXT)


@pytest.mark.parametrize("key", KEYS)
def test_whatever_looks_like_a_key_is_one(key):
    """Also one that stands in a table of the code, in a template or in a condition."""
    assert key in TABLES or key in leaves(TEXT)


ROOMS = ("model", "content", "authoring")
DATA = {"units.py", "typed_figures.py"}  # words that are read in an answer
# A status, what is sent in samples, what a text must have, an error that is caught, one that means a fault in the code.
NOT_SAID = {"needs marking", "one side", "some words", "check locally", " not in literal", " has more than "}


@pytest.mark.parametrize("path", [one for one in files(ROOMS) if one.name not in DATA], ids=lambda one: one.name)
def test_no_sentence_stands_in_the_code(path):
    """Two words in a row that are neither documentation nor HTML are a sentence, or a piece of one."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    documentation = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = {str(node.value) for node in nodes if isinstance(node, ast.Constant) and id(node) not in documentation}
    words = {one for one in strings if re.search("[A-Za-z]{2} [a-z]{2}", one) and '="' not in one.replace("\\", "")}

    assert {one for one in words - NOT_SAID if not one.startswith("no such ")} == set()


WORDS = {"page/js/exercise.js": "form", "page/js/hand_in.js": "handin_form", "gradebook/marking/js/marking.js": "marking_page"}


@pytest.mark.parametrize(("entry", "section"), WORDS.items())
def test_every_word_of_a_script_stands_there(entry, section):
    """A script that asks for a word that is not there would show its key."""
    asked = re.findall(r'\b(?:word\("|words\.)(\w+)', linked(PACKAGE / entry))

    assert len(asked) > 10 and set(asked) <= page_words(section).keys()
