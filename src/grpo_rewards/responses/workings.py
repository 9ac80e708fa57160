"""The value among several in a sentence: the one that was worked out before it, or the bold one."""

from __future__ import annotations

import regex

from grpo_rewards.responses.commitments import BARE_ANSWER_LENGTH, Extracted, commit
from grpo_rewards.wording.doubts import doubted
from grpo_rewards.wording.sentences import lone_value
from grpo_rewards.wording.stating import states

__all__ = ["value_within", "worked_before"]

_LAST_RESULT = regex.compile(r"[=≈]\s*+[*$€£]*+(?P<result>\d[\d,.]*+)(?!.*=)", regex.DOTALL)
_DIGITS = regex.compile(r"\d[\d,.]*+")


def worked_before(before: str, sentence: str) -> Extracted | None:
    """The lone value of a sentence that says what the last equation before it came to."""
    result = _LAST_RESULT.search(before[before.rfind("=") :]) if "=" in before else None
    value = lone_value(sentence) if result else None
    number = _DIGITS.search(value) if value else None
    if result is None or number is None or number[0].strip(".,") != result["result"].strip(".,"):
        return None
    return commit(str(value))


def value_within(sentence: str, before: str) -> str | None:
    """The value among several in a sentence: the only bold one, or what was worked out before it.

    Example:
        >>> value_within("Faye can make 70 rows with 2 pencils in each row", "So 140 / 2 = 70.")
        '70 rows'
        >>> value_within("It takes **5 minutes** for 100 machines to make 100 widgets", "")
        '5 minutes'
    """
    if len(sentence) > BARE_ANSWER_LENGTH or len(_LETTERS.findall(sentence)) < MIN_WORDS:
        return None
    bold = _ONE_BOLD.fullmatch(sentence)
    if bold:
        before, value, after = bold["before"], str(bold["value"]), bold["after"]
        is_plain = _WORDS_AND_NUMBERS.fullmatch(before) and _WORDS_AND_NUMBERS.fullmatch(after)
        return value if is_plain and not _is_bound(before, after) else None
    near = before[-BARE_ANSWER_LENGTH:]
    result = _LAST_RESULT.search(near[near.rfind("=") :]) if "=" in near else None
    case = _IN_THIS_CASE.search(sentence) if result else None
    if result and case:
        lone = lone_value(sentence[: case.start()], concludes=True)
        number = _DIGITS.search(lone) if lone else None
        return lone if number and _alike(number[0], result["result"]) else None
    if result is None or not _WORDS_AND_NUMBERS.fullmatch(sentence):
        return None
    said = [match for match in _DIGITS.finditer(sentence) if _alike(match[0], result["result"])]
    if len(said) != 1:
        return None
    end = said[0].start() + len(said[0][0].rstrip(".,"))
    before, after = sentence[: said[0].start()], sentence[end:]
    alone = not _DIGITS.search(before + after)
    if _is_bound(before, after) or (alone and not states(before, after)):
        return None
    sign = before[-1:] if before[-1:] in ("$", "€", "£") else ""
    unit = None if sign else _UNIT.match(after)
    return f"{sign}{said[0][0].strip('.,')}{unit[0] if unit else ''}"


def _alike(one: str, other: str) -> bool:
    ours, theirs = (_NO_CENTS.sub("", text.strip(".,")).replace(",", "") for text in (one, other))
    return ours == theirs


_NO_CENTS = regex.compile(r"[.,]00?$")


def _is_bound(before: str, after: str) -> bool:
    """Whether words around a value in a sentence make another one of it, or set one beside it."""
    return bool(
        _BOUNDS.search(before)
        or (_GIVEN.search(before) and _DIGITS.search(before + after))
        or _MORE_OF_IT.match(after)
        or doubted(before, after)
    )


MIN_WORDS = 3
"""The fewest words of a sentence that holds its answer."""
_LETTERS = regex.compile(r"[^\W\d_]{2,}")
_UNIT = regex.compile(
    r"%|\s(?!(?:is|are|was|were|to|in|on|at|for|of|from|by|with|per|as|so|that|if|when|after|before|left|more|less|fewer)\b)(?-i:[^\W\d_\p{Lu}])++(?!\w)"
)
_WORDS_AND_NUMBERS = regex.compile(
    r"(?:(?!\b(?:and|or|but|not|either|neither|nor|never|cannot|instead|rather|about|nearly|almost|thinks?|believes?|says?|said|guess(?:es)?|claims?|perhaps|maybe|probably|possibly)\b|n['’]t\b)(?:[^\W\d_]++|[$€£]?\d[\d,]*+(?:\.\d++)?+%?|(?<=[^\W\d_])-(?=[^\W\d_])|[\s.'’\"]))*+",
    regex.IGNORECASE,
)
_ONE_BOLD = regex.compile(
    r"(?P<before>[^*\n]*+)\*\*(?P<value>[-−]?[$€£]?\d[\d,]*+(?:\.\d++)?+%?(?:\s[a-z²³/]++){0,2})\*\*(?P<after>[^*\n]*+)"
)
_BOUNDS = regex.compile(
    r"\b(?:at\s+(?:least|most)|(?:more|less|fewer|greater|larger|smaller|other|rather)\s+than|over|under|around|approximately|roughly|close\s+to|up\s+to|minus|plus|times|half(?:\s+of)?|would\s+have|if)\s*[$€£*]*+$|[-+−*/^=<>]\s*$",
    regex.IGNORECASE,
)
# "of the 42 apples", "for 3 friends", "After selling 42 apples": known beforehand.
_GIVEN = regex.compile(
    r"^\s*+(?:After|Before|Since|When|While|If|Because|Given|Of|Out\s+of|With|Starting|Although|Instead)\b"
    r"|\b(?:(?<!\b(?:total|sum|number|cost|profit|amount|area|volume|average|price|speed|length|rate|difference|product)\s)of|the|after|before|for|with|from|per|in|on|to|by|every|each|these|those|all|other"
    r"|parts?|steps?|cases?|questions?|numbers?|options?|figures?|pages?|days?|weeks?|years?|chapters?|because|since|when|if)\s++[$€£*]*+$",
    regex.IGNORECASE,
)
# "if he sells 20 candles", behind what was worked out for so many.
_IN_THIS_CASE = regex.compile(
    r",?\s(?:(?:if|when|wenn|si|se|quando|cuando|lorsque|quand|als|если|когда)\s|(?:s|lorsqu)['’])"
    r"(?:he|she|they|it|we|you|er|sie|es|man|il|elle|on|ils|elles|él|ella|ellos|ele|ela|eles|lui|lei|hij|ze|он|она|они)\s[^\d,;.!?]{0,40}\d[\d.,]*+\s[^\d,;.!?]{1,60}$",
    regex.IGNORECASE,
)
_MORE_OF_IT = regex.compile(
    r"[A-Za-z]|\s(?!(?:for|in|with|at|on|per|of|from|by)\b)[a-z]++\s\d|%?\s*+(?:hundred|thousand|million|billion|trillion|dozen|percent|point|plus|minus|times|more\s+than|less\s+than|or|and|to\s+\d|out\s+of|over|%)",
    regex.IGNORECASE,
)
