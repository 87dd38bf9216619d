"""Python lists as Arrow columns. `pyarrow.array` would do it too, and import pandas to ask whether it was given a series:
a second at each start of a command that needs no pandas."""

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import pyarrow as pa

_CODES = {pa.int16(): "h", pa.int32(): "i", pa.int64(): "q", pa.float64(): "d", pa.timestamp("ms", "UTC"): "q"}


def table(schema: pa.Schema, columns: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """The columns as one batch of that schema. Values are texts, whole numbers (milliseconds for times), numbers, booleans,
    or None."""
    return pa.record_batch([column(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema)


def column(values: Sequence[Any], type: pa.DataType) -> pa.Array:
    """One column: texts (UTF-8, less than 2 GiB together), booleans, or numbers of a type that is in _CODES."""
    present = None if None not in values else _bits([value is not None for value in values])
    if type == pa.string():
        encoded = [b"" if value is None else value.encode() for value in values]
        offsets = array("i", accumulate(map(len, encoded), initial=0))
        return pa.Array.from_buffers(type, len(values), [present, pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))])
    if type == pa.bool_():
        return pa.Array.from_buffers(type, len(values), [present, _bits(values)])
    filled = values if present is None else [0 if value is None else value for value in values]
    return pa.Array.from_buffers(type, len(values), [present, pa.py_buffer(array(_CODES[type], filled))])


def _bits(flags: Sequence[Any]) -> pa.Buffer:
    """One bit for each value, the lowest first, as Arrow keeps them."""
    whole = bytearray((len(flags) + 7) // 8)
    for number, flag in enumerate(flags):
        if flag:
            whole[number >> 3] |= 1 << (number & 7)
    return pa.py_buffer(bytes(whole))
