"""Who judges an answer to each family of tasks of reasoning-gym 0.1.25, and how.

Its scorers were read one by one. Where one evaluates the answer as a program, can be made to run
without end, or pays for a wrong answer, ours judges; `OURS` says why. `THEIRS` are the rest.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.integrations.gym_comparisons import (
    MAX_LENGTH,
    Judge,
    Judgement,
    Task,
    by_base,
    by_cells,
    by_comparison,
    by_derivative,
    by_duration,
    by_factors,
    by_fraction,
    by_items,
    by_numbers,
    by_rounding,
    by_rules,
    by_significant_digits,
    by_solutions,
    by_text,
    by_tokens,
    by_words,
)
from grpo_rewards.puzzles.leads import from_json
from grpo_rewards.puzzles.solutions import unwrapped

__all__ = ["OURS", "THEIRS", "Judgement", "Task", "dataset", "judge_task", "package"]

FULL_SCORE = 1.0
TOLERANCE = 1e-9

# Ours -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ours:
    """How we judge a family, and why not by reasoning-gym's scorer."""

    judge: Judge
    why: str


EVALUATES = "its scorer calls eval() on the answer"
PARSES = "its scorer calls sympy's parse_expr on the answer, which evaluates it"
PAYS_PARTS = "its scorer pays for the gold anywhere in a longer text"
EXACT_TEXT = "its scorer knows one spelling of an answer"
PASSES_OVER = "its scorer passes over what is too much"

_COUNTDOWN = by_rules(lambda data: {"kind": "countdown", **_some(data, "numbers", "target")})
_PUZZLE24 = by_rules(lambda data: {"kind": "countdown", "numbers": data["numbers"], "target": 24})
_SUDOKU = by_rules(lambda data: {"kind": "sudoku", "grid": data["puzzle"]})
_QUEENS = by_rules(lambda data: {"kind": "n_queens", "board": data["puzzle"]})
_CONCLUSION = by_rules(lambda data: {"kind": "entailment", **_some(data, "premises", "variables")})
_FUTOSHIKI = by_rules(
    lambda data: {
        "kind": "latin_square",
        "grid": data["puzzle"],
        "less": [
            [[r1 + 1, c1 + 1], [r2 + 1, c2 + 1]]
            if sign == "<"
            else [[r2 + 1, c2 + 1], [r1 + 1, c1 + 1]]
            for r1, c1, r2, c2, sign in data["constraints"]
        ],
    }
)
_KNIGHTS = by_rules(
    lambda data: {
        "kind": "knights_knaves",
        "names": data["names"],
        "statements": data["statements"],
        "roles": [data["knight_knave_terms"][role] for role in ("knight", "knave")],
    }
)
_COLORING = by_rules(
    lambda data: {
        "kind": "graph_coloring",
        **_some(data["puzzle"], "vertices", "edges"),
        "colors": data["puzzle"]["color_options"],
    }
)


def _some(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names}


def _entailment(task: Task, answer: str) -> Judgement:
    """By the rules, and the row's own conclusion, which may be one of its premises."""
    own = str(task.metadata.get("example_answer") or "").strip()
    if own and unwrapped(answer).removesuffix(".").strip() == own and own in _premises(task):
        return Judgement("correct", "it is the row's own conclusion")
    return _CONCLUSION(task, answer)


def _premises(task: Task) -> list[str]:
    return [str(premise).strip() for premise in task.metadata["premises"]]


OURS: dict[str, Ours] = {
    "base_conversion": Ours(by_base, PAYS_PARTS),
    "binary_matrix": Ours(by_cells, EVALUATES),
    "calendar_arithmetic": Ours(
        by_comparison, "its scorer pays any larger number where the gold is negative"
    ),
    "circuit_logic": Ours(by_comparison, EXACT_TEXT),
    "ab": Ours(by_tokens, EXACT_TEXT),
    "coin_flip": Ours(
        by_rounding(10), "its scorer expands 1e999999999, and takes what is off by up to 0.0001"
    ),
    "complex_arithmetic": Ours(by_comparison, "its scorer pays the answer nan in full"),
    "countdown": Ours(_COUNTDOWN, PARSES),
    "decimal_arithmetic": Ours(
        by_rounding(12, "precision"), "its scorer takes what is off in the last places of the task"
    ),
    "dice": Ours(by_fraction, EXACT_TEXT),
    "figlet_font": Ours(by_words, "its scorer pays ten letters of a longer word in full"),
    "fraction_simplification": Ours(
        by_fraction, "its scorer overlooks what stands behind the first fraction"
    ),
    "futoshiki": Ours(_FUTOSHIKI, "its scorer pays for each cell, and for one spelling in full"),
    "game_of_life": Ours(by_cells, "its scorer overlooks cells that are too many"),
    "game_of_life_halting": Ours(by_words, "its scorer pays every answer in full"),
    "graph_color": Ours(_COLORING, "its scorer reads JSON alone"),
    "gsm_symbolic": Ours(by_comparison, "its scorer takes the first of several numbers"),
    "intermediate_integration": Ours(by_derivative, PARSES),
    "knights_knaves": Ours(_KNIGHTS, "its scorer reads one wording, and passes over odd words"),
    "letter_jumble": Ours(by_words, "its scorer overlooks words that are too many"),
    "manipulate_matrix": Ours(by_cells, PAYS_PARTS),
    "mini_sudoku": Ours(_SUDOKU, "its scorer pays for each cell, and for one spelling in full"),
    "n_queens": Ours(_QUEENS, EVALUATES),
    "number_format": Ours(by_comparison, "its scorer takes numbers that are off by up to 0.01"),
    "number_sorting": Ours(by_numbers, "its scorer takes numbers that are off by up to 1"),
    "polynomial_equations": Ours(by_solutions, "its scorer pays any words where the gold is none"),
    "polynomial_multiplication": Ours(by_comparison, PARSES),
    "power_function": Ours(by_significant_digits, EXACT_TEXT),
    "prime_factorization": Ours(by_factors, EXACT_TEXT),
    "propositional_logic": Ours(
        _entailment, "its scorer pays a premise for a conclusion, and tries 2^n rows for more names"
    ),
    "puzzle24": Ours(_PUZZLE24, f"{PARSES}; and it takes any four numbers"),
    "simple_integration": Ours(by_derivative, PARSES),
    "spell_backward": Ours(by_words, "its scorer overlooks letters that are too many"),
    "spiral_matrix": Ours(by_numbers, EVALUATES),
    "string_insertion": Ours(by_text, EVALUATES),
    "sudoku": Ours(_SUDOKU, "its scorer pays for each cell, and for one spelling in full"),
    "survo": Ours(by_cells, PASSES_OVER),
    "time_intervals": Ours(by_duration, PASSES_OVER),
    "word_sequence_reversal": Ours(by_items, PAYS_PARTS),
    "word_sorting": Ours(by_items, PASSES_OVER),
    **{
        family: Ours(by_comparison, PAYS_PARTS)
        for family in (
            "aiw basic_arithmetic binary_alternation chain_sum count_bits count_primes gcd "
            "largest_island lcm leg_counting letter_counting maze number_sequence products "
            "rotten_oranges simple_equations simple_geometry"
        ).split()
    },
    **{
        family: Ours(by_comparison, EXACT_TEXT)
        for family in ("decimal_chain_sum", "rectangle_count", "self_reference")
    },
    **{
        family: Ours(by_numbers, PAYS_PARTS)
        for family in ("list_functions", "number_filtering", "string_splitting", "string_synthesis")
    },
    **{family: Ours(by_cells, PAYS_PARTS) for family in ("arc_1d", "rotate_matrix")},
    **{
        family: Ours(by_text, PAYS_PARTS)
        for family in ("bf caesar_cipher modulo_grid string_manipulation").split()
    },
    **{
        family: Ours(by_words, PAYS_PARTS)
        for family in (
            "acre course_schedule isomorphic_strings mahjong_puzzle ransom_note syllogism"
        ).split()
    },
}
"""The families that we judge ourselves, and why."""

# Theirs ---------------------------------------------------------------------------------------

THEIRS = frozenset(
    (
        "advanced_geometry arc_agi bitwise_arithmetic boxnet codeio color_cube_rotation "
        "cryptarithm emoji_mystery family_relationships group_anagrams jugs "
        "kakurasu knight_swap needle_haystack palindrome_generation palindrome_partitioning "
        "path_star pool_matrix quantum_lock rearc rubiks_cube rush_hour sentence_reordering "
        "shortest_path sokoban tower_of_hanoi tsumego word_ladder zebra_puzzles"
    ).split()
)
"""The families whose scorers were read and found to do nothing with an answer but read it."""

# An answer that does not look so is wrong, and its scorer does not see it.
_SHAPES = {
    # It takes the first numbers of several.
    "advanced_geometry": re.compile(r"[-+\d./]+\s?°?|\(?\s*[-+\d./]+\s*,\s*[-+\d./]+\s*\)?"),
    # These pass over everything else.
    "kakurasu": re.compile(r"[01\s,;|\[\]]*"),
    "quantum_lock": re.compile(r"[A-Ca-c\s,→>-]*"),
    "sokoban": re.compile(r"[UDLR\s]*"),
    # It would write out R999999999 as as many moves.
    "rubiks_cube": re.compile(r"\s*(?:[A-Za-z']{1,3}[1-3]?'?(?:\s+|$)){0,300}"),
}


def judge_task(task: Task, answer: str, *, trusted: frozenset[str] = frozenset()) -> Judgement:
    """What is found of an answer to a task."""
    if len(answer) > MAX_LENGTH:
        return Judgement("wrong", f"the answer is longer than {MAX_LENGTH} characters", 0.0)
    ours = OURS.get(task.family)
    if ours is not None:
        return ours.judge(task, answer)
    if task.family not in THEIRS and task.family not in trusted:
        raise OptionError(
            f"family={in_short(task.family)}: its scorer was not read, and may run what a model "
            f"writes; read it, and then write trusted=({in_short(task.family)},)"
        )
    return _by_theirs(task, answer)


def _by_theirs(task: Task, answer: str) -> Judgement:
    shape = _SHAPES.get(task.family)
    texts = [text for text in _texts(answer) if shape is None or shape.fullmatch(text)]
    if not texts:
        return Judgement("wrong", f"it is no answer to a task of {task.family}", 0.0)
    found = [_score(task, text) for text in texts]
    scores = [score for score in found if isinstance(score, float)]
    if scores:
        # A score above 1.0 is a fault of its own.
        full = any(abs(score - FULL_SCORE) < TOLERANCE for score in scores)
        score = FULL_SCORE if full else max(scores)
        reason = f"reasoning-gym's scorer gives it {score:.4g}"
        return Judgement("correct" if full else "wrong", reason, score)
    if task.answer and not isinstance(_score(task, task.answer), float):
        # The row is at fault, not the model.
        warnings.warn(
            f"reasoning-gym's scorer of {task.family} raises {found[0]} on the row's own answer; "
            "the row is not judged",
            RuntimeWarning,
            stacklevel=2,
        )
        return Judgement("no opinion", f"the scorer of {task.family} raises {found[0]}")
    # No opinion would spare a model that writes what breaks a scorer.
    return Judgement("undecided", f"the scorer of {task.family} raises {found[0]}")


def _texts(answer: str) -> list[str]:
    """An answer, and what it is without what says nothing: its scorers compare texts."""
    bare = unwrapped(answer)
    texts = [
        answer,
        bare,
        bare.removesuffix("."),
        re.sub(r"\s?(?:degrees|\^\{?\\circ\}?)$", "", bare),
    ]
    value = from_json(bare)
    if isinstance(value, list | dict):  # with Python's quotes
        texts.append(json.dumps(value))
    return list(dict.fromkeys(texts))


def _score(task: Task, answer: str) -> float | str:
    """What the family's scorer gives an answer, or the name of what it raises."""
    metadata = dict(task.metadata)
    if task.family in ("arc_agi", "rearc"):  # which compares with tuples
        metadata["output"] = tuple(map(tuple, metadata["output"]))
    entry = {"question": "", "answer": task.answer, "metadata": metadata}
    scorer = _scorer(task.family, task.config)
    try:
        return float(scorer.score_answer(answer, entry))
    except Exception as error:  # noqa: BLE001 (another package's code, run on a model's text)
        return type(error).__name__


def package() -> Any:
    """The package reasoning_gym.

    Raises:
        OptionError: It is not installed.
    """
    try:
        return import_module("reasoning_gym")
    except ImportError as error:
        raise OptionError(
            "the package reasoning-gym is missing; install it with "
            "pip install 'grpo-rewards[reasoning-gym]'"
        ) from error


@lru_cache(maxsize=256)
def _scorer(family: str, config: str) -> Any:
    return dataset(family, config)


def dataset(family: str, config: str, *, size: int = 1, seed: int = 0) -> Any:
    """A dataset of a family, whose configuration is JSON.

    Raises:
        OptionError: There is no such family, or it has no such option.
    """
    gym = package()
    families = sorted(gym.factory.DATASETS)
    if family not in families or family == "composite":
        raise OptionError(
            f"family={in_short(family)}: write one of {', '.join(families)}; several are one "
            "dataset when their rows are put in one list"
        )
    options = json.loads(config)
    try:
        return gym.create_dataset(family, size=size, seed=seed, **options)
    except (TypeError, ValueError, AssertionError) as error:
        raise OptionError(f"{in_short(options)} does not configure {family}: {error}") from error
