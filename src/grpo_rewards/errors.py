"""The exceptions a user can meet. Text written by a model never causes one."""

from __future__ import annotations

__all__ = ["ColumnError", "CompletionError", "OptionError", "ScoreError"]


class OptionError(ValueError):
    """An option of a format, a reward or a policy that cannot work."""


class ColumnError(ValueError):
    """A dataset column that is missing, or holds something a reward cannot read."""


class CompletionError(TypeError):
    """A batch that no trainer would hand over, such as one string in place of a list of them."""


class ScoreError(ValueError):
    """What a function of the user's returned is no score, or not one score a completion."""
