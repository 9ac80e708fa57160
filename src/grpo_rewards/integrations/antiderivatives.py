"""Whether an answer is an antiderivative: its derivative, by the rules of calculus, is compared.

Nothing here evaluates text as a program, as sympy's ``parse_expr`` does.
"""

from __future__ import annotations

import re

from grpo_rewards.answers import Verdict, compare
from grpo_rewards.answers.notation.grammar import parse
from grpo_rewards.answers.notation.normalize import canonical
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import (
    ONE,
    Call,
    Constant,
    Group,
    Negation,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    contains,
)

__all__ = ["is_antiderivative"]

MAX_LENGTH = 400
"""Longer answers (characters) are not differentiated."""
MAX_DERIVATIVE = 4_000

_EULER = re.compile(r"(?<![A-Za-z\\])E(?![A-Za-z])")
# A function's name, and its derivative at u.
_DERIVATIVES = {
    "exp": "exp({u})",
    "ln": "1/({u})",
    "log": "1/({u})",
    "sin": "cos({u})",
    "cos": "-sin({u})",
    "tan": "1/(cos({u}))^{{2}}",
    "sinh": "cosh({u})",
    "cosh": "sinh({u})",
    "arcsin": "1/((1-({u})^{{2}})^{{1/2}})",
    "arccos": "-1/((1-({u})^{{2}})^{{1/2}})",
    "arctan": "1/(1+({u})^{{2}})",
}


def is_antiderivative(answer: str, integrand: str, variable: str) -> Verdict:
    """Whether the derivative of an answer equals the integrand; the constant may be left out.

    Example:
        >>> bool(is_antiderivative("x**3/3 + C", "x**2", "x"))
        True
        >>> is_antiderivative("x**3 + C", "x**2", "x").equal
        False
    """
    if len(answer) > MAX_LENGTH:
        return Verdict(
            equal=False, rule="expression", reason=f"it is longer than {MAX_LENGTH} characters"
        )
    try:
        tree = parse(canonical(_EULER.sub("e", answer)))
        derivative = _derivative(tree, variable)
    except NotMath as why:
        return Verdict(equal=False, rule="expression", reason=f"it cannot be differentiated: {why}")
    if len(derivative) > MAX_DERIVATIVE:
        return Verdict(equal=None, rule="expression", reason="its derivative is too long")
    return compare(_EULER.sub("e", integrand), derivative)


def _derivative(tree: Tree, variable: str) -> str:
    if not _depends(tree, variable):
        return "0"
    match tree:
        case Symbol():
            return "1"
        case Negation(part):
            return f"(-({_derivative(part, variable)}))"
        case Group(_, _, (*_, item)):
            return _derivative(item, variable)
        case Sum(terms):
            return "+".join(f"({_derivative(term, variable)})" for term in terms)
        case Product(factors):
            products = []
            for place, factor in enumerate(factors):
                if _depends(factor, variable):
                    others = map(_text, (*factors[:place], *factors[place + 1 :]))
                    products.append("*".join([*others, f"({_derivative(factor, variable)})"]))
            return "+".join(products)
        case Quotient(top, bottom):
            fall = ""
            if _depends(bottom, variable):
                fall = f"-{_text(top)}*({_derivative(bottom, variable)})/({_text(bottom)}^{{2}})"
            return f"({_derivative(top, variable)})/{_text(bottom)}{fall}"
        case Power(base, exponent):
            return _power_derivative(base, exponent, variable)
        case Call("root", (base, index)):
            return _power_derivative(base, Quotient(ONE, index), variable)
        case Call(name, (argument,)) if name in _DERIVATIVES:
            outer = _DERIVATIVES[name].format(u=_text(argument))
            return f"({outer})*({_derivative(argument, variable)})"
    raise NotMath(f"{tree.node} is not covered")


def _power_derivative(base: Tree, exponent: Tree, variable: str) -> str:
    power = f"{_text(base)}^{{{_text(exponent)}}}"
    if not _depends(exponent, variable):
        lower = f"{_text(base)}^{{{_text(exponent)}-1}}"
        return f"{_text(exponent)}*{lower}*({_derivative(base, variable)})"
    if not _depends(base, variable):
        return f"{power}*ln({_text(base)})*({_derivative(exponent, variable)})"
    raise NotMath("a power of the variable to the variable is not covered")


def _depends(tree: Tree, variable: str) -> bool:
    return contains(tree, Symbol(variable))


def _text(tree: Tree) -> str:
    """A tree as text in brackets, which parses to the same."""
    match tree:
        case Num(value):
            return f"({value})"
        case Symbol(name) | Constant(name) if name.isalpha():
            return f"({name if len(name) == 1 else chr(92) + name})"
        case Negation(part):
            return f"(-{_text(part)})"
        case Group(_, _, (item,)):
            return _text(item)
        case Sum(terms):
            return f"({'+'.join(map(_text, terms))})"
        case Product(factors):
            return f"({'*'.join(map(_text, factors))})"
        case Quotient(top, bottom):
            return f"({_text(top)}/{_text(bottom)})"
        case Power(base, exponent):
            return f"({_text(base)}^{{{_text(exponent)}}})"
        case Call("root", (base, index)):
            return f"({_text(base)}^{{1/{_text(index)}}})"
        case Call(name, (argument,)):
            return f"({name}{_text(argument)})"
    raise NotMath(f"{tree.node} is not covered")
