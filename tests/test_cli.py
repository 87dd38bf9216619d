"""The command line: exit 0 done, 1 a problem in content or data, 2 wrong usage; one line for each problem."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from making import TINY
from pseudo import PSEUDO, outside

from coursekit import __version__
from coursekit.authoring import refresh
from coursekit.cli import main
from coursekit.serve import server
from coursekit.wording import english

COMMANDS = {**main.commands, "coursekit": main}
EXERCISES = ["--exercises", str(TINY / "exercises")]


def run(*args, typed=None):
    return CliRunner().invoke(main, args, input=typed)


def test_version():
    """The version is the package's."""
    assert (0, f"coursekit, version {__version__}\n") == (run("--version").exit_code, run("--version").output)


@pytest.mark.parametrize("args", [["--help"], ["-h"], *([name, "--help"] for name in main.commands)], ids=" ".join)
def test_help(args):
    """Every command explains itself: a sentence first, then an example that begins with the command."""
    given = run(*args)

    assert given.exit_code == 0
    assert args[0].startswith("-") or f"Example: coursekit {args[0]}" in given.output
    assert given.output.split("\n\n")[1].strip().endswith(".")


def test_all_help_stands_in_one_place():
    """Each command and each of its options has its words in text/commands.toml, and no words are left over."""
    asked = {name: {"help", *(one.name for one in command.params if isinstance(one, click.Option))} for name, command in COMMANDS.items()}
    optional = {"coursekit": {"start", "lint"}} | {name: {"more"} for name in main.commands}

    assert asked == {name: set(words) - optional[name] for name, words in english()["command"].items()}


WRONG = [
    ["nothing"],
    ["check"],
    ["check", "shop/what-counts"],
    ["check", "shop/what-counts", "a", "b"],
    ["check", "shop/what-counts", "slip", "--exercises", "/no/such/folder"],
    ["lint", "/no/such/folder"],
    ["lint", "--what"],
    ["start", "--port", "0"],
    ["start", "--port", "seventy"],
    ["refresh", "now"],
]


@pytest.mark.parametrize("args", WRONG, ids=" ".join)
def test_wrong_usage(args):
    """What is called wrongly ends with 2 and says how it is called."""
    given = run(*args)

    assert given.exit_code == 2
    assert "Usage: " in given.output


# Further calls that end with a sentence on how the command is called.
MORE = [
    ["mark", "."],
    ["mark", ".", "--as", "anna", "--second", "--decide"],
    ["grade", ".", "--assignment", "pyproject.toml", "--out", "out", "--memory", "lots"],
    ["export", ".", "--to", "elsewhere"],
    ["export", "."],
    ["collect", ".", "--out", "out", "--now", "today"],
    ["lint", "--compare"],
    ["lint", "--compar"],
    ["start", "--no-browser=yes"],
    ["lin"],
]
IN_ANOTHER_LANGUAGE = [["--help"], *([name, "--help"] for name in main.commands), *WRONG, *MORE]
SAY_ALL = """
import json, sys
from click.testing import CliRunner
from coursekit.cli import main
print(json.dumps([CliRunner().invoke(main, args, prog_name="coursekit").output for args in json.load(sys.stdin)]))
"""
# Of no language: how things are called, what was typed, and how click names the type of a value.
NAMES = {
    "coursekit",
    "elsewhere",
    "compar",
    "lots",
    "today",
    "seventy",
    "nothing",
    "lin",
    "what",
    "yes",
    "such",
    "folder",
    "counts",
    "shop",
    "now",
}
NAMES |= {"integer", "range", "Directory", "help", "dT"}


@pytest.fixture(scope="module")
def said_otherwise():
    """{args: output} of the command line in the pseudo-locale, all by one process."""
    env = {**os.environ, "COURSEKIT_LANGUAGE": PSEUDO}
    done = subprocess.run([sys.executable, "-c", SAY_ALL], input=json.dumps(IN_ANOTHER_LANGUAGE), env=env, capture_output=True, text=True)
    assert not done.stderr
    return dict(zip(map(" ".join, IN_ANOTHER_LANGUAGE), json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("args", IN_ANOTHER_LANGUAGE, ids=" ".join)
def test_in_another_language(args, said_otherwise):
    """Every help and every sentence on wrong usage, those of click too, come out of the catalogue, but for what is a name."""
    given = said_otherwise[" ".join(args)]
    names = {one for name, command in COMMANDS.items() for part in (name, *map(spelt, command.params)) for one in re.findall(r"\w+", part)}

    assert "⟦" in given
    assert {one for one in outside(given) if not one.isupper()} - names - NAMES == set()


def test_click_still_says_what_is_translated():
    """click asks by its English: each of its sentences that we have is one of its own, to the letter."""
    code = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(click.__file__).parent.glob("*.py")]
    calls = [call for tree in code for call in ast.walk(tree) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)]
    marked = [one.value for call in calls if call.func.id in ("_", "ngettext") for one in call.args if isinstance(one, ast.Constant)]
    ours = [one for entry in english()["click"].values() for one in (entry.values() if isinstance(entry, dict) else [entry])]

    assert set(ours) - {"required"} <= set(marked)


def spelt(parameter):
    """How a parameter is typed, and what may be typed after it."""
    return " ".join([*parameter.opts, *parameter.secondary_opts, *getattr(parameter.type, "choices", ())])


@pytest.mark.parametrize(
    ("id", "answer", "first"),
    [
        ("answer-mr-abe", "say-six", "graded: 1 of 1 points. WHY-SIX"),
        ("answer-mr-abe", '"say-six"', "graded: 1 of 1 points. WHY-SIX"),
        ("answer-mr-abe", "say-seven", "graded: 0.25 of 1 points. WHY-SEVEN"),
        ("answer-mr-abe", "say", "unreadable: “say” is not one of the choices"),
        ("answer-mr-abe", "", "unreadable: There is no answer yet"),
        ("what-counts", "slip, letter", "graded: 1 of 1 points. You picked 2 of the 2"),
        ("what-counts", '["slip"]', "graded: 0.5 of 1 points."),
        ("first-things", "read,count,ask,reply", "graded: 1 of 1 points."),
        ("sort-costs", '{"oven": "sunk", "flour": "open"}', "graded: 1 of 1 points."),
        ("sort-costs", '{"oven": ', "unreadable: The answer has the wrong form"),
        ("what-is-owed", '{"owed": "£84", "share": "0,25"}', "graded: 1 of 1 points."),
        ("write-to-him", "Six came on 3 March, not eight.", "needs marking: "),
        ("two-bills", '{"who-knew": {"bakery": "a", "walker": "b"}}', "kept: 1 of 2 rows"),
        ("my-own-bill", '{"fee": "100", "hours": "8"}', "kept: Saved."),
        ("how-likely", "[60, 50, 50]", "graded: 1 of 1 points."),
    ],
)
def test_check(id, answer, first):
    """An answer as text or JSON is graded in words; that it is wrong or unreadable is no error of the command."""
    given = run("check", f"shop/{id}", answer, *EXERCISES)

    assert given.exit_code == 0
    assert given.output.startswith(first)


def test_check_prints_each_part_on_a_line():
    """Feedback on the parts stands below, with verdict and misconception."""
    given = run("check", "shop/what-counts", "slip mood", *EXERCISES)
    starts = ["graded: 0 of 1 points.", "  slip: Right. WHY-SLIP", "  letter: Missed. WHY-LETTER", "  mood: Not this (M01). WHY-MOOD"]

    assert [line.startswith(start) for line, start in zip(given.output.splitlines(), starts, strict=True)] == [True] * 4


@pytest.mark.parametrize("typed", ["say-six", "say-six\n", '"say-six"\r\n'])
def test_check_from_standard_input(typed):
    """A dash reads the answer from standard input; a line break at its end is not part of it."""
    assert run("check", "shop/answer-mr-abe", "-", *EXERCISES, typed=typed).output.startswith("graded: 1 of 1")


def test_check_as_json():
    """With --json the whole grade can be read by a program."""
    given = json.loads(run("check", "shop/answer-mr-abe", "say-seven", "--json", *EXERCISES).output)

    assert (given["status"], given["score"], given["points"], given["max_points"]) == ("graded", 0.25, 0.25, 1)
    assert given["parts"] == [{"id": "say-seven", "verdict": "partly", "text": "", "misconception": "M02"}]


def test_check_of_an_unknown_exercise():
    """An unknown id ends with 1 and names near ones."""
    given = run("check", "shop/what-count", "x", *EXERCISES)

    assert given.exit_code == 1
    assert given.output.startswith("Error: there is no exercise “shop/what-count”; did you mean shop/what-counts")


def test_lint_of_a_clean_course():
    """A clean course ends with 0 and says nothing."""
    assert (run("lint", str(TINY)).exit_code, run("lint", str(TINY)).output) == (0, "")


def test_lint_names_every_problem(course_copy):
    """Each problem is one line; any problem ends with 1."""
    for name in ("a", "b"):
        (course_copy / f"exercises/shop/{name}.toml").write_text("x = ", encoding="utf-8")
    given = run("lint", str(course_copy))

    assert given.exit_code == 1
    assert [line.split(": ")[0] for line in given.output.splitlines()] == ["exercises/shop/a.toml", "exercises/shop/b.toml"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "/their/file"), "/their/file cannot be used: Permission denied. See that"),
        (OSError(28, "No space left on device"), "Something could not be read or written: No space left on device. See that"),
        (
            FileNotFoundError(2, "No usable temporary directory found in ['/tmp']"),
            "Something could not be read or written: No usable temporary",
        ),
        (TimeoutError("timed out"), "Something could not be read or written: timed out. See that"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_the_system_refused(monkeypatch, error, said):
    """Whatever no part of the package says better: one line with the place, as far as it is known, and the next step."""

    def refuse(_):
        raise error

    monkeypatch.setattr(refresh, "refresh", refuse)
    given = run("refresh")

    assert (given.exit_code, given.output.count("\n")) == (2, 1)
    assert given.output.startswith(f"Error: {said}")


def test_whoever_was_to_read_it_is_gone(monkeypatch):
    """`coursekit lint | head` ends without a word."""
    monkeypatch.setattr(refresh, "refresh", lambda _: (_ for _ in ()).throw(BrokenPipeError(32, "Broken pipe")))
    given = run("refresh")

    assert (given.exit_code, given.output) == (1, "")


def test_start_hands_its_words_on(monkeypatch, tmp_path):
    """`start` itself does nothing but call the server."""
    called = []
    monkeypatch.setattr(server, "start", lambda *args, **more: called.append((args, more)))

    assert run("start", str(tmp_path), "--no-browser", "--port", "8899").exit_code == 0
    assert [((tmp_path,), {"browser": False, "port": 8899})] == called


def test_refresh_runs_the_notebooks_of_the_course(monkeypatch):
    """`refresh` works on the course's own notebooks."""
    called = []
    monkeypatch.setattr(refresh, "refresh", called.append)

    assert run("refresh").exit_code == 0
    assert [folder.name for folder in called] == ["notebooks"]


@pytest.mark.parametrize(
    ("args", "status", "out", "err"),
    [
        (["check", "shop/answer-mr-abe", "say-six"], 0, "graded: 1 of 1 points. WHY-SIX", ""),
        (["check", "shop/answer-mr-ab", "x"], 1, "", "Error: there is no exercise “shop/answer-mr-ab”"),
        (["check", "shop/\udcff", "x"], 1, "", "Error: there is no exercise"),
        (["check", "shop/answer-mr-abe", "\udcff"], 0, "unreadable: The answer contains a character that cannot be shown (U+DCFF)", ""),
        (["check"], 2, "", "Usage: "),
    ],
    ids=["right", "unknown", "unknown and no text", "no text", "usage"],
)
def test_as_a_program(args, status, out, err):
    """Run for real: the exit status, answers on standard output, problems on standard error, never a traceback."""
    raw = [os.fsencode(arg) for arg in args]
    more = EXERCISES if len(args) > 1 else []
    done = subprocess.run([sys.executable, "-m", "coursekit.cli", *raw, *more], capture_output=True)

    assert status == done.returncode
    assert done.stdout.decode().startswith(out)
    assert done.stderr.decode().startswith(err)
    assert b"Traceback" not in done.stderr
