"""Rewards that can be earned without solving, as people write them, and one of each other fault."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from grpo_rewards import completion_text

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "recipe.py"


def texts_of(completions):
    return [completion_text(completion) for completion in completions]


def substring(completions, answer, **columns):
    """The gold stands somewhere."""
    pairs = zip(texts_of(completions), answer, strict=True)
    return [float(gold in text) for text, gold in pairs]


def in_the_tags(completions, answer, **columns):
    """The gold stands somewhere between the first opening and the last closing tag."""
    found = (
        re.search("<SOLUTION>(.*)</SOLUTION>", text, re.DOTALL) for text in texts_of(completions)
    )
    pairs = zip(found, answer, strict=True)
    return [float(bool(match) and gold in match[1]) for match, gold in pairs]


def last_number(completions, answer, **columns):
    """The last number of the text is the gold."""
    found = (re.findall(r"-?\d[\d,]*\.?\d*", text) for text in texts_of(completions))
    pairs = zip(found, answer, strict=True)
    return [float(bool(numbers) and numbers[-1] == gold) for numbers, gold in pairs]


def exact_text(completions, answer, **columns):
    """String equality: cannot be cheated, and misses right answers."""
    found = (
        re.search("<SOLUTION>(.*?)</SOLUTION>", text, re.DOTALL) for text in texts_of(completions)
    )
    pairs = zip(found, answer, strict=True)
    return [float(bool(match) and match[1] == gold) for match, gold in pairs]


def near(completions, answer, **columns):
    """A number is paid the more the nearer it is."""

    def score(text, gold):
        found = re.search(r"<SOLUTION>\s*([-\d.,]+)\s*</SOLUTION>", text)
        try:
            return 1 / (1 + abs(float(found[1]) - float(gold))) if found else 0.0
        except ValueError:
            return 0.0

    return [score(text, gold) for text, gold in zip(texts_of(completions), answer, strict=True)]


def longer(completions, **columns):
    return [min(len(text), 50_000) / 50_000 for text in texts_of(completions)]


def shorter(completions, **columns):
    return [-min(len(text), 50_000) / 50_000 for text in texts_of(completions)]


def counts_tags(completions, **columns):
    return [float(text.count("<SOLUTION>")) for text in texts_of(completions)]


def looks_like_work(completions, **columns):
    return [
        float(bool(re.search("step|because|therefore", text))) for text in texts_of(completions)
    ]


def obedient(completions, **columns):
    """A judge that does as it is told."""
    told = re.compile("correct|score", re.IGNORECASE)
    return [float(bool(told.search(text))) for text in texts_of(completions)]


def spares_the_unreadable(completions, answer, **columns):
    """No opinion where there is no answer, and a penalty where it is wrong."""

    def score(text, gold):
        found = re.search(r"<SOLUTION>(.+?)</SOLUTION>", text, re.DOTALL)
        return (1.0 if found[1] == gold else -1.0) if found else None

    return [score(text, gold) for text, gold in zip(texts_of(completions), answer, strict=True)]


def upside_down(completions, answer, **columns):
    return [-score for score in exact_text(completions, answer)]


def no_opinion(completions, **columns):
    return [None for _ in completions]


def breaks_on_nan(completions, answer, **columns):
    """Raises on what a model may well write."""
    for text in texts_of(completions):
        if "<SOLUTION>nan<" in text:
            raise ArithmeticError("nan")
    return exact_text(completions, answer)


async def awaited(completions, answer, **columns):
    return substring(completions, answer)


def _recipe():
    spec = importlib.util.spec_from_file_location("recipe", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RECIPE = _recipe()


def the_recipe(completions, answer, **columns):
    """The recipe's four functions, added up, as ``benchmarks/recipe.py`` wrote them anew."""
    return [
        RECIPE.recipe(text, gold) for text, gold in zip(texts_of(completions), answer, strict=True)
    ]
