"""A roster is taken whole, in the columns of any platform, or refused with everything that is wrong with it."""

import pytest

from coursekit.errors import BadInput
from coursekit.gradebook.collect.roster import read_roster, roster
from coursekit.gradebook.csv_files import parse

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Quiz (77),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,10,(read only)
"O'Neill, Zoë",101,s1,zoe@x.org,A,,
"=""=1+1, Bo""",102,s2,bo,A and B,7,70
"Student, Test",999,,,A,,
'''
MOODLE = "First name,Last name,ID number,Institution,Department,Email address,Assignment: Quiz (Real)\nZoë,O'Neill,7,,,zoe@x.org,-\n"
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (grade)\nParticipant 4711,Zoë O'Neill,zoe@x.org,,,10,-\n"
)
BLACKBOARD = """\
"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\t"Quiz [Total Pts: 10 Score] |55"
"O'Neill"\tZoë\tzo1\t7\tYes\t
"""


def read(text, encoding="utf-8"):
    return roster(parse(text.encode(encoding), "r.csv"), "r.csv")


def test_our_own_columns():
    """id and name are needed; the rest may be there."""
    person = read("id,name,email,lms_id,login,section,Tutor\n7,Zoë,z@x.org,11,zo,A,Ms Ray\n").people[0]

    assert (person.id, person.name, person.email, person.lms_id, person.login, person.section) == ("7", "Zoë", "z@x.org", "11", "zo", "A")
    assert person.original["Tutor"] == "Ms Ray"


def test_canvas():
    """The rows that are no learners are passed over; the original cells are kept; a name that Canvas wrote as a formula is read."""
    given = read(CANVAS)

    assert [(one.id, one.name, one.lms_id, one.email) for one in given.people] == [
        ("s1", "O'Neill, Zoë", "101", "zoe@x.org"),
        ("s2", "=1+1, Bo", "102", ""),
    ]
    assert (given.format, given.id_column, given.points["Quiz (77)"]) == ("canvas", "SIS User ID", "10")
    assert given.people[1].original["Student"] == '="=1+1, Bo"'


def test_canvas_in_two_columns_and_another_language():
    """LastName and FirstName may stand apart, and the row of points is known by its missing ID."""
    given = read("LastName,FirstName,ID,SIS Login ID,Section,Quiz (77)\n    Punkte,,,,,10\nO'Neill,Zoë,101,zo,A,\nStudent,Test,9,,A,\n")

    assert [(one.id, one.name) for one in given.people] == [("101", "Zoë O'Neill")]


def test_canvas_without_sis_ids_for_all():
    """One column of ids serves everybody: the first that has no gap."""
    given = read("Student,ID,SIS User ID,SIS Login ID,Section\nAnn,1,s1,a,\nBo,2,,b,\n")

    assert (given.id_column, [one.id for one in given.people]) == ("ID", ["1", "2"])


def test_moodle():
    """The gradebook's export; where nobody has an ID number, the address names people."""
    assert [(p.id, p.name, p.email, p.lms_id) for p in read(MOODLE).people] == [("7", "Zoë O'Neill", "zoe@x.org", "")]
    assert read(MOODLE.replace(",7,", ",,")).people[0].id == "zoe@x.org"
    assert read(MOODLE.replace("Last name", "Surname")).people[0].name == "Zoë O'Neill"


def test_moodles_grading_worksheet():
    """It alone has the number that stands in a download's paths."""
    person = read(WORKSHEET).people[0]

    assert (person.id, person.name, person.lms_id) == ("zoe@x.org", "Zoë O'Neill", "4711")


def test_blackboard():
    """Tabs and quotes, the username for a login."""
    person = read(BLACKBOARD, "utf-16").people[0]

    assert (person.id, person.name, person.login) == ("7", "Zoë O'Neill", "zo1")
    assert "Quiz [Total Pts: 10 Score] |55" in person.original


def test_a_guessed_encoding_is_known():
    """Whoever collects is told that accents may be wrong."""
    assert read("id,name\n1,Zoë\n", "cp1252").guessed == "Windows-1252"


REFUSED = {
    "no column of names": ("id,mail\n1,x\n", ["columns are not those of a roster: id, mail"]),
    "nobody": ("id,name\n", ["has nobody in it"]),
    "no id": ("id,name\n,Ann\n2,Bo\n", ["line 2: “id” is empty (Ann)"]),
    "an id twice": ("id,name\nA1,Ann\na1,Bo\n", ["line 2: “A1” stands more than once", "line 3: “a1” stands more than once"]),
    "a number twice": ("id,name,lms_id\n1,Ann,5\n2,Bo,5\n", ["line 3: “5” stands more than once in “lms_id”"]),
    "an id that a spreadsheet spoilt": ("id,name\n1.23457E+11,Ann\n", ["line 2: “1.23457E+11” is what a spreadsheet makes"]),
    "an id with what nobody sees": ("id,name\n1\u20602,Ann\n", ["cannot be an id"]),
    "several": ("id,name\n,Ann\n1,Bo\n1,Cy\n", ["line 2", "line 3", "line 4"]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_wrong_is_told_at_once(what):
    """Nothing of a roster with a mistake is used, and every mistake has its line."""
    text, told = REFUSED[what]
    with pytest.raises(BadInput) as caught:
        read(text)

    assert all(one in str(caught.value) for one in told)


def test_not_every_mistake_of_a_hopeless_file_is_told():
    """The first twenty say enough."""
    with pytest.raises(BadInput, match="and 80 more"):
        read("id,name\n" + ",Ann\n" * 100)


def test_it_is_read_from_a_file(tmp_path):
    """And named by its name."""
    (tmp_path / "class.csv").write_text("id,name\n,x\n")
    with pytest.raises(BadInput, match=r"class\.csv"):
        read_roster(tmp_path / "class.csv")
