"""Puzzles drawn from seeds, each with a question and one solution: for tests, docs and training.

The same seed gives the same puzzle on every machine. Every puzzle can be solved, because a solution
is drawn first; whether it is the only one does not matter to the verifiers.
"""

from __future__ import annotations

from random import Random
from typing import Any

from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.puzzles.catalogue import kind_named
from grpo_rewards.puzzles.drawing import DRAWN, OPTIONS, Example
from grpo_rewards.requirements import require_whole

__all__ = ["Example", "countdown_rows", "generate"]

MAX_DRAWS = 1_000


def generate(kind: str, *, seed: int, **options: Any) -> Example:
    """A puzzle of a kind, drawn from a seed.

    Args:
        kind: A kind of `grpo_rewards.puzzles.KINDS`.
        seed: A whole number.
        **options: What the kind's generator takes: ``count``, ``largest`` and ``use_all`` for
            countdown; ``size`` and ``empty`` (how many cells) for sudoku and latin_square;
            ``size`` and ``given`` for n_queens; ``people`` for knights_knaves; ``houses`` for
            zebra; ``variables`` and ``clauses`` for sat; ``vertices`` and ``colors`` for
            graph_coloring; ``variables`` for entailment.

    Raises:
        OptionError: There is no such kind, or its generator has no such option or cannot draw a
            puzzle with it.

    Example:
        >>> example = generate("countdown", seed=1)
        >>> example.question
        'Use each of the numbers 1, 5 and 3 once, and +, -, *, /, to make 8.'
        >>> example.solution
        '(5 + 3) / 1'
    """
    kind_named(kind)
    require_whole("seed", seed, least=None)
    for option, (least, most) in OPTIONS[kind].items():
        require_whole(option, options.get(option, least), least=least, most=most)
    try:
        return DRAWN[kind](Random(f"{kind} {seed}"), **options)
    except TypeError as error:
        raise OptionError(
            f"{in_short(options)} are no options of a {kind} generator: {error}"
        ) from error


def countdown_rows(
    count: int, *, seed: int, numbers: int = 3, largest: int = 12, use_all: bool = True
) -> list[dict[str, Any]]:
    """Different rows of countdown puzzles, for a dataset.

    Args:
        count: How many.
        seed: A whole number; other seeds give other rows.
        numbers: How many numbers a puzzle gives.
        largest: The largest of them; targets go up to ten times as much.
        use_all: Whether every number has to be used.

    Returns:
        Rows with the columns ``question``, ``numbers``, ``target``, ``use_all`` and ``solution``
        (one expression, for a supervised warm-up). Reward them with
        ``CheckPuzzle(kind="countdown")``.

    Raises:
        OptionError: An option is out of its range, or there are too few different puzzles.

    Example:
        >>> rows = countdown_rows(2, seed=0)
        >>> rows[0]["numbers"], rows[0]["target"], rows[0]["solution"]
        ([8, 2, 1], 16, '1 * 8 * 2')
    """
    require_whole("seed", seed, least=None)
    require_whole("count", count)
    for option, value, bounds in (
        ("numbers", numbers, OPTIONS["countdown"]["count"]),
        ("largest", largest, OPTIONS["countdown"]["largest"]),
    ):
        require_whole(option, value, least=bounds[0], most=bounds[1])
    random = Random(f"countdown rows {seed}")
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for _ in range(MAX_DRAWS + 10 * count):
        example = DRAWN["countdown"](random, count=numbers, largest=largest, use_all=use_all)
        puzzle = example.puzzle
        rows.setdefault(
            (*sorted(puzzle["numbers"]), puzzle["target"]),
            {
                "question": example.question,
                "numbers": puzzle["numbers"],
                "target": puzzle["target"],
                "use_all": use_all,
                "solution": example.solution,
            },
        )
        if len(rows) == count:
            return list(rows.values())
    raise OptionError(
        f"count={count}: there are not as many different puzzles of {numbers} numbers up to "
        f"{largest}; raise numbers or largest"
    )
