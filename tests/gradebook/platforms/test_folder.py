"""No platform: a table in columns of our own."""

from exported import written

from coursekit.gradebook.export import export


def test_its_table(out, title, points):
    """For everything else: who, the result, and the status of each."""
    export(out, "csv", out / "g.csv")

    rows = written(out / "g.csv")
    assert rows[0] == ["person", "name", "email", "lms_id", "login", "section", title, "of", "percent", "passed", "late", "status"]
    assert rows[1] == ["s1", "O'Neill, Zoë", "zoe@x.org", "101", "zo", "A", "9.5", points, "50", "yes", "0", "graded"]
    assert rows[3][6:] == ["", points, "", "", "0", "not handed in"]
