"""The few choices about equality that are really the user's."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from grpo_rewards.errors import OptionError

__all__ = ["Policy"]


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What `compare` accepts, and what it may spend.

    Args:
        digits: Significant digits from which a decimal is accepted for an exact gold that it
            rounds correctly (``0.333333`` for ``1/3``); at least 1.
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
                if not isinstance(value, bool):
                    raise OptionError(f"{option.name}={value!r}: write True or False")
                continue
            whole = isinstance(option.default, int)
            number = isinstance(value, int if whole else (int, float))
            if isinstance(value, bool) or not number or not 0 < value < math.inf:
                kind = "a positive whole number" if whole else "a positive number"
                raise OptionError(f"{option.name}={value!r}: write {kind}")
