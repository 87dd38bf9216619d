"""The reading view runs what it shows: which notebooks it may show."""

import pytest

from coursekit.content import location
from coursekit.serve import voila_page


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with a notebook, a stranger's beside it, and links from one to the other."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    root = tmp_path / "repository"
    (root / "notebooks").mkdir(parents=True)
    for path in (root / "notebooks" / "05_cost.ipynb", tmp_path / "strange.ipynb", tmp_path / "repository-2" / "a.ipynb"):
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    (root / "notebooks" / "linked.ipynb").symlink_to(tmp_path / "strange.ipynb")
    (tmp_path / "shortcut").symlink_to(root)
    monkeypatch.setattr(location, "root", lambda: root)
    return root


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("repository/notebooks/05_cost.ipynb", True),
        ("repository/notebooks/../notebooks/05_cost.ipynb", True),
        ("shortcut/notebooks/05_cost.ipynb", True),
        ("repository/../strange.ipynb", False),
        ("repository/notebooks/../../strange.ipynb", False),
        ("repository/notebooks/linked.ipynb", False),
        ("repository-2/a.ipynb", False),
        ("strange.ipynb", False),
        ("repository/notebooks/none.ipynb", True),
    ],
)
def test_only_what_lies_in_the_repository_is_run_unsigned(repository, tmp_path, path, may):
    """Where a path leads counts, and not how it is written: neither dots nor links lead out of the repository. Nothing is nothing."""
    assert voila_page._may_run(tmp_path / path) is may


def test_a_repository_that_is_itself_a_link(repository, tmp_path, monkeypatch):
    """As some systems have it for temporary folders and homes."""
    monkeypatch.setattr(location, "root", lambda: tmp_path / "shortcut")

    assert voila_page._may_run(repository / "notebooks" / "05_cost.ipynb")
