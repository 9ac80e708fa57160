"""Answers in words: SQuAD's measures and sacrebleu's, several references, no pay for listing."""

from __future__ import annotations

import pickle

import pytest
import sacrebleu
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards.rewards.text
from grpo_rewards import FREEFORM, CheckText, ColumnError, OptionError, check_text
from grpo_rewards.passages import bleu, chrf, exact_match, normalized, token_f1
from grpo_rewards.testing import assert_reward_contract, audit, audit_task

MEASURES = ("exact", "f1", "chrf", "chrf++", "bleu")


def laid_out(answer):
    return f"I recall it.<end_working_out><SOLUTION>{answer}</SOLUTION>"


def scored(answer, gold, **options):
    return CheckText(**options)([laid_out(answer)], answer=[gold])[0]


class TestMeasures:
    @pytest.mark.parametrize(
        ("gold", "answer", "same"),
        [
            ("The Beatles", "beatles", True),
            ("the U.S.", "US", True),
            ("an apple", "apple!", True),
            ("Eiffel-Tower", "eiffeltower", True),
            ("1,889", "1889", True),
            ("Paris", "Paris, France", False),
            ("The", "", False),
            ("The", "the", True),
            ("+", "-", False),
            ("", "", False),
            ("theater", "ter", False),
        ],
    )
    def test_exact_match(self, gold, answer, same):
        assert exact_match(gold, answer) is same

    @pytest.mark.parametrize(
        ("gold", "answer", "value"),
        [
            ("in 1889", "1889", 2 / 3),
            ("Eiffel Tower", "the tower of Eiffel", 0.8),
            ("Paris", "Rome", 0.0),
            ("1889", "1889 " * 3, 0.5),
            ("北京市", "北京", 0.8),
            ("The", "a", 0.0),
        ],
    )
    def test_token_f1(self, gold, answer, value):
        assert token_f1(gold, answer) == pytest.approx(value)

    @given(st.text(), st.text())
    def test_f1_is_a_share_and_symmetric(self, one, other):
        value = token_f1(one, other)
        assert 0 <= value <= 1
        if normalized(one) and normalized(other):
            assert value == pytest.approx(token_f1(other, one))

    @given(st.text(min_size=1).filter(lambda text: text.strip()))
    def test_a_text_agrees_with_itself(self, text):
        assert exact_match(text, text)
        assert token_f1(text, text) == 1.0

    @given(st.text(), st.text(min_size=1))
    def test_translation_is_measured_as_sacrebleu_does(self, answer, gold):
        assert chrf([gold], answer) == pytest.approx(
            sacrebleu.sentence_chrf(answer, [gold]).score / 100, abs=1e-9
        )
        assert bleu([gold], answer) == pytest.approx(
            min(sacrebleu.sentence_bleu(answer, [gold]).score / 100, 1), abs=1e-9
        )


class TestCheckText:
    def test_the_tiers(self):
        texts = [laid_out("Paris"), laid_out("Rome"), "Paris", laid_out(" ")]
        assert check_text(texts, answer=["Paris"] * 4) == [5.0, -2.5, -4.5, -4.5]

    @pytest.mark.parametrize(
        "gold",
        [
            ["Rome", "Paris"],
            {"text": ["Paris"], "answer_start": [3]},
            {"value": "Paris", "aliases": ["City of Light"]},
            {"aliases": ["Paris"], "value": "City of Light"},
            ["Paris", None],
        ],
    )
    def test_several_references(self, gold):
        assert scored("Paris", gold) == 5.0
        assert scored("Oslo", gold) == -2.5

    @pytest.mark.parametrize("measure", MEASURES)
    def test_each_measure_pays_the_gold_and_the_nearer_the_more(self, measure):
        gold = ["The cat sat on the mat yesterday."]
        scores = [
            scored(answer, gold, measure=measure)
            for answer in (
                gold[0],
                "The cat sat on some mat yesterday.",
                "A dog stood by the door.",
            )
        ]
        assert scores[0] == 5.0
        assert scores[0] > scores[1] >= scores[2]
        assert measure == "exact" or scores[1] > scores[2]

    @pytest.mark.parametrize("measure", MEASURES)
    @pytest.mark.parametrize(
        "answer",
        ["Paris " * 100, f"{', '.join(f'City{n}' for n in range(99))}, Paris", "x" * 100_000],
        ids=["often", "listed", "long"],
    )
    def test_listing_is_not_paid(self, measure, answer):
        assert scored(answer, "Paris", measure=measure) == -2.5

    @pytest.mark.parametrize(
        "answer", ["not Paris", "maybe Paris", "Paris or Rome", "Paris is wrong", "perhaps Paris"]
    )
    def test_what_is_taken_back_is_not_paid(self, answer):
        assert scored(answer, "Paris", measure="f1") == -2.5

    def test_a_gold_may_have_such_words_itself(self):
        gold = "to be or not to be"
        assert scored("or not to be", gold, measure="f1") > 0
        assert scored("To be, or not to be!", gold, measure="f1") == 5.0

    def test_from_a_value_on(self):
        assert scored("the tower", "Eiffel Tower", measure="f1") > 0
        assert scored("the tower", "Eiffel Tower", measure="f1", least=0.8) == -2.5

    @pytest.mark.parametrize("gold", [None, "", [], [None], {"text": []}])
    def test_a_row_without_a_gold_is_no_opinion(self, gold):
        assert scored("Paris", gold) is None

    def test_a_gold_that_is_no_text_raises(self):
        with pytest.raises(ColumnError, match="write a text"):
            scored("Paris", [["Paris"]])

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"measure": "rouge"}, "measure='rouge'"),
            ({"least": 2}, "least=2"),
            ({"gold": ""}, "gold=''"),
            ({"measure": "f1", "wrong": 0.5}, "wrong <= 0 < correct"),
        ],
    )
    def test_options_that_cannot_be(self, options, found):
        with pytest.raises(OptionError, match=found):
            CheckText(**options)

    def test_without_sacrebleu_it_says_what_to_install(self, monkeypatch):
        monkeypatch.setattr("grpo_rewards.passages.overlap.find_spec", lambda name: None)
        with pytest.raises(OptionError, match=r"pip install 'grpo-rewards\[text\]'"):
            CheckText(measure="bleu")
        assert CheckText(measure="f1")

    def test_it_is_a_value(self):
        reward = CheckText(measure="chrf", least=0.2, name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert eval(repr(reward), vars(grpo_rewards.rewards.text)) == reward  # noqa: S307
        assert repr(check_text) == "check_text"

    @pytest.mark.parametrize("measure", MEASURES)
    def test_the_contract(self, measure):
        texts = [laid_out("Paris"), laid_out("Rome"), "Oslo"]
        reward = CheckText(measure=measure, name=measure)
        assert_reward_contract(reward, completions=texts, answer=["Paris", "Paris", "Oslo"])

    @pytest.mark.parametrize("measure", MEASURES)
    @given(st.text(st.characters()))
    def test_no_text_raises(self, measure, text):
        assert CheckText(measure=measure, format=FREEFORM)([text], answer=["Paris"])[0] <= 5.0

    def test_the_audit_finds_nothing(self):
        report = audit(check_text, golds=["Paris", "Monday", "the derivative"])
        assert report.ok, report

    @pytest.mark.parametrize("measure", ["exact", "f1"])
    def test_the_audit_of_the_task_finds_nothing(self, measure):
        report = audit_task(
            CheckText(measure=measure),
            "text",
            right=["Eiffel Tower", "the Eiffel Tower."],
            wrong="Louvre",
            answer=["Eiffel Tower"],
        )
        assert report.ok, report


@pytest.mark.parametrize(
    ("gold", "answer"), [("5.5", "55"), ("-5", "5"), ("1/2", "12"), ("C++", "C"), ("2-3", "23")]
)
def test_marks_of_numbers_and_names_are_no_punctuation(gold, answer):
    text = "x<end_working_out><SOLUTION>{}</SOLUTION>"
    for measure in ("exact", "f1"):
        check = CheckText(measure=measure)
        texts = [text.format(answer), text.format(gold + ".")]
        assert check(texts, answer=[gold] * 2) == [-2.5, 5.0]
