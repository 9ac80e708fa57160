"""The names of the public rewards."""

from .answer import CheckAnswer, CheckNumbers, check_answer, check_numbers
from .choice import CheckChoice, check_choice
from .code import CheckCode, check_code
from .format import ApproximateFormat, ExactFormat, approximate_format, exact_format
from .language import LanguageConsistency
from .leak import AnswerLeak, answer_leak
from .length import CosineLength, LengthTarget, SoftOverlongPunishment
from .logic import CheckLogic, check_logic
from .math import math_rewards
from .puzzle import CheckPuzzle, check_puzzle
from .query import CheckQuery, check_query
from .repetition import RepetitionPenalty, repetition_penalty
from .structure import StepCount, TagCount, step_count, tag_count

__all__ = [
    "AnswerLeak",
    "ApproximateFormat",
    "CheckAnswer",
    "CheckChoice",
    "CheckCode",
    "CheckLogic",
    "CheckNumbers",
    "CheckPuzzle",
    "CheckQuery",
    "CosineLength",
    "ExactFormat",
    "LanguageConsistency",
    "LengthTarget",
    "RepetitionPenalty",
    "SoftOverlongPunishment",
    "StepCount",
    "TagCount",
    "answer_leak",
    "approximate_format",
    "check_answer",
    "check_choice",
    "check_code",
    "check_logic",
    "check_numbers",
    "check_puzzle",
    "check_query",
    "exact_format",
    "math_rewards",
    "repetition_penalty",
    "step_count",
    "tag_count",
]
