"""Rewards that each break one clause of the contract, and some that break none.

At the top level of a module, so that only those meant to be are impossible to pickle.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import random
import threading
import time
from decimal import Decimal

from grpo_rewards import completion_text

calls = itertools.count()
busy = threading.Lock()


def texts_of(completions):
    return [completion_text(completion) for completion in completions]


# Sound ones, of every sort that a trainer takes --------------------------------------------------


def sound(completions, **columns):
    return [float("42" in text) for text in texts_of(completions)]


def with_columns(completions, answer, level=None, **columns):
    return [float(a in text) for a, text in zip(answer, texts_of(completions), strict=True)]


async def asynchronous(completions, **columns):
    await asyncio.sleep(0)
    return sound(completions)


class Asynchronous:
    __name__ = "asynchronous_object"

    async def __call__(self, completions, **columns):
        return sound(completions)


def silent(completions, **columns):
    return [None] * len(completions)


def sometimes_silent(completions, **columns):
    return [1.0 if "42" in text else None for text in texts_of(completions)]


def integers(completions, **columns):
    return [len(text) for text in texts_of(completions)]


def truths(completions, **columns):
    return ["42" in text for text in texts_of(completions)]


def decimals(completions, **columns):
    return tuple(Decimal(len(text)) for text in texts_of(completions))


def generated(completions, **columns):
    return (float(len(text)) for text in texts_of(completions))


def by_length(completions, completion_ids, **columns):
    return [len(ids) / 100 for ids in completion_ids]


def by_progress(completions, trainer_state=None, **columns):
    done = trainer_state.global_step / trainer_state.max_steps if trainer_state else 1.0
    return [done * score for score in sound(completions)]


def logging(completions, log_extra=None, log_metric=None, environments=None, **columns):
    if log_extra:
        log_extra("texts", texts_of(completions))
        log_metric("mean", 0.5)
    if environments:
        assert len(environments) == len(completions)
    return sound(completions)


SOUND = [
    sound,
    with_columns,
    asynchronous,
    Asynchronous(),
    silent,
    sometimes_silent,
    integers,
    truths,
    decimals,
    generated,
    by_length,
    by_progress,
    logging,
]


# Broken ones ------------------------------------------------------------------------------------


class Nameless:
    def __call__(self, completions, **columns):
        return sound(completions)


class Blank(Nameless):
    __name__ = "  "


def only_text(completions, **columns):
    return [float(len(completion.split())) for completion in completions]


def only_messages(completions, **columns):
    return [float("42" in completion[0]["content"]) for completion in completions]


def first_message(completions, **columns):
    return [
        float("42" in (c if isinstance(c, str) else c[0]["content"] or "")) for c in completions
    ]


def number_of_messages(completions, **columns):
    """Counts characters of a string, and messages of a chat."""
    return [float(len(completion)) for completion in completions]


def too_few(completions, **columns):
    return sound(completions)[1:]


def one_for_all(completions, **columns):
    return [1.0]


def bare_number(completions, **columns):
    return 1.0


def nothing(completions, **columns):
    texts_of(completions)


def strings(completions, **columns):
    return [str(score) for score in sound(completions)]


def by_name(completions, **columns):
    return {"reward": sound(completions)}


def nested(completions, **columns):
    return [[score] for score in sound(completions)]


def nans(completions, **columns):
    return [float("nan") if "42" in text else 0.0 for text in texts_of(completions)]


def infinite(completions, **columns):
    return [float("inf") if "42" in text else 0.0 for text in texts_of(completions)]


def beyond_32_bits(completions, **columns):
    return [1e39 if "42" in text else 0.0 for text in texts_of(completions)]


def huge_integers(completions, **columns):
    return [10**400 for _ in completions]


def needs_a_column(completions, reference, **columns):
    return sound(completions)


def takes_no_more(completions, prompts, answer):
    return sound(completions)


def needs_the_state(completions, trainer_state, **columns):
    return [trainer_state.global_step * score for score in sound(completions)]


def needs_the_logs(completions, log_metric, **columns):
    return sound(completions)


def by_chance(completions, **columns):
    return [random.random() for _ in completions]


def by_the_clock(completions, **columns):
    return [float(time.perf_counter_ns() % 1_000_003) for _ in completions]


def by_the_count(completions, **columns):
    count = next(calls)
    return [float(count) for _ in completions]


def changes_completions(completions, **columns):
    scores = sound(completions)
    completions.clear()
    return scores


def changes_a_column(completions, answer, **columns):
    scores = sound(completions)
    answer[0] = "changed"
    return scores


def by_place(completions, **columns):
    return [float(place) for place in range(len(completions))]


def by_rank(completions, **columns):
    lengths = [len(text) for text in texts_of(completions)]
    return [sorted(lengths).index(length) / len(lengths) for length in lengths]


def by_novelty(completions, **columns):
    texts = texts_of(completions)
    return [1 / texts.count(text) for text in texts]


def first_gold(completions, answer, **columns):
    """Reads the column's first value for every completion."""
    return [float(answer[0] in text) for text in texts_of(completions)]


def first_prompt_and_ids(completions, completion_ids, **columns):
    return [float(len(completion_ids[0])) for _ in completions]


def reads_digits(completions, **columns):
    """`str.isdigit` accepts what `int` does not."""
    found = (
        text.rpartition(">SOLUTION>"[1:])[2].partition("<")[0] for text in texts_of(completions)
    )
    return [float(int(text) % 7) if text.isdigit() else 0.0 for text in found]


def reads_a_number(completions, **columns):
    def number(text):
        try:
            return float(text)
        except ValueError:
            return 0.0

    return [min(number(text), 1e6) for text in texts_of(completions)]


def encodes(completions, **columns):
    return [float(len(text.encode())) for text in texts_of(completions)]


def unpicklable():
    def local(completions, **columns):
        return sound(completions)

    return local


class Holding:
    __name__ = "holding"

    def __init__(self):
        self.lock = threading.Lock()

    def __call__(self, completions, **columns):
        return sound(completions)


class Forgetful:
    """Its pickled copy scores otherwise."""

    __name__ = "forgetful"

    def __init__(self):
        self.factor = 2.0

    def __call__(self, completions, **columns):
        return [getattr(self, "factor", 1.0) * score for score in sound(completions)]

    def __getstate__(self):
        return {"nothing": None}


class Renamed:
    """Its pickled copy has another name."""

    def __init__(self, name="another"):
        self.__name__ = name

    def __call__(self, completions, **columns):
        return sound(completions)

    def __reduce__(self):
        return Renamed, ()


class Shared:
    """Keeps what it works on where other threads change it."""

    __name__ = "shared"
    texts: tuple = ()

    def __call__(self, completions, answer, **columns):
        self.texts = texts_of(completions)
        time.sleep(0.002)
        texts, type(self).texts = self.texts, ()
        self.texts = ()
        return [float(a in text) for a, text in zip(answer, texts, strict=False)] or [0.0]


def only_once_at_a_time(completions, **columns):
    if not busy.acquire(blocking=False):
        raise RuntimeError("another call is running")
    try:
        time.sleep(0.002)
        return sound(completions)
    finally:
        busy.release()


def on_the_main_thread(completions, **columns):
    if threading.current_thread() is not threading.main_thread():
        raise ValueError("signal only works in main thread of the main interpreter")
    return sound(completions)


partial = functools.partial(sound)
anonymous = lambda completions, **columns: sound(completions)  # noqa: E731 (that it has no name is the point)
