"""Calls of tools: every notation, comparison by type and value, the best matching, validity."""

from __future__ import annotations

import itertools
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards.rewards.tools
from grpo_rewards import CheckToolCalls, ColumnError, OptionError, check_tool_calls
from grpo_rewards.testing import assert_reward_contract, audit_task
from grpo_rewards.toolcalls import Call, match_calls, written_calls
from grpo_rewards.toolcalls.matching import _pair

WEATHER = {"name": "weather", "arguments": {"city": "Paris", "days": 3}}
TIME = {"name": "time", "arguments": {"zone": "CET"}}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "parameters": {
                "type": "object",
                "properties": {
                    "city": {"type": "string"},
                    "days": {"type": "integer", "minimum": 1},
                    "unit": {"enum": ["C", "F"], "default": "C"},
                },
                "required": ["city"],
            },
        },
    },
    {"name": "time", "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}}},
]


def tagged(*calls):
    return "".join(f"<tool_call>\n{json.dumps(call)}\n</tool_call>" for call in calls)


def scored(text, expected=(WEATHER,), tools=None, **options):
    columns = {"tools": [tools]} if tools is not None else {}
    reward = CheckToolCalls(**options)
    return reward([text], expected_calls=[expected and list(expected)], **columns)[0]


class TestNotations:
    """The same call, as models write it."""

    @pytest.mark.parametrize(
        "text",
        [
            tagged(WEATHER),
            f"I look it up.\n{tagged(WEATHER)}\n",
            (
                "<tool_call><function=weather><parameter=city>Paris</parameter>"
                "<parameter=days>\n3\n</parameter></function></tool_call>"
            ),
            (
                "<function=weather>\n<parameter=city>\nParis\n</parameter>\n<parameter=days>3"
                "</parameter>\n</function>"
            ),
            '{"name": "weather", "parameters": {"city": "Paris", "days": 3}}',
            (
                '<|python_tag|>{"name": "weather", "parameters": {"city": "Paris", "days": 3}}'
                "<|eom_id|>"
            ),
            '[TOOL_CALLS] [{"name": "weather", "arguments": {"city": "Paris", "days": 3}}]</s>',
            '[{"name": "weather", "arguments": "{\\"city\\": \\"Paris\\", \\"days\\": 3}"}]',
            '```json\n{"name": "weather", "arguments": {"city": "Paris", "days": 3}}\n```',
            (
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>weather\n```json\n"
                '{"city": "Paris", "days": 3}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>'
            ),
            (
                "<｜tool▁call▁begin｜>weather<｜tool▁sep｜>"
                '{"city": "Paris", "days": 3}'
                "<｜tool▁call▁end｜>"
            ),
            '[weather(city="Paris", days=3)]',
            "weather(days=3, city='Paris')",
            '<|tool_call_start|>[weather(city="Paris", days=3)]<|tool_call_end|>',
            '```tool_code\nprint(weather(city="Paris", days=3))\n```',
        ],
    )
    def test_each_is_read(self, text):
        assert written_calls(text).made == [Call("weather", {"days": 3, "city": "Paris"})]
        assert scored(text) == 5.0

    @pytest.mark.parametrize(
        "text",
        [
            "It will be sunny in Paris.",
            'The call is {"name": "weather"}, I think.',
            '{"name": "Ada", "age": 36}',
            "See [1] and f(x).",
            "[1, 2, 3]",
            "x = weather(city='Paris', days=3)",
            "",
        ],
    )
    def test_what_is_no_call(self, text):
        calls = written_calls(text)
        assert (calls.made, calls.why_not) == ([], "")
        assert scored(text) == -4.5

    @pytest.mark.parametrize(
        "text",
        [
            "<tool_call>{</tool_call>",
            tagged(WEATHER).removesuffix("</tool_call>"),
            "<tool_call>[]",
            "<tool_call>3</tool_call>",
            '<tool_call>{"arguments": {}}</tool_call>',
            '<tool_call>{"name": "weather", "arguments": [1]}</tool_call>',
            '<tool_call>{"name": "weather", "arguments": "Paris"}</tool_call>',
            "<function=weather><parameter=city>Paris",
            "[TOOL_CALLS] weather",
            tagged(WEATHER) * 65,
            "<tool_call>" + "[" * 10_000 + "</tool_call>",
        ],
    )
    def test_what_cannot_be_read_is_wrong(self, text):
        assert written_calls(text).why_not
        assert scored(text) == -2.5

    def test_the_messages_own_calls_come_first(self):
        call = {"type": "function", "function": WEATHER}
        as_text = {**WEATHER, "arguments": json.dumps(WEATHER["arguments"])}
        written = {"type": "function", "function": as_text}
        other = [{"role": "assistant", "content": tagged(TIME), "tool_calls": [call]}]
        turns = [
            {"role": "assistant", "content": None, "tool_calls": [written]},
            {"role": "tool", "content": "sunny"},
            {"role": "assistant", "content": "It is sunny."},
        ]
        for completion in (other, turns):
            assert check_tool_calls([completion], expected_calls=[[WEATHER]]) == [5.0]
            assert check_tool_calls([completion], expected_calls=[[TIME]]) == [-2.5]

    @given(st.text(st.characters()))
    def test_no_text_raises(self, text):
        tag = f"<tool_call>{text}</tool_call>"
        for wrapped in (text, tag, f"[TOOL_CALLS]{text}", f"[f(x={text})]"):
            assert scored(wrapped, tools=TOOLS) in (-2.5, -4.5)

    @pytest.mark.parametrize(
        "piece",
        ["<tool_call>", "<function=f>", "<parameter=x>", "<function=f><parameter=x>", "[f(", "f(x=",
         "```json\n", "<｜tool▁call▁begin｜>f", '{"name":', "</tool_call>", "[TOOL_CALLS]",
         "f(x=1)\n"],
    )  # fmt: skip
    def test_a_repeated_piece_is_read_in_linear_time(self, piece):
        """A hang would end the test."""
        assert scored(piece * (100_000 // len(piece))) in (-2.5, -4.5)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)
calls = st.builds(
    lambda name, given: {"name": name, "arguments": given},
    st.sampled_from("fgh"),
    st.dictionaries(
        st.sampled_from("xyz"), json_values.filter(lambda v: v is not None), max_size=3
    ),
)


class TestMatching:
    """Calls against expected ones."""

    @given(st.lists(calls, min_size=1, max_size=5), st.randoms())
    def test_the_expected_ones_are_right_in_any_order(self, wanted, chance):
        shuffled = wanted[:]
        chance.shuffle(shuffled)
        assert scored(tagged(*shuffled), wanted) == 5.0
        assert scored(tagged(*shuffled, shuffled[0]), wanted) == -2.5
        if len(wanted) > 1:
            assert scored(tagged(*shuffled[1:]), wanted) == -2.5

    @given(st.lists(calls, min_size=1, max_size=4), st.lists(calls, min_size=1, max_size=4))
    def test_the_matching_is_the_best_there_is(self, wanted, made):
        gold = [Call(each["name"], each["arguments"]) for each in wanted]
        found = [Call(each["name"], each["arguments"]) for each in made]
        longer, shorter = (gold, found) if len(gold) >= len(found) else (found, gold)
        best = max(
            sum(
                _pair(*((one, other) if longer is gold else (other, one)), None).share
                for one, other in zip(chosen, shorter, strict=True)
            )
            for chosen in itertools.permutations(longer, len(shorter))
        )
        match = match_calls(gold, found)
        assert match.share == pytest.approx(best / len(longer))

    @pytest.mark.parametrize(
        ("given", "reason"),
        [
            ({"city": "Paris", "days": 3.0}, "every call is as expected"),
            ({"city": "Paris", "days": "3"}, "days='3', expected 3"),
            ({"city": "Paris", "days": True}, "days=True, expected 3"),
            ({"city": "paris", "days": 3}, "city='paris', expected 'Paris'"),
            ({"city": "Paris"}, "days is missing"),
            ({"city": "Paris", "days": 3, "unit": "F"}, "unit is not expected"),
            ({"city": "Paris", "days": 3, "unit": "C"}, "every call is as expected"),
        ],
    )
    def test_arguments_by_type_and_value(self, given, reason):
        text = tagged({"name": "weather", "arguments": given})
        outcome = check_tool_calls.explain(text, expected_calls=[WEATHER], tools=TOOLS)
        assert reason in outcome.reason

    def test_a_default_may_be_left_out(self):
        wanted = [{"name": "weather", "arguments": {"city": "Paris", "unit": "C"}}]
        text = tagged({"name": "weather", "arguments": {"city": "Paris"}})
        assert scored(text, wanted, TOOLS) == 5.0
        assert scored(text, wanted) == -2.5

    def test_acceptable_values_as_in_bfcl(self):
        wanted = [{"weather": {"city": ["Paris", "Paris, France"], "days": [3], "unit": ["C", ""]}}]
        for arguments, score in (
            ({"city": "Paris, France", "days": 3}, 5.0),
            ({"city": "Paris", "days": 3, "unit": "C"}, 5.0),
            ({"city": "Paris", "days": 3, "unit": "F"}, -2.5),
            ({"city": "Paris"}, -2.5),
        ):
            assert scored(tagged({"name": "weather", "arguments": arguments}), wanted) == score

    def test_in_order(self):
        assert scored(tagged(TIME, WEATHER), [WEATHER, TIME]) == 5.0
        assert scored(tagged(TIME, WEATHER), [WEATHER, TIME], ordered=True) == -2.5
        assert scored(tagged(WEATHER, TIME), [WEATHER, TIME], ordered=True) == 5.0

    def test_a_share(self):
        half = {"name": "weather", "arguments": {"city": "Rome", "days": 3}}
        assert scored(tagged(half), partial=True) == pytest.approx(5 * 2 / 3)
        assert scored(tagged({"name": "no", "arguments": {}}), partial=True) == -2.5
        assert 0 < scored(tagged(WEATHER, TIME), partial=True) < 5.0
        assert scored(tagged(WEATHER), partial=True) == 5.0

    def test_where_nothing_is_to_be_called(self):
        assert check_tool_calls(
            ["It is noon.", tagged(TIME), "", "<tool_call></tool_call>"],
            expected_calls=[[]] * 4,
        ) == [5.0, -2.5, -4.5, -2.5]


class TestValidity:
    """Without expected calls, the tools' schemas decide."""

    @pytest.mark.parametrize(
        ("call", "score"),
        [
            (WEATHER, 5.0),
            ({"name": "time", "arguments": {}}, 5.0),
            ({"name": "weather", "arguments": {"city": 3}}, -2.5),
            ({"name": "weather", "arguments": {"days": 3}}, -2.5),
            ({"name": "weather", "arguments": {"city": "Paris", "days": 0}}, -2.5),
            ({"name": "weather", "arguments": {"city": "Paris", "hours": 3}}, -2.5),
            ({"name": "Weather", "arguments": {"city": "Paris"}}, -2.5),
        ],
    )
    def test_names_and_arguments(self, call, score):
        assert check_tool_calls([tagged(call)], tools=[TOOLS]) == [score]

    def test_calling_nothing_or_the_same_twice_is_not_paid(self):
        texts = ["I call nothing.", tagged(WEATHER, WEATHER), tagged(WEATHER, TIME)]
        assert check_tool_calls(texts, tools=[json.dumps(TOOLS)] * 3) == [-4.5, -2.5, 5.0]

    def test_a_row_with_neither_is_no_opinion(self):
        assert check_tool_calls(["a"], tools=[None]) == [None]
        assert check_tool_calls(["a"], expected_calls=[None]) == [None]

    def test_without_jsonschema_it_says_what_to_install(self, monkeypatch):
        monkeypatch.setattr("grpo_rewards.documents.schemas.find_spec", lambda name: None)
        with pytest.raises(OptionError, match=r"pip install 'grpo-rewards\[schema\]'"):
            check_tool_calls([tagged(WEATHER)], tools=[TOOLS])
        assert scored(tagged(WEATHER)) == 5.0


class TestCheckToolCalls:
    @pytest.mark.parametrize(
        "columns",
        [
            {"expected_calls": ["{"]},
            {"expected_calls": [3]},
            {"expected_calls": [["f"]]},
            {"expected_calls": [[{"arguments": {}}]]},
            {"tools": ["{"]},
            {"tools": [3]},
            {"tools": [[{"type": "function"}]]},
            {"tools": [[{"name": "weather", "parameters": {"type": "text"}}]]},
            {"calls": [[]]},
        ],
        ids=str,
    )
    def test_columns_that_cannot_be(self, columns):
        with pytest.raises(ColumnError, match="column"):
            check_tool_calls([tagged(WEATHER)], **columns)

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"expected": ""}, "expected=''"),
            ({"tools": 3}, "tools=3"),
            ({"ordered": 1}, "ordered=1"),
            ({"partial": True, "correct": -1, "wrong": -2}, "wrong <= 0 < correct"),
        ],
    )
    def test_options_that_cannot_be(self, options, found):
        with pytest.raises(OptionError, match=found):
            CheckToolCalls(**options)

    def test_it_is_a_value(self):
        reward = CheckToolCalls(ordered=True, partial=True, name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert eval(repr(reward), vars(grpo_rewards.rewards.tools)) == reward  # noqa: S307
        assert repr(check_tool_calls) == "check_tool_calls"

    @pytest.mark.parametrize("options", [{}, {"partial": True, "name": "shares"}], ids=str)
    def test_the_contract(self, options):
        """In turns with tools it reads the calls, not the last text."""
        assert_reward_contract(
            CheckToolCalls(**options),
            completions=[tagged(WEATHER), tagged(TIME), "none"],
            shapes=("text", "messages"),
            expected_calls=[[WEATHER]] * 3,
            tools=[TOOLS] * 3,
        )

    @pytest.mark.parametrize(
        "columns",
        [
            {"expected_calls": [WEATHER]},
            {"expected_calls": [WEATHER, {**TIME, "arguments": {"zone": "CET"}}]},
            {"expected_calls": [WEATHER], "tools": TOOLS},
            {"tools": TOOLS[:1]},
        ],
        ids=["one", "two", "with tools", "tools alone"],
    )
    def test_the_audit_finds_nothing(self, columns):
        wanted = columns.get("expected_calls", [WEATHER])
        report = audit_task(
            check_tool_calls,
            "tools",
            right=[tagged(*wanted), f"I look.\n{tagged(*wanted)}"],
            wrong=tagged({"name": "weather", "arguments": {"city": 3, "days": 3}}),
            **columns,
        )
        assert report.ok, report
