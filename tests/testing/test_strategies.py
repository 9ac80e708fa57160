"""Strategies keep what they promise: verdicts, exactness, shapes."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards import (
    THINK_BOXED,
    WORKING_OUT,
    OptionError,
    ResponseFormat,
    compare,
    completion_text,
)
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.testing.strategies import (
    MANGLINGS,
    PAIR_KINDS,
    Draft,
    completions,
    equal_pairs,
    mangled_responses,
    responses,
    unequal_pairs,
)

THINK = ("<think>", "</think>")
FORMATS = {
    **PRESETS,
    "required": ResponseFormat(
        reasoning=("[work]", "[/work]"), answer=("[out]", "[/out]"), opening="required"
    ),
    "prefilled": ResponseFormat(reasoning=THINK, answer="boxed", opening="prefilled"),
    "answer alone": ResponseFormat(answer=("<answer>", "</answer>")),
    "think, hashes": ResponseFormat(reasoning=THINK, answer="hashes"),
    "think, freeform": ResponseFormat(reasoning=THINK),
    "line breaks": ResponseFormat(
        reasoning=("\n# Work\n", "\n# Done\n"), answer=("\n# A\n", "\n# Z\n")
    ),
    "emoji": ResponseFormat(reasoning=("🤔", "💡"), answer=("👉", "👈")),
}

every_format = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
every_kind = pytest.mark.parametrize("kind", PAIR_KINDS)
few = settings(max_examples=50)


class TestResponses:
    @every_format
    def test_they_are_exact(self, format):
        @few
        @given(responses(format))
        def exact(text):
            response = format.parse(text)
            assert response.is_exact, response.why_not_exact
            assert int(response.answer) is not None

        exact()

    @given(responses(answer="42", reasoning="six times seven"))
    def test_the_parts_can_be_given(self, text):
        response = WORKING_OUT.parse(text)
        assert (response.reasoning, response.answer) == ("six times seven", "42")

    @given(responses(THINK_BOXED, answer=st.sampled_from(["42", r"\frac{1}{2}"])))
    def test_the_parts_can_be_drawn(self, text):
        assert THINK_BOXED.parse(text).answer in ("42", r"\frac{1}{2}")

    def test_no_format(self):
        for strategy in (responses, mangled_responses):
            with pytest.raises(OptionError, match="ResponseFormat"):
                strategy("boxed")


class TestManglings:
    @every_format
    def test_none_is_exact(self, format):
        @few
        @given(mangled_responses(format))
        def mangled(drawn):
            assert not format.parse(drawn.text).is_exact

        mangled()

    @every_format
    @pytest.mark.parametrize("name", MANGLINGS)
    def test_each_mangles_where_it_applies(self, format, name):
        draft = Draft(format, "six times seven", "42")
        text = MANGLINGS[name](draft)
        if text is not None:
            assert text != draft.text
            assert not format.parse(text).is_exact

    @pytest.mark.parametrize("name", MANGLINGS)
    def test_each_applies_somewhere(self, name):
        drafts = [Draft(format, "six times seven", "42") for format in FORMATS.values()]
        assert any(MANGLINGS[name](draft) is not None for draft in drafts)


class TestCompletions:
    @given(st.text(), st.data())
    def test_every_shape_has_the_text(self, text, data):
        completion = data.draw(completions(text))
        assert completion_text(completion) == (
            text if isinstance(completion, str) or text.strip() else ""
        )

    def test_there_are_all_shapes(self):
        seen = set()

        @settings(max_examples=200, database=None)
        @given(completions(responses()))
        def collect(completion):
            seen.add("text" if isinstance(completion, str) else f"{len(completion)} messages")
            if not isinstance(completion, str) and isinstance(completion[-1]["content"], list):
                seen.add("parts")

        collect()
        assert seen == {"text", "1 messages", "2 messages", "3 messages", "parts"}


class TestPairs:
    @every_kind
    def test_equal_pairs(self, kind):
        @few
        @given(equal_pairs(kind))
        def equal(pair):
            assert compare(*pair)

        equal()

    @every_kind
    def test_unequal_pairs(self, kind):
        @few
        @given(unequal_pairs(kind))
        def unequal(pair):
            assert compare(*pair).equal is False

        unequal()

    @given(equal_pairs(), unequal_pairs())
    def test_every_kind_at_once(self, equal, unequal):
        assert compare(*equal)
        assert not compare(*unequal)

    def test_kinds_that_there_are_not(self):
        for strategy in (equal_pairs, unequal_pairs):
            with pytest.raises(OptionError, match=r"'matrices'.*integers"):
                strategy("matrices")


WITHOUT_HYPOTHESIS = """
import sys
sys.modules["hypothesis"] = sys.modules["pytest"] = None
from grpo_rewards import check_answer
from grpo_rewards.testing import assert_reward_contract, audit, exploits
assert_reward_contract(check_answer, answer=["Paris"])
assert audit(check_answer, golds=["Paris"]).ok and exploits("42")
try:
    from grpo_rewards.testing import strategies
except ImportError as error:
    print(error)
"""


def test_only_strategies_need_hypothesis():
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_HYPOTHESIS], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "pip install 'grpo-rewards[testing]'" in run.stdout
