"""No speed: how many answers carry the mark that a person would give, after few decisions on groups of similar answers.

    python benchmarks/grouping.py studentanswers_grades_698.tsv

The answers are those of Basu, Jacobs & Vanderwende 2013 ("Powergrading", TACL 1): 698 people, the ten questions that
three graders marked right or wrong. Their licence is for research and forbids passing them on, so they are not here:
Microsoft's download centre has them (id 52397, Powergrading-1.0-Corpus.zip).

A person's mark is what at least two of the three graders said. The simulated marker sees of a group what the page shows:
the typical answer and up to four others, those least like it. It marks the group as the typical one deserves, and each
of the other four that deserves another mark is pulled out, which costs an action. So an action is one decision, on a
group or on one answer. Groups come biggest first. An answer without a mark counts as not marked, never as right by luck.

Out of sample: for each question, the length of the runs and the cut are those that do best on the other nine, by the mean
of the shares after 10, 20 and 40 actions on a question and when all is marked. "100 actions" are the 100 biggest groups
of all ten questions.
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path
from statistics import mean

from table import HEAD, row

from coursekit.gradebook.marking.text_groups import CUT, NGRAMS, Text, groups, sample

QUESTIONS = ("1", "2", "3", "4", "5", "6", "7", "8", "13", "20")  # the others have no marks
BUDGETS = (100, 200, 400)
FIGURES = (0.915, 0.954, 0.962)  # character TF-IDF, as the issue that asked for this has them
RUNS = ((1, 3), (2, 3), (2, 4), (2, 5), (3, 5))
CUTS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
RESULT = Path(__file__).with_suffix(".json")

Settings = tuple[tuple[int, int], float]
Action = tuple[int, int]  # answers that it marks, and those of them that carry the mark of a person


class Question:
    """The answers to one question: how many gave each, and how many of these the graders found right."""

    def __init__(self, rows: list[dict[str, str]]):
        given = Counter(row["answer"] for row in rows)
        self.right = Counter(row["answer"] for row in rows if sum(int(row[grader]) for grader in ("G1", "G2", "G3")) >= 2)
        self.texts = {answer: Text(answer, rows[0]["Q#"], answer, count) for answer, count in given.items()}
        self.count = len(rows)

    def deserves(self, answer: str) -> bool:
        return 2 * self.right[answer] >= self.texts[answer].learners

    def agreeing(self, answers: list[str], mark: bool) -> int:
        """How many of these answers a person would mark so."""
        return sum(self.right[one] if mark else self.texts[one].learners - self.right[one] for one in answers)

    def actions(self, settings: Settings, look: bool = True) -> list[Action]:
        """All that the simulated marker does, the biggest group first; a pulled answer comes when its size has its turn."""
        done = []
        for group in groups(self.texts.values(), *settings):
            mark = self.deserves(group.keys[0])
            seen = sample(group.keys, self.texts) if look else group.keys[:1]
            pulled = [one for one in seen if self.deserves(one) != mark]
            rest = [one for one in group.keys if one not in pulled]
            done.append(self._action(rest, mark))
            done += [self._action([one], not mark) for one in pulled]
        return sorted(done, key=lambda action: -action[0])

    def _action(self, answers: list[str], mark: bool) -> Action:
        return sum(self.texts[one].learners for one in answers), self.agreeing(answers, mark)


def read(path: Path) -> dict[str, Question]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {number: Question([row for row in rows if row["Q#"] == number]) for number in QUESTIONS}


def share(actions: list[Action], budget: int | None, total: int) -> float:
    return sum(right for _, right in actions[:budget]) / total


def worth(question: Question, settings: Settings) -> float:
    """What the settings are chosen by."""
    actions = question.actions(settings)
    return mean(share(actions, budget, question.count) for budget in (10, 20, 40, None))


def pooled(questions: dict[str, Question], chosen: dict[str, Settings], look: bool) -> dict[str, float]:
    """The shares after each budget over all questions, and when all is marked, with the number of actions that takes."""
    actions = sorted((one for number, each in questions.items() for one in each.actions(chosen[number], look)), key=lambda one: -one[0])
    total = sum(question.count for question in questions.values())
    shares = {str(budget): round(share(actions, budget, total), 4) for budget in BUDGETS}
    return shares | {"all": round(share(actions, None, total), 4), "actions": len(actions)}


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    questions = read(Path(sys.argv[1]))
    grid = [(runs, cut) for runs in RUNS for cut in CUTS]
    table = {settings: {number: worth(question, settings) for number, question in questions.items()} for settings in grid}

    def best(without: str = "") -> Settings:
        return max(grid, key=lambda settings: mean(value for number, value in table[settings].items() if number != without))

    chosen = {number: best(without=number) for number in questions}
    repeats = dict.fromkeys(questions, ((2, 4), 0.0))
    found = {
        "out of sample, five answers of a group seen": pooled(questions, chosen, look=True),
        "out of sample, one answer of a group seen": pooled(questions, chosen, look=False),
        "repeats only": pooled(questions, repeats, look=False),
    }
    shipped = pooled(questions, dict.fromkeys(questions, (NGRAMS, CUT)), look=True)
    settings = {number: [*runs, cut] for number, (runs, cut) in chosen.items()}
    RESULT.write_text(
        json.dumps({"chosen": settings, "best on all ten": best(), "shipped (in sample)": shipped, **found}, indent=1) + "\n",
        encoding="utf-8",
    )
    print(HEAD)
    for place, budget in enumerate(BUDGETS):
        row(f"answers marked as a person would after {budget} actions; figure to compare", f"{FIGURES[place]:.3f}")
        for name, shares in found.items():
            row(f"— {name}", f"{shares[str(budget)]:.3f}")
    for name, shares in found.items():
        row(f"all 6,980 marked: {name}", f"{shares['all']:.3f} after {shares['actions']} actions")


if __name__ == "__main__":
    main()
