"""What every adapter does with a wrong name, and what it tells a user who does not look."""

from __future__ import annotations

import sys

import pytest
from rows import REWARD, RIGHT, laid_out

from grpo_rewards import (
    ColumnError,
    OptionError,
    RewardWarning,
    check_answer,
    exact_format,
)
from grpo_rewards.integrations.adapting import (
    field_of,
    gold_among,
    judge_sample,
    row_of,
    the_reward,
)
from grpo_rewards.integrations.areal import ArealReward
from grpo_rewards.integrations.inspect_ai import reward_scorer
from grpo_rewards.integrations.lighteval import reward_metric
from grpo_rewards.integrations.lm_eval import results_by
from grpo_rewards.integrations.nemo_gym import server_class, verified
from grpo_rewards.integrations.nemo_rl import environment_class as nemo_rl_class
from grpo_rewards.integrations.open_instruct import verifier_class
from grpo_rewards.integrations.openrlhf import openrlhf_reward
from grpo_rewards.integrations.rllm import rllm_evaluator
from grpo_rewards.integrations.skyrl_gym import environment_class
from grpo_rewards.integrations.slime import slime_reward
from grpo_rewards.integrations.swift import orm_class, register_orm
from grpo_rewards.integrations.verifiers import reward_rubric, task_reward
from grpo_rewards.integrations.verl import VerlReward, compute_score

ADAPTERS = (
    ArealReward,
    VerlReward,
    environment_class,
    nemo_rl_class,
    openrlhf_reward,
    orm_class,
    register_orm,
    results_by,
    reward_metric,
    reward_rubric,
    reward_scorer,
    rllm_evaluator,
    server_class,
    slime_reward,
    task_reward,
    verifier_class,
)
SOLUTION = "There are six rows of seven trees each, and six times seven is 42.\n#### 42"


def judge_all(reward, responses, *, gold):
    for response in responses:
        judge_sample(reward, response, gold=gold)


class TestNames:
    """A name that is nearly right is answered with the one that is meant."""

    @pytest.mark.parametrize(
        ("path", "found"),
        [
            ("grpo_rewards:check_answr", "grpo_rewards has no 'check_answr': did you mean check_"),
            ("grpo_rewards:checkanswer", "grpo_rewards has no 'checkanswer': write CheckAnswer"),
            ("grpo_rewards:accuracy_reward", "write check_answer"),
            ("grpo_rewards:check_answer()", "did you mean check_answer"),
            ("grpo_rewards:check_answer.nme", "grpo_rewards.check_answer has no 'nme': did you"),
            ("rows:REWARDS", "rows has no 'REWARDS': did you mean REWARD"),
            ("rows:ROW.RIGHT", "rows has no 'ROW'"),
            ("rwos:REWARD", "No module named 'rwos'; see that the module's name is right"),
            ("rows.inner:REWARD", "'rows' is not a package; see that"),
            ("rows.py:REWARD", "as in 'rows:REWARD'"),
            ("folder/rows.py:REWARD", "as in 'rows:REWARD'"),
            (r"folder\rows:REWARD", "as in 'rows:REWARD'"),
            ("grpo_rewards.check_answer", "write where to import it, as in 'my_rewards:total'"),
            ("check_answer", "write where to import it"),
            ("rows:", "write where to import it"),
            ("", "write where to import it"),
            ("..rows:REWARD", "cannot be imported"),
            ("rows:RIGHT", "is no reward"),
            ("grpo_rewards:CheckAnswer", "is a class of rewards: make one"),
        ],
    )
    def test_where_to_import_it(self, path, found):
        with pytest.raises(OptionError, match=found.replace("(", r"\(").replace(".", r"\.")):
            the_reward(path, framework="a trainer")

    def test_spaces_and_lists(self):
        assert the_reward(" rows : REWARD ", framework="a trainer") is REWARD
        both = the_reward(["grpo_rewards:exact_format", check_answer], framework="a trainer")
        assert both == exact_format + check_answer

    def test_a_dict_is_for_verl(self):
        with pytest.raises(OptionError, match="only verl takes a dict"):
            slime_reward({"math": check_answer})

    def test_what_fails_inside_a_users_module_is_shown(self, tmp_path, monkeypatch):
        (tmp_path / "my_own_rewards.py").write_text("from grpo_rewards import chek_answer\n")
        monkeypatch.syspath_prepend(tmp_path)
        with pytest.raises(OptionError, match="did you mean check_answer") as error:
            the_reward("my_own_rewards:total", framework="a trainer")
        assert "PYTHONPATH" not in str(error.value)
        assert "my_own_rewards" not in sys.modules

    @pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.__name__)
    def test_an_option_that_an_adapter_does_not_have(self, adapter):
        with pytest.raises(OptionError, match=rf"{adapter.__name__} has no option 'rewrad'"):
            adapter(rewrad=REWARD)

    @pytest.mark.parametrize("name", ["rewards", "rewrad", "reward_fn", "Reward", "path", "gold"])
    def test_what_verl_is_given_beside_the_reward(self, name):
        with pytest.raises(OptionError, match=f"reward_kwargs has no '{name}'"):
            compute_score("any", RIGHT.response, "42", {}, **{name: "rows:REWARD"})

    def test_what_verl_gives_beside_the_reward(self):
        beside = {"reward_router_address": "localhost:1", "reward_model_tokenizer": object()}
        said = compute_score("any", RIGHT.response, "42", {}, reward="rows:REWARD", **beside)
        assert said["score"] == RIGHT.score

    @pytest.mark.parametrize("reward", [None, check_answer, 3, {"a": {"b": "rows:REWARD"}}, ["a"]])
    def test_what_verl_cannot_be_given_as_the_reward(self, reward):
        with pytest.raises(OptionError, match=r"reward_kwargs\.reward="):
            compute_score("any", RIGHT.response, "42", {}, reward=reward)

    @pytest.mark.parametrize("option", ["gold", "prompt"])
    def test_a_field_that_a_document_does_not_have(self, option):
        doc = {"target": "42", "question": "What?"}
        meant = {"gold": ("traget", "target"), "prompt": ("questoin", "question")}[option]
        with pytest.raises(ColumnError, match=rf"no column '{meant[0]}'.*{option}='{meant[1]}'"):
            results_by(check_answer, **{option: meant[0]})(doc, [RIGHT.response])
        assert field_of(doc, meant[1], option=option) == doc[meant[1]]

    def test_a_gold_by_nearly_a_frameworks_name(self):
        with pytest.raises(ColumnError, match="mean 'expected_answer' by 'expected_anwser'"):
            verified(check_answer, RIGHT.response, {"expected_anwser": "42"})
        assert gold_among({"b": None, "a": "1"}, ("b", "a")) == "1"
        assert gold_among({"answer": None}, ("answer",)) is None
        assert gold_among({"level": 3}, ("answer", "ground_truth")) is ...


class TestTold:
    """A run of single samples says what a run of batches does."""

    def test_a_gold_that_is_a_worked_solution(self):
        with pytest.warns(RewardWarning, match="golds of column 'answer' are worked solutions"):
            compute_score("openai/gsm8k", RIGHT.response, SOLUTION, {})

    def test_a_gold_that_is_one_after_some_that_are_not(self):
        for number in range(3):
            judge_sample(check_answer, laid_out(str(number)), gold=str(number))
        with pytest.warns(RewardWarning, match="worked solutions"):
            judge_sample(check_answer, laid_out("42"), gold=SOLUTION)

    def test_a_gold_that_is_prose(self):
        with pytest.warns(RewardWarning, match="are prose"):
            judge_sample(check_answer, laid_out("42"), gold="and so on " * 20)

    @pytest.mark.parametrize("reward", [check_answer, exact_format, REWARD])
    def test_responses_in_another_layout(self, reward):
        with pytest.warns(RewardWarning, match=r"last 8 completions.*BOXED") as said:
            judge_all(reward, [r"It is \boxed{42}."] * 12, gold="42")
        assert len(said) == 1

    def test_no_gold_throughout(self):
        with pytest.warns(RewardWarning, match="had no opinion on any of the last 16 completions"):
            judge_all(check_answer, [RIGHT.response] * 16, gold=None)

    def test_a_reward_of_groups_that_has_none(self):
        from grpo_rewards import GroupLength

        with pytest.warns(RewardWarning, match="one completion of the group"):
            judge_sample(GroupLength(), RIGHT.response, gold="42", prompt="What?")

    @pytest.mark.filterwarnings("error")
    def test_ordinary_samples_say_nothing(self):
        for row in (RIGHT, RIGHT):
            judge_sample(REWARD, row.response, gold=row.gold, prompt="What is 6 * 7?")


class TestRows:
    """What a framework has beside a sample comes as it was stored."""

    @pytest.mark.parametrize("beside", [None, {}, "", " ", "null", "{}"])
    def test_nothing(self, beside):
        assert row_of(beside, name="info") == {}

    def test_json_in_a_table(self):
        assert row_of('{"other": "41"}', name="info") == {"other": "41"}

    @pytest.mark.parametrize("beside", ["x", "[1]", [1], 5, 10**5_000, "[" * 10_000], ids=type)
    def test_what_is_no_row(self, beside):
        with pytest.raises(ColumnError, match=r"extra_info is .*write a dict"):
            VerlReward(check_answer)("any", "42", "42", beside)
