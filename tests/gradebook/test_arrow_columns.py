"""Python lists as Arrow columns: the same as pyarrow makes of them."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.gradebook.arrow_columns import column, table

VALUES = {
    pa.string(): st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    pa.bool_(): st.booleans(),
    pa.int16(): st.integers(-(2**15), 2**15 - 1),
    pa.int32(): st.integers(-(2**31), 2**31 - 1),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats(allow_nan=False),
}


@pytest.mark.parametrize("type", VALUES, ids=str)
@given(data=st.data())
def test_a_column_is_what_pyarrow_makes_of_it(type, data):
    """Any values, with and without None among them, and none at all."""
    values = data.draw(st.lists(st.none() | VALUES[type], max_size=30))

    made = column(values, type)

    made.validate(full=True)
    assert made.equals(pa.array(values, type))


def test_times_are_milliseconds():
    """A time is given as milliseconds since 1970."""
    (at,) = column([1_700_000_000_123], pa.timestamp("ms", "UTC")).cast(pa.int64()).to_pylist()

    assert at == 1_700_000_000_123


def test_a_table_has_its_schema():
    """One batch, column by column; an empty one too."""
    schema = pa.schema([("name", pa.string()), ("n", pa.int32())])

    assert table(schema, [("a", None), (1, 2)]).to_pylist() == [{"name": "a", "n": 1}, {"name": None, "n": 2}]
    assert table(schema, [(), ()]).num_rows == 0
