"""Misspelt names, and the one that was meant."""

from __future__ import annotations

import decimal
import importlib
import importlib.util
import pickle

import pytest

import grpo_rewards
from first_calls import PUBLIC, RIGHT, per_completion
from grpo_rewards import (
    BOXED,
    THINK_BOXED,
    CheckAnswer,
    CheckNumbers,
    ColumnError,
    CompletionError,
    CosineLength,
    ExactFormat,
    LengthTarget,
    OptionError,
    Policy,
    RepetitionPenalty,
    ResponseFormat,
    SoftOverlongPunishment,
    all_of,
    any_of,
    as_reward,
    by_column,
    check_answer,
    compare,
    exact_format,
    math_rewards,
    repetition_penalty,
    reward,
)


def trl_style(completions, **kwargs):
    """As TRL has them."""
    return [0.0 for _ in completions]


# Guesses --------------------------------------------------------------------------------------


def from_import(name):
    exec(f"from grpo_rewards import {name}")  # noqa: S102 (a name of the table below)


GUESSES = [
    # Options by other names.
    (lambda: CheckAnswer(column="x"), ["no option 'column'", "write gold="]),
    (lambda: CheckAnswer(gold_column="x"), ["write gold="]),
    (lambda: CheckAnswer(answer_column="x"), ["write gold="]),
    (lambda: CheckAnswer(solution="x"), ["write gold="]),
    (lambda: CheckAnswer(tags=("<a>", "</a>")), ["write format="]),
    (lambda: CheckAnswer(formt=BOXED), ["did you mean format="]),
    (lambda: CheckAnswer(tolerance=0.1), ["policy=Policy(relative_tolerance="]),
    (lambda: CheckAnswer(timeout=1), ["policy=Policy(deadline="]),
    (lambda: CheckAnswer(weight=2), ["multiply", "reward_weights"]),
    (lambda: CheckAnswer(digits=3), ["policy=Policy(digits=...)"]),
    (lambda: CheckNumbers(ordered_lists=True), ["policy=Policy(ordered_lists=...)"]),
    (lambda: compare("1", "1.0", tolerance=0.1), ["policy=Policy(relative_tolerance="]),
    (lambda: compare("1", "1.0", digits=4), ["policy=Policy(digits="]),
    (lambda: compare("1", "1.0", Policy(digits=4)), ["compare(policy="]),
    (lambda: CheckAnswer(correct_reward=2), ["write correct="]),
    (lambda: CheckAnswer(zzz=2), ["its options are", "gold_format"]),
    (lambda: ExactFormat(score=2), ["write exact="]),
    (lambda: SoftOverlongPunishment(max_completion_len=9, cache=2), ["write max_length="]),
    (lambda: SoftOverlongPunishment(max_length=9, soft_punish_cache=2), ["write cache="]),
    (SoftOverlongPunishment, ["needs max_length, cache", "max_length=..., cache=..."]),
    (lambda: RepetitionPenalty(ngram_size=3), ["write n="]),
    (lambda: RepetitionPenalty(max_penalty=-1.0), ["write worst="]),
    (lambda: CosineLength(max_len=9), ["write max_length="]),
    (lambda: CosineLength(max_length=9, min_value_wrong=0), ["write wrong_short="]),
    (lambda: CosineLength(max_length=9, gold="x"), ["correctness=CheckAnswer(gold="]),
    (lambda: ResponseFormat(tags=("<a>", "</a>")), ["no option 'tags'", "its options are"]),
    (lambda: ResponseFormat(reasoning_start="<a>"), ["write reasoning="]),
    (lambda: ResponseFormat(solution_start="<a>"), ["write answer="]),
    (lambda: Policy(float_rounding=4), ["write digits="]),
    (lambda: Policy(tolerance=0.1), ["write relative_tolerance="]),
    (lambda: Policy(atol=0.1), ["write absolute_tolerance="]),
    (lambda: Policy(timeout_seconds=4), ["write deadline="]),
    (lambda: math_rewards(fmt=BOXED), ["write format="]),
    (lambda: math_rewards(column="x"), ["write gold="]),
    (lambda: math_rewards(BOXED), ["math_rewards(format=BOXED)"]),
    (lambda: check_answer.clip(min=0, max=1), ["clip has no option 'min'", "write low="]),
    (lambda: check_answer.when(exact_format, threshold=1), ["write above="]),
    (lambda: check_answer.printed(n=5), ["write every="]),
    (lambda: check_answer.printed(5), ["printed(every=5)"]),
    (lambda: check_answer.scheduled(1, 0, total_steps=5), ["write steps="]),
    (lambda: as_reward(trl_style, format=BOXED), ["as_reward has no option 'format'"]),
    # Presets.
    (lambda: CheckAnswer(format="THINK_BOXED"), ["from grpo_rewards import THINK_BOXED"]),
    (lambda: CheckAnswer(format="think_boxed"), ["THINK_BOXED without quotes"]),
    (lambda: ExactFormat(format="thinkboxed"), ["THINK_BOXED"]),
    (lambda: CheckAnswer(format="qwen3"), ["THINK_BOXED"]),
    (lambda: CheckAnswer(format="gsm8k"), ["HASHES"]),
    (lambda: CheckAnswer(format="xyz"), ["write a ResponseFormat", "THINK_ANSWER"]),
    (lambda: CheckAnswer(format=("<think>", "</think>")), ["ResponseFormat(reasoning="]),
    (lambda: CheckAnswer(format=None), ["write a ResponseFormat"]),
    (lambda: CheckAnswer(gold_format="hashes"), ["HASHES or BOXED"]),
    # Names.
    (lambda: from_import("accuracy_reward"), ["write check_answer"]),
    (lambda: from_import("format_reward"), ["write exact_format"]),
    (lambda: from_import("think_format_reward"), ["write exact_format"]),
    (lambda: from_import("match_format_exactly"), ["write exact_format"]),
    (lambda: from_import("get_soft_overlong_punishment"), ["write SoftOverlongPunishment"]),
    (lambda: from_import("math_verify"), ["write compare"]),
    (lambda: from_import("compute_score"), ["write compare"]),
    (lambda: from_import("audit"), ["from grpo_rewards.testing"]),
    (lambda: from_import("checkanswer"), ["write CheckAnswer"]),
    (lambda: from_import("chek_numbers"), ["did you mean", "check_numbers"]),
    (lambda: from_import("THINKBOXED"), ["did you mean", "THINK_BOXED"]),
    (lambda: grpo_rewards.accuracy_reward, ["write check_answer"]),
    (lambda: from_import("zzzzzz"), ["has no 'zzzzzz'"]),
    # By place.
    (lambda: CheckAnswer("solution"), ["by name", "CheckAnswer(gold='solution')"]),
    (lambda: CheckAnswer(THINK_BOXED), ["CheckAnswer(format=THINK_BOXED)"]),
    (lambda: CheckAnswer(5.0), ["CheckAnswer(correct=5.0)"]),
    (lambda: ExactFormat(BOXED), ["ExactFormat(format=BOXED)"]),
    (lambda: LengthTarget(100), ["LengthTarget(target=100)"]),
    (lambda: ResponseFormat(("<a>", "</a>")), ["ResponseFormat(reasoning=('<a>', '</a>'))"]),
    (lambda: Policy(4), ["Policy(digits=4)"]),
    (lambda: check_answer([RIGHT], "42"), ["'42'", "check_answer(completions, answer=[...])"]),
    (lambda: check_answer([RIGHT], ["42"]), ["check_answer(completions, answer=[...])"]),
    (lambda: check_answer(["?"], [RIGHT], answer=["42"]), ["answer=[...]"]),
    (lambda: check_answer.explain(RIGHT, "42"), ["check_answer.explain(completion, answer=...)"]),
    (lambda: (exact_format + check_answer)([RIGHT], ["42"]), ["reward(completions, answer"]),
    (lambda: check_answer([RIGHT], answer="42"), ["list", "reward.explain(completion, answer="]),
    (lambda: check_answer(RIGHT, answer="42"), ["reward.explain(completion"]),
    (lambda: check_answer.explain([RIGHT], answer="42"), ["is a batch", "one by one"]),
    (lambda: check_answer([{"content": RIGHT}], answer=["42"]), ["the one message into a list"]),
    (lambda: check_answer([RIGHT]), ["and no other", "reward(completions, answer=[...])"]),
    (lambda: check_answer([RIGHT], answer=[{"text": "42"}]), ["gold='column.field'"]),
    (lambda: check_answer([RIGHT], gold="42"), ["gold is an option", "answer=[...]"]),
    # Golds.
    (lambda: CheckAnswer(gold="42"), ["gold names the column", "answer=[...]"]),
    (lambda: CheckAnswer(gold="3.5"), ["gold names the column"]),
    (lambda: CheckAnswer(gold=r"\frac{1}{2}"), ["gold names the column"]),
    (lambda: CheckAnswer(gold=42), ["write the name of the column"]),
    (lambda: CheckAnswer(gold=["42"]), ["write the name of the column"]),
    (lambda: CheckAnswer(gold="Paris")([RIGHT], answer=["42"]), ["gold= names a column"]),
    # Classes and lists where a reward belongs.
    (lambda: CheckAnswer(completions=[RIGHT], prompts=["?"]), ["an instance", "CheckAnswer(...)"]),
    (
        lambda: CheckAnswer([RIGHT], answer=["42"]),
        ["CheckAnswer has no option 'answer'", "a class was called like a reward"],
    ),
    (lambda: math_rewards([RIGHT], answer=["42"]), ["reward_funcs=math_rewards(...)"]),
    (lambda: CheckAnswer + ExactFormat, ["CheckAnswer is a class", "CheckAnswer(...)"]),
    (lambda: 0.2 * ExactFormat, ["ExactFormat is a class", "ExactFormat(...)"]),
    (lambda: sum([CheckAnswer, ExactFormat]), ["CheckAnswer is a class"]),
    (lambda: by_column("task", {"math": math_rewards()}), ["list of rewards", "sum(rewards)"]),
    (lambda: math_rewards()(completions=[RIGHT]), ["reward_funcs=math_rewards(...)", "sum("]),
    (lambda: math_rewards().__name__, ["is a list of rewards"]),
    (lambda: math_rewards().explain(RIGHT), ["is a list of rewards"]),
    (lambda: any_of([check_answer, exact_format]), ["unpack", "any_of(*rewards)"]),
    (lambda: all_of((check_answer, exact_format)), ["unpack"]),
    (lambda: any_of(CheckAnswer), ["it is a class", "CheckAnswer(...)"]),
    (lambda: any_of(trl_style), ["as_reward"]),
    (lambda: as_reward(CheckAnswer), ["is a class of rewards", "CheckAnswer(...)"]),
    (lambda: as_reward([trl_style]), ["each of the list", "sum(rewards)"]),
    # Operators.
    (lambda: check_answer + trl_style, ["unsupported operand", "as_reward(trl_style)"]),
    (lambda: trl_style + check_answer, ["as_reward(trl_style)"]),
    (lambda: check_answer - trl_style, ["as_reward(trl_style)"]),
    (lambda: trl_style - check_answer, ["as_reward(trl_style)"]),
    (lambda: check_answer * trl_style, ["as_reward(trl_style)"]),
    (lambda: check_answer + CheckNumbers, ["a class", "CheckNumbers(...)"]),
    (lambda: check_answer - [exact_format], ["sum(rewards)"]),
    (lambda: check_answer + math_rewards(), ["sum(rewards)"]),
    (lambda: check_answer + 1, ["a constant changes no advantage"]),
    (lambda: check_answer * exact_format, ["a.when(b)"]),
    (lambda: check_answer.when(trl_style), ["as_reward"]),
    # Functions of the other kind.
    (lambda: reward(trl_style), ["as_reward(trl_style)", "@reward"]),
    (lambda: as_reward(per_completion)([RIGHT]), ["@reward"]),
    # compare.
    (lambda: compare("42", None), ["prediction=None", "a text or a number", "format.parse"]),
    (lambda: compare(None, "42"), ["gold=None"]),
    (lambda: compare(["42"], "42"), ["gold=['42']", "compare each"]),
]  # fmt: skip


class TestGuesses:
    """Each guess, and the words that its answer must have."""

    @pytest.mark.parametrize(("guess", "words"), GUESSES)
    def test_it_is_answered(self, guess, words):
        with pytest.raises(
            (OptionError, ColumnError, CompletionError, ImportError, AttributeError)
        ) as error:
            guess()
        for word in words:
            assert word in str(error.value)

    @pytest.mark.parametrize(
        "fine",
        [
            lambda: compare(42, "42"),
            lambda: compare("0.5", 0.5),
            lambda: compare(decimal.Decimal("0.5"), "1/2"),
            lambda: check_answer + as_reward(trl_style),
            lambda: check_answer + reward(per_completion),
            lambda: sum(math_rewards()),
            lambda: any_of(*math_rewards()),
            lambda: CheckAnswer(gold="gold 2"),
            lambda: as_reward(check_answer),
        ],
    )
    def test_what_is_none_is_not(self, fine):
        assert fine()

    def test_a_list_of_rewards_is_a_list(self):
        rewards = math_rewards(lean=True)
        assert isinstance(rewards, list)
        assert rewards == list(rewards)
        assert pickle.loads(pickle.dumps(rewards)) == rewards
        assert [*rewards, repetition_penalty]

    def test_attributes_that_are_not_there_are_not_there(self):
        assert not hasattr(grpo_rewards, "accuracy_reward")
        assert not hasattr(grpo_rewards, "__nothing__")
        assert getattr(grpo_rewards, "chek_answer", 3) == 3

    def test_an_error_within_a_constructor_is_passed_on(self):
        """What a class itself raises is not taken for a wrong option."""
        with pytest.raises(OptionError, match="would pay more"):
            CheckAnswer(wrong=6.0)

    @pytest.mark.parametrize(
        "name", sorted({*PUBLIC} & {*dir(importlib.import_module("grpo_rewards.rewards"))})
    )
    def test_rewards_can_be_had_from_their_folder(self, name):
        assert getattr(importlib.import_module("grpo_rewards.rewards"), name) is PUBLIC[name]

    def test_all_of_them(self):
        from grpo_rewards.rewards import __all__ as names

        assert {
            name
            for name, value in PUBLIC.items()
            if "rewards.rewards." in getattr(value, "__module__", type(value).__module__)
        } == set(names)

    def test_the_version(self):
        from grpo_rewards.cli.commands import main

        assert grpo_rewards.__version__.count(".") == 2
        with pytest.raises(SystemExit) as exit_:
            main(["--version"])
        assert exit_.value.code == 0
