"""The names that stand for something in mathematics, in LaTeX and in plain text."""

from __future__ import annotations

__all__ = ["ALIASES", "FUNCTIONS", "GREEK", "MAP_NAMES", "UNEVALUATED"]

FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arccot arcsec arccsc arsinh "
    "arcosh artanh arcsinh arccosh arctanh asin acos atan log ln lg exp sqrt abs floor ceil "
    "sgn tg ctg cosec".split()
)
ALIASES = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "arsinh": "arcsinh",
    "arcosh": "arccosh", "artanh": "arctanh", "tg": "tan", "ctg": "cot", "cosec": "csc",
}  # fmt: skip
UNEVALUATED = frozenset(
    "sum prod int iint iiint oint lim gcd lcm det deg dim ker sup inf Pr limsup liminf partial "
    "nabla arg".split()
)
GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau "
    "upsilon phi chi psi omega varphi vartheta varepsilon varrho varsigma ell hbar "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)
MAP_NAMES = frozenset("fghFGHPQRTuvwy")
"""Letters that usually name a function when a bracket follows."""
