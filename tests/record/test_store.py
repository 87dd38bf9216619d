"""What a record asks of the place where it is kept: files in a folder, and anything that takes their place."""

import stat

import pytest
from stores import MemoryStore

from coursekit.files import Changed
from coursekit.record.store import ATTEMPTS, START, FileStore, Seen

OWN = "clients/own"
ADA, BO = "ab" * 16, "cd" * 16


@pytest.fixture(params=["files", "memory"])
def store(request, tmp_path):
    """Each store, empty."""
    return FileStore(tmp_path / "my-work") if request.param == "files" else MemoryStore()


@pytest.fixture
def files(tmp_path):
    """A store of files."""
    return FileStore(tmp_path / "my-work")


class TestLog:
    """Lines that are appended, read on from a place, and taken out for good."""

    def test_nothing_yet(self, store):
        """A log that is not there is empty, and can be appended to as it was seen."""
        assert (store.logs(), store.lines(ATTEMPTS).whole) == ([ATTEMPTS], ())
        store.append(ATTEMPTS, b"1\n", Seen(store.lines(ATTEMPTS).end))

        assert store.lines(ATTEMPTS).whole == (b"1",)

    @pytest.mark.parametrize("log", [ATTEMPTS, OWN])
    def test_reading_on(self, store, log):
        """The next look begins where the last one ended."""
        store.append(log, b"1\n22\n")
        first = store.lines(log)
        store.append(log, b"333\n")
        then = store.lines(log, first.read)

        assert (first.whole, then.whole, then.start) == ((b"1", b"22"), (b"333",), first.read)
        assert store.lines(log, then.read).whole == ()
        assert (then.end.position, then.torn) == (9, b"")

    def test_what_came_since_is_refused(self, store):
        """Of two who saw the same, one appends; who was second looks again."""
        store.append(ATTEMPTS, b"1\n")
        seen = Seen(store.lines(ATTEMPTS).end)
        store.append(ATTEMPTS, b"mine\n", seen)
        with pytest.raises(Changed):
            store.append(ATTEMPTS, b"theirs\n", seen)
        store.append(ATTEMPTS, b"theirs\n", Seen(store.lines(ATTEMPTS).end))

        assert store.lines(ATTEMPTS).whole == (b"1", b"mine", b"theirs")

    def test_logs_do_not_know_each_other(self, store):
        """What comes into one is no news in another."""
        store.append(ATTEMPTS, b"1\n")
        seen = Seen(store.lines(ATTEMPTS).end)
        store.append(OWN, b"own\n")
        store.append(ATTEMPTS, b"2\n", seen)

        assert store.logs() == [ATTEMPTS, OWN]

    def test_taking_out(self, store):
        """A line is gone for good; every other keeps its position, and who had read on reads anew."""
        store.append(ATTEMPTS, b"one\ntwo\nthree\n")
        before, seen = store.lines(ATTEMPTS), []

        def choose(lines):
            seen.extend(lines)
            return {4}

        store.take_out(ATTEMPTS, choose)
        after = store.lines(ATTEMPTS, before.read)

        assert seen == [(0, b"one"), (4, b"two"), (8, b"three")]
        assert (after.start.position, [line.strip() for line in after.whole]) == (0, [b"one", b"", b"three"])
        store.append(ATTEMPTS, b"four\n", Seen(before.end))  # nothing came since

    @pytest.mark.parametrize("lines", [b"", b"1\n"])
    def test_taking_nothing_out(self, store, lines):
        """A log without such lines, or without any, stays as it was."""
        if lines:
            store.append(ATTEMPTS, lines)
        before = store.lines(ATTEMPTS)
        store.take_out(ATTEMPTS, lambda lines: set())

        assert before == store.lines(ATTEMPTS, START)


def test_what_was_taken_back_is_not_read_on(tmp_path):
    """A look at a line that a full disk took back, and then a longer one: it is read from the beginning."""
    store = FileStore(tmp_path)
    store.append(ATTEMPTS, b"1\n")
    whole = store.path(ATTEMPTS).read_bytes()
    store.path(ATTEMPTS).write_bytes(whole + b"22\n")
    seen = store.lines(ATTEMPTS).read
    store.path(ATTEMPTS).write_bytes(whole)
    store.append(ATTEMPTS, b"longer\n")

    assert store.lines(ATTEMPTS, seen).whole == (b"1", b"longer")


class TestDrafts:
    """One for each key, replaced and taken away."""

    @pytest.mark.parametrize("log", [ATTEMPTS, OWN])
    @pytest.mark.parametrize("key", ["shop/letter", "quiz:quiz/note@0123", "a" * 300, "Ü/../../x", "shop/aux"])
    def test_a_draft_is_replaced(self, store, log, key):
        """The last one stands, under any key."""
        assert store.draft(log, key) is None
        for value in (b"1", b"2"):
            store.keep_draft(log, key, value)
        store.keep_draft(log, f"{key}.", b"another")

        assert (store.draft(log, key), sorted(store.drafts().values())) == (b"2", [b"2", b"another"])
        store.keep_draft(log, key, None)
        store.keep_draft(log, key, None)
        assert (store.draft(log, key), list(store.drafts().values())) == (None, [b"another"])

    @pytest.mark.parametrize("log", [ATTEMPTS, OWN])
    @pytest.mark.parametrize("came", ["draft", "line", "nothing"])
    def test_what_came_since_is_refused(self, store, log, came):
        """Of two windows that saw the same, one writes: a draft, its end, or a line; a draft under another key is no matter."""
        store.append(log, b"1\n")
        store.keep_draft(log, "x", b"seen")
        seen = Seen(store.lines(log).end, {"x": b"seen"})
        store.keep_draft(log, "other", b"theirs")
        if came == "draft":
            store.keep_draft(log, "x", b"theirs", seen)
        elif came == "line":
            store.append(log, b"2\n", seen)
        before = (store.draft(log, "x"), store.lines(log).whole)
        for write in (
            lambda: store.keep_draft(log, "x", b"mine", seen),
            lambda: store.append(log, b"3\n", seen),
            lambda: store.keep_draft(log, "x", None, seen),
        ):
            if came == "nothing":
                write()
                break
            with pytest.raises(Changed):
                write()
            assert (store.draft(log, "x"), store.lines(log).whole) == before

        assert (came == "nothing") == (store.draft(log, "x") == b"mine")

    def test_a_draft_before_anything_was_written(self, store):
        """A window that saw an empty record may write into it, and a second one that saw the same may not."""
        seen = Seen(store.lines(OWN).end, {"x": None})
        store.keep_draft(OWN, "x", b"mine", seen)
        with pytest.raises(Changed):
            store.keep_draft(OWN, "x", b"theirs", seen)

        assert store.draft(OWN, "x") == b"mine"

    def test_put_aside(self, store, log="clients/own"):
        """It is no draft, and the next one does not take its place."""
        for value in (b"mine", b"mine too"):
            store.put_aside(log, "a/b", value)
        store.keep_draft(log, "a/b", b"other")

        assert list(store.drafts().values()) == [b"other"]
        if hasattr(store, "folder"):
            assert {path.read_bytes() for path in store.folder.rglob("*.aside")} == {b"mine", b"mine too"}


class TestForgetting:
    """A client's log and drafts are gone, and stay away."""

    def test_a_client_is_forgotten(self, store):
        """Nothing of that one is left; the others and the rest stay."""
        for log in (ATTEMPTS, OWN, "clients/other"):
            store.append(log, b"1\n")
            store.keep_draft(log, "x", log.encode())
        store.forget("own")
        store.forget("own")

        assert store.logs() == [ATTEMPTS, "clients/other"]
        assert store.lines(OWN).whole == ()
        assert sorted(store.drafts().values()) == [b"attempts", b"clients/other"]
        assert store.forgotten() == {"own"}

    def test_a_client_without_anything(self, store):
        """It can be forgotten before anything was written."""
        store.forget("own")

        assert store.forgotten() == {"own"}

    @pytest.mark.parametrize("id", ["", "..", "../attempts", "a/b", "Own", "own."])
    def test_what_is_no_id(self, files, id):
        """Nothing outside is touched."""
        with pytest.raises(ValueError, match="not the id of a client"):
            files.forget(id)

    def test_what_an_old_copy_brings_back(self, files):
        """It is not read, and goes when the client is forgotten again."""
        files.forget("own")
        files.append(OWN, b"1\n")
        files.keep_draft(OWN, "x", b"1")

        assert (files.logs(), files.drafts()) == ([ATTEMPTS], {})
        files.forget("own")
        assert not files.path(OWN).exists()


class TestLearner:
    """One id, made once."""

    def test_made_once(self, store):
        """The second who asks gets the first one's."""
        assert [store.learner(lambda left: ADA), store.learner(lambda left: BO)] == [ADA, ADA]

    @pytest.mark.parametrize(
        ("there", "left"),
        [
            (None, ""),
            (b"", ""),
            (b" \n", ""),
            (b"abab", "abab"),
            (b"\xff", "\ufffd"),
            (b"ab" * 17, "ab" * 17),
            (b"Ada\n", "Ada"),
            ("folder", ""),
        ],
    )
    def test_a_damaged_file_is_put_right(self, files, there, left):
        """Whoever knows the right one is told what is left of it; that one is kept, and is the learner's alone."""
        files.folder.mkdir()
        path, told = files.folder / "learner-id", []
        path.mkdir() if there == "folder" else there is not None and path.write_bytes(there)

        assert [files.learner(lambda left: told.append(left) or ADA), files.learner(lambda left: BO)] == [ADA, ADA]
        assert told == [left]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_one_that_its_learner_uses_is_kept(self, files):
        """Whatever it looks like, if it is said to be right."""
        files.folder.mkdir()
        (files.folder / "learner-id").write_text("Ada\n")

        assert files.learner(lambda left: left) == "Ada"
        assert (files.folder / "learner-id").read_text() == "Ada\n"


def test_only_the_learner_can_read_it(files):
    """Every file is 0600 and every folder that is made 0700, after each kind of write."""
    files.learner(lambda left: ADA)
    for log in (ATTEMPTS, OWN):
        files.append(log, b"1\n2\n")
        files.keep_draft(log, "x", b"1", Seen())
        files.put_aside(log, "x", b"2")
    files.take_out(ATTEMPTS, lambda lines: {0})
    files.forget("other")
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [files.folder, *files.folder.rglob("*")]}

    assert modes == {(True, 0o700), (False, 0o600)}


@pytest.mark.parametrize("torn", [b"", b"hal"])
def test_a_torn_line(files, torn):
    """It is told apart, does not count as read, and stays alone when the next line comes."""
    files.append(ATTEMPTS, b"1\n")
    with files.path(ATTEMPTS).open("ab") as file:
        file.write(torn)
    found = files.lines(ATTEMPTS)

    assert (found.whole, found.torn, found.read.position, found.end.position) == ((b"1",), torn, 2, 2 + len(torn))
    files.append(ATTEMPTS, b"2\n", Seen(found.end))
    assert files.lines(ATTEMPTS, found.read).whole == ((torn, b"2") if torn else (b"2",))
