"""No test and no notebook under test may touch a learner's record: each run gets an empty one."""

import os
import shutil
import tempfile

os.environ["COURSEKIT_HOME"] = tempfile.mkdtemp(prefix="coursekit-test-")


def pytest_unconfigure():
    """Take the record of this run away again."""
    shutil.rmtree(os.environ["COURSEKIT_HOME"], ignore_errors=True)
