"""What names an option in many languages: nouns before its label, sentences, headings below it."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, THINK_ANSWER, CheckAnswer, CheckChoice
from grpo_rewards.wording.option_names import EXAMPLES, option_named
from grpo_rewards.wording.vocabulary import rows

CITIES = ["Rome", "Paris", "Oslo", "Bern"]
PLACE = frozenset("②2２")
BEFORE = "Rome = 1, Oslo = 3.\n\n"


def pays(text, gold="B", layout=FREEFORM, options=CITIES):
    reward = CheckChoice(format=layout)
    columns = {"options": [options]} if options else {}
    return reward([text], answer=[gold], **columns)[0] == reward.correct


@pytest.mark.parametrize("row", rows("options"), ids=lambda row: row.language)
def test_a_noun_before_a_label_announces_nothing_and_takes_nothing_back(row):
    right = list(row.examples("B"))
    assert not [text for text in right for before in ("", BEFORE) if not pays(before + text)]
    assert not [text for text in row.examples("C") if pays(text)]
    tagged = [f"<think>r</think> <answer>{word} B</answer>" for word in row.words]
    assert not [text for text in tagged if not pays(text, layout=THINK_ANSWER)]


@pytest.mark.parametrize("row", rows("explains"), ids=lambda row: row.language)
@pytest.mark.parametrize("options", [CITIES, None], ids=["options", "letters"])
def test_a_heading_over_reasons_leaves_the_option_above_it(row, options):
    right = [text for said in ("B", "(B)", "B) Paris") for text in row.examples(said)]
    assert not [text for text in right if not pays(text, options=options)]
    assert not [text for text in row.examples("C") if pays(text, options=options)]
    back = [
        text.rpartition(word)[0] + f"{word}: No, it is C." for word in row.words for text in right
    ]
    assert not [text for text in back if pays(text, options=options)]


@pytest.mark.parametrize(("language", "examples"), EXAMPLES, ids=[each for each, _ in EXAMPLES])
def test_a_sentence_names_its_option(language, examples):
    for text in examples:
        assert pays(text)
        assert pays(BEFORE + text)
        # Of a place nothing is known where there are no options.
        assert pays(text, options=None) or not PLACE.isdisjoint(text)
        assert pays(f"<think>r</think> <answer>{text}</answer>", layout=THINK_ANSWER)
        assert not pays(text, gold="C")
        assert not pays(text, gold="A")


@pytest.mark.parametrize(("language", "examples"), EXAMPLES, ids=[each for each, _ in EXAMPLES])
def test_no_option_is_named_that_is_denied_or_doubted(language, examples):
    found = rows("denies", "hedges", language=language)
    wrong = [
        text
        for example in examples
        for label in ("B", "b", "②", "2번", "2番", "ب")
        if label in example
        for row in found
        for word in row.words
        for text in (
            example.replace(label, f"{word} {label}"),
            f"{example.rstrip('.。')} {word}",
            f"{word} {example}",
        )
    ]
    assert not [text for text in wrong if pays(text)]
    assert not [text for text in wrong if option_named(text)]


@pytest.mark.parametrize(("language", "examples"), EXAMPLES, ids=[each for each, _ in EXAMPLES])
def test_no_option_is_named_beside_another(language, examples):
    joined = [word for row in rows("rivals", language=language) for word in row.words]
    wrong = [
        example.replace(label, f"{label} {word} {other}")
        for example in examples
        for label, other in (("B", "C"), ("b", "c"), ("②", "③"), ("2번", "3번"), ("ب", "ج"))
        if label in example
        for word in joined
    ]
    assert not [text for text in wrong if pays(text)]


OTHER_LABELS = [row for row in rows("labels") if row.language != "en"]


def pays_words(text, gold="Victor Hugo"):
    reward = CheckAnswer(format=FREEFORM)
    return reward([text], answer=[gold])[0] == reward.correct


@pytest.mark.parametrize("row", OTHER_LABELS, ids=lambda row: row.language)
def test_a_few_words_stand_behind_a_label(row):
    right = [
        before + text
        for word in row.words
        for before in ("", BEFORE)
        for text in (f"{word}: Victor Hugo", f"**{word}:** Victor Hugo.", f"{word}：Victor Hugo")
    ]
    assert not [text for text in right if not pays_words(text)]
    found = rows("denies", "hedges", "wavers", language=row.language)
    wrong = [
        text
        for label in row.words
        for each in found
        for word in each.words
        for text in (f"{label}: {word} Victor Hugo", f"{label}: Victor Hugo {word}")
    ]
    wrong += [
        f"{label}: {text}"
        for label in row.words
        for text in ("Victor Hugo?", "Victor Hugo, Dumas", "Dumas", "Victor", "Victor Hugo / Dumas")
    ]
    assert not [text for text in wrong if pays_words(text)]


SCRIPTS = [
    ("أبجد", "الإجابة: {x}"),
    ("কখগঘ", "উত্তর: {x}"),
    ("कखगघ", "उत्तर: {x}"),
    ("กขคง", "คำตอบ: {x}"),
    ("אבגד", "תשובה: {x}"),
    (("الف", "ب", "ج", "د"), "پاسخ: {x}"),
    ("①②③④", "정답: {x}"),
    ("ⒶⒷⒸⒹ", "答え：{x}"),
]


@pytest.mark.parametrize(("letters", "sentence"), SCRIPTS, ids=[each[1] for each in SCRIPTS])
def test_a_label_may_be_written_in_another_script(letters, sentence):
    for place, letter in enumerate(letters):
        text = sentence.replace("{x}", letter)
        assert [gold for gold in "ABCD" if pays(text, gold=gold)] == ["ABCD"[place]]
        assert [gold for gold in "ABCD" if pays(letter, gold=gold)] == ["ABCD"[place]]
    two = " ".join(letters[1:3])
    assert not pays(sentence.replace("{x}", two))
    assert not pays(two)


PLACED = [
    ("2번", True),
    ("②번", True),
    ("② Paris", True),
    ("2. Paris", True),
    ("(2) Paris", True),
    ("2번 Paris", True),
    ("Bの「Paris」", True),
    ("B番", True),
    ("2", False),
    ("3번", False),
    ("③", False),
    ("2. Oslo", False),
    ("2번 Oslo", False),
    ("② Oslo", False),
    ("②③", False),
    ("②, ③", False),
    ("Bの「Oslo」", False),
    ("9번", False),
    ("0번", False),
]


@pytest.mark.parametrize(("said", "is_right"), PLACED)
def test_a_place_names_an_option_where_it_says_that_it_is_one(said, is_right):
    text = f"<think>r</think> <answer>{said}</answer>"
    assert pays(text, layout=THINK_ANSWER) is is_right
