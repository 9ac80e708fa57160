"""Whether an answer is an antiderivative: its derivative, by the rules of calculus, is compared.

Nothing here evaluates text as a program, as sympy's ``parse_expr`` does.
"""

from __future__ import annotations

import re
from fractions import Fraction

from grpo_rewards.answers import Verdict, compare
from grpo_rewards.answers.notation.grammar import parse
from grpo_rewards.answers.notation.normalize import canonical
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import Tree

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
    kind = tree[0]
    if not _depends(tree, variable):
        return "0"
    if kind == "sym":
        return "1"
    if kind in ("neg", "group"):
        inner = _derivative(tree[-1], variable)
        return f"(-({inner}))" if kind == "neg" else inner
    if kind == "add":
        return "+".join(f"({_derivative(term, variable)})" for term in tree[1:])
    if kind == "mul":
        products = []
        for place, factor in enumerate(tree[1:], start=1):
            if _depends(factor, variable):
                others = [_text(each) for each in (*tree[1:place], *tree[place + 1 :])]
                products.append("*".join([*others, f"({_derivative(factor, variable)})"]))
        return "+".join(products)
    if kind == "div":
        top, bottom = tree[1:]
        fall = ""
        if _depends(bottom, variable):
            fall = f"-{_text(top)}*({_derivative(bottom, variable)})/({_text(bottom)}^{{2}})"
        return f"({_derivative(top, variable)})/{_text(bottom)}{fall}"
    if kind == "pow":
        return _power_derivative(tree[1], tree[2], variable)
    if kind == "fn" and tree[1] == "root":
        return _power_derivative(tree[2], ("div", ("num", Fraction(1), 0), tree[3]), variable)
    if kind == "fn" and tree[1] in _DERIVATIVES:
        outer = _DERIVATIVES[tree[1]].format(u=_text(tree[2]))
        return f"({outer})*({_derivative(tree[2], variable)})"
    raise NotMath(f"{kind} is not covered")


def _power_derivative(base: Tree, exponent: Tree, variable: str) -> str:
    power = f"{_text(base)}^{{{_text(exponent)}}}"
    if not _depends(exponent, variable):
        lower = f"{_text(base)}^{{{_text(exponent)}-1}}"
        return f"{_text(exponent)}*{lower}*({_derivative(base, variable)})"
    if not _depends(base, variable):
        return f"{power}*ln({_text(base)})*({_derivative(exponent, variable)})"
    raise NotMath("a power of the variable to the variable is not covered")


def _depends(tree: Tree, variable: str) -> bool:
    if tree[0] == "sym":
        return bool(tree[1] == variable)
    return any(isinstance(part, tuple) and _depends(part, variable) for part in tree[1:])


def _text(tree: Tree) -> str:
    """A tree as text in brackets, which parses to the same."""
    kind = tree[0]
    if kind == "num":
        value: Fraction = tree[1]
        return f"({value.numerator}/{value.denominator})" if value.denominator > 1 else f"({value})"
    if kind in ("sym", "const") and tree[1].isalpha():
        return f"({tree[1] if len(tree[1]) == 1 else chr(92) + tree[1]})"
    if kind == "neg":
        return f"(-{_text(tree[1])})"
    if kind == "group" and len(tree) == 4:
        return _text(tree[3])
    if kind in ("add", "mul"):
        return f"({('+' if kind == 'add' else '*').join(map(_text, tree[1:]))})"
    if kind == "div":
        return f"({_text(tree[1])}/{_text(tree[2])})"
    if kind == "pow":
        return f"({_text(tree[1])}^{{{_text(tree[2])}}})"
    if kind == "fn" and tree[1] == "root":
        return f"({_text(tree[2])}^{{1/{_text(tree[3])}}})"
    if kind == "fn" and len(tree) == 3:
        return f"({tree[1]}{_text(tree[2])})"
    raise NotMath(f"{kind} is not covered")
