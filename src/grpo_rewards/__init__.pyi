"""The public names. What a name needs is loaded when the name is first asked for."""

from .answers import Policy, Verdict, compare, compare_many
from .core.base import Reward
from .core.batch import Batch, Outcome
from .core.call_limits import CallLimits
from .core.extremes import all_of, any_of
from .core.functions import as_reward, reward
from .core.routing import by_column
from .errors import ColumnError, CompletionError, OptionError, RewardWarning, ScoreError
from .responses.completions import completion_text
from .responses.layouts import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    Response,
    ResponseFormat,
)
from .rewards.answer import CheckAnswer, CheckNumbers, check_answer, check_numbers
from .rewards.choice import CheckChoice, check_choice
from .rewards.code import CheckCode, check_code
from .rewards.conversation import (
    AnswerTurn,
    RepeatedCalls,
    ToolCallCount,
    ToolErrors,
    repeated_calls,
    tool_errors,
)
from .rewards.environments import FromEnvironment
from .rewards.format import (
    ApproximateFormat,
    ExactFormat,
    approximate_format,
    exact_format,
)
from .rewards.function import CheckFunction, check_function
from .rewards.group import GroupDiversity, GroupLength, GroupRank
from .rewards.honesty import Abstention, abstention
from .rewards.instructions import CheckInstructions, check_instructions
from .rewards.judge import ModelJudge
from .rewards.judge_styles import JudgeStyle
from .rewards.language import LanguageConsistency
from .rewards.leak import AnswerLeak, answer_leak
from .rewards.length import CosineLength, LengthTarget, SoftOverlongPunishment
from .rewards.logic import CheckLogic, check_logic
from .rewards.math import math_rewards
from .rewards.molecule import CheckMolecule
from .rewards.puzzle import CheckPuzzle, check_puzzle
from .rewards.query import CheckQuery, check_query
from .rewards.quotes import CheckQuotes, check_quotes
from .rewards.repetition import RepetitionPenalty, repetition_penalty
from .rewards.schema import CheckSchema
from .rewards.structure import StepCount, TagCount, step_count, tag_count
from .rewards.text import CheckText, check_text
from .rewards.tools import CheckToolCalls, check_tool_calls

__version__: str

__all__ = [
    "BOXED",
    "FREEFORM",
    "HASHES",
    "THINK_ANSWER",
    "THINK_BOXED",
    "WORKING_OUT",
    "Abstention",
    "AnswerLeak",
    "AnswerTurn",
    "ApproximateFormat",
    "Batch",
    "CallLimits",
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
    "ColumnError",
    "CompletionError",
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
    "OptionError",
    "Outcome",
    "Policy",
    "RepeatedCalls",
    "RepetitionPenalty",
    "Response",
    "ResponseFormat",
    "Reward",
    "RewardWarning",
    "ScoreError",
    "SoftOverlongPunishment",
    "StepCount",
    "TagCount",
    "ToolCallCount",
    "ToolErrors",
    "Verdict",
    "abstention",
    "all_of",
    "answer_leak",
    "any_of",
    "approximate_format",
    "as_reward",
    "by_column",
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
    "compare",
    "compare_many",
    "completion_text",
    "exact_format",
    "math_rewards",
    "repeated_calls",
    "repetition_penalty",
    "reward",
    "step_count",
    "tag_count",
    "tool_errors",
]
