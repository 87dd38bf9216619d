"""Files of graded work that a learner's machine reads back: damaged ones are named, or passed over."""

import json
from datetime import UTC, datetime

import pytest
from bundles import raw
from damages import DAMAGES

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.hand_in import Handover
from coursekit.errors import BadBundle
from coursekit.model.grading import grade
from coursekit.record.attempts import Log

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def bundle(tmp_path):
    """The file of a bundle."""
    path = tmp_path / "quiz.bundle.json"
    path.write_text(json.dumps(raw()))
    return path


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_bundle(bundle, damage):
    """One sentence, which names the file or the folder."""
    DAMAGES[damage](bundle)
    with pytest.raises(BadBundle) as caught:
        find_bundle(bundle.parent)

    assert bundle.name in str(caught.value) or str(bundle.parent) in str(caught.value)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_handed_in_before(bundle, tmp_path, damage):
    """It counts as none, and handing in again makes a whole one."""
    desk = Handover(find_bundle(tmp_path), tmp_path, Log(tmp_path / "my-work"), lambda: NOW)
    pick = desk.bundle.questions[0]
    desk.log.record(pick, "a", grade(pick, "a"), NOW)
    path = desk.hand_in("Ada", ()).path
    DAMAGES[damage](path)
    before = desk.before()
    if path.is_dir():
        path.rmdir()  # handing in over a folder is refused as any place that cannot be written

    assert before is None or before.header.learner == desk.learner()  # cut behind its first line it still says whose it is
    assert desk.hand_in("Ada", ()).path == path
    assert desk.before().header.answers == 1
