"""From a download to a folder that `grade` takes: every file read, its person found, and everything else told with a line."""

import gc
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ...errors import BadInput
from ...formats import listed
from ...wording import say
from ..csv_files import read_csv
from ..person import Person
from ..problem_lines import ProblemLine, notice
from ..progress_bar import Steps
from . import answer_spool, collected_folder
from .archive import Found, Limits, NotRead, count, is_submission, walk
from .copied_answers import likenesses
from .matching import Index, Match, match, trace
from .roster import Roster, read_roster
from .submission_reader import Reader, utf8
from .which_file_counts import COUNTED, LEARNER, UNMATCHED, ByHand, File, settle


@frozen
class Collected:
    """What a run found: files by outcome ("replaced by …" as "replaced"), people, those who handed in, lines by severity."""

    outcomes: dict[str, int]
    people: int
    handed_in: int
    problems: int
    notices: int

    @property
    def ok(self) -> bool:
        """Whether everything could be read and used."""
        return not self.problems

    def lines(self, out: Path) -> list[str]:
        """What to say of it."""
        told = listed(f"{count} {outcome}" for outcome, count in self.outcomes.items()) or "–"  # as matches.csv has them, to be found there
        found = [
            say("collect.summary", files=sum(self.outcomes.values()), told=told),
            say("collect.people", handed_in=self.handed_in, people=self.people),
        ]
        if waiting := self.outcomes.get(UNMATCHED):
            found.append(say("collect.see_matches", count=waiting, file=out / "matches.csv"))
        if self.problems or self.notices:
            found.append(say("collect.see_problems", problems=self.problems, notices=self.notices, file=out / "problems.csv"))
        return found


def collect(
    download: Path,
    out: Path,
    steps: Steps,
    *,
    roster: Path | None = None,
    matches: Path | None = None,
    assignment: str | None = None,
    now: datetime | None = None,
    force: bool = False,
    limits: Limits = Limits(),  # noqa: B008
) -> Collected:
    """Collect a folder, a zip or a folder of zips into the folder `out`, which is there whole or not at all.

    `matches` is a matches.csv in which an instructor has corrected `person`. `now` (for times in the future) is when the
    download was written, where it is not given. Raises BadInput where something given cannot be used.
    """
    collected_folder.refuse_results(out, force)
    known = read_roster(roster) if roster else None
    index = Index(known.people) if known else None
    found: list[ProblemLine] = _about(known, roster)
    hand, rows = _by_hand(matches, index)
    with collected_folder.being_written(out) as part:
        with steps("collect", count(download)) as done, answer_spool.Spool(part / answer_spool.SPOOL) as spool, _no_garbage():
            files, newest, told = _read(walk(download, limits, (out, part)), spool, done)
        found += told
        found += settle(files, index, hand, assignment)
        found += _times(files, now or newest) + _changed(rows, files)
        answer_spool.answers(part / answer_spool.SPOOL, part / "answers.parquet", files)
        found += likenesses(part / answer_spool.SPOOL, part / "spill", files)
        found = _owned(found, files, index)
        (part / answer_spool.SPOOL).unlink()
        shutil.rmtree(part / "spill", ignore_errors=True)
        people = [*known.people] if known else _people(files)
        collected_folder.write(part, files, found, people, known)
        collected_folder.publish(part, out)
    told_by = Counter(one.severity for one in found)
    outcomes = Counter(" ".join(one.outcome.split()[:2]) if " of" in one.outcome else one.outcome.split(" by ")[0] for one in files)
    handed_in = {one.person for one in files if one.person and one.outcome in (COUNTED, "unreadable")}
    return Collected(dict(sorted(outcomes.items())), len(people), len(handed_in), told_by["problem"], told_by["notice"])


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Without Python's search for cycles, of which millions of rows have none: a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _about(roster: Roster | None, path: Path | None) -> list[ProblemLine]:
    """What is worth a look in a roster that was read."""
    found = []
    if roster and path and roster.guessed:
        found.append(notice("encoding", path.name, encoding=roster.guessed))
    if roster and path and roster.instead:
        found.append(notice("id_column", path.name, column=roster.id_column))
    return found


def _by_hand(path: Path | None, index: Index | None) -> tuple[ByHand, list[dict[str, str]]]:
    """What an instructor wrote into a matches.csv. Raises BadInput, which names everyone who is not in the roster."""
    if path is None:
        return ByHand(), []
    table = read_csv(path)
    if missing := [column for column in ("file", "person", "how", "sure", "sha256") if column not in table.columns]:
        raise BadInput(say("collect.matches_columns", file=path.name, columns=listed(missing)))
    people, unknown = {}, []
    for row in table.rows:
        person = row["person"].strip()
        if person and index:
            meant = index.anybody(person)
            unknown += [person] if len(meant) != 1 else []
            person = next(iter(meant), "")
        if person or row["sure"] == "yes":
            people[row["file"], row["sha256"]] = person
    if unknown:
        raise BadInput(say("collect.matches_people", file=path.name, people=listed(sorted(set(unknown)))))
    return ByHand(people), list(table.rows)


def _changed(rows: list[dict[str, str]], files: list[File]) -> list[ProblemLine]:
    """Rows of the matches that were given whose file is another now, or gone."""
    there = {(one.path, one.sha256) for one in files}
    return [notice("changed", row["file"]) for row in rows if row["person"].strip() and (row["file"], row["sha256"]) not in there]


def _read(
    found: Iterator[Found | ProblemLine], spool: answer_spool.Spool, done: Callable[[int], Any]
) -> tuple[list[File], datetime | None, list[ProblemLine]]:
    """Read every file; answers go to the spool. Also the newest time of a file on disk, and what was told on the way."""
    files: list[File] = []
    told: list[ProblemLine] = []
    reader, newest = Reader(), 0.0
    for one in found:
        done(1)
        if isinstance(one, ProblemLine):
            told.append(one)
            files += _refused(len(files), one)
            continue
        newest = max(newest, one.mtime)
        try:
            data = one.read()
        except NotRead as error:
            told.append(error.finding)
            files.append(File(len(files), one.path, "", trace(one.parts), None))
            continue
        handed = reader.read_file(data, one.path)
        told += handed.findings
        file = File(len(files), one.path, sha256(data).hexdigest(), trace(one.parts), handed.header)
        file.read, file.broken, file.last = len(handed.rows), handed.broken, handed.last
        spool.add(file.id, handed.rows, len(data))
        files.append(file)
    return files, datetime.fromtimestamp(newest, UTC) if newest else None, told


def _refused(id: int, finding: ProblemLine) -> list[File]:
    """What was not read, as a file, if it is somebody's work: it has to say unreadable, and not that nothing was handed in."""
    parts = tuple(finding.file.split("/"))
    whose = trace(parts)
    somebody = finding.severity == "problem" and (whose.platform or is_submission(parts[-1]))
    return [File(id, finding.file, "", whose, None)] if somebody else []


def _owned(found: list[ProblemLine], files: list[File], index: Index | None) -> list[ProblemLine]:
    """The lines with their person, where it is sure whose file they are about."""
    owners = {one.path: one.person for one in files}

    def owner(path: str) -> str:
        if path not in owners:
            whose = match(trace(tuple(path.split("/"))), "", index) if index else Match(None)
            owners[path] = whose.person.id if whose.person and whose.sure else ""
        return owners[path]

    return [evolve(one, person=owner(one.file)) if one.file and not one.person else one for one in found]


def _times(files: list[File], now: datetime | None) -> list[ProblemLine]:
    """Times in the future, and what the platform calls late."""
    found = []
    until = now + timedelta(days=1) if now else None
    for one in files:
        if one.header is None:
            continue
        latest = max(one.header.handed_in, datetime.fromtimestamp(one.last / 1000, UTC))
        if until and latest > until:
            found.append(notice("future", one.path, person=one.person, at=collected_folder.iso(latest)))
        if one.trace.late and one.outcome == COUNTED:
            found.append(notice("late", one.path, person=one.person, at=collected_folder.iso(one.header.handed_in)))
    return found


def _people(files: list[File]) -> list[Person]:
    """Without a roster: the learners found in the files, by the name in the file that counts."""
    people = {one.person: Person(one.person, utf8(one.typed)) for one in files if one.outcome == COUNTED}
    for one in files:
        if one.person and one.how != LEARNER:  # named by hand, and their file cannot be read
            people.setdefault(one.person, Person(one.person, utf8(one.typed)))
    return sorted(people.values(), key=lambda person: (person.name.casefold(), person.id))
