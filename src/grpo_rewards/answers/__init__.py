"""Whether two answers are equal: an engine that knows nothing of rewards, trainers or formats.

>>> from grpo_rewards.answers import compare
>>> bool(compare("1,234", "1234"))
True
"""

from __future__ import annotations

from grpo_rewards.answers.numbers import exact_number, numbers_in
from grpo_rewards.answers.policy import Policy
from grpo_rewards.answers.verdicts import Verdict, compare, compare_many

__all__ = ["Policy", "Verdict", "compare", "compare_many", "exact_number", "numbers_in"]
