"""An honest "I do not know": paid between right and wrong, alone, where the row allows it."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards.rewards.honesty
from grpo_rewards import (
    FREEFORM,
    Abstention,
    CheckAnswer,
    CheckText,
    ColumnError,
    OptionError,
    abstention,
    check_text,
    exact_format,
)
from grpo_rewards.testing import assert_reward_contract, audit, audit_task
from grpo_rewards.wording.abstaining import SENTENCES, abstains


def laid_out(answer):
    return f"I think.<end_working_out><SOLUTION>{answer}</SOLUTION>"


def scored(answer, gold="42", **options):
    return Abstention(**options)([laid_out(answer)], answer=[gold])[0]


class TestAbstains:
    @pytest.mark.parametrize(("language", "pattern", "example"), SENTENCES)
    def test_every_row_has_an_example(self, language, pattern, example):
        assert abstains(example), language
        assert abstains(f"{example}."), language

    @pytest.mark.parametrize(
        "text",
        [
            "I don't know",
            "I really do not know.",
            "I’m not sure.",
            "Sorry, I do not know the answer.",
            "I'm sorry, but I don't know the answer to this question.",
            "**I do not know.**",
            r"\boxed{\text{I don't know}}",
            "Unknown",
            "I cannot answer this question.",
            "The answer cannot be determined from the given information.",
            "There is not enough information provided to answer the question.",
            "I don't know. There is not enough information.",
            "I do not know. Sorry!",
            "我不知道。",
            "Ich weiß es nicht.",
        ],
    )
    def test_it_says_so(self, text):
        assert abstains(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            ".",
            "Sorry.",
            "42",
            "I do not know, but 42",
            "I do not know. 42",
            "42. I do not know.",
            "I am not sure, maybe 42",
            "I do not know if it is 42",
            "I know",
            "I don't know why, it is Paris",
            "I don't think so",
            "No",
            "unknown 42",
            "I know that I do not know",
            "you do not know",
            "I do not know. " * 200,
            "不知道，可能是42",
        ],
    )
    def test_it_does_not(self, text):
        assert not abstains(text)

    @given(st.text(st.characters()), st.sampled_from([example for *_, example in SENTENCES]))
    def test_nothing_may_stand_beside_it(self, text, example):
        if any(character.isalnum() for character in text):
            assert not abstains(f"{example} {text}") or abstains(text) or len(text) < 30
        assert abstains(text) in (True, False)

    @pytest.mark.parametrize(
        "piece", ["sorry, ", "but ", "I ", r"\boxed{", "know ", "the answer is "]
    )
    def test_a_repeated_piece_ends(self, piece):
        """A hang would end the test."""
        assert not abstains(piece * 20)
        assert not abstains(piece * 20_000)


class TestAbstention:
    def test_the_tiers(self):
        answers = ["42", "41", "I do not know.", "I do not know, but 42"]
        assert [scored(answer) for answer in answers] == [5.0, -2.5, 0.0, -2.5]
        assert abstention(["I do not know."], answer=["42"]) == [-4.5]

    def test_where_the_row_allows_it(self):
        reward = Abstention(allowed="hard", abstained=1.0)
        texts = [laid_out("I do not know.")] * 3
        assert reward(texts, answer=["42"] * 3, hard=[True, False, None]) == [1.0, -2.5, -2.5]

    def test_where_it_is_the_answer(self):
        assert scored("unknown", "unknown", correctness=CheckText()) == 5.0

    def test_a_row_without_a_gold_is_no_opinion(self):
        assert scored("I do not know.", None) is None

    def test_beside_reasoning_it_is_the_answer_that_counts(self):
        reward = Abstention(correctness=CheckAnswer(format=FREEFORM))
        assert reward.explain("I do not know.", answer="42").score == 0.0
        assert reward.explain(r"I do not know. \boxed{42}", answer="42").score != 0.0

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"abstained": 5.0}, "abstained=5.0"),
            ({"abstained": -2.5}, "abstained=-2.5"),
            ({"abstained": "half"}, "abstained='half'"),
            ({"correctness": exact_format}, "by tiers"),
            ({"allowed": ""}, "allowed=''"),
        ],
    )
    def test_options_that_cannot_be(self, options, found):
        with pytest.raises(OptionError, match=found):
            Abstention(**options)

    def test_a_column_without_truth_values_raises(self):
        with pytest.raises(ColumnError, match="'hard'"):
            Abstention(allowed="hard")([laid_out("42")], answer=["42"], hard=["yes"])

    def test_the_rate_is_logged(self):
        logged = {}
        texts = [laid_out("42"), laid_out("I do not know.")]
        abstention(texts, answer=["42"] * 2, log_metric=logged.__setitem__)
        assert logged["abstention/abstained"] == 0.5

    def test_it_is_a_value(self):
        reward = Abstention(correctness=CheckText(), abstained=1.0, allowed="hard", name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        names = {
            **vars(grpo_rewards.rewards.honesty),
            "check_text": check_text,
            "CheckText": CheckText,
        }
        assert eval(repr(reward), names) == reward  # noqa: S307
        assert repr(abstention) == "abstention"

    def test_the_contract(self):
        texts = [laid_out("42"), laid_out("I do not know."), "no"]
        assert_reward_contract(abstention, completions=texts, answer=["42"] * 3)

    def test_the_audit_finds_nothing(self):
        """What says only that it does not know earns its tier, and is no exploit."""
        report = audit(abstention, golds=["42", "1/2", "Paris"])
        assert [row for row in report.findings if row.score != 0.0] == []
        assert {row.name for row in report.findings} <= {"unknown", "no answer"}

    def test_the_audit_of_the_task_finds_nothing(self):
        report = audit_task(
            abstention, "abstention", right=["42", "I do not know."], wrong="41", answer="42"
        )
        assert report.ok, report
