"""How far a translation agrees with references: chrF and BLEU, by the `sacrebleu` library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

__all__ = ["MissingMeasureError", "bleu", "chrf", "require_sacrebleu"]


class MissingMeasureError(RuntimeError):
    """sacrebleu is not installed; it says what to install."""


def require_sacrebleu() -> None:
    """Raise where sacrebleu is missing."""
    if find_spec("sacrebleu") is None:
        raise MissingMeasureError(
            "chrF and BLEU need sacrebleu, which is not installed: pip install 'grpo-rewards[text]'"
        )


def chrf(references: Sequence[str], answer: str, *, words: int = 0) -> float:
    """ChrF of an answer, from 0 to 1, the best of the references; with ``words=2`` chrF++.

    Example:
        >>> round(chrf(["The cat sat on the mat."], "The cat sat on a mat."), 2)
        0.66
    """
    require_sacrebleu()
    return _share(_chrf(words).sentence_score(answer, list(references)))


def bleu(references: Sequence[str], answer: str) -> float:
    """BLEU of an answer, from 0 to 1: of one sentence, so smoothed, by its effective order.

    Example:
        >>> round(bleu(["The cat sat on the mat."], "The cat sat on a mat."), 2)
        0.49
    """
    require_sacrebleu()
    return _share(_bleu().sentence_score(answer, list(references)))


def _share(score: Any) -> float:
    # A perfect one is 100.00000000000004.
    return min(max(float(score.score) / 100, 0.0), 1.0)


@lru_cache(maxsize=4)
def _chrf(words: int) -> Any:
    return import_module("sacrebleu.metrics").CHRF(word_order=words)


@lru_cache(maxsize=1)
def _bleu() -> Any:
    return import_module("sacrebleu.metrics").BLEU(effective_order=True)
