"""Files that are there whole or not at all, and logs to which several processes append: the one place that writes them.

All functions raise OSError, as the file system gives it; what is said to a person is said by who called.
"""

import errno
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

_APPENDING = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
_LEFT = re.compile(r"\.[0-9a-f]{32}\.new\Z")
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
PRIVATE = 0o600  # a record is its learner's alone
_A_BIT = 65536  # bytes: several answers, or the signatures of a course
LONGEST_WAIT = 20.0  # seconds for a lock, which is held for milliseconds


class Changed(Exception):
    """The log is not as its writer last saw it: read it again, then decide again."""


def write(path: Path, content: str | bytes, *, private: bool = False, durable: bool = True) -> None:
    """Put `content` (a text as UTF-8) into the file in one step: a reader, and a crash, finds the old file or the new one.

    `private`: for nobody but the one who writes it. Without `durable` nothing waits for the disk: whoever is killed leaves the
    old or the new file, a power cut an empty one.
    """
    with beside(path, durable) as new, open(new, "wb", opener=_private if private else None) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def writing(path: Path, mode: str = "wb", **how: Any) -> Iterator[IO[Any]]:
    """A file to write into that takes its place at the end; after an error the file from before is still there.

    `mode` and `how` are those of `open`.
    """
    with beside(path) as new, open(new, mode, **how) as file:
        yield file


@contextmanager
def beside(path: Path, durable: bool = True) -> Iterator[Path]:
    """Like `writing`, for what opens its file itself: the name of a file that takes the place of `path` at the end.

    Two who write at once use names of their own; the last one stays.
    """
    new = _new(path)
    try:
        with _named(path, new):
            yield new
            place(new, path, durable)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


@contextmanager
def folder_beside(folder: Path) -> Iterator[Path]:
    """A folder to write files into, which take their place in `folder` one by one once all are written and on the disk.

    After an error before that nothing has changed. What else is in `folder` stays.
    """
    new = _new(folder)
    try:
        with _named(folder, new):
            new.mkdir(parents=True)
            yield new
            folder.mkdir(exist_ok=True)
            sync([file for file in new.rglob("*") if file.is_file()])
            for made in sorted(new.iterdir()):
                place(made, folder / made.name)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _new(path: Path) -> Path:
    return path.with_name(f"{path.name}.{uuid.uuid4().hex}.new")


@contextmanager
def _named(path: Path, new: Path | None = None) -> Iterator[None]:
    """An error of the system names the file that was to be written: about a full disk it names none, else the one beside."""
    try:
        yield
    except OSError as error:
        if error.errno and (not error.filename or (new and Path(os.fsdecode(error.filename)).is_relative_to(new))):
            error.filename = str(path)
        raise


def place(made: Path, path: Path, durable: bool = True) -> None:
    """Put a finished file, or a folder of them, where it belongs in one step, once all of it is on the disk."""
    if durable:
        sync([made] if made.is_file() else [file for file in made.rglob("*") if file.is_file()])
    os.replace(made, path)
    if durable:
        _sync_folder(path.parent)


def try_writing(folder: Path) -> None:
    """Raise OSError where no file can be written into the folder, which is made: no permission, a full disk."""
    from tempfile import TemporaryFile  # for whoever starts the course alone

    folder.mkdir(parents=True, exist_ok=True)
    with _named(folder), TemporaryFile(dir=folder) as file:
        file.write(bytes(_A_BIT))
        file.flush()


def leftover(name: str) -> bool:
    """Whether a file of that name is what a process left that was killed while it wrote."""
    return bool(_LEFT.search(name))


def create(path: Path, content: str) -> None:
    """Write a private file unless another process was first; an empty one that a crash left is replaced."""
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        write(aside, content, private=True)
        _into_place(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _into_place(aside: Path, path: Path) -> None:
    try:
        os.link(aside, path)
    except FileExistsError:
        if not path.read_bytes().strip():
            os.replace(aside, path)
    except OSError:  # a file system without links
        with suppress(FileExistsError), open(path, "xb", opener=_private) as file:
            file.write(aside.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        if not path.read_bytes().strip():
            os.replace(aside, path)


def remove(path: Path) -> None:
    """Take the file away if it is there, and have that on the disk too."""
    with suppress(FileNotFoundError):
        path.unlink()
        _sync_folder(path.parent)


def append(path: Path, lines: bytes, after: int | None = None, check: Callable[[], None] = lambda: None) -> int:
    """Append whole lines to a log and return its new size in bytes, once they are on the disk. Folders are made.

    All of `lines` count or nothing does: what a full disk cut short is taken back. A torn line that a crash left gets its
    line break first, so that it stays alone. With `after`, the size that the writer last saw, raises Changed when anything
    came since; that is looked up under the lock, so that of two who both saw the same only one appends. `check` is called
    under the lock too; what it raises is raised, and nothing is appended.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path), _named(path):
        check()
        handle = os.open(path, _APPENDING, PRIVATE)
        try:
            size = os.fstat(handle).st_size
            if after is not None and size != after:
                raise Changed
            data = lines if _ends_whole(handle, size) else b"\n" + lines
            try:
                if os.write(handle, data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(handle)
            except BaseException:  # a full disk, or Ctrl-C in the middle
                with suppress(OSError):
                    os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
    if not size:
        _sync_folder(path.parent)
    return size + len(data)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else holds the lock of that file meanwhile, on this machine or another that shares the folder.

    Where a file system knows no locks, it goes on without one: a line that is saved in one write is better than none. Raises
    TimeoutError where somebody holds the lock longer than any writer needs it.
    """
    from filelock import FileLock, Timeout  # not there in a browser, whose store is a database

    lock = FileLock(path.with_name(f".{path.name}.lock"), mode=PRIVATE, timeout=LONGEST_WAIT)
    try:
        lock.acquire()
    except Timeout:
        raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(path)) from None
    except NotImplementedError:
        pass
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    try:
        yield
    finally:
        lock.release()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


def _ends_whole(handle: int, size: int) -> bool:
    """Whether the file is empty or ends with a line break."""
    if not size:
        return True
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) == b"\n"


def sync(files: list[Path]) -> None:
    """Have files on the disk. Several wait at once, which a disk answers together: a thousand pages in 0.2 s for 3 s."""

    def one(path: Path) -> None:
        with path.open("rb+") as file:
            os.fsync(file.fileno())

    if len(files) == 1:
        return one(files[0])
    from concurrent.futures import ThreadPoolExecutor  # for folders alone; a browser has no threads

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, files))


def _sync_folder(folder: Path) -> None:
    """Have the folder's list of names on the disk too; where a system cannot, its own order of writing must do."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
