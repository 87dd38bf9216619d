"""Places that cannot be written, for root and for anybody else, as a process of its own finds them."""

import ctypes
import os
import resource
import subprocess
import sys

_DROP = 24  # prctl(PR_CAPBSET_DROP)
_PAST_PERMISSIONS = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: what lets root write and read everything
PROGRAM = (sys.executable, "-m", "coursekit.cli")


def heed_permissions():
    """In a process to come: permissions of files bind root too."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in _PAST_PERMISSIONS:
            if libc.prctl(_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")


def no_room():
    """In a process to come: a file holds a few words and no more, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def coursekit(*args, before=None, output=subprocess.PIPE, program=PROGRAM, **environment):
    """Run a command in a process of its own, which calls `before` first: (exit status, standard output, standard error)."""
    whole = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COURSEKIT_HOME": "", **environment}
    line = [*program, *map(str, args)]
    done = subprocess.run(line, preexec_fn=before, env=whole, stdout=output, stderr=subprocess.PIPE, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def full(*args, **more):
    """Run a command on a full disk."""
    return coursekit(*args, before=no_room, **more)
