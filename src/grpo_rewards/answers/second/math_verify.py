"""Comparing with math-verify, by the configurations that others call it with; only in a worker.

Its own deadlines are off, because they need the main thread's signals: the worker's process has one.
"""

from __future__ import annotations

import logging
from typing import Any

from latex2sympy2_extended import NormalizationConfig
from math_verify import ExprExtractionConfig, LatexExtractionConfig, parse, verify

__all__ = ["WARM_UP", "same"]

logging.getLogger("math_verify").setLevel(logging.ERROR)  # it warns that its deadlines are off

_BOTH = (ExprExtractionConfig(), LatexExtractionConfig())
_OF_TRL = (
    LatexExtractionConfig(
        normalization_config=NormalizationConfig(units=True),
        boxed_match_priority=0,
        try_extract_without_anchor=False,
    ),
)

GOLD: dict[str, dict[str, Any]] = {
    "math-verify": {},
    "math-verify-trl": {},
    "math-verify-lighteval": {"extraction_config": _BOTH},
}
PREDICTION: dict[str, dict[str, Any]] = {
    "math-verify": {},
    # trl.rewards.accuracy_reward, TRL 1.15
    "math-verify-trl": {"extraction_config": _OF_TRL, "extraction_mode": "first_match"},
    # lighteval 0.13: pass@k and avg@n of mathematics, as for MATH-500 and AIME
    "math-verify-lighteval": {"extraction_config": _BOTH},
}
"""What `parse` is called with, by configuration; the rest are its defaults."""


def same(gold: str, prediction: str, configuration: str) -> bool | str:
    """Whether math-verify says that a prediction is the gold.

    Returns:
        ``"no gold"`` or ``"no answer"`` where it reads nothing in the one or in the other.
    """
    expected = parse(gold, parsing_timeout=None, **GOLD[configuration])
    if not expected:
        return "no gold"
    found = parse(prediction, parsing_timeout=None, **PREDICTION[configuration])
    if not found:
        return "no answer"
    return bool(verify(expected, found, timeout_seconds=None))


WARM_UP = [
    (rf"\boxed{{{gold}}}", rf"So it is \boxed{{{text}}}.", configuration)
    for configuration in GOLD
    for gold, text in (("1/2", "0.5"), ("x+1", "1+x"), (r"\sqrt{2}", "2"), ("(1,2)", "(1,3)"))
]
"""What makes it import and cache what almost every pair needs."""
