"""Words after a number that only say what is counted: "apples", "students per class"."""

from __future__ import annotations

import re

from grpo_rewards.caches import ANSWERS
from grpo_rewards.wording.qualified import is_partial
from grpo_rewards.wording.vocabulary import spotted

__all__ = ["counts"]

MAX_WORDS = 5
"""More words after a number are a statement, not a unit."""
# "24 ways to arrange the books on the shelf" says with many words what is counted.
_WAYS = re.compile(
    r"\s*(?:\w+\s)?(?:ways|possibilities|combinations|arrangements|permutations|choices|possible\s+\w+)\s"
    r"(?:to|of|for|in\s+which)\b",
    re.IGNORECASE,
)
MAX_WORDS_OF_WAYS = 14
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CONTRACTION = re.compile(r"\w['’](?:t|s|re|ve|ll|m|d)$")
_NOUNS_IN_LY = frozenset(
    "family fly supply reply jelly belly bully lily ally butterfly dragonfly firefly housefly anomaly "
    "monopoly assembly poly ply rally tally gully dolly trolley folly doily hourly daily weekly monthly "
    "yearly quarterly elderly early only exactly lovely friendly respectively".split()
)
_DOUBTFUL = re.compile(
    r"(?:un|in|im|ir|dis|mis)\w+(?:able|ible|ect|alid|true|ain|ure|act|rect|roved|carded)"
)
# "42 thousandths" is not 42.
_PART = re.compile(
    r"hal(?:f|ves)|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten|eleven|twelf|\w+teen|\w+tie|hundred|"
    r"thousand|million|billion|trillion)ths?|fourths?"
)
_NUMBER = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "dos tres cuatro cinco siete ocho nueve diez deux trois quatre cinq sept huit neuf dix zwei drei "
    "vier fünf sechs sieben acht neun zehn quattro cinque sette otto dieci dois duas três quatro".split()
)
_ADJECTIVES = frozenset("possible positive negative random double".split())
"""Words that describe what is counted, where that follows: "6 positive integers"."""
_OF_A_VARIABLE = re.compile(r"(?<=[a-z]{3} )[knpqxyz]\W*$")
"""What no counted thing ends in: "42 divides n"."""
_UNASKED = frozenset("in s a".split())
"""Words that are units as well: inches, seconds, years."""


@ANSWERS.remember(entries=4_096)
def counts(phrase: str) -> bool:
    """Whether words after a number only say what is counted, by their shape and by the table.

    Example:
        >>> [counts(phrase) for phrase in ("apples", "students per class", "cm squared")]
        [True, True, True]
        >>> [counts(phrase) for phrase in ("hardly", "I doubt it", "squared", "nobody knows")]
        [False, False, False, False]
    """
    found = _WORD.findall(phrase.casefold())
    if len(found) > 1 and found[-1] in ("squared", "cubed"):
        found.pop()  # cm squared; but 42 squared is not 42
        phrase = phrase[: phrase.casefold().rfind("d") - len("square")]
    ways = _WAYS.match(phrase)
    most = MAX_WORDS_OF_WAYS if ways else MAX_WORDS
    if len(found) > most or _OF_A_VARIABLE.search(phrase):
        return False
    if is_partial(phrase):
        return False
    for word in found:
        if word in _NUMBER or _PART.fullmatch(word) or _CONTRACTION.search(word):
            return False
        if word.endswith("ly") and len(word) > 2 and word not in _NOUNS_IN_LY:
            return False
        if _DOUBTFUL.fullmatch(word):
            return False
    return not any(
        spot.word not in _UNASKED
        and not (ways and spot.end == ways.end())
        and not (spot.word in _ADJECTIVES and phrase[spot.end :].strip())
        for spot in spotted(
            phrase, "denies", "hedges", "retracts", "rivals", "changes", "supposes", "speaks",
            after=True,
        )
    )  # fmt: skip
