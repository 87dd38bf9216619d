"""Work that is broken off at any of its file operations: by a kill, or by a disk that is full from there on."""

import builtins
import errno
import io
import os
from itertools import count

STEPS = (
    *((os, name) for name in ("open", "write", "fsync", "replace", "rename", "link", "mkdir", "rmdir", "unlink", "ftruncate", "close")),
    (io, "open"),
    (builtins, "open"),
)


def broken(work, number, how, expected=OSError):
    """In a process of its own: `work`, whose step of that number kills it ("killed") or fails ("failed", which it may raise as
    `expected`); whether it came so far."""
    steps = count()

    def stepping(real):
        def step(*args, **named):
            if next(steps) == number:
                if how == "killed":
                    os._exit(0)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **named)

        return step

    pid = os.fork()
    if not pid:
        for place, name in STEPS:
            setattr(place, name, stepping(getattr(place, name)))
        try:
            work()
        except expected:
            pass
        finally:
            os._exit(0 if next(steps) > number else 3)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
