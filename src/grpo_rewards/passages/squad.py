"""How far an answer agrees with a reference: exact match and token F1, as SQuAD has them."""

from __future__ import annotations

from collections import Counter

import regex

__all__ = ["exact_match", "normalized", "token_f1"]

_ARTICLES = regex.compile(r"\b(?:a|an|the)\b")
# What a number, or a name such as C++, has of them is no punctuation: 5.5 is not 55.
_PUNCTUATION = regex.compile(
    r"(?P<kept>(?<=\d)[./:-](?=\d)|(?<!\w)-(?=\.?\d)|(?<=[\w+])[+#])"
    r"|[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"
)
UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"


def normalized(text: str) -> str:
    """A text as SQuAD's evaluation compares it: in lower case, without punctuation and articles.

    What is part of a number is kept, in which that evaluation takes 5.5 for 55.

    Example:
        >>> normalized("The  Eiffel-Tower, of Paris!")
        'eiffeltower of paris'
    """
    bare = _PUNCTUATION.sub(lambda mark: mark["kept"] or "", text.lower())
    return " ".join(_ARTICLES.sub(" ", bare).split())


def exact_match(reference: str, answer: str) -> bool:
    """Whether two texts are the same, normalised; nothing matches nothing.

    A reference that the normalisation empties (``The``, ``+``) is compared as it is.

    Example:
        >>> exact_match("the Beatles", "Beatles."), exact_match("The", ""), exact_match("+", "+")
        (True, False, True)
    """
    wanted = normalized(reference)
    if not wanted:
        return bool(reference.strip()) and reference.strip().lower() == answer.strip().lower()
    return wanted == normalized(answer)


def token_f1(reference: str, answer: str) -> float:
    """The harmonic mean of precision and recall of an answer's words, as in SQuAD.

    In scripts without spaces each character is a word.

    Example:
        >>> token_f1("in the year 1889", "1889"), token_f1("1889", "1889 1889 1889")
        (0.5, 0.5)
    """
    wanted, said = Counter(_tokens(reference)), Counter(_tokens(answer))
    common = (wanted & said).total()
    if not common:
        return float(exact_match(reference, answer))
    return 2 * common / (wanted.total() + said.total())


def _tokens(text: str) -> list[str]:
    return regex.sub(f"({UNSPACED})", r" \1 ", normalized(text)).split()
