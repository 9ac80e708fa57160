r"""Text to canonical text: Unicode and LaTeX spellings folded, wrappers without meaning removed.

What the text means is decided in `values`. Every step here is linear in the length of the text,
and a second pass changes nothing that matters to the reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import regex

from grpo_rewards.caches import ANSWERS
from grpo_rewards.wording.figures import with_plain_separators
from grpo_rewards.wording.markup import boxes, in_one_script
from grpo_rewards.wording.patterns import AND_ELSEWHERE, OR_ELSEWHERE

__all__ = ["canonical"]

Replacement: TypeAlias = str | Callable[["regex.Match[str]"], str]

_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ", "0123456789+-()ni", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎", "0123456789+-()", strict=True))

GREEK = {
    name: rf"\{name.lower()} "
    for name in (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
        "upsilon phi chi psi omega"
    ).split()
}


def _character_table() -> dict[int, str]:
    table: dict[str, str] = {}
    # Full-width forms of the ASCII characters: Asian models and golds write them.
    table.update({chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)})
    table.update(dict.fromkeys("‐‑‒–—―−﹣➖", "-"))
    table.update(dict.fromkeys("‘’‛`´", "'") | dict.fromkeys("“”„", '"'))
    table.update(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\x00", ""))
    for zero in (0x660, 0x6F0):  # the figures of Arabic and of Persian
        table.update({chr(zero + figure): str(figure) for figure in range(10)})
    table.update(dict.fromkeys("′ʹ", "'") | {"″": "''"})
    for character in (
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    ):
        table[character] = " "
    table.update(
        {
            "×": r"\times ", "✕": r"\times ", "⋅": r"\cdot ", "·": r"\cdot ", "•": r"\cdot ",
            "∙": r"\cdot ", "÷": "/", "⁄": "/", "∕": "/", "±": r"\pm ", "∓": r"\mp ",
            "∞": r"\infty ", "≤": r"\le ", "⩽": r"\le ", "≦": r"\le ", "≥": r"\ge ",
            "⩾": r"\ge ", "≧": r"\ge ", "≠": r"\ne ", "≡": r"\equiv ", "¢": " cents ", "₺": " TL ", "₫": " VND ", "≈": r"\approx ", "∈": r"\in ",
            "∪": r"\cup ", "∩": r"\cap ", "∅": r"\emptyset ", "∖": r"\setminus ",
            "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}", "ℕ": r"\mathbb{N}", "ℚ": r"\mathbb{Q}",
            "ℂ": r"\mathbb{C}", "√": r"\sqrt ", "∛": r"\sqrt[3] ", "∜": r"\sqrt[4] ",
            "°": r"^\circ ", "º": r"^\circ ", "∘": r"\circ ", "…": r"\ldots ", "⋯": r"\ldots ",
            "→": r"\to ", "∑": r"\sum ", "∫": r"\int ", "∏": r"\prod ", "∂": r"\partial ",
            "⟨": r"\langle ", "⟩": r"\rangle ", "⌊": r"\lfloor ", "⌋": r"\rfloor ",
            "⌈": r"\lceil ", "⌉": r"\rceil ", "△": r"\triangle ", "∠": r"\angle ",
            "％": "%", "﹪": "%", "٪": "%", "，": ",", "、": ",", "；": ";", "：": ":", "。": ".", "।": ".", "۔": ".",
            "µ": r"\mu ", "Å": " Å", "\u212b": " Å", "℃": " degreeC ", "℉": " degreeF ",
            "\u212a": "K", "‰": " permille ", "‱": " bps ", "㎡": " m^2", "㎥": " m^3", "㎠": " cm^2",
            "㎝": " cm", "㎞": " km", "㎏": " kg", "㎜": " mm", "㎎": " mg", "㎖": " ml", "ℓ": r"\ell ", "ϕ": r"\phi ", "ϵ": r"\epsilon ", "ϑ": r"\theta ", "∨": r"\lor ",
            "∧": r"\land ", "¬": r"\neg ", "⇒": r"\Rightarrow ", "∀": r"\forall ", "∃": r"\exists ", "【": "[", "】": "]", "或": " or ", "和": " and ", "与": " and ", "且": " and ",
        }
    )  # fmt: skip
    for code in (*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)):
        name = unicodedata.name(chr(code), "").rsplit(" ", 1)[-1].lower()
        name = {"final sigma": "sigma", "lamda": "lambda"}.get(name, name)
        if name in GREEK:
            upper = code < 0x3B1
            table[chr(code)] = rf"\{name.capitalize() if upper else name} "
    return {ord(character): text for character, text in table.items()}


_CHARACTERS = _character_table()
# An option's label typed on a Cyrillic or Greek keyboard; В and Β are the third and second letter
# of their own alphabets, so they stay what they are.
_LOOKALIKES = ("А", "С", "Α")
_LATIN = str.maketrans("АСΑ", "ACA")
_RAISED = regex.compile(f"[{''.join(_SUPERSCRIPTS)}]+")
_LOWERED = regex.compile(f"[{''.join(_SUBSCRIPTS)}]+")
_VULGAR = regex.compile(r"(?P<whole>\d?)(?P<fraction>[¼-¾⅐-⅞↉])")


def _vulgar_fraction(match: regex.Match[str]) -> str:
    top, bottom = unicodedata.normalize("NFKC", match["fraction"]).split("\u2044")
    return f"{match['whole']} {top}/{bottom} "


def _script(mark: str, table: dict[str, str]) -> Callable[[regex.Match[str]], str]:
    return lambda match: f"{mark}{{{''.join(table[character] for character in match[0])}}}"


_FONT = r"\\(?:text(?:bf|it|rm|sf|tt|normal|up)?|mathrm|mathit|mathsf|mathbf|mbox|hbox|operatorname\*?|bf|rm|it|bold|boldsymbol|bm)"

# Spellings of the same thing, in the order they are folded: a pattern, what replaces it, texts of
# which one has to be there for it to match (looked for first: it is cheaper), and an example.
Rule: TypeAlias = tuple[str, Replacement, tuple[str, ...], str]
_LATEX_RULES: tuple[Rule, ...] = (
    (r"(?<!\\)\\!\s*", "", ("\\!",), r"1,\! 000"),
    # A blank that was left to fill in; before an underline loses its name.
    (r"\\(?:over|under)line\s*\{\s*(?:\\[hv]space\*?\s*\{[^{}]*\}\s*)?\}", "", ("line",), r"\underline{}"),
    (r"\\(?:color|textcolor)\s*\{[^{}]*\}|\\underline(?=\s*\{)", " ", ("color", "underline",), r"\textcolor{red}{5}"),
    (r"\\(?:begin|end)\s*\{(?:aligned|align\*?|cases|gathered|split|equation\*?)\}", " ", ("\\begin",), r"\begin{aligned}x=5\end{aligned}"),
    (r"\{([^{}\\]*)\\over(?![a-z])\s*+([^{}\\]*)\}", r"\\frac{\1}{\2}", ("\\over",), r"{1 \over 2}"),
    (r"\{([^{}\\]*)\\choose(?![a-z])\s*+([^{}\\]*)\}", r"\\binom{\1}{\2}", ("\\choose",), r"{5 \choose 2}"),
    (r"\\(?:sfrac|nicefrac|flatfrac)(?![A-Za-z])", r"\\frac", ("frac",), r"\sfrac12"),
    (r"\\mathbb\s+([A-Z])(?![A-Za-z])", r"\\mathbb{\1}", ("\\mathbb ",), r"x \in \mathbb R"),
    (r"\\(?:pmod|bmod|mod)\s*+\{?\s*+(\w+)\s*\}?", r"\\pmod{\1}", ("mod",), r"x \equiv 3 \pmod 5"),
    (r"(?<![\d.])(\d*)\.(\d*)\\(?:overline|bar|dot)\s*\{(\d+)\}", lambda m: _repeating(m[1], m[2], m[3]), ("\\overline", "\\bar", "\\dot",), r"0.\overline{3}"),
    (r"\^\s*+\{?\s*+\\circ\s*+\}?\s*+(?:\\(?:text|mathrm)\s*\{\s*)?([CF])(?![A-Za-z])\s*\}?", r" degree\1 ", ("\\circ",), r"37^\circ C"),
    (r"(?<=\d)\s*\\mu\s*(?:\\(?:text|mathrm|rm)\s*\{\s*m\s*\}|m)(?![A-Za-z]|\s*g)", " micrometers", ("\\mu",), r"0.5 \mu m"),
    (r"(\\(?:mathrm|text|rm)\s*\{)((?:[^{}]|\{[^{}]*\}){1,60})\}", lambda m: f"{m[1]}{_flat(m[2])}}}", ("^",), r"5\,\mathrm{m\,s^{-1}}"),
    (r"^\s*\\text\s*\{\s*([A-Za-z][A-Za-z ,]* (?:is|are|=):?)\s*\}", r"\1 ", ("\\text",), r"\text{The line is } y=2x"),
    (r"(?<=\+)\s*\\(?:text|mathrm)\s*\{\s*(?:constant|const\.?)\s*\}\s*\.?\s*$", " C", ("const",), r"x^2 + \text{constant}"),
    (r"\\ce\s*\{((?:[^{}]|\{[^{}]*\})*)\}", r"\1", ("\\ce",), r"\ce{NaCl}"),
    (r"\\(?:long)?rightarrow(?![A-Za-z])", r"\\to ", ("ightarrow",), r"2H_2 + O_2 \rightarrow 2H_2O"),
    (r"\\overline\s*\{([A-Z]{2})\}", r"\1", ("\\overline",), r"\overline{AB}"),
    (r"(?<!\\)\\[()\[\]]", " ", ("\\(", "\\)", "\\[", "\\]",), r"\(42\)"),
    (r"\\(?:left|right)\s*\.", " ", ("\\left", "\\right",), r"\left. x \right|"),
    (r"\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])", "", ("\\left", "\\right", "\\b", "\\B",), r"\left(1\right)"),
    (r"\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|mathstrut|nonumber|strut)(?![A-Za-z])", " ", ("style", "limits", "strut", "number",), r"\displaystyle 1"),
    (r"\\(?:tag|label|hspace|vspace|phantom)\*?\s*\{[^{}]*\}", " ", ("\\tag", "\\label", "space", "phantom",), r"1 \tag{2}"),
    (r"\\[dtc]frac(?![A-Za-z])", r"\\frac", ("frac",), r"\dfrac{1}{2}"),
    (r"\\(?:leqslant|leqq|leq)(?![A-Za-z])", r"\\le ", ("\\leq",), r"x \leq 1"),
    (r"\\(?:geqslant|geqq|geq)(?![A-Za-z])", r"\\ge ", ("\\geq",), r"x \geq 1"),
    (r"\\(?:neq|not\s*=)", r"\\ne ", ("\\n",), r"x \neq 1"),
    (r"\\(?:dots|cdots|dotsc|dotsb|hdots|ldots)(?![A-Za-z])", r"\\ldots ", ("dots",), r"1, 2, \cdots"),
    (r"\\(?:varnothing|O)(?![A-Za-z])", r"\\emptyset ", ("\\varnothing", "\\O",), r"\varnothing"),
    (r"\\(?:degree|textdegree)(?![A-Za-z])", r"^\\circ ", ("degree",), r"42\degree"),
    (r"\^\s*\{\s*\\circ\s*\}|\^\s*\\circ(?![A-Za-z])", r"^\\circ ", ("\\circ",), r"42^{\circ}"),
    (r"(?<![\d.,])(\d{1,3})((?:(?<!\\)\\[,;: ]\d{3})+)(?![\d,])", lambda m: m[1] + regex.sub(r"\D", "", m[2]), ("\\,", "\\;", "\\:", "\\ ",), r"1\,000"),
    (r"(?<!\\)\\[,;:!> ]|\\q?quad(?![A-Za-z])|\\(?:thinspace|enspace|hfill|hskip)(?![A-Za-z])", " ", ("\\,", "\\;", "\\:", "\\!", "\\>", "\\ ", "quad", "space", "\\h",), r"1\quad 2"),
    (rf"({_FONT})\s+([A-Za-z])(?![A-Za-z])", r"\1{\2}", ("\\",), r"\mathrm e"),
    (r"\\%", "%", ("\\%",), r"50\%"),
    (r"\\\*", "*", ("\\*",), r"2 \* 3"),
    (r"\(\s*([A-Za-z])\s*\\circ\s*([A-Za-z])\s*\)\s*\(([^()]*)\)", r"\1(\2(\3))", ("\\circ",), r"(f \circ g)(2)"),
    (r"\\(?:dollar|\$)(?![A-Za-z])", " $", ("\\$", "\\dollar",), r"\$42"),
    (r"\\(?:AA|r\s*\{A\}|mathring\s*\{(?:\\mathrm\s*\{)?A\}?\})(?![A-Za-z])", " Å ", ("\\AA", "\\r", "\\mathring",), r"5 \AA"),
    (r"\\(?:permil|textperthousand)(?![A-Za-z])", " permille ", ("\\permil", "\\textper",), r"5 \permil"),
    (r"\\pu\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", lambda m: f" {_exponents(m[1])} ", ("\\pu",), r"\pu{5 m s-1}"),
    (r"\\(?:SI|qty)\s*\{([^{}]*)\}\s*\{([^{}]*)\}", lambda m: f" {m[1]} {_macros(m[2])} ", ("\\SI", "\\qty",), r"\SI{5}{\meter\per\second}"),
    (r"\\(?:si|unit)\s*\{([^{}]*)\}", lambda m: f" {_macros(m[1])} ", ("\\si", "\\unit",), r"5\si{m}"),
)  # fmt: skip
_RULES: tuple[Rule, ...] = (
    (r"(?<![\d.])(\d*+)\.(\d{0,20}?)(\d{1,6}?)\3{2,}+(?:\\ldots|\.{3})", lambda m: _repeating(m[1], m[2], m[3]), ("...", "\\ldots",), "0.333..."),
    (r"(?<![\w.)])(\d*)\.(\d{0,20})\((\d{1,20})\)(?![\w(^])", lambda m: _repeating(m[1], m[2], m[3]), (".",), "0.(3)"),
    (r"(?<=10)\s*\^\s*([-+]\d+)(?![\d./])", r"^{\1}", ("^",), "10^-19 coulombs"),
    (r"\b(sq|cu)\.\s*(?=[A-Za-z])", r"\1 ", ("sq.", "cu."), "12 sq. units"),
    (r"^\s*+p(?:H|OH|K_?\{?[ab]\}?)\s*+(?:=|is\b|:)?\s*+(?=[-\d])", "", ("p",), "pH = 7.4"),
    (r"(?<![A-Za-z\\])triangle (?=[A-Z]{3}(?![A-Za-z]))", r"\\triangle ", ("triangle",), "triangle ABC"),
    (r"(?:₹|\bRs\.?|\bINR)\s*(\d{1,2}(?:,\d{2})+,\d{3})(?![\d,])", lambda m: "₹" + m[1].replace(",", ""), ("₹", "Rs", "INR"), "₹2,50,000"),
    (r"(\d)\s*[xX]\s*10\s*\^", r"\1 \\times 10^", ("^",), "6.02 x 10^23"),
    (r"(?<=\d)\s+x\s+(?=\d)", r" \\times ", (" x ",), "5 x 5 = 25"),
    (r"\+\s?/\s?-|(?:^\s*|(?<=[=(,]\s?))\+\s?-(?=\s?[\d.\\A-Za-z])", r"\\pm ", ("+/", "+ /", "+-", "+ -"), "2 +/- 3"),
    (r"-\s?/\s?\+|(?:^\s*|(?<=[=(,]\s?))-\s?\+(?=\s?[\d.\\A-Za-z])", r"\\mp ", ("-/", "- /", "-+", "- +"), "-+ 7"),
    (r"(?<![A-Za-z\\])(?:binom|binomial)\s?\(\s?([^(),{}\\]{1,40}?)\s?,\s?([^(),{}\\]{1,40}?)\s?\)", r"\\binom{\1}{\2}", ("binom",), "binom(2n, n)"),
    # Groups parted by dots or spaces, then a comma: nothing else is written so.
    (r"^([^\d(\[{]*+\d{1,3})((?:[. ~]\d{3})++),(\d\d)(?=[^\d,;)\]}]*+$)", lambda m: f"{m[1]}{regex.sub(r'[^0-9]', '', m[2])}.{m[3]}", (",",), "7.425,50"),
    (r"(?:^\s*+|(?<=\b(?:is|costs)\s)|(?<=:\s))([-+]?)\s*+(?:(?:US|R|HK|NZ|NT|[ACS])(?=\$))?[$€£¥₹]\s*([\d.,]*\d)((?:\s*(?:hundreds?|thousands?|millions?|billions?|trillions?|quadrillions?|lakhs?|crores?|mn|bn|tn|trn|mln|bln|[kKMBT](?![A-Za-z])))?)(?=(?:(?:\s+|\s*/\s*)[A-Za-z][A-Za-z /]*+)?[.\s]*+$)", lambda m: f"{m[1]}{m[2]} {_LETTER_SCALES.get(m[3].strip(), m[3])} {_currency(m[0])} ", ("$", "€", "£", "¥", "₹",), "$20"),
    (r"(?<=\d)\s*([€£¥₹])", lambda m: f" {_currency(m[1])} ", ("€", "£", "¥", "₹",), "20€"),
    (r"^([^$]*\d)\s*+((?:US|R|HK|NZ|NT|[ACS])\$)(?=[\s.]*+$)", lambda m: f"{m[1]} {_currency(m[2])} ", ("$",), "20 US$"),
    (r"(?<=\d)\s*+(?:US|U\.S\.)[- ](?=[Dd][oó]l+ar)", " ", ("US", "U.S."), "20 US-Dollar"),
    (r"\b(?:minus|negative)\s+(?=[\d.])", "-", ("minus", "negative",), "negative 20"),
    (r"(?<![A-Za-z\\])d([A-Za-z])\s*/\s*d([A-Za-z])(?![A-Za-z])", r"\\frac{d\1}{d\2}", ("/d", "/ d"), "dy/dx = 2x"),
    (r"\{,\}", ",", ("{,}",), "1{,}000"),
    (r"(?<=\d)\s*(?:VNĐ|đồng|đ)(?!\w)", " VND", ("đ", "Đ"), "20 đồng"),
    (r"(?<=\d)\s*Türk [Ll]irası(?!\w)", " TL", ("Türk",), "20 Türk Lirası"),
    (r"^\s*TL ?([\d.,]*\d)$", r"\1 TL", ("TL",), "TL 20"),
    # No decimal has two points.
    (r"(?<![\w.,/])(?<!\w-)(\d{1,3})((?:\.\d{3}){2,6}+)(?![\d/]|[.,]\d)", lambda m: m[1] + m[2].replace(".", ""), (".",), "1.234.567"),
    (rf"(?<=[\d}})])\s+{OR_ELSEWHERE}\s+(?=[A-Za-z](?:_?\d)?\s*=)", " or ", ("=",), "x = 1 veya x = 3"),
    (rf"(?<=[\d}})])\s+{AND_ELSEWHERE}\s+(?=[A-Za-z](?:_?\d)?\s*=)", " and ", ("=",), "x = 1 y x = 3"),
    (r"\.{3,}", r"\\ldots ", ("...",), "1, 2, ..."),
    (r"(?<![\d.,])(\d{1,3})((?:[ ~]\d{3})+)(?![\d,]|[ ~]\d)", lambda m: m[1] + regex.sub(r"\D", "", m[2]), (" ", "~",), "1 000"),
    (r"(?<![^\s(])\*\*(?=\S)([^*\n]+)(?<=\S)\*\*(?![^\s.,:;)])", r"\1", ("**",), "**Final answer:** 42"),
    (r"~~(?=\S)([^~\n]+)(?<=\S)~~", r"not \1", ("~~",), "It is ~~42~~"),
    (r"^\s*~\s*(?=\S)|(?<=[^\s\d]\s)~(?=[-+$]?\d)", "about ", ("~",), "~42"),
    (r"~", " ", ("~",), r"5~\mathrm{m}"),
    (rf"(\d)\s*+(?:\^\s*+)?\{{?\s*(?:{_FONT}\s*\{{\s*)?(?:st|nd|rd|th)\s*(?:\}}\s*){{0,2}}(?![A-Za-z])", r"\1 ", ("st", "nd", "rd", "th",), r"12^{\mathrm{th}}"),
    (rf"(?<=[\d)}}.$])\s*(?:{_FONT}\s*\{{\s*)?(?:percentage|percent|per\s+cent|pct)(?![A-Za-z])\.?\s*\}}?", "% ", ("per", "pct",), "50 percent"),
)  # fmt: skip


def _repeating(whole: str, fixed: str, repeated: str) -> str:
    """The fraction that a repeating decimal is."""
    if len(whole) + len(fixed) + len(repeated) > 100:
        return f"{whole}.{fixed}{repeated}"
    value = Fraction(int(f"{whole}{fixed}" or 0), 10 ** len(fixed))
    value += Fraction(int(repeated), 10 ** len(fixed) * (10 ** len(repeated) - 1))
    return f"\\frac{{{value.numerator}}}{{{value.denominator}}}"


def _flat(units: str) -> str:
    r"""Units in a font without inner braces: ``m\\cdot s^{-1}`` is ``m s^-1``."""
    if "^" not in units:
        return units
    plain = regex.sub(r"\\(?:cdot|times|,|;|!| )\s*", " ", units)
    return regex.sub(r"\{([-+]?\d+)\}", r"\1", plain)


def _exponents(units: str) -> str:
    r"""The units of mhchem's ``\\pu``, where an exponent has no mark: ``m s-1``."""
    return regex.sub(r"(?<=[A-Za-z])(-?\d)(?!\d)", r"^{\1}", units)


def _macros(units: str) -> str:
    r"""The units of siunitx, ``\\kilo\\meter\\per\\second``, in words."""
    for macro, meaning in _SIUNITX:
        units = units.replace(macro, meaning)
    return _exponents(units.replace("\\", "").replace(".", " "))


_PREFIXES = "kilo mega giga milli micro nano centi pico".split()
_SIUNITX = (
    ("\\squared", "^2 "), ("\\cubed", "^3 "), ("\\per", " / "), ("~", " "),
    *((f"\\{prefix}\\", prefix) for prefix in _PREFIXES), ("\\", " "),
)  # fmt: skip
# Behind a sign of currency these letters are no unknowns and no kelvins.
_LETTER_SCALES: dict[str, str] = {
    "k": "thousand",
    "K": "thousand",
    "M": "million",
    "B": "billion",
    "T": "trillion",
}
_CURRENCIES = {
    "R$": "reais", "HK$": "HKD", "NZ$": "NZD", "NT$": "TWD", "A$": "AUD", "C$": "CAD", "€": "euros", "£": "sterling", "¥": "yen", "₹": "rupees",
}  # fmt: skip


def _currency(text: str) -> str:
    return next((name for sign, name in _CURRENCIES.items() if sign in text), "dollars")


@lru_cache(maxsize=2)  # not when this module is imported: that would be most of the time it takes
def _rules(*, latex: bool) -> tuple[tuple[regex.Pattern[str], Replacement, tuple[str, ...]], ...]:
    rules = _LATEX_RULES + _RULES if latex else _RULES
    return tuple((regex.compile(pattern), by, needs) for pattern, by, needs, _ in rules)


_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?")
_ACCENTS = ("\\mathbf", "\\boldsymbol", "\\bm", "\\hat", "\\vec", "\\overrightarrow")
_BASIS = r"\\(?:mathbf|boldsymbol|bm|hat|vec|overrightarrow)\s*(?:(\{{)\s*)?\\?([{letters}])(?:math)?(?(1)\s*\}})(?![A-Za-z])"
_BASIS_VECTOR = re.compile(_BASIS.format(letters="ijk"))
_OTHER_BASIS_VECTOR = re.compile(_BASIS.format(letters="jk"))  # a bold i alone is rather a number
_LINES = regex.compile(r"[^\S\n]*+\n\s*+")
_ALIGNED = re.compile(r"\\begin\s*\{(?:aligned|align\*?|split|gathered)\}")
_CONTINUED = regex.compile(r"\\\\\s*+(?:&\s*+)?(?==)")  # x = 2 + 3, and on the next line = 5
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s+(?=\S)")
_HEADING = re.compile(
    r"\A(?:#{1,6} *)?(?:the |my )?(?:final |correct )?(?:answer|solution|result)s?(?: is| are)?[ :]*\n\s*",
    re.IGNORECASE,
)
_INSIDE = regex.compile(
    r"(?<=[(\[,])[^\S\n]*+\n\s*+|(?<!\s)[^\S\n]*+\n\s*+(?=[)\]])"
)  # a bracket over several lines
_COLON = re.compile(r":\s*\n\s*")  # what it announces follows on another line
_SPACES = re.compile(r"\s+")
_ALL_FONT = re.compile(rf"[$\s]*{_FONT}\s*\{{(?P<inside>[^{{}}]*)\}}[$\s.]*")
_QUOTES = ("*", "_", "'", '"', "`")
_FENCE = re.compile(r"```[a-z]*\s([^`]*)```|```([^`]*)```")
_BOX_COMMAND = re.compile(r"\\[fd]?box(?:ed)?\b")


@ANSWERS.remember(entries=16_384)
def canonical(text: str) -> str:
    r"""The canonical spelling of an answer.

    Example:
        >>> canonical(r"$\left(\dfrac{1}{2},\, −3\right)$.")
        '(\\frac{1}{2}, -3)'
    """
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return text
    if not text.isascii():
        text = with_plain_separators(in_one_script(text))
        text = _RAISED.sub(_script("^", _SUPERSCRIPTS), text)
        text = _LOWERED.sub(_script("_", _SUBSCRIPTS), text)
        text = text.replace("或许", " maybe ").replace("或許", " maybe ")
        if len(text) <= 4 and text.strip("().* ") in _LOOKALIKES:
            text = text.translate(_LATIN)
        text = _VULGAR.sub(_vulgar_fraction, text).translate(_CHARACTERS)
    text = _without_wrappers(text)
    if text[:2] == "[[" and len(text) == 5 and text[3:] == "]]" and text[2].isalpha():
        text = text[2]  # as judges are told to write a choice
    if "\\begin" in text and _ALIGNED.search(text):
        text = _CONTINUED.sub(" ", text).replace("&", " ")
    if any(accent in text for accent in _ACCENTS) and _OTHER_BASIS_VECTOR.search(text):
        text = _BASIS_VECTOR.sub(r"\\vec{\2}", text)
    for pattern, replacement, needs in _rules(latex="\\" in text):
        for need in needs:
            if need in text:
                text = pattern.sub(replacement, text)
                break
    if "\n" in text:
        text = _HEADING.sub("", text.strip())
    if "\n" in text and "\\begin" not in text:
        text = _INSIDE.sub(" ", _COLON.sub(": ", _without_bullets(text)))
        text = _LINES.sub(" ; ", text)
    text = text.replace("$", " ")
    return _SPACES.sub(" ", _without_trailing(text)).strip()


def _without_wrappers(text: str) -> str:
    if text[:2] == "$$" == text[-2:] and len(text) > 4 and "$" not in text[2:-2]:
        text = text[2:-2].strip()
    if "\\" in text:
        if _BOX_COMMAND.search(text):
            text = _unboxed(text).strip()
        font = _ALL_FONT.fullmatch(text)
        if font:
            text = font["inside"].strip()
    if text[:1] not in _QUOTES or text[:1] != text[-1:]:
        return text
    fence = _FENCE.fullmatch(text)
    if fence:
        return (fence[1] or fence[2] or "").strip()
    for mark in ("**", "__", *_QUOTES):
        inner = text[len(mark) : -len(mark)]
        if inner and text.startswith(mark) and text.endswith(mark) and mark not in inner:
            text = inner.strip()
    return text


def _without_bullets(text: str) -> str:
    """A list in Markdown as its items, a line each."""
    lines = [line for line in text.split("\n") if line.strip()]
    announced = lines[:1] if lines[0].rstrip().endswith(":") else []
    lines = lines[len(announced) :]
    items = [_BULLET.match(line) for line in lines]
    if len(lines) < 2 or not all(items):
        return text
    bare = [line[item.end() :] for line, item in zip(lines, items, strict=True) if item]
    return "\n".join([*announced, *bare])


def _unboxed(text: str) -> str:
    # A box adds nothing to what is in it; nested ones are opened a few levels deep.
    for _ in range(4):
        found = boxes(text)
        if not found:
            break
        parts, end = [], 0
        for box in found:
            parts += [text[end : box.start], " ", box.content, " "]
            end = box.end
        text = "".join([*parts, text[end:]])
    return text


def _without_trailing(text: str) -> str:
    # "n !" keeps its factorial: only a full stop, comma and the like end a sentence here.
    text = text.rstrip()
    while text and (text[-1] in ".,;:" or text.endswith("\\")):
        if text.endswith("\\ldots"):
            break
        text = text[:-1].rstrip()
    return text
