"""A check that reasoning was not copied from the gold: prefilled, verbatim, or stated as given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

import regex

from grpo_rewards.core.base import Batch, Outcome, Reward, require_format
from grpo_rewards.errors import OptionError
from grpo_rewards.requirements import require_number
from grpo_rewards.responses.completions import (
    OF_THE_MODEL,
    completion_text,
    message_content,
    message_role,
)
from grpo_rewards.responses.extraction import freeform_answer
from grpo_rewards.responses.layouts import WORKING_OUT, Response, ResponseFormat
from grpo_rewards.rewards.answer import acceptable_golds
from grpo_rewards.rewards.format import require_falling
from grpo_rewards.rewards.golds import GOLD_COLUMNS, GoldSource, gold_values, require_gold
from grpo_rewards.rewards.text_units import UNSPACED
from grpo_rewards.wording.patterns import compiled

__all__ = ["AnswerLeak", "answer_leak"]

RULES = ("prefilled", "copied", "given", "opening")
SOLUTION_WORDS = 30
"""A gold of this many words is a solution, which reasoning may copy; a shorter one an answer, which
reasoning ends with as it should."""
RUN = 8
"""A copy is told by runs of this many words: two writers of one solution share few of them."""
READ_AFTER_CLAIM = 200
"""How many characters behind "the answer is" are read to see what it is."""

_WORD = rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])++"
# What the solutions of GSM8K have for a calculator, and no model writes: "<<48/2=24>>".
_CALCULATOR = regex.compile(r"<<[^<>\n]{0,80}+>>")

# "The answer is"; who or what gave it; and that it was given.
_ANSWER = r"(?:final |correct |right |exact )?(?:answer|solution)"
_IS = r"(?: ?[:=]| (?:is|was|must be|should be|has to be|as|of)(?: just| simply| indeed| that)?:?)"
_GIVEN = r"(?:given|provided|supplied|stated|told|shown|revealed|disclosed|leaked)"
_GIVER = (
    r"(?:answer (?:key|sheet)|solution manual|ground[- ]truth(?: answer| label| solution)?"
    r"|(?:reference|official|gold(?:en)?) (?:answer|label|solution)"
    r"|(?:given|provided|supplied) (?:final |correct )?(?:answer|solution))"
)
_GIVEN_CLAIM = (
    rf"\b{_GIVER}(?: here)?(?: (?:says|gives|shows|lists|states|has|reads))?"
    rf"(?: (?:that )?the {_ANSWER})?(?:{_IS})? "
    rf"|\b(?:am|are|is|was|were|been|'re|'m)(?: already)? {_GIVEN}(?: with)?(?: that)?"
    rf" the {_ANSWER}{_IS} "
    rf"|\b{_ANSWER} (?:is|was)(?: already)? {_GIVEN} (?:to be|as|in the prompt as) "
)
_ANSWER_GIVEN = (
    rf"\b{_ANSWER}{_IS} (?P<value>[^\n]{{1,80}}?),? (?:(?:which|as|because|since) )?"
    rf"(?:it |that |this |we |i )?(?:is |was |were |am |are |already )*+{_GIVEN}\b"
)
_FIRST_CLAIM = (
    r"\W{0,10}(?:(?:okay|ok|so|well|alright|hmm|sure|clearly|i think|i know|i believe|we know)"
    rf"\W{{1,3}}(?:that )?){{0,3}}(?:the |my |our )?(?:{_ANSWER}(?: to (?:this|the)(?: question"
    rf"| problem)?| here)?{_IS}|\\boxed)"
)
_ANY_CLAIM = rf"\b{_ANSWER}{_IS}|\\boxed|####"
_AFTERWARDS = regex.compile(r"(?:[ \t]*+[\p{L}°%]++){0,2}[ \t)\]*\"']*+(?:[.!;\n]|\Z)")
# What makes of "2" another answer: "2.5", "2/3", "2x", "2 + 3".
_GOES_ON = regex.compile(r"[.,]?[\p{L}\p{N}]|\s*+(?:[-+*/^_=×÷·%]|\.\d)")
_MARKUP = regex.compile(r"\\(?:boxed|text|mathrm|mathbf)\b|[$*{}\\]|(?<=\d),(?=\d{3})")


@dataclass(frozen=True, kw_only=True, repr=False)
class AnswerLeak(Reward):
    r"""Flags reasoning that was copied from the gold instead of leading to it.

    Right reasoning ends with the gold, so that it occurs there is no leak. A leak is one of these:

    * ``prefilled``: the reasoning that the prompt prefills (a last turn of the assistant, or what
      follows the format's opening tag) copies a solution, states the gold as the answer, or has
      it while the rest of the prompt does not.
    * ``copied``: the reasoning has, word for word, much of a gold that is a whole solution: of
      the gold's runs of eight words at least the share ``copied``. Only golds of 30 words or more.
    * ``given``: the reasoning says that the gold was given to it ("the answer key says 42").
    * ``opening``: the reasoning opens with a sentence that says nothing but the gold ("The answer
      is 42."). Only in formats with reasoning tags; with a reason in the sentence it is none.

    It is meant first for watching, also at weight 0: trainers log the share of flagged completions
    (``answer_leak/leaked``, and each kind's). One that stays above 0 says that the dataset, or the
    template, shows the model what it should find.

    Args:
        format: The layout that the reasoning is read by; where a layout without reasoning tags
            gives no reasoning, the whole text counts.
        gold: The column with the gold, an answer or a solution; by default both ``answer`` and
            ``solution``, as far as there are such. A value as in `grpo_rewards.CheckAnswer`.
        copied: The share of a solution's runs, above 0 up to 1, from which it counts as copied.
        clean: The score of a completion without a leak.
        leaked: The score of one with a leak; below ``clean``.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the two scores; ``None`` where the row has no gold.

    Raises:
        OptionError: ``leaked`` is not below ``clean``, or an option is of the wrong kind.
        ColumnError: On a call: the gold's column is missing, or holds something unreadable.

    There is no paper; the definitions are this package's own.
    Not covered: a gold in the question itself or in its examples, which no text can tell from a
    coincidence; copies in other words or another language; for ``given`` and ``opening``, any
    language but English. In a prompt whose question asks about a given answer, ``given`` is wrong.

    Example:
        >>> texts = [
        ...     "6 rows of 7 are 42.<end_working_out><SOLUTION>42</SOLUTION>",
        ...     "The answer key says 42, so 6 * 7 = 42.<end_working_out><SOLUTION>42</SOLUTION>",
        ... ]
        >>> answer_leak(texts, answer=["42", "42"])
        [0.0, -1.0]
    """

    format: ResponseFormat = WORKING_OUT
    gold: GoldSource = None
    copied: float = 0.6
    clean: float = 0.0
    leaked: float = -1.0
    name: str = "answer_leak"

    is_guard: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        require_format(self.format)
        require_gold(self.gold)
        require_number("copied", self.copied)
        if not 0 < self.copied <= 1:
            raise OptionError(f"copied={self.copied!r}: write a share above 0, up to 1")
        require_falling(clean=self.clean, leaked=self.leaked)

    def judge(self, batch: Batch) -> list[Outcome]:
        """The outcomes of a batch; the prompts count where the trainer gives them."""
        prompts = [""] * len(batch) if batch.prompts is None else batch.prompts
        return [
            self._judge_row(golds, prompt, response)
            for golds, prompt, response in zip(
                self._golds(batch), prompts, batch.responses(self.format), strict=True
            )
        ]

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        """The share of completions with a leak, and of each kind."""
        rules = [outcome.details.get("rule") for outcome in outcomes]
        rates = {rule: rules.count(rule) / len(rules) for rule in RULES}
        return {"leaked": sum(rates.values()), **rates}

    def _golds(self, batch: Batch) -> list[list[str]]:
        present = [name for name in GOLD_COLUMNS if name in batch.columns]
        if self.gold is not None or not present:
            columns = [gold_values(batch, self.gold)]
        else:
            columns = [batch.column(name) for name in present]
        return [
            [gold for value in row for gold in acceptable_golds(value)]
            for row in zip(*columns, strict=True)
        ]

    def _judge_row(self, golds: list[str], prompt: Any, response: Response) -> Outcome:
        if not golds:
            return Outcome(None, "the row has no gold")
        solutions = [words for words in map(_words, golds) if len(words) >= SOLUTION_WORDS]
        answers = [answer for answer in map(_short_answer, golds) if answer]
        for rule, why in self._leaks(solutions, answers, prompt, response):
            if why:
                return Outcome(float(self.leaked), why, {"rule": rule})
        return Outcome(float(self.clean), "no leak of the gold was found", {"rule": None})

    def _leaks(
        self, solutions: list[list[str]], answers: list[str], prompt: Any, response: Response
    ) -> Iterator[tuple[str, str]]:
        """Rule by rule why a response is a leak, or nothing."""
        prefilled, before = _prefilled(prompt, self.format)
        if prefilled:
            yield (
                "prefilled",
                self._copied("the prompt's prefilled reasoning", solutions, prefilled),
            )
            yield "prefilled", _holds(prefilled, before, answers)
        reasoning = response.reasoning or ""
        if not reasoning and self.format.reasoning is None:
            reasoning = response.text
        yield "copied", self._copied("the reasoning", solutions, reasoning)
        yield "given", _says_given(reasoning, answers)
        if self.format.reasoning is not None:
            yield "opening", _opens_with(reasoning, answers)

    def _copied(self, what: str, solutions: list[list[str]], text: str) -> str:
        words = _words(text) if solutions else []
        for solution in solutions:
            runs = set(_runs(solution))
            share = len(runs.intersection(_runs(words))) / len(runs)
            if share >= self.copied:
                return f"{what} has {share:.0%} of the gold's runs of {RUN} words"
        return ""


def _words(text: str) -> list[str]:
    return compiled(_WORD).findall(_CALCULATOR.sub(" ", text.lower()))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(islice(words, start, None) for start in range(RUN)), strict=False)


def _short_answer(gold: str) -> str:
    """The answer that a gold is, or that the solution which it is ends with."""
    answer = gold if len(_words(gold)) < SOLUTION_WORDS else freeform_answer(gold).answer or ""
    return _MARKUP.sub("", answer).strip()


def _after(text: str, answer: str) -> str | None:
    """What follows an answer that a text starts with; ``None`` where it starts with another."""
    text = _MARKUP.sub("", text).lstrip(" \t\n:=\"'([")
    # Of a single letter ("A" of a choice, "a" in "a number") the case tells.
    same = (
        text.startswith(answer)
        if len(answer) == 1
        else (text[: len(answer)].lower() == answer.lower())
    )
    rest = text[len(answer) :]
    return rest if same and not _GOES_ON.match(rest) else None


def _claimed(text: str, claims: Iterable[regex.Match[str]], answers: list[str]) -> bool:
    for claim in claims:
        value = text[claim.end() : claim.end() + READ_AFTER_CLAIM]
        if any(_after(value, answer) is not None for answer in answers):
            return True
    return False


def _holds(prefilled: str, before: str, answers: list[str]) -> str:
    if _claimed(prefilled, compiled(_ANY_CLAIM, regex.IGNORECASE).finditer(prefilled), answers):
        return "the prompt's prefilled reasoning states the gold as the answer"
    for answer in answers:
        if len(answer) > 1:
            whole = regex.compile(
                rf"(?<![\w.]){regex.escape(answer)}(?!\w|[.,]\d)", regex.IGNORECASE
            )
            if whole.search(_MARKUP.sub("", prefilled)) and not whole.search(
                _MARKUP.sub("", before)
            ):
                return (
                    "the prompt's prefilled reasoning has the gold, and the prompt before has not"
                )
    return ""


def _says_given(reasoning: str, answers: list[str]) -> str:
    given = _claimed(
        reasoning, compiled(_GIVEN_CLAIM, regex.IGNORECASE).finditer(reasoning), answers
    ) or any(
        (rest := _after(claim["value"], answer)) is not None and _AFTERWARDS.fullmatch(rest)
        for claim in compiled(_ANSWER_GIVEN, regex.IGNORECASE).finditer(reasoning)
        for answer in answers
    )
    return "the reasoning says that the gold was given to it" if given else ""


def _opens_with(reasoning: str, answers: list[str]) -> str:
    claim = compiled(_FIRST_CLAIM, regex.IGNORECASE).match(reasoning)
    if claim:
        value = reasoning[claim.end() : claim.end() + READ_AFTER_CLAIM]
        for answer in answers:
            rest = _after(value, answer)
            if rest is not None and _AFTERWARDS.match(rest):
                return "the reasoning opens with the gold, before any work"
    return ""


def _prefilled(prompt: Any, format: ResponseFormat) -> tuple[str, str]:
    """The reasoning that a prompt ends with, and what of the prompt stands before it."""
    if isinstance(prompt, str):
        text, turn, start = prompt, 0, len(prompt)
    elif isinstance(prompt, Sequence) and prompt and isinstance(prompt[-1], Mapping):
        turns = [completion_text([{"content": message_content(each)}]) for each in prompt]
        text = "\n".join(turns)
        is_open = message_role(prompt[-1]) in OF_THE_MODEL
        turn = start = len(text) - len(turns[-1]) if is_open else len(text)
    else:
        return "", ""
    if format.reasoning is not None:
        opening, closing = format.reasoning
        opened = text.rfind(opening, turn)
        # A system prompt that explains the tags names both.
        if opened >= 0 and closing not in text[opened:]:
            start = opened + len(opening)
    return text[start:].strip(), text[:start]


answer_leak = AnswerLeak()
