"""The reward for following instructions that a program can verify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.errors import ColumnError, OptionError
from grpo_rewards.instructions import (
    INSTRUCTIONS,
    Instruction,
    InstructionError,
    read_instructions,
    variants,
)
from grpo_rewards.instructions.following import LONGEST, why_no_text
from grpo_rewards.instructions.languages import LanguageMissingError
from grpo_rewards.requirements import require_column, require_truth
from grpo_rewards.rewards.tiers import Answer
from grpo_rewards.rewards.whole import SharingReward

__all__ = ["CheckInstructions", "check_instructions"]


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckInstructions(SharingReward):
    """Pays a response that follows every verifiable instruction of its row.

    Rows of IFEval and IFBench are read as published: ``instruction_id_list`` and ``kwargs``.

    Args:
        format: The layout that tells what the response is: what stands between the answer's tags,
            or, in a layout without them, everything after the reasoning.
        instructions: The column with the names of the instructions, a list each.
        arguments: The column with their arguments, a dict each.
        loose: Whether an instruction is followed, too, where it is without the response's first
            or last line, or without its asterisks, as IFEval's loose accuracy has it.
        partial: Whether a response that follows some of its instructions earns their share of
            ``correct``.
        substance: Whether a response has to be more than what its instructions look for: some
            words of its own, which it does not say over and over. With ``False`` a list of the
            keywords follows the instruction to use them, as in the public checkers.
        unknown: What a row with an instruction that is not known does: ``"raise"``, or ``"skip"``
            for no opinion.
        correct: The score of a response that follows all of them.
        wrong: The score of every other one.
        missing: The score of a blank response.
        strict: As in `grpo_rewards.CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, with ``partial`` also a share of ``correct``; ``None``
        where the row has no instructions, or one that is not judged.

    Raises:
        OptionError: An option is of the wrong kind; on a call: a row asks for a language, and
            lingua is not installed (``pip install 'grpo-rewards[language]'``).
        ColumnError: On a call: a column is missing, or there is no such instruction, or it lacks
            an argument.

    Not covered: whether the response answers its prompt at all; ``words:start_verb`` and
    ``words:odd_even_syllables`` of IFBench, whose rows are no opinion.

    Example:
        >>> row = {
        ...     "instruction_id_list": ["punctuation:no_comma", "keywords:existence"],
        ...     "kwargs": [{}, {"keywords": ["river"]}],
        ... }
        >>> text = "The river runs north through three towns before it meets the sea."
        >>> check_instructions.explain(text, **row).score
        5.0
        >>> check_instructions.explain(text.replace("north", "north, then east"), **row).reason
        'punctuation:no_comma: there is a comma'
        >>> check_instructions.explain("river", **row).reason
        'it has 0 different words of its own, not 8'
    """

    instructions: str = "instruction_id_list"
    arguments: str = "kwargs"
    loose: bool = False
    partial: bool = False
    substance: bool = True
    unknown: Literal["raise", "skip"] = "raise"
    name: str = "check_instructions"

    _source_option: ClassVar[str] = "instructions"

    def __post_init__(self) -> None:
        super().__post_init__()
        for option in ("instructions", "arguments"):
            require_column(option, getattr(self, option))
        for option in ("loose", "partial", "substance"):
            require_truth(option, getattr(self, option))
        if self.unknown not in ("raise", "skip"):
            raise OptionError(f"unknown={self.unknown!r}: write 'raise' or 'skip'")
        self._require_shares("partial=True", are_paid=self.partial)

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        names = batch.column(self.instructions, option="instructions")
        arguments = batch.column(self.arguments, option="arguments")
        try:
            return [
                self._judge_row(self._read(*row), *answer)
                for *row, answer in zip(names, arguments, answers, strict=True)
            ]
        except InstructionError as error:
            raise ColumnError(f"the column {self.instructions!r}: {error}") from None
        except LanguageMissingError as error:
            raise OptionError(str(error)) from None

    def _read(self, names: Any, arguments: Any) -> list[Instruction] | None:
        return read_instructions(names, arguments, skips_unknown=self.unknown == "skip")

    def _judge_row(
        self, instructions: list[Instruction] | None, text: str | None, why_not: str
    ) -> Outcome:
        if instructions is None:
            return self._outcome("no opinion", "the row has no instructions", answer=text)
        for each in instructions:
            why_not_judged = each.why_not_judged or (
                "" if each.name in INSTRUCTIONS else "it is not known"
            )
            if why_not_judged:
                reason = f"{each.name} is not judged: {why_not_judged}"
                return self._outcome("no opinion", reason, answer=text)
        if text is None or not text.strip():
            reason = f"no answer: {why_not or 'the response is blank'}"
            return self._outcome("no answer", reason)
        if len(text) > LONGEST:
            return self._outcome("wrong", f"it has more than {LONGEST:,} characters", answer=text)
        texts = variants(text) if self.loose else [text]
        missed = [self._missed(each, texts) for each in instructions]
        no_text = why_no_text(text, instructions) if self.substance else ""
        if no_text:
            return self._outcome("wrong", no_text, answer=text)
        amiss = [
            f"{each.name}: {reason}"
            for each, reason in zip(instructions, missed, strict=True)
            if reason
        ]
        if not amiss:
            return self._outcome("correct", "every instruction is followed", answer=text)
        share = 1 - len(amiss) / len(instructions)
        return self._outcome(
            "wrong",
            "; ".join(amiss),
            answer=text,
            score=self._share(share) if self.partial else None,
        )

    def _missed(self, instruction: Instruction, texts: Sequence[str]) -> str:
        first = instruction.missed(texts[0])
        if not first or not any(not instruction.missed(text) for text in texts[1:]):
            return first
        return ""


check_instructions = CheckInstructions()
