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


TEN_THOUSANDS = [
    ("120000", "したがって、ジョッシュの利益は12万ドルです。"),
    ("120000", "よって、利益は12万円である。"),
    ("120000", "したがって、合計で12万円を支払います。"),
    ("120000", "所以，利润为12万美元。"),
    ("120000", "因此，他一共赚了12万元。"),
    ("35000", "因此，总人数是3.5万人。"),
    ("350000000", "所以总价为3.5亿元。"),
    ("120000", "따라서 이익은 12만 달러입니다."),
    ("120000", "따라서 총 12만 원입니다."),
    ("120000", "因此，12万元。"),
    ("120000", "答案是12万元。"),
    ("120000", "利益は12万ドルです。"),
]

NOT_SO_MANY = [
    ("12", "したがって、ジョッシュの利益は12万ドルです。"),
    ("12", "所以，利润为12万美元。"),
    ("12", "因此，他一共赚了12万元。"),
    ("12", "따라서 이익은 12만 달러입니다."),
    ("1200000", "所以，利润为12万美元。"),
    ("120000", "所以，利润不是12万美元。"),
    ("120000", "所以，利润至少为12万美元。"),
    ("120000", "したがって、利益は12万ドルではありません。"),
    ("120000", "したがって、利益は12万ドル以上です。"),
    ("120000", "所以，利润为12万或13万美元。"),
    ("3.5", "因此，总人数是3.5万人。"),
    ("120000", "所以，利润为12万5千元。"),
    ("120000", "所以，利润为1亿12万元。"),
    ("120000", "따라서 이익은 12만 달러가 아닙니다."),
    ("120000", "따라서 이익은 12만 달러 이상입니다."),
    ("120000", "如果利润是12万元，则矛盾。"),
]


@pytest.mark.parametrize(("gold", "text"), TEN_THOUSANDS)
def test_ten_thousands_are_read_with_what_they_count(gold, text):
    assert paid(f"12 + 5 = 17。\n\n{text}", gold)


@pytest.mark.parametrize(("gold", "text"), NOT_SO_MANY)
def test_and_no_other_number_is(gold, text):
    assert not paid(f"12 + 5 = 17。\n\n{text}", gold)
