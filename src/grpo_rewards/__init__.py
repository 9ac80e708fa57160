"""Deterministic, explainable reward functions for training reasoning models with GRPO.

>>> from grpo_rewards import check_answer, exact_format
>>> completion = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
>>> exact_format([completion]), check_answer([completion], answer=["42"])
([3.0], [5.0])
"""

from __future__ import annotations

from grpo_rewards.answers import Policy, Verdict, compare, compare_many
from grpo_rewards.batch import Batch, Outcome
from grpo_rewards.completions import completion_text
from grpo_rewards.compose import all_of, any_of
from grpo_rewards.errors import ColumnError, CompletionError, OptionError, ScoreError
from grpo_rewards.formats import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    Response,
    ResponseFormat,
)
from grpo_rewards.functions import as_reward, reward
from grpo_rewards.reward import Reward
from grpo_rewards.rewards.answer import CheckAnswer, CheckNumbers, check_answer, check_numbers
from grpo_rewards.rewards.choice import CheckChoice, check_choice
from grpo_rewards.rewards.code import CheckCode, check_code
from grpo_rewards.rewards.format import (
    ApproximateFormat,
    ExactFormat,
    approximate_format,
    exact_format,
)
from grpo_rewards.rewards.language import LanguageConsistency
from grpo_rewards.rewards.leak import AnswerLeak, answer_leak
from grpo_rewards.rewards.length import CosineLength, LengthTarget, SoftOverlongPunishment
from grpo_rewards.rewards.logic import CheckLogic, check_logic
from grpo_rewards.rewards.math import math_rewards
from grpo_rewards.rewards.puzzle import CheckPuzzle, check_puzzle
from grpo_rewards.rewards.repetition import RepetitionPenalty, repetition_penalty
from grpo_rewards.rewards.structure import StepCount, TagCount, step_count, tag_count

__all__ = [
    "BOXED",
    "FREEFORM",
    "HASHES",
    "THINK_ANSWER",
    "THINK_BOXED",
    "WORKING_OUT",
    "AnswerLeak",
    "ApproximateFormat",
    "Batch",
    "CheckAnswer",
    "CheckChoice",
    "CheckCode",
    "CheckLogic",
    "CheckNumbers",
    "CheckPuzzle",
    "ColumnError",
    "CompletionError",
    "CosineLength",
    "ExactFormat",
    "LanguageConsistency",
    "LengthTarget",
    "OptionError",
    "Outcome",
    "Policy",
    "RepetitionPenalty",
    "Response",
    "ResponseFormat",
    "Reward",
    "ScoreError",
    "SoftOverlongPunishment",
    "StepCount",
    "TagCount",
    "Verdict",
    "all_of",
    "answer_leak",
    "any_of",
    "approximate_format",
    "as_reward",
    "check_answer",
    "check_choice",
    "check_code",
    "check_logic",
    "check_numbers",
    "check_puzzle",
    "compare",
    "compare_many",
    "completion_text",
    "exact_format",
    "math_rewards",
    "repetition_penalty",
    "reward",
    "step_count",
    "tag_count",
]
