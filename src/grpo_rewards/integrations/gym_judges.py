"""Who judges an answer to each family of tasks of reasoning-gym 0.1.25, and how.

Its scorers were read one by one. Where one evaluates the answer as a program, can be made to run
without end, or pays for a wrong answer, ours judges; `OURS` says why. `THEIRS` are the rest.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import chain
from typing import Any

from grpo_rewards.answers import compare, exact_number
from grpo_rewards.errors import OptionError
from grpo_rewards.integrations.antiderivatives import is_antiderivative
from grpo_rewards.puzzles.grids import lines_of
from grpo_rewards.puzzles.kinds import verify
from grpo_rewards.puzzles.reading import Unreadable, plain
from grpo_rewards.rewards.tiers import Finding

__all__ = ["OURS", "THEIRS", "Judgement", "Task", "dataset", "judge_task", "package"]

MAX_LENGTH = 10_000
"""Longer answers (characters) are not handed to a scorer of reasoning-gym."""
FULL_SCORE = 1.0
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Task:
    """One item of reasoning-gym, as a row states it."""

    family: str
    answer: str
    metadata: Mapping[str, Any]
    config: str = "{}"
    """The family's configuration, as JSON."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is found of an answer, why, and what a scorer of reasoning-gym gave it."""

    found: Finding
    reason: str
    score: float | None = None


# Ours -----------------------------------------------------------------------------------------


def _by_rules(puzzle: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> _Judge:
    def judge(task: Task, answer: str) -> Judgement:
        reason = verify(puzzle(task.metadata), answer)
        return Judgement("wrong", reason) if reason else Judgement("correct", "it breaks no rule")

    return judge


def _by_comparison(task: Task, answer: str) -> Judgement:
    verdict = compare(task.answer, _unfenced(answer))
    found: Finding = "undecided" if verdict.equal is None else "correct" if verdict else "wrong"
    return Judgement(found, verdict.reason)


def _by_solutions(task: Task, answer: str) -> Judgement:
    if task.answer.strip():
        return _by_comparison(task, answer)
    none = re.fullmatch(r"[\s\"'.()\[\]{}]*|(?i:none|no (?:real )?solutions?)\.?", answer.strip())
    return _equal(bool(none), "there are no real solutions")


def _by_derivative(task: Task, answer: str) -> Judgement:
    verdict = is_antiderivative(
        _unfenced(answer), str(task.metadata["integrand"]), str(task.metadata["variable"])
    )
    found: Finding = "undecided" if verdict.equal is None else "correct" if verdict else "wrong"
    return Judgement(found, f"its derivative is {'' if verdict else 'not '}the integrand")


def _by_share(task: Task, answer: str) -> Judgement:
    """Within a ten-thousandth of the gold: the gold is rounded to ten digits."""
    gold, number = exact_number(task.answer), exact_number(_unfenced(answer))
    near = gold is not None and number is not None and abs(number - gold) <= abs(gold) / 10_000
    return _equal(near, f"the gold is {task.answer}")


def _by_numbers(task: Task, answer: str) -> Judgement:
    """The same numbers in the same order, in whatever brackets, quotes and rows."""
    gold, numbers = (list(chain.from_iterable(_rows(text))) for text in (task.answer, answer))
    return _equal(gold == numbers, "of the gold's numbers")


def _by_cells(task: Task, answer: str) -> Judgement:
    return _equal(_rows(task.answer) == _rows(answer), "of the gold's cells")


def _by_text(task: Task, answer: str) -> Judgement:
    return _equal(_bare(task.answer) == _bare(answer), f"the gold is {task.answer[:80]}")


def _by_words(task: Task, answer: str) -> Judgement:
    same = _bare(task.answer).casefold() == _bare(answer).casefold()
    return _equal(same, f"the gold is {task.answer[:80]}")


def _by_lowest_terms(task: Task, answer: str) -> Judgement:
    try:
        fraction = _FRACTION.fullmatch(plain(answer).rstrip(" ."))
    except Unreadable:
        fraction = None
    gold = tuple(task.metadata[f"simplified_{part}"] for part in ("numerator", "denominator"))
    same = fraction is not None and gold == tuple(int(part) for part in fraction.groups() if part)
    return _equal(same, f"in lowest terms it is {gold[0]}/{gold[1]}")


_FRACTION = re.compile(
    r"\\[dt]?frac\s?\{\s?(\d{1,20})\s?\}\s?\{\s?(\d{1,20})\s?\}|(\d{1,20})\s?/\s?(\d{1,20})"
)


def _equal(same: bool, about: str) -> Judgement:  # noqa: FBT001 (what was found, not an option)
    return (
        Judgement("correct", f"equal: {about}")
        if same
        else Judgement("wrong", f"not equal: {about}")
    )


def _rows(text: str) -> list[list[Any]]:
    try:
        rows = [line.split() for line in lines_of(text)]
    except Unreadable:
        return []
    return [[exact_number(cell) if len(cell) < 40 else cell for cell in row] for row in rows]


def _unfenced(text: str) -> str:
    return re.sub(r"```[a-z]*\n?", " ", text).strip()


def _bare(text: str) -> str:
    try:
        text = plain(text)
    except Unreadable:
        return ""
    return " ".join(text.removesuffix(".").split())


_Judge = Callable[[Task, str], Judgement]


@dataclass(frozen=True, slots=True)
class Ours:
    """How we judge a family, and why not by reasoning-gym's scorer."""

    judge: _Judge
    why: str


EVALUATES = "its scorer calls eval() on the answer"
PARSES = "its scorer calls sympy's parse_expr on the answer, which evaluates it"
PAYS_PARTS = "its scorer pays for the gold anywhere in a longer text"
EXACT_TEXT = "its scorer knows one spelling of a number"

_COUNTDOWN = _by_rules(lambda data: {"kind": "countdown", **_some(data, "numbers", "target")})
_PUZZLE24 = _by_rules(lambda data: {"kind": "countdown", "numbers": data["numbers"], "target": 24})
_SUDOKU = _by_rules(lambda data: {"kind": "sudoku", "grid": data["puzzle"]})
_QUEENS = _by_rules(lambda data: {"kind": "n_queens", "board": data["puzzle"]})
_ENTAILMENT = _by_rules(lambda data: {"kind": "entailment", **_some(data, "premises", "variables")})
_FUTOSHIKI = _by_rules(
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
_KNIGHTS = _by_rules(
    lambda data: {
        "kind": "knights_knaves",
        "names": data["names"],
        "statements": data["statements"],
        "roles": [data["knight_knave_terms"][role] for role in ("knight", "knave")],
    }
)
_COLORING = _by_rules(
    lambda data: {
        "kind": "graph_coloring",
        **_some(data["puzzle"], "vertices", "edges"),
        "colors": data["puzzle"]["color_options"],
    }
)


def _some(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names}


OURS: dict[str, Ours] = {
    "binary_matrix": Ours(_by_cells, EVALUATES),
    "coin_flip": Ours(_by_share, "its scorer expands 1e999999999, and takes 0 for what is small"),
    "complex_arithmetic": Ours(_by_comparison, "its scorer pays the answer nan in full"),
    "countdown": Ours(_COUNTDOWN, PARSES),
    "figlet_font": Ours(_by_words, "its scorer pays ten letters of a longer word in full"),
    "fraction_simplification": Ours(
        _by_lowest_terms, "its scorer overlooks what stands behind the first fraction"
    ),
    "futoshiki": Ours(_FUTOSHIKI, "its scorer pays for each cell, and for one spelling in full"),
    "game_of_life": Ours(_by_cells, "its scorer overlooks cells that are too many"),
    "game_of_life_halting": Ours(_by_words, "its scorer pays every answer in full"),
    "graph_color": Ours(_COLORING, "its scorer reads JSON alone"),
    "gsm_symbolic": Ours(_by_comparison, "its scorer takes the first of several numbers"),
    "intermediate_integration": Ours(_by_derivative, PARSES),
    "knights_knaves": Ours(_KNIGHTS, "its scorer reads one wording, and passes over odd words"),
    "letter_jumble": Ours(_by_words, "its scorer overlooks words that are too many"),
    "manipulate_matrix": Ours(_by_cells, PAYS_PARTS),
    "mini_sudoku": Ours(_SUDOKU, "its scorer pays for each cell, and for one spelling in full"),
    "n_queens": Ours(_QUEENS, EVALUATES),
    "number_format": Ours(_by_comparison, "its scorer takes numbers that are off by up to 0.01"),
    "number_sorting": Ours(_by_numbers, "its scorer takes numbers that are off by up to 1"),
    "polynomial_equations": Ours(_by_solutions, "its scorer pays any words where the gold is none"),
    "polynomial_multiplication": Ours(_by_comparison, PARSES),
    "propositional_logic": Ours(_ENTAILMENT, "its scorer tries 2^n rows for names not in the task"),
    "puzzle24": Ours(_PUZZLE24, f"{PARSES}; and it takes any four numbers"),
    "simple_integration": Ours(_by_derivative, PARSES),
    "spell_backward": Ours(_by_words, "its scorer overlooks letters that are too many"),
    "spiral_matrix": Ours(_by_numbers, EVALUATES),
    "string_insertion": Ours(_by_text, EVALUATES),
    "sudoku": Ours(_SUDOKU, "its scorer pays for each cell, and for one spelling in full"),
    **{
        family: Ours(_by_comparison, PAYS_PARTS)
        for family in (
            "aiw basic_arithmetic binary_alternation chain_sum count_bits count_primes gcd "
            "largest_island lcm leg_counting letter_counting maze number_sequence products "
            "rotten_oranges simple_equations simple_geometry"
        ).split()
    },
    **{
        family: Ours(_by_comparison, EXACT_TEXT)
        for family in ("decimal_chain_sum", "rectangle_count", "self_reference")
    },
    **{
        family: Ours(_by_numbers, PAYS_PARTS)
        for family in ("list_functions", "number_filtering", "string_splitting", "string_synthesis")
    },
    **{family: Ours(_by_cells, PAYS_PARTS) for family in ("arc_1d", "rotate_matrix")},
    **{
        family: Ours(_by_text, PAYS_PARTS)
        for family in (
            "bf caesar_cipher modulo_grid string_manipulation word_sequence_reversal"
        ).split()
    },
    **{
        family: Ours(_by_words, PAYS_PARTS)
        for family in (
            "acre base_conversion course_schedule isomorphic_strings mahjong_puzzle ransom_note "
            "syllogism"
        ).split()
    },
}
"""The families that we judge ourselves, and why."""

# Theirs ---------------------------------------------------------------------------------------

THEIRS = frozenset(
    (
        "ab advanced_geometry arc_agi bitwise_arithmetic boxnet calendar_arithmetic circuit_logic "
        "codeio color_cube_rotation cryptarithm decimal_arithmetic dice emoji_mystery "
        "family_relationships group_anagrams jugs kakurasu knight_swap "
        "needle_haystack palindrome_generation palindrome_partitioning path_star "
        "pool_matrix power_function prime_factorization quantum_lock rearc rubiks_cube rush_hour "
        "sentence_reordering shortest_path sokoban survo time_intervals "
        "tower_of_hanoi tsumego word_ladder word_sorting zebra_puzzles"
    ).split()
)
"""The families whose scorers were read and found to do nothing with an answer but read it."""

# An answer that does not look so is wrong, and its scorer does not see it.
_SHAPES = {
    # It would write out R999999999 as as many moves.
    "rubiks_cube": re.compile(r"\s*(?:[A-Za-z']{1,3}[1-3]?'?(?:\s+|$)){0,300}"),
}


def judge_task(task: Task, answer: str, *, trusted: frozenset[str] = frozenset()) -> Judgement:
    """What is found of an answer to a task."""
    ours = OURS.get(task.family)
    if ours is not None:
        return ours.judge(task, answer)
    if task.family not in THEIRS and task.family not in trusted:
        raise OptionError(
            f"family={task.family!r:.80}: its scorer was not read, and may run what a model "
            f"writes; read it, and then write trusted=({task.family!r:.80},)"
        )
    shape = _SHAPES.get(task.family)
    if len(answer) > MAX_LENGTH or (shape and not shape.fullmatch(answer)):
        return Judgement("wrong", f"it is no answer to a task of {task.family}", 0.0)
    return _by_theirs(task, answer)


def _by_theirs(task: Task, answer: str) -> Judgement:
    score = _score(task, answer)
    if isinstance(score, float):
        reason = f"reasoning-gym's scorer gives it {score:.4g}"
        # A score above 1.0, as calendar_arithmetic's below a negative gold, is a fault of its own.
        full = abs(score - FULL_SCORE) < TOLERANCE
        return Judgement("correct" if full else "wrong", reason, score)
    if task.answer and not isinstance(_score(task, task.answer), float):
        # The row is at fault, not the model.
        warnings.warn(
            f"reasoning-gym's scorer of {task.family} raises {score} on the row's own answer; "
            "the row is not judged",
            RuntimeWarning,
            stacklevel=2,
        )
        return Judgement("no opinion", f"the scorer of {task.family} raises {score}")
    # No opinion would spare a model that writes what breaks a scorer.
    return Judgement("undecided", f"the scorer of {task.family} raises {score}")


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
            f"family={family!r:.80}: write one of {', '.join(families)}; several are one dataset "
            "when their rows are put in one list"
        )
    options = json.loads(config)
    try:
        return gym.create_dataset(family, size=size, seed=seed, **options)
    except (TypeError, ValueError, AssertionError) as error:
        raise OptionError(f"{options!r:.80} does not configure {family}: {error}") from error
