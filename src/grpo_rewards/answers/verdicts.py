"""Comparing a gold with a prediction: the cheapest rule that can decide, and what it says."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any, TypeAlias

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
    Relation,
    Union,
    Value,
    Words,
)
from grpo_rewards.answers.values.readings import read
from grpo_rewards.caches import ANSWERS
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.guesses import explained
from grpo_rewards.headroom import with_headroom

__all__ = ["Verdict", "compare", "compare_many", "shown"]

DEFAULT = Policy()
BATCH_DEADLINES = 3
"""How many deadlines a batch has for pairs that the symbolic rule's first slice leaves undecided."""
MAX_ROUNDS = 64
"""How often a row may ask the symbolic rule for more, since what it asked before was equal."""
CACHED_RESULTS = 4_096
"""How many results of the symbolic rule are remembered, a digest of 16 bytes each."""


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


@explained
def compare(gold: str | float, prediction: str | float, *, policy: Policy = DEFAULT) -> Verdict:
    r"""Whether a careful teacher who sees only the gold would accept the prediction.

    Args:
        gold: The reference answer.
        prediction: The answer to judge. Both may be written in LaTeX or plain text, or be numbers.
        policy: What is accepted, and what may be spent on it.

    Returns:
        The verdict; undecided only when the gold is blank, or when the deadline or the memory cap
        stopped the symbolic rule. Never raises, whatever the texts.

    Raises:
        OptionError: One of them is neither a text nor a number.

    Example:
        >>> bool(compare(r"\frac{1}{2}", "0.5"))
        True
        >>> print(compare("42", "41 or 42").reason)
        not equal: the gold is 42, the answer is 41 or 42
    """
    return compare_many([gold], [prediction], policy=policy)[0]


@with_headroom
def compare_many(
    golds: Sequence[str | float], predictions: Sequence[str | float], *, policy: Policy = DEFAULT
) -> list[Verdict]:
    """The verdicts of a batch, pair by pair; pairs that occur again are decided once.

    What evaluation leaves open is handed to the symbolic rule's workers for the whole batch, so
    that ordinary pairs do not wait for it.

    Raises:
        ValueError: There are not as many golds as predictions.
        OptionError: One of them is neither a text nor a number.

    Example:
        >>> [bool(verdict) for verdict in compare_many(["1/2", "3"], ["0.5", "4"])]
        [True, False]
    """
    if len(golds) != len(predictions):
        raise ValueError(
            f"{len(golds)} golds and {len(predictions)} predictions: give one gold a prediction"
        )
    end = time.monotonic() + BATCH_DEADLINES * policy.deadline
    pairs = list(zip(_texts("gold", golds), _texts("prediction", predictions), strict=True))
    verdicts: dict[Pair, Verdict] = {}
    rows: dict[Pair, _Row] = {}
    for pair in dict.fromkeys(pairs):
        first = _first_pass(*pair, policy)
        if isinstance(first, Verdict):
            verdicts[pair] = first
        else:
            rows[pair] = _Row(asks=first)
    if rows:
        verdicts |= _decided(rows, policy, end)
    return [verdicts[pair] for pair in pairs]


def _decided(rows: Mapping[Pair, _Row], policy: Policy, end: float) -> dict[Pair, Verdict]:
    """The verdicts of rows that ask for the symbolic rule, with what it says until the end."""
    waiting = list(rows)
    for _ in range(MAX_ROUNDS):
        if not waiting:
            break
        found = _symbolic([rows[pair].asks for pair in waiting], policy, end - time.monotonic())
        for pair in waiting:
            rows[pair].take(found)
        waiting = [pair for pair in waiting if _judge_again(rows[pair], *pair, policy)]
    return {pair: row.verdict(*pair) for pair, row in rows.items()}


def _texts(role: str, values: Sequence[Any]) -> Sequence[str]:
    """Answers as texts; numbers are written out."""
    if set(map(type, values)) <= {str}:
        return values
    for value in values:
        if not isinstance(value, str | Real | Decimal):
            raise OptionError(
                f"{role}={in_short(value, 60)} ({type(value).__name__}): an answer is a text or a "
                "number; of a list of acceptable ones compare each, and of a response compare its "
                "answer, format.parse(text).answer, where that is not None"
            )
    try:
        return [str(value) for value in values]
    except ValueError as error:
        raise OptionError(f"a number in {role} has too many digits: {error}") from error


Pair: TypeAlias = tuple[str, str]
"""A gold and a prediction."""
TreePair: TypeAlias = tuple[Tree, Tree]


@dataclass(slots=True)
class _Row:
    """What is known of a gold and a prediction, on the way to their verdict.

    Only what a row asked for itself is known to it, so that no other row of the batch matters.
    """

    equal: bool | None = None
    rule: str = ""
    asks: tuple[TreePair, ...] = ()
    """The pairs of expressions that evaluation left open, and the symbolic rule has yet to see."""
    known: dict[TreePair, bool | None] = field(default_factory=dict)

    def take(self, found: Mapping[TreePair, bool | None]) -> None:
        """Learn what the symbolic rule says of the pairs that were asked."""
        self.known |= {pair: found.get(pair) for pair in self.asks}

    def verdict(self, gold: str, prediction: str) -> Verdict:
        equal = self.equal
        if not equal and (self.asks or None in self.known.values()):
            equal = None  # the symbolic rule was stopped on the way
        return _verdict(gold, prediction, self.rule, equal=equal)


def _verdict(gold: str, prediction: str, rule: str, *, equal: bool | None) -> Verdict:
    """A verdict with its reason."""
    values = f"the gold is {shown(gold)}, the answer is {shown(prediction)}"
    if equal is None:
        why = "the comparison was stopped" if gold.strip() else "the gold is blank"
        return Verdict(None, rule, f"undecided: {why}; {values}")
    return Verdict(equal, rule, f"{'equal' if equal else 'not equal'}: {values}")


def _judge_again(row: _Row, gold: str, prediction: str, policy: Policy) -> bool:
    """Whether a row asks for more, with what it knows: what is equal may lead to the next question."""
    comparison = Comparison(policy, row.known)
    row.equal, _ = _compared(comparison, gold, prediction)
    row.rule = "symbolic"
    row.asks = () if row.equal else tuple(dict.fromkeys(comparison.undecided))
    return bool(row.asks)


def shown(text: str) -> str:
    """An answer as a reason shows it."""
    plain = _PLAIN.fullmatch(text)  # most answers, and then nothing needs reading
    text = plain["shown"] if plain else canonical(text[:400]) or "blank"
    return text if len(text) <= 80 else f"{text[:77]}..."


@ANSWERS.remember(entries=16_384)
def _first_pass(gold: str, prediction: str, policy: Policy) -> Verdict | tuple[TreePair, ...]:
    """The verdict, or the pairs of expressions that evaluation leaves open on the way to it."""
    if not gold.strip():
        return _verdict(gold, prediction, "text", equal=None)
    if not prediction.strip():
        return _verdict(gold, prediction, "text", equal=False)
    if gold == prediction:
        return _verdict(gold, prediction, "text", equal=True)
    if not policy.tolerates and _INTEGER.fullmatch(gold):  # most pairs, decided without reading
        plain = _PLAIN.fullmatch(prediction)
        if plain:
            whole, places = plain["whole"].replace(",", ""), plain["places"]
            equal = int(whole) == int(gold) and (not places or not places.strip("0"))
            rule = "relation" if plain["name"] else "number"
            return _verdict(gold, prediction, rule, equal=equal)
    if _same_canonical(gold, prediction, policy.max_length):
        return _verdict(gold, prediction, "text", equal=True)
    comparison = Comparison(policy)
    equal, rule = _compared(comparison, gold, prediction)
    if equal or not comparison.undecided:
        return _verdict(gold, prediction, rule, equal=equal)
    return tuple(comparison.undecided)


def _compared(comparison: Comparison, gold: str, prediction: str) -> tuple[bool, str]:
    longest = comparison.policy.max_length
    rule = ""
    for expected in read(gold, longest):
        for actual in read(prediction, longest):
            if comparison.equal(expected, actual):
                if _is_bare_word(expected) and _argue_apart(gold, prediction):
                    continue
                return True, _rule(expected, actual)
            rule = rule or _rule(expected, actual)
    return False, rule


def _is_bare_word(value: Value) -> bool:
    """Whether a value is words that leave out the figures that their text may have."""
    said = (
        value.said if isinstance(value, Claim) else value.text if isinstance(value, Words) else "0"
    )
    return not _FIGURE.search(said)


def _argue_apart(gold: str, prediction: str) -> bool:
    """Whether each of two texts has figures that the other lacks, though their words are the same.

    "Yes, since v·w = 0" says yes, and so does "Yes, since v·w = 1", which is another answer.
    """
    ours, theirs = (_figures(canonical(text)) for text in (gold, prediction))
    return bool(ours - theirs) and bool(theirs - ours)


def _figures(text: str) -> Counter[str]:
    """The numbers and the relations that a text has beside its words, and how often."""
    relations = (found[0].replace(" ", "") for found in _RELATION.finditer(text))
    numbers = (found[0].replace(",", "") for found in _FIGURE.finditer(text))
    return Counter((*relations, *numbers))


def _symbolic(
    asked: Sequence[tuple[TreePair, ...]], policy: Policy, budget: float
) -> dict[TreePair, bool | None]:
    """What the symbolic rule says of the pairs that rows ask for, ``None`` where it was stopped."""
    # A pair belongs to the row that asks least, so that no row fills another's share.
    rows: dict[TreePair, int] = {}
    for row in sorted(range(len(asked)), key=lambda row: len(asked[row])):
        for pair in asked[row]:
            rows.setdefault(pair, row)
    keys = {pair: _digest(pair, policy.memory) for pair in rows}
    results = _RESULTS.look_up(keys)
    fresh = [pair for pair in rows if _is_open(results.get(pair, 0.0), policy)]
    if fresh:
        tried = pool.attempt(
            fresh,
            deadline=policy.deadline,
            memory=policy.memory,
            budget=budget,
            groups=[rows[pair] for pair in fresh],
            spent=[results.get(pair, 0.0) for pair in fresh],
        )
        # What something else than itself has stopped is undecided now, and tried when it comes again.
        for place, result in tried.items():
            results[fresh[place]] = result
            _RESULTS.keep(keys[fresh[place]], result)
    return {pair: result if isinstance(result, bool) else None for pair, result in results.items()}


def _is_open(result: pool.Result, policy: Policy) -> bool:
    return not isinstance(result, bool) and result < policy.deadline


def _digest(pair: TreePair, memory: int) -> bytes:
    """What a pair of trees and its limit are remembered by, whatever their size."""
    digest = hashlib.blake2b(b"%d;" % memory, digest_size=16)
    waiting: list[Any] = [pair]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            digest.update(b"(%d;" % len(part))
            waiting += part
        elif isinstance(part, Fraction):  # in hexadecimals, of which there may be any number
            digest.update(b"%x/%x;" % (part.numerator, part.denominator))
        else:
            digest.update(ascii(part).encode() + b";")
    return digest.digest()


class _Results:
    """The latest results of the symbolic rule: so many of a fixed size, in any thread."""

    def __init__(self, entries: int) -> None:
        self.entries = entries
        self.lock = threading.Lock()
        self.kept: dict[bytes, pool.Result] = {}

    def look_up(self, keys: Mapping[TreePair, bytes]) -> dict[TreePair, pool.Result]:
        with self.lock:
            return {pair: self.kept[key] for pair, key in keys.items() if key in self.kept}

    def keep(self, key: bytes, result: pool.Result) -> None:
        with self.lock:
            self.kept.pop(key, None)
            self.kept[key] = result
            while len(self.kept) > self.entries:
                del self.kept[next(iter(self.kept))]


_RESULTS = _Results(CACHED_RESULTS)


def _same_canonical(gold: str, prediction: str, longest: int) -> bool:
    if max(len(gold), len(prediction)) > longest:
        return gold.split() == prediction.split()
    ours, theirs = canonical(gold), canonical(prediction)
    if ours.replace(" ", "") != theirs.replace(" ", ""):
        return False
    text = _compact(ours)
    return bool(text) and text == _compact(theirs)


_INTEGER = re.compile(r"-?[0-9]{1,18}")
_PLAIN = re.compile(
    # A name may stand before the number: any letter but the constants e and i.
    r"(\$)?(\\boxed\{)?(?P<shown>(?P<name>[A-Za-df-hj-z] ?= ?)?"
    r"(?P<whole>-?(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}))"
    # Fifteen digits and more may be what a computer printed for a whole number.
    r"(?:\.(?P<places>[0-9]{1,14}))?)(?(2)\})(?(1)\$)"
)
_FIGURE = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")
_SIDE = r"[^\s,;:=<>]{1,40}"
_RELATION = re.compile(
    rf"{_SIDE} ?(?:[<>!]?=|[<>]|\\(?:leq?|geq?|neq?|lt|gt|approx|equiv)(?![A-Za-z])) ?{_SIDE}"
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
