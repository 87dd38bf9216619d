"""Imports point one way: who may import whom, kept by reading the code."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "coursekit"

LAYERS = [  # a module imports from layers above its own line only; those on one line may not import each other
    {"errors", "wording", "controls", "cases"},
    {"course", "numerals", "markdown", "structure", "reading", "exercise"},
    {"expressions", "notebooks", "shapes"},
    {"plan"},
    {"kinds/*"},
    {"kinds/__init__"},
    {"grading", "library"},
    {"attempts", "gradebook/__init__", "gradebook/assignment", "gradebook/masking"},
    {"progress", "route", "measure", "released"},
    {"submission"},
    {
        "gradebook/columns",
        "gradebook/finding",
        "gradebook/sheet",
        "gradebook/steps",
        "gradebook/grades",
        "gradebook/keys",
        "gradebook/spoken",
    },
    {"gradebook/roster", "gradebook/archive", "gradebook/reader", "gradebook/inbox"},
    {"gradebook/matching"},
    {"gradebook/settling"},
    {"gradebook/likeness", "gradebook/collected"},
    {"gradebook/collect"},
    {"gradebook/markers", "gradebook/groups"},
    {"gradebook/agreement", "gradebook/book", "gradebook/outputs", "gradebook/feedback", "gradebook/summary"},
    {"gradebook/grade"},
    {"form/cards", "form/panel", "form/static", "form/sitting", "form/script"},
    {"delivery", "neighbours", "lint", "overlap", "checking", "refresh"},
    {"handout", "handover"},
    {"form/form", "form/handin", "server", "gradebook/release"},
    {"gradebook/pile"},
    {"gradebook/desk", "gradebook/marking/__init__"},
    {"gradebook/marking/view"},
    {"gradebook/marking/session"},
    {"gradebook/marking/page", "gradebook/marking/serve"},
    {"gradebook/options", "gradebook/reliability", "gradebook/flags", "gradebook/charts"},
    {"gradebook/statistics", "gradebook/markup"},
    {"gradebook/figures"},
    {"gradebook/sections"},
    {"gradebook/report"},
    {"gradebook/stats"},
    {"gradebook/export"},
    {"form/page", "form/__init__"},
    {"cli", "__init__"},
]
SAME_LINE = {  # what the code needs within one line, each for a reason
    ("form/page", "form/__init__"),  # the folder itself
    ("cli", "__init__"),  # the version
}
PURE = {"errors", "controls", "shapes", "exercise", "numerals", "expressions", "reading", "grading", "progress"}  # and every kind
OUTSIDE = {
    "os",
    "time",
    "random",
    "datetime",
    "io",
    "pathlib",
    "socket",
    "subprocess",
    "sys",
    "uuid",
    "secrets",
    "tempfile",
    "IPython",
    "pandas",
}
HEAVY = {"pandas", "duckdb", "matplotlib", "sklearn", "docx", "numpy"}
WIDGETS = {"ipywidgets", "anywidget", "traitlets"}


def modules():
    """{name: syntax tree} of the package: "kinds/number", "form/page", "cli"."""
    return {
        str(path.relative_to(PACKAGE).with_suffix("")): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


MODULES = modules()


def imports(name):
    """What a module imports, at its top or inside a function: names of the package's own modules, and of others."""
    own, others = set(), set()
    here = name.split("/")[:-1]
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            others |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            others.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - (node.level - 1)] + (node.module or "").split(".") * bool(node.module)
            own |= {_module([*base, alias.name]) or _module(base) for alias in node.names}
    return own - {name}, others


def _module(parts):
    """The module's name where there is one at that place."""
    return next((one for one in ("/".join(parts), "/".join([*parts, "__init__"]).lstrip("/")) if one in MODULES), None)


def layer(name):
    """The line of LAYERS that a module stands on; kinds share one."""
    if name.startswith("kinds/") and name != "kinds/__init__":
        name = "kinds/*"
    return next((number for number, names in enumerate(LAYERS) if name in names), None)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_has_a_layer(name):
    """A new module is given a line in the table before it is merged."""
    assert layer(name) is not None


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_one_way(name):
    """A module imports from layers before its own; no kind imports another."""
    own, _ = imports(name)
    wrong = {other for other in own if layer(other) >= layer(name) and (name, other) not in SAME_LINE}

    assert set() == wrong


def test_errors_import_nothing():
    """Every layer can raise every error."""
    assert (set(), set()) == imports("errors")


@pytest.mark.parametrize("name", [name for name in MODULES if name in PURE or name.startswith("kinds/")])
def test_the_core_is_pure(name):
    """Grading and what it stands on know no clock, disk, chance, page or table."""
    assert set() == imports(name)[1] & (OUTSIDE | HEAVY | WIDGETS)


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("form/") and name != "gradebook/marking/page"])
def test_widgets_stay_in_the_form(name):
    """Only the form and the marking page know that there are widgets (the server configures Jupyter, which brings traitlets)."""
    assert set() == imports(name)[1] & (WIDGETS - ({"traitlets"} if name == "server" else set()))


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("gradebook/")])
def test_heavy_packages_are_imported_where_they_are_used(name):
    """Nothing heavy is imported at the top of a module, outside the gradebook, which nobody imports but its own commands."""
    tops = [node for node in MODULES[name].body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name.split(".")[0] for node in tops if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module.split(".")[0] for node in tops if isinstance(node, ast.ImportFrom) and not node.level}

    assert set() == names & (HEAVY | {"cattrs", "markdown_it", "simpleeval"})


def modules_after(code):
    """What a fresh Python has imported after running `code`."""
    done = subprocess.run([sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "name", ["pandas", "duckdb", "matplotlib", "cattrs", "markdown_it", "simpleeval", "IPython", "anywidget", "ipywidgets", "jupyterlab"]
)
def test_import_coursekit_brings_in_nothing_heavy(name, after_import):
    """A fresh `import coursekit` is light: what is heavy comes when it is first needed."""
    assert "coursekit" in after_import
    assert name not in after_import


@pytest.fixture(scope="module")
def after_import():
    return modules_after("import coursekit")


def test_grading_needs_no_page():
    """Loading and grading import no widget, no IPython and no table."""
    code = "import coursekit; library = coursekit.load(); coursekit.grade(next(iter(library.values())), None)"

    assert set() == modules_after(code) & {"IPython", "anywidget", "ipywidgets", "pandas", "matplotlib", "markdown_it"}
