"""What the tests of the server share."""

import sqlite3

import pytest


@pytest.fixture(autouse=True)
def every_database_is_closed(monkeypatch):
    """Jupyter's signatures are a database, and one left open is a fault. Python says so from 3.13 on, and only now and then."""
    opened, connect = [], sqlite3.connect

    def connected(*args, **named):
        opened.append(connect(*args, **named))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", connected)
    yield
    assert [database for database in opened if _is_open(database)] == []


def _is_open(database):
    try:
        return database.total_changes >= 0
    except sqlite3.ProgrammingError:  # closed
        return False
