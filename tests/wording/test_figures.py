"""Numbers as other languages write them: commas for decimals, dots that group thousands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import FREEFORM, CheckAnswer, compare

REWARD = CheckAnswer(format=FREEFORM)


def paid(text, gold):
    return REWARD([text], answer=[gold]) == [REWARD.correct]


@pytest.mark.parametrize(
    ("gold", "text"),
    [
        ("16000", "A resposta é US$ 16.000."),
        ("16000", "Portanto, ela paga R$ 16.000."),
        ("8350", "Antwort: Ute verdient 8.350 Dollar im Jahr."),
        ("8350", "Die Antwort ist 8.350 €."),
        ("1500", "Die Antwort lautet 1.500."),
        ("1234567", "La respuesta es 1.234.567."),
        ("250000", "Đáp án là 250.000 đồng."),
        ("70000", "Jawabannya adalah Rp 70.000."),
        ("8350", "La réponse est 8 350,00 $."),
        ("31", "La risposta è $ 31,00."),
        ("12.5", "Ответ: 12,5"),
        ("3.125", "Die Antwort ist 3.125."),
        ("16", "The answer is 16.000."),
        ("16", "The answer is $16.000."),
        ("16", "So it costs $16.000."),
        ("2.5", "La respuesta es 2.5 litros."),
    ],
)
def test_a_number_is_read_as_its_sentence_writes_it(gold, text):
    assert paid(text, gold)


@pytest.mark.parametrize(
    ("gold", "text"),
    [
        ("16000", "The answer is 16.000."),
        ("16000", "The answer is $16.000."),
        ("16", "A resposta é US$ 16.000."),
        ("3125", "Die Antwort ist 3.125."),
        ("3125", "The answer, or Antwort in German, is 3.125."),
        ("835000", "Die Antwort ist 8.350,00."),
        ("3100", "La risposta è $ 31,00."),
    ],
)
def test_and_not_as_another_language_would(gold, text):
    assert not paid(text, gold)


@given(number=st.integers(1_000, 10**9), cents=st.integers(0, 99))
def test_groups_parted_by_dots_and_decimals_by_a_comma(number, cents):
    english = f"{number:,}"
    gold = f"{number}.{cents:02}"
    for mark in (".", " ", "\u202f"):
        for text in ("{}", "{} €", "€ {}", "{} Euro"):
            written = text.format(f"{english.replace(',', mark)},{cents:02}")
            assert compare(gold, written), written
            assert not compare(f"{number + 1}.{cents:02}", written)
            assert not compare(f"{number}{cents:02}", written)
