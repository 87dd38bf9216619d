"""The rows of the benchmarks' table: what | target | measured | met, and the figures that go into them."""

from collections.abc import Sequence
from statistics import median, quantiles

HEAD = "| what | target | measured | |\n|---|---|---|---|"


def row(what: str, measured: str, target: str = "", met: bool | None = None) -> None:
    """Print one row. Without a target it is there to be known, and nothing is met or missed."""
    print(f"| {what} | {target} | {measured} | {'' if met is None else 'met' if met else '**missed**'} |", flush=True)


def limited(what: str, value: float, limit: float, unit: str, decimals: int = 0, more: str = "") -> None:
    """Print a row whose value must not be above its limit; `more` is said behind the value."""
    row(what, f"{value:,.{decimals}f} {unit}{more}", f"≤ {limit:g} {unit}", value <= limit)


def p95(values: Sequence[float]) -> float:
    """The value that 19 of 20 stay below."""
    return quantiles(values, n=20, method="inclusive")[-1]


def spread(values: Sequence[float], decimals: int = 0) -> str:
    """How far the single measurements lie apart, to be set behind their median."""
    return f" (median of {len(values)}: {min(values):,.{decimals}f} to {max(values):,.{decimals}f})"


__all__ = ["HEAD", "limited", "median", "p95", "row", "spread"]
