"""Rewards within a group: against their definitions, over whole and partial groups."""

from __future__ import annotations

import math
import pickle
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import (
    Batch,
    ColumnError,
    GroupDiversity,
    GroupLength,
    GroupRank,
    OptionError,
    RewardWarning,
    as_reward,
    check_answer,
    exact_format,
)
from grpo_rewards.testing import assert_reward_contract, audit_group

EVERY = [
    GroupLength(unit="words"),
    GroupLength(mode="lead", unit="characters"),
    GroupLength(mode="shortest", unit="words"),
    GroupRank(),
    GroupRank(of=exact_format),
    GroupDiversity(n=2),
]
every_reward = pytest.mark.parametrize("reward", EVERY, ids=repr)


def response(length, answer="42"):
    return f"It is{' so' * length}<end_working_out><SOLUTION>{answer}</SOLUTION>"


def said(completions):
    """Scores that the texts are: numbers, or nothing."""
    return [float(text) if text else None for text in completions]


stated = as_reward(said)
ROWS = st.lists(
    st.tuples(st.sampled_from("pqr"), st.integers(0, 5), st.sampled_from(["42", "41"])),
    min_size=1,
    max_size=24,
)


class TestGroups:
    """What is a group: equal prompts, ids, or runs of a known size."""

    @given(st.lists(st.sampled_from("pqr"), max_size=20))
    def test_every_row_is_in_one_group_of_its_prompt(self, prompts):
        groups = Batch(["x"] * len(prompts), prompts=prompts).groups()
        assert sorted(place for group in groups for place in group) == list(range(len(prompts)))
        assert [{prompts[place] for place in group} for group in groups] == [
            {prompt} for prompt in dict.fromkeys(prompts)
        ]

    def test_prompts_of_messages_and_ids(self):
        chats = [[{"role": "user", "content": text}] for text in ("a", "b", "a")]
        assert Batch(["x"] * 3, prompts=chats).groups() == [[0, 2], [1]]
        assert Batch(["x"] * 3, uid=[7, 8, 7]).groups(by="uid") == [[0, 2], [1]]

    def test_an_id_is_no_other_one_that_is_written_alike(self):
        assert Batch(["x"] * 4, uid=[None, "None", 1, "1"]).groups(by="uid") == [[0], [1], [2], [3]]

    def test_a_prompt_drawn_twice_is_two_groups_of_the_size(self):
        batch = Batch(["x"] * 6, prompts=["a", "a", "b", "b", "a", "a"])
        assert batch.groups() == [[0, 1, 4, 5], [2, 3]]
        assert batch.groups(size=2) == [[0, 1], [2, 3], [4, 5]]

    def test_without_prompts_there_are_none(self):
        with pytest.raises(ColumnError, match="no prompts"):
            Batch(["x"]).groups()


class TestEvery:
    @every_reward
    def test_it_keeps_the_contract(self, reward):
        """But for the order of the batch: what stands beside a completion is what it is about."""
        assert_reward_contract(reward, without=["order"], answer=["42", "43"])

    @every_reward
    @pytest.mark.filterwarnings("ignore::grpo_rewards.RewardWarning")
    @given(rows=ROWS, seed=st.randoms(use_true_random=False))
    def test_neither_order_nor_other_groups_matter(self, reward, rows, seed):
        def scores(some):
            prompts, lengths, answers = zip(*some, strict=True)
            texts = [response(*row) for row in zip(lengths, answers, strict=True)]
            return reward(texts, prompts=list(prompts), answer=["42"] * len(some))

        whole = scores(rows)
        places = list(range(len(rows)))
        seed.shuffle(places)
        assert scores([rows[place] for place in places]) == [whole[place] for place in places]
        mine = [place for place in places if rows[place][0] == rows[0][0]]
        assert scores([rows[place] for place in mine]) == [whole[place] for place in mine]

    @every_reward
    def test_it_pickles(self, reward):
        assert pickle.loads(pickle.dumps(reward)) == reward

    @every_reward
    def test_a_completion_alone_has_no_opinion(self, reward):
        with pytest.warns(RewardWarning, match="nothing to compare it with"):
            assert reward([response(1)], prompts=["p"], answer=["42"]) == [None]

    def test_a_part_of_a_group_has_no_opinion_and_says_so(self):
        reward = GroupRank(of=stated, group_size=4)
        with pytest.warns(RewardWarning, match=r"2 of the group's 4.*num_generations"):
            scores = reward(["1", "2", "3", "4", "1", "2"], prompts=["p"] * 4 + ["q"] * 2)
        assert scores == [-1.0, pytest.approx(-1 / 3), pytest.approx(1 / 3), 1.0, None, None]


class TestLength:
    @given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=2, max_size=8))
    def test_kimi_is_the_papers_formula(self, rows):
        texts = [response(length, "42" if right else "41") for length, right in rows]
        lengths = [len(text.split()) for text in texts]
        low, high = min(lengths), max(lengths)
        expected = []
        for length, (_, right) in zip(lengths, rows, strict=True):
            weight = 0.5 - (length - low) / (high - low) if high > low else 0.0
            expected.append(weight if right else min(0.0, weight))
        reward = GroupLength(unit="words")
        scores = reward(texts, prompts=["p"] * len(rows), answer=["42"] * len(rows))
        assert scores == pytest.approx(expected)

    def test_lead_is_the_papers_formula(self):
        texts = [response(length) for length in (1, 2, 6)] + [response(30, "41")]
        scores = GroupLength(mode="lead", alpha=0.5, unit="words")(
            texts, prompts=["p"] * 4, answer=["42"] * 4
        )
        lengths = [len(text.split()) for text in texts[:3]]
        mean = sum(lengths) / 3
        deviation = math.sqrt(sum((length - mean) ** 2 for length in lengths) / 3)
        expected = [math.exp(-0.5 * (length - mean) / (deviation + 1e-6)) for length in lengths]
        assert scores == pytest.approx([*expected, 0.0])

    def test_the_shortest_right_one_alone_is_paid(self):
        texts = [response(1, "41"), response(2), response(2), response(5)]
        reward = GroupLength(mode="shortest", unit="words")
        assert reward(texts, prompts=["p"] * 4, answer=["42"] * 4) == [0.0, 1.0, 1.0, 0.0]

    def test_lengths_are_of_the_token_ids(self):
        texts = [response(9), response(1)]
        scores = GroupLength()(
            texts, prompts=["p"] * 2, answer=["42"] * 2, completion_ids=[[1], [1, 2, 3]]
        )
        assert scores == [0.5, -0.5]


class TestRank:
    @given(st.lists(st.sampled_from(["", "0", "1", "2.5", "-3"]), min_size=2, max_size=10))
    def test_ranks_are_even_steps_and_cancel(self, texts):
        scores = GroupRank(of=stated)(texts, prompts=["p"] * len(texts))
        ranked = [(float(t), s) for t, s in zip(texts, scores, strict=True) if t and s is not None]
        assert all(-1 <= score <= 1 for _, score in ranked)
        assert sum(score for _, score in ranked) == pytest.approx(0)
        for value, score in ranked:
            for other, theirs in ranked:
                assert (value > other) == (score > theirs)


class TestDiversity:
    def test_wrong_ones_are_not_paid_for_being_different(self):
        texts = ["xyzzy " * 9, response(3), response(3)]
        scores = GroupDiversity()(texts, prompts=["p"] * 3, answer=["42"] * 3)
        assert scores == [0.0, 0.0, 0.0]

    def test_right_alone_is_as_different_as_can_be(self):
        texts = [response(3), response(3, "41")]
        assert GroupDiversity()(texts, prompts=["p"] * 2, answer=["42"] * 2) == [1.0, 0.0]


class TestWrongUse:
    @pytest.mark.parametrize(
        ("kind", "options"),
        [
            (GroupLength, {"mode": "short"}),
            (GroupLength, {"alpha": 0}),
            (GroupLength, {"unit": "bytes"}),
            (GroupLength, {"correctness": len}),
            (GroupLength, {"group_size": 1}),
            (GroupLength, {"by": ""}),
            (GroupRank, {"of": "check_answer"}),
            (GroupDiversity, {"n": 0}),
            (GroupDiversity, {"above": "0"}),
        ],
    )
    def test_options_that_cannot_be(self, kind, options):
        (value,) = options.values()
        with pytest.raises(OptionError, match=r"=|write"):
            kind(**options)
        assert value is not None

    def test_composed_with_what_it_builds_on_the_part_is_judged_once(self):
        calls = []

        def judge(completions):
            calls.append(len(completions))
            return [1.0] * len(completions)

        part = as_reward(judge)
        total = part + 0.1 * GroupLength(correctness=part, unit="words")
        total([response(1), response(2)], prompts=["p"] * 2)
        assert calls == [2]


def test_correctness_is_the_ready_made_one_by_default():
    assert GroupLength().parts == (check_answer,)


class TestExploits:
    """What a group's member must not earn for its company; see `group_exploits`."""

    GROUP: ClassVar = {
        "right": f"Six times seven is what I need, so I add it up.{response(0)}",
        "other_right": f"Half of eighty-four is easy to see, and that is it.{response(0)}",
        "wrong": f"Six and seven are what I need, so I add them.{response(0, '13')}",
        "answer": "42",
    }

    @every_reward
    def test_none_pays_beside_what_says_what_is_right(self, reward):
        report = audit_group(check_answer + 0.5 * reward, **self.GROUP)
        assert report.ok, str(report)
        assert len(report.rows) > 15

    @pytest.mark.parametrize("reward", EVERY[1:], ids=repr)
    def test_none_pays_alone(self, reward):
        assert audit_group(reward, **self.GROUP).ok

    def test_alone_the_formula_of_kimi_pays_what_is_short_and_wrong(self):
        """It only takes something off: 0 for that, and less for a right one that is long."""
        report = audit_group(EVERY[0], **self.GROUP)
        assert {row.kind for row in report.findings} == {"short and wrong", "crowd"}

    @pytest.mark.parametrize(
        ("pay", "kinds"),
        [
            (lambda texts: [float(len(text.split())) for text in texts],
             {"padded copy", "odd and wrong"}),
            (lambda texts: [float(len(texts) - texts.count(text)) for text in texts],
             {"disguised copy", "padded copy", "odd and wrong"}),
            (lambda texts: [-float(len(text)) for text in texts], {"short and wrong"}),
            (lambda texts: [float(texts.count(text)) for text in texts],
             {"short and wrong", "crowd"}),
        ],
        ids=["words", "differs", "short", "company"],
    )  # fmt: skip
    def test_a_reward_that_pays_for_them_is_found_out(self, pay, kinds):
        def reward(completions, **columns):
            return pay([completion[0]["content"] for completion in completions])

        report = audit_group(reward, **self.GROUP)
        assert kinds <= {row.kind for row in report.findings}

    @pytest.mark.filterwarnings("ignore::grpo_rewards.RewardWarning")
    @given(st.lists(st.sampled_from(["so", "it", "is", "then"]), min_size=1, max_size=9))
    def test_a_copy_with_words_around_it_is_no_other_response(self, said):
        text = f"{' '.join(said)} I work it out.{response(0)}"
        texts = [text, f"{'xyzzy ' * 50}{text}", text]
        scores = GroupDiversity()(texts, prompts=["p"] * 3, answer=["42"] * 3)
        assert scores == [0.0, 0.0, 0.0]
