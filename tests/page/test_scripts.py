"""Modules are linked into one script in the order in which they need each other, and what does not fit is refused."""

from pathlib import Path

import pytest

import coursekit
from coursekit.page.scripts import CannotLink, linked, style

PACKAGE = Path(coursekit.__file__).parent
MODULES = [file for folder in ("page/js", "gradebook/marking/js") for file in sorted((PACKAGE / folder).rglob("*.js"))]
ENTRIES = [file for file in MODULES if "\nexport default " in file.read_text(encoding="utf-8")]


@pytest.fixture
def put(tmp_path):
    """put({"a.js": text, …}) writes modules and gives the path of the first."""

    def written(modules):
        for name, text in modules.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / next(iter(modules))

    return written


LINKED = {
    "alone": ({"a.js": "const A = 1;\n\nexport default A;\n"}, "const A = 1;\n\nexport default A;\n"),
    "before who imports it": (
        {"a.js": 'import { b } from "./b.js";\n\nexport default b();\n', "b.js": "export function b() {\n  return 1;\n}\n"},
        "function b() {\n  return 1;\n}\n\nexport default b();\n",
    ),
    "once": (
        {
            "a.js": 'import { b } from "./b.js";\nimport { c } from "./c.js";\nb(c);\n',
            "b.js": 'import { c } from "./c.js";\nexport const b = () => c;\n',
            "c.js": "export class c {}\n",
        },
        "class c {}\n\nconst b = () => c;\n\nb(c);\n",
    ),
    "from other folders": (
        {
            "in/a.js": 'import { b, d } from "../b.js";\nb(d);\n',
            "b.js": 'import { c } from "./in/c.js";\nexport async function b() {}\nexport let d = c;\n',
            "in/c.js": "export const c = 3;\n",
        },
        "const c = 3;\n\nasync function b() {}\nlet d = c;\n\nb(d);\n",
    ),
    "what looks like it inside": (
        {"a.js": '// export import\nfunction a() {\n  import("./b.js");\n  const b = "export default";\n}\n'},
        '// export import\nfunction a() {\n  import("./b.js");\n  const b = "export default";\n}\n',
    ),
}


@pytest.mark.parametrize(("modules", "whole"), LINKED.values(), ids=LINKED)
def test_modules_become_one(put, modules, whole):
    """Each stands once, before what needs it, without the lines that joined them."""
    assert linked(put(modules)) == whole


REFUSED = {
    "a file that is not there": ({"a.js": 'import { b } from "./b.js";'}, "a.js: imports b.js, which is not there"),
    "a circle": (
        {
            "a.js": 'import { b } from "./b.js";',
            "b.js": 'import { c } from "./c.js";\nexport const b = 1;',
            "c.js": 'import { b } from "./b.js";\nexport const c = 1;',
        },
        "b.js → c.js → b.js: modules import each other",
    ),
    "one that imports itself": ({"a.js": 'import { a } from "./a.js";'}, "a.js → a.js"),
    "one name in two": (
        {"a.js": 'import { b } from "./b.js";\nfunction help() {}', "b.js": "export const b = 1;\nclass help {}"},
        "a.js, line 2: b.js has the name help too",
    ),
    "a name that is not exported": (
        {"a.js": 'import { b, c } from "./b.js";', "b.js": "export const b = 1;\nconst c = 1;"},
        "a.js, line 1: b.js does not export c.",
    ),
    "another name": ({"a.js": 'import { b as c } from "./b.js";', "b.js": "export const b = 1;"}, "a.js, line 1: “import { b as c }"),
    "all names": ({"a.js": 'import * as b from "./b.js";', "b.js": ""}, "a.js, line 1"),
    "a default": ({"a.js": 'import b from "./b.js";', "b.js": ""}, "a.js, line 1"),
    "a package": ({"a.js": 'import { b } from "b";'}, "a.js, line 1"),
    "several lines": ({"a.js": 'import {\n  b,\n} from "./b.js";'}, "a.js, line 1: “import {”"),
    "a default inside": ({"a.js": 'import { b } from "./b.js";', "b.js": "export const b = 1;\nexport default b;"}, "b.js, line 2"),
    "a list of exports": ({"a.js": "const a = 1;\nexport { a };"}, "a.js, line 2: “export { a };”"),
    "names taken apart": ({"a.js": "const { a } = window;"}, "a.js, line 1: “const { a } = window;” takes several names apart"),
}


@pytest.mark.parametrize(("modules", "said"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused(put, modules, said):
    """The message names the place, the rule and the value."""
    with pytest.raises(CannotLink) as refused:
        linked(put(modules))

    assert said in str(refused.value)


def test_an_entry_that_is_not_there(tmp_path):
    """It is named with its path."""
    with pytest.raises(CannotLink, match=r"gone\.js"):
        linked(tmp_path / "gone.js")


def test_the_courses_own_scripts():
    """Each widget has an entry, and nothing in it is left of the joints."""
    assert [file.name for file in ENTRIES] == ["exercise.js", "hand_in.js", "loader.js", "marking.js"]
    for entry in ENTRIES:
        lines = linked(entry).splitlines()
        assert [line for line in lines if line.startswith(("import", "export"))] == ["export default { render };"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_module_is_linked_into_something(module):
    """A script that nobody takes would be kept for nothing."""
    own = next(line for line in module.read_text(encoding="utf-8").splitlines() if line.startswith("export "))

    assert any(own.removeprefix("export ") in linked(entry) for entry in ENTRIES)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_modules_are_short_and_typed(module):
    """One noun a file; TypeScript looks at all of them."""
    lines = module.read_text(encoding="utf-8").splitlines()

    assert lines[0] == "// @ts-check"
    assert len(lines) <= 250


def test_style_sheets_follow_each_other(put):
    """In the order in which they are named."""
    first = put({"a.css": ".a {}", "b.css": ".b {}"})

    assert style(first, first.with_name("b.css")) == ".a {}\n.b {}"
