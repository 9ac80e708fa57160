"""Calling a reward as the trainers call it, in every shape and with every keyword they send."""

from __future__ import annotations

import asyncio
import functools
import inspect
import math
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from numbers import Real
from typing import Any, NamedTuple, TypeAlias

from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.notices import silenced
from grpo_rewards.responses.layouts import ResponseFormat
from grpo_rewards.responses.parsing import BOX_TAG, HASHES_TAG

__all__ = [
    "CALLS",
    "SHAPES",
    "Raised",
    "RewardFunction",
    "Rows",
    "Score",
    "Shape",
    "TrainerState",
    "Unusable",
    "call",
    "call_keywords",
    "read_scores",
    "reward_name",
    "same_scores",
    "write",
]

RewardFunction: TypeAlias = Callable[..., Any]
"""What a trainer takes: a function, an object with ``__call__``, either of them asynchronous."""
Score: TypeAlias = float | None

QUESTION = "What is the answer to the problem?"


class Shape(NamedTuple):
    """One shape of completion: how a text is put in it, and which trainer sends it."""

    wrap: Callable[[str], Any]
    sent_by: str


def _text(text: str) -> Any:
    return text


def _messages(text: str) -> Any:
    return [{"role": "assistant", "content": text}]


def _tools(text: str) -> Any:
    arguments = {"expression": "6 * 7"}
    called = {"type": "function", "function": {"name": "calculate", "arguments": arguments}}
    return [
        {"role": "assistant", "content": "", "tool_calls": [called]},
        {"role": "tool", "name": "calculate", "content": "the tool's result"},
        {"role": "assistant", "content": text},
    ]


SHAPES: dict[str, Shape] = {
    "text": Shape(
        _text, "TRL sends strings where prompts are plain text, and Unsloth for batches of images"
    ),
    "messages": Shape(_messages, "TRL sends chat messages where prompts are chats"),
    "tools": Shape(
        _tools, "TRL 0.26 and later send the turns that call tools, too, where there are tools"
    ),
}
"""The shapes of completions that TRL's trainers send."""

CALLS: dict[str, tuple[str, ...]] = {
    "TRL before 0.20, and the asynchronous trainer": (),
    "TRL 0.20 to 0.29": ("trainer_state",),
    "TRL 0.29, with environments": ("trainer_state", "environments"),
    "TRL 1.0 and later": ("trainer_state", "log_extra", "log_metric"),
    "TRL 1.0 and later, with environments": (
        "trainer_state",
        "log_extra",
        "log_metric",
        "environments",
    ),
}
"""The keywords that versions of TRL pass, beside prompts, completions, completion_ids, columns."""


@dataclass(slots=True)
class TrainerState:
    """The fields of ``transformers.TrainerState`` that rewards read, a tenth into a training."""

    epoch: float = 0.1
    global_step: int = 10
    max_steps: int = 100
    num_train_epochs: int = 1
    num_input_tokens_seen: int = 0
    is_local_process_zero: bool = True
    is_world_process_zero: bool = True
    log_history: list[dict[str, float]] = field(default_factory=list)


class Environment:
    """Stands for an environment that a rollout ran in."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts and the columns beside them, which move together."""

    texts: tuple[str, ...]
    columns: Mapping[str, tuple[Any, ...]]

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, places: Iterable[int]) -> Rows:
        """The rows at these places, in this order."""
        chosen = list(places)
        return Rows(
            tuple(self.texts[place] for place in chosen),
            {
                name: tuple(column[place] for place in chosen)
                for name, column in self.columns.items()
            },
        )


def call_keywords(rows: Rows, shape: str, extras: Sequence[str]) -> dict[str, Any]:
    """The keywords of one call; everything that belongs to a row is in the rows' order."""
    chat = shape != "text"
    questions = rows.columns.get("question", (QUESTION,) * len(rows))
    keywords: dict[str, Any] = {name: list(column) for name, column in rows.columns.items()}
    keywords["prompts"] = [
        [{"role": "user", "content": question}] if chat else question for question in questions
    ]
    keywords["completions"] = [SHAPES[shape].wrap(text) for text in rows.texts]
    keywords["completion_ids"] = [_token_ids(text) for text in rows.texts]
    available: dict[str, Any] = {
        "trainer_state": TrainerState(),
        "log_extra": _log,
        "log_metric": _log,
        "environments": [Environment() for _ in rows.texts],
    }
    return keywords | {extra: available[extra] for extra in extras}


def _token_ids(text: str) -> list[int]:
    """About as many ids as a tokenizer gives, so that rewards for the length see one."""
    return [ord(character) % 50_000 for character in text[::4]]


def _log(name: str, value: Any) -> None:
    """Stands for the trainer's logging functions."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What a reward raised in place of an answer."""

    error: BaseException

    def __str__(self) -> str:
        return f"{type(self.error).__name__}: {self.error}"


def call(reward: RewardFunction, keywords: Mapping[str, Any]) -> Any:
    """What a reward returns, awaited if need be, or the `Raised` that it raised."""
    try:
        with silenced():  # what is tried is no training, of which a user has to be told something
            returned = reward(**keywords)
            if inspect.iscoroutine(returned):
                # In a thread, as TRL does it: a notebook has a running loop in this one.
                with ThreadPoolExecutor(1) as pool:
                    return pool.submit(_run, returned).result()
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 (whatever a user's reward raises is the finding)
        return Raised(error)  # `exit()` that it evaluates, and the deadlines of some parsers, too
    return returned


def _run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(coroutine)


@dataclass(frozen=True, slots=True)
class Unusable:
    """Scores that a trainer cannot use."""

    fault: str
    """``"kind"``, ``"count"``, ``"nan"`` or ``"infinite"``."""
    found: str
    """What there was in place of a score."""


def read_scores(returned: Any, count: int) -> list[Score] | Unusable:
    """The scores that a trainer would read, or why it would not get them.

    A trainer takes whatever can be iterated and turned into 32-bit floats: a tuple, an array,
    integers and truth values, too.
    """
    if isinstance(returned, str | bytes | Mapping) or not isinstance(returned, Iterable):
        return Unusable("kind", f"{type(returned).__name__} {in_short(returned)} instead of a list")
    scores: list[Score] = []
    for place, item in enumerate(returned):
        score = _read_score(item)
        if isinstance(score, Unusable):
            return Unusable(score.fault, f"{score.found} at place {place}")
        scores.append(score)
    if len(scores) != count:
        return Unusable("count", f"{len(scores)} scores for {count} completions")
    return scores


LARGEST = 3.4028235e38
"""The largest 32-bit float; trainers hold scores in those."""


def _read_score(item: Any) -> Score | Unusable:
    if item is None:
        return None
    number = item
    # Scalars of torch, jax and numpy share no class, but have item(); torch takes no 0-d array.
    if getattr(item, "shape", None) == () and type(item).__name__ != "ndarray":
        number = item.item()
    if not isinstance(number, Real | Decimal):
        return Unusable("kind", f"{type(item).__name__} {in_short(item)}")
    try:
        score = float(number)
    except OverflowError:
        return Unusable("infinite", f"{type(item).__name__} beyond the largest float")
    if math.isnan(score):
        return Unusable("nan", "nan")
    if abs(score) > LARGEST:
        return Unusable("infinite", f"{score!r}, which is infinite as a 32-bit float,")
    return score


def same_scores(first: Sequence[Score], second: Sequence[Score]) -> bool:
    """Whether scores agree as far as the trainers' 32-bit floats tell them apart."""
    return all(
        (one is None and other is None)
        or (
            one is not None
            and other is not None
            and math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)
        )
        for one, other in zip(first, second, strict=True)
    )


def reward_name(reward: RewardFunction) -> str:
    """The name that a trainer logs a reward under."""
    while isinstance(reward, functools.partial):
        reward = reward.func
    return str(getattr(reward, "__name__", type(reward).__name__))


def require_shapes(option: str, shapes: Sequence[str]) -> None:
    """Raise unless an option names shapes of completions."""
    unknown = [shape for shape in shapes if shape not in SHAPES]
    if unknown or not shapes or isinstance(shapes, str):
        known = ", ".join(repr(shape) for shape in SHAPES)
        raise OptionError(f"{option}={shapes!r}: write some of {known}, such as ('messages',)")


def write(format: ResponseFormat, reasoning: str, answer: str, *, opening: bool = False) -> str:
    r"""A response laid out by a format, as a trainer gets it, whatever its parts hold.

    Unlike `ResponseFormat.render` it checks nothing: reasoning and answer may hold tags.

    Example:
        >>> from grpo_rewards import THINK_ANSWER
        >>> write(THINK_ANSWER, "6 * 7", "42 or 43")
        '6 * 7</think><answer>42 or 43</answer>'
    """
    text = reasoning
    if format.reasoning:
        first = format.reasoning[0] if opening or format.opening == "required" else ""
        text = f"{first}{reasoning}{format.reasoning[1]}"
    return text + write_answer(format, answer)


def write_answer(format: ResponseFormat, answer: str) -> str:
    """The part of a response that gives the answer."""
    if isinstance(format.answer, tuple):
        return f"{format.answer[0]}{answer}{format.answer[1]}"
    if format.answer == "hashes":
        return f"\n{HASHES_TAG} {answer}"
    return f"\n{BOX_TAG}{{{answer}}}"
