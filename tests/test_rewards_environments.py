"""The reward of an environment: what it says is the score, and what is none."""

from __future__ import annotations

import functools
import json
import math
import pickle

import pytest

from grpo_rewards import FromEnvironment, OptionError, RewardWarning, ScoreError, check_answer
from grpo_rewards.testing import assert_reward_contract

NESTED = functools.reduce(lambda inner, _: [inner], range(5_000), 1)


class Game:
    """As TRL's environments are: of the user's, and used again."""

    def __init__(self, score):
        self.score = score
        self.board = {"a": 1}
        self.inner = self

    def reset(self, **row):
        del row

    def twice(self):
        return 2 * self.score

    def reset_to(self, board):
        self.board = board

    def by_keyword(self, *, factor=1, **more):
        return factor * self.score


class Other:
    pass


class TestEnvironment:
    @pytest.mark.parametrize(
        ("attribute", "score", "expected"),
        [
            ("score", 3, 3.0),
            ("score", True, 1.0),
            ("score", False, 0.0),
            ("score", None, None),
            ("twice", 0.5, 1.0),
            ("inner.inner.score", 3, 3.0),
        ],
    )
    def test_what_it_says(self, attribute, score, expected):
        reward = FromEnvironment(attribute=attribute)
        assert reward(["x"], environments=[Game(score)]) == [expected]

    def test_arrays_of_one_number(self):
        numpy = pytest.importorskip("numpy")
        reward = FromEnvironment(attribute="score")
        environments = [Game(numpy.float32(0.5)), Game(numpy.array(2))]
        assert reward(["x", "y"], environments=environments) == [0.5, 2.0]

    def test_of_several_kinds_the_others_have_no_opinion(self):
        reward = FromEnvironment(attribute="score")
        assert reward(["x", "y"], environments=[Other(), Game(1)]) == [None, 1.0]

    @pytest.mark.parametrize(
        "score", ["3", math.nan, math.inf, {}, [1], 10**400, 10**5_000, NESTED], ids=type
    )
    def test_what_is_no_score_raises(self, score):
        with pytest.raises(ScoreError, match="finite number"):
            FromEnvironment(attribute="score")(["x"], environments=[Game(score)])

    def test_arrays_of_several_numbers_are_no_score(self):
        numpy = pytest.importorskip("numpy")
        with pytest.raises(ScoreError, match="finite number"):
            FromEnvironment(attribute="score")(["x"], environments=[Game(numpy.ones(2))])

    @pytest.mark.parametrize("attribute", ["reset_to", "inner.reset_to"])
    def test_a_method_that_takes_arguments_is_named(self, attribute):
        with pytest.raises(ScoreError, match=f"{attribute} takes arguments"):
            FromEnvironment(attribute=attribute)(["x"], environments=[Game(1)])

    def test_arguments_with_defaults_are_none_that_are_needed(self):
        assert FromEnvironment(attribute="by_keyword")(["x"], environments=[Game(3)]) == [3.0]

    def test_a_function_that_does_not_say_what_it_takes_is_called(self):
        assert FromEnvironment(attribute="score")(["x"], environments=[Game(int)]) == [0.0]

    def test_an_error_of_the_environment_comes_through(self):
        class Broken:
            def score(self):
                raise KeyError("ours")

        with pytest.raises(KeyError, match="ours"):
            FromEnvironment(attribute="score")(["x"], environments=[Broken()])

    def test_a_trainer_without_environments_is_told_so(self):
        with pytest.warns(RewardWarning, match="environment_factory"):
            assert FromEnvironment(attribute="score")(["x"], prompts=["p"]) == [None]

    def test_it_is_named_after_the_attribute(self):
        assert FromEnvironment(attribute="inner.score").__name__ == "environment_inner_score"
        assert FromEnvironment(attribute="score", name="won").__name__ == "won"

    def test_rows_keep_their_environments_when_a_batch_is_cut(self):
        reward = FromEnvironment(attribute="score") + 0 * check_answer
        scores = reward(["x", "y"], environments=[Game(1), Game(2)], answer=["1", "2"])
        assert scores == [1.0, 2.0]

    @pytest.mark.filterwarnings("ignore::grpo_rewards.RewardWarning")
    def test_it_keeps_the_contract(self):
        assert_reward_contract(FromEnvironment(attribute="score"), answer=["42", "43"])

    def test_it_pickles_and_shows_what_it_is(self):
        reward = FromEnvironment(attribute="score")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert eval(repr(reward), {"FromEnvironment": FromEnvironment}) == reward  # noqa: S307 (it is ours)

    def test_what_it_says_can_be_logged(self):
        outcome = FromEnvironment(attribute="score").explain("So.")
        json.dumps(outcome.as_dict())
        assert outcome.reason

    @pytest.mark.parametrize("attribute", ["", "_secret", "a..b", 3])
    def test_attributes_that_cannot_be(self, attribute):
        with pytest.raises(OptionError, match="write the name of an attribute"):
            FromEnvironment(attribute=attribute)

    def test_names_that_cannot_be(self):
        with pytest.raises(OptionError, match="write a name"):
            FromEnvironment(attribute="score", name=3)
