"""Passages beside reference texts: measures of question answering and translation, quotations.

What an agreement is worth, the rewards say.
"""

from __future__ import annotations

from grpo_rewards.passages.overlap import MissingMeasureError, bleu, chrf
from grpo_rewards.passages.quotations import Quotation, citations, own_text, quotations
from grpo_rewards.passages.source_texts import Source
from grpo_rewards.passages.squad import exact_match, normalized, token_f1

__all__ = [
    "MissingMeasureError",
    "Quotation",
    "Source",
    "bleu",
    "chrf",
    "citations",
    "exact_match",
    "normalized",
    "own_text",
    "quotations",
    "token_f1",
]
