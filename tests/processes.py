"""Another process, as another window has one."""

import json
import os


def in_child(work):
    """What `work` returns (JSON) when it runs in a forked process, which ends without any of pytest's own clean-up."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            os.write(writer, json.dumps(work()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    assert (pid, 0) == os.waitpid(pid, 0)
    return json.loads(said)
