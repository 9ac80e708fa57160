"""Canonical text to tokens: numbers, letters, words, commands, brackets.

Decides only what can be decided where it stands: whether a run of letters is a word, a unit, a
function's name or a product of symbols. The grammar is in `syntax`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grpo_rewards.answers.notation.names import ALIASES, FUNCTIONS, GREEK, UNEVALUATED
from grpo_rewards.answers.values.measures import SHORT_UNITS

__all__ = ["END", "ENGLISH", "NotMath", "Token", "tokenize"]

MAX_DIGITS = 2000
"""How many digits one literal may have."""
MAX_PRODUCT = 20
"""Longer runs of letters are never a product of symbols."""
MAX_TOKENS = 4000
"""How many tokens an answer may have."""


class NotMath(Exception):  # noqa: N818 (it is an answer, not an error: the text is words)
    """The text is not an expression of this grammar."""


_TOKEN = re.compile(
    r"""
      (?P<sci>(?:\d+(?:\.\d+)?|\.\d+)[eE][-+]?\d{1,4}(?![A-Za-z\d.]))
    | (?P<num>(?<!\d,)[1-9]\d{0,2}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
    | (?P<env>\\(?:begin|end)\s*\{[^{}]*\}(?:\s*\{[lcr|\s]*\})?)
    | (?P<font>\\(?:text(?:bf|it|rm|sf|tt|normal|up)?|math(?:rm|it|sf|bf|bb|cal|frak|scr)|mbox|hbox
        |operatorname\*?|boldsymbol|bm|bf|rm)\s*\{(?P<inside>[^{}]*)\})
    | (?P<cmd>\\(?:[A-Za-z]+|.))
    | (?P<word>[A-Za-z]+)
    | (?P<angstrom>Å)
    | (?P<unitword>[\u4e00-\u9fff]+)
    | (?P<op>\*\*|<=|>=|!=|<>|=>|->|==|[-+*/^_!()\[\]{}|,;:=<>'%&])
    | (?P<space>\s+)
    """,
    re.VERBOSE | re.DOTALL,
)

_PASSED_OVER = frozenset(["\\/", "\\-"])
_GLUED_JOINT = re.compile("(or|and)([A-Za-z])")
_RADICAL_WORDS = frozenset(["sqrt", "cbrt"])
_JOINTS = frozenset(["and", "or"])
_WORD_CONSTANTS = {"pi": "pi", "infinity": "inf", "oo": "inf", "inf": "inf", "infty": "inf"}
# Words too short to be told from products of letters by their shape.
ENGLISH = frozenset(
    "a an the is it if no not nor of at as be by we so for are was has had all any its to on into "
    "but can you our one two six ten new per but see let set get yes too may do does did than then "
    "that this with when where which each both only none from have will such some".split()
)
_BETWEEN_NOUNS = frozenset("de du en au al di da em im".split())
"""What other languages write between nouns, as English writes "of" and "in": "metros de tela"."""
_INITIALS = re.compile(r"[A-Z]{2,4}s")
"""Things that are named by initials: "5 DVDs"."""
_VOWELS = frozenset("aeiouyAEIOUY")
_OPERATORS = frozenset(["Var", "Cov", "Area", "Vol", "Corr"])
_FONT_UNITS = frozenset(["sec", "min", "deg"])


@dataclass(slots=True)
class Token:
    """One token."""

    kind: str
    text: str
    spaced: bool
    """Whether white space stands before it."""


END = Token("end", "", spaced=True)


def tokenize(text: str) -> list[Token]:
    """The tokens of a canonical text."""
    tokens: list[Token] = []
    end, spaced, depth = 0, False, 0
    for match in _TOKEN.finditer(text):
        if match.start() != end:
            raise NotMath(f"{text[end]!r} is not part of an expression")
        end = match.end()
        kind = match.lastgroup or ""
        if kind == "space":
            spaced = True
            continue
        if kind == "inside":
            kind = "font"
        elif kind == "angstrom":
            kind = "unitword"
        value = match[0]
        if kind == "cmd":
            if value in _PASSED_OVER:
                spaced = True
                continue
            kind, value = _command(value)
        elif kind == "font":
            kind, value = _font(value, match["inside"])
        elif kind == "word":
            _append_words(tokens, value, spaced=spaced)
            spaced = False
            continue
        elif kind == "num" and "," in value and depth:
            # Inside brackets a comma separates: (1,234) is a pair.
            _append_separated(tokens, value, spaced=spaced)
            spaced = False
            continue
        if value in ("(", "[", "{", "\\{"):
            depth += 1
        elif value in (")", "]", "}", "\\}"):
            depth -= 1
        if len(value) > MAX_DIGITS and kind in ("num", "sci"):
            raise NotMath("a literal is too long")
        tokens.append(Token(kind, value, spaced))
        spaced = False
    if end != len(text):
        raise NotMath(f"{text[end]!r} is not part of an expression")
    if len(tokens) > MAX_TOKENS:
        raise NotMath("there are too many tokens")
    return tokens


def _append_separated(tokens: list[Token], value: str, *, spaced: bool) -> None:
    for place, part in enumerate(value.split(",")):
        if place:
            tokens.append(Token("op", ",", spaced=False))
        tokens.append(Token("num", part, spaced and not place))


def _command(value: str) -> tuple[str, str]:
    name = value[1:]
    if name in ("{", "}", "langle", "rangle", "lfloor", "rfloor", "lceil", "rceil", "\\"):
        return "op", value
    if name in ("|", "Vert", "lVert", "rVert"):
        return "op", "\\|"
    if name in ("vert", "lvert", "rvert"):
        return "op", "|"
    if name in ("lbrace", "rbrace"):
        return "op", "\\{" if name == "lbrace" else "\\}"
    if name in ("times", "cdot", "ast", "bullet"):
        return "op", "*"
    if name == "div":
        return "op", "/"
    if name == "colon":
        return "op", ":"
    if name in ("#", "&", "_"):
        return "op", name
    return "cmd", name


def _font(value: str, inside: str) -> tuple[str, str]:
    content = inside.strip()
    if value.startswith("\\mathbb"):
        return "cmd", f"mathbb{content}"
    if len(content) == 1 and content.isalpha():
        # After a value an upright letter is a unit, \mathrm{m}; e and i stay the constants.
        upright = value.startswith(("\\mathrm", "\\text", "\\rm", "\\mbox", "\\operatorname"))
        return ("upright" if upright and content not in "eid" else "word"), content
    lower = content.lower()
    if lower in _JOINTS or lower.strip(" ,") in _JOINTS:
        return "joint", lower.strip(" ,")
    if value.startswith("\\operatorname") and content == "sec":
        return "cmd", content
    if content not in _FONT_UNITS and (
        content in FUNCTIONS or content in ALIASES or content in UNEVALUATED
    ):
        return "cmd", content
    if content in _OPERATORS:
        return "name", content
    if value.startswith("\\operatorname"):
        return "name", content
    return "text", content


def _append_words(tokens: list[Token], run: str, *, spaced: bool) -> None:
    """Split a run of letters into what it stands for: a word, a unit, a function, or symbols."""
    glued = _GLUED_JOINT.fullmatch(run) if tokens and tokens[-1].kind == "num" else None
    if glued:  # x = 1orx = -1
        tokens.append(Token("joint", glued[1], spaced))
        run, spaced = glued[2], False
    lower = run.lower()
    before = tokens[-1] if tokens else None
    after_value = before is not None and (
        before.kind in ("num", "sci", "text", "unitword")
        or before.text in (")", "}", "%", "|")
        or (before.kind, before.text) == ("cmd", "pi")
    )
    if lower in _JOINTS:
        tokens.append(Token("joint", lower, spaced))
    elif run in _FONT_UNITS and _is_over_unit(tokens):
        tokens.append(Token("unitword", run, spaced))
    elif run in FUNCTIONS or run in ALIASES or run in _RADICAL_WORDS:
        tokens.append(Token("cmd", run, spaced))
    elif lower in _WORD_CONSTANTS and (len(run) > 2 or run in _WORD_CONSTANTS):
        tokens.append(Token("cmd", "infty" if _WORD_CONSTANTS[lower] == "inf" else "pi", spaced))
    elif (run in GREEK and len(run) > 2) or (run in ("cup", "cap") and not after_value):
        tokens.append(Token("cmd", run, spaced))
    elif run in _OPERATORS and not after_value:
        tokens.append(Token("name", run, spaced))
    elif len(run) == 1:
        tokens.append(Token("word", run, spaced))
    elif run.isupper() and before is not None and before.text in ("{", "/", "|"):
        for place, letter in enumerate(run):  # \frac{NO}{BO}
            tokens.append(Token("word", letter, spaced and not place))
    elif (
        len(run) > MAX_PRODUCT
        or lower in ENGLISH
        or (after_value and spaced and _INITIALS.fullmatch(run))
        or (run in _BETWEEN_NOUNS and spaced and before is not None and before.kind == "unitword")
        or _is_word(run, spaced=spaced, after_value=after_value or _is_over_unit(tokens))
    ):
        tokens.append(Token("unitword", run, spaced))
    else:
        for place, letter in enumerate(run):
            tokens.append(Token("word", letter, spaced and not place))


def _is_over_unit(tokens: list[Token]) -> bool:
    """Whether the last token is the stroke of ``cm/sec``."""
    over = [token.text for token in tokens[-1:]] == ["/"]
    return over and len(tokens) > 1 and tokens[-2].kind in ("unitword", "text", "upright")


def _is_word(run: str, *, spaced: bool, after_value: bool) -> bool:
    if after_value and run in SHORT_UNITS:
        return True
    has_vowel = any(letter in _VOWELS for letter in run)
    if len(run) >= 4:
        return has_vowel
    return len(run) == 3 and has_vowel and spaced and after_value
