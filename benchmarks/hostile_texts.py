r"""Answers written to hang, crash or swell a verifier, by name; none equals an ordinary gold.

None comes from anybody's data. Several are harmless to an engine that works numbers out only within
bounds, and take a computer algebra system for ever.
"""

from __future__ import annotations

__all__ = ["ENDLESS", "HOSTILE", "SWARM"]

MEGABYTE = 1_000_000

HOSTILE: dict[str, str] = {
    # Powers
    "tower of nines": "9^{9^{9^9}}",
    "tower of ten nines": "9^{" * 10 + "9" + "}" * 10,
    "tower in Python": "9**9**9**9",
    "tower with carets": "9^9^9^9",
    "tower upside down": r"\frac{1}{9^{9^{9^9}}}",
    "tower minus tower": "9^{9^{9^9}}-9^{9^{9^9}}+42+1",
    "power of a fraction": r"\left(\frac{123456789}{987654321}\right)^{10^{12}}",
    "power of a sum": "(x+1)^{2000}",
    "power of a sum of six": "(a+b+c+d+f+g)^{200}",
    "power of a power of a sum": "((x+1)^{99}+1)^{99}",
    "difference of huge powers": "2^{10^9}-3^{10^9}",
    "remainder of a tower": r"7^{7^{7^{7}}} \bmod 10^{50}",
    "root of a huge power": r"\sqrt[3]{2^{10^{10}}+1}",
    "roots in roots": r"\sqrt{2+" * 50 + "2" + "}" * 50,
    "huge root index": r"\sqrt[10^{100}]{2}",
    "irrational tower": r"\pi^{\pi^{\pi^{\pi^{\pi}}}}",
    "imaginary tower": "i^{i^{i^{i^{i^{i}}}}}",
    "e to a tower": "e^{e^{e^{e^{e}}}}",
    # Factorials and binomials
    "factorial of a billion": "1000000000!",
    "factorial of a power": "(10^{10})!",
    "factorial of a factorial": "((9!)!)!",
    "row of factorials": "5" + "!" * 500,
    "quotient of factorials": "/".join(["3000!"] * 200),
    "product of factorials": r" \cdot ".join(["2999!"] * 300),
    "sum of factorials": "+".join(f"{n}!" for n in range(2_000, 2_200)),
    "huge binomial": r"\binom{10^9}{5\cdot10^8}",
    "binomial of binomials": r"\binom{\binom{1000}{500}}{\binom{1000}{499}}",
    "product of binomials": r"\binom{3000}{1500}" * 100,
    "gamma in disguise": r"(10^9+\frac{1}{2})!",
    # Functions
    "sine of a huge number": r"\sin(10^{10^9})",
    "sine of a long number": r"\sin(" + "7" * 1_500 + ")",
    "sines in sines": r"\sin(" * 50 + "x" + ")" * 50,
    "logarithm of a tower": r"\ln(9^{9^{9^9}})",
    "exponential of an exponential": r"\exp(\exp(\exp(\exp(100))))",
    "floor of a tower": r"\lfloor 9^{9^{9^9}} \rfloor",
    "absolute values in each other": "|" * 200 + "x" + "|" * 200,
    "tangent near its pole": r"\tan(\frac{\pi}{2}+10^{-1000000})",
    "sum of roots": "+".join(rf"\sqrt{{{n}}}" for n in range(2, 120)),
    "rational function of many terms": "+".join(rf"\frac{{1}}{{x+{n}}}" for n in range(1, 120)),
    "identity of many terms": "+".join(rf"\sin^2({n}x)+\cos^2({n}x)" for n in range(1, 60)),
    "inverse functions in a chain": r"\arctan(\tan(\arcsin(\sin(\arccos(\cos(x))))))" * 10,
    # Operators
    "sum to a billion": r"\sum_{k=1}^{10^9} \frac{1}{k}",
    "product to a billion": r"\prod_{k=1}^{10^9} k",
    "sums in sums": r"\sum_{k=1}^{10^5}" * 20 + "k",
    "integral without a closed form": r"\int_0^{10^9} x^x \sin(e^{x^2}) dx",
    "integrals in integrals": r"\int_0^1 " * 12 + "x^x" + " dx" * 12,
    "limit of a tower": r"\lim_{n \to \infty} \left(1+\frac{1}{n}\right)^{n^{n^n}}",
    "derivative of order a million": r"\frac{d^{1000000}}{dx^{1000000}} e^{x^2}",
    "greatest common divisor of towers": r"\gcd(2^{10^9}-1, 3^{10^9}-1)",
    # Equations and collections
    "equation of high degree": "x^{999}-x^{500}+x^{3}=7",
    "system nobody solves": r"x^{17}+y^{19}=z^{23}, \sin(xy)=e^{z}, x^y=y^x",
    "chain of equalities": "=".join(["41+1"] * 400),
    "chain of signs only": "=" * 3_000,
    "chain of inequalities": "<".join("abcdfghjkmnpqrstuvwxyz" * 40),
    "list of a thousand": ",".join(str(n) for n in range(1_000)),
    "set of towers": r"\{" + ",".join(["9^{9^{9^9}}"] * 50) + r"\}",
    "signs that double": r"\pm ".join(["1"] * 30),
    "union of intervals": r"\cup".join(f"({n},{n + 1})" for n in range(0, 800, 2)),
    "huge matrix": r"\begin{pmatrix}" + r" \\ ".join(["1 & 2 & 3 & 4"] * 120) + r"\end{pmatrix}",
    "power of a matrix": r"\begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}^{10^9}",
    # Long digits
    "ten thousand digits": "7" * 10_000,
    "digits just below the length cap": "7" * 3_999,
    "digits after the point": "0." + "3" * 3_900,
    "exponent of many digits": "1e" + "9" * 400,
    "largest short exponent": "1e9999",
    "fraction of long numbers": rf"\frac{{{'7' * 1_900}}}{{{'3' * 1_900}}}",
    "groups of three": "1" + ",000" * 900,
    "spaced groups of three": "1" + r"\,000" * 600,
    "repeating decimal": r"0.\overline{" + "142857" * 400 + "}",
    "decimal that nearly repeats": "0." + "12" * 1_500 + "3...",
    # Nesting and broken brackets
    "brackets in brackets": "(" * 1_500 + "42" + "+1)" + ")" * 1_499,
    "fractions in fractions": r"\frac{1}{1+" * 300 + "2" + "}" * 300,
    "scripts in scripts": "x" + "^{x" * 900 + "}" * 900,
    "boxes in boxes": r"\boxed{" * 400 + "41" + "}" * 400,
    "roots without end": r"\sqrt{" * 600,
    "braces that only open": "{" * 3_900,
    "braces that only close": "}" * 3_900,
    "brackets that only open": "(" * 3_900,
    "boxes that only open": r"\boxed{" * 500,
    "brackets of the wrong kind": "([{" * 600 + "41" + ")]}" * 600,
    "left without right": r"\left(" * 600,
    "minus signs": "-" * 3_900 + "42 + 1",
    "environments that only open": r"\begin{pmatrix}" * 250,
    # Bait for regular expressions
    "spaces then a word": "1" + " " * 3_900 + "x!",
    "digits and commas": "1,1" * 1_300 + "x",
    "letters without end": "a" * 3_990 + "!",
    "words and commas": "is, " * 990 + "42?",
    "statements in statements": "the answer is " * 280 + "41",
    "colons": "a: " * 1_300 + "41",
    "text commands": r"\text{" * 200 + "a" + "}" * 200 + "b",
    "backslashes": "\\" * 3_999,
    "dollar signs": "$" * 3_999 + "41",
    "line breaks": "\n" * 3_900 + "41",
    "lines of spaces": " \n" * 1_900 + "41 or so",
    "full stops": "." * 3_990 + "41",
    "stars": "*" * 3_990 + "41",
    "units without end": "41 " + "square " * 500 + "meters",
    "unit of a huge power": r"41 \text{ m}^{10^{10^{10}}}",
    "unit for pint": "41 m**9**9**9**9",
    "set builder": r"\{x \mid " * 200 + "x<1" + r"\}" * 200,
    # Characters
    "null bytes": "4\x002\x00" * 900 + "1",
    "lone surrogates": "\ud800\udfff\udc00" * 900 + "42",
    "right to left": "\u202e\u200f" * 900 + "42 1",
    "combining marks": "4" + "\u0301" * 3_000 + "1",
    "ligature that expands": "\ufdfa" * 3_000,
    "raised digits": "2" + "⁹" * 3_000,
    "vulgar fractions": "½" * 2_000,
    "digits of other scripts": "٤٢" * 1_000,
    "control characters": "".join(map(chr, range(1, 32))) * 100 + "41",
    # Megabytes
    "a megabyte of nines": "9" * MEGABYTE,
    "a megabyte of brackets": "(" * MEGABYTE,
    "a megabyte of braces": "{}" * (MEGABYTE // 2),
    "a megabyte of spaces": "4" + " " * MEGABYTE + "1",
    "a megabyte of boxes": r"\boxed{" * (MEGABYTE // 7),
    "a megabyte of words": "the answer is " * (MEGABYTE // 14),
    "a megabyte of superscripts": "x²" * (MEGABYTE // 2),
    "a megabyte of sums": "1+" * (MEGABYTE // 2) + "1",
    # Code
    "Python that leaves": r"\boxed{__import__('os')._exit(0)}",
    "Python that waits": r"__import__('time').sleep(10**9)",
    "Python in a text command": r"\text{exec('while True: pass')}",
    "Python that fills memory": "[0]*10**12",
    "Python of a lambda": "(lambda f: f(f))(lambda f: f(f))",
    "attributes": "().__class__.__bases__[0].__subclasses__()",
    "format string": "{0.__class__.__init__.__globals__}",
    "macro that grows": r"\def\a{\b\b}\def\b{\c\c}\def\c{\a\a}\a",
    "markup that grows": '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;&b;</a>',
}

SWARM: tuple[str, ...] = tuple(
    trick.format(n)
    for n in range(10)
    for trick in (
        "0." + "1" * 3_900 + "{}",
        "0." + "12" * 1_900 + "3{}...",
        "1" + " " * 3_900 + "x{}!",
        "x" * 3_900 + "+{}",
        r"\exp(\exp(\exp(\exp(1{}))))",
    )
)
"""Distinct texts that each take a little: no cache helps, and a limit on a pair is not enough."""

ENDLESS: tuple[str, ...] = tuple(
    trick.replace("#", str(n))
    for n in range(11, 17)
    for trick in (
        r"\exp(\exp(\exp(\exp(#0))))",
        "e^{e^{e^{e^{#}}}}",
        r"\pi^{\pi^{\pi^{\pi^{#}}}}",
        "9^{9^{9^{#}}}-8^{8^{8^{#}}}",
        r"\frac{1}{9^{9^{9^{#}}}}",
        r"\sin(10^{10^{#}})",
        r"\ln(9^{9^{9^{#}}}+1)",
        r"\lfloor \pi^{9^{9^{#}}} \rfloor",
        "((#!)!)!+1",
        r"(10^{#}+\frac{1}{2})!",
    )
)
"""Distinct texts that evaluation leaves open, so that each wants a worker; most never give it back."""
