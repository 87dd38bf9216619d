"""No test and no notebook under test may touch a learner's record or cache: each run gets empty ones."""

import os
import shutil
import tempfile

PLACES = ("COURSEKIT_HOME", "COURSEKIT_CACHE")
for place in PLACES:
    os.environ[place] = tempfile.mkdtemp(prefix="coursekit-test-")


def pytest_unconfigure():
    """Take the record and the cache of this run away again."""
    for place in PLACES:
        shutil.rmtree(os.environ[place], ignore_errors=True)
