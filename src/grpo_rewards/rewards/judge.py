"""A judge model behind an OpenAI-compatible server, as a reward that is asked last.

It sees the question, the gold and the extracted answer, and its closed reply is all that is read.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Any

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.core.call_limits import CallLimits, Unanswered, make_calls, run_calls
from grpo_rewards.core.columns import as_list
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.notices import say_once
from grpo_rewards.requirements import require_column, require_number, require_whole
from grpo_rewards.responses.completions import completion_text, message_role
from grpo_rewards.rewards.answer import acceptable_golds
from grpo_rewards.rewards.endpoints import (
    EndpointError,
    Refused,
    Reply,
    ask_endpoint,
    open_client,
    require_endpoint,
)
from grpo_rewards.rewards.golds import GoldReward
from grpo_rewards.rewards.judge_doors import on_one_line, whole_text, why_not_shown
from grpo_rewards.rewards.judge_styles import PLAIN, STYLES, JudgeStyle
from grpo_rewards.rewards.tiers import Answer

__all__ = ["ModelJudge", "forget_decisions"]

QUESTIONS = ("question", "problem", "prompt")
"""Where the question is looked for where a call brings no prompts, and no column is named."""
LONGEST_QUESTION = 20_000
"""Characters of a question that are shown to a judge: its end, where what is asked stands."""
REMEMBERED = 65_536
"""How many decisions are remembered, of all judges of a process together."""

DEFAULT_CALLS = CallLimits()


@dataclass(frozen=True, kw_only=True, repr=False)
class ModelJudge(GoldReward):
    """Pays an answer that a judge model calls the same as the gold.

    It costs, so compositions ask it last. Behind a rule it sees only what that refused, which is
    how the right answers that no rule can know are found: ``check_answer.otherwise(judge,
    on="wrong")``. The model gets the question, the gold and the *extracted* answer, on one line,
    never the response, and its reply counts only where it is one of the style's closed answers.

    Args:
        endpoint: The base URL of an OpenAI-compatible server (vLLM, llama.cpp, ``transformers
            serve``, a service), as in ``"http://localhost:8000/v1"``.
        model: The model's name there.
        style: How it is asked and what it replies: `JudgeStyle`, or one of ``PLAIN`` (a general
            model), ``TINY_V``, ``GENERAL_VERIFIER``, ``COMPASS_VERIFIER``, ``X_VERIFY``, in
            `grpo_rewards.rewards.judge_styles`.
        question: The column with the question; by default the last thing that the user said in
            the prompt, else a column ``question`` or ``problem``.
        samples: How many replies are asked for; where they disagree there is no opinion.
        temperature: Of the model's sampling; above 0 where there are several samples.
        longest: Characters; a longer answer is wrong, and nobody is asked.
        calls: How many calls wait at once, how long, and how often they are made again.
        key: The name of the environment variable that holds the server's key; none by default.
        extra: What else stands in each request's body, as ``{"chat_template_kwargs": {...}}``;
            ``None`` leaves a field out.
        format: The layout that the answer is read by.
        gold: As in `CheckAnswer`.
        gold_format: As in `CheckAnswer`.
        correct: The score of an answer that the model calls right.
        wrong: The score of one that it calls wrong, and of one that nobody is asked about: too
            long, nothing but punctuation, with the marks of the prompt or of a conversation's
            turns in it, or with words about its grading.
        missing: The score of a response without an answer.
        strict: As in `CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers. ``None`` where the gold is missing, where the replies
        disagree or are none of the closed answers, and where the server did not answer, which is
        said: it never pays, and never takes away.

    Raises:
        OptionError: An option cannot be, or no HTTP client is installed.
        ColumnError: On a call: a column is missing.

    Not covered: what a judge model itself gets wrong. See the page on judges for what it can still
    be talked into.
    """

    endpoint: str = ""
    model: str = ""
    style: JudgeStyle = PLAIN
    question: str | None = None
    samples: int = 1
    temperature: float = 0.0
    longest: int = 500
    calls: CallLimits = DEFAULT_CALLS
    key: str | None = None
    extra: Mapping[str, Any] | None = field(default=None, hash=False)
    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    name: str = "model_judge"

    @property
    def costs(self) -> bool:
        return True

    @property
    def waits(self) -> bool:
        return True

    def __post_init__(self) -> None:
        super().__post_init__()
        require_endpoint(self.endpoint)
        if (
            not isinstance(self.model, str)
            or not self.model.strip()
            or whole_text(self.model) != self.model
        ):
            raise OptionError(f"model={in_short(self.model)}: write the model's name at the server")
        if not isinstance(self.style, JudgeStyle):
            raise OptionError(f"style={in_short(self.style)}: write a JudgeStyle, or {_styles()}")
        if self.question is not None:
            require_column("question", self.question)
        for option in ("samples", "longest"):
            require_whole(option, getattr(self, option))
        require_number("temperature", self.temperature)
        if self.temperature < 0:
            raise OptionError(
                f"temperature={in_short(self.temperature)}: write a number that is not below 0"
            )
        if self.samples > 1 and not self.temperature:
            raise OptionError(
                f"samples={self.samples!r} with temperature=0.0 are one and the same: write a "
                "temperature above 0, as in temperature=0.7"
            )
        if not isinstance(self.calls, CallLimits):
            raise OptionError(f"calls={in_short(self.calls)}: write CallLimits(...)")
        if self.key is not None and not (isinstance(self.key, str) and self.key.isidentifier()):
            raise OptionError(
                "key=...: write the name of the environment variable that holds the key, as in "
                "key='OPENAI_API_KEY', and not the key, which logs would show"
            )
        try:
            json.dumps(dict(self.extra or {}), ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError) as error:
            raise OptionError(f"extra={in_short(self.extra)}: write a dict that is JSON") from error

    def judge(self, batch: Batch) -> list[Outcome]:
        return run_calls(self.ask(batch))

    async def ask(self, batch: Batch) -> list[Outcome]:
        golds = [acceptable_golds(value) for value in self._gold_values(batch)]
        answers = [self._answer(response) for response in batch.responses(self.format)]
        questions = self._questions(batch)
        rows = [
            self._settled(*row) or self._asked(*row)
            for row in zip(golds, answers, questions, strict=True)
        ]
        prompts = dict.fromkeys(row for row in rows if isinstance(row, str))
        decisions = await self._decided(list(prompts), batch)
        return [
            row
            if isinstance(row, Outcome)
            else self._outcome_of(decision=decisions[row], gold=acceptable[0], answer=answer or "")
            for row, acceptable, (answer, _) in zip(rows, golds, answers, strict=True)
        ]

    def _settled(self, golds: tuple[str, ...], found: Answer, _: str) -> Outcome | None:
        """What there is to say of a row without asking."""
        answer, why_not = found
        if not golds:
            return self._outcome("no opinion", "the row has no gold", answer=answer)
        if answer is None:
            return self._outcome("no answer", f"no answer: {why_not}", gold=golds[0])
        why = self._why_not_asked(golds, answer)
        if why:
            return self._outcome("wrong", why, answer=answer, gold=golds[0], rule="not asked")
        return None

    def _why_not_asked(self, golds: tuple[str, ...], answer: str) -> str:
        """Why nobody is asked about an answer, which is wrong then; empty where somebody is."""
        return why_not_shown(answer, golds, marks=self.style.marks, longest=self.longest)

    def _asked(self, golds: tuple[str, ...], found: Answer, question: str) -> str:
        """The prompt for a row."""
        return whole_text(
            self.style.written(
                question=question, gold=" or ".join(golds), answer=on_one_line(found[0] or "")
            )
        )

    def _questions(self, batch: Batch) -> Sequence[str]:
        if not self.style.needs_question:
            return [""] * len(batch)
        if self.question is not None:
            asked: Sequence[Any] = batch.column(self.question, option="question")
        elif batch.prompts is not None:
            asked = batch.prompts
        elif any(name in batch.columns for name in QUESTIONS):
            asked = batch.column(*QUESTIONS, option="question")
        else:
            raise ColumnError(
                f"{self.name} shows the judge the question, and this call has neither prompts nor "
                "a column 'question' or 'problem': name one, as in question='task', or take a "
                "style whose prompt does without {question}"
            )
        return [_last_said(each)[-LONGEST_QUESTION:] for each in asked]

    async def _decided(self, prompts: Sequence[str], batch: Batch) -> dict[str, bool | str]:
        """For each prompt whether its answer is right, or why that is not known."""
        keys = {prompt: self._key_of(prompt) for prompt in prompts}
        decided: dict[str, bool | str] = {
            prompt: known
            for prompt in prompts
            if (known := _decisions.get(keys[prompt])) is not None
        }
        missing = [prompt for prompt in prompts if prompt not in decided]
        if not missing:
            return decided
        replies = await self._replies([prompt for prompt in missing for _ in range(self.samples)])
        for place, prompt in enumerate(missing):
            own = replies[place * self.samples : (place + 1) * self.samples]
            decided[prompt] = decision = self._agreed(own)
            if isinstance(decision, bool):
                _decisions.put(keys[prompt], decision=decision)
        self._say_down(replies, batch)
        return decided

    async def _replies(self, prompts: Sequence[str]) -> list[Reply | Refused | Unanswered]:
        headers = {}
        if self.key is not None and (secret := os.environ.get(self.key, "").strip()):
            if not (secret.isascii() and secret.isprintable()):
                raise OptionError(f"key={self.key!r}: what that variable holds cannot be a key")
            headers["Authorization"] = f"Bearer {secret}"
        connections = min(self.calls.at_once, len(prompts))
        secure = self.endpoint.startswith("https")
        async with open_client(connections=connections, secure=secure) as client:
            calls: list[Callable[[], Awaitable[Reply | Refused]]] = [
                partial(ask_endpoint, client, self.endpoint, self._body(prompt, number), headers)
                for number, prompt in enumerate(prompts)
            ]
            return await make_calls(calls, self.calls, expected=(EndpointError,))

    def _body(self, prompt: str, number: int) -> dict[str, Any]:
        body = {
            "model": self.model,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": self.temperature,
            "max_tokens": self.style.tokens,
            "seed": number % self.samples,
            **(self.extra or {}),
        }
        return {name: value for name, value in body.items() if value is not None}

    def _agreed(self, replies: Sequence[Reply | Refused | Unanswered]) -> bool | str:
        """What several replies say together, or why that is nothing."""
        said: list[bool] = []
        for reply in replies:
            if not isinstance(reply, Reply):
                return f"the judge gave no answer: {reply.reason}"
            decision = self.style.read(reply.text) if reply.is_whole else None
            if decision is None:
                cut = "" if reply.is_whole else ", cut off"
                return f"the judge's reply is no closed answer{cut}: {in_short(reply.text)}"
            said.append(decision)
        if len(set(said)) > 1:
            return f"the judge disagrees with itself: {sum(said)} of {len(said)} call it right"
        return said[0]

    def _outcome_of(self, *, decision: bool | str, gold: str, answer: str) -> Outcome:
        if isinstance(decision, str):
            return self._outcome("no opinion", decision, answer=answer, gold=gold, rule="model")
        if decision:
            reason = f"{self.model} calls {in_short(answer)} the same as the gold {in_short(gold)}"
            return self._outcome("correct", reason, answer=answer, gold=gold, rule="model")
        reason = (
            f"{self.model} calls {in_short(answer)} another answer than the gold {in_short(gold)}"
        )
        return self._outcome("wrong", reason, answer=answer, gold=gold, rule="model")

    def _key_of(self, prompt: str) -> bytes:
        asked = (self.endpoint, self.model, self._body(prompt, 0), self.samples, self.style.replies)
        return blake2b(
            json.dumps(asked, sort_keys=True).encode("utf-8", "replace"), digest_size=16
        ).digest()

    def _say_down(self, replies: Sequence[Reply | Refused | Unanswered], batch: Batch) -> None:
        """Say that the server does not answer, once until it has answered again."""
        failed = [reply for reply in replies if not isinstance(reply, Reply)]
        outages = _outages.setdefault(self, [0, 0])  # how many there were, and whether one lasts
        if not failed:
            outages[1] = 0
            return
        if not outages[1]:
            outages[:] = [outages[0] + 1, 1]
        say_once(
            (self, outages[0]),
            "down",
            f"{self.name} got no answer to {len(failed)} of {len(replies)} requests from "
            f"{self.endpoint}, model {self.model!r}: {failed[0].reason}. There is no opinion on "
            "these completions; see that the server runs, and that the model's name and the key "
            "are right",
            state=batch.trainer_state,
        )

    def _lacks_source(self, outcome: Outcome) -> bool:
        return outcome.score is None and outcome.details["rule"] is None

    def _say(self, batch: Batch, kind: str, message: str) -> None:
        if kind != "prose":  # which a model can compare
            super()._say(batch, kind, message)

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        open_ones = sum(
            outcome.score is None and outcome.details["rule"] == "model" for outcome in outcomes
        )
        return super().logged_rates(outcomes) | {"unanswered": open_ones / len(outcomes)}


def _styles() -> str:
    return " or ".join(STYLES)


def _last_said(prompt: Any) -> str:
    """The last thing that the user said in a prompt."""
    if isinstance(prompt, str) or prompt is None:
        return prompt or ""
    original = prompt
    prompt = [prompt] if isinstance(prompt, Mapping) else as_list(prompt)
    if prompt is None or not all(isinstance(turn, Mapping) for turn in prompt):
        raise ColumnError(
            f"{in_short(original)} is no question: write a text, or a list of messages"
        )
    turns = [turn for turn in prompt if message_role(turn) in ("user", "human")]
    said = turns[-1:] or list(prompt)[-1:]
    return completion_text([{**turn, "role": "assistant", "from": "assistant"} for turn in said])


class _Decisions:
    """What was decided, by the digest of what was asked; the oldest are forgotten."""

    def __init__(self) -> None:
        self.known: OrderedDict[bytes, bool] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: bytes) -> bool | None:
        with self.lock:
            if key in self.known:
                self.known.move_to_end(key)
            return self.known.get(key)

    def put(self, key: bytes, *, decision: bool) -> None:
        with self.lock:
            self.known[key] = decision
            if len(self.known) > REMEMBERED:
                self.known.popitem(last=False)


_decisions = _Decisions()
_outages: dict[ModelJudge, list[int]] = {}


def forget_decisions() -> None:
    """Ask anew about everything, as in a new process."""
    with _decisions.lock:
        _decisions.known.clear()
    _outages.clear()
