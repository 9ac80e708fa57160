"""What trainers hand over as a completion, and the text that is read from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import CompletionError, completion_text


def assistant(content, **more):
    return {"role": "assistant", "content": content, **more}


def tool(content):
    return {"role": "tool", "tool_call_id": "1", "content": content}


TOOL_CALL = [{"type": "function", "function": {"name": "add", "arguments": {"a": 1, "b": 2}}}]

READABLE = [
    pytest.param("plain", "plain", id="a string"),
    pytest.param("", "", id="an empty string"),
    pytest.param(" \n kept ", " \n kept ", id="white space is kept"),
    pytest.param(None, "", id="None"),
    pytest.param([], "", id="no messages"),
    pytest.param([assistant("hi")], "hi", id="one message in a list"),
    pytest.param((assistant("hi"),), "hi", id="one message in a tuple"),
    pytest.param([{"content": "hi"}], "hi", id="a message without a role"),
    pytest.param([assistant(None)], "", id="content None"),
    pytest.param([{"role": "assistant"}], "", id="no content"),
    pytest.param([assistant([])], "", id="content of no parts"),
]

PARTS = [
    pytest.param([{"type": "text", "text": "hi"}], "hi", id="one text part"),
    pytest.param(
        [{"type": "text", "text": "4"}, {"type": "text", "text": "2"}], "42", id="parts are joined"
    ),
    pytest.param(
        [{"type": "image", "image": b"..."}, {"type": "text", "text": "hi"}],
        "hi",
        id="an image is left out",
    ),
    pytest.param(
        [{"type": "image", "text": None}, {"type": "text", "text": "hi", "image": None}],
        "hi",
        id="keys that a dataset filled with None",
    ),
    pytest.param(["4", "2"], "42", id="parts that are strings"),
    pytest.param([None, 3, "hi"], "hi", id="parts that hold no text"),
]

TURNS = [
    pytest.param(
        [assistant("let me add", tool_calls=TOOL_CALL), tool("3"), assistant("it is 3")],
        "it is 3",
        id="the last assistant text counts",
    ),
    pytest.param(
        [assistant(None, tool_calls=TOOL_CALL), tool("3"), assistant("it is 3")],
        "it is 3",
        id="a call without text",
    ),
    pytest.param(
        [assistant("it is 3"), assistant(None, tool_calls=TOOL_CALL), tool("4")],
        "it is 3",
        id="a tool's result is not the model's text",
    ),
    pytest.param(
        [assistant("it is 3"), {"role": "user", "content": "it is 4"}],
        "it is 3",
        id="a user's turn is not the model's text",
    ),
    pytest.param(
        [tool("3"), {"role": "user", "content": "thanks"}], "", id="the assistant never spoke"
    ),
    pytest.param([assistant("it is 3"), assistant(" \n")], "it is 3", id="a blank last turn"),
]

UNREADABLE = [
    pytest.param(assistant("hi"), "dict", id="one message without a list"),
    pytest.param(3, "int", id="a number"),
    pytest.param({"a", "b"}, "set", id="a set"),
    pytest.param(["not a message"], "not a message", id="a list of strings"),
    pytest.param([[assistant("hi")]], "mapping", id="a list in a list"),
    pytest.param([assistant(3)], "int", id="content that is a number"),
]


class TestStrings:
    """A completion that is a text, a message, or nothing."""

    @pytest.mark.parametrize(("completion", "text"), READABLE)
    def test_it_is_read(self, completion, text):
        assert completion_text(completion) == text

    @given(st.text(st.characters()))
    def test_any_string_is_its_own_text(self, text):
        """Lone surrogates and control characters included."""
        assert completion_text(text) == text


class TestContentParts:
    """A message whose content is a list, as vision templates write it."""

    @pytest.mark.parametrize(("parts", "text"), PARTS)
    def test_the_text_parts_are_joined(self, parts, text):
        assert completion_text([assistant(parts)]) == text

    @given(st.lists(st.text(), max_size=5))
    def test_splitting_a_text_in_parts_changes_nothing(self, texts):
        parts = [{"type": "text", "text": text} for text in texts]
        assert completion_text([assistant(parts)]) == completion_text([assistant("".join(texts))])


class TestToolTurns:
    """A rollout in which tools and environments speak between the assistant's turns."""

    @pytest.mark.parametrize(("messages", "text"), TURNS)
    def test_the_last_assistant_text_counts(self, messages, text):
        assert completion_text(messages) == text

    @given(st.lists(st.sampled_from(["tool", "user", "system"]), max_size=5), st.text(min_size=1))
    def test_what_others_say_afterwards_changes_nothing(self, roles, said):
        after = [{"role": role, "content": said} for role in roles]
        assert completion_text([assistant("mine"), *after]) == "mine"


class TestWrongShapes:
    """What no trainer hands over raises, and the message shows what was found."""

    @pytest.mark.parametrize(("completion", "found"), UNREADABLE)
    def test_it_raises(self, completion, found):
        with pytest.raises(CompletionError, match=found):
            completion_text(completion)

    def test_the_error_is_a_type_error(self):
        """So that code which catches Python's own error for this works."""
        with pytest.raises(TypeError):
            completion_text(3)
