"""A download as a learning platform gives it: a folder, a zip, or a folder of zips, walked without unpacking to disk.

Nothing in it is trusted. What could harm or deceive is not read and is told with a line: paths that leave the archive, links,
bombs, entries that share a name, encrypted or damaged ones. One zip inside a zip is opened, because learners zip what they hand
in and platforms pass that on as it is; none nests deeper, so that a zip in that one is refused.
"""

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from attrs import field, frozen

from ...errors import BadInput
from ...formats import integer
from ...wording import say
from ..platforms import PLATFORMS
from ..problem_lines import ProblemLine, notice, problem

DEEPEST = 1  # zips inside a zip
_NAME = re.compile(
    r"(^|[._ -])coursekit[ _-]*(\(\d{1,3}\)|\d{0,3})[._ ]?jsonl?[ _-]*(\(\d{1,3}\)|\d{0,3})(\.(txt|json|jsonl))?\Z", re.IGNORECASE
)
_HEADER = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"coursekit"\s*:\s*"submission"')
_IGNORED = re.compile(r"__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\.ipynb_checkpoints|\._.*|\.git", re.IGNORECASE)
_PACKED = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError, OSError)


@frozen
class Limits:
    """How much is read at most: bytes of one file, of all that is in a zip inside a zip (one learner's, who is not to use up the
    class's), and of the whole; entries of a download, and of a zip inside a zip; and how many times larger than packed an
    entry above `free` bytes may be."""

    file: int = 50_000_000
    nested: int = 100_000_000
    total: int = 20_000_000_000
    entries: int = 500_000
    nested_entries: int = 1_000
    ratio: int = 300
    free: int = 1_000_000


class NotRead(Exception):
    """A file that is not read; `finding` is its line."""

    def __init__(self, finding: ProblemLine):
        super().__init__(finding.why)
        self.finding = finding


@frozen
class Found:
    """A file that may be one handed in. `path` is as shown; `parts` are its folders, archives and name, decoded. `read` gives
    its bytes, as long as the walk has not gone on, or raises NotRead. `mtime` is when the disk's file was written."""

    path: str
    parts: tuple[str, ...]
    read: Callable[[], bytes] = field(eq=False, repr=False)
    mtime: float = 0.0


def is_submission(name: str) -> bool:
    """Whether a file of that name is one handed in, also where a platform or a browser has changed the name."""
    return bool(_NAME.search(unquote(name)))


def walk(download: Path, limits: Limits = Limits(), leave_out: Collection[Path] = ()) -> Iterator[Found | ProblemLine]:
    """Every file that may be one handed in, in the order of its path, and a line for everything else.

    `leave_out` are paths that are passed over. Raises BadInput where there is no such folder or zip.
    """
    if download.is_dir():
        yield from _Walk(limits).folder(download, (), {path.resolve() for path in leave_out})
    elif download.is_file():
        if not zipfile.is_zipfile(download) and not is_submission(download.name):
            raise BadInput(say("collect.no_download", path=download))
        named = download.suffix.lower() == ".zip" or is_submission(download.name)
        yield from _Walk(limits).file(download, (download.name,), packed=not named)
    else:
        raise BadInput(say("collect.no_download", path=download))


def count(download: Path) -> int:
    """About how many files there are, for a progress bar."""
    if download.is_file():
        return _entries_of(download)
    return sum(_entries_of(Path(folder, name)) for folder, _, names in os.walk(download) for name in names)


def _entries_of(path: Path) -> int:
    if path.suffix.lower() != ".zip":
        return 1
    try:
        with path.open("rb") as file:
            return _directory(file)[0]
    except (OSError, struct.error):
        return 1


class _Walk:
    """One walk; counts what was read of all files."""

    def __init__(self, limits: Limits):
        self.limits, self.read, self.seen = limits, 0, 0

    def folder(self, folder: Path, parts: tuple[str, ...], leave_out: Collection[Path]) -> Iterator[Found | ProblemLine]:
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield problem("not_read", _shown(parts), error=error.strerror or "")
            return
        left_out = {path.name for path in leave_out}
        for entry in inside:
            path, here = folder / entry.name, (*parts, entry.name)
            if _IGNORED.fullmatch(entry.name) or (entry.name in left_out and path.resolve() in leave_out):
                continue
            self.seen += 1
            if self.seen > self.limits.entries:
                yield problem("too_many", _shown(parts), limit=integer(self.limits.entries))
                return
            if entry.is_symlink():
                yield problem("link", _shown(here))
            elif entry.is_dir(follow_symlinks=False):
                yield from self.folder(path, here, leave_out)
            elif entry.is_file(follow_symlinks=False):
                yield from self.file(path, here)
            else:
                yield problem("special", _shown(here))

    def file(self, path: Path, parts: tuple[str, ...], packed: bool = False) -> Iterator[Found | ProblemLine]:
        try:
            size, mtime = (about := path.stat()).st_size, about.st_mtime
            if packed or path.suffix.lower() == ".zip":
                with path.open("rb") as file:
                    yield from self.archive(file, size, parts, 0, mtime)
            else:
                start = b"" if is_submission(path.name) else _start(path)
                yield from self.one(parts, start, lambda: self._bytes(lambda: path.open("rb"), size, parts), mtime)
        except OSError as error:
            yield problem("not_read", _shown(parts), error=error.strerror or "")

    def one(self, parts: tuple[str, ...], start: bytes, read: Callable[[], bytes], mtime: float) -> Iterator[Found | ProblemLine]:
        """A file that is no zip: by its name or by how it begins it is one handed in, or it is told."""
        name = parts[-1]
        if is_submission(name) or _HEADER.match(start):
            yield Found(_shown(parts), tuple(map(unquote, parts)), read, mtime)
        elif name.lower().endswith(_PACKED):
            yield problem("packed", _shown(parts))
        elif not any(platform.is_receipt(name) for platform in PLATFORMS):
            yield notice("other_file", _shown(parts))

    def archive(self, file: Any, size: int, parts: tuple[str, ...], depth: int, mtime: float) -> Iterator[Found | ProblemLine]:
        shown, before = _shown(parts), self.read
        most = self.limits.nested_entries if depth else self.limits.entries
        try:
            entries, length = _directory(file)
            if entries > most or length > 200 * most:
                yield problem("too_many", shown, limit=integer(most))
                return
            archive = zipfile.ZipFile(file)
        except _DAMAGED:
            yield problem("damaged", shown)
            return
        with archive:
            infos = [(_name(info), info) for info in archive.infolist() if not info.filename.endswith("/")]
            names = Counter(name for name, _ in infos)
            told = set()
            for name, info in sorted(infos, key=lambda pair: pair[0]):
                here = (*parts, *name.split("/"))
                if depth and self.read - before > self.limits.nested:
                    yield problem("too_much", shown, limit=integer(self.limits.nested))
                    return
                if any(_IGNORED.fullmatch(part) for part in here):
                    continue
                if finding := self._refused(info, names[name], _shown(here), size):
                    if name not in told:
                        yield finding
                    told.add(name)
                else:
                    yield from self._entry(archive, info, here, depth, mtime)

    def _refused(self, info: zipfile.ZipInfo, same: int, shown: str, size: int) -> ProblemLine | None:
        """Why an entry is not read, if it is not."""
        raw = {info.filename, info.orig_filename}
        if any("\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/") for name in raw):
            return problem("slip", shown)
        if same > 1:
            return problem("same_name", shown, n=same)
        if stat.S_ISLNK(info.external_attr >> 16):
            return problem("link", shown)
        if info.flag_bits & 1:
            return problem("encrypted", shown)
        if info.file_size > self.limits.file:
            return problem("too_large", shown, limit=integer(self.limits.file))
        packed = max(1, min(info.compress_size, size))
        if info.file_size > self.limits.free and info.file_size > self.limits.ratio * packed:
            return problem("bomb", shown, ratio=integer(info.file_size // packed))
        return None

    def _entry(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, parts: tuple[str, ...], depth: int, mtime: float) -> Iterator[Any]:
        try:
            with _damage(parts):
                if not parts[-1].lower().endswith(".zip"):
                    with archive.open(info) as file:
                        start = b"" if is_submission(parts[-1]) else file.read(200)
                    yield from self.one(parts, start, lambda: self._bytes(lambda: archive.open(info), info.file_size, parts), mtime)
                    return
                if depth >= DEEPEST:
                    yield problem("nested", _shown(parts))
                    return
                inner = self._bytes(lambda: archive.open(info), info.file_size, parts)
            yield from self.archive(io.BytesIO(inner), len(inner), parts, depth + 1, mtime)
        except NotRead as error:
            yield error.finding

    def _bytes(self, opened: Callable[[], Any], size: int, parts: tuple[str, ...]) -> bytes:
        """All of a file, if it is within the limits, whatever its directory says of its size."""
        with _damage(parts), opened() as file:
            if size <= self.limits.file:
                data = file.read(size + 1)  # read(50 MB) would take 50 MB for every file
                if len(data) > size:
                    data += file.read(self.limits.file + 1 - len(data))
                self.read += len(data)
                if len(data) <= self.limits.file and self.read <= self.limits.total:
                    return data
        if self.read > self.limits.total:
            raise NotRead(problem("too_much", _shown(parts), limit=integer(self.limits.total)))
        raise NotRead(problem("too_large", _shown(parts), limit=integer(self.limits.file)))


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(200)


@contextmanager
def _damage(parts: tuple[str, ...]) -> Iterator[None]:
    """Whatever a damaged file raises becomes NotRead."""
    try:
        yield
    except _DAMAGED as error:
        told = isinstance(error, OSError) and error.strerror
        raise NotRead(problem("not_read", _shown(parts), error=told) if told else problem("damaged", _shown(parts))) from None


def _directory(file: Any) -> tuple[int, int]:
    """(entries, bytes of the directory) as a zip's end says them, before zipfile makes an object of each. (1, 0) if it has none."""
    file.seek(0, os.SEEK_END)
    start = max(0, file.tell() - 65_557)  # the end record and the longest comment
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 1, 0
    entries, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    if (entries == 0xFFFF or length == 0xFFFFFFFF) and tail[at - 20 : at - 16] == b"PK\x06\x07" and at >= 20:
        file.seek(struct.unpack("<Q", tail[at - 12 : at - 4])[0])
        record = file.read(56)
        if record[:4] == b"PK\x06\x06":
            entries, length = struct.unpack("<QQ", record[32:48])
    return entries, length


def _name(info: zipfile.ZipInfo) -> str:
    """The entry's name. Where the zip does not say UTF-8, but the name is it (macOS, Canvas), it is read as UTF-8."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _shown(parts: tuple[str, ...]) -> str:
    """The path as it is shown and written to tables: what is no UTF-8 stays legible."""
    return "/".join(parts).encode("utf-8", "backslashreplace").decode()
