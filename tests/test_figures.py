"""Figures that had to be typed are worked out again: those in prose, in pictures, and those copied from elsewhere."""

import csv
import json
import re
import runpy
from xml.etree import ElementTree

import pytest

from coursekit.content import location
from coursekit.content.library import load
from coursekit.model.expressions import evaluate, expand
from coursekit.model.figures import Figure

NOTEBOOKS = location.root() / "notebooks"
LIBRARY = load(location.root() / "exercises")

# What several texts use, worked out in this order from the figures of the case.
DERIVED = {
    "spa": {
        "slots": "places * slots_per_place",
        "open_slots": "(places - places_asked) * slots_per_place",
        "squeezed_day": "regular_slots_day - open_slots",
        "squeezed": "squeezed_day * days_asked",
        "closed": "places_asked * slots_per_place * days_asked",
        "lost": "squeezed - resold_slots_week",
        "slots_cost": "hotel_slots_week * hotel_slot_cost",
        "contract": "guarantee_week - slots_cost",
        "asked": "contract - squeezed * regular_contribution",
        "offer": "contract - lost * regular_contribution",
        "turn": "round(100 * (1 - offer / contract), 1)",
        "if_80": "0.8 * offer",
        "fewer": "contract - (squeezed - 10) * regular_contribution",
        "refusing": "contract * (1 - 0.43)",
        "walk_away": "round(refusing, -1)",
        "room": "(offer - walk_away) // regular_contribution",
    },
    "vesta": {"to_come": "words - words_done"},
    "": {},
}

# notebook or picture, case, and text that must stand there, with each figure as an expression in {= }.
PROSE = [
    ("05_cost", "", "a fixed fee of €{= 3000} and {= 50} planned hours looks like €{= 3000 / 50} an hour"),
    ("05_cost", "", "With ten more hours of calls and corrections it earns €{= 3000 / (50 + 10)}."),
    ("05_cost", "", "€{= 2000}, {= 30} days late, at {= 9} %: €{= 2000 * 9 / 100 * 30 / 365}."),
    ("05_cost", "", "With €{= 2500} open, €{= 7000} in the bank and €{= 5000} to pay"),
    ("05_cost", "", "it is {= 2500} + {= 7000 - 5000} = €{= 2500 + 7000 - 5000}."),
    ("05_cost", "spa", "leaves €{= contract} a week"),
    ("05_cost", "spa", "The hotel guarantees €{= guarantee_week}."),
    ("05_cost", "spa", "Its {= hotel_slots_week} slots cost Mary €{= hotel_slot_cost} each, so €{= slots_cost}."),
    ("05_cost", "spa", "{= guarantee_week} − {= slots_cost} = **{= contract}**"),
    ("05_cost", "spa", "there are {= slots} slots, and regulars use {= regular_slots_day}."),
    ("05_cost", "spa", "The other {= slots - regular_slots_day} are not theirs"),
    ("05_cost", "spa", "as long as {= regular_slots_day} stay open"),
    ("05_cost", "spa", "{= open_slots} slots are left for {= regular_slots_day} regulars"),
    ("05_cost", "spa", "{= squeezed_day} too few a day, **{= squeezed} a week**"),
    ("05_cost", "spa", "fill about {= guests_expected} of the {= closed} closed slots"),
    ("05_cost", "spa", "The other {= closed - guests_expected} stand empty, and {= squeezed} of them"),
    ("05_cost", "spa", "| A week | **{= contract}** |"),
    ("05_cost", "spa", "| {= contract} − {= squeezed} × {= regular_contribution} = **{= asked}** |"),
    ("05_cost", "spa", "| {= contract} − {= lost} × {= regular_contribution} = **{= offer}** |"),
    (
        "05_cost",
        "spa",
        "| Twelve months ({= weeks_year} weeks) | {= contract * weeks_year} | {= asked * weeks_year} | {= offer * weeks_year} | 0 |",
    ),
    ("05_cost", "spa", "It costs €{= contract - asked} of the €{= contract} each week"),
    ("05_cost", "spa", "and it costs €{= contract - offer}."),
    ("05_cost", "spa", "### Step 4: the choice turns at {= turn : .1f} %"),
    ("05_cost", "spa", "A plain no is worth {= contract} × the chance"),
    ("05_cost", "spa", "falls below the release offer's {= offer} when"),
    ("05_cost", "spa", "above 1 − {= offer} ÷ {= contract} = **{= turn : .1f} %**"),
    ("05_cost", "spa", "falls from {= contract} euros a week (KEEP)"),
    ("05_cost", "spa", "is level at {= offer}, and CHANGE as asked at {= asked}."),
    ("05_cost", "spa", "crosses the offer at a chance of {= turn : .1f} per cent"),
    ("05_cost", "spa", "the offer is worth 0.8 × {= offer} = {= if_80}"),
    ("05_cost", "spa", "up to 1 − {= if_80} ÷ {= contract} = {= 100 * (1 - if_80 / contract) : .1f} %"),
    ("05_cost", "spa", "*Will {= resold_slots_week} of {= squeezed} slots really be re-sold?*"),
    ("05_cost", "spa", "At 10 of {= squeezed} the offer leaves {= contract} − {= squeezed - 10} × {= regular_contribution} = €{= fewer}"),
    ("05_cost", "spa", "and the choice turns at {= 100 * (1 - fewer / contract)} %"),
    ("05_cost", "spa", "Mary's choice turns at {= turn : .1f} %"),
    ("06_limits_and_power", "spa", "below €{= walk_away} a week I refuse"),
    ("06_limits_and_power", "spa", "Below {= walk_away} she walks away; the request as asked, {= asked}, lies there."),
    ("06_limits_and_power", "spa", "From {= walk_away} to {= offer} is latitude"),
    ("06_limits_and_power", "spa", "From {= offer}, her offer, to {= contract}, the contract as signed"),
    (
        "06_limits_and_power",
        "spa",
        "the contract leaves **{= contract}** as signed, **{= asked}** as Rick asked, **{= offer}** with first access",
    ),
    ("06_limits_and_power", "spa", "she gets {= contract} or nothing"),
    ("06_limits_and_power", "spa", "refusing is worth {= contract} × the chance that the hotel stays"),
    ("06_limits_and_power", "spa", "| 10 % | {= contract * 0.9} |"),
    ("06_limits_and_power", "spa", "| {= turn : .1f} % | {= offer}: as much as her offer |"),
    ("06_limits_and_power", "spa", "| 43 % | about {= walk_away} |"),
    ("06_limits_and_power", "spa", "| {= 100 * (1 - asked / contract) : .1f} % | {= asked}: as much as the request as asked |"),
    ("06_limits_and_power", "spa", "on which side of {= turn : .1f} % she stands"),
    ("06_limits_and_power", "spa", "{= contract} × {= 1 - 0.43} is {= refusing}, so she takes **€{= walk_away}**"),
    ("06_limits_and_power", "spa", "from {= offer} down to {= walk_away} are €{= offer - walk_away}"),
    ("06_limits_and_power", "spa", "({= room} × {= regular_contribution} = {= room * regular_contribution})"),
    ("06_limits_and_power", "spa", "release {= release_hours} hours before"),
    ("06_limits_and_power", "spa", "her staff are to police | €{= walk_away} a week |"),
    ("06_limits_and_power", "spa", "her regulars fill {= regular_slots_day} of {= slots} slots"),
    ("06_limits_and_power", "spa", "€{= guarantee_week} a week is guaranteed"),
    ("02_triage", "", "*Of the flags*, {= 2} of {= 10} are a pattern: **{= 100 * 2 / 10} %**"),
    (
        "04_case_file",
        "",
        "200 − {= 2 * 30} − 0.2 × 3,000 ÷ 12 = 200 − {= 2 * 30} − {= 0.2 * 3000 / 12} = **€{= 200 - 2 * 30 - 0.2 * 3000 / 12} a month**",
    ),
    ("04_case_file", "", "(200 − {= 2 * 30}) × 12 ÷ 3,000 = **{= 100 * (200 - 2 * 30) * 12 / 3000} % a year**"),
    ("04_case_file", "vesta", "{= words} words at €{= price}, €{= words * price : .0f}, ten batches"),
    ("04_case_file", "vesta", "{= words_done} words delivered, €{= words_done * price : .0f} earned"),
    ("04_case_file", "vesta", "a word costs {= 100 * word_cost : .1f} cents: of the {= to_come} words to come"),
    ("04_case_file", "vesta", "7 cents would leave €{= to_come * (rival_price - word_cost) : .0f}"),
    ("04_case_file", "vesta", "and 11 cents €{= to_come * (price - word_cost) : .0f}."),
    ("04_case_file", "vesta", "at 7 cents, €{= words_done * (price - rival_price) : .0f} less"),
    ("images/cost-spa-flip.svg", "spa", "only below {= turn : .1f} %"),
    ("images/cost-spa-flip.svg", "spa", "from {= contract} euros at 0 per cent"),
    ("images/cost-spa-flip.svg", "spa", "is level at {= offer} euros, CHANGE as asked is level at {= asked}."),
    ("images/limit-zones.svg", "spa", "from 0 to {= contract} euros of contribution a week"),
    ("images/limit-zones.svg", "spa", "Below {= walk_away} she walks away; the request as asked, at {= asked}, lies there."),
    ("images/limit-zones.svg", "spa", "From {= offer} to {= contract} is what she will do"),
]

# exercise, its typed figure, the case it was taken from, and how.
COPIED = [
    ("cost/spa-and-vesta", "spa_contract", "spa", "contract"),
    ("cost/spa-and-vesta", "spa_accept", "spa", "asked"),
    ("cost/spa-and-vesta", "spa_release", "spa", "offer"),
    ("cost/spa-and-vesta", "spa_flip", "spa", "turn"),
    ("limits-and-power/third-of-the-spa-prep", "floor_week", "spa", "walk_away"),
    ("case-file/facts-agreed-or-disputed", "nordlys_consider", "nordlys", "consider_count"),
    ("case-file/facts-agreed-or-disputed", "nordlys_units", "nordlys", "units_cost"),
    ("case-file/facts-agreed-or-disputed", "nordlys_percent", "nordlys", "restocking_percent"),
    ("triage/misread-or-misreader", "nordlys_units", "nordlys", "units_cost"),
    ("triage/misread-or-misreader", "nordlys_restocking", "nordlys", "restocking_percent"),
]


def figures_of(case: str) -> dict[str, float]:
    """The figures of a case with those derived from them."""
    figures = dict(LIBRARY.case(case).figures) if case else {}
    for name, expression in DERIVED.get(case, {}).items():
        figures[name] = evaluate(expression, figures)
    return figures


def prose(place: str) -> str:
    """The Markdown of a notebook, or the words in a picture, with every stretch of white space as one space."""
    if place.endswith(".svg"):
        text = " ".join(ElementTree.parse(NOTEBOOKS / place).getroot().itertext())
    else:
        cells = json.loads((NOTEBOOKS / f"{place}.ipynb").read_text(encoding="utf-8"))["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"\s+", " ", text)


def whole(text: str) -> re.Pattern[str]:
    """Finds a text that is not the tail or the head of a longer number: 130 is not in 1,130."""
    return re.compile(rf"(?<![\d.,]){re.escape(text)}(?![.,]?\d)")


@pytest.mark.parametrize(("place", "case", "text"), PROSE, ids=[f"{place}: {text}" for place, _, text in PROSE])
def test_figures_in_prose(place, case, text):
    """What the page says is what its figures give today."""
    expected = expand(text, figures_of(case))

    assert whole(expected).search(prose(place)), f"“{expected}” does not stand in {place}"


@pytest.mark.parametrize(("exercise", "name", "case", "expression"), COPIED, ids=[f"{id} {name}" for id, name, *_ in COPIED])
def test_figures_copied_from_a_case(exercise, name, case, expression):
    """A figure that an exercise had to copy, since a case is not its own, is still that of the case."""
    assert LIBRARY[exercise].figures[name] == pytest.approx(evaluate(expression, figures_of(case)))


@pytest.fixture(scope="module")
def clients():
    """The clients of the print studio, the most profitable first: name and whole numbers."""
    with (NOTEBOOKS / "data" / "clients.csv").open(encoding="utf-8", newline="") as file:
        rows = [{key: value if key == "client" else int(value) for key, value in row.items()} for row in csv.DictReader(file)]
    return sorted(rows, key=lambda row: -row["profit"])


def margin(row):
    return row["revenue"] - row["direct_cost"]


WHALE = {
    "profit_at_the_top": lambda rows: sum(row["profit"] for row in rows if row["profit"] > 0),
    "profit_of_the_year": lambda rows: sum(row["profit"] for row in rows),
    "loss_makers": lambda rows: sum(row["profit"] < 0 for row in rows),
    "clients_in_all": len,
    "best_client": lambda rows: rows[0]["profit"],
    "margin_of_loss_makers": lambda rows: sum(margin(row) for row in rows if row["profit"] < 0),
    "loss_of_theatre": lambda rows: -rows[-1]["profit"],
    "hours_of_theatre": lambda rows: rows[-1]["hours"],
    "margin_of_theatre": lambda rows: margin(rows[-1]),
    "hour_cost": lambda rows: rows[-1]["handling_cost"] / rows[-1]["hours"],
}
INVENTED = {"resale"}  # belongs to the question and not to the data


@pytest.mark.parametrize("exercise", ["cost/whale-curve", "cost/whale-which-to-drop"])
def test_figures_from_the_data(clients, exercise):
    """Every figure of the two exercises on the whale curve comes from the file, and none is typed beside it."""
    given = [name for name, figure in LIBRARY[exercise].figures.table.items() if isinstance(figure, Figure)]
    figures = {name: LIBRARY[exercise].figures[name] for name in given if name not in INVENTED}

    assert figures == {name: WHALE[name](clients) for name in figures}


def test_the_data_come_from_their_script(tmp_path):
    """make_clients.py gives exactly the file that lies beside it."""
    script = runpy.run_path(str(NOTEBOOKS / "data" / "make_clients.py"))
    script["main"](tmp_path / "clients.csv")

    assert (tmp_path / "clients.csv").read_bytes() == (NOTEBOOKS / "data" / "clients.csv").read_bytes()


def test_words_about_the_data(clients):
    """What the page and the exercises say in words about the studio's clients holds for the file."""
    names, total = [row["client"] for row in clients], WHALE["profit_of_the_year"](clients)
    last, large = clients[-1], sorted(clients, key=lambda row: -row["revenue"])[:3]
    kept = margin(last) / LIBRARY["cost/whale-which-to-drop"].figures["resale"] / last["hours"]

    assert (len(names), names[0], names[-1]) == (20, "Hotel", "Theatre")  # "twenty invented clients", the two ends
    assert 0.63 < clients[0]["profit"] / total <= 2 / 3  # "about two thirds of the year's profit"
    assert {row["client"] for row in large} == {"Hotel", "Theatre", "Museum"}  # the large ones
    assert clients[names.index("Museum")]["profit"] / clients[names.index("Museum")]["revenue"] < 0.06  # "earns little"
    assert 0.6 < kept <= 2 / 3  # "nearly two of every three that come free"
    assert all(row["profit"] == margin(row) - 40 * row["hours"] for row in clients)  # "every hour … counted at €40"
