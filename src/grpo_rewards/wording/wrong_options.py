"""Sentences that name the option that is wrong, where one was asked for: "The incorrect option is D".

They answer it in its own words, and only where nothing else is announced: beside another answer such
a sentence says which option that is not.
"""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.vocabulary import any_of

__all__ = ["EXAMPLES", "WRONG", "wrong_option"]

LONGEST = 240
"""Longer sentences (characters) are not looked at."""

_LABEL = (
    r"\s*+:?\s*+[(\[\"“«*]{0,5}+(?P<label>(?-i:[A-J])|(?-i:[a-j])(?=[)\]*]))(?![^\W_])"
    r"(?:[)\].:*]{1,4}\s++(?P<text>[^\n.?]{1,120}?))?[)\]\"”»*.!]{0,6}+"
)
#  Language, what stands before the label, an example.
_LEADS = (
    (
        "en",
        r"the\s(?:incorrect|false|wrong)\s(?:option|choice|alternative|statement)\sis(?:\soption)?",
        (
            "The incorrect option is D.",
            "Therefore, the wrong choice is option D.",
            "The false alternative is D.",
            "The incorrect statement is (d).",
        ),
    ),
    (
        "pt",
        r"a\s(?:alternativa|opção|afirmativa)\s(?:incorreta|errada|falsa)\sé(?:\sa)?(?:\sletra)?",
        (
            "A alternativa incorreta é a D.",
            "Portanto, a opção errada é a letra D.",
            "A afirmativa falsa é D.",
        ),
    ),
    (
        "es",
        r"la\s(?:opción|alternativa|afirmación)\s(?:incorrecta|falsa)\ses(?:\sla)?(?:\sletra)?",
        (
            "La opción incorrecta es la D.",
            "Por lo tanto, la alternativa incorrecta es la letra D.",
            "La afirmación falsa es D.",
        ),
    ),
    (
        "fr",
        r"(?:l['’](?:option|affirmation)|la\sproposition)\s(?:incorrecte|fausse)\sest(?:\sla)?",
        (
            "L'option incorrecte est la D.",
            "Donc l'affirmation fausse est D.",
            "La proposition fausse est la D.",
        ),
    ),
    (
        "it",
        r"l['’](?:opzione|affermazione)\s(?:errata|falsa|sbagliata)\sè(?:\sla)?",
        (
            "L'opzione errata è la D.",
            "Quindi l'affermazione falsa è D.",
            "L'opzione sbagliata è la D.",
        ),
    ),
    (
        "de",
        r"die\s(?:falsche|inkorrekte)\s(?:aussage|option)\s(?:ist|lautet)",
        ("Die falsche Aussage ist D.", "Die inkorrekte Option lautet D."),
    ),
)
WRONG = ("incorre", "inkorre", "wrong", "fals", "fauss", "errat", "errad", "sbagliat")
"""Of which one stands in each such sentence, in small letters: most texts have none."""
EXAMPLES = tuple((language, examples) for language, _, examples in _LEADS)
"""Sentences that name the option D as the wrong one, by language."""


@cache
def _sentences() -> regex.Pattern[str]:
    leads = "|".join(
        rf"(?:{any_of('concludes', language=language)}[\s,:]*+)?+{lead}"
        for language, lead, _ in _LEADS
    )
    return regex.compile(rf"(?:{leads})(?<=\w)(?=[\s:]){_LABEL}", regex.IGNORECASE)


def wrong_option(sentence: str) -> str | None:
    """The option that a sentence names as the wrong one, with its text if it says that.

    Example:
        >>> (
        ...     wrong_option("The incorrect option is D."),
        ...     wrong_option("The false statement is not D."),
        ... )
        ('D', None)
        >>> wrong_option("A alternativa incorreta é a **D)**."), wrong_option("D is incorrect.")
        ('D', None)
    """
    sentence = sentence.strip(" *_")
    named = _sentences().fullmatch(sentence) if len(sentence) <= LONGEST else None
    if named is None:
        return None
    label, text = str(named["label"]), named["text"]
    return f"{label}. {text}" if text else label
