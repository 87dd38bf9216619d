"""A roster is taken whole, in the columns of any platform, or refused with everything that is wrong with it."""

import pytest
from rosters import read

from coursekit.errors import BadInput
from coursekit.gradebook.collect.roster import read_roster


def test_our_own_columns():
    """id and name are needed; the rest may be there."""
    person = read("id,name,email,lms_id,login,section,Tutor\n7,Zoë,z@x.org,11,zo,A,Ms Ray\n").people[0]

    assert (person.id, person.name, person.email, person.lms_id, person.login, person.section) == ("7", "Zoë", "z@x.org", "11", "zo", "A")
    assert person.original["Tutor"] == "Ms Ray"


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
