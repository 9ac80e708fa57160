"""Canonical texts: each rule of spelling applies to its example, and nothing is lost on the way."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards.answers.notation import normalize
from grpo_rewards.answers.notation.normalize import canonical

RULES = [*normalize._LATEX_RULES, *normalize._RULES]


@pytest.mark.parametrize(("pattern", "needs", "example"), [(r[0], r[2], r[3]) for r in RULES])
def test_each_rule_applies_to_its_example(pattern, needs, example):
    """A rule matches the example beside it, and what is looked for first is in it."""
    assert regex.search(pattern, example)
    assert any(need in example for need in needs)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("５０％", "50%"),
        ("−5", "-5"),
        ("1½", "1 1/2"),
        ("x²", "x^{2}"),
        ("2√3", r"2\sqrt 3"),
        (r"$\left(\dfrac{1}{2},\, −3\right)$.", r"(\frac{1}{2}, -3)"),
        (r"\boxed{\text{42}}", "42"),
        ("**42**", "42"),
        ("1{,}000", "1,000"),
        (r"1\,000", "1000"),
        ("0.333...", r"\frac{1}{3}"),
        ("$20", "20 dollars"),
        ("negative 20", "-20"),
    ],
)
def test_spellings_are_folded(text, spelled):
    """Spellings of one thing come out the same."""
    assert canonical(text) == spelled


@given(st.text())
def test_any_text_has_a_canonical_spelling(text):
    """Nothing raises, and no white space is left at the ends."""
    spelled = canonical(text)
    assert spelled == spelled.strip()
