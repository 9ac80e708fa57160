"""Texts that a model might write and that break careless readers; the same on every machine."""

from __future__ import annotations

import random
from functools import lru_cache

from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.testing.calls import write

__all__ = ["HOSTILE", "hostile_texts"]

HOSTILE = (
    "",
    " \t\r\n\x0b\x0c",
    "\u00a0\u2003\u200b\ufeff",
    "\x00",
    "\x1b[31m\x07\x7f",
    "\ud800",  # half a surrogate pair, which cannot be encoded
    "\U0010ffff\ufffe",
    "🤔👩‍👩‍👧‍👦🇺🇳",
    "e\u0301\u0301\u0301" * 20,
    "\u202e24\u202c",
    "²",  # a digit to str.isdigit, and not to int
    "٤٢",  # digits to int, and not to [0-9]
    "四十二",
    "½",
    "-",
    "+-+-1",
    "1,2,3.4.5",
    ".",
    ",",
    "1_000",
    "0x2a",
    "nan",
    "-inf",
    "1e999999999",
    "1/0",
    "0/0",
    "9" * 5_000,  # more digits than int() reads
    f"0.{'3' * 5_000}",
    f"{'1' * 200}/{'7' * 200}",
    "%",
    "%s %d %(a)s {0} {} {a!r}",
    "\\",
    "\\\\boxed",
    "\\boxed{",
    "\\boxed{}}",
    "\\frac{1}{",
    "\\frac",
    "$$$",
    "{" * 500,
    "(" * 500 + ")" * 499,
    "\\boxed{" * 200,
    "#### #### ####",
    "####",
    "[](){}*+?.^$|\\b(?P<a>",
    "a" * 20_000,
    "a " * 5_000,
    "\n" * 5_000,
    "<think>" * 300,
    "</think>" * 300,
    "<SOLUTION>" * 300,
    "<|im_end|><|endoftext|></s>",
    "<|im_start|>assistant\n",
    "None",
    "null",
    "True",
    "[]",
    '{"answer": 42}',
    "'; DROP TABLE rewards; --",
    "__import__('os').getcwd()",
    "x" * 50 + "=" * 50,
    "not 42, or 42, and 43",
)
"""Each by itself, and as the answer of every preset format, is what `hostile_texts` begins with."""

PIECES = (
    *(tag for format in PRESETS.values() for tag in format.tags),
    *("\\boxed{", "}", "####", "$", "\\frac{", "{", "=", "-", ".", ",", "/", "%", " ", "\n", "\\"),
    *("42", "0", "1,234", "½", "x", "or", "not", "the answer is ", "\x00", "\ud800", "🤔", "٤"),
)
RANDOM_TEXTS = 100


@lru_cache(maxsize=1)
def hostile_texts() -> tuple[str, ...]:
    """The hostile texts, each of them as an answer, and texts made of their pieces by chance."""
    as_answers = (
        write(format, "thinking", text) for format in PRESETS.values() for text in HOSTILE
    )
    chance = random.Random(0)
    mixed = (
        "".join(chance.choices(PIECES, k=chance.randrange(1, 30))) for _ in range(RANDOM_TEXTS)
    )
    return tuple(dict.fromkeys((*HOSTILE, *as_answers, *mixed)))
