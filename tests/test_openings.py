"""Texts that give their answer first, or walk over the options: what they give, and what not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import FREEFORM, CheckAnswer, CheckChoice
from grpo_rewards.responses.openings import LONGEST, first_of_all, walked

CITIES = ["Rome", "Paris", "Oslo", "Bern"]
TRUTHS = ["True", "False"]
NEWS = (
    "The paper says that the town has bought vaccines for all dogs, as it had promised in spring."
)


def chosen(text, options=CITIES):
    """The options that a response is paid for."""
    columns = {"options": [options] * 4} if options else {}
    scores = CheckChoice(format=FREEFORM)([text] * 4, answer=list("ABCD"), **columns)
    return "".join(label for label, score in zip("ABCD", scores, strict=True) if score == 5.0)


WALKED = [
    ("a: 誤り。b: 正しい。c: 誤り。d: 誤り。", "B"),
    ("A. 誤り。ローマは違う。\nB. 正しい。\nC. 誤り。\nD. 誤り。", "B"),
    ("b: 正しい。a: 誤り。c: 誤り。", "B"),
    ("a: 北にある。b: 正しい。川がある。c: 南にある。\nあなたはアシスタントです。", "B"),
    ("a: 誤り。b: 正しい。c: 誤り。\nしたがって、正解はcである。", "C"),
    ("a: 正しい。b: 正しい。c: 誤り。", ""),
    ("a: 誤り。b: 正しくない。c: 誤り。", ""),
    ("a: 誤り。b: 正しいとは言えない。c: 誤り。", ""),
    ("誤っているのはどれか。a: 誤り。b: 正しい。c: 誤り。", ""),
    ("a: 誤り。b: 正しい。", ""),
    ("a: 誤り。b: 正しい。c: 誤り。b: 誤り。", ""),
    ("a: 誤り。b: 誤り。c: 誤り。", ""),
]


@pytest.mark.parametrize(("text", "labels"), WALKED)
def test_the_one_option_that_is_called_right_is_the_answer(text, labels):
    assert chosen(text) == labels


FIRST = [
    (f"B. vaccines for dogs.\n{NEWS}", "B"),
    (f"C) vaccines for dogs\n\n{NEWS}", "C"),
    (f"B. vaccines for dogs?\n{NEWS}", ""),
    (f"B. vaccines for dogs.\nThat option is wrong. {NEWS}", ""),
    (f"B. vaccines for dogs.\nNo, wait. {NEWS}", ""),
    (f"B. vaccines for dogs.\n{NEWS} It may also be (C).", ""),
    (f"B. vaccines for dogs.\nC. vaccines for cats.\n{NEWS}", ""),
    (f"B. vaccines for dogs.\n{NEWS} Therefore, the answer is C.", "C"),
    ("B. vaccines for dogs.\nYes.", ""),
    ("B. vaccines for dogs.\n- one for each\n- and one for each cat in town.", ""),
    (f"A. The first thing to see is the date.\n{NEWS}", ""),
    (f"B. vaccines for dogs.\n{NEWS[:-1]}", ""),
]


@pytest.mark.parametrize(("text", "labels"), FIRST)
def test_an_option_may_stand_above_a_paragraph_of_prose(text, labels):
    assert chosen(text, None) == labels


JUDGED = [
    ('Therefore, the statement "Al is red" is true.\n\nI also see that Bo is blue.', "A"),
    ('He is. Therefore, the statement "Al is not red" would be false.\n\nBo is blue, too.', "B"),
    ('Thus, the claim that "Al is red" must be true.\n\nBo is blue.', "A"),
    ('Therefore, the statement "Al is red" is not true.\n\nBo is blue.', ""),
    ('Therefore, the statement "Al is red" is true.\n\nWait, Al is blue.', ""),
    ('Therefore, the statement "Al is red" is true.\n\nThat is wrong, as Al is blue.', ""),
    ('So the statement "Al is red" would be true if Bo were red.\n\nBo is blue.', ""),
    ('Therefore, the statement "Al is red" is true only for cats.\n\nBo is a dog.', ""),
    (
        'Therefore, the statement "p" is true.\n\nSo, the claim "q" is false.\n\nBo went by car.',
        "B",
    ),
]


@pytest.mark.parametrize(("text", "labels"), JUDGED)
def test_a_statement_that_was_judged_may_be_followed_by_a_note(text, labels):
    assert chosen(text, TRUTHS) == labels


ABOVE = [
    ("Paris\n\nExplanation: it stands on the Seine.", True),
    ("**Paris**\n\n**Begründung:** Dort steht der Turm.", True),
    ("Paris.\n\n### Explicación:\nAllí está la torre.", True),
    ("Paris\n\n説明：塔があります。", True),
    ("Paris\n\nExplanation: Wait times are the longest there.", True),
    ("Paris\n\nExplanation: wait, it is Oslo.", False),
    ("Paris\n\nBegründung: Nein, es ist Oslo.", False),
    ("Paris\n\nExplanation: That is wrong. It is Oslo.", False),
    ("Paris?\n\nExplanation: it stands on the Seine.", False),
    ("Not Paris\n\nExplanation: it stands on the Tiber.", False),
    ("Vielleicht Paris\n\nBegründung: Dort steht der Turm.", False),
    ("Paris oder Oslo\n\nBegründung: Dort steht der Turm.", False),
    ("Oslo\n\nExplanation: it is not Paris.", False),
    ("Paris\n\nExplanation: it has a tower. Therefore, the answer is Oslo.", False),
]


@pytest.mark.parametrize(("text", "is_right"), ABOVE)
def test_words_may_stand_above_their_explanation(text, is_right):
    reward = CheckAnswer(format=FREEFORM)
    assert (reward([text], answer=["Paris"])[0] == reward.correct) is is_right


NUMBER_FIRST = [
    ("1800 meters\nExplanation:  60 meters x 3 sprints x 3 times a week = 1800 meters", "1800"),
    ("42\nExplanation: 6 x 7 = 42", "42"),
    ("$42\nExplanation: He sells 6 cups at $7 each, so he earns $42.", "42"),
    ("42\n\nExplanation: 6 x 7 = 42.", "42"),
    ("42 apples\nExplanation: 40 apples + 2 apples = 42 apples.", "42"),
    ("42.\nReason: 84 / 2 = 42", "42"),
    ("**42**\n\n**Explanation:** 84 / 2 = 42", "42"),
    ("3.5\nExplanation: 7/2 = 3.5", "3.5"),
    ("42\nReasoning: half of 84 is 42.", "42"),
    ("1,800\nExplanation: 600 * 3 = 1800", "1800"),
    ("-5\nExplanation: 5 - 10 = -5", "-5"),
]
NUMBER_FIRST_NOT = [
    ("$16\nExplanation: She sells 9 eggs for $2 each. She makes $2 x 9, or $18, every day.", "16"),
    ("$450\nExplanation: Total = $400 + $60 = $460", "450"),
    ("42\nExplanation: 6 x 7 = 43", "42"),
    ("42\n\nExplanation: 6 x 7 = 43", "42"),
    ("42\nExplanation: No, it is 43.", "42"),
    ("42 or 43\nExplanation: 6 x 7 = 42", "42"),
    ("maybe 42\nExplanation: 6 x 7 = 42", "42"),
    ("not 42\nExplanation: 6 x 7 = 42", "42"),
    ("42\nExplanation: 6 x 7 = 42. But we add 1. 42 + 1 = 43", "42"),
    (
        "180\nExplanation: 60 x 3 = 180\nThen 180 x 0.7 = 126\nTotal: 60 + 180 + 126 = 366",
        "180",
    ),
    ("5\nExplanation: 5 - 10 = -5", "5"),
    ("42\n43\nExplanation: 6 x 7 = 42", "42"),
]


@pytest.mark.parametrize(("text", "gold"), NUMBER_FIRST)
def test_a_number_may_stand_above_the_reasons_that_come_to_it(text, gold):
    reward = CheckAnswer(format=FREEFORM)
    assert reward([text], answer=[gold])[0] == reward.correct


@pytest.mark.parametrize(("text", "gold"), NUMBER_FIRST_NOT)
def test_and_not_above_reasons_that_come_to_another(text, gold):
    reward = CheckAnswer(format=FREEFORM)
    assert reward([text], answer=[gold])[0] < reward.correct


TURNS = [
    (
        "正解はBです。\nあなたはアシスタントです。いつも丁寧に答えてください。",
        "B",
    ),
    ("The answer is B.\nYou are a helpful assistant. Say what 3 + 4 is.", "B"),
    ("A resposta é B.\n\nVocê é um assistente útil.", "B"),
    ("Die Antwort ist C.\nDu bist ein hilfreicher Assistent.", "C"),
    ("답은 B입니다.\n당신은 친절한 어시스턴트입니다.", "B"),
    ("答案是B。\n你是一个乐于助人的助手。", "B"),
    ("Hm.\nYou are a helpful assistant. The answer is C.", "C"),
]


@pytest.mark.parametrize(("text", "labels"), TURNS)
def test_a_prompt_behind_an_answer_is_no_part_of_it(text, labels):
    assert chosen(text) == labels


@given(st.text(alphabet='abcABC.:。、正しい誤り\n "statement', max_size=200))
def test_any_text_is_looked_through(text):
    for found in (first_of_all(text), walked(text)):
        assert found is None or found.answer


def test_a_long_text_is_left_alone():
    long = "a: 誤り。b: 正しい。c: 誤り。" + "x" * LONGEST
    assert walked(long) is None
    assert first_of_all(long) is None
