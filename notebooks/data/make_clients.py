"""Make clients.csv: one year of a print studio with twenty invented clients, for the whale curve in 05_cost.ipynb.

Run it with `python notebooks/data/make_clients.py`; the same file comes out every time.
The seed was picked among several thousand because its curve is easy to read: large clients stand at both ends.
"""

import csv
import random
from pathlib import Path

SEED = 649
HOUR = 40  # € that an hour of handling costs the studio: calls, proofs, corrections, chasing
FILE = Path(__file__).with_name("clients.csv")
TRADES = (
    *("Bakery", "Festival", "Bike shop", "Museum", "Dentist", "Brewery", "Bookshop", "Theatre", "Garden centre", "Florist"),
    *("Travel agency", "Language school", "Toy maker", "Cinema", "Estate agent", "Hotel", "Pharmacy", "Ferry line"),
    *("Potter", "Furniture maker"),
)
COLUMNS = ("client", "revenue", "direct_cost", "hours", "handling_cost", "profit")


def clients(seed: int = SEED) -> list[tuple[str, int, int, int, int, int]]:
    """The rows, in the order of TRADES. Handling hours vary far more from client to client than direct cost does."""
    rng = random.Random(seed)
    rows = []
    for trade in TRADES:
        revenue = 100 * round(30 * 30 ** rng.random())
        direct_cost = 10 * round(revenue * (0.40 + 0.25 * rng.random()) / 10)
        hours = round(revenue / 100 * (0.35 + 1.1 * rng.random() ** 2)) + 5 + int(21 * rng.random())
        rows.append((trade, revenue, direct_cost, hours, HOUR * hours, revenue - direct_cost - HOUR * hours))
    return rows


def main(path: Path = FILE) -> None:
    """Write the rows to a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(clients())


if __name__ == "__main__":
    main()
