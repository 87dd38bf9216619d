"""Pages that are files: each one forbids scripts, addresses, frames and forms, whatever stands in a text."""

from pathlib import Path

import pytest

import coursekit.gradebook
from coursekit.gradebook.templates import POLICY

FOLDER = Path(coursekit.gradebook.__file__).parent
PAGES = [path for path in sorted(FOLDER.rglob("*.j2")) if "<html" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_page_has_the_policy(path):
    """In its head, before anything that it is about."""
    text = path.read_text(encoding="utf-8")
    meta = '<meta http-equiv="Content-Security-Policy" content="{{ policy }}">'

    assert text.count(meta) == text.count("<html") == 1
    assert text.index("<head>") < text.index(meta) < text.index("<title>") and text.index(meta) < text.index("<style>")


def test_no_page_is_made_elsewhere():
    """Every page of the gradebook comes from a template: no other file begins one."""
    assert len(PAGES) >= 2
    assert [path.name for path in FOLDER.rglob("*.py") if "<html" in path.read_text(encoding="utf-8").lower()] == []


@pytest.mark.parametrize("rule", ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "style-src 'unsafe-inline'"])
def test_what_it_allows(rule):
    """Its own styles, and nothing else: scripts, pictures, frames and connections fall under the first rule."""
    assert rule in POLICY.split("; ") and len(POLICY.split("; ")) == 4
