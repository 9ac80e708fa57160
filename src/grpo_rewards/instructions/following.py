"""Whether a text follows the instructions of a row, strictly or loosely, and is a text at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import in_short
from grpo_rewards.guesses import near
from grpo_rewards.instructions.ifbench import IFBENCH
from grpo_rewards.instructions.ifbench_tasks import IFBENCH_TASKS
from grpo_rewards.instructions.ifeval import IFEVAL
from grpo_rewards.instructions.instruction_arguments import Arguments, InstructionError
from grpo_rewards.instructions.languages import why_not_told
from grpo_rewards.instructions.measuring import words

__all__ = [
    "INSTRUCTIONS",
    "NOT_JUDGED",
    "Instruction",
    "read_instructions",
    "variants",
    "why_no_text",
]

INSTRUCTIONS = {**IFEVAL, **IFBENCH, **IFBENCH_TASKS}
"""Every instruction that is judged, with its check."""
NOT_JUDGED = {
    "words:start_verb": "which words are verbs, no list says",
    "words:odd_even_syllables": "how many syllables a word has, its letters do not say for sure",
}
"""Instructions of the public sets that are not judged, and why."""
ALIASES = {
    # As one published set spells them, in which names were replaced within names.
    "custom:mcq_countlength_constraints:": "custom:mcq_count_length",
    "custom:datedetectable_format:_list": "custom:date_format_list",
}
LONGEST = 100_000
"""Characters of a response that is judged."""

OWN_WORDS = 8
"""Different words that a response has at least beyond those that its instructions name."""
REPEATED = 40
"""From so many words on a text is looked at for repetition."""
RUN = 4
DISTINCT = 0.5
"""The least share of different runs of so many words; prose has nearly one."""
# Instructions that ask for a few words, for words that are given, or for no prose.
FREE = frozenset(
    {
        "detectable_format:constrained_response",
        "format:options",
        "format:no_whitespace",
        *(name for name in IFBENCH_TASKS if name != "custom:sentence_alphabet"),
    }
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a row."""

    name: str
    arguments: Arguments

    @property
    def why_not_judged(self) -> str:
        """Why it cannot be judged; empty where it can be."""
        if self.name == "language:response_language":
            return why_not_told(self.arguments.text("language"))
        return NOT_JUDGED.get(self.name, "")

    def missed(self, text: str) -> str:
        """How a text does not follow it, in a sentence; empty if it does.

        Raises:
            InstructionError: An argument is missing, or of the wrong kind.
        """
        return INSTRUCTIONS[self.name](text, self.arguments)


def read_instructions(
    names: Any, arguments: Any, *, skips_unknown: bool = False
) -> list[Instruction] | None:
    """The instructions of a row, from ``instruction_id_list`` and ``kwargs``; ``None`` for none.

    Either may be JSON. A name that is not known is left to the caller as one that is not judged
    where ``skips_unknown`` says so.

    Raises:
        InstructionError: There is no such instruction, or not as many arguments as names.
    """
    names, arguments = _read(names), _read(arguments)
    if not names:
        return None
    names = [names] if isinstance(names, str) else names
    arguments = [{}] * len(names) if arguments is None else arguments
    arguments = [arguments] if isinstance(arguments, Mapping) else arguments
    if not isinstance(names, Sequence) or not isinstance(arguments, Sequence):
        raise InstructionError(f"{in_short(names)} is no list of instructions with their kwargs")
    if len(names) != len(arguments):
        raise InstructionError(f"{len(names)} instructions have {len(arguments)} kwargs")
    found = []
    for name, given in zip(names, arguments, strict=True):
        known = ALIASES.get(name, name) if isinstance(name, str) else ""
        if known not in INSTRUCTIONS and known not in NOT_JUDGED and not skips_unknown:
            alike = near(name, INSTRUCTIONS) if isinstance(name, str) else []
            meant = "".join(f"; is it {each!r}?" for each in alike[:1])
            raise InstructionError(
                f"there is no instruction {in_short(name, 60)}{meant}; what is not known is no "
                "opinion with unknown='skip'"
            )
        read = _read(given)
        if read is not None and not isinstance(read, Mapping):
            raise InstructionError(
                f"the kwargs of {in_short(name, 60)} are {in_short(given, 60)}, not a dict"
            )
        found.append(Instruction(known, Arguments(known, read or {})))
    return found


def _read(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise InstructionError(f"{in_short(value)} is no JSON") from None
    return value or None


def variants(text: str) -> list[str]:
    r"""A text as a loose reading has it: without its first line, its last one, its asterisks.

    Example:
        >>> variants("Sure!\n**Yes.**")[-1], len(variants("one line"))
        ('Yes.', 1)
    """
    parts = text.split("\n")
    cut = [text, "\n".join(parts[1:]), "\n".join(parts[:-1]), "\n".join(parts[1:-1])]
    cut += [each.replace("*", "") for each in cut]
    return [
        text,
        *dict.fromkeys(each.strip() for each in cut[1:] if each.strip() not in ("", text)),
    ]


def why_no_text(text: str, instructions: Sequence[Instruction]) -> str:
    """Why a text is nothing but what its instructions look for; empty where it is more.

    A list of the keywords, one word over and over, or a few words that happen to have no comma
    follow many an instruction, and say nothing.
    """
    if any(instruction.name in FREE for instruction in instructions):
        return ""
    found = [word.lower() for word in words(text)]
    supplied = {
        word.lower()
        for instruction in instructions
        if instruction.name != "combination:repeat_prompt"
        for value in instruction.arguments.given.values()
        for each in (value if isinstance(value, list | tuple) else [value])
        if isinstance(each, str)
        for word in words(each)
    }
    own = len(set(found) - supplied)
    wanted = min(OWN_WORDS, _most_words(instructions) // 2)
    if own < wanted:
        return f"it has {own} different words of its own, not {wanted}"
    if len(found) >= REPEATED:
        runs = list(zip(*(found[place:] for place in range(RUN)), strict=False))
        if len(set(runs)) < DISTINCT * len(runs):
            return "it says the same over and over"
    return ""


def _most_words(instructions: Sequence[Instruction]) -> int:
    """How many words a text may have at most."""
    most = 2 * OWN_WORDS
    for instruction in instructions:
        given = instruction.arguments.given
        # min() of a bound that is NaN, or beyond all bounds, is the one before.
        if given.get("relation") == "less than" and isinstance(given.get("num_words"), int | float):
            most = int(min(most, given["num_words"] - 1))
        if isinstance(given.get("max_words"), int | float):
            most = int(min(most, given["max_words"]))
    return max(most, 2)
