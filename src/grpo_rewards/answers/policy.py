"""The few choices about equality that are really the user's."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import Guided
from grpo_rewards.requirements import require_truth

__all__ = ["Policy"]


_TOLERANCES = {
    "relative_tolerance": (1, "a share of the gold from 0 to below 1, such as 0.01"),
    "absolute_tolerance": (math.inf, "a number of the gold's units from 0 on, such as 0.5"),
}
"""Of each tolerance what it has to be below, and what to write."""


@dataclass(frozen=True, kw_only=True)
class Policy(metaclass=Guided):
    r"""What `compare` accepts, and what it may spend.

    Args:
        digits: Significant digits from which a decimal is accepted for an exact gold that it
            rounds correctly (``0.333333`` for ``1/3``); at least 1. A gold that is itself a
            decimal is never matched by a coarser one.
        finer_decimals: Whether an answer that rounds to a decimal gold at the gold's last place
            is accepted however few digits the gold has (``0.3333`` for ``0.33``). Otherwise an
            exact form counts from three digits of the gold on, and a longer decimal from four.
        relative_tolerance: How far an answer may be from the gold, as a share of the gold: 0.01
            accepts ``9.9`` and ``10.1`` for ``10``; 0 accepts no error.
        absolute_tolerance: How far an answer may be from the gold, in the gold's own unit; 0
            accepts no error. The larger of the two tolerances counts. Both act alike on numbers,
            powers of ten, quantities, constants such as ``\sqrt{2}``, and elements of collections.
        units_optional: Whether the gold's unit may be left out, and whether a unit may be added
            where the gold has none. Another unit is never accepted.
        percent_optional: Whether ``50`` is accepted for the gold ``50%``.
        ordered_lists: Whether the order counts in lists without brackets (``1, 2``); sets have
            none, tuples always have one.
        deadline: Seconds of processor time that the symbolic rule may take for a pair.
        memory: MiB that a worker of the symbolic rule may take.
        max_length: Characters; longer answers are compared as text only.

    Raises:
        OptionError: A value is out of its range or of the wrong kind.

    Example:
        >>> from grpo_rewards import compare
        >>> bool(compare("1/3", "0.33")), bool(compare("1/3", "0.33", policy=Policy(digits=2)))
        (False, True)
    """

    digits: int = 6
    finer_decimals: bool = False
    relative_tolerance: float = 0.0
    absolute_tolerance: float = 0.0
    units_optional: bool = True
    percent_optional: bool = True
    ordered_lists: bool = False
    deadline: float = 2.0
    memory: int = 1024
    max_length: int = 4_000

    def __post_init__(self) -> None:
        for option in fields(self):
            value = getattr(self, option.name)
            if isinstance(option.default, bool):
                require_truth(option.name, value)
                continue
            if option.name in _TOLERANCES:
                self._require_tolerance(option.name, value)
                continue
            whole = isinstance(option.default, int)
            number = isinstance(value, int if whole else (int, float))
            if isinstance(value, bool) or not number or not 0 < value < math.inf:
                kind = "a positive whole number" if whole else "a positive number"
                raise OptionError(f"{option.name}={value!r}: write {kind}")

    @staticmethod
    def _require_tolerance(name: str, value: object) -> None:
        limit, remedy = _TOLERANCES[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < limit:
            raise OptionError(f"{name}={value!r}: write {remedy}")

    @property
    def tolerates(self) -> bool:
        """Whether any error is accepted."""
        return bool(self.relative_tolerance or self.absolute_tolerance)
