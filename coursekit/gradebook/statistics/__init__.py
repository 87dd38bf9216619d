"""How the questions worked, and what a group learnt."""

from .item_statistics import read, scores

__all__ = ["read", "scores"]
