"""What the offline half offers. What a name needs is loaded when the name is first asked for."""

from .clusters import score_dataset
from .headings import Headings, find_headings
from .judging import PREFIX, RowScorer, as_one_reward, score_one, scored_keys
from .rates import PassRates, ProblemRate, Rate, pass_at_k, pass_rates
from .rows import score_rows

__all__ = [
    "PREFIX",
    "Headings",
    "PassRates",
    "ProblemRate",
    "Rate",
    "RowScorer",
    "as_one_reward",
    "find_headings",
    "pass_at_k",
    "pass_rates",
    "score_dataset",
    "score_one",
    "score_rows",
    "scored_keys",
]
