"""The contract of a reward function: what every trainer relies on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.testing.calls import SHAPES, RewardFunction, Rows, require_shapes, write
from grpo_rewards.testing.clauses import CLAUSES
from grpo_rewards.testing.trial import ContractError, Trial, readable_shape

__all__ = ["CLAUSES", "ContractError", "assert_reward_contract"]

REASONING = "I write down what is given and do the arithmetic."
LONGEST_ANSWER = 200
"""Longer column values (characters) are not tried as answers."""


def assert_reward_contract(
    reward: RewardFunction,
    /,
    *,
    completions: Sequence[str] | None = None,
    shapes: Sequence[str] = tuple(SHAPES),
    without: Sequence[str] = (),
    **columns: Sequence[Any],
) -> None:
    """Raise unless a reward function is one that every trainer can use.

    The clauses, in the order in which they are checked:

    - ``named``: it has a name of its own, under which trainers log it.
    - ``scores``: there is one finite number, or ``None``, for each completion.
    - ``deterministic``: the same call gives the same scores.
    - ``shapes``: completions may be strings, chat messages, or messages with tool turns; the same
      text earns the same as a string and as a message.
    - ``calls``: it can be called with the keywords of every version of TRL.
    - ``inputs``: completions and columns are left as they were; the next reward gets them, too.
    - ``order``: a completion's score depends on neither the order nor the size of the batch.
    - ``total``: no text of a model makes it raise.
    - ``picklable``: a pickled copy has the same name and gives the same scores.
    - ``threads``: it gives the same scores off the main thread, and in several threads at once.

    Args:
        reward: What a trainer takes: a function, or an object that can be called, either of them
            asynchronous.
        completions: Responses to try beside the kit's own, one for each row of the columns.
        shapes: The shapes of completions to try, of ``"text"``, ``"messages"``, ``"tools"``.
        without: Clauses to leave out; ``scores`` cannot be. Without ``deterministic``, no clause
            compares scores.
        **columns: The dataset columns that the reward needs, as a trainer passes them: lists of
            equal lengths. Their texts are also tried as answers, in every preset format.

    Raises:
        ContractError: The reward breaks a clause. It is an `AssertionError`, and says what was
            given, what came back, which trainer it would break, and what to do.
        OptionError: An option or a column is of the wrong kind.

    Not covered: how long a reward takes, and whether its scores make sense (`audit` asks that).
    The texts are fixed and seeded rather than drawn anew by hypothesis, so that a reward which
    passed here passes on every machine; `grpo_rewards.testing.strategies` has strategies for more.

    Example:
        >>> from grpo_rewards import check_answer
        >>> assert_reward_contract(check_answer, answer=["42", "1/2"])
        >>> def wordy(completions, **columns):
        ...     return [len(completion.split()) for completion in completions]
        >>> assert_reward_contract(wordy, without=["picklable"])
        Traceback (most recent call last):
        ...
        grpo_rewards.testing.trial.ContractError: wordy breaks the contract: shapes
          given:     completions=[[{'role': 'assistant', 'content': ...
          came back: AttributeError: 'list' object has no attribute 'split'
          breaks:    TRL sends chat messages where prompts are chats
          remedy:    read each completion with grpo_rewards.completion_text, ...
    """
    left_out = _left_out(without)
    require_shapes("shapes", shapes)
    rows = _rows(completions, columns)
    readable = readable_shape(reward, rows, shapes)
    for clause, (check, _) in CLAUSES.items():
        if clause not in left_out:
            compares = "deterministic" not in left_out
            check(Trial(reward, rows, tuple(shapes), readable, clause, compares))


def _left_out(without: Sequence[str]) -> set[str]:
    optional = [clause for clause in CLAUSES if clause != "scores"]
    if isinstance(without, str) or not set(without) <= set(optional):
        known = ", ".join(repr(clause) for clause in optional)
        raise OptionError(f"without={without!r}: write a list of some of {known}")
    return set(without)


def _rows(completions: Sequence[str] | None, columns: dict[str, Sequence[Any]]) -> Rows:
    """What to try: the given rows, then each row's texts as answers, then texts without one."""
    for name, column in columns.items():
        if isinstance(column, str) or not isinstance(column, Sequence) or not column:
            raise OptionError(f"{name}={column!r:.80}: write a list with one value for each row")
    lengths = {name: len(column) for name, column in columns.items()}
    if completions is not None:
        lengths["completions"] = len(completions)
    if len(set(lengths.values())) > 1:
        raise OptionError(f"the columns have different lengths: {lengths}")
    count = max(lengths.values(), default=1)
    given = list(completions or ())
    if not all(isinstance(text, str) for text in given):
        raise OptionError(
            f"completions={in_short(given)}: write texts; shapes= says how they are sent"
        )
    texts, places = list(given), list(range(len(given)))
    for place in range(count):
        values = [column[place] for column in columns.values()]
        answers = [str(value) for value in values if isinstance(value, str | int | float)]
        for answer in ["42", *(answer for answer in answers if len(answer) <= LONGEST_ANSWER)]:
            written = [write(format, REASONING, answer) for format in PRESETS.values()]
            texts += dict.fromkeys(
                [*written, write(PRESETS["THINK_ANSWER"], REASONING, answer, opening=True)]
            )
            places += [place] * (len(texts) - len(places))
    for number, text in enumerate(("", "I do not know.", "The answer is 7.", REASONING)):
        texts.append(text)
        places.append(number % count)
    rows = {name: tuple(column[place] for place in places) for name, column in columns.items()}
    return Rows(tuple(texts), rows)
