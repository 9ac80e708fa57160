"""The arguments of an instruction, as a dataset gives them, each by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from grpo_rewards.cells import as_plain, is_missing
from grpo_rewards.errors import in_short

__all__ = ["Arguments", "Check", "InstructionError", "compare_count"]


class InstructionError(ValueError):
    """What is no instruction, or lacks an argument; it says which."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a row's ``kwargs`` say of one instruction; what is ``None`` counts as absent."""

    instruction: str
    given: Mapping[str, Any]

    def _value(self, name: str) -> Any:
        value = as_plain(self.given.get(name))  # which may be a number of NumPy's
        if is_missing(value):
            raise InstructionError(f"{self.instruction} has no {name!r} in its kwargs")
        return value

    def number(self, name: str) -> int:
        """A whole number; datasets write it as a float, too."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or value % 1 != 0:
            raise InstructionError(
                f"{self.instruction}: {name}={in_short(value, 60)} is no whole number"
            )
        return int(value)

    def text(self, name: str) -> str:
        """A text that is not blank."""
        value = self._value(name)
        if not isinstance(value, str) or not value.strip():
            raise InstructionError(f"{self.instruction}: {name}={in_short(value, 60)} is no text")
        return value

    def texts(self, name: str) -> Sequence[str]:
        """One text or more."""
        value = self._value(name)
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list | tuple) or not value:
            raise InstructionError(
                f"{self.instruction}: {name}={in_short(value, 60)} is no list of texts"
            )
        if not all(isinstance(each, str) and each.strip() for each in value):
            raise InstructionError(
                f"{self.instruction}: {name}={in_short(value, 60)} is no list of texts"
            )
        return value


Check: TypeAlias = Callable[[str, Arguments], str]
"""A text and the arguments -> how the instruction is not followed; empty where it is."""


def compare_count(found: int, what: str, arguments: Arguments, number: str, relation: str) -> str:
    """How a count misses its bound, by the two relations that IFEval has."""
    bound, said = arguments.number(number), arguments.text(relation)
    if said not in ("less than", "at least"):
        raise InstructionError(
            f"{arguments.instruction}: {relation}={in_short(said, 60)}: write 'less than' or 'at least'"
        )
    if (found < bound) == (said == "less than"):
        return ""
    return f"{found} {what}, not {said} {bound}"
