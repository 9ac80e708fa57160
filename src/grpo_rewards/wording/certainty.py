"""How sure an answer says that it is: "yes, with 85% confidence"."""

from __future__ import annotations

import regex

__all__ = ["confidence_at_end", "is_certain", "without_certainty"]

LONGEST = 60
"""How far (characters) from the end a text is looked for what says how sure it is."""
_NOUNS = r"(?:confidence|certainty|assurance)(?:\s+(?:level|score))?"
_CHANCES = r"(?:probability|likelihood|chance)"
_SHARE = r"(?P<share>\d{1,3}(?:\.\d+)?\s?\\?%|[01](?:\.\d+)?)"
_SURE = regex.compile(
    rf"(?P<value>(?P<word>yes|no|true|false|\(?(?-i:[A-J])\)?)|[-−$]*\d[\d.,/]*+%?(?:\s[a-z]+)?(?<!\sis)),?\s+"
    rf"(?:(?P<opens>[(\[])|(?:(?:and\s+)?(?:with|at)\s+)(?:an?\s+)?|(?<=,\s)(?={_NOUNS}))"
    rf"(?:{_SHARE}\s(?:{_NOUNS}|confident|certain|sure|(?P<chance>{_CHANCES}))"
    rf"|(?:{_NOUNS}|(?P<chance>{_CHANCES}))(?:\s+(?:of|is)\s+|\s*[:=]\s*|\s){_SHARE}"
    rf"|(?:very\s+)?(?P<high>high|full|complete|absolute|great|strong|total)\s(?:{_NOUNS}|(?P<chance>{_CHANCES}))"
    rf"|(?:very\s+)?(?P<low>low|little|limited|no|zero)\s(?:{_NOUNS}|(?P<chance>{_CHANCES})))(?(opens)[)\]])\W*",
    regex.IGNORECASE,
)


def without_certainty(text: str) -> str | None:
    """An answer without what says how sure it is; ``None`` where it is as likely to be another.

    What is likely is a truth value or an option; a number is only called certain, as its chance
    may be what it speaks of.

    Example:
        >>> without_certainty("YES with 85% probability"), without_certainty("B (confidence: 40%)")
        ('YES', None)
        >>> without_certainty("3 with probability 0.7")
        '3 with probability 0.7'
    """
    end = text[-LONGEST:].casefold()
    if not any(
        noun in end
        for noun in ("confiden", "certain", "assur", "sure", "probab", "likelihood", "chance")
    ):
        return text
    match = _SURE.fullmatch(text) if len(text) <= 2 * LONGEST else None
    if match is None or (match["chance"] and (match["opens"] or not match["word"])):
        return text
    if match["share"]:
        return str(match["value"]) if _is_likely(match["share"]) else None
    return str(match["value"]) if match["high"] else None


def _is_likely(share: str) -> bool:
    """Whether a share is more than a half, and no more than a whole."""
    return 0.5 < float(share.rstrip("\\% ")) / (100 if share.endswith("%") else 1) <= 1


_LINE = regex.compile(
    rf"[*_]*+(?P<noun>(?:my\s)?{_NOUNS}[*_]*+\s?[:=][*_]*+\s?)?+{_SHARE}[*_]*+(?:\s(?:sure|certain|confident))?[.]?",
    regex.IGNORECASE,
)


def is_certain(line: str) -> bool | None:
    """Whether a line that only says how sure it is says so of what is more likely than not.

    ``None`` where it says another thing: a bare number may be a value.

    Example:
        >>> is_certain("100%"), is_certain("Confidence: 0.3"), is_certain("0.9")
        (True, False, None)
    """
    found = _LINE.fullmatch(line) if len(line) <= LONGEST else None
    if found is None or not (found["noun"] or found["share"].endswith("%")):
        return None
    return _is_likely(found["share"])


_AT_END = regex.compile(
    rf"(?:(?<=[.!?)*_]\s)|(?<=\n))[*_]*+(?:my\s)?{_NOUNS}[*_]*+\s?[:=][*_]*+\s?"
    r"(?P<share>\d{1,3}(?:\.\d+)?)(?P<of>\s?\\?%|\s?/\s?(?:5|10|100))?[*_]*+[.]?$",
    regex.IGNORECASE,
)


def confidence_at_end(text: str) -> tuple[str, bool] | None:
    """A text without the last line or sentences that only give its confidence, and if that is high.

    A text that gives it more than a few times is taken for an unsure one.

    Example:
        >>> (
        ...     confidence_at_end("It is Paris. Confidence: 0.9"),
        ...     confidence_at_end("42. Confidence: 3/10"),
        ... )
        (('It is Paris.', True), ('42.', False))
        >>> confidence_at_end("Confidence: 0.9")
    """
    kept, is_high = text, True
    for _ in range(MOST):
        near = kept[-LONGEST:].casefold()
        if not any(noun in near for noun in ("confidence", "certainty", "assurance")):
            break
        found = _AT_END.search(kept, max(0, len(kept) - LONGEST))
        if found is None or not kept[: found.start()].strip():
            break
        share, of = float(found["share"]), (found["of"] or "").strip(" \\")
        whole = float(of[1:]) if of[:1] == "/" else 1 if share <= 1 and not of else 100
        kept, is_high = kept[: found.start()].rstrip(), is_high and share / whole > 0.5
    else:
        return kept, False
    return (kept, is_high) if kept != text else None


MOST = 4
"""How many times in a row."""
