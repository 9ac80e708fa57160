"""Patterns: large ones compiled when a text needs them, and where what they match ends."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

import regex

__all__ = ["AND_ELSEWHERE", "OR_ELSEWHERE", "SENTENCE", "Pattern", "compiled", "end_of"]

Pattern: TypeAlias = re.Pattern[str] | regex.Pattern[str]

SENTENCE = regex.compile(r"[.!?。！？\n](?!\d)")
"""Where a sentence ends."""


@cache
def compiled(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern, compiled once in each process; at import that would take its time."""
    return regex.compile(pattern, flags)


def end_of(pattern: Pattern, text: str, place: int = 0) -> int:
    """Where what a pattern matches at a place ends: the place itself where it matches nothing.

    Example:
        >>> end_of(re.compile(" *"), "a   b", 1), end_of(re.compile("x+"), "a   b", 1)
        (4, 1)
    """
    match = pattern.match(text, place)
    return match.end() if match else place


OR_ELSEWHERE = "(?:oder|ou|o|oppure|или|либо|veya|ya da|lub|albo|of|eller|або|hoặc|atau|nebo|sau|vagy|tai|ή|או|أو|یا|หรือ|または|또는)"
"""A pattern of "or" in other languages than English, between solutions: "x = 1 veya x = 3"."""
AND_ELSEWHERE = "(?:und|et|y|e|и|ve|i|oraz|en|och|og|і|та|và|dan|a|și|és|ja|و|และ|および|그리고)"
"""The same of "and": "x = 1 y x = 3"."""
