"""No test and no notebook under test may touch a learner's record: each run gets an empty one."""

import os
import tempfile

os.environ["COURSEKIT_HOME"] = tempfile.mkdtemp(prefix="coursekit-test-")
