r"""Values that are said in several words: times of day, ``2 hours 30 minutes``, ``3 out of 4``."""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd

from grpo_rewards.answers.notation.trees import Num
from grpo_rewards.answers.values.kinds import Based, Congruence, Number, Ratio, Time, Words
from grpo_rewards.answers.values.measures import conversion_factor
from grpo_rewards.wording.spelled import in_digits

__all__ = [
    "based",
    "congruence",
    "date",
    "formula",
    "odds",
    "quantity_in_parts",
    "ratio",
    "time_of_day",
]

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?\s*(?:(?P<half>[ap])\.?\s*m\.?)?",
    re.IGNORECASE,
)
_AMOUNT = r"(?:(?:\d+ )?\d+/0*[1-9]\d*|\d+(?:\.\d+)?)"
_PART = re.compile(
    rf"(?P<amount>{_AMOUNT})\s*(?P<unit>[A-Za-z]+|''?)\.?(?:,? and |,? |$|(?<=['a-z])(?=\d))"
)
_PRIMES = {"'": "feet", "''": "inches"}
_ODDS = re.compile(r"(?P<hits>\d{1,9}) (?:out of|in) (?:every )?(?P<tries>[1-9]\d{0,8})")
_TERM = r"(\d{1,20}(?:\.\d{1,20})?)"
_RATIO = re.compile(rf"{_TERM} to {_TERM}(?: to {_TERM})?")
_BASED = re.compile(
    r"\(?(?P<digits>\d{1,100})\)?(?:_\s*\{?|,? \(?(?:in )?base[ -])(?P<base>\d{1,100}|[a-z]{1,100})[)}]?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?P<day>\d{1,2}) (?:of )?)?(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?: (?P<after>\d{1,2}))?(?:,? (?P<year>\d{4}))?",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])")
# Whose month is first or second, as the other number is no month.
_DAY_AND_MONTH = re.compile(
    r"(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>[12]\d{3})"
    r"|(?P<day_first>1[3-9]|2\d|3[01])/(?P<month_second>0?[1-9]|1[0-2])/(?P<year_last>[12]\d{3})"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LONGEST_DATE = 30
"""Characters."""
# An ion: Fe^{3+}, SO_4^{2-}, Cl^-; or Fe3+, where a charge has no mark.
_ION = re.compile(
    r"(?P<atoms>(?:[A-Z][a-z]?(?:_?\d+)?|[()])+)\^(?P<charge>\d?[-+]|[-+]\d)|(?P<atom>[A-Z][a-z]?)(?P<plain>\d[-+])"
)
_REACTION = re.compile(r"(?=[^a-z]*[A-Z])[A-Za-z\d+()^.-]+\\to[A-Za-z\d+()^.-]+")
LONGEST_FORMULA = 60
LONGEST_EQUATION = 200
_FORMULA = re.compile(r"(?:\\ce *\{)?(?:[A-Z][a-z]?(?:_?\d+|_\{\d+\})?|[()])+\}?")
_CONGRUENCE = re.compile(
    r"(?:(?P<name>[A-Za-z])\s*(?:\\equiv|=)|\\equiv)?\s*(?P<residue>[-+]?\d{1,100})\s*"
    r"(?:\(\s*)?(?:\\pmod\s*\{(?P<modulus>\d{1,100})\}|mod(?:ulo)?\s+(?P<plain>\d{1,100}))\s*\)?"
)


def time_of_day(text: str) -> Time | None:
    """A time: ``3:30 PM``, ``15:30``, ``9 a.m.``; not what may as well be a ratio, ``7:32``.

    Example:
        >>> time_of_day("3:30 PM")
        Time(hour=3, minute=30, second=0, half='p')
        >>> time_of_day("7:32"), time_of_day("9")
        (None, None)
    """
    match = _TIME.fullmatch(text) if text[:1].isdigit() else None
    if not match or not (match["minute"] or match["half"]) or int(match["hour"]) > 24:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if not match["half"] and not match["second"] and minute > 9 and gcd(hour, minute) == 1:
        return None
    return Time(hour, minute, int(match["second"] or 0), (match["half"] or "").lower())


def quantity_in_parts(text: str) -> Number | None:
    """A quantity in several units, each smaller than the one before, as a number of the first.

    Example:
        >>> quantity_in_parts("2 hours and 30 minutes")
        Number(value=Fraction(5, 2), places=0, unit='hours', share=1, form='plain')
        >>> quantity_in_parts("30 minutes 2 hours"), quantity_in_parts("3 feet 2 hours")
        (None, None)
    """
    if not text[:1].isdigit() or len(text) > 200:
        return None
    parts: list[tuple[Fraction, str]] = []
    end = 0
    while match := _PART.match(text, end):
        unit = _PRIMES.get(match["unit"], match["unit"])
        if unit == "m" and parts and parts[-1][1] in ("h", "hr", "hrs"):
            unit = "min"  # 2h15m
        amount = sum((Fraction(piece) for piece in match["amount"].split()), Fraction(0))
        parts.append((amount, unit))
        end = match.end()
    if end < len(text) or len(parts) < 2:
        return None
    total, one = parts[0][0], Fraction(1)
    for amount, unit in parts[1:]:
        factor = conversion_factor(unit, parts[0][1])
        if factor is None or factor >= one:
            return None
        total, one = total + amount * factor, factor
    return Number(total, unit=parts[0][1])


def odds(text: str) -> Number | None:
    """``3 out of 4`` and ``1 in 20``: the share.

    Example:
        >>> odds("3 out of 4").value, odds("5 in 4")
        (Fraction(3, 4), None)
    """
    match = _ODDS.fullmatch(text) if text[:1].isdigit() else None
    if match is None or int(match["hits"]) > int(match["tries"]):
        return None
    return Number(Fraction(int(match["hits"]), int(match["tries"])))


def congruence(text: str) -> Congruence | None:
    r"""``x \equiv 5 \pmod 7``, ``5 (mod 7)``.

    Example:
        >>> congruence(r"x \equiv 12 \pmod{7}"), congruence("12")
        (Congruence(name='x', residue=12, modulus=7), None)
    """
    match = _CONGRUENCE.fullmatch(text) if "mod" in text else None
    modulus = int(match["modulus"] or match["plain"]) if match else 0
    if match is None or not modulus:
        return None
    return Congruence(match["name"] or "", int(match["residue"]), modulus)


def ratio(text: str) -> Ratio | None:
    """``2 to 1``.

    Example:
        >>> [str(term.value) for term in ratio("2 to 1").terms]
        ['2', '1']
    """
    match = _RATIO.fullmatch(text) if " to " in text else None
    if match is None:
        return None
    return Ratio(tuple(Num(Fraction(term)) for term in match.groups() if term))


def based(text: str) -> Based | None:
    """``1011 base 2``, ``1011_{two}``.

    Example:
        >>> based("1011 (base two)"), based("1011 (base)")
        (Based(digits=Fraction(1011, 1), base=2), None)
    """
    match = _BASED.fullmatch(text) if "_" in text or "base" in text else None
    base = (in_digits(match["base"]) or match["base"]) if match else ""
    if match is None or not base.isdigit():
        return None
    return Based(Fraction(int(match["digits"])), int(base))


def formula(text: str) -> Words | None:
    """A chemical formula, with or without the marks of its subscripts: ``H_2O`` and ``H2O``.

    Example:
        >>> formula("C_6H_{12}O_6"), formula("HO")
        (Words(text='C6H12O6'), None)
    """
    if "->" in text or "\\to" in text:
        equation = re.sub(r"\\(?:text|mathrm|rm)(?![A-Za-z])|[{} _]", "", text[:LONGEST_EQUATION])
        equation = re.sub(r"-+>", r"\\to", equation)
        is_chemical = len(text) <= LONGEST_EQUATION and _REACTION.fullmatch(equation)
        return Words(equation) if is_chemical else None
    bare = re.sub(r"\\(?:ce|text|mathrm|rm)(?![A-Za-z])|[{} ]", "", text[:LONGEST_FORMULA])
    ion = _ION.fullmatch(bare) if bare[-1:] in ("+", "-") or "^" in bare else None
    if ion and len(text) <= LONGEST_FORMULA:
        charge = "".join(sorted(ion["charge"] or ion["plain"], reverse=True))
        return Words(f"{(ion['atoms'] or ion['atom']).replace('_', '')}^{charge}")
    if not (_FORMULA.fullmatch(text) and any(map(str.isdigit, text))):
        return None
    return Words(re.sub(r"\\ce|[ _{}]", "", text))


def date(text: str) -> Words | None:
    """A day of a month, perhaps of a year: ``5 January 2000`` and ``Jan. 5, 2000``.

    Example:
        >>> date("5 January 2000"), date("May")
        (Words(text='jan 5 2000'), None)
        >>> date("12/31/2014"), date("31/12/2014"), date("01/02/2014")
        (Words(text='dec 31 2014'), Words(text='dec 31 2014'), None)
    """
    text = text.removeprefix("the ").removeprefix("on ") if len(text) <= LONGEST_DATE else ""
    written = _DAY_AND_MONTH.fullmatch(text)
    if written:
        month, day, year = (
            filter(None, written.group("month", "day", "year"))
            if written["month"]
            else (written.group("month_second", "day_first", "year_last"))
        )
        return Words(f"{_MONTHS[int(month) - 1]} {int(day)} {year}")
    numeric = _ISO_DATE.fullmatch(text)
    if numeric:
        return Words(
            f"{_MONTHS[int(numeric['month']) - 1]} {int(numeric['day'])} {numeric['year']}"
        )
    match = _DATE.fullmatch(text)
    if match is None or bool(match["day"]) == bool(match["after"]):
        return None
    day = int(match["day"] or match["after"])
    return Words(f"{match['month'][:3].lower()} {day} {match['year'] or ''}".rstrip())
