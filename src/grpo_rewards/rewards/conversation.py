"""Rewards of a whole conversation: how many tools were called, how often in vain, and how long.

They say nothing of whether the answer is right: add them to a reward that does, or let one decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.requirements import require_number, require_whole
from grpo_rewards.rewards.answer import check_answer
from grpo_rewards.rewards.turns import Conversation, Step, conversation_in

__all__ = [
    "AnswerTurn",
    "RepeatedCalls",
    "ToolCallCount",
    "ToolErrors",
    "repeated_calls",
    "tool_errors",
]


@dataclass(frozen=True, kw_only=True, repr=False)
class CallingReward(Reward):
    """What penalties for calls share: which tools they are about, and what each fault costs."""

    tools: tuple[str, ...] | None = None
    each: float = -0.5
    worst: float = -2.0

    is_guard: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if isinstance(self.tools, list):
            object.__setattr__(self, "tools", tuple(self.tools))
        super().__post_init__()
        if self.tools is not None and not (
            isinstance(self.tools, tuple)
            and self.tools
            and all(isinstance(name, str) and name for name in self.tools)
        ):
            raise OptionError(
                f"tools={in_short(self.tools)}: write a tuple of the tools' names, such as "
                "('search',), or None for all"
            )
        for option in ("each", "worst"):
            require_number(option, getattr(self, option))
        if not self.worst <= self.each < 0:
            raise OptionError(
                f"each={self.each!r}, worst={self.worst!r}: each fault costs something, and all "
                "together no less, so write worst <= each < 0"
            )

    @property
    def bounds(self) -> tuple[float, float]:
        return self.worst, 0.0

    def judge(self, batch: Batch) -> list[Outcome]:
        return [self._judge_one(conversation_in(each)) for each in batch.completions]

    def _judge_one(self, conversation: Conversation) -> Outcome:
        steps = [step for step in conversation.steps if self._is_meant(step)]
        faults = self._faults(steps)
        score = max(self.worst, self.each * len(faults)) if faults else 0.0
        reason = self._said(steps) if not faults else faults[0]
        if len(faults) > 1:
            reason += f"; and {len(faults) - 1} more"
        details = {"calls": len(steps), "faults": len(faults), "turns": conversation.turns}
        return Outcome(score, reason, details)

    def _is_meant(self, step: Step) -> bool:
        return self.tools is None or (step.call is not None and step.call.name in self.tools)

    def _faults(self, steps: Sequence[Step]) -> list[str]:
        """What is amiss, a sentence each."""
        raise NotImplementedError

    def _said(self, steps: Sequence[Step]) -> str:
        return f"nothing is amiss with the {len(steps)} calls" if steps else "nothing is called"

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        return {
            name: sum(outcome.details[name] for outcome in outcomes) / len(outcomes)
            for name in ("calls", "faults")
        }


@dataclass(frozen=True, kw_only=True, repr=False)
class ToolErrors(CallingReward):
    """Takes something off for each call of a tool that ended with an error.

    An error is what the tool's message is marked as, or begins with: ``{'error': ...}`` as TRL
    writes what a tool raised, ``Error:``, ``ValueError:``, a traceback, an HTTP status of 400 or
    more. A call that cannot be read is one, too.

    Args:
        tools: The names of the tools that it is about; by default all.
        each: What each error takes off; below 0.
        worst: The lowest score.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from ``worst`` to 0.0, which one without an error earns, and so
        one that calls nothing. Never ``None``.

    Raises:
        OptionError: An option cannot work.

    Not covered: errors that a tool tells in other words, and results that are wrong; calls that a
    text writes out without messages.

    Example:
        >>> call = {"function": {"name": "weather", "arguments": {"city": "Atlantis"}}}
        >>> turns = [
        ...     {"role": "assistant", "content": "", "tool_calls": [call]},
        ...     {"role": "tool", "name": "weather", "content": "{'error': 'no such city'}"},
        ...     {"role": "assistant", "content": "It is not there."},
        ... ]
        >>> tool_errors([turns, "It rains."])
        [-0.5, 0.0]
    """

    name: str = "tool_errors"

    def _faults(self, steps: Sequence[Step]) -> list[str]:
        return [
            f"{step.call or 'a call'} ended with {step.error}"
            if step.result is not None
            else step.error
            for step in steps
            if step.error
        ]


@dataclass(frozen=True, kw_only=True, repr=False)
class RepeatedCalls(CallingReward):
    """Takes something off for each call that was made before, with the same arguments.

    Where the results are there, one that differs makes it another call: asking again whether
    something is ready is no repetition once it is.

    Args:
        tools: The names of the tools that it is about; by default all.
        each: What each repetition takes off; below 0.
        worst: The lowest score.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from ``worst`` to 0.0, which one that repeats nothing earns. Never
        ``None``.

    Raises:
        OptionError: An option cannot work.

    Not covered: the same question in other words.

    Example:
        >>> call = {"function": {"name": "search", "arguments": {"for": "mills"}}}
        >>> asked = {"role": "assistant", "content": "", "tool_calls": [call]}
        >>> told = {"role": "tool", "name": "search", "content": "nothing found"}
        >>> repeated_calls([[asked, told], [asked, told, asked, told, asked, told]])
        [0.0, -1.0]
    """

    name: str = "repeated_calls"

    def _faults(self, steps: Sequence[Step]) -> list[str]:
        seen: set[tuple[str, str | None]] = set()
        faults = []
        for step in steps:
            if step.call is None:
                continue
            key = (step.key, step.result)
            if key in seen:
                faults.append(f"{step.call} was called before")
            seen.add(key)
        return faults


@dataclass(frozen=True, kw_only=True, repr=False)
class ToolCallCount(CallingReward):
    """Takes something off for each call of a tool that is too many, or lacking.

    Too many are all calls above ``most``, whatever came of them. Towards ``least`` only those count
    that differ from one another and did not end with an error, so that calls in vain fill nothing.

    Args:
        least: How many calls there have to be.
        most: How many there may be; ``None`` for any number.
        tools: The names of the tools that it is about; by default all.
        each: What each call takes off that is too many or lacking; below 0.
        worst: The lowest score.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from ``worst`` to 0.0. Never ``None``.

    Raises:
        OptionError: An option cannot work.

    Not covered: whether a call was of any use.

    Example:
        >>> def calling(count):
        ...     made = [{"function": {"name": "add", "arguments": {"a": n}}} for n in range(count)]
        ...     return [{"role": "assistant", "content": "So.", "tool_calls": made}]
        >>> ToolCallCount(least=1, most=3)([calling(0), calling(2), calling(5)])
        [-0.5, 0.0, -1.0]
    """

    least: int = 0
    most: int | None = None
    name: str = "tool_call_count"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_whole("least", self.least, least=0)
        if self.most is not None:
            require_whole("most", self.most, least=0)
            if self.most < self.least:
                raise OptionError(
                    f"least={self.least!r}, most={self.most!r}: no number is both, so write least "
                    "<= most"
                )
        elif not self.least:
            raise OptionError("least=0, most=None: any number would do; write one of them")

    def _faults(self, steps: Sequence[Step]) -> list[str]:
        if self.most is not None and len(steps) > self.most:
            return [f"{len(steps)} calls, where {self.most} may be"] * (len(steps) - self.most)
        useful = len({step.key for step in steps if not step.error})
        said = f"{useful} different calls without an error, where {self.least} have to be"
        return [said] * (self.least - useful)

    def _said(self, steps: Sequence[Step]) -> str:
        return f"{len(steps)} calls"


@dataclass(frozen=True, kw_only=True, repr=False)
class AnswerTurn(Reward):
    """Pays right answers for coming early: by the number of the model's turns.

    Args:
        free: As many turns, or fewer, earn 1.
        most: As many, or more, earn 0; between them it falls evenly.
        correctness: The reward that says whether an answer is right.
        above: An answer is right where that reward's score is above this.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from 0.0 to 1.0; 0.0 for an answer that is not right, however
        early; ``None`` where ``correctness`` has no opinion.

    Raises:
        OptionError: An option cannot work.

    Turns after the answer count, too: it has come when the conversation ends with it.
    Not covered: how long a turn is; a text without messages is one turn.

    Example:
        >>> def turns(count):
        ...     called = {"role": "assistant", "content": "", "tool_calls": []}
        ...     text = "So.<end_working_out><SOLUTION>42</SOLUTION>"
        ...     return [called] * (count - 1) + [{"role": "assistant", "content": text}]
        >>> AnswerTurn(free=2, most=6)([turns(1), turns(4), turns(9)], answer=["42"] * 3)
        [1.0, 0.5, 0.0]
    """

    free: int = 1
    most: int = 8
    correctness: Reward = check_answer
    above: float = 0.0
    name: str = "answer_turn"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_whole("free", self.free)
        require_whole("most", self.most)
        if self.most <= self.free:
            raise OptionError(f"free={self.free!r}, most={in_short(self.most)}: write free < most")
        if not isinstance(self.correctness, Reward):
            raise OptionError(
                f"correctness={in_short(self.correctness)}: write a reward, such as check_answer"
            )
        require_number("above", self.above)

    @property
    def bounds(self) -> tuple[float, float]:
        return 0.0, 1.0

    @property
    def parts(self) -> tuple[Reward, ...]:
        return (self.correctness,)

    def judge(self, batch: Batch) -> list[Outcome]:
        return [
            self._judge_one(conversation_in(completion).turns, right)
            for completion, right in zip(
                batch.completions, batch.outcomes(self.correctness), strict=True
            )
        ]

    def _judge_one(self, turns: int, right: Outcome) -> Outcome:
        details, parts = {"turns": turns}, {self.correctness.name: right}
        if right.score is None:
            return Outcome(None, right.reason, details, parts)
        if right.score <= self.above:
            return Outcome(0.0, "it is not right", details, parts)
        share = (self.most - turns) / (self.most - self.free)
        score = min(1.0, max(0.0, share))
        return Outcome(score, f"right in {turns} turn{'s' * (turns != 1)}", details, parts)


tool_errors = ToolErrors()
repeated_calls = RepeatedCalls()
