"""How far an answer may be from a gold: what rounding, machine numbers and tolerances allow."""

from __future__ import annotations

import struct
from fractions import Fraction

from grpo_rewards.answers.policy import Policy
from grpo_rewards.answers.values.kinds import Number

__all__ = ["is_decimal", "same_single", "slack"]

DIGITS_FOR_EXACT_FORMS = 3
"""Significant digits of a decimal gold from which an exact form that rounds to it is accepted."""
DIGITS_FOR_DECIMALS = 4
"""The same for a longer decimal: fewer digits coincide by chance."""
PRINTED_DIGITS = 16
"""Significant digits from which a decimal is what a computer prints of a machine number."""
ULPS = 2
"""Units in the last place of a machine number that a short computation may lose."""
DIGITS_OF_A_PRINTED_SINGLE = 15
SINGLE_DIGITS = 9
"""Significant digits that tell any two numbers of single precision apart."""


def is_decimal(number: Number) -> bool:
    """Whether a number was written with decimal places; those of ``50%`` come from the sign.

    Example:
        >>> is_decimal(Number(Fraction(1, 2), places=1)), is_decimal(Number(Fraction(1, 2)))
        (True, False)
    """
    return number.places < 0 or number.places > len(str(number.share)) - 1


def slack(
    gold: Number | None, answer: Number | None, policy: Policy, factor: Fraction = Fraction(1)
) -> Fraction:
    """The distance from the gold, in the gold's unit, up to which an answer counts as equal.

    Args:
        gold: The gold, if it is a number; ``None`` for an expression.
        answer: The answer, if it is a number; ``None`` for an expression.
        policy: Its digits and tolerances; a relative one only if the gold is a number.
        factor: What one of the answer's units is in the gold's.

    Example:
        >>> slack(Number(Fraction("33.3"), places=1), None, Policy())
        Fraction(1, 20)
        >>> slack(Number(Fraction(1, 3)), Number(Fraction("0.33"), places=2), Policy())
        Fraction(0, 1)
    """
    allowed = _tolerance(gold, policy)
    if gold is not None and is_decimal(gold):
        step = None if answer is None else _step(answer)
        needed = DIGITS_FOR_EXACT_FORMS if step is None else DIGITS_FOR_DECIMALS
        finer = step is None or step * factor < gold.step
        if finer and (policy.finer_decimals or gold.digits >= min(needed, policy.digits)):
            allowed = max(allowed, gold.step / 2)
    # A gold that is itself a decimal has the digits to be given; in another unit it has none.
    elif answer is not None and answer.digits >= policy.digits and not _is_whole_literal(gold):
        allowed = max(allowed, answer.step * factor / 2)
    if factor != 1 and answer is not None and answer.digits >= policy.digits:
        allowed = max(allowed, answer.step * factor / 2)
    return max(allowed, _machine_error(gold, answer, factor))


def _tolerance(gold: Number | None, policy: Policy) -> Fraction:
    if not policy.tolerates:
        return Fraction(0)
    share = gold.share if gold is not None else 1
    relative = abs(gold.value) * Fraction(policy.relative_tolerance) if gold is not None else 0
    return max(Fraction(policy.absolute_tolerance) / share, Fraction(relative))


def _step(number: Number) -> Fraction | None:
    """What the last digit of a decimal or a whole number is worth; ``None`` for an exact form."""
    if is_decimal(number):
        return number.step
    whole = number.form == "plain" and (number.value * number.share).denominator == 1
    return Fraction(1, number.share) if whole else None


def _is_whole_literal(number: Number | None) -> bool:
    return number is not None and number.form == "plain" and number.value.denominator == 1


def _machine_error(gold: Number | None, answer: Number | None, factor: Fraction) -> Fraction:
    """What a machine number loses, where one side has as many digits as a computer prints of one."""
    ours, theirs = (0 if each is None else each.digits for each in (gold, answer))
    if (ours >= PRINTED_DIGITS) == (theirs >= PRINTED_DIGITS):
        return Fraction(0)  # neither was printed, or both were, and then their digits count
    if ours >= PRINTED_DIGITS and gold is not None:
        return ULPS * _ulp(gold.value)
    if _is_whole_literal(gold) and gold is not None and abs(gold.value) >= 10**PRINTED_DIGITS:
        return Fraction(0)  # it has the digits to be given
    return ULPS * _ulp(answer.value * factor) if answer is not None else Fraction(0)


def _ulp(value: Fraction) -> Fraction:
    """One unit in the last place of the machine number of a value, or two."""
    size = abs(value.numerator).bit_length() - value.denominator.bit_length()
    return Fraction(2) ** (size - 52) if value else Fraction(0)


def same_single(gold: Number, answer: Number, value: Fraction) -> bool:
    """Whether a gold is a number of single precision, printed in double, and the answer is it.

    Example:
        >>> gold = Number(Fraction("0.10000000149011612"), places=17)
        >>> same_single(gold, Number(Fraction("0.1"), places=1), Fraction("0.1"))
        True
    """
    if gold.digits < DIGITS_OF_A_PRINTED_SINGLE or answer.digits > SINGLE_DIGITS:
        return False
    try:
        stored = float(gold.value)
        return stored == _single(stored) == _single(float(value))
    except OverflowError:
        return False


def _single(value: float) -> float:
    (stored,) = struct.unpack("f", struct.pack("f", value))
    return float(stored)
