"""TOML files as they were parsed before, found by the digest of their bytes: parsing takes most of the time that loading takes.

The files are read each time, and a content that is not known is parsed; so what is remembered can be missing and never stale.
"""

import json
import os
import sys
import tomllib
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .. import files

FEWEST = 50  # files; fewer are parsed sooner than a cache is worth


class ParsedToml:
    """The parsed files of one folder. `loads` each file, then `keep` what was used for the next time."""

    def __init__(self, folder: Path):
        self._path = _cache() / f"{_digest(str(folder.resolve()).encode())}.jsonl"
        self._known = _read(self._path)
        self._used: dict[str, str] = {}
        self._new = False

    def loads(self, content: bytes) -> dict[str, Any]:
        """What a file of that content says. Raises ValueError (UnicodeDecodeError and
        tomllib.TOMLDecodeError among them) and RecursionError."""
        digest = _digest(content)
        if (line := self._known.get(digest)) is None:
            raw = tomllib.loads(content.decode("utf-8"))
            try:  # a number is kept as its shortest text, which is the decimal that was typed
                line = json.dumps(raw, ensure_ascii=True, separators=(",", ":"))
            except TypeError:  # a date, for which JSON has no word: parsed each time
                return raw
            self._new = True
        self._used[digest] = line
        return json.loads(line)  # anew each time: whoever asked may change it

    def keep(self) -> None:
        """Remember what was used, if there is anything new. Where nothing can be written, it is parsed again next time."""
        if not self._new or len(self._used) < FEWEST:
            return
        body = "".join(f"{digest} {line}\n" for digest, line in self._used.items()).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            files.write(self._path, _digest(body).encode() + b"\n" + body, durable=False)
        except OSError:
            return


def _read(path: Path) -> dict[str, str]:
    """{digest of a content: what it says, as JSON}; empty where there is no such file, or where it is not as it was written."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head.decode() != _digest(body):
            return {}
        return dict(line.split(" ", 1) for line in body.decode("ascii").splitlines())
    except (OSError, ValueError):
        return {}


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _cache() -> Path:
    """COURSEKIT_CACHE, else where the system keeps what programs can make again."""
    if moved := os.environ.get("COURSEKIT_CACHE"):
        return Path(moved)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        return Path(base).expanduser() / "coursekit"
    except RuntimeError:  # nobody's home: what lies below this can be neither read nor written
        return Path(os.devnull)
