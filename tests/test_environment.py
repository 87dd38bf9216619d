"""environment.yml says the same as pyproject.toml; conda itself cannot be run everywhere."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
ELSEWHERE = {"matplotlib-base": "matplotlib"}  # conda's name for the same package without a window toolkit


def bounds(lines: list[str]) -> dict[str, str]:
    """{name: bound} of requirement lines such as "pandas>=2.2"."""
    split = (re.fullmatch(r"([a-z-]+)(>=[\d.]+)?", line).groups() for line in lines)
    return {ELSEWHERE.get(name, name): bound or "" for name, bound in split}


def test_environment_has_the_same_names_and_bounds():
    """Every dependency of pyproject.toml stands in environment.yml with the same lower bound, and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    listed = re.findall(r"^ +- ([a-z][a-z0-9-]*(?:>=[\d.]+)?)$", (ROOT / "environment.yml").read_text(), re.M)
    channels, extra = {"conda-forge", "nodefaults"}, {"pip": "", "python": project["requires-python"], "nbval": ">=0.11"}

    expected = bounds(project["dependencies"]) | extra

    assert bounds([line for line in listed if line not in channels]) == expected
