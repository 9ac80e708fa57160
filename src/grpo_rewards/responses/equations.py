"""What equations at the end of a text come to: the last side of a chain, the value of a name."""

from __future__ import annotations

import regex

from grpo_rewards.wording.announcements import plans
from grpo_rewards.wording.doubts import denied_before, doubted
from grpo_rewards.wording.suppositions import opens_a_case
from grpo_rewards.wording.vocabulary import Sense, spotted

__all__ = ["last_side", "named_value", "of_equation", "told", "worked_out"]

_OF_EQUATION = regex.compile(
    r"[^\n]*?(?:[\d)}%]|\d\s[A-Za-z²³/°]{1,6}|\d\s?/\s?[A-Za-z]{1,12})\s*+[)$]*\s*+=\s*+(?:\*\*)?(?P<value>[-−]?(?:\\?[$€£¥₹])?[-−]?\d[\d,]*+(?:\.\d+)?+%?(?:/\d++)?+(?:\s+or\s+\d++(?:[./]\d++)?+%?)?+)(?:\*\*)?(?P<rest>(?:\s++|(?=[^\x00-\x7f°]))[^\d=<>+*/\n]{1,100}(?:(?<=\s(?:in|within|over|during|after|for|by|on)\s)\d{1,4}(?:\s[a-z]+){1,2})?|°)?(?:\s?\$)?[.。!]*$"
)
# The mathematics of a sentence that has no other: "The area is $\pi r^2 = 9\pi$."
_ONE_FORMULA = regex.compile(
    r"(?P<before>[^$\\\n]*+)(?:\$(?P<dollars>[^$\n]++)\$|\\\((?P<brackets>(?:[^\\\n]|\\[^)\n])*+)\\\))(?P<after>[^$\\\d\n=<>]{0,100})"
)
_BRACKET_OR_EQUALS = regex.compile(r"[{}()\[\]]|(?<![<>!:=])=(?![=>])")
_NAME = regex.compile(
    r"\\?[A-Za-z]+(?:_\{?\w+\}?)?(?:\([A-Za-z, ]+\))?|[A-Za-z]+['′]+(?:\([a-z]\))?|\\frac\{d[a-z]?\}\{d[a-z]\}\w*"
)
_VARIABLE = regex.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
_CHOSEN = regex.compile(r"[CPA]_\{?\w+\}?\^\{?\w+\}?|[CP]\([\d,\s]+\)|\\(?:pi|theta)(?![a-z])")
_EXPANDED = regex.compile(
    r"(?:[A-Z][a-z]+(?:ing)?,?\s+|[^\n:]{1,60}:\s+)?[^\s=]*[)^][^=\n]{0,80}=\s*+(?P<value>[-+\w\s^*/().]{3,80}?)[.!]?"
)
_WORD = regex.compile(r"[A-Za-z]{2,}")
# The last side but one has an unknown: "So 2n = 36", "n + 4 = 36", "$n^2 = 36$".
_SOLVED_FOR = regex.compile(
    r"(?:(?<![A-Za-z\\])[A-Za-z]\s*(?:[-+−*/^]|\\cdot|\\times)|(?:\d|[-+−*/(]\s*)[A-Za-z](?![A-Za-z]))[^=\n]*$"
)
_VALUE_AND_UNIT = regex.compile(
    r"[-−]?(?:[$€£]?\d[\d,.]*(?<=\d)(?:/\d+)?%?|\d*√\(?\d+\)?|\d*π(?:/\d+)?)(?:\s(?!is\b|are\b|and\b|or\b|was\b)[A-Za-z/²³°]{1,12})?"
)
_PARTED = regex.compile(
    r"[,;]\s|[A-Za-z]{4,}|\b(?:and|or|to|y|o|et|ou|und|oder|e|и|или)\b|[或和与、]"
)
_ROUGHLY = regex.compile(r"(?<!\s)\s*+(?:≈|\\approx(?![A-Za-z])|~)\s*[-−]?\d[\d.,]*+[^=≈\n]{0,20}$")
_FUNCTION = regex.compile(r"[A-Za-z]+(?:\([^()=]+\)|_\w+)?")
_BOLD_MATH = regex.compile(r"\\(?:mathbf|boldsymbol|bm|bold)\s*\{([^{}]*)\}")
_ANNOTATION = regex.compile(r"<<[^<>\n]{1,80}>>")


def _sides(text: str) -> list[str]:
    """The sides of the equations in a text; an equals sign inside brackets joins none."""
    sides, depth, start = [], 0, 0
    for match in _BRACKET_OR_EQUALS.finditer(text):
        if match[0] == "=":
            if not depth:
                sides.append(text[start : match.start()])
                start = match.end()
        else:
            depth += 1 if match[0] in "{([" else -1
    return [*sides, text[start:]]


def _of_chain(sentence: str) -> str | None:
    r"""The last side of the one chain of equations in a sentence: "$2\pi r = 2\pi(1) = 2\pi$"."""
    if "$" not in sentence and "\\(" not in sentence:
        sides = _sides(_ROUGHLY.sub("", sentence.rstrip(".!")))
        named = _FUNCTION.fullmatch(sides[0].strip())
        if named and (len(sides) > 2 or "(" in named[0] or "≈" in sentence):
            value = sides[-1].strip()
            whole = not any(map(_PARTED.search, sides[1:-1]))
            return value if whole and _VALUE_AND_UNIT.fullmatch(value) else None
        found = _EXPANDED.fullmatch(sentence)
        if found and _VARIABLE.search(found["value"]) and not _WORD.search(found["value"]):
            return str(found["value"])
        return None
    match = _ONE_FORMULA.fullmatch(sentence)
    if match is None:
        return None
    sides = _sides(_BOLD_MATH.sub(r"\1", match["dollars"] or match["brackets"]))
    value, left = sides[-1].strip(), sides[0].strip()
    if len(sides) < 2 or not value or "\\text" in value:
        return None
    if (
        len(sides) == 2
        and left.startswith((r"\frac{d}{d", r"\dfrac{d}{d"))
        and not _NAME.fullmatch(left)
    ):
        return f"${value}$"
    if len(sides) == 2 and (_NAME.fullmatch(left) or _VARIABLE.search(_CHOSEN.sub("", left))):
        return None  # an equation, or what a name stands for
    if plans(sentence) or doubted(match["before"], match["after"]):
        return None
    return f"${value}$"


def of_equation(sentence: str) -> str | None:
    """The 42 of a last sentence such as "She earns 6 * 7 = 42 dollars a day."."""
    if "=" not in sentence:
        return None
    if "<<" in sentence:
        sentence = _ANNOTATION.sub("", sentence)
    match = _OF_EQUATION.fullmatch(sentence)
    if match is None or _SOLVED_FOR.search(sentence, 0, sentence.rfind("=")):
        return _of_chain(sentence)
    if plans(sentence) or denied_before(sentence[: match.start("value")]):
        return None
    if _is_one_of_two(sentence) or opens_a_case(sentence) or _BOUNDED.search(sentence):
        return None
    rest = match["rest"] or ""
    if any(True for _ in spotted(rest, "denies", "hedges", "rivals", "retracts", after=True)):
        return None if "possible" not in rest else str(match["value"])
    return str(match["value"])


# What bounds a working: the words "at least" right before its first figure.
_BOUNDED = regex.compile(
    r"\b(?:at\s+(?:least|most)|(?:more|less|fewer|greater|larger|smaller)\s+than|up\s+to|nearly|almost|under|below|above|exceeds?)\s+[$€£(]{0,3}\d(?:(?!\b(?:and|so|which|then|of)\b)[^,;=]){0,80}=",
    regex.IGNORECASE,
)
_BESIDE = regex.compile(
    r"\s*+[$€£]?(?P<result>\d[\d,]*+(?:\.\d++)?+)(?P<words>[^,;]*?)(?:,\s(?:and\s)?|;\s|\s(?:and|while|whereas|but)\s)(?P<own>.*)",
    regex.IGNORECASE | regex.DOTALL,
)
_FOLLOWS = regex.compile(
    r"\b(?:so|thus|hence|therefore|then|which|giving|leaving|making|that|means|together|total|altogether|sum|result|remaining|left)\b",
    regex.IGNORECASE,
)


def _is_one_of_two(sentence: str) -> bool:
    """Whether the last equation of a sentence is the second of two that say alike of two things."""
    last = sentence.rfind("=")
    first = sentence.rfind("=", 0, last)
    beside = _BESIDE.fullmatch(sentence, first + 1, last) if first >= 0 else None
    if beside is None or _FOLLOWS.search(beside["own"]):
        return False
    return beside["result"] not in beside["own"]


_AMOUNT = r"[$€£]?\d[\d,]*+(?:\.\d++)?+%?(?:\s(?!x\s)[A-Za-z]++)?"
_SIDE = rf"[(\s]*+{_AMOUNT}[)\s]*+(?:[-+−–*/×÷·x][(\s]*+{_AMOUNT}[)\s]*+)*+"
_RESULT = r"(?P<value>[-−]?[$€£]?\d[\d,]*+(?:\.\d++)?+(?:/\d++)?+%?(?:\s(?!is\b|are\b|and\b|or\b|was\b|but\b)[A-Za-z/²³°]{1,16}){0,2})"
# A name of several words, or of several unknowns, then numbers only.
_NAMED_CHAIN = regex.compile(
    rf"[*_]*+(?P<name>[^\d\W][^=<>≈?:;\n]{{1,120}}?)\s=(?P<sides>(?:{_SIDE}=)*+)\s*+{_RESULT}[*_.!]*+"
)
_LONG_WORD = regex.compile(r"[^\W\d_]{2,}")
_OF_LETTERS = regex.compile(r"(?<![^\W\d_])[a-z](?![^\W\d_])")
_NAMES_NONE = regex.compile(
    r"\b(?:if|not|no|wrong|incorrect|would|guess|estimate\w*|assum\w*|suppose\w*|or|maybe|perhaps|minimum|initial\w*|previous\w*|old|original\w*)\b|n['’]t\b",
    regex.IGNORECASE,
)


def named_value(line: str) -> str | None:
    """What a line sets equal to a name of several words, at the end of a chain if there is one.

    Example:
        >>> named_value("Total time = 3 hours + 3 hours = 6 hours"), named_value("2x = 4")
        ('6 hours', None)
    """
    match = _NAMED_CHAIN.fullmatch(line) if "=" in line else None
    if match is None or _NAMES_NONE.search(match["name"]) or plans(match["name"]):
        return None
    letters = set(_OF_LETTERS.findall(match["name"]))
    words = _LONG_WORD.findall(match["name"])
    if len(words) < 2 if not letters else len(letters) < 2 or bool(words) or not match["sides"]:
        return None
    return str(match["value"])


_RECKON = "calculate|compute|find|determine|evaluate|divide|multiply|add|subtract"
# "Calculate the total: 6 * 7 = 42", and not "First, calculate the area: 6 * 7 = 42".
_TOLD = regex.compile(
    rf"[*_]{{0,3}}+(?:{_RECKON})\s(?P<what>[^:=\n]{{1,160}}):[*_]{{0,3}}+\s(?P<working>[^:=\n]{{1,160}}=[^:=\n]{{1,60}})",
    regex.IGNORECASE,
)
# A whole sentence over it: "To calculate this, I'll raise 1.34 to the power of 10."
_PLANNED = regex.compile(
    r"(?:to\s(?:get|obtain|find|calculate|compute)\s[^,.:;=\n]{1,80},\s(?:(?:i|we|you)(?:['’]ll|\swill|\scan|\sneed\sto|\shave\sto)?\s)?|(?:i|we)(?:['’]ll|\swill|\scan)\s|let['’]s\s|let\sus\s)"
    r"(?:simply\s|just\s)?(?:calculate|multiply|divide|add|subtract|raise|take|apply|use)\s(?P<what>[^:;=\n]{1,160})[.:]",
    regex.IGNORECASE,
)


def told(line: str, above: str = "") -> str | None:
    """What a line works out that is told to: in its own lead-in, or in the one sentence above it.

    Example:
        >>> told("Calculate the total: 6 * 7 = 42"), told("First, find the area: 6 * 7 = 42")
        ('42', None)
        >>> told("6 * 7 = 42", "To find the total, I'll multiply 6 by 7.")
        '42'
    """
    lead = _PLANNED.fullmatch(above) if above else _TOLD.fullmatch(line)
    if (
        lead is None
        or any(True for _ in spotted(lead["what"], *_OPEN))
        or _STEP.search(lead["what"])
    ):
        return None
    return of_equation(line if above else lead["working"])


_OPEN: tuple[Sense, ...] = ("denies", "hedges", "retracts", "supposes")
_STEP = regex.compile(r"[.!?]\s|\b(?:or|first|next|then|later|check|half)\b", regex.IGNORECASE)


def last_side(formula: str) -> str | None:
    r"""The last side of a chain whose other sides but the first are numbers: "(3)(4) = 12".

    Example:
        >>> last_side(r"r^3 + s^3 = (\frac{7}{2})(4) = 14"), last_side("x = 2y = 6")
        ('14', None)
    """
    sides = _sides(formula)
    if len(sides) < 3 or any(map(_VARIABLE.search, sides[1:])) or _NAME.fullmatch(sides[0].strip()):
        return None
    return None if len(set(_VARIABLE.findall(sides[0]))) < 2 else sides[-1].strip(" .\n")


def worked_out(line: str) -> str | None:
    """What a line works out in a chain that begins with a name: "v = d/t = 100/40 = 2.5 m/s"."""
    named = named_value(line) if line.count("=") > 1 else None
    if named:
        return named
    return (
        _of_chain(line)
        if line.count("=") > 1 or ("=" in line and ("≈" in line or ")" in line))
        else None
    )
