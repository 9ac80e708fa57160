"""Sentences of other languages than English that say whether a claim is true: "La afirmación es falsa."."""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.doubts import denied_before
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.statements import BECAUSE
from grpo_rewards.wording.vocabulary import any_of, spotted, words

__all__ = ["EXAMPLES", "claimed", "is_true"]

LONGEST = 240
"""Longer sentences (characters) are not looked at."""

#  Language, the claim, the verb, what gives a reason before it, examples that say it is so and not.
_CLAIMS = (
    (
        "pt",
        r"(?:a|esta|essa)\s(?:afirmação|afirmativa|declaração|proposição|assertiva|frase|alegação)",
        r"é|está",
        r"como|já\sque|visto\sque|dado\sque",
        ("A afirmação é verdadeira.", "Portanto, a afirmativa está incorreta."),
    ),
    (
        "es",
        r"(?:la|esta|esa)\s(?:afirmación|declaración|proposición|frase|aseveración|oración)|el\senunciado",
        r"es",
        r"como|ya\sque|dado\sque|puesto\sque",
        ("La afirmación es correcta.", "Por lo tanto, el enunciado es falso."),
    ),
    (
        "fr",
        r"(?:la|cette)\s(?:proposition|déclaration|phrase)|(?:l['’]|cette\s)(?:affirmation|assertion)|l['’]énoncé",
        r"est(?:\sdonc)?",
        r"comme|puisque|étant\sdonné\sque",
        ("L'affirmation est vraie.", "Donc, cette affirmation est incorrecte."),
    ),
    (
        "it",
        r"(?:l['’]|quest['’])affermazione|(?:la|questa)\s(?:dichiarazione|proposizione|frase)|l['’]enunciato",
        r"è(?:\squindi)?",
        r"poiché|siccome|dato\sche",
        ("L'affermazione è vera.", "Quindi, la frase è errata."),
    ),
    (
        "de",
        r"(?:die|diese)\s(?:aussage|behauptung)",
        r"ist(?:\s(?:also|somit|daher))?",
        r"da|weil",
        ("Die Aussage ist wahr.", "Diese Behauptung ist falsch."),
    ),
    (
        "ru",
        r"(?:(?:данное|это|приведённое|приведенное)\s)?(?:утверждение|высказывание)",
        r"",
        r"так\sкак|поскольку",
        ("Утверждение верно.", "Следовательно, данное утверждение неверно."),
    ),
)
EXAMPLES = tuple((language, examples) for language, *_, examples in _CLAIMS)
"""A sentence that says that a claim is true, and one that says that it is false, by language."""

_NOUN = regex.compile(
    r"(?:af|aff)[ei]rma|declara|dichiara|propos|assert|asever|alega|frase|phrase|oración|en[ou]nciat?d?|énoncé|aussage|behauptung|утвержд|высказыв",
    regex.IGNORECASE,
)
_WHICH = r"(?:\s(?:dada|dado|acima|apresentada|anterior|em\squestão|en\scuestión|ci-dessus|donnée|data|sopra|oben|выше))?+"
_QUOTED = r"(?:\s?[\"“«][^\"“”«»\n]{1,120}[\"”»])?+"


@cache
def _sentences() -> regex.Pattern[str]:
    forms = []
    for language, subject, verb, since, _ in _CLAIMS:
        value = rf"[*_\"“«]{{0,3}}+(?P<value>{any_of('affirms', 'refutes', language=language)})[*_\"”»]{{0,3}}+"
        so = rf"(?:{any_of('concludes', language=language)}[\s,:]*+)?+"
        reason = rf"(?:(?:{since})\s(?P<since>[^.;:!?\n]{{3,160}}?),\s)?"
        claim = rf"(?:{subject}){_WHICH}{_QUOTED}"
        forms.append(rf"{so}{reason}{claim}\s(?:{verb})\s?+(?<=\s){value}")
        if language == "de":
            forms.append(rf"{so}{reason}ist\s{claim}\s{value}")
    return regex.compile(
        rf"(?:{'|'.join(forms)})(?P<why>,\s(?:{BECAUSE})[^\n?]++)?[.!]?", regex.IGNORECASE
    )


def claimed(sentence: str) -> str | None:
    """The truth value that a sentence gives to a claim, in its own words.

    Example:
        >>> claimed("A afirmação é falsa."), claimed("Donc, l'affirmation est vraie.")
        ('falsa', 'vraie')
        >>> claimed("A afirmação não é falsa."), claimed("La ciudad es falsa.")
        (None, None)
    """
    sentence = sentence.strip(" *_\n")
    if len(sentence) > LONGEST or not _NOUN.search(sentence):
        return None
    found = _sentences().fullmatch(sentence)
    if found is None or denied_before(sentence[: found.start("value")]):
        return None
    since, why = found["since"], found["why"]
    if since and any(True for _ in spotted(since, "hedges", "supposes", "opines", "wavers")):
        return None
    return None if why and taken_back(why) else str(found["value"])


def is_true(word: str) -> bool | None:
    """What a truth value says, of any language: ``None`` where it is none.

    Example:
        >>> is_true("VRAI"), is_true("falsa"), is_true("grande")
        (True, False, None)
    """
    said = word.strip(" *_").casefold()
    if said in words("affirms"):
        return True
    return False if said in words("refutes") else None
