"""The yes or no that an answer of another language than English begins with: "Evet, bu doğrudur."."""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.vocabulary import spotted

__all__ = ["yes_or_no"]

LONGEST = 300
"""Longer texts (characters) are no yes or no."""

#   Language: yes, and no.
_SAID = {
    "tr": ("evet", "hayır"), "de": ("ja", "nein"), "fr": ("oui", "non"), "es": ("sí", "no"),
    "pt": ("sim", "não"), "it": ("sì", "no"), "ru": ("да", "нет"), "nl": ("ja", "nee"),
    "pl": ("tak", "nie"), "cs": ("ano", "ne"), "sv": ("ja", "nej"), "fi": ("kyllä", "ei"),
    "hu": ("igen", "nem"), "ro": ("da", "nu"), "uk": ("так", "ні"),
    "he": ("כן", "לא"), "fa": ("بله", "خیر"), "ar": ("نعم", "لا"), "hi": ("हाँ", "नहीं"),
    "bn": ("হ্যাঁ", "না"), "th": ("ใช่", "ไม่ใช่"), "vi": ("có", "không"), "id": ("ya", "tidak"),
    "sw": ("ndiyo", "hapana"), "ja": ("はい", "いいえ"), "ko": ("예", "아니요"), "zh": ("是", "否"),
}  # fmt: skip
_YES = frozenset(yes for yes, _ in _SAID.values())
_NO = frozenset(no for _, no in _SAID.values())
# "No" is English as well: here the clause behind it denies in Spanish or Italian.
_ROMANCE_NO = regex.compile(
    r"\b(?:no|non)\s(?:es|son|está|están|hay|puede|tiene|era|se|è|sono|ha|può|sta|fa)\b"
)
# What may turn the clause behind it, or set another answer beside it.
_TURNS = regex.compile(
    r"(?:^|[.,;،、，。]\s?)(?:ama|fakat|ancak|aber|doch|oder|mais|ou|pero|o(?=\s(?:no|sí|non|sì))|mas|ma|oppure|но|однако|или|maar|of|ale|lub|albo|nebo|men|eller|mutta|tai|vagy|dar|sau|але|або|אבל|או|اما|ولی|یا|لكن|أو|लेकिन|या|কিন্তু|বা|nhưng|hoặc|tapi|tetapi|atau|lakini|veya|ya\s+da|si|se|wenn|falls|sofern|если|якщо|jeśli|pokud|dacă|eğer|nếu|jika|kalau|kama|אם|اگر|إذا|यदि|अगर|যদি)(?!\w)"
    r"|[?？؟\d]|ถ้า|もし|만약|如果|แต่|หรือ|しかし|ただ|でも|または|하지만|그러나|또는|但|可是|不过|或|\bor\b",
    regex.IGNORECASE,
)


@cache
def _opening() -> regex.Pattern[str]:
    said = "|".join(sorted(_YES | _NO, key=lambda word: (-len(word), word)))
    return regex.compile(
        rf"(?P<said>{said})(?:[.,;:!،、，。]|\s[—–-])\s*+(?P<why>[^\s].+)", regex.IGNORECASE
    )


def yes_or_no(text: str) -> str | None:
    """The yes or no that a text begins with, and then only says why.

    Example:
        >>> yes_or_no("Evet, kedi bir hayvandır."), yes_or_no("Nein, sie ist keine Pflanze.")
        ('Evet', 'Nein')
        >>> yes_or_no("Ja, aber nur manchmal."), yes_or_no("Oui, peut-être.")
        (None, None)
    """
    match = _opening().fullmatch(text) if len(text) <= LONGEST else None
    if match is None or _TURNS.search(match["why"]):
        return None
    said, why = match["said"].casefold(), match["why"]
    if said == "no" and not _ROMANCE_NO.search(why):
        return None
    if any(True for _ in spotted(why, "hedges", "supposes", "wavers", "opines")):
        return None
    denied = next(spotted(why, "denies", "retracts"), None)
    turned = (
        denied is not None and said in _YES and (denied.sense == "retracts" or not denied.start)
    )
    if turned or any(word in _YES | _NO for word in _ends_of_clauses(why)):
        return None
    return match["said"]


def _ends_of_clauses(why: str) -> list[str]:
    """The clauses of a reason that are one word: "no" of "oui, le chat, non"."""
    return [clause.strip(" *_!").casefold() for clause in _CLAUSES.split(why)]


_CLAUSES = regex.compile(r"[.,;:،、，。]")
