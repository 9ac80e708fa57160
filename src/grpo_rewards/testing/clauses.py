"""The clauses of the contract, each a check that raises where a reward breaks it."""

from __future__ import annotations

import copy
import pickle
import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from grpo_rewards.testing.calls import (
    CALLS,
    SHAPES,
    Raised,
    Rows,
    Score,
    call,
    call_keywords,
    reward_name,
    same_scores,
)
from grpo_rewards.testing.texts import hostile_texts
from grpo_rewards.testing.trial import NEWEST, Trial, breach

__all__ = ["CLAUSES"]

THREADS = 8


def _named(trial: Trial) -> None:
    name = getattr(trial.reward, "__name__", None)
    if isinstance(name, str) and name.strip() and name != "<lambda>":
        return
    raise breach(
        trial.reward,
        trial.clause,
        given="reward.__name__",
        returned=repr(name),
        breaks=(
            "TRL before 1.9 raises where there is no __name__; every version merges the metrics of "
            "rewards with equal names, as all lambdas have"
            if name is None or name == "<lambda>"
            else "every trainer: the name is the metric's key"
        ),
        remedy=(
            "define the reward with def, or set __name__ on the object or the functools.partial; "
            "give each its own name"
        ),
    )


def _scores(trial: Trial) -> None:
    for count in (1, 2, len(trial.rows)):
        trial.scores(trial.rows.take(range(count)), trial.shape)


def _deterministic(trial: Trial) -> None:
    shape = trial.shape
    state = random.getstate()
    try:
        random.seed(1)
        expected = trial.scores(trial.rows, shape)
        for seed in (2, 3):
            random.seed(seed)
            again = trial.scores(trial.rows, shape)
            trial.require_same(
                trial.rows,
                shape,
                expected,
                again,
                but="when called again with the same",
                breaks="every trainer: equal completions of a group get different advantages, and "
                "a training cannot be repeated",
                remedy="score by the completion and its columns alone: no chance, clock or counter "
                "(the training's progress is in trainer_state)",
            )
    finally:
        random.setstate(state)


def _shapes(trial: Trial) -> None:
    remedy = (
        "read each completion with grpo_rewards.completion_text, which knows every shape; or leave "
        "out what your datasets never lead to, as in shapes=('messages',)"
    )
    scores: dict[str, list[Score]] = {}
    for shape in trial.shapes:
        scores[shape] = trial.scores(trial.rows, shape, breaks=SHAPES[shape].sent_by, remedy=remedy)
    if "text" in scores and "messages" in scores:
        trial.require_same(
            trial.rows,
            "messages",
            scores["messages"],
            scores["text"],
            but="for the same text as a string",
            breaks="; ".join(SHAPES[shape].sent_by for shape in ("text", "messages")),
            remedy=remedy,
        )
    if "tools" in scores:
        silent = Rows(("",) * len(trial.rows), trial.rows.columns)
        unread = trial.scores(silent, "tools")
        spoken = scores.get("messages", scores.get("text", scores["tools"]))
        ignored = same_scores(scores["tools"], unread) and not same_scores(spoken, unread)
        if trial.compares and ignored:
            trial.fail(
                trial.rows.take([0]),
                "tools",
                returned="whatever the assistant says at the end, what an empty text earns",
                breaks=SHAPES["tools"].sent_by,
                remedy="read the last assistant's message, as grpo_rewards.completion_text does, "
                "not completion[0]; or leave out the shape, as in shapes=('text', 'messages')",
            )


def _calls(trial: Trial) -> None:
    for version in CALLS:
        trial.scores(
            trial.rows,
            trial.shape,
            version=version,
            breaks=f"{version}, which passes these keywords beside the columns: "
            f"{', '.join(('prompts', 'completions', 'completion_ids', *CALLS[version]))}",
            remedy="take every keyword that not every version passes as optional, as in "
            "trainer_state=None, and end the signature with **columns",
        )


def _inputs(trial: Trial) -> None:
    shape = trial.shape
    keywords = call_keywords(trial.rows, shape, CALLS[NEWEST])
    lists = call_keywords(trial.rows, shape, ())
    before = copy.deepcopy({name: keywords[name] for name in lists})
    trial.read(call(trial.reward, keywords), trial.rows, shape)
    for name, value in before.items():
        if keywords[name] != value:
            trial.fail(
                trial.rows.take([0]),
                shape,
                returned=f"{name} were changed",
                breaks="every trainer: the next reward and the logs get the same lists",
                remedy="change a copy",
            )


def _order(trial: Trial) -> None:
    shape, count = trial.shape, len(trial.rows)
    expected = trial.scores(trial.rows, shape)
    shuffled = random.Random(0).sample(range(count), count)
    batches = (
        ("in another order", [shuffled]),
        ("in the reverse order", [list(range(count))[::-1]]),
        ("in a batch of its own", [[place] for place in range(count)]),
        ("in batches of half the size", [list(range(count // 2)), list(range(count // 2, count))]),
        ("in a batch that has everything twice", [[*range(count), *range(count)]]),
    )
    for how, parts in batches:
        for part in parts:
            rows = trial.rows.take(part)
            trial.require_same(
                rows,
                shape,
                [expected[place] for place in part],
                trial.scores(rows, shape),
                but=how,
                breaks="every trainer: batches are shuffled and split over processes, and the "
                "asynchronous trainer passes one group at a time",
                remedy="score each completion by itself, with the column values of its own place; "
                "if it is meant to compare within a group, say without=['order']",
            )


def _total(trial: Trial) -> None:
    shape, count = trial.shape, len(trial.rows)
    texts = hostile_texts()
    rows = trial.rows.take(place % count for place in range(len(texts)))
    trial.scores(Rows(tuple(texts), rows.columns), shape)


def _picklable(trial: Trial) -> None:
    shape = trial.shape
    breaks = "TRL's asynchronous trainer, which pickles its rewards into a spawned process"
    remedy = (
        "define the reward at the top level of a module, not in a function, a lambda or a "
        "notebook's cell; bind options with functools.partial or a class with __call__"
    )
    expected = trial.scores(trial.rows, shape)
    try:
        # Of the reward that was just handed over, not of foreign data.
        rebuilt = pickle.loads(pickle.dumps(trial.reward))  # noqa: S301
    except Exception as error:
        raise breach(
            trial.reward,
            trial.clause,
            given="pickle.dumps(reward)",
            returned=str(Raised(error)),
            breaks=breaks,
            remedy=remedy,
        ) from error
    copied = trial.scores(trial.rows, shape, reward=rebuilt, breaks=breaks)
    trial.require_same(
        trial.rows, shape, expected, copied, but="from its pickled copy", breaks=breaks,
        remedy="keep in __getstate__ everything that the scores depend on",
    )  # fmt: skip
    if reward_name(rebuilt) != reward_name(trial.reward):
        trial.fail(
            trial.rows.take([0]),
            shape,
            returned=f"the name {reward_name(rebuilt)!r} from its pickled copy",
            breaks=breaks,
            remedy="keep __name__ in what is pickled",
        )


def _threads(trial: Trial) -> None:
    shape = trial.shape
    breaks = "TRL's asynchronous trainer, which calls rewards off the main thread, several at once"
    remedy = "keep no state between or during calls, and no signal.alarm (main thread only)"
    expected = trial.scores(trial.rows, shape)
    keywords = [call_keywords(trial.rows, shape, CALLS[NEWEST]) for _ in range(2 * THREADS)]
    with _switching_often(), ThreadPoolExecutor(THREADS) as pool:
        for returned in pool.map(lambda given: call(trial.reward, given), keywords):
            scores = trial.read(returned, trial.rows, shape, breaks=breaks, remedy=remedy)
            trial.require_same(
                trial.rows, shape, expected, scores, but="in one of several threads at once",
                breaks=breaks, remedy=remedy,
            )  # fmt: skip


@contextmanager
def _switching_often() -> Iterator[None]:
    """Let threads take turns more often than they do, so that what they share shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


CLAUSES: dict[str, tuple[Callable[[Trial], None], str]] = {
    "named": (_named, "it has a name of its own, under which trainers log it"),
    "scores": (_scores, "there is one finite number, or None, for each completion"),
    "deterministic": (_deterministic, "the same call gives the same scores"),
    "shapes": (_shapes, "it reads completions in every shape that trainers send"),
    "calls": (_calls, "it can be called with the keywords of every version of TRL"),
    "inputs": (_inputs, "completions and columns are left as they were"),
    "order": (_order, "a score depends on neither the order nor the size of the batch"),
    "total": (_total, "no text of a model makes it raise"),
    "picklable": (_picklable, "a pickled copy has the same name and gives the same scores"),
    "threads": (_threads, "it gives the same scores in several threads at once"),
}
"""The clauses of the contract in the order in which they are checked, and what each says."""
