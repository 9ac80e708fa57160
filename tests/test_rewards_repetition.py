"""The repetition penalty: values by hand, a plain count of n-grams, TRL's results, long texts."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import ColumnError, OptionError
from grpo_rewards.rewards.repetition import RepetitionPenalty, repetition_penalty

FEW_IDS = st.lists(st.integers(0, 3), max_size=60)
SIZES = st.integers(1, 12)


def counted_plainly(values, n, worst):
    ngrams = [tuple(values[start : start + n]) for start in range(len(values) - n + 1)]
    return worst * (1 - len(set(ngrams)) / len(ngrams)) if ngrams else 0.0


class TestRepetitionPenalty:
    """The share of n-grams that occurred before."""

    @pytest.mark.parametrize(
        ("text", "score"),
        [
            pytest.param("", 0.0, id="empty"),
            pytest.param("no no", 0.0, id="shorter than an n-gram"),
            pytest.param("a b c d e", 0.0, id="no repetition"),
            pytest.param("a b c a b c", -1 / 4, id="one of four"),
            pytest.param("no no no no no", -2 / 3, id="one thing only"),
            pytest.param("No no NO no nO", -2 / 3, id="capital letters"),
            pytest.param("我们 我们我们", -1 / 2, id="characters of a script without spaces"),
            pytest.param("a b c.\n\na b\tc.", -1 / 4, id="white space"),
        ],
    )
    def test_values_by_hand(self, text, score):
        assert repetition_penalty([text]) == [pytest.approx(score)]

    def test_tokens_are_those_of_the_trainer(self):
        reward = RepetitionPenalty(n=2, unit="tokens", worst=-2.0)
        ids = [[1, 2, 3, 4], [5, 5, 5, 5, 5], [5]]
        assert reward([""] * 3, completion_ids=ids) == [0.0, -1.5, 0.0]
        with pytest.raises(ColumnError, match="completion_ids"):
            reward([""])

    def test_characters_show_what_has_no_white_space(self):
        text = "!" * 101
        assert repetition_penalty([text]) == [0.0]
        assert RepetitionPenalty(n=2, unit="characters")([text]) == [pytest.approx(-0.99)]

    @given(FEW_IDS, SIZES, st.floats(-5, -0.1))
    def test_it_is_what_counting_plainly_gives(self, ids, n, worst):
        reward = RepetitionPenalty(n=n, unit="tokens", worst=worst)
        assert reward([""], completion_ids=[ids]) == [pytest.approx(counted_plainly(ids, n, worst))]

    @given(st.text(st.characters()), SIZES, st.sampled_from(["words", "characters"]))
    def test_no_text_raises_and_the_score_is_bounded(self, text, n, unit):
        outcome = RepetitionPenalty(n=n, unit=unit).explain(text)
        assert -1.0 < outcome.score <= 0.0
        assert outcome.reason
        json.dumps(outcome.details)

    @given(st.lists(st.sampled_from("ab"), min_size=3).map(" ".join))
    def test_saying_all_of_it_again_costs_more(self, text):
        once, twice = repetition_penalty([text, f"{text} {text}"])
        assert twice < once or twice == once < 0

    def test_large_ngrams_in_long_texts_take_linear_time(self):
        """In n steps a word this would take minutes."""
        words = " ".join(str(number % 999) for number in range(300_000))
        (score,) = RepetitionPenalty(n=50_000)([words])
        assert score == pytest.approx(-1 + 999 / 250_001)

    @pytest.mark.train
    @given(st.lists(FEW_IDS, min_size=1), SIZES, st.floats(-5, -0.1))
    def test_trl_says_the_same(self, batch, n, worst):
        trl = pytest.importorskip("trl.rewards")
        theirs = trl.get_repetition_penalty_reward(n, worst)(batch)
        ours = RepetitionPenalty(n=n, unit="tokens", worst=worst)
        assert ours([""] * len(batch), completion_ids=batch) == pytest.approx(theirs)


class TestOptions:
    """A wrong option raises when the reward is made."""

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"n": 0}, "n=0"),
            ({"n": 2.0}, "n=2.0"),
            ({"worst": 0.0}, "worst=0.0"),
            ({"worst": 1.0}, "below 0"),
            ({"unit": "lines"}, "unit='lines'"),
        ],
        ids=str,
    )
    def test_a_wrong_one_raises(self, options, said):
        with pytest.raises(OptionError, match=said):
            RepetitionPenalty(**options)

    def test_the_ready_made_one_has_the_defaults(self):
        assert repetition_penalty == RepetitionPenalty(n=3, unit="words", worst=-1.0)
        assert pickle.loads(pickle.dumps(repetition_penalty)) == repetition_penalty
