"""What many languages call the right option before they say which one it is."""

from __future__ import annotations

import pytest
import regex

from grpo_rewards import FREEFORM, CheckChoice
from grpo_rewards.wording.option_names import option_named
from grpo_rewards.wording.right_options import EXAMPLES, lead
from grpo_rewards.wording.vocabulary import rows

CITIES = ["Rome", "Paris", "Oslo", "Bern"]
ABOVE = "Rome = 1, Oslo = 3.\n\n"
BEFORE = "Three of them are no capital of France. One is on the Seine. "
LEAD = regex.compile(rf"(?:{lead})(?:B|ข้อ B|odpowiedź B)\.?", regex.IGNORECASE)
BY_LANGUAGE = pytest.mark.parametrize(
    ("language", "examples"), EXAMPLES, ids=[each for each, _ in EXAMPLES]
)


def paid(*texts, gold="B", options=CITIES):
    reward = CheckChoice(format=FREEFORM)
    columns = {"options": [options] * len(texts)} if options else {}
    scores = reward(list(texts), answer=[gold] * len(texts), **columns)
    return [text for text, score in zip(texts, scores, strict=True) if score == reward.correct]


@BY_LANGUAGE
def test_each_word_names_the_option_behind_it(language, examples):
    assert [text for text in examples if not LEAD.fullmatch(text)] == []
    assert [text for text in examples if option_named(text) != "B"] == []


@BY_LANGUAGE
def test_it_stands_at_the_end_of_a_response(language, examples):
    said = examples[0]
    with_text = [said.replace("B", label, 1) for label in ("B) Paris", "(B) Paris", "**B**")]
    texts = [before + text for before in ("", ABOVE, BEFORE) for text in (said, *with_text)]
    assert paid(*texts) == texts
    assert paid(*texts, gold="C") == []
    assert paid(texts[0], texts[4], texts[8], options=None) == [texts[0], texts[4], texts[8]]
    wrong = [before + said.replace("B", "B) Oslo", 1) for before in ("", ABOVE, BEFORE)]
    assert paid(*wrong) == []


@BY_LANGUAGE
def test_no_option_is_named_that_is_denied_doubted_or_one_of_two(language, examples):
    said = examples[0].rstrip(".")
    denying = [word for row in rows("denies", "hedges", language=language) for word in row.words]
    joining = [word for row in rows("rivals", language=language) for word in row.words]
    wrong = [
        text
        for word in denying
        for text in (said.replace("B", f"{word} B"), f"{said} {word}", f"{word} {said}")
    ]
    wrong += [said.replace("B", f"B {word} C") for word in joining]
    wrong += [f"{said}, C", f"{said}?", f"{said}/C"]
    assert [text for text in wrong if option_named(text)] == []
    assert paid(*(BEFORE + text for text in wrong[:6] + wrong[-3:])) == []


BEHIND_A_LABEL = [
    "Odpowiedź: B. Paris",
    "Rätt svar är B. Paris.",
    "Правильный вариант: B. Paris",
]


@pytest.mark.parametrize("said", BEHIND_A_LABEL)
def test_a_full_stop_behind_a_label_ends_no_sentence(said):
    assert paid(BEFORE + said) == [BEFORE + said]
    assert paid(BEFORE + said.replace("Paris", "Oslo")) == []
    assert paid(BEFORE + said, gold="C") == []


ANNOUNCING = {row.language for row in rows("announces")}
# The first label of a language is its word for "answer", unless that announces; others sum up.
LABELS = {row.language: row.words[0] for row in rows("labels") if row.language not in ANNOUNCING}


@pytest.mark.parametrize("word", LABELS.values(), ids=LABELS)
def test_a_label_may_end_a_line_of_other_sentences(word):
    assert paid(f"{BEFORE}{word}: B") == [f"{BEFORE}{word}: B"]
    assert paid(f"{BEFORE}{word}: B, C") == []
