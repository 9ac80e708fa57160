"""Rewards of whole conversations: what is read in them, and what is paid for."""

from __future__ import annotations

import functools
import json
import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import (
    AnswerTurn,
    CompletionError,
    OptionError,
    RepeatedCalls,
    ToolCallCount,
    ToolErrors,
    check_answer,
    exact_format,
    repeated_calls,
    tool_errors,
)
from grpo_rewards.rewards.turns import ERRORS, LOOKED_INTO, MOST_STEPS, conversation_in, why_error
from grpo_rewards.testing import assert_reward_contract, audit_conversation
from grpo_rewards.testing.calls import SHAPES

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
WRONG = "6 * 7<end_working_out><SOLUTION>41</SOLUTION>"
EVERY = [
    tool_errors,
    repeated_calls,
    ToolErrors(tools=("calculate",), each=-1, worst=-1),
    ToolCallCount(least=1, most=2),
    ToolCallCount(most=0),
    AnswerTurn(),
    AnswerTurn(correctness=exact_format, free=2, most=3),
]
every_reward = pytest.mark.parametrize("reward", EVERY, ids=repr)


def call(name="search", mark=None, **arguments):
    made = {"type": "function", "function": {"name": name, "arguments": arguments}}
    return made if mark is None else {**made, "id": mark}


def asked(*calls, text=""):
    return {"role": "assistant", "content": text, "tool_calls": list(calls)}


def told(content="found", name="search", **more):
    return {"role": "tool", "name": name, "content": content, **more}


def said(text=RIGHT):
    return {"role": "assistant", "content": text}


class NoTruth:
    """As an array of several numbers is: equal to nothing that could be said in one word."""

    __hash__ = None

    def __eq__(self, other):
        return self

    def __bool__(self):
        raise ValueError("the truth value is ambiguous")


class Counting(dict):
    """A message that counts how often any of them is looked into."""

    looks = 0

    def get(self, *given):
        Counting.looks += 1
        return super().get(*given)


NESTED = functools.reduce(lambda inner, _: [inner], range(5_000), 1)


class TestReading:
    def test_turns_and_steps(self):
        read = conversation_in(
            [asked(call(a=1)), told("one"), asked(call(a=2), call(a=3)), told("two"), said()]
        )
        assert read.turns == 3
        assert [(step.turn, step.result) for step in read.steps] == [
            (1, "one"),
            (2, "two"),
            (2, None),
        ]

    @pytest.mark.parametrize("completion", ["a text", "", None, [], [said()]])
    def test_what_calls_nothing(self, completion):
        assert conversation_in(completion).steps == ()
        assert [reward([completion]) for reward in EVERY[:2]] == [[0.0], [0.0]]

    @pytest.mark.parametrize(
        ("results", "expected"),
        [
            ([told("A", tool_call_id="2"), told("B", tool_call_id="1")], ["B", "A"]),
            ([told("A", name="other"), told("B", name="search")], ["B", "A"]),
            ([told("A", name=None), told("B", name=None)], ["A", "B"]),
            ([told("A", tool_call_id="9")], ["A", None]),
            ([told([{"type": "text", "text": "A"}, {"type": "image"}])], ["A", None]),
            ([told(None)], ["", None]),
            ([told({"a": 1})], ["{'a': 1}", None]),
            ([], [None, None]),
        ],
    )
    def test_results_find_their_calls(self, results, expected):
        calls = [call("search", mark="1", a=1), call("other", mark="2")]
        read = conversation_in([asked(*calls), *results, said()])
        assert [step.result for step in read.steps] == expected

    def test_calls_written_in_the_text_count_where_results_follow(self):
        text = '<tool_call>{"name": "search", "arguments": {"a": 1}}</tool_call>'
        read = conversation_in([said(text), told("Error: none"), said()])
        assert [step.call.name for step in read.steps] == ["search"]
        assert read.steps[0].error
        assert conversation_in([said(text), said()]).steps == ()

    @pytest.mark.parametrize("role", ["tool", "function", "ipython", "observation"])
    def test_roles_of_results(self, role):
        turns = [asked(call()), {"role": role, "content": "Error: no"}, said()]
        assert tool_errors([turns]) == [-0.5]

    def test_messages_as_sharegpt_has_them(self):
        turns = [
            {"from": "gpt", "value": '<tool_call>{"name": "f", "arguments": {}}</tool_call>'},
            {"from": "observation", "value": "ValueError: no"},
            {"from": "gpt", "value": RIGHT},
        ]
        assert tool_errors([turns]) == [-0.5]

    @pytest.mark.parametrize("example", [example for _, example in ERRORS])
    def test_each_sign_of_an_error_has_its_example(self, example):
        assert why_error(example)
        assert why_error(f"\n {example}")

    @pytest.mark.parametrize(
        "result",
        [
            "The error of the mean is 0.2",
            '{"error": null, "days": 3}',
            "{'error': None}",
            '{"errors": [], "data": 1}',
            "404 people live there",
            "450: the year of the battle",
            "Error-free: yes",
            "No errors.",
            "500",
            '{"status": "ok"}',
            '{"success": true}',
            "Errors and how to avoid them",
            "{'a': {'error': 1}}",
            "",
            "HTTP 200 OK",
            "tool bench",
            "12",
            "[]",
        ],
    )
    def test_what_is_no_error(self, result):
        assert why_error(result) == ""

    @pytest.mark.parametrize("mark", [{"is_error": True}, {"status": "error"}])
    def test_what_is_marked_as_one(self, mark):
        assert tool_errors([[asked(call()), told("so", **mark), said()]]) == [-0.5]

    @pytest.mark.parametrize("key", ["status", "tool_call_id", "name", "is_error"])
    @pytest.mark.parametrize("value", [[], {"a": [1]}, 0.5, NoTruth()], ids=type)
    def test_marks_that_are_no_text(self, key, value):
        assert tool_errors([[asked(call(mark="1")), told("so", **{key: value}), said()]]) == [0.0]
        assert tool_errors([[asked(call(mark=value)), told("so"), said()]]) == [0.0]

    @pytest.mark.parametrize("content", [10**5_000, NESTED], ids=["large", "deep"])
    def test_results_that_cannot_be_shown(self, content):
        assert tool_errors([[asked(call()), told(content), told(content), said()]]) == [0.0]

    @pytest.mark.parametrize("marks", [("tool_call_id", "id"), ("name", "name"), ("x", "x")])
    def test_many_results_find_their_calls_in_one_pass(self, marks):
        """By how often the results are looked at, whatever they have in common with the calls."""
        of_result, of_call = marks
        count = 20_000
        results = [
            Counting(role="tool", content="", **{of_result: str(n)})
            for n in range(count - 1, -1, -1)
        ]
        calls = [{"name": "f", of_call: str(n), "arguments": {}} for n in range(count)]
        Counting.looks = 0
        read = conversation_in([asked(*calls), *results, said()])
        assert all(step.result == "" for step in read.steps)
        assert Counting.looks < 30 * count

    @given(
        st.lists(
            st.fixed_dictionaries(
                {"role": st.sampled_from(["assistant", "tool", "user", "x"])},
                optional={
                    "content": st.none() | st.text() | st.lists(st.text(), max_size=2),
                    "tool_calls": st.none()
                    | st.lists(st.none() | st.text() | st.just(call(a=[1])), max_size=3),
                    "name": st.none() | st.text(max_size=3),
                    "tool_call_id": st.none() | st.text(max_size=3),
                },
            ),
            max_size=6,
        )
    )
    def test_no_conversation_raises(self, messages):
        for reward in EVERY[:5]:
            (score,) = reward([messages])
            assert reward.bounds[0] <= score <= 0.0

    def test_a_conversation_without_end_is_read_in_part(self):
        messages = [asked(*[call(a=n) for n in range(50)]), told()] * 200
        assert len(conversation_in(messages).steps) == MOST_STEPS

    @pytest.mark.parametrize("piece", ["{'a': ", "error ", "Error", "a.", "tool ", "{'ok': "])
    def test_a_long_result_is_looked_into_in_part(self, piece):
        """A hang would end the test."""
        why_error(piece * 200_000)
        assert not why_error(" so" * LOOKED_INTO + "Error: no")

    @pytest.mark.parametrize("broken", [5, [["a"]], [5]])
    def test_what_is_no_completion(self, broken):
        with pytest.raises(CompletionError):
            tool_errors([broken])


class TestErrors:
    def test_each_costs_and_no_more_than_the_worst(self):
        turns = [asked(call()), told("Error: no")]
        assert tool_errors([turns, turns * 2, turns * 9]) == [-0.5, -1.0, -2.0]

    def test_only_of_the_tools_that_it_is_about(self):
        turns = [asked(call("a"), call("b")), told("Error: 1", "a"), told("Error: 2", "b")]
        assert ToolErrors(tools=["a"])([turns]) == [-0.5]

    def test_a_call_that_cannot_be_read_is_one(self):
        outcome = tool_errors.explain([asked({"function": {"arguments": "{"}}), said()])
        assert (outcome.score, outcome.reason) == (-0.5, "a call that cannot be read")

    def test_the_reason_names_the_first(self):
        turns = [asked(call(city="Ys")), told("{'error': 'no city'}")] * 2
        assert tool_errors.explain(turns).reason == (
            "search(city='Ys') ended with an error: {'error': 'no city'}; and 1 more"
        )


class TestRepeated:
    @pytest.mark.parametrize(
        ("turns", "score"),
        [
            ([asked(call(a=1)), told(), asked(call(a=1)), told()], -0.5),
            ([asked(call(a=1)), told("waiting"), asked(call(a=1)), told("ready")], 0.0),
            ([asked(call(a=1, b=2), call(b=2, a=1.0))], -0.5),
            ([asked(call(a=1), call("other", a=1), call(a=2))], 0.0),
            ([asked(call(a="1"), call(a=1))], 0.0),
            ([asked({"function": {"name": "search", "arguments": '{"a": 1}'}}, call(a=1))], -0.5),
        ],
    )
    def test_the_same_call_again(self, turns, score):
        assert repeated_calls([[*turns, said()]]) == [score]

    @given(st.lists(st.integers(0, 3), max_size=12))
    def test_it_is_all_calls_but_the_different_ones(self, arguments):
        turns = [message for a in arguments for message in (asked(call(a=a)), told())]
        faults = len(arguments) - len(set(arguments))
        reward = RepeatedCalls(each=-0.1, worst=-9)
        assert reward([[*turns, said()]]) == [pytest.approx(-0.1 * faults)]


class TestCount:
    @given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 9))
    def test_within_the_bounds_nothing_is_taken_off(self, least, more, made):
        reward = ToolCallCount(least=least, most=least + more, each=-0.25, worst=-9)
        turns = [asked(*[call(a=n) for n in range(made)]), said()]
        off = max(least - made, made - least - more, 0)
        assert reward([turns]) == [pytest.approx(-0.25 * off)]

    def test_calls_in_vain_fill_nothing(self):
        reward = ToolCallCount(least=2)
        same = [asked(call(a=1)), told(), asked(call(a=1)), told(), said()]
        vain = [asked(call(a=1), call(a=2)), told("Error: no"), told("Error: no"), said()]
        useful = [asked(call(a=1), call(a=2)), told(), told("other"), said()]
        assert reward([same, vain, useful]) == [-0.5, -1.0, 0.0]


class TestTurn:
    def test_a_wrong_answer_earns_nothing_however_early(self):
        late = [asked(call()), told()] * 7 + [said()]
        scores = AnswerTurn(free=1, most=9)([[said(WRONG)], [said()], late], answer=["42"] * 3)
        assert scores == [0.0, 1.0, 0.125]

    def test_turns_after_the_answer_count(self):
        after = [said(), asked(call()), told()]
        assert AnswerTurn(most=3)([[said()], after], answer=["42"] * 2) == [1.0, 0.5]

    def test_no_opinion_is_that_of_what_says_what_is_right(self):
        assert AnswerTurn()([[said()]], answer=[None]) == [None]

    def test_what_says_what_is_right_is_judged_once(self):
        outcome = (check_answer + 0.1 * AnswerTurn()).explain([said()], answer="42")
        assert outcome.score == pytest.approx(5.1)


class TestEvery:
    @every_reward
    @pytest.mark.filterwarnings("ignore::grpo_rewards.RewardWarning")
    def test_it_keeps_the_contract(self, reward):
        # What is called is all that a count is about, and a text says nothing of that.
        shapes = ["text", "messages"] if isinstance(reward, ToolCallCount) else list(SHAPES)
        assert_reward_contract(reward, answer=["42", "43"], shapes=shapes)

    @every_reward
    def test_it_pickles_and_shows_what_it_is(self, reward):
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert type(reward).__name__ in repr(reward) or repr(reward) == reward.__name__

    @every_reward
    def test_what_it_says_can_be_logged(self, reward):
        outcome = reward.explain([asked(call(a=1)), told(), said()], answer="42")
        json.dumps(outcome.as_dict())
        assert outcome.reason

    @every_reward
    def test_messages_are_not_changed(self, reward):
        turns = [asked(call(a=[1])), told(), said()]
        before = json.dumps(turns)
        reward([turns], answer=["42"])
        assert json.dumps(turns) == before

    @pytest.mark.parametrize(
        "reward", [ToolCallCount(least=1, most=3), AnswerTurn(most=9), tool_errors, repeated_calls],
        ids=repr,
    )  # fmt: skip
    def test_no_exploit_earns_more_than_an_honest_conversation(self, reward):
        report = audit_conversation(reward, right=RIGHT, wrong=WRONG, answer="42")
        assert report.ok, str(report)

    def test_a_reward_that_counts_any_call_is_found_out(self):
        def calls(completions, **columns):
            return [float(str(each).count("tool_calls")) for each in completions]

        report = audit_conversation(calls, right=RIGHT, wrong=WRONG, answer="42")
        assert {row.kind for row in report.findings} >= {"idle calls", "calls in vain"}


class TestWrongUse:
    @pytest.mark.parametrize(
        ("kind", "options"),
        [
            (ToolErrors, {"tools": "search"}),
            (ToolErrors, {"tools": ()}),
            (ToolErrors, {"each": 0}),
            (ToolErrors, {"each": -3}),
            (RepeatedCalls, {"worst": 0}),
            (RepeatedCalls, {"worst": math.nan}),
            (ToolCallCount, {}),
            (ToolCallCount, {"least": 3, "most": 2}),
            (ToolCallCount, {"most": -1}),
            (ToolCallCount, {"least": 1.5}),
            (AnswerTurn, {"free": 8}),
            (AnswerTurn, {"free": 0}),
            (AnswerTurn, {"correctness": len}),
            (AnswerTurn, {"above": "0"}),
            (ToolErrors, {"each": -(10**400)}),
            (ToolCallCount, {"least": NESTED}),
            (ToolCallCount, {"most": -(10**5_000)}),
        ],
    )
    def test_options_that_cannot_be(self, kind, options):
        with pytest.raises(OptionError, match=r"=|write"):
            kind(**options)
