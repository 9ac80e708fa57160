"""Comparing a gold with a prediction: the cheapest rule that can decide, and what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import regex

from grpo_rewards.answers.deciding.equality import Comparison
from grpo_rewards.answers.notation.normalize import canonical
from grpo_rewards.answers.notation.trees import Tree
from grpo_rewards.answers.policy import Policy
from grpo_rewards.answers.symbolic import pool
from grpo_rewards.answers.values.kinds import (
    Assignment,
    Choice,
    Claim,
    Collection,
    Expression,
    Interval,
    Matrix,
    Number,
    Relation,
    Union,
    Value,
    Words,
)
from grpo_rewards.answers.values.measures import reads_as_unit
from grpo_rewards.answers.values.readings import read
from grpo_rewards.wording.doubts import doubted

__all__ = ["Verdict", "compare", "compare_many", "exact_number", "numbers_in"]

DEFAULT = Policy()
BATCH_DEADLINES = 3
"""How many deadlines of a pair the symbolic rule may take for a whole batch."""
CACHED_RESULTS = 4_096


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comparing a gold with a prediction says; true only when they are equal.

    Example:
        >>> verdict = compare("1/2", "50%")
        >>> bool(verdict), verdict.rule
        (True, 'number')
    """

    equal: bool | None
    """Whether they are equal; ``None`` for undecided: no gold, or a comparison that was stopped."""
    rule: str
    """The rule that decided: text, number, choice, words, collection, relation, expression, symbolic."""
    reason: str
    """A sentence that shows both values as they were understood."""

    def __bool__(self) -> bool:
        return self.equal is True


def compare(gold: str, prediction: str, *, policy: Policy = DEFAULT) -> Verdict:
    r"""Whether a careful teacher who sees only the gold would accept the prediction.

    Args:
        gold: The reference answer.
        prediction: The answer to judge. Both may be written in LaTeX or plain text.
        policy: What is accepted, and what may be spent on it.

    Returns:
        The verdict; undecided only when the gold is blank, or when the deadline or the memory cap
        stopped the symbolic rule. Never raises, whatever the texts.

    Example:
        >>> bool(compare(r"\frac{1}{2}", "0.5"))
        True
        >>> print(compare("42", "41 or 42").reason)
        not equal: the gold is 42, the answer is 41 or 42
    """
    return compare_many([gold], [prediction], policy=policy)[0]


def compare_many(
    golds: Sequence[str], predictions: Sequence[str], *, policy: Policy = DEFAULT
) -> list[Verdict]:
    """The verdicts of a batch, pair by pair; pairs that occur again are decided once.

    What evaluation leaves open is handed to the symbolic rule's workers for the whole batch, so
    that ordinary pairs do not wait for it.

    Raises:
        ValueError: There are not as many golds as predictions.

    Example:
        >>> [bool(verdict) for verdict in compare_many(["1/2", "3"], ["0.5", "4"])]
        [True, False]
    """
    if len(golds) != len(predictions):
        raise ValueError(
            f"{len(golds)} golds and {len(predictions)} predictions: give one gold a prediction"
        )
    pairs = list(zip(golds, predictions, strict=True))
    first = {pair: _first_pass(*pair, policy) for pair in set(pairs)}
    undecided = {tree_pair for _, _, left_open in first.values() for tree_pair in left_open}
    known = _symbolic(undecided, policy) if undecided else {}
    verdicts = {
        pair: _verdict(pair, rule, equal=equal)
        if equal or not left_open
        else _second_pass(pair, policy, known)
        for pair, (equal, rule, left_open) in first.items()
    }
    return [verdicts[pair] for pair in pairs]


def _verdict(pair: tuple[str, str], rule: str, *, equal: bool | None) -> Verdict:
    gold, prediction = (_shown(text) for text in pair)
    if equal is None:
        why = "the gold is blank" if not pair[0].strip() else "the comparison was stopped"
        return Verdict(
            None, rule, f"undecided: {why}; the gold is {gold}, the answer is {prediction}"
        )
    said = "equal" if equal else "not equal"
    return Verdict(equal, rule, f"{said}: the gold is {gold}, the answer is {prediction}")


def _shown(text: str) -> str:
    text = canonical(text[:400]) or "blank"
    return text if len(text) <= 80 else f"{text[:77]}..."


TreePair: TypeAlias = tuple[Tree, Tree]


@lru_cache(maxsize=16_384)
def _first_pass(
    gold: str, prediction: str, policy: Policy
) -> tuple[bool | None, str, tuple[TreePair, ...]]:
    """The decision, its rule, and the pairs of expressions that evaluation left open."""
    if not gold.strip():
        return None, "text", ()
    if not prediction.strip():
        return False, "text", ()
    if gold == prediction:
        return True, "text", ()
    if _INTEGER.fullmatch(gold):  # most pairs of a batch, decided without reading them
        plain = _PLAIN.fullmatch(prediction)
        if plain:
            whole, places = plain["whole"].replace(",", ""), plain["places"]
            is_whole = not places or not places.strip("0")
            rule = "relation" if plain["name"] else "number"
            return is_whole and int(whole) == int(gold), rule, ()
    if _same_canonical(gold, prediction, policy.max_length):
        return True, "text", ()
    comparison = Comparison(policy)
    equal, rule = _compared(comparison, gold, prediction)
    return equal, rule, tuple(comparison.undecided)


def _second_pass(
    pair: tuple[str, str], policy: Policy, known: Mapping[TreePair, bool | None]
) -> Verdict:
    """The decision with what the symbolic rule found; undecided if it was stopped on the way."""
    comparison = Comparison(policy, known)
    equal, _ = _compared(comparison, *pair)
    _, _, left_open = _first_pass(*pair, policy)
    stopped = any(known.get(tree_pair) is None for tree_pair in left_open)
    return _verdict(pair, "symbolic", equal=True if equal else None if stopped else False)


def _compared(comparison: Comparison, gold: str, prediction: str) -> tuple[bool, str]:
    longest = comparison.policy.max_length
    rule = ""
    for expected in read(gold, longest):
        for actual in read(prediction, longest):
            if comparison.equal(expected, actual):
                return True, _rule(expected, actual)
            rule = rule or _rule(expected, actual)
    return False, rule


def _symbolic(pairs: set[TreePair], policy: Policy) -> dict[TreePair, bool | None]:
    """What the symbolic rule says of pairs; one that it was stopped at is not tried again."""
    results: dict[TreePair, bool | None] = {}
    for pair in pairs:
        with suppress(KeyError):  # another thread may empty the cache meanwhile
            results[pair] = _SYMBOLIC_RESULTS[pair, policy]
    asked = [pair for pair in pairs if pair not in results]
    if asked:
        tried = pool.attempt(
            asked,
            deadline=policy.deadline,
            memory=policy.memory,
            budget=BATCH_DEADLINES * policy.deadline,
        )
        # What the budget left no time for is undecided now, and tried anew when it comes again.
        found = {asked[place]: result for place, result in tried.items()}
        if len(_SYMBOLIC_RESULTS) > CACHED_RESULTS:
            _SYMBOLIC_RESULTS.clear()
        _SYMBOLIC_RESULTS.update(((pair, policy), result) for pair, result in found.items())
        results |= found
    return {pair: results.get(pair) for pair in pairs}


_SYMBOLIC_RESULTS: dict[tuple[TreePair, Policy], bool | None] = {}


def _same_canonical(gold: str, prediction: str, longest: int) -> bool:
    if max(len(gold), len(prediction)) > longest:
        return gold.split() == prediction.split()
    text = _compact(canonical(gold))
    return bool(text) and text == _compact(canonical(prediction))


_INTEGER = re.compile(r"-?[0-9]{1,18}")
_PLAIN = re.compile(
    # A name may stand before the number: any letter but the constants e and i.
    r"(\$)?(\\boxed\{)?(?P<name>[A-Za-df-hj-z] ?= ?)?(?P<whole>-?(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}))"
    r"(?:\.(?P<places>[0-9]{1,18}))?(?(2)\})(?(1)\$)"
)
_LOOSE_SPACE = re.compile(r"(?<!\w) | (?!\w)")


def _compact(text: str) -> str:
    return _LOOSE_SPACE.sub("", text) if " " in text else text


_RULES: tuple[tuple[tuple[type, ...], str], ...] = (
    ((Collection, Interval, Union, Matrix), "collection"),
    ((Relation, Assignment), "relation"),
    ((Choice,), "choice"),
    ((Words,), "words"),
    ((Expression,), "expression"),
)


def _rule(gold: Value, prediction: Value) -> str:
    for kinds, rule in _RULES:
        if isinstance(gold, kinds) or isinstance(prediction, kinds):
            return rule
    return "number"


# Numbers in text ------------------------------------------------------------------------------

_LITERAL = regex.compile(
    r"(?<![\w.,^_/])[-+]?(?:\d+ \d+/\d+|\d+/\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:[eE][-+]?\d+)?(?:st|nd|rd|th)?%?(?![\d^_/]|[A-Za-z](?![A-Za-z])|[.,]\d)"
)
_WORDS = regex.compile(r"[^\W\d_]*+(?:[\s,.:;!'’-]++[^\W\d_]*+)*+")


def exact_number(text: str) -> Fraction | None:
    """The exact number that a text is, units and percent signs understood; ``None`` if it is none.

    Example:
        >>> exact_number("$1,234.50"), exact_number("50%"), exact_number("sqrt(2)")
        (Fraction(2469, 2), Fraction(1, 2), None)
    """
    if not text.strip():
        return None
    for value in read(text, DEFAULT.max_length):
        if isinstance(value, Words | Claim):
            continue  # of "The cost is 20." the words; what they state follows
        if isinstance(value, Assignment) and value.name[0] != "identity":
            value = value.value  # noqa: PLW2901 (the value, named or not)
        return value.value if isinstance(value, Number) else None
    return None


def numbers_in(text: str) -> list[str]:
    """The numbers that a short prose text states, as written.

    A single number counts only where the words around it just state it ("She paid $20."); where
    they deny it, hedge, or work with it ("not 20", "at least 20", "half of 20"), there is none.

    Example:
        >>> numbers_in("She paid $20."), numbers_in("20 or 7"), numbers_in("not 20")
        (['20'], ['20', '7'], [])
    """
    if len(text) > DEFAULT.max_length:
        return []
    if isinstance(read(text, DEFAULT.max_length)[0], Number):
        return [text]
    prose = canonical(text)
    found = list(_LITERAL.finditer(prose))
    if len(found) == 1:
        before, after = prose[: found[0].start()], prose[found[0].end() :]
        words_only = _WORDS.fullmatch(before) and _WORDS.fullmatch(after)
        if not words_only or doubted(before, after) or not reads_as_unit(after):
            return []
    return [match[0] for match in found]
