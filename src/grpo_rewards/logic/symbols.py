r"""Text to tokens: the ways to write connectives, constants and variables, folded into one.

The tables here are the reference of what is understood; the grammar is in `formulas`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias

from grpo_rewards.wording.markup import boxes
from grpo_rewards.wording.patterns import end_of

__all__ = ["CONNECTIVES", "CONSTANTS", "NotFormula", "Token", "plain", "tokens", "unfenced"]

MAX_LENGTH = 4_000
"""Longer texts (characters) are not read."""

Kind: TypeAlias = Literal["connective", "name", "constant", "open", "close", "word"]


class NotFormula(ValueError):  # noqa: N818 (it says what the text is)
    """A text that is no formula, and where it stops being one."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula: its kind, and what it means whatever way it was written."""

    kind: Kind
    text: str


# What a connective means, and its spellings: words, LaTeX commands, then symbols.
CONNECTIVES: dict[str, tuple[str, ...]] = {
    "not": ("not", r"\neg", r"\lnot", r"\sim", r"\overline", r"\bar", "¬", "~", "!"),
    "==": ("==",),
    "!=": ("!=", r"\ne", r"\neq", "≠"),
    "and": (
        "and", r"\land", r"\wedge", r"\cdot", r"\times", r"\&", "∧", "⋀", "&", "&&", "*",
        "·", "⋅", "×",
    ),
    "nand": ("nand", r"\uparrow", r"\barwedge", "↑", "⊼"),
    "xor": ("xor", r"\oplus", r"\veebar", "⊕", "⊻", "≢"),
    "or": ("or", r"\lor", r"\vee", "∨", "⋁", "|", "||", "+"),
    "nor": ("nor", r"\downarrow", "↓", "⊽"),
    "but": ("but",),
    "implies": (
        "implies", "implies that", "only if", "is sufficient for",
        r"\to", r"\rightarrow", r"\Rightarrow", r"\implies",
        r"\longrightarrow", r"\Longrightarrow", r"\supset", "→", "⇒", "⟶", "⟹", "⊃", "➔", "➝",
        "->", "-->", "=>", "==>",
    ),
    "if": (
        "when", "whenever", "provided that", "is necessary for",
        r"\leftarrow", r"\Leftarrow", r"\impliedby", "←", "⇐", "<-", "<--",
    ),
    "unless": ("unless",),
    "iff": (
        "iff", "if and only if", "xnor", "equivalent", "is equivalent to", "exactly when",
        "just in case", "is necessary and sufficient for", r"\leftrightarrow", r"\Leftrightarrow",
        r"\longleftrightarrow", r"\Longleftrightarrow", r"\iff", r"\equiv", r"\odot", "↔", "⇔", "⟷",
        "⟺", "≡", "⊙", "<->", "<-->", "<=>", "<==>",
    ),
}  # fmt: skip
CONSTANTS: dict[str, tuple[str, ...]] = {
    "true": ("True", "true", "TRUE", "T", "1", r"\top", "⊤"),
    "false": ("False", "false", "FALSE", "F", "0", r"\bot", r"\perp", "⊥"),
}

_MEANINGS = {
    spelling: Token("connective", meaning)
    for meaning, spellings in CONNECTIVES.items()
    for spelling in spellings
} | {
    spelling: Token("constant", meaning)
    for meaning, spellings in CONSTANTS.items()
    for spelling in spellings
} | {
    "if": Token("word", "if"), "then": Token("word", "then"), "'": Token("word", "prime"),
    "^": Token("word", "caret"), "-": Token("word", "minus"), ",": Token("word", ","),
    "both": Token("word", "both"), "neither": Token("word", "neither"),
    **{bracket: Token("open", bracket) for bracket in "([{"},
    **{bracket: Token("close", bracket) for bracket in ")]}"},
}  # fmt: skip
_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma "
    "tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
).split()
_GREEK_LETTERS = "αβγδεεζηθκλμνξπρστυφφχψωΓΔΘΛΞΠΣΦΨΩ"
_MEANINGS |= {
    rf"\{name}": Token("name", letter) for name, letter in zip(_GREEK, _GREEK_LETTERS, strict=True)
}


def _any_of(spellings: list[str]) -> str:
    return "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))


_PHRASES = [spelling for spelling in _MEANINGS if " " in spelling]
_SYMBOLS = [spelling for spelling in _MEANINGS if not re.match(r"\\?\w", spelling)]
_NAME = r"[^\W\d_]+\d*(?:_(?:\{[^\W_]+\}\d*|[^\W_]+))*"
_TOKEN = re.compile(
    rf"(?P<phrase>\b(?:{_any_of(_PHRASES).replace(re.escape(' '), ' +')})\b)"
    rf"|(?P<command>\\[A-Za-z]+)(?:_(?:\{{(?P<script>\w+)\}}|(?P<index>\w)))?"
    rf"|, *(?P<behind>then|but)\b|(?P<name>{_NAME})|(?P<symbol>{_any_of(_SYMBOLS)})"
    r"|(?P<digits>\d+)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s*")
_SUBSCRIPT = re.compile(r"_(?=\d)")

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00"))
_LOOKALIKES = str.maketrans(
    {
        "∼": "~",
        "˜": "~",
        "−": "-",
        "–": "-",
        "’": "'",
        "′": "'",
        "∣": "|",
        "＾": "^",
        "∙": "·",
        "“": '"',
        "”": '"',
        "—": "-",
        "─": "-",
    }
)
_TEXT_COMMAND = re.compile(
    r"\\(?:text(?:bf|it|rm|sf|tt|sc)?|math(?:rm|bf|it|sf|tt|bin|rel|cal)|operatorname\*?|mbox)"
    r"\s*\{([^{}]*)\}"
)
_BARRED = re.compile(r"([A-Za-z]\d*)[\u0304\u0305]")  # A̅, of an A and a bar above it
_DOT = re.compile(r"(?<=[A-Za-z)'])\.(?!e\.)(?=[A-Za-z(~¬!\\])")  # A.B is a product
_SPACING = re.compile(
    r"\$|\\[()\[\],;:!> ]|\\(?:left|right|quad|qquad|displaystyle|[bB]igg?[lr]?)(?![A-Za-z])|\\$"
)
_FENCE = re.compile(r"\s*`{3,}(?!`)(?:[\w-]*\n)?([^`]*)`{3,}\s*")
_ALIGNED = re.compile(
    r"\\(?:begin|end)\s*\{[a-z]+\*?\}|\\\\|&\s*(?=[=≡]|\\equiv|\\iff|\\Leftrightarrow)"
)
_ORNAMENT = re.compile(
    r"^\s*(?:>\s|[✅👉✓✔∴\ufe0f]+)\s*|(?<![\s✅✓✔\ufe0f])[\s✅✓✔\ufe0f]*[✅✓✔\ufe0f]\s*$"
)
_MARKS = ("__", "*", "`", '"', "'")


def plain(text: str) -> str:
    r"""A text without the wrappers that mean nothing: a box, dollars, emphasis, a full stop.

    Raises:
        NotFormula: It is too long, or has several boxes.

    Example:
        >>> plain(r"**$\boxed{p \text{ and } q}$.**")
        'p and q'
    """
    if len(text) <= MAX_LENGTH:  # normalised it may be longer
        text = unicodedata.normalize(
            "NFKC", _BARRED.sub(r"\1'", unicodedata.normalize("NFD", text))
        )
    if len(text) > MAX_LENGTH:
        raise NotFormula(f"it is longer than {MAX_LENGTH} characters")
    text = unfenced(text).translate(_INVISIBLE).translate(_LOOKALIKES)
    text = _DOT.sub("·", text.replace("**", ""))
    text = text.replace("/\\", "∧").replace(
        "\\/", "∨"
    )  # before LaTeX's spaces lose their backslash
    text = _without_box(_ORNAMENT.sub("", text))
    if "\\begin" in text:
        text = _ALIGNED.sub(" ", text)
    for _ in range(3):
        text = _TEXT_COMMAND.sub(r" \1 ", text)
    text = _SPACING.sub(" ", text)
    while True:
        shorter = text.strip().rstrip(".,;:").rstrip()
        for mark in _MARKS:
            inside = shorter[len(mark) : -len(mark)]
            if inside and shorter.startswith(mark) and shorter.endswith(mark):
                shorter = inside if mark not in inside else shorter
        if shorter == text:
            return " ".join(text.split())
        text = shorter


def unfenced(text: str) -> str:
    """The content of a text that is one fenced block."""
    fenced = _FENCE.fullmatch(text)
    return fenced[1] if fenced else text


def _without_box(text: str) -> str:
    if "box" not in text:
        return text
    found = boxes(text)
    if len(found) > 1:
        raise NotFormula("it has several boxes")
    for box in found:
        text = f"{text[: box.start]} {box.content} {text[box.end :]}"
    return text


def tokens(text: str) -> list[Token]:
    r"""The tokens of a text that `plain` has cleaned.

    Raises:
        NotFormula: There is something in it that no formula has.

    Example:
        >>> [token.text for token in tokens(r"\neg p_{1} => (q && True)")]
        ['not', 'p1', 'implies', '(', 'q', 'and', 'true', ')']
    """
    found: list[Token] = []
    place = end_of(_SPACE, text)
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise NotFormula(f"{text[place]!r} is no part of a formula")
        found.append(_token(match))
        place = end_of(_SPACE, text, match.end())
    return found


def _token(match: re.Match[str]) -> Token:
    text = match[0]
    if match["behind"]:
        return _MEANINGS[match["behind"].lower()]
    if match["phrase"]:
        return _MEANINGS[" ".join(text.lower().split())]
    if match["command"]:
        known = _MEANINGS.get(match["command"])
        script = match["script"] or match["index"]
        if known is None or (script and known.kind != "name"):
            raise NotFormula(f"{text} is no part of a formula")
        return Token("name", f"{known.text}{_index(script)}") if script else known
    if match["name"]:
        # AND is a connective, but T and F only as capitals constants.
        known = _MEANINGS.get(text) or _MEANINGS.get(text.lower() if len(text) > 1 else text)
        return known or Token("name", _SUBSCRIPT.sub("", text.replace("{", "").replace("}", "")))
    if text in _MEANINGS:
        return _MEANINGS[text]
    raise NotFormula(f"{text!r} is no part of a formula")


def _index(script: str) -> str:
    return script if script[:1].isdigit() else f"_{script}"
