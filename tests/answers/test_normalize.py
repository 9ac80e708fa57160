"""Canonical texts: each rule of spelling applies to its example, and nothing is lost on the way."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import compare
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


@pytest.mark.parametrize(
    ("written", "canonical_text"),
    [
        (r"x \geq 1", r"x \ge 1"),
        (r"x \geqslant 1", r"x \ge 1"),
        (r"1, 2, \cdots", r"1, 2, \ldots"),
        (r"42\degree", r"42^\circ"),
        ("20€", "20 euros"),
        ("20 £", "20 sterling"),
        ("5~m", "5 m"),
        (r"5~\mathrm{m}", r"5 \mathrm{m}"),
        (r"\left.5\right.", "5"),
        (r"\left. x \right|", "x |"),
        (r"1 \tag{2}", "1"),
        (r"42 \underline{}", "42"),
        (r"42 \underline{ \hspace{1cm} }", "42"),
        (r"42 \overline{ }", "42"),
        (r"\underline{42}", "{42}"),
    ],
)
def test_what_a_rule_makes_of_it(written, canonical_text):
    assert canonical(written) == canonical_text


@pytest.mark.parametrize(
    ("gold", "other"),
    [("12", r"1 \tag{2}"), ("20 euros", "20 £"), ("x > 1", r"x \geq 1"), ("4", r"42 \underline{}")],
)
def test_no_rule_joins_what_differs(gold, other):
    assert not compare(gold, other)
