"""The recipes of the documentation: every template is rendered, every dataset's row is judged."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from grpo_rewards import THINK_BOXED, CheckAnswer, ExactFormat

TOOLS = Path(__file__).resolve().parent.parent / "tools"
GOLD = "42"

pytest.importorskip("jinja2")


def load_recipes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_recipes", TOOLS / "docs_recipes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


recipes = load_recipes()


@pytest.mark.parametrize("recipe", recipes.MODELS, ids=lambda recipe: recipe.model)
class TestModels:
    def test_the_prompt_has_system_prompt_and_question(self, recipe):
        prompt = recipe.prompt()
        assert recipe.format.system_prompt() in prompt
        assert recipes.QUESTION in prompt

    def test_the_opening_tag_is_written_once(self, recipe):
        """By the template or by the model, and where thinking is off by neither."""
        if recipe.format.reasoning is None or recipe.format == recipes.HARMONY:
            return
        opening = recipe.format.reasoning[0]
        ending = recipe.prompt()[recipe.prompt().index(recipes.QUESTION) :]
        assert (ending + recipe.response).count(opening) == 1

    def test_a_right_response_earns_everything_and_a_wrong_one_less(self, recipe):
        right, wrong = recipe.response.format(GOLD), recipe.response.format("43")
        exact = ExactFormat(format=recipe.format)
        check = CheckAnswer(format=recipe.format)
        assert check([right, wrong], answer=[GOLD] * 2) == [5.0, -2.5]
        if recipe.format.tags or recipe.format.answer == "boxed":
            assert exact([right, wrong]) == [3.0, 3.0]


class TestWhatThePageSays:
    def test_without_thinking_a_format_with_reasoning_never_pays(self):
        """The empty block is in the prompt, so the response has no end of the reasoning."""
        (recipe,) = [each for each in recipes.MODELS if each.model == "Qwen3, not thinking"]
        assert recipe.prompt().endswith("<think>\n\n</think>\n\n")
        check = CheckAnswer(format=THINK_BOXED)
        assert check([recipe.response.format(GOLD)], answer=[GOLD]) == [-4.5]

    def test_gemma_has_no_system_turn(self):
        """Its template writes the system prompt before the question."""
        (recipe,) = [each for each in recipes.MODELS if each.model == "Gemma 3"]
        assert f"{recipe.format.system_prompt()}\n\n{recipes.QUESTION}" in recipe.prompt()


@pytest.mark.parametrize("recipe", recipes.DATASETS, ids=lambda recipe: recipe.dataset)
def test_a_right_answer_pays_and_a_wrong_one_does_not(recipe):
    if "reasoning_gym" in recipe.reward:
        pytest.importorskip("reasoning_gym")
    if "CheckCode" in recipe.reward:
        pytest.importorskip("pydantic_monty")
    right, wrong = recipe.judged()
    assert right == 5.0
    assert wrong <= 0
