r"""What is concluded behind an answer: another value of what was asked is a rival of it.

"\boxed{42}, so n = 84" gives two values. What is said of another thing is none of them: each
child's share, a clause that checks the answer, a clause that names where it came from.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import regex

from grpo_rewards.wording.vocabulary import any_of

__all__ = ["bare", "concluded_anew", "same", "shown_anew"]

_EDGES = " $*().,:;\\"


def bare(value: str) -> str:
    """The first number or letter that an answer is written with.

    Example:
        >>> bare("$1,000$ apples")
        '1000'
    """
    first = value.strip(_EDGES).split()[:1]
    return first[0].strip(_EDGES).replace(",", "") if first else ""


_NUMBER_OR_LETTER = regex.compile(r"[-+−]?\d{1,18}(?:\.\d{1,18})?|[A-J]")


def same(one: str, other: str) -> bool:
    """Whether two values are written alike, or are the same number.

    Example:
        >>> same("42.0", "42"), same("B", "42")
        (True, False)
    """
    numbers = [text.replace("−", "-").rstrip(".,") for text in (one, other)]
    if all(map(_NUMBER_OR_LETTER.fullmatch, numbers)) and numbers[0][-1].isdigit():
        return numbers[1][-1].isdigit() and Fraction(numbers[0]) == Fraction(numbers[1])
    return one == other


# A number, a quotient of two, or a fraction of LaTeX; a currency before it, a share behind it.
_PLAIN = r"[-+−]?(?:\\?[$€£¥]\s?)?[-+−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,18})?|\d{1,18}(?:\.\d{1,18})?(?:\s?/\s?\d{1,18})?|\.\d{1,18}|\\[dt]?frac\s?\{\d{1,18}\}\s?\{\d{1,18}\})(?:\s?\\?%)?"
_VALUE = regex.compile(rf"[\s$*(]*+(?:[A-Za-z]\s*=\s*)?(?P<number>{_PLAIN})(?![\d.,]*\d|[\w^/*+=])")
_FIGURES = regex.compile(r"\d+(?:\.\d+)?|\.\d+")


def _read(number: str) -> tuple[Fraction, ...]:
    """What a number may mean: a share is one of a hundred, or so many percent."""
    sign = -1 if number.lstrip()[:1] in "-−" or "-" in number[:3] else 1
    parts = [Fraction(part) for part in _FIGURES.findall(number.replace(",", ""))]
    if not parts or (len(parts) > 1 and not parts[1]):
        return ()
    value = sign * (parts[0] / parts[1] if len(parts) > 1 else parts[0])
    return (value, value / 100) if number.endswith("%") else (value,)


_BE = r"(?:=|:|：|(?:is|are|was|equals?|(?:must|has\s+to|will|should|would)\s+be|es|est|ist|beträgt|é|è|vale|vaut)\b|是|为|等于|равн[оаы]?|равен|составляет)"
_UNKNOWN = r"(?:[A-Za-z]|\\[a-z]{2,8})(?:_\{?\w{1,3}\}?)?'?(?:\([\w,\s]{1,8}\))?"
# A side of a chain of equations: figures, signs, commands and single letters, but no words.
_TERM = r"(?:[^=\n.;,A-Za-z\\]|\.(?=\d)|\\[A-Za-z]++|\\.|(?<![A-Za-z])[A-Za-z](?![A-Za-z]))"
_NO_SHARE = (
    r"(?!\b(?:each|every|per|its|their|his|her|one|digits?|divisors?|factors?|other|remaining)\b)"
)
_SOMEBODY = (
    r"(?:(?-i:[A-Z][a-z]+)|he|she|it|they|we|you|i|the\s[a-z]+)\s+(?:(?:still|now|only|will|can|could|would)\s+)?"
    r"(?:has|have|had|needs?|needed|gets?|got|pays?|paid|spends?|spent|earns?|earned|makes?|made|sells?|sold|buys?|bought|owes?|receives?|received|saves?|saved|reads?|eats?|ate|drove|walked|collects?|collected)"
)


@cache
def _conclusion() -> regex.Pattern[str]:
    """A clause that concludes a plain value, and says of nothing else than what was asked that it is it."""
    concludes = rf"(?:(?!then\b(?!\s+{_UNKNOWN}\s*=)){any_of('concludes')}(?!\s+(?:that|far|on|forth)\b)|(?:which|this|that|it)\s+(?:gives|means|implies|yields|makes|leaves|follows|shows|proves)(?:\s+us)?(?:\s+that)?|(?:giving|meaning|yielding|making|implying|leaving)(?:\s+us)?(?:\s+that)?|we\s+(?:conclude|get|obtain|find|see|have)(?:\s+that)?|(?:\\|^)(?:therefore|implies|(?:[Ll]ong)?[Rr]ightarrow)(?![A-Za-z])|\\to(?![A-Za-z])|[∴→⇒⟹]|=>|->)"
    nouns = any_of("announces", "names", "labels")
    words = rf"(?:(?:{_NO_SHARE}[^\W\d_]++['’]?[\s-]++){{0,4}}?)"
    subject = (
        rf"(?:(?:(?:ist|es|est|sind|gilt|é|è)\s+)?{_UNKNOWN}\s*{_BE}(?:{_TERM}{{1,60}}+=)*"
        rf"|{words}{nouns}(?:\s+(?:of|for|in|to|that)\s(?:{_NO_SHARE}[^\d=.,;:\n])*?)?\s*{_BE}(?:\s*{_UNKNOWN}\s*=)?"
        rf"|(?:it|this|that|they|these)\s*{_BE}|(?:we|you|i)\s+(?:have|get|obtain|find|need)|{any_of('exists')}|(?P<somebody>{_SOMEBODY}))?"
    )
    return regex.compile(
        rf"(?:(?<=^|[.!?;,:\n$)(—–\-。，；！]|\band)|(?=[\\∴→⇒⟹=-]))[\s*_$]{{0,6}}+(?:(?:and|but)\s+)?{concludes}[\s,:，*$]*+{subject}"
        rf"[\s$*(]*+(?:(?:only|just|exactly|a\s+total\s+of|about)\s+)?[$*(]*+(?P<number>{_PLAIN})(?![\d.,]*\d|[\w^])[)$*\s]*+"
        rf"(?P<unit>(?:{_NO_SHARE}[^\W\d_]++(?:['’-][^\W\d_]++)*+\s*+){{0,8}}+)[)$*\]]*+\s*+(?:$|[.!;,\n)。，；！])",
        regex.IGNORECASE,
    )


# What follows only checks the answer, or tells how it came about.
_CHECKS = regex.compile(
    r"(?:^|[.!;:\n(])[\s*_#(]{0,8}+(?:(?:let['’]?s|let\s+us|we\s+can|to)\s+)?(?:double[-\s]?)?(?:check|verif|confirm|indeed|note|remark|explanation|reason|proof|justif|here\b|recall|because|since|for\s+(?:example|instance)|example|steps?\b|solution|details?\b|work)",
    regex.IGNORECASE,
)
_SAID_AGAIN = r"(?:\b(?:is|are|be|answer|gives?|get|just|exactly|remains?)|[=:≈])[\s$*(\\]*+(?:boxed\{{|text\{{)?{}(?![\d.,]*\d|\s*[-+*/×^=])"
_UNITS_PARTS = frozenset(
    map(Fraction, (7, 10, 12, 16, 24, 60, 100, 1_000, 1_440, 3_600, 1_000_000))
)
"""How many of a unit another one has: minutes of an hour, grams of a kilogram."""


def concluded_anew(text: str, value: str) -> bool:
    """Whether a clause behind an answer concludes another value of what was asked.

    Example:
        >>> concluded_anew(", so n = 84.", "42"), concluded_anew(". Therefore, x = 42.", "42")
        (True, False)
        >>> concluded_anew(", so each gets 14.", "42"), concluded_anew(", since n = 84.", "42")
        (False, False)
    """
    said = _VALUE.match(value)
    own = _read(said["number"]) if said else ()
    if not own:
        return False
    checks = _CHECKS.search(text)
    text = text[: checks.start() + 1] if checks else text
    found = list(_conclusion().finditer(text))
    last = found[-1] if found else None
    if last is None or (
        last["somebody"] and text[: last.start()].rstrip()[-1:] not in tuple(".!。\n")
    ):
        return False
    other = _read(last["number"])
    if not other or set(own).intersection(other):
        return False
    if last["unit"].strip() and own[0] and other[0]:
        parts = abs(own[0] / other[0])
        if {parts, 1 / parts} & _UNITS_PARTS:
            return False
    again = _SAID_AGAIN.format(regex.escape(said["number"] if said else ""))
    return regex.search(again, text[last.end("number") :]) is None


_TRUTHS = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}
_STRUCK = regex.compile(r"~~[^~\n]*+~~")
# "(43)", "[x = 43]", "<!-- 43 -->", "– **43**": a value and nothing else, up to the end of its line.
_SHOWN = regex.compile(
    rf"[\s$)\]}}*_`\"'.,;:!|/~\\=–—>」】%†‡¹²³]*+(?:\n[ \t]*+)?(?:<!--|[(\[{{<\"'“`*~$\\（【†‡¹²³])*+\s*+"
    rf"(?:(?:i\.e\.|that\s+is|or|equals|namely|viz\.|actually|maybe|perhaps)[,:]?\s+)?(?:(?:[A-Za-z]\s*)?=\s*+)?[$*(]*+(?P<other>(?>{_PLAIN})(?![\d.,]*\d)|(?-i:[A-J])|yes|no|true|false)(?!\w)[$)\]}}>\"'”`*~\\）】?]*+(?:\s*-->)?\s*+[.!]?[)\]]*+[ \t]*+(?:$|\n)",
    regex.IGNORECASE,
)


def shown_anew(text: str, value: str) -> bool:
    """Whether another value of the same kind stands behind an answer, alone: in brackets, in a comment.

    What it rounds to may stand there as well.

    Example:
        >>> shown_anew(". (43)", "42"), shown_anew(" (42.0)", "42"), shown_anew(" (0.33)", "1/3")
        (True, False, False)
    """
    match = _SHOWN.match(_STRUCK.sub("", text)) if text else None
    if match is None:
        return False
    other, own = match["other"], value.strip(" $*().")
    if other.casefold() in _TRUTHS:
        said = _TRUTHS.get(own.casefold())
        return said is not None and said != _TRUTHS[other.casefold()]
    if other.isalpha():
        return len(own) == 1 and own.isalpha() and own.upper() != other.upper()
    said_number = _VALUE.match(value)
    ours = _read(said_number["number"]) if said_number else ()
    theirs = _read(other)
    return bool(ours and theirs) and not any(
        _rounds_to(one, two, other) or _rounds_to(two, one, value) for one in ours for two in theirs
    )


def _rounds_to(one: Fraction, two: Fraction, written: str) -> bool:
    """Whether a number is another one, or is it at the last place that the other is written to."""
    _, point, places = written.strip(" $%\\").partition(".")
    digits = len(places) if point and places.isdigit() else 0
    return one == two or bool(digits and abs(one - two) <= Fraction(1, 2 * 10**digits))
