"""The tables of docs/recipes.md: models with their templates, datasets with their golds.

The page shows what the code here says, and tests/test_recipes.py runs all of it: every template is
rendered, and every row of a dataset is judged.
"""

from __future__ import annotations

import ast
import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

import grpo_rewards
from grpo_rewards import (
    BOXED,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    ResponseFormat,
)

TEMPLATES = Path(__file__).resolve().parent.parent / "tests" / "templates"
QUESTION = "What is 6 times 7?"
HARMONY = ResponseFormat(
    reasoning=("<|channel|>analysis<|message|>", "assistantfinal"), answer="boxed"
)
"""gpt-oss as a trainer decodes it: without special tokens, `assistantfinal` ends the reasoning."""


@dataclass(frozen=True)
class ModelRecipe:
    """A family of models: its template, what to do with that, and the format that fits.

    ``template`` is a file of tests/templates, or empty for a base model without one. With
    ``prefilled`` the format's opening tag is added to it, else it stays as the tokenizer has it.
    ``response`` is a right answer to the question as such a model writes it, with `{}` for 42.
    """

    model: str
    template: str
    format: ResponseFormat
    response: str
    prefilled: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    remark: str = ""

    @property
    def format_name(self) -> str:
        """How the format is written."""
        return self.name or repr(self.format)

    def chat_template(self) -> str:
        """The template that the tokenizer gets."""
        if not self.template:
            return self.format.chat_template()
        base = (TEMPLATES / f"{self.template}.jinja").read_text(encoding="utf-8")
        return self.format.chat_template(base) if self.prefilled else base

    def prompt(self) -> str:
        """The prompt that asks the question, as transformers renders it."""
        messages = [
            {"role": "system", "content": self.format.system_prompt()},
            {"role": "user", "content": QUESTION},
        ]
        return rendered(self.chat_template(), messages, **self.options)


def rendered(template: str, messages: list[dict[str, str]], **options: Any) -> str:
    """A chat as transformers renders it."""
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.policies["json.dumps_function"] = json.dumps
    environment.globals["strftime_now"] = lambda _: "2026-11-28"
    environment.globals["raise_exception"] = refuse
    tokens = {"bos_token": "<s>", "eos_token": "</s>"}
    return environment.from_string(template).render(
        messages=messages, add_generation_prompt=True, **tokens, **options
    )


def refuse(message: str) -> None:
    """What a template calls on messages that it cannot take."""
    raise ValueError(message)


THOUGHT = "6 times 7 is 42."
BOX = r"\boxed{{{}}}"
MODELS = (
    ModelRecipe(
        "Qwen3, thinking",
        "qwen3",
        THINK_BOXED,
        f"<think>\n{THOUGHT}\n</think>\n\nThe product is {BOX}.",
    ),
    ModelRecipe(
        "Qwen3, not thinking",
        "qwen3",
        BOXED,
        f"{THOUGHT} So the product is {BOX}.",
        options={"enable_thinking": False},
        remark="`chat_template_kwargs={'enable_thinking': False}` in `GRPOConfig`",
    ),
    ModelRecipe(
        "Qwen3-Instruct-2507",
        "qwen3_instruct_2507",
        BOXED,
        f"{THOUGHT} So the product is {BOX}.",
    ),
    ModelRecipe(
        "Qwen2.5-Instruct",
        "qwen2_5",
        BOXED,
        f"{THOUGHT} So the product is {BOX}.",
    ),
    ModelRecipe(
        "Llama 3.2 Instruct",
        "llama3_2",
        WORKING_OUT,
        f"{THOUGHT}\n<end_working_out>\n<SOLUTION>{{}}</SOLUTION>",
        prefilled=True,
    ),
    ModelRecipe(
        "Gemma 3",
        "gemma3",
        THINK_ANSWER,
        f"{THOUGHT}\n</think>\n<answer>{{}}</answer>",
        prefilled=True,
    ),
    ModelRecipe(
        "DeepSeek-R1 distillates",
        "deepseek_r1_distill",
        THINK_BOXED,
        f"{THOUGHT}\n</think>\n\nThe product is {BOX}.",
        remark="the template writes the tag already: build nothing on it",
    ),
    ModelRecipe(
        "gpt-oss",
        "gptoss",
        HARMONY,
        f"analysis{THOUGHT}assistantfinalThe product is {BOX}.",
        name="ResponseFormat(...)",
        remark="its marks are special tokens, see below",
    ),
    ModelRecipe(
        "base models, a layout of tags",
        "",
        WORKING_OUT,
        f"{THOUGHT}\n<end_working_out>\n<SOLUTION>{{}}</SOLUTION>",
        prefilled=True,
    ),
    ModelRecipe(
        "base models, as R1-Zero",
        "",
        THINK_ANSWER,
        f"{THOUGHT}\n</think>\n<answer>{{}}</answer>",
        prefilled=True,
    ),
)


@dataclass(frozen=True)
class DatasetRecipe:
    """A dataset: what a row's gold is, how it becomes columns, and the reward that reads them.

    ``row`` is our own, in the dataset's shape. ``columns`` is Python: what `dataset.map` adds to a
    row, or empty. ``reward`` is Python, too; ``right`` and ``wrong`` are answers to the row.
    """

    dataset: str
    gold: str
    row: dict[str, Any]
    reward: str
    right: str
    wrong: str
    columns: str = ""

    def judged(self) -> tuple[float | None, float | None]:
        """What the reward pays for the right and for the wrong answer."""
        names = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}
        names["ast"] = ast
        added = eval(self.columns, names, {"row": self.row}) if self.columns else {}  # noqa: S307 - our own table
        if "reasoning_gym" in self.reward:
            names["reasoning_gym"] = importlib.import_module(
                "grpo_rewards.integrations.reasoning_gym"
            )
        reward = eval(self.reward, names)  # noqa: S307 - the same
        row = self.row | added
        columns = {name: [value, value] for name, value in row.items() if name != "prompt"}
        right, wrong = reward([self.right, self.wrong], **columns)
        return right, wrong


def laid_out(answer: str) -> str:
    """An answer in the default layout."""
    return WORKING_OUT.render("Some working out.", answer, opening=False)


DOUBLE, TRIPLE = (f"```python\ndef double(x):\n    return x * {n}\n```" for n in (2, 3))
PRINTS = "```python\nprint({} * int(input()))\n```"
PAIRS = '[{"input": "4", "output": "8", "testtype": "stdin"}]'
DATASETS = (
    DatasetRecipe(
        "GSM8K, `openai/gsm8k`",
        "the last line of a worked solution",
        {"question": "3 boxes of 12, less 5?", "answer": "3 * 12 = <<3*12=36>>36\n#### 31"},
        "CheckAnswer(gold_format=HASHES)",
        laid_out("31"),
        laid_out("36"),
    ),
    DatasetRecipe(
        "MATH, `EleutherAI/hendrycks_math`",
        "the last box of a worked solution",
        {"problem": "Add the halves.", "solution": r"We get $\boxed{\frac{3}{4}}$ in all."},
        "CheckAnswer(gold_format=BOXED)",
        laid_out("0.75"),
        laid_out("3.4"),
    ),
    DatasetRecipe(
        "MATH-500, `HuggingFaceH4/MATH-500`",
        "plain, in `answer`",
        {"problem": "Solve |x| < 2.", "solution": r"It is $\boxed{(-2,2)}$.", "answer": "(-2,2)"},
        "check_answer",
        laid_out("-2 < x < 2"),
        laid_out("[-2, 2]"),
    ),
    DatasetRecipe(
        "NuminaMath-CoT, `AI-MO/NuminaMath-CoT`",
        "the last box of a worked solution; a row without one is skipped",
        {"problem": "Halve 9.", "solution": r"Half of 9 is $\boxed{4.5}$, as one sees."},
        "CheckAnswer(gold_format=BOXED)",
        laid_out("9/2"),
        laid_out("9"),
    ),
    DatasetRecipe(
        "NuminaMath-1.5, `AI-MO/NuminaMath-1.5`",
        "plain, in `answer`; drop the rows that say `proof` or `notfound`",
        {"problem": "Halve 9.", "solution": "So 4.5.", "answer": r"\frac{9}{2}"},
        "check_answer",
        laid_out("4.5"),
        laid_out("9"),
    ),
    DatasetRecipe(
        "DAPO, `open-r1/DAPO-Math-17k-Processed`",
        "plain, in `solution`",
        {"prompt": "Sum the digits of 97.", "solution": "16"},
        'CheckAnswer(gold="solution")',
        laid_out("16"),
        laid_out("97"),
    ),
    DatasetRecipe(
        "verl's DAPO, `BytedTsinghua-SIA/DAPO-Math-17k`",
        "plain, inside `reward_model`",
        {"prompt": "Sum the digits of 97.", "reward_model": {"ground_truth": "16"}},
        'CheckAnswer(gold="reward_model.ground_truth")',
        laid_out("16"),
        laid_out("97"),
    ),
    DatasetRecipe(
        "OpenR1, `open-r1/OpenR1-Math-220k`",
        "plain, in `answer`; the column `solution` is worked",
        {"problem": "Area, radius 3?", "solution": "...", "answer": r"9\pi"},
        'CheckAnswer(gold="answer")',
        laid_out(r"$9\pi$"),
        laid_out("9"),
    ),
    DatasetRecipe(
        "Countdown, `Jiayi-Pan/Countdown-Tasks-3to4`",
        "none: every expression that makes `target` of `nums` is right",
        {"target": 25, "nums": [3, 4, 5, 2]},
        'CheckPuzzle(kind="countdown")',
        laid_out("3 * (4 + 5) - 2"),
        laid_out("5 * 5"),
    ),
    DatasetRecipe(
        "Knights and Knaves, `K-and-K/knights-and-knaves`",
        "none: who is what follows from `names` and `statements`",
        {
            "names": ["Ada", "Ben"],
            "statements": "(('lying', 1), ('and', ('lying', 0), ('lying', 1)))",
        },
        'CheckPuzzle(kind="knights_knaves")',
        laid_out("Ada is a knight, and Ben is a knave."),
        laid_out("Ada is a knave, and Ben is a knight."),
        '{"statements": ast.literal_eval(row["statements"])}',
    ),
    DatasetRecipe(
        "reasoning-gym, any family",
        "the rows of `dataset_rows(family, size=..., seed=...)`",
        {
            "question": "The GCD of 780 and 462?",
            "answer": "6",
            "family": "gcd",
            "metadata": '{"source_dataset": "gcd", "source_index": 0, "numbers": [780, 462]}',
            "config": "{}",
        },
        "reasoning_gym.check_reasoning_gym",
        laid_out("6"),
        laid_out("12"),
    ),
    DatasetRecipe(
        "HumanEval, `openai/openai_humaneval`",
        "assertions in `test`, about `entry_point`",
        {
            "prompt": "def double(x):\n",
            "test": "def check(candidate):\n    assert candidate(2) == 4\n",
            "entry_point": "double",
        },
        'CheckCode(tests="test")',
        DOUBLE,
        TRIPLE,
    ),
    DatasetRecipe(
        "MBPP, `google-research-datasets/mbpp`",
        "assertions in `test_list`",
        {"text": "Double it.", "test_list": ["assert double(2) == 4", "assert double(0) == 0"]},
        'CheckCode(tests="test_list", all_or_nothing=True)',
        DOUBLE,
        TRIPLE,
    ),
    DatasetRecipe(
        "APPS, `codeparrot/apps`",
        "pairs as JSON in `input_output`",
        {"input_output": '{"fn_name": "double", "inputs": [[2]], "outputs": [[4]]}'},
        'CheckCode(tests="input_output")',
        DOUBLE,
        TRIPLE,
    ),
    DatasetRecipe(
        "LiveCodeBench, `livecodebench/code_generation_lite`",
        "pairs as JSON in `public_test_cases`; the private ones are packed",
        {"public_test_cases": PAIRS},
        'CheckCode(tests="public_test_cases")',
        PRINTS.format(2),
        PRINTS.format(3),
    ),
)


def model_table() -> Iterator[tuple[str, ...]]:
    """Each model: the format, the template to set, and the end of its prompt as rendered."""
    for recipe in MODELS:
        own = "the tokenizer's own" if recipe.template else "`format.chat_template()`"
        set_to = "`format.chat_template(tokenizer.chat_template)`"
        template = set_to if recipe.prefilled and recipe.template else own
        ending = json.dumps(recipe.prompt()[-28:], ensure_ascii=False)[1:-1]
        remark = f"; {recipe.remark}" if recipe.remark else ""
        yield (
            recipe.model,
            f"`{recipe.format_name}`",
            f"{template}{remark}",
            f"`...{ending}`",
        )


def dataset_table() -> Iterator[tuple[str, ...]]:
    """Each dataset: its gold, what `dataset.map` adds, the reward."""
    for recipe in DATASETS:
        columns = f"`{recipe.columns}`" if recipe.columns else ""
        yield recipe.dataset, recipe.gold, columns, f"`{recipe.reward}`"
