"""The names of the public rewards."""

from .answer import CheckAnswer, CheckNumbers, check_answer, check_numbers
from .choice import CheckChoice, check_choice
from .code import CheckCode, check_code
from .conversation import (
    AnswerTurn,
    RepeatedCalls,
    ToolCallCount,
    ToolErrors,
    repeated_calls,
    tool_errors,
)
from .environments import FromEnvironment
from .format import ApproximateFormat, ExactFormat, approximate_format, exact_format
from .function import CheckFunction, check_function
from .group import GroupDiversity, GroupLength, GroupRank
from .honesty import Abstention, abstention
from .instructions import CheckInstructions, check_instructions
from .judge import ModelJudge
from .judge_styles import JudgeStyle
from .language import LanguageConsistency
from .leak import AnswerLeak, answer_leak
from .length import CosineLength, LengthTarget, SoftOverlongPunishment
from .logic import CheckLogic, check_logic
from .math import math_rewards
from .molecule import CheckMolecule
from .puzzle import CheckPuzzle, check_puzzle
from .query import CheckQuery, check_query
from .quotes import CheckQuotes, check_quotes
from .repetition import RepetitionPenalty, repetition_penalty
from .schema import CheckSchema
from .structure import StepCount, TagCount, step_count, tag_count
from .text import CheckText, check_text
from .tools import CheckToolCalls, check_tool_calls

__all__ = [
    "Abstention",
    "AnswerLeak",
    "AnswerTurn",
    "ApproximateFormat",
    "CheckAnswer",
    "CheckChoice",
    "CheckCode",
    "CheckFunction",
    "CheckInstructions",
    "CheckLogic",
    "CheckMolecule",
    "CheckNumbers",
    "CheckPuzzle",
    "CheckQuery",
    "CheckQuotes",
    "CheckSchema",
    "CheckText",
    "CheckToolCalls",
    "CosineLength",
    "ExactFormat",
    "FromEnvironment",
    "GroupDiversity",
    "GroupLength",
    "GroupRank",
    "JudgeStyle",
    "LanguageConsistency",
    "LengthTarget",
    "ModelJudge",
    "RepeatedCalls",
    "RepetitionPenalty",
    "SoftOverlongPunishment",
    "StepCount",
    "TagCount",
    "ToolCallCount",
    "ToolErrors",
    "abstention",
    "answer_leak",
    "approximate_format",
    "check_answer",
    "check_choice",
    "check_code",
    "check_function",
    "check_instructions",
    "check_logic",
    "check_numbers",
    "check_puzzle",
    "check_query",
    "check_quotes",
    "check_text",
    "check_tool_calls",
    "exact_format",
    "math_rewards",
    "repeated_calls",
    "repetition_penalty",
    "step_count",
    "tag_count",
    "tool_errors",
]
