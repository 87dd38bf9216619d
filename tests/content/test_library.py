"""The folder of exercises as typed objects."""

import pytest
from making import TINY

from coursekit.content.library import load
from coursekit.errors import UnknownCase, UnknownExercise, UnknownUnit
from coursekit.model.kinds import KINDS


def test_the_tiny_course_loads_whole(tiny):
    """Every file of the tiny course becomes an object, with one exercise of each kind and nothing to complain of."""
    assert tiny.problems == ()
    assert sorted(KINDS) == sorted(one.kind for one in tiny.values())
    assert (list(tiny.cases), list(tiny.units)) == (["bakery"], ["shop"])
    assert (list(tiny.misconceptions), list(tiny.elements)) == (["M01", "M02"], ["points.cost", "points.limits"])
    assert tiny.elements["points.cost"].framework == "points"


def test_a_library_is_a_mapping(tiny):
    """Ids in order, exercises by id, and those of one unit."""
    assert sorted(tiny) == list(tiny)
    assert len(tiny) == len(list(tiny)) == len(tiny.of_unit("shop"))
    assert "shop/what-counts" in tiny and "shop/nothing" not in tiny
    assert tiny["shop/what-counts"].unit == "shop"
    assert tiny.get("shop/nothing") is None


def test_figures_are_printed_in_every_text(tiny):
    """Texts of exercises and cases show the case's figures as people read them."""
    case, number = tiny.case("bakery"), tiny["shop/what-is-owed"]

    assert case.setting.strip() == "The bakery sends 6 trays at £14 each, six days a week."
    assert case.event[0].text == "The bill says 8 trays."
    assert number.quantity[0].why == "WHY-OWED: 6 trays at £14 each."
    assert number.quantity[0].key == "trays * price"
    assert number.figures == {"trays": 6, "billed_trays": 8, "price": 14, "oven": 1130}


def test_a_figure_changed_in_the_case_changes_key_and_text(course_copy):
    """A figure stands in one place: change it there, and prompt, reasons and key follow."""
    case = course_copy / "exercises/cases/bakery.toml"
    case.write_text(case.read_text(encoding="utf-8").replace("trays = 6", "trays = 5"), encoding="utf-8")
    one = load(course_copy / "exercises")["shop/what-is-owed"]

    assert one.quantity[0].why == "WHY-OWED: 5 trays at £14 each."
    assert one.samples().right[0] == {"owed": "70.000000", "share": "37.500000"}


@pytest.mark.parametrize(
    ("error", "look", "said"),
    [
        (
            UnknownExercise,
            lambda library: library["shop/what-count"],
            "there is no exercise “shop/what-count”; did you mean shop/what-counts",
        ),
        (UnknownExercise, lambda library: library["zzz"], "there is no exercise “zzz”"),
        (UnknownExercise, lambda library: library[""], "there is no exercise “”"),
        (UnknownExercise, lambda library: library[None], "there is no exercise “None”"),
        (UnknownCase, lambda library: library.case("bakry"), "there is no case “bakry”; did you mean bakery?"),
        (UnknownUnit, lambda library: library.unit("shops"), "there is no unit “shops”; did you mean shop?"),
    ],
)
def test_what_is_not_there(tiny, error, look, said):
    """An unknown name is said without quotes of Python's, with near names; it is a KeyError as well."""
    with pytest.raises(error) as caught:
        look(tiny)

    assert str(caught.value).startswith(said)
    assert isinstance(caught.value, KeyError)


@pytest.mark.parametrize(
    ("file", "look"),
    [
        ("shop/what-counts.toml", lambda library: library["shop/what-counts"]),
        ("cases/bakery.toml", lambda library: library.case("bakery")),
        ("shop/unit.toml", lambda library: library.unit("shop")),
    ],
)
def test_what_could_not_be_loaded_says_why(course_copy, file, look):
    """Asked for something whose file is bad, the library names the file's problem instead of near names."""
    (course_copy / "exercises" / file).write_text("x = ", encoding="utf-8")
    with pytest.raises(KeyError) as caught:
        look(load(course_copy / "exercises"))

    assert f"could not be loaded: exercises/{file}: is not valid TOML" in str(caught.value)


def test_the_problem_of_another_file_is_not_blamed(course_copy):
    """An id that only ends like a bad file's name is simply unknown."""
    (course_copy / "exercises/shop/what-counts.toml").write_text("x = ", encoding="utf-8")
    with pytest.raises(UnknownExercise) as caught:
        load(course_copy / "exercises")["counts"]

    assert "could not be loaded" not in str(caught.value)


def test_a_bad_case_takes_only_its_own_exercises(course_copy):
    """Without the case its exercises are named one a line; nothing is raised."""
    (course_copy / "exercises/cases/bakery.toml").write_text("code = 7", encoding="utf-8")
    library = load(course_copy / "exercises")

    assert len(library) == 0
    assert all(problem.rule == "there is no case “bakery” that could be loaded" for problem in library.problems if "shop/" in problem.file)


@pytest.mark.parametrize("folder", ["nowhere", "nowhere/at/all"])
def test_a_folder_that_is_not_there(tmp_path, folder):
    """A missing folder is one problem, not an exception."""
    (problem,) = load(tmp_path / folder).problems

    assert problem.rule == "there is no such folder"


def test_an_empty_folder(tmp_path):
    """An empty folder is an empty library."""
    assert (len(load(tmp_path)), load(tmp_path).problems) == (0, ())


def test_what_is_no_exercise_is_left_alone(course_copy):
    """Folders apart, hidden folders, other files, and a folder named like a file do not stop the loading."""
    exercises = course_copy / "exercises"
    for name in ("measure/drafts/x.toml", "assignments/x.toml", ".hidden/x.toml", "_drafts/x.toml"):
        (exercises / name).parent.mkdir(parents=True)
        (exercises / name).write_text("x = ", encoding="utf-8")
    (exercises / "shop/notes.txt").write_text("x", encoding="utf-8")
    (exercises / "shop/folder.toml").mkdir()
    library = load(exercises)

    assert set(load(TINY / "exercises")) == set(library)
    assert list(map(str, library.problems)) == ["exercises/shop/folder.toml: cannot be read: Is a directory. Check the file's permissions."]


def test_a_byte_order_mark_or_deep_nesting_is_a_problem_of_that_file(course_copy):
    """What trips the TOML reader itself is named like everything else."""
    shop = course_copy / "exercises/shop"
    (shop / "bom.toml").write_bytes(b"\xef\xbb\xbfkind = 'number'\n")
    (shop / "deep.toml").write_text("x = " + "[" * 20_000, encoding="utf-8")

    assert [problem.file for problem in load(course_copy / "exercises").problems] == ["exercises/shop/bom.toml", "exercises/shop/deep.toml"]


@pytest.mark.parametrize("digits", [400, 5000])
def test_a_number_beyond_all_numbers(course_copy, digits):
    """It is one problem of one file, and the rest loads."""
    path = course_copy / "exercises" / "shop" / "what-is-owed.toml"
    path.write_text(path.read_text() + f"\n[figures]\nhuge = {'9' * digits}\n")
    library = load(course_copy / "exercises")

    assert "shop/what-is-owed" not in library and "shop/answer-mr-abe" in library
    assert [problem.file for problem in library.problems] == ["exercises/shop/what-is-owed.toml"]
