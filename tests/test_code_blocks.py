"""Finding the program in a response: the block that defines what is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from code_cases import BAD, GOOD, TESTS, fenced
from grpo_rewards import THINK_ANSWER, THINK_BOXED, ResponseFormat
from grpo_rewards.programs.blocks import program_in
from grpo_rewards.rewards.code import CheckCode, check_code

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestPrograms:
    """Where the program is in a response."""

    @pytest.mark.parametrize(
        ("text", "program"),
        [
            ("```python\na\n```", "a\n"),
            ("```py\na\n```\nthen\n```Python3\nb\n```", "b\n"),
            ("```python\na\n```\n```\noutput\n```", "a\n"),
            ("```\na\n```\n```\nb\n```", "b\n"),
            ("~~~python\na\n```\nb\n~~~", "a\n```\nb\n"),
            ("````python\na\n```\nb\n````", "a\n```\nb\n"),
            ("```python\na", "a"),
            ("```{.python}\na\n```", "a\n"),
            ("``` python title=x\r\na\r\n```", "a\r\n"),
            ("1. this:\n   ```python\n   if a:\n       b\n   ```", "if a:\n    b\n"),
            ("> ```python\n> a\n> ```", "a\n"),
            ("```cpp\na\n```", None),
            ("```python\n```", None),
            ("a = 1", "a = 1"),
            ("use `a` here", "use `a` here"),
            (" \n", None),
            ("```python:main.py\na\n```", "a\n"),
            ("```python\na\n```\n```python\n \n```", "a\n"),
            ("```python\na\n```\n```python\n>>> a\n```", "a\n"),
            ("```python\na\n``` That is it.\n```\nb\n```", "a\n"),
            ("```python\na\n```python\nb\n```", "b\n"),
            ("```python\nf('\n    ```\n')\n```", "f('\n    ```\n')\n"),
            ("````markdown\n# A\n```python\na\n```\n````", "a\n"),
            ("```md\n```python\na\n```\n```", "a\n"),
            ("```md\n" * 5_000, None),
        ],
    )
    def test_blocks(self, text, program):
        found = program_in(text)
        assert found.answer == program
        assert found.answer is not None or found.why_not

    usage = "```python\nprint(f(2))\n```"

    @pytest.mark.parametrize(
        ("text", "program"),
        [
            pytest.param("```python\ndef f(): 1\n```\n" + usage, "def f(): 1\n", id="its use"),
            pytest.param(
                "```\ndef f(): 1\n```\nprints\n```\n4\n```", "def f(): 1\n", id="its output"
            ),
            pytest.param(
                "```python\ndef f(): 1\n```\nNo:\n```python\ndef f(): 2\n```\n" + usage,
                "def f(): 2\n",
                id="the last definition",
            ),
            pytest.param(
                "```python\nf = len\n```\n```python\ndef test_f(): f()\n```",
                "f = len\n",
                id="tests of it",
            ),
            pytest.param(
                "```python\nclass Solution:\n    def f(self): 1\n```\n" + usage,
                "class Solution:\n    def f(self): 1\n",
                id="a method",
            ),
            pytest.param(
                "```python\nimport math\nprint(1)\ng = 3\n```\n"
                "```python\ndef f(): return math.pi + h()\n```\n" + usage,
                "import math\ndef f(): return math.pi + h()\n",
                id="what it needs",
            ),
            pytest.param(
                "```python\ndef h(): return g\n```\n```python\ng = 1\n```\n"
                "```python\ndef f(): return h()\n```",
                "def h():\n    return g\ng = 1\ndef f(): return h()\n",
                id="what that needs",
            ),
            pytest.param(
                "```\ndef f(): 1\n```\n" + usage, "def f(): 1\n", id="one that is not marked"
            ),
            pytest.param(usage, "print(f(2))\n", id="none defines it"),
        ],
    )
    def test_the_block_that_defines_the_function(self, text, program):
        assert program_in(text, function="f").answer == program

    @pytest.mark.parametrize(
        ("text", "program"),
        [
            ("```python\nprint(1)\n```\n```python\nx = 1\n```", "print(1)\n"),
            ("```python\nx = 1\nprint(x)\n```\n```python\nprint(x)\n```", "x = 1\nprint(x)\n"),
            ("```python\nprint(1)\n```\n```python\nprint(2)\n```", "print(2)\n"),
            ("```python\nprint(1)\n```\n```python\nprint(\n```", "print(1)\n"),
            ("```python\nx = 1\n```", "x = 1\n"),
        ],
    )
    def test_the_block_that_prints(self, text, program):
        assert program_in(text, asks_output=True).answer == program

    @pytest.mark.parametrize("depth", [10, 3_000])
    def test_no_hostile_block_raises(self, depth):
        for value in ("x." * depth + "x", "-" * depth + "1", "[" * depth + "]" * depth):
            text = f"```python\ny = {value}\n```\n```python\ndef f(): return y\n```"
            assert "def f" in program_in(text, function="f").answer
            assert program_in(text, asks_output=True).answer

    def test_the_tests_say_what_is_asked_for(self):
        use = "\nFor example:\n```python\nassert double(1) == 2\nprint(double(3))\n```"
        assert check_code([fenced(GOOD) + use, fenced(BAD) + use], tests=[TESTS] * 2) == [5.0, -2.5]

    @given(st.text(st.sampled_from("`~ \n>apython1")))
    def test_no_text_raises(self, text):
        found = program_in(text)
        assert (found.answer or found.why_not).strip()

    @pytest.mark.parametrize(
        ("format", "text", "score"),
        [
            (check_code.format, f"<think>{fenced(BAD)}</think>{fenced(GOOD)}", 5.0),
            (check_code.format, f"<think>{fenced(GOOD)}</think>{fenced(BAD)}", -2.5),
            (check_code.format, f"<think>{fenced(GOOD)}</think>I cannot.", -4.5),
            (check_code.format, f"<think>{fenced(GOOD)}", -4.5),
            (THINK_ANSWER, f"<think>a</think><answer>{fenced(GOOD)}</answer>", 5.0),
            (THINK_ANSWER, f"<think>a</think><answer>\n{GOOD}</answer>", 5.0),
            (THINK_ANSWER, f"<think>a</think>{fenced(GOOD)}", -4.5),
            (THINK_BOXED, f"a</think>{fenced(GOOD)}", 5.0),
            (THINK_BOXED, fenced(GOOD), -4.5),
            (ResponseFormat(reasoning=("[a]", "[/a]")), f"{fenced(BAD)}[/a]{fenced(GOOD)}", 5.0),
        ],
    )
    def test_the_program_is_not_taken_from_the_reasoning(self, format, text, score):
        assert CheckCode(format=format)([text], tests=[TESTS]) == [score]
