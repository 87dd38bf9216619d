"""All answers of a download on disk, before it is known whose count."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..arrow_columns import column, table
from .submission_reader import AnswerLine
from .which_file_counts import COUNTED, File

BATCH = 100_000  # rows in memory at a time
BATCH_BYTES = 100_000_000
SPOOL = "spool.parquet"
_ROWS = pa.schema(
    [
        ("file_id", pa.int32()),
        ("exercise", pa.string()),
        ("of", pa.string()),
        ("answer", pa.string()),
        ("at", pa.timestamp("ms", "UTC")),
        ("confidence", pa.int16()),
        ("line", pa.int32()),
    ]
)
_ANSWERS = pa.schema([_ROWS.field(0), ("person", pa.string()), *(_ROWS.field(number) for number in range(1, 7))])


class Spool:
    """The file of all answers, written in portions."""

    def __init__(self, path: Path):
        self._writer = pq.ParquetWriter(path, _ROWS)
        self._ids: list[int] = []
        self._rows: list[AnswerLine] = []
        self._bytes = 0

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()

    def add(self, file_id: int, rows: Sequence[AnswerLine], size: int) -> None:
        """The rows of one file of that many bytes."""
        self._ids += [file_id] * len(rows)
        self._rows += rows
        self._bytes += size
        if len(self._rows) >= BATCH or self._bytes >= BATCH_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_batch(table(_ROWS, [self._ids, *zip(*self._rows, strict=True)]))
        self._ids, self._rows, self._bytes = [], [], 0


def answers(spool: Path, path: Path, files: list[File]) -> None:
    """The answers of the files that count, with their person, as answers.parquet."""
    counts = column([one.outcome == COUNTED for one in files], pa.bool_())
    people = column([one.person for one in files], pa.string())
    with pq.ParquetFile(spool) as source, pq.ParquetWriter(path, _ANSWERS) as writer:
        for batch in source.iter_batches(BATCH):
            kept = batch.filter(pc.take(counts, batch.column(0)))
            if kept.num_rows:
                owners = pc.take(people, kept.column(0))
                writer.write_batch(pa.record_batch([kept.column(0), owners, *kept.columns[1:]], schema=_ANSWERS))
