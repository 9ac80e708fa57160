"""The contract of every exported reward: the kit's, and what ours promise beyond it."""

from __future__ import annotations

import contextlib
import functools
import json
import math
import pickle
import random
from collections import UserList
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import MISSING, fields
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards
from grpo_rewards import (
    FREEFORM,
    THINK_BOXED,
    ApproximateFormat,
    Batch,
    CheckAnswer,
    CheckNumbers,
    ColumnError,
    CompletionError,
    CosineLength,
    ExactFormat,
    LengthTarget,
    OptionError,
    Outcome,
    Reward,
    SoftOverlongPunishment,
    check_answer,
    check_numbers,
)
from grpo_rewards.testing import assert_reward_contract
from grpo_rewards.testing.calls import SHAPES

PUBLIC = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}
REWARDS = {name: value for name, value in PUBLIC.items() if isinstance(value, Reward)}
"""Every ready-made reward, so that a new one is held to the contract without a change here."""

KINDS = {
    name: value
    for name, value in PUBLIC.items()
    if isinstance(value, type) and issubclass(value, Reward) and value is not Reward
}

NEEDED = {
    "FromEnvironment": {"attribute": "score"},
    "ModelJudge": {"endpoint": "http://localhost:8000/v1", "model": "any"},
    "ToolCallCount": {"most": 3},
}
"""Options that a kind cannot do without."""

ELSEWHERE = (
    "check_code",
    "check_function",
    "check_instructions",
    "check_puzzle",
    "check_query",
    "check_quotes",
    "check_tool_calls",
)
"""What judges by other columns than a gold is held to the contract in its own tests."""

CONFIGURED = [
    *(reward for name, reward in REWARDS.items() if name not in ELSEWHERE),
    ExactFormat(format=THINK_BOXED, exact=1.0, name="boxed_layout"),
    ApproximateFormat(format=FREEFORM, name="freeform_layout"),
    CheckAnswer(format=FREEFORM, close=2.0, near=1.5, name="recipe"),
    CheckNumbers(format=THINK_BOXED, strict=False, name="boxed_number"),
    SoftOverlongPunishment(max_length=40, cache=20, unit="characters"),
    CosineLength(max_length=40, unit="characters"),
    LengthTarget(target=40, unit="characters"),
]

every_reward = pytest.mark.parametrize("reward", CONFIGURED, ids=lambda reward: reward.__name__)

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
TEXTS = [
    RIGHT,
    "6 * 7<end_working_out><SOLUTION>43</SOLUTION>",
    "6 * 7<end_working_out><SOLUTION>The cost is $42.</SOLUTION>",
    "<SOLUTION>42</SOLUTION>6 * 7<end_working_out>",
    "6 * 7 is 42",
    r"<think>6 * 7</think>\boxed{42}",
    "The answer is 45.",
    "",
]
GOLDS = ["42"] * len(TEXTS)
BY_COLUMNS = {
    "check_answer": {"answer": "42"},
    "check_choice": {"answer": "A", "options": ["yes", "no"]},
    "check_code": {"tests": ["assert f(1) == 1"]},
    "check_logic": {"answer": "p"},
    "check_function": {"tests": ["assert f(1) == 1"]},
    "check_instructions": {"instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]},
    "check_numbers": {"answer": "42"},
    "check_puzzle": {"puzzle": {"kind": "countdown", "numbers": [1, 2], "target": 3}},
    "check_query": {"answer": "SELECT 1", "schema": "CREATE TABLE t (a)"},
    "check_quotes": {"source": "a text"},
    "check_text": {"answer": "42"},
    "check_tool_calls": {"answer": [], "tools": []},
}
"""The columns that a reward judges by, with values that it can read."""
NESTED = functools.reduce(lambda inner, _: [inner], range(5_000), 1)

TOOL_CALL = {"type": "function", "function": {"name": "times", "arguments": "{}"}}


as_string, as_message, after_tool_turns = (SHAPES[name].wrap for name in SHAPES)


def as_parts(text):
    half = len(text) // 2
    parts = [{"type": "text", "text": text[:half]}, {"type": "text", "text": text[half:]}]
    return [{"role": "assistant", "content": parts}]


def before_a_tool_call(text):
    return [
        {"role": "assistant", "content": text},
        {"role": "assistant", "content": None, "tool_calls": [TOOL_CALL]},
        {"role": "tool", "content": ""},
    ]


def without_a_role(text):
    return [{"content": text}]


class TestTheKit:
    """Every reward keeps the contract that the kit checks for everybody's."""

    @every_reward
    def test_it_keeps_the_contract(self, reward):
        assert_reward_contract(reward, completions=TEXTS, answer=GOLDS)

    def test_so_do_compositions(self):
        exact, right = REWARDS["exact_format"], REWARDS["check_answer"]
        assert_reward_contract(0.2 * exact + right.when(exact), answer=["42", "1/2"])


class TestShapes:
    """Ours read more shapes than trainers send; the same text earns the same in all of them."""

    @every_reward
    @pytest.mark.parametrize(
        "shape",
        [as_parts, after_tool_turns, before_a_tool_call, without_a_role],
        ids=lambda shape: shape.__name__,
    )
    def test_every_shape_earns_what_the_string_earns(self, reward, shape):
        strings = reward(completions=TEXTS, answer=GOLDS)
        assert reward(completions=[shape(text) for text in TEXTS], answer=GOLDS) == strings

    @every_reward
    def test_shapes_may_be_mixed_in_a_batch(self, reward):
        shapes = [as_string, as_message, as_parts, after_tool_turns] * 2
        mixed = [shape(text) for shape, text in zip(shapes, TEXTS, strict=True)]
        assert reward(mixed, answer=GOLDS) == reward(TEXTS, answer=GOLDS)

    @every_reward
    @pytest.mark.parametrize(
        "silent",
        [
            pytest.param(None, id="None"),
            pytest.param([], id="no messages"),
            pytest.param([{"role": "assistant", "content": None}], id="content None"),
            pytest.param([{"role": "assistant", "content": []}], id="no parts"),
            pytest.param(
                [{"role": "assistant", "content": [{"type": "image", "image": b""}]}], id="an image"
            ),
            pytest.param([{"role": "tool", "content": RIGHT}], id="a tool alone"),
        ],
    )
    def test_silence_earns_what_an_empty_text_earns(self, reward, silent):
        assert reward([silent], answer=["42"]) == reward([""], answer=["42"])

    @every_reward
    @pytest.mark.parametrize("container", [tuple, UserList])
    def test_any_sequence_is_a_batch(self, reward, container):
        """Datasets hand over columns of types of their own."""
        scores = reward(container(TEXTS), answer=container(GOLDS))
        assert scores == reward(TEXTS, answer=GOLDS)

    @every_reward
    def test_an_empty_batch_has_no_scores(self, reward):
        assert reward(completions=[], answer=[]) == []
        assert reward(prompts=[], completions=[], completion_ids=[], answer=[]) == []

    @every_reward
    def test_there_is_a_score_for_each_completion(self, reward):
        for size in range(len(TEXTS) + 1):
            scores = reward(TEXTS[:size], answer=GOLDS[:size])
            assert isinstance(scores, list)
            assert len(scores) == size
            for score in scores:
                assert score is None or (type(score) is float and math.isfinite(score))


PROMPTS = ["6 * 7?"] * len(TEXTS)
CHATS = [[{"role": "user", "content": "6 * 7?"}]] * len(TEXTS)
IDS = [[1, 2, 3]] * len(TEXTS)


def log(*args, **kwargs):
    """Stands for the trainer's logging functions, which a reward need not call."""


CALLS = [
    pytest.param({}, id="completions alone"),
    pytest.param({"prompts": PROMPTS}, id="prompts"),
    pytest.param({"prompts": CHATS}, id="prompts that are chats"),
    pytest.param({"prompts": PROMPTS, "completion_ids": IDS}, id="TRL 0.18: token ids"),
    pytest.param(
        {"prompts": CHATS, "completion_ids": IDS, "trainer_state": object()},
        id="TRL 0.22: the trainer's state",
    ),
    pytest.param(
        {
            "prompts": CHATS,
            "completion_ids": IDS,
            "trainer_state": object(),
            "log_extra": log,
            "log_metric": log,
            "environments": [object()] * len(TEXTS),
        },
        id="TRL 1: everything",
    ),
    pytest.param(
        {
            "prompts": None,
            "completion_ids": None,
            "trainer_state": None,
            "log_extra": None,
            "log_metric": None,
            "environments": None,
        },
        id="everything, and None",
    ),
    pytest.param(
        {"question": PROMPTS, "level": list(range(len(TEXTS))), "solution": [None] * len(TEXTS)},
        id="columns that it does not need",
    ),
    pytest.param(
        {"format": PROMPTS, "gold": PROMPTS, "name": PROMPTS}, id="columns named as options"
    ),
]


class TestCalls:
    """Whatever keywords a version of the trainer passes, the scores are the same."""

    @every_reward
    @pytest.mark.parametrize("keywords", CALLS)
    def test_every_form_of_call_gives_the_same(self, reward, keywords):
        scores = reward(completions=TEXTS, answer=GOLDS, **keywords)
        assert scores == reward(TEXTS, answer=GOLDS)

    @every_reward
    def test_explain_says_the_same_of_one_completion(self, reward):
        for text, score in zip(TEXTS, reward(TEXTS, answer=GOLDS), strict=True):
            outcome = reward.explain(text, answer="42")
            assert isinstance(outcome, Outcome)
            assert outcome.score == score
            assert outcome.reason.strip()
            json.dumps(outcome.details)  # what a log can hold

    @every_reward
    def test_the_trainers_chance_is_not_disturbed(self, reward):
        random.seed(1)
        state = random.getstate()
        reward(TEXTS, answer=GOLDS)
        assert random.getstate() == state

    @every_reward
    def test_judge_gives_the_outcomes_of_a_batch(self, reward):
        outcomes = reward.judge(Batch(TEXTS, answer=GOLDS))
        assert [outcome.score for outcome in outcomes] == reward(TEXTS, answer=GOLDS)


class TestThreads:
    """Asynchronous trainers call several rewards at once."""

    def test_all_rewards_in_several_threads_at_once(self):
        expected = [reward(TEXTS, answer=GOLDS) for reward in CONFIGURED]
        with ThreadPoolExecutor(8) as pool:
            calls = [
                [pool.submit(reward, TEXTS, answer=GOLDS) for reward in CONFIGURED]
                for _ in range(20)
            ]
            for scores in calls:
                assert [call.result() for call in scores] == expected


def rebuilt(value):
    return eval(repr(value), PUBLIC)  # noqa: S307 (a repr of ours, not a model's text)


@pytest.fixture(scope="module")
def spawned():
    """A process that shares nothing with this one but the code."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


class TestPickling:
    """Spawned rollout workers get their rewards pickled."""

    @every_reward
    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_a_copy_is_equal_and_scores_the_same(self, reward, protocol):
        copy = pickle.loads(pickle.dumps(reward, protocol))
        assert copy == reward
        assert copy.__name__ == reward.__name__
        assert repr(copy) == repr(reward)
        assert copy(TEXTS, answer=GOLDS) == reward(TEXTS, answer=GOLDS)

    @every_reward
    def test_it_works_in_a_spawned_process(self, spawned, reward):
        scores = spawned.submit(reward, TEXTS, answer=GOLDS).result()
        assert scores == reward(TEXTS, answer=GOLDS)

    def test_outcomes_come_back_from_a_spawned_process(self, spawned):
        outcome = spawned.submit(check_answer.explain, RIGHT, answer="42").result()
        assert outcome == check_answer.explain(RIGHT, answer="42")

    @pytest.mark.parametrize("name", ["OptionError", "ColumnError", "CompletionError"])
    def test_errors_pickle(self, name):
        error = getattr(grpo_rewards, name)("what was found, and what to write")
        assert str(pickle.loads(pickle.dumps(error))) == str(error)


class TestIdentity:
    """Rewards are values with a name."""

    def test_the_four_are_exported(self):
        assert set(REWARDS) >= {
            "exact_format",
            "approximate_format",
            "check_answer",
            "check_numbers",
        }

    @pytest.mark.parametrize("name", REWARDS)
    def test_its_name_is_the_one_that_it_is_exported_under(self, name):
        assert REWARDS[name].__name__ == name

    def test_names_are_unique(self):
        """Trainers merge the metrics of equal names without a word."""
        assert len({reward.__name__ for reward in CONFIGURED}) == len(CONFIGURED)

    @pytest.mark.parametrize("name", KINDS)
    def test_the_name_is_an_option(self, name):
        kind = KINDS[name]
        needed = {
            each.name: 1
            for each in fields(kind)
            if each.default is MISSING and each.default_factory is MISSING
        } | NEEDED.get(name, {})
        assert kind(name="mine", **needed).__name__ == "mine"

    @every_reward
    def test_its_repr_rebuilds_it(self, reward):
        assert rebuilt(reward) == reward
        assert hash(rebuilt(reward)) == hash(reward)

    def test_different_rewards_are_different(self):
        assert len(set(CONFIGURED)) == len(CONFIGURED)
        assert CheckAnswer(name="same") != CheckNumbers(name="same")

    @every_reward
    def test_it_cannot_be_changed(self, reward):
        with pytest.raises(AttributeError):
            reward.name = "another"


class TestWrongUse:
    """What the user gets wrong raises at once, and the message shows it."""

    @every_reward
    @pytest.mark.parametrize(
        ("completions", "found"),
        [
            pytest.param(RIGHT, "6 \\* 7", id="a single string"),
            pytest.param("", "''", id="an empty string"),
            pytest.param(None, "None", id="None"),
            pytest.param(3, "3", id="a number"),
            pytest.param({"role": "assistant", "content": RIGHT}, "role", id="one message"),
            pytest.param(iter([RIGHT]), "iterator", id="an iterator"),
            pytest.param([3], "int", id="a list of numbers"),
            pytest.param([["42"]], "42", id="a list of lists of strings"),
        ],
    )
    def test_completions_that_are_none(self, reward, completions, found):
        with pytest.raises(CompletionError, match=found):
            reward(completions, answer=["42"])

    @every_reward
    @pytest.mark.parametrize("name", ["prompts", "completion_ids", "environments"])
    def test_what_a_trainer_brings_of_another_length(self, reward, name):
        with pytest.raises(ColumnError, match=f"{name} has 1 entries for 2 completions"):
            reward([RIGHT, RIGHT], answer=["42", "42"], **{name: [[1]]})

    @every_reward
    @pytest.mark.parametrize("name", ["prompts", "completion_ids", "environments"])
    @pytest.mark.parametrize("brought", [5, 10**5_000, iter([1])], ids=["few", "many", "iterator"])
    def test_what_a_trainer_brings_as_no_list(self, reward, name, brought):
        with pytest.raises(ColumnError, match=f"{name} is .* a trainer passes a list"):
            reward([RIGHT], answer=["42"], **{name: brought})

    @pytest.mark.parametrize("unshown", [10**5_000, NESTED], ids=["large", "deep"])
    @pytest.mark.parametrize("wrap", [lambda it: it, lambda it: [it], lambda it: [[it]]])
    def test_completions_that_no_message_can_show(self, unshown, wrap):
        with pytest.raises(CompletionError):
            check_answer(wrap(unshown), answer=["42"])

    @pytest.mark.parametrize("reward", [check_answer, check_numbers], ids=repr)
    @pytest.mark.parametrize(
        ("column", "found"),
        [
            pytest.param("42", "'42'", id="a string"),
            pytest.param("4", "'4'", id="a string as long as the batch"),
            pytest.param(42, "42", id="a number"),
            pytest.param(None, "None", id="None"),
            pytest.param({"a": "42"}, "'42'", id="a dict"),
            pytest.param([], "0 values for 1", id="too short"),
            pytest.param(["42", "43"], "2 values for 1", id="too long"),
        ],
    )
    def test_a_column_that_is_none(self, reward, column, found):
        with pytest.raises(ColumnError, match=found) as error:
            reward([RIGHT], answer=column)
        assert "'answer'" in str(error.value)

    @pytest.mark.parametrize("reward", [check_answer, check_numbers], ids=repr)
    def test_a_missing_column(self, reward):
        with pytest.raises(ColumnError, match="'question'"):
            reward([RIGHT], question=["6 * 7?"])

    @pytest.mark.parametrize("reward", [check_answer, check_numbers], ids=repr)
    def test_a_missing_column_of_an_empty_batch(self, reward):
        """It would be missing from the next batch, too."""
        with pytest.raises(ColumnError):
            reward([], question=[])

    @pytest.mark.parametrize("name", list(BY_COLUMNS))
    @pytest.mark.parametrize("unshown", [10**5_000, [10**5_000], {"a": 10**5_000}], ids=type)
    def test_a_value_of_a_column_that_no_message_can_show(self, name, unshown):
        """It raises what any other wrong value raises, or is a row without a score."""
        columns = BY_COLUMNS[name]
        for column in columns:
            given = {**columns, column: unshown}
            with contextlib.suppress(ColumnError):
                PUBLIC[name]([RIGHT], **{key: [value] for key, value in given.items()})

    @pytest.mark.parametrize("unshown", [10**5_000, NESTED], ids=["large", "deep"])
    def test_an_option_that_no_message_can_show(self, unshown):
        with pytest.raises(OptionError, match="too large to show"):
            CheckAnswer(close=unshown)

    def test_columns_have_to_be_named(self):
        with pytest.raises(TypeError):
            check_answer([RIGHT], ["42"])

    def test_the_errors_are_what_python_would_raise(self):
        assert issubclass(ColumnError, ValueError)
        assert issubclass(CompletionError, TypeError)

    @every_reward
    @given(st.text(st.characters()))
    def test_no_text_of_a_model_raises(self, reward, text):
        """Lone surrogates, control characters and half an emoji included."""
        assert len(reward([text, as_message(text)], answer=["42", "42"])) == 2
