"""The rewards for length: values by hand, the papers' shapes, TRL's results, their options."""

from __future__ import annotations

import json
import math
import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import grpo_rewards
from grpo_rewards import CheckAnswer, ColumnError, OptionError, check_answer
from grpo_rewards.rewards import length as module
from grpo_rewards.rewards.length import CosineLength, LengthTarget, SoftOverlongPunishment

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
LENGTHS = st.integers(0, 300)
SCORES = st.floats(-10, 10)


def of_length(*lengths):
    """Token ids of completions with these lengths."""
    return [[7] * length for length in lengths]


def scores(reward, lengths, *, right=True, **columns):
    golds = ["42" if right else "43"] * len(lengths)
    return reward(
        [RIGHT] * len(lengths), completion_ids=of_length(*lengths), answer=golds, **columns
    )


def rebuilt(value):
    names = {**{name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}, **vars(module)}
    return eval(repr(value), names)  # noqa: S307 (a repr of ours, not a model's text)


class TestSoftOverlongPunishment:
    """Equation 13 of DAPO."""

    @pytest.mark.parametrize(
        ("length", "score"),
        [(0, 0.0), (80, 0.0), (81, -0.05), (85, -0.25), (90, -0.5), (100, -1.0), (101, -1.0)],
    )
    def test_values_by_hand(self, length, score):
        reward = SoftOverlongPunishment(max_length=100, cache=20)
        assert scores(reward, [length]) == [pytest.approx(score)]

    def test_the_paper_s_own_numbers(self):
        """Nothing up to 16384 tokens, half at 18432, all at 20480."""
        reward = SoftOverlongPunishment(max_length=20480, cache=4096)
        assert scores(reward, [16384, 18432, 20480]) == [0.0, -0.5, -1.0]

    def test_without_a_cache_only_what_is_too_long_is_punished(self):
        reward = SoftOverlongPunishment(max_length=100, cache=0)
        assert scores(reward, [0, 100, 101]) == [0.0, 0.0, -1.0]

    def test_a_cache_of_the_whole_length_punishes_from_the_first_token(self):
        reward = SoftOverlongPunishment(max_length=100, cache=100)
        assert scores(reward, [0, 1, 50]) == [0.0, -0.01, -0.5]

    @given(st.integers(1, 200), st.data())
    def test_longer_never_earns_more(self, max_length, data):
        cache = data.draw(st.integers(0, max_length))
        reward = SoftOverlongPunishment(max_length=max_length, cache=cache)
        lengths = sorted(data.draw(st.lists(LENGTHS, min_size=2)))
        earned = scores(reward, lengths)
        assert earned == sorted(earned, reverse=True)
        assert all(-1.0 <= score <= 0.0 for score in earned)

    def test_words_and_characters_are_counted_in_the_text(self):
        texts = ["one two three four", "一二三四"]
        for unit, expected in (("words", [-1.0, -1.0]), ("characters", [-1.0, -1.0])):
            reward = SoftOverlongPunishment(max_length=3, cache=0, unit=unit)
            assert reward(texts) == expected
        assert SoftOverlongPunishment(max_length=17, cache=0, unit="characters")(texts) == [-1.0, 0]

    def test_tokens_need_token_ids(self):
        reward = SoftOverlongPunishment(max_length=3, cache=0)
        with pytest.raises(ColumnError, match=r"completion_ids.*unit='words'"):
            reward(["text"])
        with pytest.raises(ColumnError, match="completion_ids has 2 entries for 1 completions"):
            reward(["text"], completion_ids=[[1], [2]])
        assert reward.explain("text", completion_ids=[1, 2, 3, 4]).score == -1.0

    @pytest.mark.train
    @given(st.integers(1, 200), st.lists(LENGTHS, min_size=1), st.data())
    def test_trl_says_the_same(self, max_length, lengths, data):
        trl = pytest.importorskip("trl.rewards")
        cache = data.draw(st.integers(0, max_length))
        theirs = trl.get_soft_overlong_punishment(max_length, cache)
        ours = SoftOverlongPunishment(max_length=max_length, cache=cache)
        assert scores(ours, lengths) == pytest.approx(theirs(completion_ids=of_length(*lengths)))


ENDS = st.tuples(SCORES, SCORES, SCORES, SCORES).map(sorted)


class TestCosineLength:
    """Section 4.2 of arXiv 2502.03373, clamped."""

    @pytest.mark.parametrize(
        ("length", "right", "score"),
        [
            (0, True, 1.0),
            (50, True, 0.75),
            (100, True, 0.5),
            (0, False, -1.0),
            (50, False, -0.75),
            (100, False, -0.5),
            # cos(pi / 3) is a half, so three quarters of the way from the long end.
            pytest.param(100 / 3, True, 0.875, id="a third"),
        ],
    )
    def test_values_by_hand(self, length, right, score):
        factor = 3
        reward = CosineLength(max_length=100 * factor)
        assert scores(reward, [round(length * factor)], right=right) == [pytest.approx(score)]

    @pytest.mark.parametrize("length", [101, 150, 200, 400, 100_000])
    def test_past_the_maximum_it_stays_at_the_long_end(self, length):
        """Where the usual code turns round, and pays 200 like 0."""
        reward = CosineLength(max_length=100)
        assert scores(reward, [length]) == [0.5]
        assert scores(reward, [length], right=False) == [-0.5]

    def test_the_paper_s_own_numbers(self):
        reward = CosineLength(
            max_length=14336,
            correct_short=2.0,
            correct_long=1.0,
            wrong_short=-10.0,
            wrong_long=0.0,
            exceeded=-10.0,
        )
        assert scores(reward, [0, 7168, 14336]) == pytest.approx([2.0, 1.5, 1.0])
        assert scores(reward, [0, 7168, 14336], right=False) == pytest.approx([-10.0, -5.0, -10.0])

    @given(ENDS, st.integers(1, 200), st.lists(LENGTHS, min_size=1), st.randoms())
    def test_wrong_never_earns_more_than_right(self, ends, max_length, lengths, rng):
        assume(ends[0] < ends[3])
        wrong, right = ends[:2], ends[2:]
        rng.shuffle(wrong)
        rng.shuffle(right)
        reward = CosineLength(
            max_length=max_length,
            wrong_short=wrong[0],
            wrong_long=wrong[1],
            correct_short=right[0],
            correct_long=right[1],
            exceeded=rng.choice([None, min(wrong)]),
        )
        earned = scores(reward, lengths), scores(reward, lengths, right=False)
        assert max(earned[1]) <= min(earned[0])
        assert all(ends[0] <= score <= ends[3] for both in earned for score in both)

    @given(st.lists(LENGTHS, min_size=2))
    def test_shorter_is_better_when_right_and_worse_when_wrong(self, lengths):
        reward = CosineLength(max_length=200)
        lengths = sorted(lengths)
        right, wrong = scores(reward, lengths), scores(reward, lengths, right=False)
        assert right == sorted(right, reverse=True)
        assert wrong == sorted(wrong)

    def test_no_opinion_on_what_is_right_is_no_opinion(self):
        reward = CosineLength(max_length=10)
        outcome = reward.explain(RIGHT, completion_ids=[1], answer=None)
        assert outcome.score is None
        assert "gold" in outcome.reason

    def test_what_is_right_another_reward_says(self):
        near = CosineLength(
            max_length=10, correctness=CheckAnswer(close=2.0, strict=False), above=1.5, unit="words"
        )
        text = "about<end_working_out><SOLUTION>100</SOLUTION>"
        assert near.explain(text, answer="95").details["right"]
        assert not near.explain(text, answer="50").details["right"]

    @pytest.mark.train
    @given(ENDS, st.integers(1, 200), st.lists(st.tuples(LENGTHS, st.booleans()), min_size=1))
    def test_trl_says_the_same(self, ends, max_length, rows):
        trl = pytest.importorskip("trl.rewards")
        pytest.importorskip("math_verify")
        assume(ends[0] < ends[3])
        theirs = trl.get_cosine_scaled_reward(max_length, *ends)
        ours = CosineLength(
            max_length=max_length,
            wrong_short=ends[0],
            wrong_long=ends[1],
            correct_long=ends[2],
            correct_short=ends[3],
            correctness=CheckAnswer(format=grpo_rewards.BOXED),
        )
        text = r"So it is \boxed{42}."
        ids = of_length(*(length for length, _ in rows))
        golds = ["$42$" if right else "$43$" for _, right in rows]
        messages = [[{"role": "assistant", "content": text}]] * len(rows)
        expected = theirs(messages, golds, ids)
        assert ours(messages, completion_ids=ids, solution=golds) == pytest.approx(expected)


class TestLengthTarget:
    """Equations 1 and 2 of L1."""

    @pytest.mark.parametrize(
        ("length", "right", "score"),
        [
            (1000, True, 1.0),
            (2000, True, 0.7),
            (0, True, 0.7),
            (1000, False, 0.0),
            (500, False, -0.15),
        ],
    )
    def test_exact_values_by_hand(self, length, right, score):
        assert scores(LengthTarget(target=1000), [length], right=right) == [pytest.approx(score)]

    @pytest.mark.parametrize(
        ("length", "right", "score"),
        [
            (1000, True, 0.5),
            (0, True, 0.8),
            (2000, True, 0.2),
            (5000, True, 0.0),
            (1000, False, 0.0),
            (9000, False, 0.0),
        ],
    )
    def test_max_values_by_hand(self, length, right, score):
        reward = LengthTarget(target=1000, mode="max")
        assert scores(reward, [length], right=right) == [pytest.approx(score)]

    def test_each_row_has_its_own_target(self):
        reward = LengthTarget(alpha=0.1)
        earned = scores(reward, [10, 10, 10], target_length=[10, 12, 5.0])
        assert earned == pytest.approx([1.0, 0.8, 0.5])

    def test_the_column_can_be_named(self):
        reward = LengthTarget(target="budget", alpha=0.1)
        assert scores(reward, [10], budget=[10]) == [1.0]
        with pytest.raises(ColumnError, match="'budget'"):
            scores(reward, [10], target_length=[10])

    @pytest.mark.parametrize("nothing", [None, math.nan])
    def test_a_row_without_a_target_is_no_opinion(self, nothing):
        assert scores(LengthTarget(), [10, 10], target_length=[nothing, 10]) == [None, 1.0]

    @pytest.mark.parametrize("value", [0, -5, 2.5, "512", True, [512], math.inf])
    def test_a_target_that_is_none_raises(self, value):
        with pytest.raises(ColumnError, match=r"'target_length'.*whole number"):
            scores(LengthTarget(), [10], target_length=[value])

    def test_no_opinion_on_what_is_right_is_no_opinion(self):
        assert LengthTarget(target=9).explain(RIGHT, completion_ids=[1], answer="").score is None

    @given(st.integers(1, 300), st.lists(LENGTHS, min_size=2), st.floats(0, 1))
    def test_max_falls_with_the_length_within_its_range(self, target, lengths, delta):
        reward = LengthTarget(target=target, mode="max", alpha=0.01, delta=delta)
        earned = scores(reward, sorted(lengths))
        assert earned == sorted(earned, reverse=True)
        assert all(0.0 <= score <= 1.0 for score in earned)
        assert set(scores(reward, lengths, right=False)) == {0.0}

    @given(st.integers(1, 300), LENGTHS, LENGTHS, st.booleans())
    def test_exact_pays_whoever_is_nearer(self, target, one, other, right):
        near, far = sorted((one, other), key=lambda length: abs(target - length))
        earned = scores(LengthTarget(target=target), [near, far], right=right)
        assert float(right) >= earned[0] >= earned[1]


SOFT = {"max_length": 100, "cache": 20}
WRONG_OPTIONS = [
    pytest.param(SoftOverlongPunishment, {**SOFT, "max_length": 0}, "max_length=0", id="0"),
    pytest.param(SoftOverlongPunishment, {**SOFT, "max_length": 1.5}, "max_length=1.5", id="1.5"),
    pytest.param(
        SoftOverlongPunishment, {**SOFT, "max_length": True}, "max_length=True", id="True"
    ),
    pytest.param(SoftOverlongPunishment, {**SOFT, "cache": -1}, "cache=-1", id="a negative cache"),
    pytest.param(SoftOverlongPunishment, {**SOFT, "cache": 101}, "lower cache", id="a large cache"),
    pytest.param(SoftOverlongPunishment, {**SOFT, "unit": "bytes"}, "unit='bytes'", id="a unit"),
    pytest.param(CosineLength, {"max_length": "9"}, "max_length='9'", id="a string"),
    pytest.param(CosineLength, {"wrong_long": 0.6}, "correct_long=0.5", id="wrong above right"),
    pytest.param(CosineLength, {"correct_short": -2.0}, "raise correct_short", id="right below"),
    pytest.param(CosineLength, {"exceeded": 0.9}, "exceeded=0.9", id="exceeding above right"),
    pytest.param(CosineLength, {"exceeded": -0.2}, "exceeded=-0.2", id="paid for exceeding"),
    pytest.param(CosineLength, {"wrong_short": math.nan}, "finite", id="nan"),
    pytest.param(
        CosineLength,
        {"correct_short": 0, "correct_long": 0, "wrong_short": 0, "wrong_long": 0},
        "say nothing",
        id="all the same",
    ),
    pytest.param(CosineLength, {"correctness": len}, "check_answer", id="no reward"),
    pytest.param(CosineLength, {"above": None}, "above=None", id="no bound"),
    pytest.param(LengthTarget, {"target": 0}, "target=0", id="no target"),
    pytest.param(LengthTarget, {"target": ""}, "target=''", id="no column"),
    pytest.param(LengthTarget, {"mode": "min"}, "mode='min'", id="a mode"),
    pytest.param(LengthTarget, {"alpha": 0}, "alpha=0", id="no slope"),
    pytest.param(LengthTarget, {"delta": 1.5}, "delta=1.5", id="delta"),
]


class TestOptions:
    """A wrong option raises when the reward is made."""

    @pytest.mark.parametrize(("kind", "options", "said"), WRONG_OPTIONS)
    def test_a_wrong_one_raises(self, kind, options, said):
        needed = {"max_length": 100} if kind is CosineLength else {}
        with pytest.raises(OptionError, match=said):
            kind(**{**needed, **options})

    @pytest.mark.parametrize("kind", [SoftOverlongPunishment, CosineLength])
    def test_the_length_has_no_default(self, kind):
        with pytest.raises(TypeError, match="max_length"):
            kind()

    @pytest.mark.parametrize(
        "reward",
        [
            SoftOverlongPunishment(**SOFT, unit="words"),
            CosineLength(max_length=9, exceeded=-1.0, correctness=check_answer, unit="characters"),
            LengthTarget(target=7, mode="max", name="short"),
        ],
        ids=lambda reward: reward.name,
    )
    def test_copies_are_equal_and_score_the_same(self, reward):
        for copy in (rebuilt(reward), pickle.loads(pickle.dumps(reward))):
            assert copy == reward
            assert hash(copy) == hash(reward)
            assert scores(copy, [3, 30]) == scores(reward, [3, 30])

    @given(st.text(st.characters()), st.sampled_from(["words", "characters"]))
    def test_no_text_raises(self, text, unit):
        for reward in (
            SoftOverlongPunishment(max_length=9, cache=3, unit=unit),
            CosineLength(max_length=9, unit=unit),
            LengthTarget(target=9, unit=unit),
        ):
            outcome = reward.explain(text, answer="42")
            assert type(outcome.score) is float
            assert outcome.reason
            json.dumps(outcome.details)
