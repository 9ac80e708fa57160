"""What a sentence says of an option that it leaves out, or only speaks of."""

from __future__ import annotations

import regex

__all__ = ["dismisses", "only_mentions", "somebody_says"]

_DISMISSES = regex.compile(
    r"\b(?:fails?|failed|failing|lacks?|lacking|discard\w*|dismiss\w*|eliminate[sd]?|eliminating|exclud\w+|avoid\w*|reject\w*|refut\w+|contradict\w*|conflicts?|ignor\w+"
    r"|(?:rul(?:e|es|ed|ing)|cross(?:es|ed|ing)?|leaves?|left|leaving)\s+(?:(?:it|this|that|them)\s+)?out|taken?\s+out|remove[sd]?|skip(?:ped)?|distract\w+|decoys?|traps?|errors?|flaw\w*|mistak\w+|mislead\w*"
    r"|falsehoods?|lies?|irrelevan\w+|unrelated|unsupported|inconsistent|unlikely|least|worst|exceptions?|odd\s+one\s+out|outlier|confus\w+|wrong\w*|incorrect\w*|false|falsely|invalid|impossible|tempting"
    r"|(?:does|do|did|is|are|was|can|could)\s*n['’o]t)\b",
    regex.IGNORECASE,
)
_CALLED_RIGHT = regex.compile(r"\b(?:correct|right|answer)\b", regex.IGNORECASE)


def dismisses(said: str) -> bool:
    """Whether what is said of an option leaves it out: it "is the one to avoid".

    Example:
        >>> dismisses("is the only one to rule out"), dismisses("is the only one that fits")
        (True, False)
        >>> dismisses("best explains why the engine failed, so it is the right answer")
        False
    """
    return _DISMISSES.search(said) is not None and not _CALLED_RIGHT.search(said)


_MENTIONS = regex.compile(
    r"\b(?:resembl\w+|reminds?|(?:only|merely|just|briefly)\s+(?:\w+\s+)?mention\w*|mentions?\s+only|used\s+to|once\s+(?:thought|believed)|no\s+longer|formerly|previously|originally"
    r"|(?:many|most|some|few|people|students|everyone|others|critics)\s+(?:\w+\s+)?(?:think|thinks|thought|believe|believes|believed|say|says|said|pick|choose|confuse|assume|expect|claim)\w*"
    r"|too\s+(?!much\b|many\b)\w+|(?:smaller|larger|bigger|older|younger|faster|slower|less|more|better|worse|taller|shorter|weaker|stronger)\s+than"
    r"|(?:enem(?:y|ies)|opposite|predator|rival|contrary|reverse|converse|negation|absence|lack)\s+of|opposed\s+to|far\s+from|had\s+(?:it|he|she|they)|were\s+(?:it|he|she|they))\b",
    regex.IGNORECASE,
)
_SOMEBODY_SAYS = regex.compile(
    r"(?-i:\b(?!The|This|That|It|He|She|They|We|I|There|Passage|Text|Author|Article)[A-Z][a-z]+)\s+(?:says?|said|thinks?|thought|claims?|claimed|believes?|believed|guesses|guessed|argues?|argued)\b"
)


def only_mentions(said: str) -> bool:
    """Whether a sentence sets something beside an option's text, or tells that others think of it.

    Example:
        >>> only_mentions("it resembles a"), only_mentions("it is a")
        (True, False)
    """
    return _MENTIONS.search(said) is not None


def somebody_says(text: str) -> bool:
    """Whether a sentence tells what somebody says, by name.

    Example:
        >>> somebody_says("Tom says it is"), somebody_says("The passage says it is")
        (True, False)
    """
    return _SOMEBODY_SAYS.search(text) is not None
