"""Names, roles, fault, gender and region are balanced over the cases; the table is printed with `pytest -s`."""

from collections import Counter

import coursekit
from coursekit.content import location

LIBRARY = coursekit.load(location.root() / "exercises")

# Case: whose doing the trouble is mostly, and the gender of the person who acts worst on the client's side.
# "both" where the deal or a misunderstanding is to blame; "-" where nobody on that side acts badly.
TABLE = {
    "spa": ("client", "m"),
    "brandt": ("both", "m"),
    "whitmoor": ("supplier", "-"),
    "kestrel": ("client", "m"),
    "bluefjord": ("supplier", "m"),
    "okafor": ("client", "m"),
    "corner-chair": ("client", "f"),
    "bright-lane": ("client", "f"),
    "delmont": ("client", "m"),
    "rowan-mill": ("supplier", "-"),
    "vesta": ("client", "m"),
    "clarion": ("client", "f"),
    "nordlys": ("both", "-"),
    "brightsteps": ("nobody", "f"),
    "brightsteps-flat": ("nobody", "f"),
    "meridian": ("client", "m"),
    "harbour-strength": ("supplier", "-"),
    "keyline": ("client", "f"),
    "norvane-extract": ("both", "m"),
    "hale": ("nobody", "f"),
}


def share(values, of):
    """The share of a value among all."""
    return Counter(values)[of] / len(values)


def test_the_table_names_every_case():
    """A new case has to be put into the table, and so into the balance."""
    assert set(TABLE) == set(LIBRARY.cases)


def test_fault_gender_and_region_keep_their_bounds():
    """The supplier is at fault in a fifth or more, no gender acts badly in over two thirds, no country has a third."""
    for name, row in TABLE.items():
        print(
            f"{LIBRARY.cases[name].code:5} {name:18} {LIBRARY.cases[name].country:6} fault: {row[0]:9} worst on the client's side: {row[1]}"
        )
    faults, genders = zip(*TABLE.values(), strict=True)
    acting = [gender for gender in genders if gender != "-"]
    countries = [case.country for case in LIBRARY.cases.values()]

    assert share(faults, "supplier") >= 0.2
    assert share(faults, "client") <= 0.6
    assert 1 / 3 <= share(acting, "m") <= 2 / 3
    assert max(Counter(countries).values()) <= len(countries) / 3
    assert len(set(countries)) >= 8


def test_no_two_cases_share_a_full_name():
    """A reader who met somebody in one case does not meet the name again in another."""
    names = [
        person.name for name, case in LIBRARY.cases.items() for person in case.person if name not in ("brightsteps-flat", "bright-lane")
    ]

    assert [name for name, times in Counter(names).items() if times > 1 and " " in name] == []
