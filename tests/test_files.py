"""Files that are there whole or not at all, and logs to which several processes append."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from coursekit import files


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class TestWrite:
    """One step from the old content to the new."""

    @pytest.mark.parametrize(("content", "expected"), [("é\n", b"\xc3\xa9\n"), (b"\x00\xff", b"\x00\xff")])
    def test_content(self, tmp_path, content, expected):
        """A text is UTF-8 with its line breaks as they are; bytes are bytes."""
        files.write(tmp_path / "a", content)

        assert (tmp_path / "a").read_bytes() == expected
        assert os.listdir(tmp_path) == ["a"]

    @pytest.mark.parametrize("broken", ["fsync", "replace"])
    def test_a_full_disk(self, tmp_path, monkeypatch, broken):
        """The file from before stays, and nothing lies beside it."""
        files.write(tmp_path / "a", "old")
        monkeypatch.setattr(os, broken, full)
        with pytest.raises(OSError, match="space"):
            files.write(tmp_path / "a", "new")

        assert (tmp_path / "a").read_text() == "old"
        assert os.listdir(tmp_path) == ["a"]

    @pytest.mark.parametrize("broken", ["fsync", "replace"])
    def test_an_error_names_the_file(self, tmp_path, monkeypatch, broken):
        """The one that was to be written, not the one beside it."""
        monkeypatch.setattr(os, broken, full)
        with pytest.raises(OSError, match="space") as caught:
            files.write(tmp_path / "a", "new")

        assert caught.value.filename == str(tmp_path / "a")

    def test_broken_off(self, tmp_path):
        """Whatever is raised while it is written: nothing took place."""
        with pytest.raises(KeyboardInterrupt), files.writing(tmp_path / "a", "w") as file:
            file.write("half")
            raise KeyboardInterrupt

        assert os.listdir(tmp_path) == []

    @pytest.mark.parametrize(("private", "expected"), [(True, 0o600), (False, 0o644)])
    def test_who_may_read_it(self, tmp_path, private, expected):
        """Nobody but the one who wrote it, where that is asked for; also in place of a file that others could read."""
        before = os.umask(0o022)
        for _ in range(2):
            files.write(tmp_path / "a", "x", private=private)
            assert (tmp_path / "a").stat().st_mode & 0o777 == expected
            (tmp_path / "a").chmod(0o644)
        os.umask(before)

    def test_without_waiting(self, tmp_path, monkeypatch):
        """What can be made again need not wait for the disk, and still takes its place in one step."""
        monkeypatch.setattr(os, "fsync", full)
        files.write(tmp_path / "a", "new", durable=False)

        assert (tmp_path / "a").read_text() == "new"
        assert os.listdir(tmp_path) == ["a"]

    def test_who_opens_the_file_itself(self, tmp_path):
        """It gets a name beside, which can be told apart when a killed process left it."""
        with files.beside(tmp_path / "a.csv") as new:
            new.write_text("x")
            assert files.leftover(new.name) and not files.leftover("a.csv")

        assert os.listdir(tmp_path) == ["a.csv"]

    @pytest.mark.parametrize("broken", ["fsync", "replace"])
    def test_a_folder_is_placed_whole(self, tmp_path, monkeypatch, broken):
        """Everything in it is on the disk before it has its name."""
        (tmp_path / "made" / "deep").mkdir(parents=True)
        (tmp_path / "made" / "deep" / "a").write_text("x")
        (tmp_path / "made" / "b").write_text("y")
        with monkeypatch.context() as patch:
            patch.setattr(os, broken, full)
            with pytest.raises(OSError, match="space"):
                files.place(tmp_path / "made", tmp_path / "out")
        assert os.listdir(tmp_path) == ["made"]

        files.place(tmp_path / "made", tmp_path / "out")
        assert (tmp_path / "out" / "deep" / "a").read_text() == "x"


class TestFolderBeside:
    """Several files that take their place together."""

    def test_what_else_is_there_stays(self, tmp_path):
        """Files of the same name are replaced."""
        folder = tmp_path / "deep" / "out"
        for text in ("1", "2"):
            with files.folder_beside(folder) as part:
                (part / "a").write_text(text)
            (folder / "b").write_text("mine")

        assert {path.name: path.read_text() for path in folder.iterdir()} == {"a": "2", "b": "mine"}
        assert os.listdir(tmp_path / "deep") == ["out"]

    @pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space"), KeyboardInterrupt()])
    def test_broken_off(self, tmp_path, error):
        """Nothing took place, and nothing lies beside it."""
        (tmp_path / "out").mkdir()
        with pytest.raises(type(error)), files.folder_beside(tmp_path / "out") as part:
            (part / "a").write_text("half")
            raise error

        assert os.listdir(tmp_path) == ["out"]
        assert os.listdir(tmp_path / "out") == []


class TestTryWriting:
    """Whether anything can be written into a folder, before somebody relies on it."""

    def test_it_leaves_nothing(self, tmp_path):
        """The folder is made."""
        files.try_writing(tmp_path / "deep" / "new")

        assert os.listdir(tmp_path / "deep" / "new") == []

    @pytest.mark.parametrize("place", ["file", "file/below"])
    def test_something_in_the_way(self, tmp_path, place):
        """A file where a folder should be."""
        (tmp_path / "file").write_text("")
        with pytest.raises(OSError, match=r"exists|directory"):
            files.try_writing(tmp_path / place)


class TestCreate:
    """The first one stays."""

    @pytest.mark.parametrize(("left", "expected"), [(None, "mine"), ("", "mine"), (" \n", "mine"), ("theirs", "theirs")])
    def test_who_was_first(self, tmp_path, left, expected):
        """A file that says something is left as it is."""
        if left is not None:
            (tmp_path / "a").write_text(left)
        files.create(tmp_path / "a", "mine")

        assert (tmp_path / "a").read_text() == expected
        assert os.listdir(tmp_path) == ["a"]

    def test_a_file_system_without_links(self, tmp_path, monkeypatch):
        """It is put in place all the same."""
        monkeypatch.setattr(os, "link", full)
        files.create(tmp_path / "a", "mine")

        assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("there", [True, False])
def test_remove(tmp_path, there):
    """It is gone, whether or not it was there."""
    if there:
        (tmp_path / "a").write_text("x")
    files.remove(tmp_path / "a")

    assert os.listdir(tmp_path) == []


class TestAppend:
    """Whole lines, or none."""

    def test_folders_are_made_and_sizes_told(self, tmp_path):
        """The size is what the next writer hands back."""
        log = tmp_path / "deep" / "er" / "log"
        assert files.append(log, b"1\n") == 2
        assert files.append(log, b"22\n", after=2) == 5

        assert log.read_bytes() == b"1\n22\n"
        assert log.stat().st_mode & 0o077 == 0

    def test_a_torn_line_stays_alone(self, tmp_path):
        """What a crash left gets its line break."""
        (tmp_path / "log").write_bytes(b"whole\ntor")
        files.append(tmp_path / "log", b"new\n")

        assert (tmp_path / "log").read_bytes() == b"whole\ntor\nnew\n"

    @pytest.mark.parametrize("broken", ["write", "fsync"])
    def test_a_full_disk_takes_it_back(self, tmp_path, monkeypatch, broken):
        """Bytes that were not acknowledged do not count later either."""
        files.append(tmp_path / "log", b"kept\n")
        written = os.write
        monkeypatch.setattr(os, broken, full if broken == "fsync" else lambda handle, data: written(handle, data[:3]))
        with pytest.raises(OSError, match="space"):
            files.append(tmp_path / "log", b"lost 1\nlost 2\n")

        assert (tmp_path / "log").read_bytes() == b"kept\n"

    @pytest.mark.parametrize("how", [None, OSError(errno.EIO, "broken"), KeyboardInterrupt()], ids=["cut short", "error", "Ctrl-C"])
    def test_the_disk_fills_at_each_byte(self, tmp_path, monkeypatch, how):
        """Wherever a write ends, and whatever ends it: what was said not to be saved leaves no byte."""
        files.append(tmp_path / "log", b"kept\n")
        written, lines = os.write, b"lost 1\nlost 2\n"
        for room in range(len(lines) + (how is not None)):

            def write(handle, data, room=room):
                done = written(handle, data[:room])
                if how:
                    raise how
                return done

            with monkeypatch.context() as patch:
                patch.setattr(os, "write", write)
                with pytest.raises(type(how) if how else OSError):
                    files.append(tmp_path / "log", lines)

            assert (tmp_path / "log").read_bytes() == b"kept\n"
        assert files.append(tmp_path / "log", lines) == 5 + len(lines)

    @pytest.mark.parametrize("broken", ["write", "fsync"])
    def test_an_error_names_the_log(self, tmp_path, monkeypatch, broken):
        """The system says of a full disk not which file it was."""
        files.append(tmp_path / "log", b"kept\n")
        monkeypatch.setattr(os, broken, full)
        with pytest.raises(OSError, match="space") as caught:
            files.append(tmp_path / "log", b"lost\n")

        assert caught.value.filename == str(tmp_path / "log")

    def test_what_came_since_is_refused(self, tmp_path):
        """Who decided on an older log decides again."""
        seen = files.append(tmp_path / "log", b"mine\n")
        files.append(tmp_path / "log", b"theirs\n")
        with pytest.raises(files.Changed):
            files.append(tmp_path / "log", b"mine too\n", after=seen)

        assert (tmp_path / "log").read_bytes() == b"mine\ntheirs\n"

    def test_of_many_who_saw_the_same_one_appends(self, tmp_path):
        """The last try is taken once."""
        seen = files.append(tmp_path / "log", b"start\n")

        def attempt(number):
            try:
                return files.append(tmp_path / "log", b"%d\n" % number, after=seen)
            except files.Changed:
                return 0

        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(attempt, range(40)))

        assert sum(map(bool, done)) == 1
        assert len((tmp_path / "log").read_bytes().splitlines()) == 2

    @pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
    def test_a_file_system_without_locks(self, tmp_path, monkeypatch, code):
        """A home on such a disk keeps its record all the same."""
        fcntl = pytest.importorskip("fcntl", reason="this system locks in another way")

        def refuse(*_):
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(fcntl, "flock", refuse)
        files.append(tmp_path / "log", b"1\n")
        files.append(tmp_path / "log", b"2\n", after=2)

        assert (tmp_path / "log").read_bytes() == b"1\n2\n"

    def test_a_lock_that_is_never_let_go(self, tmp_path, monkeypatch):
        """A process that hangs with the lock does not hang the others: they say that nothing was saved."""
        monkeypatch.setattr(files, "LONGEST_WAIT", 0.05)
        with files.locked(tmp_path / "log"), ThreadPoolExecutor(1) as pool, pytest.raises(TimeoutError):
            pool.submit(files.append, tmp_path / "log", b"1\n").result()

        assert not (tmp_path / "log").exists()
