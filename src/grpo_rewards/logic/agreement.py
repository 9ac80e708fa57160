"""Comparing a gold with an answer in logic: truth values as words, formulas by what they say."""

from __future__ import annotations

import re

from grpo_rewards.answers import Verdict, compare, exact_number
from grpo_rewards.caches import ANSWERS
from grpo_rewards.headroom import with_headroom
from grpo_rewards.logic.equivalence import Equivalence, equivalence
from grpo_rewards.logic.formulas import Formula, read_formula
from grpo_rewards.logic.symbols import CONNECTIVES, NotFormula, plain
from grpo_rewards.logic.truth import TruthValue, read_truth
from grpo_rewards.wording.doubts import denied_before
from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.rivals import is_said_twice
from grpo_rewards.wording.statements import unannounced

__all__ = ["compare_logic", "is_logic"]

SHOWN_VARIABLES = 12
"""A counterexample of more variables shows the first ones."""

_THUS = re.compile(
    r"(?:(?:so|thus|hence|therefore)\b|\\therefore)?[,:]?\s*"
    r"(?:(?:it|this)\s+(?:is|becomes|simplifies\s+to)\b:?)?\s*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?P<words>(?:[A-Za-z'’-]+,?\s+){0,8}?)"
    r"(?:answer|formula|expression|proposition|statement|solution|result|form|negation|converse|"
    r"contrapositive|inverse|translation|simplification|simplified|output|conclusion)"
    r"(?:\s+(?:of|for)\s[^:=]{1,80}?)?"
    r"(?:\s*[:=]|\s+(?:is|becomes|simplifies\s+to)\b(?:\s+equivalent\s+to\b)?:?)\s*",
    re.IGNORECASE,
)
_NOT_LEAD = re.compile(
    r"\b(?:not|no|never|wrong|incorrect|except|and|or|nor|xor|if|then|implies|iff|but)\b|n't\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<name>[A-Za-z]\w*)(?:\{\w+\})?\s*(?:\([\w\s,]*\)\s*)?=(?!=|>)\s*(?P<rest>[^=]+)"
)
_SAME_AS = re.compile(
    r"≡|\\equiv(?![A-Za-z])|⟺|⇔|(?<![<=!>])=(?![=>])"
    r"|(?:,|(?<!\s))\s+(?:(?:which\s+)?is\s+|or\s+)?(?:logically\s+)?equivalent(?:ly,?|\s+to)\s"
    r"|(?:,|(?<!\s))\s+i\.e\.,?\s",
    re.IGNORECASE,
)
# Words behind a formula that say where it comes from, or what its letters stand for.
_REMARK = re.compile(
    r"(?:[,;.:(-]|(?<!\s)\s)\s*(?:by|using|via|where|since|because|explanation|proof|"
    r"reason(?:ing)?|justification|derivation|note|steps?)\b(?P<why>.*)",
    re.IGNORECASE | re.DOTALL,
)
_HEDGE = re.compile(
    r"\b(?:or|but|however|maybe|perhaps|possibly|alternatively|wait|actually|may|might|could|else|"
    r"instead|also|wrong|incorrect|unsure|sure|no\s+means)\b",
    re.IGNORECASE,
)
_ALGEBRA = re.compile(r"\+|\)\s*\(|·|⋅|\\cdot|\\overline|\\bar(?![A-Za-z])|'")
_ANY_WORD = re.compile(r"(?<![\\\w])[A-Za-z]\w*")
_PRODUCT = re.compile(r"[A-Z]+|[a-z]{1,3}")
_ONE_LETTER = re.compile(r"[^\W\d_]\d*(?:_\w+)?")


@with_headroom
def compare_logic(gold: str, answer: str) -> Verdict:
    """Whether an answer says what the gold says, in propositional logic.

    Args:
        gold: A formula, or a truth value in words (``yes``, ``valid``, ``tautology``).
        answer: The answer to judge.

    Returns:
        The verdict. Its reason holds a counterexample where two formulas differ. Undecided
        (``equal`` is ``None``) only where the gold is neither a formula nor a truth value, which
        the rule ``unread`` says, and where formulas of many variables cost too much to compare.
        Never raises, whatever the texts.

    Example:
        >>> compare_logic("p -> q", "~q -> ~p").equal
        True
        >>> print(compare_logic("p -> q", "q -> p").reason)
        not equivalent: at p=True, q=False the gold is False, the answer is True
    """
    return _compared(gold.strip(), answer.strip())


@ANSWERS.remember(entries=4_096)
def _compared(gold: str, answer: str) -> Verdict:
    expected = _read_gold(gold)
    if expected is None:
        return Verdict(None, "unread", f"the gold is no formula and no truth value: {gold!r:.80}")
    if is_said_twice(answer):
        return Verdict(equal=False, rule="words", reason="not equal: the answer is stated twice")
    if isinstance(expected, Formula):
        return _judged(expected, answer)
    actual = read_truth(answer)
    if actual is None and gold in ("0", "1") and exact_number(answer) in (0, 1):
        # A label, 0 or 1, may be written as a number is.
        actual = next((read_truth(each) for each in "01" if compare(each, answer)), None)
    if actual is None:
        reason = f"the gold is {expected.meaning}, the answer states no truth value"
        return Verdict(equal=False, rule="truth value", reason=f"not equal: {reason}")
    equal = actual.answers(expected)
    said = "equal" if equal else "not equal"
    reason = f"{said}: the gold is {expected.meaning}, the answer is {actual.meaning}"
    return Verdict(equal, "truth value", reason)


@ANSWERS.remember(entries=1_024)
def _read_gold(gold: str) -> Formula | TruthValue | None:
    truth = read_truth(gold)
    if truth is not None:
        return truth
    try:
        text = _stated(gold)
        formula = read_formula(text, letters=_side_by_side(text), products=True)
    except NotFormula:
        return None
    # A gold that is one word may be anything; one without variables has not been worked out.
    lone_word = len(formula.steps) == 1 and not _ONE_LETTER.fullmatch(formula.names[0])
    return None if not formula.names or lone_word else formula


def is_logic(gold: str) -> bool:
    """Whether a gold is one that `compare_logic` can judge by.

    Example:
        >>> [is_logic(gold) for gold in ("p and q", "yes", "42", "Paris is nice", "Paris")]
        [True, True, False, False, False]
    """
    return _read_gold(gold.strip()) is not None


def _judged(gold: Formula, answer: str) -> Verdict:
    """The verdict on an answer that should be a formula, or a chain of equivalent ones."""
    try:
        text = _stated(answer, gold)
        try:
            found = _found_all(gold, text)
        except NotFormula:
            remark = _REMARK.search(text)
            if remark is None or not remark.start() or _HEDGE.search(remark["why"]):
                raise
            found = _found_all(gold, text[: remark.start()])
    except NotFormula as error:
        reason = f"the answer is no formula: {error}"
        return Verdict(equal=False, rule="formula", reason=reason)
    return _verdict(next((each for each in found if not each.equal), found[0]))


def _found_all(gold: Formula, text: str) -> list[Equivalence]:
    """What a text says of the gold; of a chain, "not (p -> q) = p and not q", what each side."""
    sides = [text] if _as_truth(gold, text) else _SAME_AS.split(text)
    try:
        found = [_found(gold, text)]
    except NotFormula:
        if len(sides) == 1:
            raise
        found = []
    if len(sides) == 1 or (found and found[0].equal):
        return found
    return [_found(gold, side) for side in sides]


def _found(gold: Formula, text: str) -> Equivalence:
    truth = _as_truth(gold, text)
    if truth:
        formula = _constant(truth)
    else:
        products = bool(_ALGEBRA.search(text))
        formula = read_formula(text, letters=_letters(gold), products=products)
    if not formula.names and len(formula.steps) > 1:
        raise NotFormula("it joins truth values, and has not been worked out")
    return equivalence(gold, _in_case_of(gold, formula))


def _as_truth(gold: Formula, text: str) -> TruthValue | None:
    """The truth value that an answer states, unless it names a variable of the gold."""
    folded = {name.casefold() for name in gold.names}
    return None if text.strip().casefold() in folded else read_truth(text)


def _constant(truth: TruthValue) -> Formula:
    if truth.meaning in ("true", "tautology"):
        return Formula((), ("true",))
    if truth.meaning in ("false", "contradiction"):
        return Formula((), ("false",))
    raise NotFormula(f"it says {truth.meaning}")


def _verdict(found: Equivalence) -> Verdict:
    if found.equal is None:
        reason = "undecided: there are too many variables, or too much is said of them"
    elif found.equal:
        reason = "equivalent: the gold and the answer agree in every case"
    else:
        values = [f"{name:.20}={value}" for name, value in found.assignment.items()]
        if len(values) > SHOWN_VARIABLES:
            values[SHOWN_VARIABLES:] = ["..."]
        case = ", ".join(values)
        said = f"the gold is {found.gold}, the answer is {not found.gold}"
        reason = f"not equivalent: at {case} {said}"
    return Verdict(found.equal, found.rule, reason)


def _stated(text: str, gold: Formula | None = None) -> str:
    """What an answer states: without "the answer is", and without a name for the formula."""
    text = unannounced(plain(unannounced(text.strip())))
    text = text[end_of(_THUS, text) :]
    for _ in range(2):
        lead = _LEAD.match(text)
        if lead and not _NOT_LEAD.search(lead["words"]) and not denied_before(lead["words"]):
            text = text[lead.end() :].strip()
    named = _NAMED.fullmatch(text)
    if named is None:
        return text
    taken = gold.names if gold else _ANY_WORD.findall(named["rest"])
    is_name = named["name"] not in taken and not _ANY_WORD.fullmatch(named["rest"].strip())
    return named["rest"].strip() if is_name else text


def _side_by_side(text: str) -> frozenset[str]:
    """The letters that a gold of Boolean algebra, such as ``AB' + C``, writes side by side."""
    words = [word for word in _ANY_WORD.findall(text) if word.lower() not in CONNECTIVES]
    if not _ALGEBRA.search(text) or not all(map(_PRODUCT.fullmatch, words)):
        return frozenset()
    return frozenset("".join(words)) - {"T", "F"}


def _letters(gold: Formula) -> frozenset[str]:
    """The letters that an answer may write side by side: the gold's, in either case."""
    if any(len(name) > 1 for name in gold.names):
        return frozenset()
    return frozenset(letter for name in gold.names for letter in (name.lower(), name.upper()))


def _in_case_of(gold: Formula, formula: Formula) -> Formula:
    """The formula with P for p where the gold writes P, if that confuses no two variables."""
    known = {name.casefold(): name for name in gold.names}
    asked = {name.casefold(): name for name in formula.names}
    if len(known) < len(gold.names) or len(asked) < len(formula.names):
        return formula
    return formula.renamed({name: known.get(name.casefold(), name) for name in formula.names})
