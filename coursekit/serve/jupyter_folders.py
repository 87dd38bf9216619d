"""The folders that Jupyter and its kernels write into: the user's own, or where one cannot be written, others for one session."""

import os
import sqlite3
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir, jupyter_data_dir, jupyter_runtime_dir

from ..files import try_writing
from ..wording import say
from .signing import try_signing

VARIABLES = ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")


def make_writable(scratch: Path) -> None:
    """Where the user's own cannot be written, say so and let all of them lie in `scratch`, for this process and its kernels.

    A home is seldom closed by halves. What is signed there is trusted there and nowhere else: no folder that could come from a
    stranger, such as my-work, may hold Jupyter's secret.
    """
    folder = ""
    try:
        for folder in (jupyter_data_dir(), jupyter_config_dir(), jupyter_runtime_dir()):
            try_writing(Path(folder))
        folder = jupyter_data_dir()
        try_signing()
    except (OSError, sqlite3.Error) as error:
        print(say("start.jupyter_closed", folder=folder, error=getattr(error, "strerror", None) or error), flush=True)
        for name in VARIABLES:
            os.environ[name] = str(scratch / name.lower())
